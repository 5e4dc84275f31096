"""Totals, and the lines around a table."""

import datetime as dt

import pytest

from models.annex import Annex, Status
from models.field import Box
from models.ocr import Cell, Grid, Line, OcrPage
from parsers.annexes import parse_annexes
from parsers.text_span import PagedLine
from tests.parsers.annex.builders import (
    HEADERS,
    NOT_DONE,
    REVIEW_BELOW,
    UNSURE,
    body,
    line,
    one,
    page,
    table,
)

COUNTED = [body(1), body(2), body(3, NOT_DONE), body(4), body(5, NOT_DONE)]


def totals_of(*total: str) -> list[tuple[str, float | None, str | None]]:
    annex = one([page(1, table([HEADERS, *COUNTED, list(total)]))])
    assert len(annex.rows) == 5
    return [(each.column, each.value.value, each.printed_under) for each in annex.totals]


def test_the_total_row_is_no_body_and_gives_the_totals() -> None:
    assert totals_of("รวม", "", "", "๓", "๒", "") == [("c4", 3, "c4"), ("c5", 2, "c5")]


def test_the_total_row_does_not_hide_a_column_with_a_single_mark() -> None:
    annex = one([page(1, table([HEADERS, body(1), body(2), body(3, NOT_DONE), ["รวม", "", "", "๒", "๑", ""]]))])
    assert [row.status.value for row in annex.rows] == [Status.COMPLETE, Status.COMPLETE, Status.INCOMPLETE]
    assert [(total.column, total.value.value) for total in annex.totals] == [("c4", 2), ("c5", 1)]


def test_a_total_row_shifted_on_paper_belongs_to_the_columns_in_order() -> None:
    assert totals_of("รวม", "", "๓", "๒", "", "") == [("c4", 3, "c3"), ("c5", 2, "c4")]


def test_a_total_under_no_counted_column_is_kept_where_it_stands_and_asks_for_review() -> None:
    annex = one([page(1, table([HEADERS, *COUNTED, ["รวม", "", "๓", "", "", ""]]))])
    [total] = annex.totals
    assert (total.column, total.value.value, total.value.review) == ("c3", 3, ("total.unplaced",))


def test_a_total_that_is_no_number_asks_for_review() -> None:
    annex = one([page(1, table([HEADERS, *COUNTED, ["รวมทั้งสิ้น", "", "", "๓ก", "๒", ""]]))])
    assert [total.value.value for total in annex.totals] == [None, 2]
    assert [total.value.review for total in annex.totals] == [("unreadable",), ()]


def test_an_unsure_total_asks_for_review() -> None:
    annex = one([page(1, table([HEADERS, *COUNTED, ["รวม", "", "", "๓", "๒", ""]], UNSURE))])
    assert [total.value.review for total in annex.totals] == [("low_confidence",)] * 2


def test_title_and_province_stand_above_the_table() -> None:
    title = ["สถานะการบันทึกข้อมูลในระบบ", "ขององค์กรปกครองส่วนท้องถิ่น"]
    lines = [line(text, y=0.1 + 0.03 * n) for n, text in enumerate([*title, "จังหวัดตัวอย่าง"])]
    annex = one([page(1, table([HEADERS, *COUNTED]))], lines)
    assert annex.title.value == " ".join(title)
    assert annex.title.box == lines[0].box.union(lines[1].box)
    assert (annex.province.value, annex.province.box) == ("ตัวอย่าง", lines[2].box)


def test_a_title_that_names_the_province_gives_both() -> None:
    annex = one([page(1, table([HEADERS, *COUNTED]))], [line("สถานะการบันทึกข้อมูล จังหวัดตัวอย่าง")])
    assert annex.title.value == "สถานะการบันทึกข้อมูล จังหวัดตัวอย่าง"
    assert annex.province.value == "ตัวอย่าง"


def test_what_is_not_there_asks_for_review() -> None:
    annex = one([page(1, table([HEADERS, *COUNTED]))])
    for missing in (annex.title, annex.province, annex.as_of):
        assert (missing.value, missing.review) == (None, ("missing",))


@pytest.mark.parametrize(("number", "y"), [(1, 0.1), (1, 0.85), (2, 0.1)])
def test_the_as_of_date_may_stand_above_below_or_on_the_next_page(number: int, y: float) -> None:
    lines = [line("สถานะการบันทึกข้อมูล", y=0.05), line("ข้อมูล ณ วันที่ ๑๖ เมษายน ๒๕๖๔", number, y)]
    annex = one([page(1, table([HEADERS, *COUNTED])), page(2)], lines)
    assert annex.as_of.value == dt.date(2021, 4, 16)
    assert (annex.as_of.page, annex.as_of.review) == (number, ())


def test_an_unsure_as_of_date_asks_for_review() -> None:
    lines = [line("ข้อมูล ณ วันที่ ๑๖ เมษายน ๒๕๖๔", y=0.85, confidence=UNSURE)]
    annex = one([page(1, table([HEADERS, *COUNTED]))], lines)
    assert annex.as_of.review == ("low_confidence",)


