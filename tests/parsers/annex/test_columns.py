"""What each column of an annex holds."""

import pytest

from models.annex import ColumnKind, Status
from tests.parsers.annex.builders import (
    DONE,
    HEADERS,
    NOT_DONE,
    body,
    one,
    page,
    table,
)


def test_columns_are_told_by_header_and_mark_columns_by_their_cells() -> None:
    annex = one([page(1, table([HEADERS, body(1), body(2, NOT_DONE), body(3)]))])
    assert [column.kind.value for column in annex.columns] == ["sequence", "district", "body", "mark", "mark", "remark"]
    assert [column.status for column in annex.columns][3:] == [Status.COMPLETE, Status.INCOMPLETE, None]
    assert [column.key for column in annex.columns] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert annex.shape == "marks"


def test_a_long_header_says_what_a_mark_means_and_names_no_column() -> None:
    sentence = "อปท. ที่ดำเนินการบันทึกข้อมูลเรียบร้อยแล้ว"
    annex = one([page(1, table([["ที่", "อำเภอ", "อปท.", sentence, *HEADERS[4:]], body(1), body(2, NOT_DONE)]))])
    assert [column.kind for column in annex.columns][2:4] == [ColumnKind.BODY, ColumnKind.MARK]
    assert annex.columns[0].kind is ColumnKind.SEQUENCE


def test_columns_of_numbers_are_counts() -> None:
    header = ["ลำดับ", "อำเภอ", "ทั้งหมด", "บันทึกแล้ว", "ร้อยละ"]
    rows = [["๑", "ตัวอย่าง", "๑๐", "๕", "๕๐"], ["๒", "สมมติ", "๔", "-", "๐"], ["รวม", "", "๑๔", "๕", "๓๕.๗"]]
    annex = one([page(1, table([header, *rows]))])
    assert [column.kind.value for column in annex.columns] == ["sequence", "district", "count", "count", "percent"]
    assert annex.shape == "counts"
    assert [row.cells["c4"].value for row in annex.rows] == [5, "-"]
    assert annex.rows[0].status.value is None
    assert annex.rows[0].status.review == ()


def test_a_column_of_money_makes_the_shape_amounts() -> None:
    header = ["ลำดับ", "อปท.", "งบประมาณ"]
    annex = one([page(1, table([header, ["๑", "อบต.สมมติ", "๑,๕๐๐"], ["๒", "อบต.ตัวอย่าง", "๒๐๐"]]))])
    assert (annex.columns[2].kind, annex.shape) == (ColumnKind.AMOUNT, "amounts")


def test_a_table_of_texts_is_of_other_shape() -> None:
    annex = one([page(1, table([["ชื่อ", "เรื่อง", "ผล"], ["ก", "ข", "ค"], ["ง", "จ", "ฉ"]]))])
    assert annex.shape == "other"
    assert len(annex.rows) == 2
    assert annex.rows[0].sequence.value is None
    assert annex.rows[0].review == ()


def test_a_mark_column_may_be_empty_on_the_first_page() -> None:
    pages = [page(1, table([HEADERS, *map(body, (1, 2, 3))])), page(2, table([body(4, NOT_DONE), body(5, NOT_DONE)]))]
    annex = one(pages)
    assert [row.status.value for row in annex.rows] == [Status.COMPLETE] * 3 + [Status.INCOMPLETE] * 2


def test_a_mark_column_that_nobody_is_marked_in_keeps_its_total() -> None:
    annex = one([page(1, table([HEADERS, *map(body, (1, 2, 3)), ["รวม", "", "", "๓", "๐", ""]]))])
    assert [(total.column, total.value.value) for total in annex.totals] == [("c4", 3), ("c5", 0)]


def test_a_header_misread_on_one_page_is_outvoted_by_the_others() -> None:
    misread = [*HEADERS[:4], "-t ยง มจตส่ง", HEADERS[5]]
    pages = [
        page(number, table([headers, *(body(2 * number + n, NOT_DONE) for n in (-1, 0))]))
        for number, headers in enumerate([misread, HEADERS, HEADERS], start=1)
    ]
    annex = one(pages)
    assert annex.columns[4].header == HEADERS[4]
    assert annex.columns[4].page_headers[0] == misread[4]
    assert [row.status.value for row in annex.rows] == [Status.INCOMPLETE] * 6


@pytest.mark.parametrize("unread", ["", "ยปฑ", "กข"])
def test_columns_whose_headers_were_not_read_are_told_by_their_cells(unread: str) -> None:
    headers = [unread, unread, unread, *HEADERS[3:5], unread]
    annex = one([page(1, table([headers, *(body(n, NOT_DONE if n % 2 else DONE, "ขาดข้อมูล") for n in range(1, 7))]))])
    assert [column.kind for column in annex.columns] == [
        ColumnKind.SEQUENCE,
        ColumnKind.DISTRICT,
        ColumnKind.BODY,
        ColumnKind.MARK,
        ColumnKind.MARK,
        ColumnKind.REMARK,
    ]


