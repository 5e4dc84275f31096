"""What runs is drawn as it goes: pages of an upload, and rounds on the first page."""

import re
import threading

import pytest

from pipeline.import_control import ImportEvent
from pipeline.import_outcome import ImportOutcome, Result
from reports.grouping import tally
from rounds.snapshot import freeze

PATIENCE = 60
"""Seconds after which a thread that ought to have answered is stuck."""


@pytest.fixture
def held_import(monkeypatch):
    """An import of two files, that opened one of three pages, read one of them, and waits to be let go on."""
    told, let_go = threading.Event(), threading.Event()

    class HeldImporter:
        def __init__(self, _archive, _settings, _recognizer, progress, *, control):
            self.progress, self.control = progress, control

        def run(self, _entries):
            self.progress.start(2, "")
            self.control.note(ImportEvent(kind="opened", name="ก.pdf", pages=3))
            self.control.note(ImportEvent(kind="page", name="ก.pdf", page=1))
            told.set()
            assert let_go.wait(PATIENCE)
            self.progress.advance("ก.pdf")
            yield ImportOutcome("ก.pdf", "ก.pdf", Result.SKIPPED)

    monkeypatch.setattr("pipeline.importing.Importer", HeldImporter)
    monkeypatch.setattr("pipeline.reading.build_recognizer", lambda _: None)
    yield told, let_go
    let_go.set()


def upload(client):
    token = re.search(r'name="token" value="([^"]+)"', client.get("/upload").text)[1]
    return client.post("/upload", data={"token": token}, files={"files": ("ก.pdf", b"%PDF-1.4")})


def test_an_upload_tells_of_its_pages_until_it_is_over(client, held_import) -> None:
    told, let_go = held_import
    assert upload(client).headers["location"] == "/upload"
    assert told.wait(PATIENCE)
    html = client.get("/upload").text
    assert re.search(r'<progress[^>]* value="1" max="3">', html)
    assert "หน้า ๑/๓" in html
    assert 'hx-trigger="every 2s"' in html
    assert "หน้า ๑/๓" in client.get("/").text
    [job] = client.get("/api/imports").json()
    assert (job["files"], job["files_done"], job["pages"], job["pages_read"], job["over"]) == (2, 0, 3, 1, False)
    let_go.set()
    client.app.state.desk.imports.wait()
    html = client.get("/upload").text
    assert "<progress" not in html
    assert "hx-trigger" not in html
    assert "เสร็จแล้ว" in html


def test_every_kind_of_file_that_is_read_can_be_picked(client) -> None:
    accepted = re.search(r'accept="([^"]+)"', client.get("/upload").text)[1].split(",")
    assert {".pdf", ".heic", ".docx", ".xlsx", ".csv", ".zip"} <= set(accepted)


def test_the_first_page_of_an_archive_without_rounds_has_none(client, sha) -> None:
    assert "รอบบัญชีล่าสุด" not in client.get("/").text


def test_the_first_page_draws_how_far_the_latest_rounds_are(client, archive, annexed) -> None:
    count = tally(freeze(archive.document(annexed), 0).rows)
    html = client.get("/").text
    assert f'/documents/{annexed}/annexes/0"' in html
    assert re.search(rf'<meter min="0" max="{count.total}" value="{count.complete}"', html)
    assert count.total > count.complete > 0
