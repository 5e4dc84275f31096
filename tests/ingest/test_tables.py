"""Tables as paper has them: broken and missing rules, rows and columns without any, lists side by side."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from ingest.preprocessing.orientation import draw_overview, lies_on_its_side, quarter_turn
from ingest.recognition.word_grouping import Token
from ingest.tables.cell_recognition import _written_columns
from ingest.tables.check_marks import CellInk
from ingest.tables.rule_removal import find_components
from ingest.tables.table_detection import DetectedTable, find_ruling_lines, find_tables
from models.field import Box, Field
from models.ocr import Cell, Grid, Mark, OcrPage
from parsers.annex.sequence_numbers import numbered
from parsers.annex.side_by_side import fitted, list_width, lists
from parsers.annex.table_sections import header_rows
from parsers.annexes import parse_annexes

DPI = 200
ROWS, PITCH, TOP, LEFT = 12, 54, 200, 150
EDGES = (150, 250, 500, 850, 1050, 1450)
Ink = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


def sheet(*, down: bool = True, borders: bool = True, between: bool = True) -> Ink:
    """Return a page with a table of twelve rows, its header among them, and words in its cells."""
    page = np.zeros((1200, 1650), np.uint8)
    foot = TOP + ROWS * PITCH
    for row in range(ROWS + 1):
        if between or row in {0, 1, ROWS}:
            cv2.line(page, (EDGES[0], TOP + row * PITCH), (EDGES[-1], TOP + row * PITCH), 255, 2)
    for x in EDGES if borders else EDGES[1:-1]:
        if down:
            cv2.line(page, (x, TOP), (x, foot), 255, 2)
    for row in range(ROWS):
        y = TOP + row * PITCH + 34
        for column, x in enumerate(EDGES[:-1]):
            word = str(row) if column == 0 and row else "word" if column < 4 or row % 3 == 0 else ""
            cv2.putText(page, word, (x + 20, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2)
    return page


def tables_of(page: Ink) -> list[DetectedTable]:
    return find_tables(find_components(page, find_ruling_lines(page, DPI), DPI), DPI)


def shape(table: DetectedTable) -> tuple[int, int]:
    return table.rows, table.columns


@pytest.mark.parametrize(
    ("down", "borders", "between"),
    [(True, True, True), (True, False, True), (False, False, True), (True, True, False)],
    ids=["all ruled", "no outer borders", "none down the page", "none between rows"],
)
def test_a_table_has_its_rows_and_columns_however_it_is_ruled(*, down: bool, borders: bool, between: bool) -> None:
    [table] = tables_of(sheet(down=down, borders=borders, between=between))
    assert shape(table) == (ROWS, 5)
    assert len(table.cells) == ROWS * 5


def test_gaps_in_rules_join_no_cells() -> None:
    page = sheet()
    for x in range(200, 1450, 130):
        page[:, x : x + 7] = 0
    for y in range(230, 820, 95):
        page[y : y + 7] = 0
    [table] = tables_of(page)
    assert (shape(table), len(table.cells)) == ((ROWS, 5), ROWS * 5)


def test_a_bent_page_keeps_its_rows() -> None:
    flat = sheet()
    bend = (7 * np.sin(np.linspace(0, np.pi, flat.shape[1]))).astype(int)
    page = np.stack([np.roll(flat[:, x], bend[x]) for x in range(flat.shape[1])], axis=1)
    [table] = tables_of(np.ascontiguousarray(page))
    assert (shape(table), len(table.cells)) == ((ROWS, 5), ROWS * 5)


def test_a_stamp_over_the_rules_adds_no_column() -> None:
    page = sheet(down=False, borders=False)
    cv2.circle(page, (950, 520), 110, 255, 3)
    cv2.circle(page, (950, 520), 96, 255, 3)
    [table] = tables_of(page)
    assert shape(table) == (ROWS, 5)


def test_a_cell_over_several_rows_is_one() -> None:
    page = sheet()
    page[TOP + 2 * PITCH - 3 : TOP + 2 * PITCH + 4, EDGES[1] + 4 : EDGES[2] - 3] = 0
    [table] = tables_of(page)
    assert [(cell.row, cell.row_span) for cell in table.cells if cell.column == 1][:3] == [(0, 1), (1, 2), (3, 1)]


def banded(lines: list[tuple[str, ...]], *, aligned_right: bool = True, indents: dict[int, int] | None = None) -> Ink:
    """Return a page with a table of a header and one band, in which lines stand one under the other without rules."""
    page = np.zeros((1200, 1650), np.uint8)
    foot = TOP + PITCH + 40 * len(lines) + 20
    for y in (TOP, TOP + PITCH, foot):
        cv2.line(page, (EDGES[0], y), (EDGES[-1], y), 255, 2)
    edges = (EDGES[0], 700, 950, 1200, EDGES[-1])
    for x in edges:
        cv2.line(page, (x, TOP), (x, foot), 255, 2)
    for at, words in enumerate((("label", "one", "two", "three"), *lines)):
        y = TOP + 34 if not at else TOP + PITCH + 40 * at
        for column, word in enumerate(words):
            (wide, _), _ = cv2.getTextSize(word, cv2.FONT_HERSHEY_SIMPLEX, 0.7, 2)
            left = edges[column] + 20 + (indents or {}).get(at, 0) * (column == 0)
            right = edges[column + 1] - 20 - wide
            cv2.putText(
                page, word, (right if column and aligned_right else left, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2
            )
    return page


def test_numbers_beside_labels_part_the_rows_of_a_band() -> None:
    lines: list[tuple[str, ...]] = [
        ("Heading above all", "", "", ""),
        ("Label of one", "12.50", "", "9"),
        ("Label of two that", "7", "8.25", "10"),
        ("goes on below", "", "", ""),
        ("Heading further left", "", "", ""),
        ("Label of three", "105.50", "3", "4"),
    ]
    [table] = tables_of(banded(lines, indents={2: 40, 3: 40, 4: 40, 6: 40}))
    assert table.rows == 1 + 5
    heights = [cell.bottom - cell.top for cell in table.cells if cell.column == 0][1:]
    assert max(range(5), key=heights.__getitem__) == 2


@pytest.mark.parametrize(
    ("lines", "right"),
    [
        (
            [
                ("Text that is", "wrapped in", "every one of", "its cells"),
                ("goes on", "all cells", "them and", "as"),
                ("and on", "too", "on", "it"),
            ],
            False,
        ),
        ([("Label", "12", "8", "9"), ("goes on", "(60.5)", "(40.0)", "(45.0)")], True),
        ([("Label", "12", "", ""), ("goes on", "13", "", ""), ("and on", "14", "", "")], True),
    ],
    ids=["wrapped text", "a value over its percentage", "one column of numbers"],
)
def test_lines_of_one_row_are_not_parted(lines: list[tuple[str, ...]], *, right: bool) -> None:
    [table] = tables_of(banded(lines, aligned_right=right))
    assert table.rows == 2


def numbered_band(lines: list[tuple[str, str]], underlined: int | None = None) -> Ink:
    page = np.zeros((1200, 1650), np.uint8)
    foot = TOP + PITCH + 40 * len(lines) + 20
    for y in (TOP, TOP + PITCH, foot):
        cv2.line(page, (EDGES[0], y), (EDGES[-1], y), 255, 2)
    for x in (EDGES[0], 250, 620, EDGES[-1]):
        cv2.line(page, (x, TOP), (x, foot), 255, 2)
    for at, (number, name) in enumerate(lines, start=1):
        y = TOP + PITCH + 40 * at
        cv2.putText(page, number, (180, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2)
        cv2.putText(page, name, (265, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2)
        if at == underlined:
            (wide, _), _ = cv2.getTextSize(name, cv2.FONT_HERSHEY_SIMPLEX, 0.7, 2)
            cv2.line(page, (265, y + 5), (265 + wide, y + 5), 255, 2)
    return page


def test_a_heading_above_the_first_number_is_a_row_of_its_own() -> None:
    [table] = tables_of(numbered_band([("", "Group"), ("1", "one"), ("2", "two"), ("3", "three")]))
    assert table.rows == 1 + 4
    heights = [cell.bottom - cell.top for cell in table.cells if cell.column == 0][1:]
    assert min(heights) > 20


def test_an_underlined_line_does_not_go_on_with_a_full_one() -> None:
    lines = [("1", "one"), ("2", "two of a name that is longest of"), ("", "Next group"), ("3", "three")]
    assert [tables_of(numbered_band(lines, under))[0].rows for under in (None, 3)] == [1 + 3, 1 + 4]


def test_digits_that_run_into_each_other_are_no_column_of_marks() -> None:
    class Said:
        """Reads every cell as one text."""

        def __init__(self, text: str) -> None:
            self.text = text

        def read(self, cells: Sequence[object]) -> list[list[list[Token]]]:
            return [[[Token(self.text, 0, 0, 1, 1, 0.97)]] for _ in cells]

    [table] = tables_of(sheet())
    signs = [CellInk(0.1, (0, 0, 1, 1), Mark.CROSS, 0.9)] * len(table.cells)
    columns = {text: _written_columns(Said(text), table, signs, {3}, ()) for text in ("11,960", "7", "x")}  # type: ignore[arg-type]
    assert columns == {"11,960": {3}, "7": {3}, "x": set()}


def test_lines_to_write_on_are_no_table() -> None:
    page = np.zeros((1200, 1650), np.uint8)
    for row in range(6):
        cv2.line(page, (200, 300 + 80 * row), (1400, 300 + 80 * row), 255, 2)
    assert tables_of(page) == []


def grid(rows: list[list[str]], lefts: list[float] | None = None) -> Grid:
    width = len(rows[0])
    edges = lefts or [0.1 + 0.8 * at / width for at in range(width)]
    edges = [*edges, 0.9]
    cells = tuple(
        Cell(row=r, column=c, box=Box(edges[c], r / 50, edges[c + 1], (r + 1) / 50), text=text, ink=float(bool(text)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Grid(box=Box(0.1, 0.0, 0.9, len(rows) / 50), rows=len(rows), columns=width, cells=cells)


def test_lists_side_by_side_are_told_by_their_headers() -> None:
    headers = ["ลำดับ", "อำเภอ", "อปท.", "ลำดบ", "อำเภอ", "อปท."]
    assert list_width(headers) == 3
    assert list_width(["ลำดับ", "อำเภอ", "อปท.", "ส่งแล้ว", "ยังไม่ส่ง", "หมายเหตุ"]) == 0
    left, right = lists(grid([headers, ["๑", "ก", "ข", "๓", "ค", "ง"]]), 3)
    assert [[cell.text for cell in each.cells if cell.row == 1] for each in (left, right)] == [
        ["๑", "ก", "ข"],
        ["๓", "ค", "ง"],
    ]


def test_a_column_that_a_page_has_no_ink_in_is_put_back() -> None:
    like = grid([["๑", "ก", "✓", "", "หมายเหตุ"]])
    fit = fitted(grid([["๒", "ข", "✗", ""]], lefts=[0.1, 0.26, 0.42, 0.58]), like)
    assert fit is not None
    assert [(cell.column, cell.text) for cell in fit.cells] == [(0, "๒"), (1, "ข"), (2, "✗"), (3, ""), (4, "")]


def test_the_name_of_a_district_at_the_top_of_a_page_is_no_header() -> None:
    named = Cell(row=0, column=0, column_span=4, box=Box(0.1, 0, 0.9, 0.02), text="อำเภอเมืองชัยนาท", ink=1.0)
    below = grid([["", "", "", ""], ["๕๑", "อบจ.ชัยนาท", "✓", ""]])
    cells = (named, *(cell for cell in below.cells if cell.row == 1))
    assert header_rows(below.model_copy(update={"cells": cells}), continued=True) == 0
    assert header_rows(grid([["ลำดับ", "อปท.", "ส่งแล้ว", "หมายเหตุ"], ["๑", "ก", "✓", ""]]), continued=True) == 1


def read(*texts: str) -> list[Field[str]]:
    return [Field[str](value=text, raw=text, confidence=0.9, page=1) for text in texts]


def test_two_misread_numbers_that_agree_are_not_believed() -> None:
    found = numbered(read("55", "56", "57", "58", "59", "6", "7"))
    assert [item.value for item in found] == [55, 56, 57, 58, 59, 60, 61]
    assert all(item.review for item in found[-2:])


def test_misread_numbers_far_apart_that_agree_are_not_believed() -> None:
    found = numbered(read("20", "21", "32", "23", "24", "35", "26", "27"))
    assert [item.value for item in found] == list(range(20, 28))
    assert [bool(item.review) for item in found] == [True, False, True, False, False, True, False, False]


def test_a_row_that_was_lost_leaves_its_gap() -> None:
    assert [item.value for item in numbered(read("1", "2", "3", "5", "6", "7"))] == [1, 2, 3, 5, 6, 7]
    last = numbered(read("1", "2", "3", "5"))[-1]
    assert (last.value, last.review) == (5, ("sequence.jump",))


def test_numbers_may_begin_anew() -> None:
    assert [item.value for item in numbered(read("1", "2", "3", "1", "2", "3"))] == [1, 2, 3, 1, 2, 3]


def test_a_row_without_a_number_between_two_that_follow_shifts_none() -> None:
    found = numbered(read("28", "29", "", "30", "31", "", "32"))
    assert [item.value for item in found] == [28, 29, None, 30, 31, None, 32]
    assert [item.review for item in found if item.value is None] == [("sequence.none",)] * 2


def test_rules_down_the_page_do_not_lay_it_on_its_side() -> None:
    page = np.full((1200, 1650), 255, np.uint8)
    for x in range(150, 1500, 150):
        cv2.line(page, (x, 100), (x, 1100), 0, 3)
        cv2.putText(page, "some words", (x + 5, 300), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
        cv2.putText(page, "some words", (x + 5, 360), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    assert not lies_on_its_side(draw_overview(page))


def test_a_table_of_many_rows_that_lies_on_its_side_is_seen_to() -> None:
    page = np.full((1650, 1200), 255, np.uint8)
    for row in range(30):
        cv2.line(page, (100, 100 + 48 * row), (1100, 100 + 48 * row), 0, 3)
        cv2.putText(page, "some words", (120, 136 + 48 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    assert not lies_on_its_side(draw_overview(page))
    assert lies_on_its_side(draw_overview(quarter_turn(page, 90)))


def test_rows_under_no_header_ask_for_review() -> None:
    headless = OcrPage(
        number=1,
        engine="test",
        width=100,
        height=100,
        grids=(grid([["๑", "ก", "ข"], ["๒", "ค", "ง"], ["๓", "จ", "ฉ"]]),),
    )
    [annex] = parse_annexes([headless], [], 0.8)
    assert [row.review[-1] for row in annex.rows] == ["annex.no_header"] * 3
