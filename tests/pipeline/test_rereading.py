"""What is to be read once more: all of it is an entry, also what is not there any more."""

import zipfile

import pytest

from core.errors import DamagedFileError, NotFoundError
from core.limits import Limits
from pipeline.rereading import find_kept, list_failed, open_failed
from store import failures, originals
from store.archive import Archive
from tests.pipeline.test_importing import LETTER, run


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def letters(tmp_path):
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(LETTER.format(number), "utf-8")
    return [tmp_path / f"{number}.txt" for number in range(2)]


def test_a_document_whose_original_is_lost_is_an_entry_that_says_so(archive, letters):
    lost, _ = (outcome.sha256 for outcome in run(archive, *letters))
    originals.discard(lost, archive.folder / "originals")
    found = list(find_kept(archive))
    assert [(each.name, type(each.error)) for each in found] == [("0.txt", NotFoundError), ("1.txt", type(None))]
    assert [each.name for each in find_kept(archive, among={lost})] == ["0.txt"]


def retried(archive):
    listing, failed = open_failed(archive, Limits())
    with listing:
        return [(entry.name, entry.origin, type(entry.error)) for entry in list_failed(listing, failed)]


def test_what_failed_in_a_zip_file_that_is_gone_is_an_entry_that_says_so(archive, letters, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(letters[0], "0.txt")
        packed.writestr("in/broken.pdf", b"no document")
    run(archive, path)
    [(name, origin, error)] = retried(archive)
    assert (name, error) == ("broken.pdf", type(None))
    path.unlink()
    assert retried(archive) == [("broken.pdf", origin, NotFoundError)]
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(letters[0], "0.txt")
    assert retried(archive) == [("broken.pdf", origin, NotFoundError)]
    path.write_bytes(b"PK\x03\x04")
    [(_, _, error)] = retried(archive)
    assert error not in (NotFoundError, type(None))


def test_what_failed_in_a_zip_file_within_another_is_told_by_its_place_there_and_found_again(
    archive, letters, tmp_path
):
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.write(letters[0], "0.txt")
        packed.writestr("a/broken.pdf", b"no document")
        packed.writestr("ก/no.zip", b"no ZIP file")
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as packed:
        packed.write(inner, "b/inner.zip")
    inner.unlink()
    run(archive, outer)
    within = f"{outer}!/b/inner.zip!/"
    with archive.reading() as connection:
        found = {each.name: each for each in failures.list_failures(connection)}
    assert {name: each.origin for name, each in found.items()} == {
        "broken.pdf": f"{within}a/broken.pdf",
        "no.zip": f"{within}ก/no.zip",
    }
    assert {each.path for each in found.values()} == {str(outer)}
    assert found["no.zip"].detail.startswith("outer.zip!/b/inner.zip!/ก/no.zip: ")
    again = {name: (origin, error) for name, origin, error in retried(archive)}
    assert again["broken.pdf"] == (f"{within}a/broken.pdf", type(None))  # it is opened when it is its turn
    assert again["no.zip"] == (f"{within}ก/no.zip", DamagedFileError)