def test_notes_below_the_table_are_kept() -> None:
    lines = [line("หมายเหตุ ทดสอบ", y=0.1), line("หมายเหตุ : ข้อมูลจากระบบ", y=0.85), line("หน้า ๑", y=0.9)]
    annex = one([page(1, table([HEADERS, *COUNTED]))], lines)
    assert [note.value for note in annex.notes] == ["หมายเหตุ : ข้อมูลจากระบบ"]


def test_a_note_goes_on_in_the_line_below_it_where_it_was_full() -> None:
    full = Box(0.05, 0.84, 0.95, 0.855)
    lines = [
        PagedLine(1, Line(text="หมายเหตุ : ให้บันทึกตั้งแต่", box=full, confidence=0.95), True),
        line("ปีที่ยกฐานะ", y=0.86),
        line("ผู้จัดทำ", y=0.95),
    ]
    annex = one([page(1, table([HEADERS, *COUNTED]))], lines)
    assert [note.value for note in annex.notes] == ["หมายเหตุ : ให้บันทึกตั้งแต่ ปีที่ยกฐานะ"]


def test_the_items_of_a_note_are_of_it() -> None:
    lines = [line("หมายเหตุ ๑. ข้อมูลจากระบบ", y=0.85), line("๒. ไม่รวม อบจ.", y=0.9), line("หน้า ๑", y=0.95)]
    annex = one([page(1, table([HEADERS, *COUNTED]))], lines)
    assert [note.value for note in annex.notes] == ["หมายเหตุ ๑. ข้อมูลจากระบบ ๒. ไม่รวม อบจ."]


def test_an_unsure_note_asks_for_review() -> None:
    annex = one([page(1, table([HEADERS, *COUNTED]))], [line("หมายเหตุ ทดสอบ", y=0.85, confidence=UNSURE)])
    assert [note.review for note in annex.notes] == [("low_confidence",)]


def two_annexes(lines: list[PagedLine]) -> tuple[Annex, ...]:
    return parse_annexes([page(n, table([HEADERS, *COUNTED])) for n in (1, 2)], lines, REVIEW_BELOW)


def test_two_annexes_have_each_their_own_title() -> None:
    annexes = two_annexes([line("บัญชีรายชื่อที่หนึ่ง", 1), line("บัญชีรายชื่อที่สอง", 2)])
    assert [annex.title.value for annex in annexes] == ["บัญชีรายชื่อที่หนึ่ง", "บัญชีรายชื่อที่สอง"]


def test_two_annexes_have_each_their_own_date() -> None:
    annexes = two_annexes([line("ข้อมูล ณ วันที่ ๑๖ เมษายน ๒๕๖๔", 1), line("ข้อมูล ณ วันที่ ๓๐ เมษายน ๒๕๖๔", 2)])
    assert [annex.as_of.value for annex in annexes] == [dt.date(2021, 4, 16), dt.date(2021, 4, 30)]


def test_two_annexes_have_each_their_own_notes() -> None:
    annexes = two_annexes([line("หมายเหตุ หนึ่ง", 1, 0.85), line("หมายเหตุ สอง", 2, 0.85)])
    assert [[note.value for note in annex.notes] for annex in annexes] == [["หมายเหตุ หนึ่ง"], ["หมายเหตุ สอง"]]


def test_plain_text_has_no_boxes() -> None:
    flat = page(1, table([HEADERS, *COUNTED])).model_copy(update={"has_layout": False})
    annex = one([flat])
    assert all(field.box is None for row in annex.rows for field in (row.sequence, row.body, row.status, row.remark))
    assert all(cell.box is None for row in annex.rows for cell in row.cells.values())


def test_the_ruled_form_of_a_radio_message_is_no_annex():
    texts = [["ลำดับความเร่งด่วน", "ชั้นความลับ", "ที่ของผู้ให้ข่าว"], ["จาก", "สบ.ทหาร", ""], ["ถึง ผู้รับปฏิบัติ", "ยก.ทหาร", ""]]
    assert parse_annexes([ruled(texts)], (), 0.8) == ()
    texts[0], texts[2][0] = ["ลำดับที่", "อำเภอ", "อปท."], "๑"
    assert len(parse_annexes([ruled(texts)], (), 0.8)) == 1


def ruled(texts):
    """Return a page with one grid of these texts."""
    cells = tuple(
        Cell(
            row=row,
            column=column,
            box=Box(column / 3, row / 3, (column + 1) / 3, (row + 1) / 3),
            text=text,
            confidence=1.0,
            ink=0.1 if text else 0.0,
        )
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )
    grid = Grid(box=Box(0.0, 0.0, 1.0, 1.0), rows=3, columns=3, cells=cells)
    return OcrPage(number=1, engine="drawn", width=100, height=100, grids=(grid,))
