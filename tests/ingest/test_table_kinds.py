"""Kinds of tables that offices print, on pages drawn by hand: what is one, where its columns and rows are."""

import itertools

import cv2
import numpy as np
import pytest

from ingest.preprocessing.binarization import binarize
from ingest.preprocessing.filled_areas import lift_filled_areas
from ingest.sources.page_image import Gray
from ingest.tables.lattice import DetectedTable
from ingest.tables.rule_removal import find_components, remove_specks
from ingest.tables.table_detection import find_ruling_lines, find_tables

DPI, LEFT, RIGHT = 200, 200, 1400
COLUMNS = (220, 620, 820, 1020, 1220)


def blank() -> Gray:
    return np.full((1600, 1650), 255, np.uint8)


def write(page: Gray, text: str, x: int, y: int, tone: int = 0) -> None:
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, tone, 2)


def rule(page: Gray, y: int, left: int = LEFT, right: int = RIGHT) -> None:
    cv2.line(page, (left, y), (right, y), 0, 3)


def write_rows(page: Gray, top: int, count: int, pitch: int = 36) -> int:
    """Write rows of a label and four numbers, and return where the next one would stand."""
    for number in range(count):
        write(page, f"Office{number}", COLUMNS[0], top + number * pitch)
        for x in COLUMNS[1:]:
            write(page, str(1000 + 37 * number), x, top + number * pitch)
    return top + count * pitch


def write_prose(page: Gray, top: int, count: int) -> int:
    for number in range(count):
        words = "paragraphs of a letter run on from one side of the page to the other with words of many lengths in it"
        write(page, words[5 * number : 5 * number + 62], LEFT + 10, top + 36 * number)
    return top + 36 * count


def find(page: Gray) -> list[DetectedTable]:
    lifted = lift_filled_areas(page, DPI)
    ink = binarize(lifted.gray)
    if lifted.edges is not None:
        ink = ink | lifted.edges
    return find_tables(find_components(remove_specks(ink, DPI), find_ruling_lines(ink, DPI), DPI), DPI)


def draw_lattice(page: Gray, xs: tuple[int, ...], ys: tuple[int, ...]) -> None:
    for y in ys:
        rule(page, y, xs[0], xs[-1])
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), 0, 3)


def test_a_lattice_stays_beside_a_loose_line_of_its_width() -> None:
    page = blank()
    rule(page, 200)
    draw_lattice(page, (LEFT, 600, 1000, RIGHT), (300, 360, 420, 480))
    [table] = find(page)
    assert (table.rows, table.columns) == (3, 3)


@pytest.mark.parametrize("apart", [9, 11])
def test_the_two_lines_of_a_border_make_no_row_between_them(apart: int) -> None:
    page = blank()
    draw_lattice(page, (LEFT, 600, 1000, RIGHT), (300, 360, 360 + apart, 420, 480))
    [table] = find(page)
    assert table.rows == 3
    assert all(cell.bottom > cell.top for cell in table.cells)


def test_a_table_under_the_line_of_a_page_head_does_not_hold_the_prose_between() -> None:
    page = blank()
    rule(page, 150)
    end = write_prose(page, 220, 5)
    rule(page, end + 40)
    write_rows(page, end + 80, 1)
    rule(page, end + 100)
    below = write_rows(page, end + 140, 6)
    rule(page, below)
    [table] = find(page)
    assert table.top > end
    assert (table.rows, table.columns) == (7, 5)


def test_columns_under_a_heading_that_spans_them_are_kept_and_the_heading_spans_them() -> None:
    page = blank()
    rule(page, 200)
    write(page, "Amounts of the second and third round", 700, 235)
    rule(page, 247, 610, 1310)
    for x, name in zip(COLUMNS, ("Office", "First", "Second", "Third", "Last"), strict=True):
        write(page, name, x, 275)
    rule(page, 290)
    below = write_rows(page, 325, 8)
    rule(page, below)
    [table] = find(page)
    assert (table.rows, table.columns) == (10, 5)
    [heading] = [cell for cell in table.cells if cell.column_span > 1]
    assert (heading.row, heading.column, heading.column_span) == (0, 1, 4)


