"""Thai text is broken and cut between syllables, and never loses or doubles anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from commands.terminal.syllable_text import break_lines, cut

TEXT = "การบันทึกข้อมูลการจัดทำความตกลงความร่วมมือระหว่างประเทศ"


def test_a_cut_falls_between_syllables():
    assert cut(TEXT, 12) == "การบันทึกข้อมูล…"
    assert cut(TEXT, 200) == TEXT


def test_lines_are_broken_between_syllables():
    assert break_lines("การบันทึกข้อมูล การจัดทำ", 8) == ["การบันทึก", "ข้อมูล การ", "จัดทำ"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ไม่พบ “ทต.ค้งตะเภา” ในทะเบียน → ทต.คุ้งตะเภา", 32, ["ไม่พบ “ทต.ค้งตะเภา” ในทะเบียน →", "ทต.คุ้งตะเภา"]),
        ("เฉพาะ กาฬสินธุ์, จันทบุรี, พิจิตร", 18, ["เฉพาะ กาฬสินธุ์,", "จันทบุรี, พิจิตร"]),
        ("บันทึกแค่ปี ๒๕๖๒-๒๕๖๓", 15, ["บันทึกแค่ปี", "๒๕๖๒-๒๕๖๓"]),
        ("ถือว่าใช้บังคับตั้งแต่วันที่ ๑/๒/๒๕๕๘", 10, ["ถือว่าใช้บังคับ", "ตั้งแต่วันที่", "๑/๒/๒๕๕๘"]),
    ],
)
def test_words_numbers_and_abbreviations_stay_whole(text, width, lines):
    assert break_lines(text, width) == lines


@pytest.mark.parametrize("width", [4, 7, 20])
def test_what_has_no_syllables_is_broken_anywhere(width):
    name = "scan_2021_04_29_office_0001_final_copy.pdf"
    assert "".join(break_lines(name, width)) == name
    assert max(map(cell_len, break_lines(name, width))) <= width


@given(st.text("กขคงาิีุูเแโ่้๊๋ำะ๑๒ab-/. ", max_size=60), st.integers(3, 30))
def test_nothing_is_lost_but_spaces_at_breaks(text, width):
    lines = break_lines(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(cell_len, lines)) <= width
