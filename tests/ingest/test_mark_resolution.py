"""Which cell is marked, and by which sign, where strokes run over a table drawn by hand; no rules are found in it."""

from collections.abc import Collection

import cv2
import numpy as np

from ingest.sources.page_image import Gray
from ingest.tables import check_marks
from ingest.tables.check_marks import CellInk
from ingest.tables.lattice import CellBox, DetectedTable
from ingest.tables.mark_resolution import DOUBTFUL, has_usual_signs, resolve_marks
from ingest.tables.rule_removal import ConnectedComponents, find_components
from models.ocr import Mark

DPI, ROWS, WIDE, HIGH = 200, 12, 160, 54


def draw_sheet(rows: list[str]) -> Gray:
    """Return a page with a sign for each letter of each row: t a tick, x a cross, - nothing; ink 255."""
    page = np.zeros((ROWS * HIGH + 100, WIDE * max(map(len, rows)) + 100), np.uint8)
    for row, signs in enumerate(rows):
        for column, sign in enumerate(signs):
            x, y = column * WIDE + WIDE // 2, row * HIGH + HIGH // 2
            if sign == "t":
                cv2.polylines(page, [np.array([(x - 14, y), (x - 5, y + 14), (x + 14, y - 14)])], False, 255, 4)
            elif sign == "x":
                cv2.line(page, (x - 13, y - 13), (x + 13, y + 13), 255, 4)
                cv2.line(page, (x + 13, y - 13), (x - 13, y + 13), 255, 4)
    return page


def build_table(rows: int, columns: int) -> DetectedTable:
    cells = tuple(
        CellBox(row, column, 1, 1, column * WIDE, row * HIGH, (column + 1) * WIDE, (row + 1) * HIGH)
        for row in range(rows)
        for column in range(columns)
    )
    return DetectedTable(0, 0, columns * WIDE, rows * HIGH, rows, columns, cells)


def look(page: Gray, rows: int, columns: int) -> tuple[DetectedTable, ConnectedComponents, list[CellInk]]:
    table = build_table(rows, columns)
    blank = np.zeros_like(page)
    pieces = find_components(page, (blank, blank), DPI)
    boxes = [(int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)) for cell in table.cells]
    return table, pieces, [check_marks.find_sign(pieces, box, DPI) for box in boxes]


def resolve(page: Gray, columns: Collection[int], rows: int = ROWS) -> list[list[CellInk]]:
    """Return the signs of a page, row by row."""
    count = page.shape[1] // WIDE
    table, pieces, signs = look(page, rows, count)
    found = resolve_marks(table, signs, columns, range(rows), pieces.bare)
    return [found[row * count : (row + 1) * count] for row in range(rows)]


def told(row: list[CellInk]) -> list[Mark | None]:
    return [sign.mark if sign.box is not None else None for sign in row]


