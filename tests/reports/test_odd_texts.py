"""What odd names and characters do to the files that are written."""

import pytest

from reports.exports.ecms import as_ecms
from reports.file_names import MOST_BYTES, shorten_name
from reports.render import save
from reports.xml_text import replace_unwritable
from tests.rules import builders as b


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x00", "\x0b"])
def test_a_subject_that_xml_cannot_hold_is_written_without_it(sign: str) -> None:
    document = b.case((b.cover(subject=b.text(f"เรื่อง{sign}ทดสอบ")),)).document
    assert "เรื่องทดสอบ" in as_ecms(document, 0).decode()


def test_half_surrogates_are_no_xml() -> None:
    assert replace_unwritable("a\ud800b\n") == "a\ufffdb\n"


@pytest.mark.parametrize("name", ["ก" * 300, "a" * 300, "\udcff" * 300])
def test_a_long_name_is_cut_between_characters(name: str) -> None:
    short = shorten_name(name)
    assert len(short.encode("utf-8", "surrogateescape")) <= MOST_BYTES
    assert name.startswith(short)


def test_a_short_name_stays() -> None:
    assert shorten_name("หนังสือ ที่ ๑") == "หนังสือ ที่ ๑"


def test_nothing_is_written_through_a_link_that_waits_beside(tmp_path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / ".a.csv.part").symlink_to(victim)
    save(tmp_path / "a.csv", b"new")
    assert (victim.read_text(), (tmp_path / "a.csv").read_bytes()) == ("mine", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.csv.part", "a.csv", "victim"]
