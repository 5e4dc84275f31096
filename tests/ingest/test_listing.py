"""Files and folders that are given to the program: each is told of, whatever it is."""

from pathlib import Path

from core.errors import LimitError
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


def test_what_a_spreadsheet_calls_unicode_text_is_read() -> None:
    for encoding in ("utf-8", "utf-8-sig", "tis-620", "utf-16"):
        assert decode(TEXT.encode(encoding), "ก.csv") == TEXT
