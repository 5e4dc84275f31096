"""Files and folders that are given to the program: each is told of, whatever it is."""

import zipfile
from pathlib import Path

import pytest

from core.errors import LimitError, NotFoundError
from core.limits import Limits
from ingest.sources.listing import Listing
from ingest.sources.plain_text import decode

TEXT = "ลำดับ,อปท.\n๑,อบต.บ่อสวก\n"


def test_a_folder_that_is_too_deep_is_told_of_and_the_others_are_read(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdef")
    deep.mkdir(parents=True)
    (deep / "ลึก.txt").write_text("ก", "utf-8")
    (tmp_path / "ตื้น.txt").write_text("ก", "utf-8")
    listing = Listing([tmp_path], Limits(folder_depth=4))
    assert [(entry.name, type(entry.error)) for entry in listing.entries] == [("d", LimitError), ("ตื้น.txt", type(None))]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of documents and other things, two levels deep."""
    for name in ("b.pdf", "a.TIF", "inner/deep/c.jpeg", "inner/d.txt", "notes.doc", "inner/e.pdf.part"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "folder.pdf").mkdir()
    return tmp_path


def wanted(paths: list[Path], shelf: Path, limits: Limits | None = None) -> list[str]:
    with Listing(paths, limits or Limits()) as listing:
        return [entry.path.relative_to(shelf).as_posix() for entry in listing.entries if entry.skipped is None]


def test_a_folder_is_searched_all_the_way_down_for_known_suffixes(shelf: Path) -> None:
    assert wanted([shelf], shelf) == ["a.TIF", "b.pdf", "inner/d.txt", "inner/deep/c.jpeg"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix_and_once(shelf: Path) -> None:
    chosen = [shelf / "notes.doc", shelf / "b.pdf", shelf, shelf / "notes.doc"]
    assert wanted(chosen, shelf) == ["notes.doc", "b.pdf", "a.TIF", "inner/d.txt", "inner/deep/c.jpeg"]


def test_a_folder_without_documents_is_an_error_that_names_it(shelf: Path) -> None:
    with Listing([shelf, shelf / "folder.pdf"], Limits()) as listing:
        [error] = [entry.error for entry in listing.entries if entry.error]
    assert (type(error), error.detail) == (NotFoundError, f"{shelf / 'folder.pdf'}/")


def test_more_files_than_the_limit_is_an_error_that_names_it(shelf: Path) -> None:
    assert len(wanted([shelf], shelf, Limits(files=4))) == 4
    with pytest.raises(LimitError) as error:
        Listing([shelf], Limits(files=3))
    assert error.value.detail == "4 > files 3"


def test_a_file_named_twice_counts_once_against_the_limit(shelf: Path) -> None:
    assert wanted([shelf, shelf / "b.pdf"], shelf, Limits(files=4))[1] == "b.pdf"


def test_zips_within_zips_are_unpacked_to_so_many_bytes_together(tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as packed:  # stored: as large as it says
        packed.writestr("ก.txt", b"x" * 900)
    for name in ("a.zip", "b.zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(5):
                packed.write(inner, f"{number}.zip")
    inner.unlink()
    size = 6_200  # six of the ten, of some 1,010 bytes each
    with Listing([tmp_path], Limits(archive_bytes=size)) as listing:
        held = sum(path.stat().st_size for path in {entry.path for entry in listing.entries if entry.error is None})
        errors = [(type(entry.error), entry.origin[-12:]) for entry in listing.entries if entry.error]
    assert 5_000 < held <= size
    assert errors == [(LimitError, f"b.zip!/{number}.zip") for number in range(1, 5)]


def test_what_a_spreadsheet_calls_unicode_text_is_read() -> None:
    for encoding in ("utf-8", "utf-8-sig", "tis-620", "utf-16"):
        assert decode(TEXT.encode(encoding), "ก.csv") == TEXT
