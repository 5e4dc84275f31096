"""Ruled tables of pages → annexes: which belong together."""

import pytest

from models.field import Box
from parsers.annexes import ignored_tables, parse_annexes
from tests.parsers.annex.builders import HEADERS, NOT_DONE, REVIEW_BELOW, body, line, one, page, sequences, table
from thai.numerals import to_thai


def test_a_document_without_tables_has_no_annex() -> None:
    assert parse_annexes([], [], REVIEW_BELOW) == ()
    assert parse_annexes([page(1)], [line("ข้อมูล ณ วันที่ ๑๖ เมษายน ๒๕๖๔")], REVIEW_BELOW) == ()


@pytest.mark.parametrize("shape", [(5, 2), (2, 5)])
def test_a_table_of_too_few_columns_or_rows_is_no_annex(shape: tuple[int, int]) -> None:
    rows, columns = shape
    assert parse_annexes([page(1, table([["ก"] * columns] * rows))], [], REVIEW_BELOW) == ()


def test_pages_that_repeat_the_header_are_one_annex() -> None:
    misread = ["ลําดบ", "อาเภอ", "อปท", "บันทกข้อมูลแลว", "ยังไม่ได้บันทึกขอมูล", "หมายเหต"]
    annex = one(
        [
            page(1, table([HEADERS, *map(body, (1, 2, 3))])),
            page(2, table([misread, *map(body, (4, 5))])),
        ]
    )
    assert annex.pages == (1, 2)
    assert sequences(annex) == [1, 2, 3, 4, 5]
    assert [row.body.page for row in annex.rows] == [1, 1, 1, 2, 2]
    assert len(annex.columns[0].page_headers) == 2
    assert not any(row.review for row in annex.rows)


def test_a_last_page_of_two_rows_without_a_header_belongs_to_the_annex() -> None:
    annex = one([page(1, table([HEADERS, *map(body, (1, 2, 3))])), page(2, table([body(4), body(5)]))])
    assert sequences(annex) == [1, 2, 3, 4, 5]
    assert annex.columns[0].page_headers == ("ลำดับ",)


@pytest.mark.parametrize("word", ["รอเอกสารจากอำเภอ", "ส่งที่จังหวัดแล้ว"])
def test_a_first_row_that_holds_a_word_of_headers_is_still_a_row(word: str) -> None:
    second = table([body(4, NOT_DONE, word), body(5), body(6)])
    annexes = parse_annexes([page(1, table([HEADERS, *map(body, (1, 2, 3))])), page(2, second)], [], REVIEW_BELOW)
    assert [sequences(annex) for annex in annexes] == [[1, 2, 3, 4, 5, 6]]


def test_a_first_row_without_a_read_number_is_still_a_row() -> None:
    second = table([body("", NOT_DONE), body(5), body(6)])
    annexes = parse_annexes([page(1, table([HEADERS, *map(body, (1, 2, 3))])), page(2, second)], [], REVIEW_BELOW)
    assert [sequences(annex) for annex in annexes] == [[1, 2, 3, 4, 5, 6]]


def test_a_last_page_that_holds_only_the_total_gives_the_totals() -> None:
    total = page(2, table([["รวม", "", "", "๓", "๐", ""]]))
    marks = [body(1), body(2), body(3, NOT_DONE)]
    annexes = parse_annexes([page(1, table([HEADERS, *marks])), total], [], REVIEW_BELOW)
    assert [[total.value.value for total in annex.totals] for annex in annexes] == [[3, 0]]


def test_a_table_that_counts_from_one_again_is_another_annex() -> None:
    pages = [page(n, table([HEADERS, *map(body, (1, 2))])) for n in (1, 2)]
    assert [sequences(annex) for annex in parse_annexes(pages, [], REVIEW_BELOW)] == [[1, 2], [1, 2]]


def test_a_table_after_the_grand_total_is_another_annex() -> None:
    closed = table([HEADERS, body(1), body(2, NOT_DONE), ["รวม", "", "", "๑", "๑", ""]])
    pages = [page(1, closed), page(2, table([HEADERS, *map(body, (3, 4))]))]
    assert [sequences(annex) for annex in parse_annexes(pages, [], REVIEW_BELOW)] == [[1, 2], [3, 4]]


def test_a_table_with_other_columns_or_pages_later_is_another_annex() -> None:
    narrow = table([row[:5] for row in (HEADERS, body(4), body(5))])
    first = page(1, table([HEADERS, *map(body, (1, 2, 3))]))
    later = page(3, table([HEADERS, *map(body, (4, 5))]))
    assert len(parse_annexes([first, page(2, narrow)], [], REVIEW_BELOW)) == 2
    assert len(parse_annexes([first, page(2), later], [], REVIEW_BELOW)) == 2


def test_a_header_of_two_rows_is_told_by_the_cells_that_span_down() -> None:
    upper = ["ลำดับ", "อำเภอ", "อปท.", "ผลการบันทึกข้อมูล", "ผลการบันทึกข้อมูล", "หมายเหตุ"]
    lower = [None, None, None, "ครบถ้วน", "ยังไม่ครบถ้วน", None]
    annex = one([page(1, table([upper, lower, *map(body, (1, 2))]))])
    assert sequences(annex) == [1, 2]
    assert [column.header for column in annex.columns][3] == "ผลการบันทึกข้อมูล ครบถ้วน"


def test_a_table_that_begins_with_figures_has_no_header_and_loses_no_row() -> None:
    rows = [["จัดซื้อ", "ครั้งแรก", "๑๐๐"], ["จัดจ้าง", "ครั้งที่สอง", "๒๐๐"], ["ซ่อม", "ครั้งที่สาม", "๓๐๐"]]
    annex = one([page(1, table(rows))])
    assert len(annex.rows) == 3
    assert all("annex.no_header" in row.review for row in annex.rows)


def test_a_second_table_on_the_page_of_an_annex_is_told_of() -> None:
    annex = table([HEADERS, body(1), body(2), body(3)])
    small = table([["รายการ", "บาท"], ["ซื้อ", "๑๐"], ["จ้าง", "๒๐"]])
    below = small.model_copy(update={"box": Box(0.1, 0.85, 0.5, 0.95)})
    pages = [page(1, annex, below)]
    assert ignored_tables(pages, parse_annexes(pages, [], 0.8)) == [1]
    alone = [page(1, annex)]
    assert ignored_tables(alone, parse_annexes(alone, [], 0.8)) == []


def test_a_table_with_one_word_of_a_radio_message_is_a_table() -> None:
    rows = [[to_thai(str(n)), "อบรม", "กอง ก", "มี.ค."] for n in range(1, 6)]
    [annex] = parse_annexes([page(1, table([["ที่", "กิจกรรม", "ผู้รับปฏิบัติ", "กำหนด"], *rows]))], [], 0.8)
    assert len(annex.rows) == 5
