"""Ruled tables of pages → annexes: joining, columns, rows, marks, remarks, totals and the lines around them."""

import datetime as dt

import pytest

from models.annex import Annex, ColumnKind, Row, Status
from models.field import Box, Source
from models.ocr import Cell, Grid, Line, Mark, OcrPage
from parsers.annex import parse_annexes
from parsers.passage import PagedLine
from parsers.thai.numerals import to_thai

SURE, UNSURE, REVIEW_BELOW = 0.95, 0.5, 0.8
SIGNS = {mark.value: mark for mark in Mark}
HEADERS = ["ลำดับ", "อำเภอ", "อปท.", "บันทึกข้อมูลแล้ว", "ยังไม่ได้บันทึกข้อมูล", "หมายเหตุ"]
DONE, NOT_DONE = ("✓", ""), ("", "✓")
TOP, BOTTOM = 0.3, 0.8


def cell(text: str, row: int, column: int, row_span: int, shape: tuple[int, int], confidence: float) -> Cell:
    rows, columns = shape
    height, width = (BOTTOM - TOP) / rows, 0.8 / columns
    x, y = 0.1 + column * width, TOP + row * height
    return Cell(
        row=row,
        column=column,
        row_span=row_span,
        box=Box(x, y, x + width, y + height * row_span),
        text=text,
        confidence=confidence if text else 1.0,
        ink=0.1 if text else 0.0,
        mark=SIGNS.get(text),
        mark_confidence=SURE,
    )


def table(rows: list[list[str | None]], confidence: float = SURE) -> Grid:
    """Build a ruled table; None is a position that the cell above covers."""
    shape = len(rows), len(rows[0])
    cells = []
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            if text is None:
                continue
            span = 1
            while r + span < len(rows) and rows[r + span][c] is None:
                span += 1
            cells.append(cell(text, r, c, span, shape, confidence))
    return Grid(box=Box(0.1, TOP, 0.9, BOTTOM), rows=shape[0], columns=shape[1], cells=tuple(cells))


def page(number: int, *grids: Grid) -> OcrPage:
    return OcrPage(number=number, engine="test", width=1000, height=1400, grids=grids)


def line(text: str, number: int = 1, y: float = 0.1, confidence: float = SURE) -> PagedLine:
    return PagedLine(number, Line(text=text, box=Box(0.1, y, 0.9, y + 0.02), confidence=confidence), True)


def body(
    sequence: int | str, marks: tuple[str, str] = DONE, remark: str = "", district: str | None = "ตัวอย่าง"
) -> list[str | None]:
    number = to_thai(str(sequence)) if isinstance(sequence, int) else sequence
    return [number, district, f"อบต.สมมติ{sequence}", *marks, remark]


def one(pages: list[OcrPage], lines: list[PagedLine] | None = None) -> Annex:
    [annex] = parse_annexes(pages, lines or [], REVIEW_BELOW)
    return annex


def sequences(annex: Annex) -> list[int | None]:
    return [row.sequence.value for row in annex.rows]


def rows_of(*bodies: list[str | None], confidence: float = SURE) -> tuple[Row, ...]:
    return one([page(1, table([HEADERS, *bodies], confidence))]).rows


def remarks_of(*remarks: str, confidence: float = SURE) -> list[Row]:
    return list(rows_of(*(body(n, NOT_DONE, text) for n, text in enumerate(remarks, start=1)), confidence=confidence))


# --- which tables are annexes, and over how many pages -------------------------------------------------------------


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


# --- columns --------------------------------------------------------------------------------------------------------


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
    assert [row.cells["c4"].value for row in annex.rows] == ["๕", "-"]
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


# --- rows -----------------------------------------------------------------------------------------------------------


