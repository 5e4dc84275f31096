"""Calls that nobody means, made from the description of the API: none ends in a fault of the program."""

import pytest
from hypothesis import HealthCheck, settings

from tests.web.archives import SEED_LIKE, SETTINGS, put
from web.app import create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (make setup-dev)")
EXAMPLES = 25
"""Calls of each operation: some hundred in all, which find what is careless and take half a minute."""
HOSTS = frozenset({"127.0.0.1", "localhost", "testserver"})


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    from store.archive import Archive

    with Archive.open(tmp_path_factory.mktemp("hostile") / "archive") as opened:
        put(opened, SEED_LIKE)
        yield opened


@pytest.fixture(scope="module")
def described(archive):
    return schemathesis.openapi.from_asgi("/api/openapi.json", create_app(archive, SETTINGS, "ผู้ทดสอบ", HOSTS))


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_call_ends_in_a_fault_of_the_program(case) -> None:
    answer = case.call()
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and answer.headers.get("content-type", [""])[0].startswith("application/json"):
        assert set(answer.json()["error"]) == {"code", "message", "hint"}
