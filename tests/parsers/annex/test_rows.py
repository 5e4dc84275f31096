"""Rows of an annex, and their marks."""

import pytest

from models.annex import Status
from models.field import Source
from tests.parsers.annex.builders import DONE, HEADERS, NOT_DONE, TOP, UNSURE, body, one, page, rows_of, table


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
def test_a_sequence_number_that_its_neighbors_contradict_is_repaired_and_asks_for_review(wrong: int, read: str) -> None:
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


@pytest.mark.parametrize(
    ("beside", "status"), [("?", Status.COMPLETE), ("L", Status.COMPLETE), ("ครบ", None), ("✗", None)]
)
def test_a_sure_sign_outweighs_a_piece_of_a_stroke_but_no_word_and_asks_for_review(
    beside: str, status: Status | None
) -> None:
    row = rows_of(*(body(n, NOT_DONE) for n in range(1, 4)), body(4), body(5, ("✓", beside)))[4]
    assert row.status.value is status
    assert "mark.several" in row.status.review


def test_a_sign_that_a_stroke_runs_over_outweighs_nothing() -> None:
    grid = table([HEADERS, *(body(n, NOT_DONE) for n in range(1, 4)), body(4), body(5, ("✓", "?"))])
    cells = tuple(
        c.model_copy(update={"mark_confidence": 0.85}) if (c.row, c.column) == (5, 3) else c for c in grid.cells
    )
    row = one([page(1, grid.model_copy(update={"cells": cells}))]).rows[4]
    assert (row.status.value, row.status.review) == (None, ("mark.several",))


def test_a_cross_where_a_tick_is_due_asks_for_review() -> None:
    row = rows_of(body(1), body(2, NOT_DONE), body(3, ("✗", "")))[2]
    assert (row.status.value, row.status.review) == (Status.COMPLETE, ("mark.shape",))


def test_with_a_single_mark_column_the_sign_tells() -> None:
    header = ["ลำดับ", "อปท.", "ผลการบันทึกข้อมูล"]
    rows = one([page(1, table([header, ["๑", "อบต.สมมติ", "✓"], ["๒", "อบต.ตัวอย่าง", "✗"]]))]).rows
    assert [row.status.value for row in rows] == [Status.COMPLETE, Status.INCOMPLETE]


def test_of_ticks_and_crosses_a_sign_that_was_not_made_out_says_neither() -> None:
    header = ["ลำดับ", "อปท.", "ผลการบันทึกข้อมูล"]
    signs = {"๑": "✓", "๒": "✗", "๓": "?"}
    rows = one([page(1, table([header, *([number, "อบต.สมมติ", sign] for number, sign in signs.items())]))]).rows
    assert [row.status.value for row in rows] == [Status.COMPLETE, Status.INCOMPLETE, None]
    assert "mark.unclear" in rows[2].status.review


def test_of_ticks_alone_a_sign_that_was_not_made_out_is_one_that_asks_for_review() -> None:
    header = ["ลำดับ", "อปท.", "ผลการบันทึกข้อมูล"]
    signs = {"๑": "✓", "๒": "✓", "๓": "?"}
    rows = one([page(1, table([header, *([number, "อบต.สมมติ", sign] for number, sign in signs.items())]))]).rows
    assert [row.status.value for row in rows] == [Status.COMPLETE] * 3
    assert "mark.unclear" in rows[2].status.review


def test_where_no_body_is_complete_a_tick_under_not_yet_is_still_incomplete() -> None:
    rows = rows_of(*(body(n, NOT_DONE) for n in (1, 2, 3)))
    assert [row.status.value for row in rows] == [Status.INCOMPLETE] * 3


def test_what_lies_over_a_cell_makes_its_row_ask_for_review() -> None:
    grid = table([HEADERS, body(1), body(2), body(3)])
    cells = tuple(c.model_copy(update={"overlaid": (c.row, c.column) == (2, 2)}) for c in grid.cells)
    rows = one([page(1, grid.model_copy(update={"cells": cells}))]).rows
    assert ["overlaid" in row.review for row in rows] == [False, True, False]


def test_a_sign_told_by_its_place_alone_gives_a_status_that_asks_for_review() -> None:
    grid = table([HEADERS, body(1), body(2), body(3)])
    cells = tuple(
        c.model_copy(update={"mark_confidence": 0.4}) if (c.row, c.column) == (2, 3) else c for c in grid.cells
    )
    rows = one([page(1, grid.model_copy(update={"cells": cells}))]).rows
    assert [row.status.value for row in rows] == [Status.COMPLETE] * 3
    assert ["mark.unclear" in row.review for row in rows] == [False, True, False]


def test_an_unread_number_is_told_by_most_of_those_around_it_though_one_was_misread() -> None:
    rows = rows_of(*(body({1: "๘", 2: "ฮ", 3: "□"}.get(n, n)) for n in range(1, 12)))
    assert [row.sequence.value for row in rows] == list(range(1, 12))
    assert ["sequence.repaired" in row.review for row in rows] == [True] * 3 + [False] * 8


@pytest.mark.parametrize(("overlaid", "rows"), [(True, 3), (False, 4)])
def test_a_stroke_beside_the_name_of_a_district_makes_no_row_of_it(overlaid: bool, rows: int) -> None:  # noqa: FBT001
    grid = table([HEADERS, ["อำเภอตัวอย่าง", "", "", "", "", "("], body(1), body(2), body(3)])
    cells = tuple(c.model_copy(update={"overlaid": overlaid and (c.row, c.column) == (1, 5)}) for c in grid.cells)
    annex = one([page(1, grid.model_copy(update={"cells": cells}))])
    assert len(annex.rows) == rows


def test_a_remark_that_goes_on_below_its_row_stays_and_asks_for_review() -> None:
    rows = rows_of(body(1), body(2, NOT_DONE, "รอผลการประชุม"), ["", "", "", "", "", "ภายในปี ๒๕๖๗"], body(3))
    assert [row.remark.value for row in rows][2] == "ภายในปี ๒๕๖๗"
    assert rows[2].review


def test_a_district_that_nothing_else_doubts_is_as_sure_as_it_was_read() -> None:
    headers = ["ลำดับ", "อำเภอ", "จำนวน"]
    rows = [[str(n), "ตวอยาง", str(n + 10)] for n in range(1, 5)]
    assert all("low_confidence" in row.review for row in one([page(1, table([headers, *rows], UNSURE))]).rows)