def test_every_cell_keeps_its_place_and_what_was_read() -> None:
    row = rows_of(body(1, DONE, "แก้ไข"), body(2))[0]
    assert set(row.cells) == {"c1", "c2", "c3", "c4", "c5", "c6"}
    assert (row.cells["c1"].value, row.sequence.value, row.sequence.raw) == ("๑", 1, "๑")
    assert (row.cells["c4"].value, row.cells["c5"].value) == ("✓", "")
    assert (row.body.raw, row.body.value, row.body.page) == ("อบต.สมมติ1", None, 1)
    assert row.body.box is not None
    assert row.body.box.y0 >= TOP
    assert row.remark.value == "แก้ไข"


def test_a_row_without_ink_is_no_row_and_one_with_any_is() -> None:
    empty: list[str | None] = ["", "", "", "", "", ""]
    only_remark: list[str | None] = ["", "", "", "", "", "แก้ไข"]
    rows = rows_of(body(1), empty, only_remark, body(3))
    assert len(rows) == 3
    assert rows[1].body.review == ("unreadable",)


def test_a_district_cell_merged_over_rows_and_pages_is_filled_down() -> None:
    first = table([HEADERS, body(1, district="ตัวอย่าง"), body(2, district=None), body(3, district="สมมติ")])
    annex = one([page(1, first), page(2, table([body(4, district=""), body(5, district="ทดสอบ")]))])
    assert [row.district.value for row in annex.rows] == ["ตัวอย่าง", "ตัวอย่าง", "สมมติ", "สมมติ", "ทดสอบ"]
    assert [row.district.source for row in annex.rows][2:] == [Source.PRINT, Source.DERIVED, Source.PRINT]


def test_a_district_that_could_not_be_read_is_not_filled_down() -> None:
    grid = table([HEADERS, body(1), body(2, district="?"), body(3)])
    cells = tuple(c.model_copy(update={"text": "", "mark": None}) if c.text == "?" else c for c in grid.cells)
    rows = one([page(1, grid.model_copy(update={"cells": cells}))]).rows
    assert (rows[1].district.value, rows[1].district.review) == ("", ("unreadable",))
    assert "unreadable" in rows[1].review


@pytest.mark.parametrize("read", ["๙", "๒ข", ""])
@pytest.mark.parametrize("wrong", [1, 2, 3, 5])
def test_a_sequence_number_that_its_neighbours_contradict_is_repaired_and_asks_for_review(
    wrong: int, read: str
) -> None:
    rows = rows_of(*(body(read if n == wrong else n) for n in range(1, 6)))
    assert [row.sequence.value for row in rows] == [1, 2, 3, 4, 5]
    assert [row.sequence.value for row in rows if "sequence.repaired" in row.review] == [wrong]
    repaired = rows[wrong - 1].sequence
    assert repaired.raw == read
    assert repaired.repair is not None


def test_a_misread_number_before_the_last_does_not_falsify_the_last() -> None:
    rows = rows_of(body(1), body(2), body("๙"), body(4))
    assert [row.sequence.value for row in rows] == [1, 2, 3, 4]
    assert [bool(row.sequence.review) for row in rows] == [False, False, True, False]


def test_a_number_printed_twice_is_left_as_printed() -> None:
    assert [row.sequence.value for row in rows_of(body(1), body(2), body(2), body(3))] == [1, 2, 2, 3]


def test_two_numbers_unread_in_a_row_are_both_repaired_and_both_doubted() -> None:
    rows = rows_of(body(1), body("กข"), body("กข"), body(4))
    assert [row.sequence.value for row in rows] == [1, 2, 3, 4]
    assert [bool(row.review) for row in rows] == [False, True, True, False]


# --- marks ----------------------------------------------------------------------------------------------------------


def test_the_marked_column_gives_the_status() -> None:
    rows = rows_of(body(1, DONE), body(2, NOT_DONE, "แก้ไขข้อมูล"), body(3, NOT_DONE, "ยังไม่บันทึกข้อมูล"))
    assert [row.status.value for row in rows] == [Status.COMPLETE, Status.INCOMPLETE, Status.NOT_STARTED]
    assert rows[0].status.box == rows[0].cells["c4"].box
    assert not any(row.review for row in rows)


