"""Signs in the cells of a table, on pages drawn by hand: whole, in their place, and not to be taken for strokes."""

import cv2
import numpy as np
import pytest

from ingest.sources.page_image import Gray
from ingest.tables import check_marks, mark_resolution
from ingest.tables.lattice import DetectedTable
from ingest.tables.rule_removal import ConnectedComponents, find_components, remove_specks
from ingest.tables.table_detection import find_ruling_lines, find_tables
from models.ocr import Mark

DPI, PITCH, TOP, ROWS = 200, 54, 200, 12
EDGES = (150, 250, 500, 700, 900, 1300)
TICKS, CROSSES = 2, 3


def sheet() -> Gray:
    """Return a ruled page whose rows are ticked and crossed by turns, ink 255."""
    page = np.zeros((1100, 1500), np.uint8)
    for row in range(ROWS + 1):
        cv2.line(page, (EDGES[0], TOP + row * PITCH), (EDGES[-1], TOP + row * PITCH), 255, 3)
    for x in EDGES:
        cv2.line(page, (x, TOP), (x, TOP + ROWS * PITCH), 255, 3)
    for row in range(1, ROWS):
        y = TOP + row * PITCH + 36
        cv2.putText(page, str(row), (EDGES[0] + 20, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2)
        if row % 2:
            tick(page, (EDGES[TICKS] + EDGES[TICKS + 1]) // 2, TOP + row * PITCH + PITCH // 2)
        else:
            cross(page, (EDGES[CROSSES] + EDGES[CROSSES + 1]) // 2, TOP + row * PITCH + PITCH // 2)
    return page


def tick(page: Gray, x: int, y: int, size: int = 14) -> None:
    cv2.polylines(page, [np.array([(x - size, y), (x - size // 3, y + size), (x + size, y - size)])], False, 255, 4)


def cross(page: Gray, x: int, y: int, size: int = 13) -> None:
    cv2.line(page, (x - size, y - size), (x + size, y + size), 255, 4)
    cv2.line(page, (x + size, y - size), (x - size, y + size), 255, 4)


def taken(page: Gray) -> tuple[DetectedTable, ConnectedComponents]:
    pieces = find_components(page, find_ruling_lines(page, DPI), DPI)
    [table] = find_tables(pieces, DPI)
    return table, pieces


def signs_of(page: Gray) -> list[list[Mark | None]]:
    """Return the signs of each row below the header, in the columns of ticks and of crosses."""
    table, pieces = taken(page)
    found = [
        check_marks.find_sign(pieces, (int(c.left), int(c.top), int(c.right), int(c.bottom)), DPI) for c in table.cells
    ]
    found = mark_resolution.resolve_marks(table, found, {TICKS, CROSSES}, range(1, ROWS), pieces.bare)
    at = {(cell.row, cell.column): sign for cell, sign in zip(table.cells, found, strict=True)}
    return [[at[row, column].mark for column in (TICKS, CROSSES)] for row in range(1, ROWS)]


EXPECTED = [[Mark.TICK, None] if row % 2 else [None, Mark.CROSS] for row in range(1, ROWS)]


def test_every_sign_is_found_in_its_cell_and_none_beside_it() -> None:
    assert signs_of(sheet()) == EXPECTED


@pytest.mark.parametrize("shift", [-12, 12])
def test_a_sign_that_reaches_over_a_rule_is_that_of_the_cell_it_mostly_stands_in(shift: int) -> None:
    page = sheet()
    row = 5
    y = TOP + row * PITCH
    page[y + 3 : y + PITCH - 3, EDGES[TICKS] + 3 : EDGES[TICKS + 1] - 3] = 0
    tick(page, (EDGES[TICKS] + EDGES[TICKS + 1]) // 2, y + PITCH // 2 + shift, size=20)
    assert signs_of(page) == EXPECTED


def test_the_ring_of_a_stamp_over_the_columns_is_no_sign() -> None:
    page = sheet()
    for radius in (60, 70):
        cv2.circle(page, (EDGES[TICKS + 1], TOP + 5 * PITCH), radius, 255, 3)
    found = signs_of(page)
    told = [[mark is not None for mark in row] for row in found]
    assert told == [[mark is not None for mark in row] for row in EXPECTED]


def test_a_sign_told_by_its_place_is_doubtful() -> None:
    page = sheet()
    middle = (EDGES[TICKS] + EDGES[TICKS + 1]) // 2, TOP + 5 * PITCH + PITCH // 2
    cv2.line(page, (middle[0] - 60, middle[1] + 90), (middle[0] + 60, middle[1] - 90), 255, 3)
    table, pieces = taken(page)
    found = [
        check_marks.find_sign(pieces, (int(c.left), int(c.top), int(c.right), int(c.bottom)), DPI) for c in table.cells
    ]
    at = {(cell.row, cell.column): index for index, cell in enumerate(table.cells)}
    assert found[at[5, TICKS]].box is None
    settled = mark_resolution.resolve_marks(table, found, {TICKS, CROSSES}, range(1, ROWS), pieces.bare)
    assert settled[at[5, TICKS]].mark is Mark.TICK
    assert settled[at[5, TICKS]].confidence == mark_resolution.DOUBTFUL


def test_a_stroke_from_one_row_into_the_next_lies_over_both_and_a_letter_within_over_none() -> None:
    page = sheet()
    cv2.line(page, (330, TOP + 3 * PITCH + 20), (380, TOP + 4 * PITCH + 30), 255, 3)
    cv2.putText(page, "word", (300, TOP + 7 * PITCH + 36), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 255, 2)
    table, pieces = taken(page)
    over = {
        cell.row
        for cell in table.cells
        if check_marks.is_overlaid(pieces, (int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)), DPI)
    }
    assert over == {3, 4}


def test_specks_that_stand_alone_go_and_points_beside_letters_stay() -> None:
    page = np.zeros((200, 400), np.uint8)
    page[80:100, 100:112] = 255
    page[97:100, 116:119] = 255  # a full stop
    text = page.copy()
    page[50:53, 300:303] = 255
    assert np.array_equal(remove_specks(page, DPI), text)


def test_a_dash_for_nil_is_no_speck() -> None:
    page = np.zeros((200, 400), np.uint8)
    page[100:102, 200:210] = 255
    assert np.array_equal(remove_specks(page, DPI), page)


@pytest.mark.parametrize(("within", "expected"), [(None, Mark.BOX), (tick, Mark.TICKED_BOX), (cross, Mark.CROSSED_BOX)])
def test_a_box_is_empty_ticked_or_crossed_though_its_tick_touches_no_side(within, expected: Mark) -> None:
    page = sheet()
    row, x = 5, (EDGES[TICKS] + EDGES[TICKS + 1]) // 2
    y = TOP + row * PITCH + PITCH // 2
    page[y - PITCH // 2 + 4 : y + PITCH // 2 - 4, EDGES[TICKS] + 4 : EDGES[TICKS + 1] - 4] = 0
    cv2.rectangle(page, (x - 12, y - 12), (x + 12, y + 12), 255, 2)
    if within is not None:
        within(page, x, y, size=5)
    table, pieces = taken(page)
    [cell] = [cell for cell in table.cells if (cell.row, cell.column) == (row, TICKS)]
    sides = int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)
    assert check_marks.find_sign(pieces, sides, DPI).mark is expected
