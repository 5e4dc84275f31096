"""What came in through the browser is accounted for, whatever happens on the way."""

import io
import os

import pytest

import pipeline.reading
import pipeline.uploads
from core.errors import LimitError, StoreError
from core.settings import Settings
from pipeline.import_outcome import Result
from pipeline.importing import Importer
from pipeline.uploads import ImportQueue
from store import failures
from store.archive import Archive
from tests.pipeline.test_importing import LETTER, NOBODY

SETTINGS = Settings(jobs=1)
TEXT = LETTER.format("๑").encode()


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.reading, "build_recognizer", lambda _settings: NOBODY)
    with Archive.open(tmp_path / "archive") as store:
        yield store


def take_in(archive, *files, settings=SETTINGS):
    queue = ImportQueue(archive, settings)
    job = queue.take_in((name, io.BytesIO(data)) for name, data in files)
    queue.wait()
    return job


def resume(archive):
    queue = ImportQueue(archive, SETTINGS)
    queue.resume()
    queue.wait()
    return queue.all


def left(archive):
    return sorted(path.name for path in (archive.folder / "uploads").rglob("*") if path.is_file())


def break_off(error):
    def run(_importer, _entries):
        raise error
        yield

    return run


def test_a_document_came_from_the_name_that_it_was_uploaded_under(archive):
    job = take_in(archive, ("หนังสือ.txt", TEXT))
    assert archive.origins(job.lines[0].sha256) == ["upload:หนังสือ.txt"]
    assert left(archive) == []


@pytest.mark.parametrize("error", [ValueError("a fault of ours"), StoreError("no space")])
def test_an_import_that_breaks_off_is_told_of_and_taken_up_at_the_next_start(archive, monkeypatch, error):
    with monkeypatch.context() as broken:
        broken.setattr(Importer, "run", break_off(error))
        job = take_in(archive, ("a.txt", TEXT), ("b.txt", TEXT + b"2"))
    [told] = job.lines
    assert (job.is_broken, told.name, told.result) == (True, "a.txt, b.txt", Result.FAILED)
    assert str(error) in str(told.error)
    assert left(archive) == ["a.txt", "b.txt"]
    [again] = resume(archive)
    assert [line.result for line in again.lines] == [Result.IMPORTED, Result.IMPORTED]
    assert left(archive) == []


def test_what_was_half_received_when_a_desk_ended_is_dropped_and_what_another_is_at_is_left(archive):
    uploads = archive.folder / "uploads"
    for name in ("incoming-x", "accepted-y"):
        (uploads / name).mkdir(parents=True)
        (uploads / name / f"{name}.txt").write_bytes(TEXT)
    handle = pipeline.uploads._lock(uploads / "accepted-y")  # as another desk does
    assert resume(archive) == []
    assert left(archive) == ["accepted-y.txt"]
    os.close(handle)
    assert [job.names for job in resume(archive)] == [("accepted-y.txt",)]


def test_a_failed_upload_is_forgotten_once_its_name_was_read(archive):
    def list_failed():
        with archive.reading() as connection:
            return [each.origin for each in failures.list_failures(connection)]

    take_in(archive, ("a.txt", b""))
    assert list_failed() == ["upload:a.txt"]
    take_in(archive, ("a.txt", TEXT))
    assert list_failed() == []


def test_an_upload_of_too_many_files_is_refused_for_good(archive):
    few = SETTINGS.model_copy(update={"limits": SETTINGS.limits.model_copy(update={"files": 1})})
    job = take_in(archive, ("a.txt", TEXT), ("b.txt", TEXT), settings=few)
    assert isinstance(job.lines[0].error, LimitError)
    assert not job.is_broken
    assert left(archive) == []


@pytest.mark.parametrize("name", ["😀" * 68 + ".txt", "ก" * 300 + ".txt", "a" * 300 + "." + "😀" * 20, "   .txt", ". "])
def test_any_name_is_taken(archive, name):
    job = take_in(archive, (name, TEXT), (name, TEXT + b"2"))
    assert len(job.lines) == 2


def test_what_cannot_be_written_leaves_nothing_behind(archive, monkeypatch):
    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline.uploads, "_write", fail)
    with pytest.raises(StoreError, match="No space"):
        take_in(archive, ("a.txt", TEXT))
    assert list((archive.folder / "uploads").iterdir()) == []


def test_imports_that_are_over_are_forgotten_but_for_the_newest(archive, monkeypatch):
    monkeypatch.setattr(Importer, "run", lambda *_: iter(()))
    queue = ImportQueue(archive, SETTINGS)
    for _ in range(30):
        queue.take_in([("a.txt", io.BytesIO(TEXT))])
        queue.wait()
    assert [job.number for job in queue.all[:20]] == list(range(30, 10, -1))
    assert len(queue.all) <= 21
