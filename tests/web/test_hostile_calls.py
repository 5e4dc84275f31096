"""Calls that nobody means, made from the description of the API: none ends in a fault of the program."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.web.archives import SEED_LIKE, SETTINGS, put
from web.app import HOSTS, create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (make setup-dev)")
EXAMPLES = 25
"""Calls of each operation: some hundred in all, which find what is careless."""
ERROR = 400
FAULT = 500


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """The operations of the API over an archive with one document, and that document."""
    from store.archive import Archive

    with Archive.open(tmp_path_factory.mktemp("hostile") / "archive") as opened:
        sha = put(opened, SEED_LIKE)
        app = create_app(opened, SETTINGS, "ผู้ทดสอบ", HOSTS | {"testserver"})
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
        yield [found.ok() for found in schema.get_all_operations()], sha


@pytest.mark.slow
def test_no_call_ends_in_a_fault_of_the_program(known) -> None:
    operations, sha = known
    assert len(operations) > 10
    for operation in operations:
        check(operation, None)
        if "{sha}" in operation.path:
            check(operation, sha)


def check(operation, sha) -> None:
    """Call an operation in many ways, of a document that is there where one is given."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def call(case) -> None:
        if sha is not None:
            case.path_parameters["sha"] = sha
        answer = case.call()
        assert answer.status_code < FAULT, (case.as_curl_command(), answer.text)
        if answer.status_code >= ERROR and "application/json" in str(answer.headers.get("content-type")):
            assert set(answer.json()["error"]) == {"code", "message", "hint"}

    call()
