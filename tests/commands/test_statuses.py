"""`saraban statuses`: wordings that mean nothing known are listed, given a meaning, and taken back."""

import pytest

from models.doubt import find_doubts
from store.archive import Archive
from tests.commands.test_cli import saraban

BODIES = ("ทต.ตรอน", "อบต.น้ำอ่าง", "อบต.วังแดง", "อบต.หาดสองแคว", "อบต.ข่อยสูง")
WORDS = ("ลุล่วง", "ลุล่วง", "คั่งค้างอยู่", "คั่งค้างอยู่", "ลุล่วง")


@pytest.fixture
def home(tmp_path):
    lines = ["จังหวัด,อำเภอ,ชื่อ อปท.,สถานะ", *(f"อุตรดิตถ์,ตรอน,{b},{w}" for b, w in zip(BODIES, WORDS, strict=True))]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", "utf-8")
    done = saraban("import", tmp_path / "t.csv", "--archive", tmp_path / "a", "--as-of", "2021-06-30")
    assert done.returncode == 0, done.stderr
    return tmp_path / "a"


def count_asked(home) -> int:
    with Archive.open(home) as archive:
        doubts = find_doubts(archive.require_document("t.csv"))
    return sum("status.not_understood" in doubt.codes for doubt in doubts)


def test_what_was_said_as_it_was_given_in_is_shown_and_taken_back(home) -> None:
    assert "2021-06-30" in saraban("show", "t.csv", "--archive", home).stdout
    assert saraban("import", home.parent / "t.csv", "--archive", home, "--as-of", "").returncode == 0
    assert "2021-06-30" not in saraban("show", "t.csv", "--archive", home).stdout


def test_a_wording_is_asked_once_and_its_meaning_holds_for_all_rows(home) -> None:
    listed = saraban("statuses", "--archive", home)
    assert (listed.returncode, "ลุล่วง" in listed.stdout, "คั่งค้างอยู่" in listed.stdout) == (0, True, True)
    assert count_asked(home) == 2
    tried = saraban("statuses", "confirm", "ลุล่วง", "complete", "--dry-run", "--archive", home)
    assert (tried.returncode, "3 rows" in tried.stdout + tried.stderr) == (0, True)
    assert count_asked(home) == 2
    kept = saraban("statuses", "confirm", "ลุล่วง", "complete", "--yes", "--archive", home)
    assert (kept.returncode, count_asked(home)) == (0, 1)
    given = saraban("statuses", "given", "--archive", home)
    assert "ลุล่วง" in given.stdout
    assert "ลุล่วง" not in saraban("statuses", "--archive", home).stdout


def test_a_meaning_is_taken_back(home) -> None:
    saraban("statuses", "confirm", "คั่งค้างอยู่", "incomplete", "--column", "สถานะ", "--yes", "--archive", home)
    assert count_asked(home) == 1
    undone = saraban("statuses", "undo", "--archive", home)
    assert (undone.returncode, count_asked(home)) == (0, 2)
    assert saraban("statuses", "undo", "--archive", home).returncode == 2


def test_a_meaning_that_is_none_is_refused(home) -> None:
    assert saraban("statuses", "confirm", "ลุล่วง", "perhaps", "--yes", "--archive", home).returncode == 2