def test_a_dark_head_with_white_letters_is_a_row_of_its_table() -> None:
    page = blank()
    page[200:250, LEFT:RIGHT] = 60
    for x, name in zip(COLUMNS, ("Office", "First", "Second", "Third", "Last"), strict=True):
        write(page, name, x, 233, tone=255)
    for number in range(6):
        top = 250 + 50 * number
        page[top : top + 50, LEFT:RIGHT] = 220 if number % 2 else 255
        write_rows(page, top + 33, 1)
    rule(page, 550)
    [table] = find(page)
    assert (table.rows, table.columns) == (7, 5)
    assert table.top == pytest.approx(200, abs=6)


def test_white_letters_on_a_dark_ground_are_made_black_on_white() -> None:
    page, plain = blank(), blank()
    page[200:300, LEFT:RIGHT] = 50
    write(page, "Heading", 400, 260, tone=255)
    write(plain, "Heading", 400, 260)
    lifted = lift_filled_areas(page, DPI)
    inside = slice(210, 290), slice(300, 1300)
    same = (binarize(lifted.gray)[inside] > 0) == (binarize(plain)[inside] > 0)
    assert same.mean() > 0.99


def test_a_page_without_filled_areas_is_left_as_it_is() -> None:
    page = blank()
    write_prose(page, 200, 8)
    lifted = lift_filled_areas(page, DPI)
    assert lifted.gray is page
    assert lifted.edges is None


def test_numbers_in_columns_are_a_table_without_any_line() -> None:
    page = blank()
    end = write_prose(page, 200, 4)
    write_rows(page, end + 120, 9)
    write_prose(page, end + 120 + 9 * 36 + 120, 4)
    [table] = find(page)
    assert (table.rows, table.columns) == (9, 5)


def test_what_letters_have_in_columns_is_no_table() -> None:
    page = blank()
    write(page, "Ref 0810.2/856", 200, 150)
    write(page, "District Hall", 1100, 150)
    write(page, "Date 12 May", 1100, 186)
    end = write_prose(page, 260, 8)
    for number, (name, office) in enumerate(itertools.product(("Mr. A. Person", "Mrs. B. Person", "Mr. C."), "XY")):
        write(page, f"{number + 1}.", 260, end + 60 + 36 * number)
        write(page, name, 330, end + 60 + 36 * number)
        write(page, f"Head of division {office}", 800, end + 60 + 36 * number)
    write(page, "(Name of the signer)", 900, end + 400)
    write(page, "Head of the district", 890, end + 436)
    assert find(page) == []


NUMBERED = (230, 330, 700, 1000)
HEADERS = ("No", "Office", "Sent", "Remark")


def write_numbered(page: Gray, top: int, count: int, pitch: int = 44) -> int:
    """Write rows of a number, a name and a word, the last column empty, and return where the next one would stand."""
    for number in range(count):
        for x, text in zip(NUMBERED, (str(number + 10), f"Office{number}", "yes"), strict=False):
            write(page, text, x, top + number * pitch)
    return top + count * pitch


def test_numbered_rows_below_one_rule_are_a_table_with_the_columns_of_its_header() -> None:
    page = blank()
    for x, text in zip(NUMBERED, HEADERS, strict=True):
        write(page, text, x, 300)
    rule(page, 308)
    write(page, "District of the north side of the river", 420, 344)
    write_numbered(page, 388, 6)
    [table] = find(page)
    assert (table.rows, table.columns) == (8, 4)
    [heading] = [cell for cell in table.cells if cell.row == 1]
    assert heading.column_span == 4


@pytest.mark.parametrize("rows", [1, 2])
def test_one_or_two_numbered_rows_are_no_table(rows: int) -> None:
    page = blank()
    write_numbered(page, 300, rows)
    assert not find(page)


def test_numbered_paragraphs_are_no_table() -> None:
    page = blank()
    for number in range(10):
        y = 300 + 72 * number
        write(page, f"{number + 1}.", 260, y)
        write(page, "a paragraph of a letter that runs on to the right side of the page", 330, y)
        write(page, "and goes on in a line below it without any number of its own at all", LEFT, y + 36)
    assert not find(page)
