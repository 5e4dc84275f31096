"""An archive with one letter file, and the desk over it."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from store.archive import Archive
from tests.web.archives import SEED_LIKE, SETTINGS, SMALL, put
from web.app import create_app

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pages over a PostgreSQL archive are slow: what differs there is the archive, which has quick tests of its own."""
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def letter(tmp_path) -> Path:
    path = tmp_path / "หนังสือ.txt"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def sha(archive, letter) -> str:
    return put(archive, letter)


@pytest.fixture
def annexed(archive) -> str:
    """A document with two letters and an annex."""
    return put(archive, SEED_LIKE)


@pytest.fixture
def client(archive):
    with TestClient(
        create_app(archive, SETTINGS, "ผู้ทดสอบ"), base_url="http://127.0.0.1", follow_redirects=False
    ) as opened:
        yield opened


@pytest.fixture
def form(client):
    """Posts a form as a browser would: with the hidden fields of the page that it stands on."""

    def post(page: str, to: str, **fields: str):
        html = client.get(page).text
        found = re.search(rf'<form[^>]*action="{re.escape(to)}".*?</form>', html, re.DOTALL)
        assert found, f"{page} has no form to {to}"
        hidden = {
            name: unescape(value)
            for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[0])
        }
        return client.post(to, data={**hidden, **fields})

    return post


def unescape(text: str) -> str:
    import html

    return html.unescape(text)
