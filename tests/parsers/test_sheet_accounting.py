"""Rows of a workbook that no annex holds are told of, with the sheet they stand in."""

import pytest

from models.accounting import PartKind
from models.sheet import Sheet
from models.table_facts import TableFacts
from parsers.annex.workbook_annexes import build_annexes
from parsers.sheet_accounting import find_unaccounted_rows

HEADERS = ("ลำดับ", "อำเภอ", "ชื่อ อปท.", "สถานะ")
ROWS = (("1", "ลับแล", "ทต.ศรีพนมมาศ", "ครบถ้วน"), ("2", "ลับแล", "อบต.ฝายหลวง", "ไม่ครบถ้วน"))


def sheet(*rows, number=1, titles=(("บัญชีตัวอย่าง จังหวัดอุตรดิตถ์", "", "", ""),)):
    return Sheet(number=number, name=f"แผ่น {number}", rows=(*titles, HEADERS, *rows))


def left_over(seen, given, **facts):
    annexes, _ = build_annexes(given, "ตัวอย่าง", TableFacts(**facts))
    return [(part.page, part.text) for part in find_unaccounted_rows(seen, annexes, ())]


def test_a_workbook_that_is_read_whole_has_nothing_left_over():
    book = [sheet(*ROWS, ("", "รวม", "2", "")), sheet(("1", "ตรอน", "ทต.ตรอน", "ครบถ้วน"), number=2)]
    assert left_over(book, book) == []


@pytest.mark.parametrize("lost", [0, 1])
def test_a_row_that_was_lost_is_told_of(lost):
    [(page, text)] = left_over([sheet(*ROWS)], [sheet(ROWS[1 - lost])])
    assert page == 1
    assert ROWS[lost][2] in text


def test_of_two_equal_rows_one_that_was_lost_is_missed():
    assert len(left_over([sheet(ROWS[0], ROWS[0])], [sheet(ROWS[0])])) == 1


def test_a_sheet_that_nobody_looked_at_is_told_of():
    book = [sheet(*ROWS), sheet(("1", "ตรอน", "ทต.ตรอน", "ครบถ้วน"), number=2)]
    assert {page for page, _ in left_over(book, book[:1])} == {2}


def test_the_title_of_a_person_stands_for_that_of_the_sheet():
    book = [sheet(*ROWS)]
    assert left_over(book, book, title="บัญชีอื่น") == []


def test_what_is_left_over_is_a_cell():
    annexes, _ = build_annexes([sheet(ROWS[0])], "ตัวอย่าง", TableFacts())
    [part] = find_unaccounted_rows([sheet(*ROWS)], annexes, ())
    assert part.kind is PartKind.CELL


def test_a_row_without_a_province_is_of_that_above_it():
    headers = ("จังหวัด", "ชื่อ อปท.", "สถานะ")
    rows = (("น่าน", "ทต.ก", "ครบถ้วน"), ("", "ทต.ข", "ไม่ครบถ้วน"))
    book = [Sheet(rows=(headers, *rows))]
    annexes, _ = build_annexes(book, "ตัวอย่าง", TableFacts())
    assert [len(annex.rows) for annex in annexes] == [2]