@pytest.mark.parametrize(
    ("marks", "code"), [(("✓", "✓"), "mark.several"), (("", ""), "mark.none"), (("-", "-"), "mark.none")]
)
def test_not_exactly_one_mark_gives_no_status_and_asks_for_review(marks: tuple[str, str], code: str) -> None:
    row = rows_of(body(1), body(2, NOT_DONE), body(3), body(4, NOT_DONE), body(5, marks))[4]
    assert row.status.value is None
    assert row.status.review == (code,)
    assert code in row.review


def test_a_dash_beside_a_mark_is_no_mark() -> None:
    row = rows_of(body(1), body(2, NOT_DONE), body(3, NOT_DONE), body(4, ("✓", "-")))[3]
    assert (row.status.value, row.review) == (Status.COMPLETE, ())


def test_a_sign_that_was_not_made_out_counts_and_asks_for_review() -> None:
    row = rows_of(body(1), body(2, NOT_DONE), body(3), body(4, ("?", "")))[3]
    assert (row.status.value, row.status.review) == (Status.COMPLETE, ("mark.unclear",))
    assert "mark.unclear" in row.review


def test_a_cross_where_a_tick_is_due_asks_for_review() -> None:
    row = rows_of(body(1), body(2, NOT_DONE), body(3, ("✗", "")))[2]
    assert (row.status.value, row.status.review) == (Status.COMPLETE, ("mark.shape",))


def test_with_a_single_mark_column_the_sign_tells() -> None:
    header = ["ลำดับ", "อปท.", "ผลการบันทึกข้อมูล"]
    rows = one([page(1, table([header, ["๑", "อบต.สมมติ", "✓"], ["๒", "อบต.ตัวอย่าง", "✗"]]))]).rows
    assert [row.status.value for row in rows] == [Status.COMPLETE, Status.INCOMPLETE]


def test_where_no_body_is_complete_a_tick_under_not_yet_is_still_incomplete() -> None:
    rows = rows_of(*(body(n, NOT_DONE) for n in (1, 2, 3)))
    assert [row.status.value for row in rows] == [Status.INCOMPLETE] * 3


# --- remarks --------------------------------------------------------------------------------------------------------

WORDING = "บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๓"


def test_a_misread_form_of_a_frequent_wording_takes_the_wording_and_keeps_its_digits() -> None:
    rows = remarks_of(*[WORDING] * 4, "บันทกข้อมูลไม่ครบถวน ปี ๒๕๖๓")
    assert rows[4].remark.value == WORDING
    assert rows[4].remark.raw == "บันทกข้อมูลไม่ครบถวน ปี ๒๕๖๓"
    assert rows[4].remark.repair is not None
    assert rows[4].remark.repair.rule == "remark.code_book"
    assert rows[0].remark.repair is None
    assert rows[4].remark_years == (2563,)
    other_year = remarks_of(*[WORDING] * 4, "บันทกข้อมูลไม่ครบถวน ปี ๒๕๖๒")[4]
    assert (other_year.remark.value, other_year.remark_years) == ("บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๒", (2562,))


def test_a_wording_that_is_not_frequent_repairs_nothing() -> None:
    rows = remarks_of("บันทึกข้อมูลแล้ว", "บันทึกข้อมูลแล้ว", "บันทกข้อมูลแล้ว")
    assert [row.remark.value for row in rows] == ["บันทึกข้อมูลแล้ว"] * 2 + ["บันทกข้อมูลแล้ว"]


def test_a_misreading_met_often_leads_to_the_more_frequent_wording() -> None:
    rows = remarks_of(*["บันทึกข้อมูลแล้ว"] * 6, *["บันทกข้อมูลแล้ว"] * 3, confidence=0.95)
    assert {row.remark.value for row in rows} == {"บันทึกข้อมูลแล้ว"}


def test_what_was_written_so_and_not_read_from_a_picture_is_never_reworded() -> None:
    rows = remarks_of(*["ระดับ A"] * 6, *["ระดับ C"] * 3, *["บันทกข้อมูลแล้ว"], confidence=1.0)
    assert [row.remark.value for row in rows[6:]] == ["ระดับ C"] * 3 + ["บันทกข้อมูลแล้ว"]


