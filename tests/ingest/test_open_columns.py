"""Columns of tables that have no line down the page, under stamps and strokes, with and without a header."""

import cv2
import numpy as np
import pytest

from ingest.tables.open_columns import OpenColumnSettings, Rows, find_inner_edges
from ingest.tables.rule_removal import find_components
from ingest.tables.ruling_lines import find_ruling_lines
from ingest.tables.table_detection import DetectedTable, find_tables
from ingest.tables.white_space import Inked

DPI, WIDTH = 200, 1000
Page = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


def row(*words: tuple[int, int]) -> Inked:
    inked = np.zeros(WIDTH, np.bool_)
    for start, end in words:
        inked[start:end] = True
    return inked


def edges(header: Inked, *rows: Inked) -> list[int]:
    table: Rows = np.array(rows)
    return [round(edge) for edge in find_inner_edges(header, table, DPI, OpenColumnSettings())]


NUMBER, NAME, TICK, CROSS, REMARK = (20, 40), (100, 220), (500, 520), (700, 720), (800, 950)
HEADER = row((10, 50), (120, 200), (480, 540), (670, 750), (840, 910))
DONE, LATE = row(NUMBER, NAME, TICK), row(NUMBER, NAME, CROSS)


def test_words_at_the_side_of_their_column_are_under_the_header_in_its_middle() -> None:
    header = row((10, 50), (160, 220), (480, 540), (670, 750))
    assert len(edges(header, *(row(NUMBER, (80, 130), TICK), row(NUMBER, (80, 130), CROSS)) * 4)) == 3


def test_a_unit_behind_numbers_keeps_its_column_beside_their_header() -> None:
    header = row((90, 220), (480, 560), (800, 880))
    figures, empty = row(NAME, (480, 570), (600, 640), (790, 880)), row(NAME, (600, 640))
    assert len(edges(header, figures, empty)) == 3


def test_a_tick_in_the_first_row_of_a_page_that_goes_on_is_no_header_of_the_crosses() -> None:
    assert len(edges(DONE, *[LATE] * 6, row(NUMBER, NAME, CROSS, REMARK))) == 4


def test_few_crosses_on_a_page_that_goes_on_keep_their_column_and_that_of_their_remarks() -> None:
    late = row(NUMBER, NAME, CROSS, REMARK)
    assert len(edges(DONE, *[DONE] * 4, late, *[DONE] * 5, late, *[DONE] * 7, late, DONE)) == 4


def test_a_cross_with_a_remark_in_the_first_row_is_no_header_of_the_ticks_beside_it() -> None:
    late, done = row(NUMBER, NAME, (560, 580), REMARK), row(NUMBER, NAME, TICK)
    stroke = row(NUMBER, NAME, (500, 580))
    assert len(edges(late, *[done] * 6, stroke, late, *[done] * 12, late)) == 4


def test_one_remark_on_a_page_has_its_column() -> None:
    assert len(edges(DONE, LATE, DONE, row(NUMBER, NAME, CROSS, REMARK), DONE, row((100, 150), TICK, CROSS))) == 4


def test_words_that_stand_in_consecutive_rows_are_no_stamp() -> None:
    late = row(NUMBER, NAME, CROSS, REMARK)
    assert len(edges(DONE, DONE, LATE, late, late, DONE, LATE, DONE, LATE, LATE, DONE, DONE)) == 4


def test_a_stroke_through_white_that_headers_stand_beside_makes_no_column() -> None:
    stroke = row(NUMBER, NAME, TICK, (350, 410))
    assert len(edges(HEADER, DONE, LATE, stroke, LATE, DONE, row(NUMBER, NAME, CROSS, REMARK), LATE, DONE)) == 4


def test_a_stroke_from_one_column_of_marks_to_the_next_joins_them_not() -> None:
    stroke = row(NUMBER, NAME, (480, 740))
    assert len(edges(LATE, DONE, LATE, DONE, stroke, LATE, DONE, row(NUMBER, NAME, CROSS, REMARK), DONE)) == 4


def annex(rows: int = 9) -> Page:
    """Return a page with lines across from 150 to 1450, a header, and a number, a name and marks between each two."""
    page = np.zeros((1000, 1650), np.uint8)
    for number in range(rows + 1):
        top = 200 + 54 * number
        cv2.line(page, (150, top), (1450, top), 255, 2)
        if number < rows:
            texts = (f"{number}", f"Office {number}", "v" if number % 3 else "", "" if number % 3 else "x")
            for text, x in zip(
                ("No", "Name", "Done", "Late") if not number else texts, (170, 350, 850, 1200), strict=True
            ):
                cv2.putText(page, text, (x, top + 36), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2)
    cv2.line(page, (150, 200 + 54 * rows), (1450, 200 + 54 * rows), 255, 2)
    return page


def tables_of(page: Page) -> list[DetectedTable]:
    return find_tables(find_components(page, find_ruling_lines(page, DPI), DPI), DPI)


@pytest.mark.parametrize("x", [480, 700, 1040])
@pytest.mark.parametrize("y", range(260, 740, 20))
def test_a_stamp_anywhere_on_lines_across_takes_no_row(x: int, y: int) -> None:
    page = annex()
    for radius in (110, 96):
        cv2.circle(page, (x, y), radius, 255, 3)
    assert [(table.rows, table.columns) for table in tables_of(page)] == [(9, 4)]


def test_the_side_of_a_ring_is_no_rule_and_a_short_line_is_one() -> None:
    page = annex()
    for radius in (110, 96):
        cv2.circle(page, (700, 850), radius, 255, 3)
    cv2.line(page, (1500, 820), (1502, 880), 255, 3)
    down = find_ruling_lines(page, DPI)[1]
    assert not down[:, :1450].any()
    assert down[:, 1450:].any()