TURNS = ["t-", "-x"] * (ROWS // 2)


def test_a_stroke_through_both_cells_of_a_row_leaves_the_sign_that_is_whole() -> None:
    page = draw_sheet(TURNS)
    y = 4 * HIGH + HIGH // 2
    cv2.line(page, (30, y + 10), (2 * WIDE - 30, y - 10), 255, 3)
    row = resolve(page, {0, 1})[4]
    assert told(row) == [Mark.TICK, None]
    assert row[0].confidence == DOUBTFUL


def test_a_piece_of_a_stroke_shaped_like_a_sign_does_not_hide_the_one_that_a_stroke_swallowed() -> None:
    page = draw_sheet(TURNS)
    x, y = WIDE // 2, 4 * HIGH + HIGH // 2
    cv2.line(page, (x - 70, y + 90), (x + 70, y - 90), 255, 3)
    x += WIDE + 35
    cv2.polylines(page, [np.array([(x - 12, y), (x - 4, y + 12), (x + 12, y - 12)])], False, 255, 3)
    _, _, signs = look(page, ROWS, 2)
    assert [sign.box is not None for sign in signs[8:10]] == [False, True]
    row = resolve(page, {0, 1})[4]
    assert told(row) == [Mark.TICK, None]
    assert row[0].confidence == DOUBTFUL


def test_a_stroke_through_a_row_without_a_sign_makes_none() -> None:
    page = draw_sheet([*TURNS[:6], "--", *TURNS[7:]])
    y = 6 * HIGH + HIGH // 2
    cv2.line(page, (20, y + 15), (2 * WIDE - 20, y - 15), 255, 3)
    assert told(resolve(page, {0, 1})[6]) == [None, None]


def test_a_sign_beside_which_a_stroke_is_like_one_stays_and_is_doubtful() -> None:
    page = draw_sheet([*TURNS[:4], "tx", *TURNS[5:]])
    x, y = WIDE + WIDE // 2, 4 * HIGH + HIGH // 2
    cv2.line(page, (x - 100, y - 100), (x + 100, y + 100), 255, 3)
    row = resolve(page, {0, 1})[4]
    assert told(row) == [Mark.TICK, None]
    assert row[0].confidence == DOUBTFUL


def test_of_two_lists_side_by_side_each_has_its_own_mark() -> None:
    page = draw_sheet(["t-" + "-x", "-x" + "t-"] * (ROWS // 2))
    assert [told(row) for row in resolve(page, {0, 1, 2, 3})] == [
        [Mark.TICK, None, None, Mark.CROSS],
        [None, Mark.CROSS, Mark.TICK, None],
    ] * (ROWS // 2)


def test_columns_that_do_not_exclude_each_other_keep_all_their_signs() -> None:
    page = draw_sheet(["tt", "t-", "tt", "-t", "tt", "tt"] * 2)
    assert sum(mark is Mark.TICK for row in resolve(page, {0, 1}) for mark in told(row)) == 2 * 10


def test_columns_exclude_each_other_though_strokes_leave_pieces_in_many_rows() -> None:
    rows = TURNS[:6]
    page = draw_sheet(rows)
    for row in (0, 2, 4):
        x, y = WIDE + WIDE // 2, row * HIGH + HIGH // 2
        cv2.line(page, (x + 20, y - 12), (x + 50, y + 4), 255, 3)
    assert [told(row) for row in resolve(page, {0, 1}, len(rows))] == [[Mark.TICK, None], [None, Mark.CROSS]] * 3


def test_a_short_list_tells_by_one_sure_sign() -> None:
    rows = ["t-", "-x", "t-", "t-"]
    page = draw_sheet(rows)
    y = 2 * HIGH + HIGH // 2
    cv2.line(page, (30, y + 60), (2 * WIDE - 60, y - 12), 255, 3)
    assert told(resolve(page, {0, 1}, len(rows))[2]) == [Mark.TICK, None]


def test_where_it_is_not_known_how_a_column_is_marked_any_ink_in_it_may_be_a_mark() -> None:
    rows = ["t-"] * 5
    page = draw_sheet(rows)
    y = 2 * HIGH + HIGH // 2
    cv2.line(page, (30, y + 60), (2 * WIDE - 60, y - 12), 255, 3)
    _, _, signs = look(page, len(rows), 2)
    assert told(resolve(page, {0, 1}, len(rows))[2]) == told(signs[4:6])


def test_the_last_row_is_none_of_marks_where_it_says_how_many() -> None:
    page = draw_sheet([*TURNS[:8], "t-"])
    cv2.putText(page, "5", (WIDE // 2 - 10, 9 * HIGH + 36), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, 3)
    cv2.putText(page, "4", (WIDE + WIDE // 2 - 10, 9 * HIGH + 36), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, 3)
    table, pieces, signs = look(page, 10, 2)
    assert [has_usual_signs(table, signs, {0, 1}, row, pieces.bare) for row in (8, 9)] == [True, False]


def test_in_one_column_a_tick_under_a_stroke_is_told_and_doubtful() -> None:
    page = draw_sheet(["t", "x"] * (ROWS // 2))
    x, y = WIDE // 2, 4 * HIGH + HIGH // 2
    cv2.line(page, (x - 60, y + 70), (x + 50, y - 90), 255, 3)
    _, _, signs = look(page, ROWS, 1)
    assert signs[4].box is None
    [sign] = resolve(page, {0})[4]
    assert (sign.mark, sign.confidence) == (Mark.TICK, DOUBTFUL)


def test_in_one_column_what_may_be_a_cross_or_a_tick_with_a_stroke_is_neither() -> None:
    page = draw_sheet(["t", "x"] * (ROWS // 2))
    x, y = WIDE // 2, 4 * HIGH + HIGH // 2
    cv2.line(page, (x - 14, y - 14), (x + 14, y + 14), 255, 3)
    _, _, signs = look(page, ROWS, 1)
    assert signs[4].mark is Mark.CROSS
    [sign] = resolve(page, {0})[4]
    assert (sign.mark, sign.confidence) == (Mark.UNKNOWN, DOUBTFUL)


def test_in_one_column_signs_that_are_whole_stay_as_they_are() -> None:
    page = draw_sheet(["t", "x"] * (ROWS // 2))
    _, _, signs = look(page, ROWS, 1)
    assert [row[0] for row in resolve(page, {0})] == signs