def test_a_short_remark_is_never_taken_for_another() -> None:
    rows = remarks_of(*["ครบ"] * 6, *["รอ"] * 3, confidence=0.95)
    assert [row.remark.value for row in rows[6:]] == ["รอ"] * 3


@pytest.mark.parametrize("rare", ["บันทึกข้อมูลไม่ครบถ้วน", "บันทกข้อมูลไม่ครบถ้วน"])
def test_a_negation_is_never_dropped(rare: str) -> None:
    rows = remarks_of(*["บันทึกข้อมูลครบถ้วน"] * 5, rare)
    assert rows[5].remark.value == rare


def test_a_negation_is_never_added() -> None:
    rows = remarks_of(*["บันทึกข้อมูลไม่ครบถ้วน"] * 5, "บันทึกข้อมูลครบถ้วน")
    assert rows[5].remark.value == "บันทึกข้อมูลครบถ้วน"


@pytest.mark.parametrize(
    ("frequent", "rare"),
    [
        ("บันทึกข้อมูลครบถ้วน", "บันทึกข้อมูลไมครบถ้วน"),
        ("ได้บันทึกข้อมูลในระบบแล้ว", "มิได้บันทึกข้อมูลในระบบแล้ว"),
        ("มิได้บันทึกข้อมูลในระบบ", "ได้บันทึกข้อมูลในระบบ"),
    ],
)
def test_a_negation_of_two_letters_is_not_bridged_silently(frequent: str, rare: str) -> None:
    row = remarks_of(*[frequent] * 5, rare)[5]
    assert row.remark.value == rare or row.remark.review


def test_both_senses_met_often_stay_apart() -> None:
    both = ["บันทึกข้อมูลไม่ครบถ้วน"] * 6 + ["บันทึกข้อมูลครบถ้วน"] * 5
    assert [row.remark.value for row in remarks_of(*both)] == both


def test_a_year_that_hardly_any_row_has_asks_for_review() -> None:
    rows = remarks_of(*[WORDING] * 5, "บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๗")
    assert [row.remark.review for row in rows] == [()] * 5 + [("remark.digits",)]
    assert rows[5].remark_years == (2567,)


def test_a_year_of_a_text_layer_is_not_doubted() -> None:
    rows = remarks_of(*[WORDING] * 5, "บันทึกข้อมูลไม่ครบถ้วน ปี ๒๕๖๗", confidence=1.0)
    assert not any(row.review for row in rows)


def test_a_badly_read_remark_asks_for_review() -> None:
    assert remarks_of("แก้ไข", "รอตรวจ", confidence=UNSURE)[0].remark.review == ("low_confidence",)


def test_an_unsure_remark_of_no_known_wording_is_called_unusual() -> None:
    rows = remarks_of(*[WORDING] * 4, "รอผลการตรวจสอบจากหน่วยงานอื่น", confidence=0.85)
    assert "remark.unusual" in rows[4].remark.review
    assert "remark.unusual" not in rows[0].remark.review


@pytest.mark.parametrize(
    ("read", "spaced"),
    [
        ("ไม่ครบถ้วน( แค่ปี๒๕๖๒ )", "ไม่ครบถ้วน (แค่ปี ๒๕๖๒)"),
        ("ปี  ๒๕๖๒ - ๒๕๖๓", "ปี ๒๕๖๒-๒๕๖๓"),
        ("แก้ไข\nข้อมูล", "แก้ไข ข้อมูล"),
    ],
)
def test_remarks_are_spaced_as_official_typing_does(read: str, spaced: str) -> None:
    row = remarks_of(read, "อื่น ๆ")[0]
    assert (row.remark.value, row.remark.raw) == (spaced, read)


# --- totals ---------------------------------------------------------------------------------------------------------

COUNTED = [body(1), body(2), body(3, NOT_DONE), body(4), body(5, NOT_DONE)]


def totals_of(*total: str) -> list[tuple[str, int | None, str | None]]:
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


# --- the lines around a table ---------------------------------------------------------------------------------------


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