def test_two_mark_columns_whose_headers_say_the_same_are_told_apart_by_their_signs_and_remarks() -> None:
    headers = [*HEADERS[:3], "จัดส่ง", "จัดส่", "หมายเหตุ"]
    rows = [body(n, ("✓", "")) for n in range(1, 5)] + [body(n, ("", "✗"), "ขาดข้อมูล") for n in range(5, 9)]
    annex = one([page(1, table([headers, *rows]))])
    assert [row.status.value for row in annex.rows] == [Status.COMPLETE] * 4 + [Status.INCOMPLETE] * 4
    assert not any("mark.columns_unclear" in row.review for row in annex.rows)


def test_two_mark_columns_that_nothing_tells_apart_ask_for_review() -> None:
    headers = [*HEADERS[:3], "จัดส่ง", "จัดส่", "หมายเหตุ"]
    annex = one([page(1, table([headers, *(body(n, DONE if n % 2 else NOT_DONE) for n in range(1, 9))]))])
    assert all("mark.columns_unclear" in row.review for row in annex.rows)


def test_one_column_under_two_headers_says_nothing_of_what_its_marks_mean() -> None:
    headers = [*HEADERS[:3], "ส่งแล้ว ยังไม่ส่ง", "หมายเหตุ"]
    rows = [[*body(n)[:3], "✓" if n % 2 else "✗", ""] for n in range(1, 9)]
    annex = one([page(1, table([headers, *rows]))])
    assert all("mark.columns_unclear" in row.review for row in annex.rows)


def test_words_in_a_column_that_alone_has_no_header_ask_for_review() -> None:
    headers = [*HEADERS[:5], "", "หมายเหตุ"]
    rows = [[*body(n, DONE if n % 2 else NOT_DONE)[:5], "ยังไม่ได้จัดส่ง" if n == 3 else "", ""] for n in range(1, 9)]
    annex = one([page(1, table([headers, *rows]))])
    assert ["column.no_header" in row.review for row in annex.rows] == [n == 3 for n in range(1, 9)]


MISREAD = ["คลองท่อม", "หลองท่อม", "คลยงท่อม", "คลองท่อน", "คสองท่อม"]


def test_a_column_of_misread_districts_is_one_though_its_header_says_nothing() -> None:
    rows = [body(number, district=district) for number, district in enumerate(MISREAD, start=1)]
    annex = one([page(1, table([[HEADERS[0], "อำนาย", *HEADERS[2:]], *rows]))])
    assert annex.columns[1].kind is ColumnKind.DISTRICT


def test_a_column_of_different_texts_before_the_names_is_none_of_districts() -> None:
    texts = ["จัดส่งแล้ว", "ขอขยายเวลา", "ไม่มีโครงการ", "อยู่ระหว่างตรวจ", "ยกเลิก"]
    rows = [body(number, district=text) for number, text in enumerate(texts, start=1)]
    annex = one([page(1, table([[HEADERS[0], "ผล", *HEADERS[2:]], *rows]))])
    assert annex.columns[1].kind is ColumnKind.TEXT


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("ตำบล", MISREAD),
        ("อำนาย", ["หนองแค", "หนองบัว", "หนองขาม", "หนองโดน", "หนองปลิง"]),
        ("อำนาย", [f"หมู่ {number}" for number in range(1, 6)]),
        ("อำนาย", [f"ก่อสร้างถนนคอนกรีตเสริมเหล็กสาย{end}" for end in ("ก", "ข", "ค", "ง", "จ")]),
    ],
)
def test_what_is_like_its_neighbors_for_another_reason_is_no_district(header: str, texts: list[str]) -> None:
    rows = [body(number, district=text) for number, text in enumerate(texts, start=1)]
    annex = one([page(1, table([[HEADERS[0], header, *HEADERS[2:]], *rows]))])
    assert annex.columns[1].kind is not ColumnKind.DISTRICT


def test_a_header_that_only_the_second_reading_knows_names_its_column() -> None:
    grid = table([[HEADERS[0], "อำนาย", *HEADERS[2:]], body(1), body(2)])
    cells = [cell.model_copy(update={"other": "อำนภอ"}) if cell.text == "อำนาย" else cell for cell in grid.cells]
    annex = one([page(1, grid.model_copy(update={"cells": tuple(cells)}))])
    assert (annex.columns[1].kind, annex.columns[1].header) == (ColumnKind.DISTRICT, "อำนภอ")
