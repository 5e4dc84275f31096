"""Tables of a page that has a column less than the page before."""

from models.field import Box
from models.ocr import Grid
from parsers.annex.side_by_side import fitted
from tests.parsers.annex.builders import table

LIKE = table([["๑", "ก", "✓", "", ""], ["๒", "ข", "", "✗", "ส่งไม่ครบ"]])


def without_edge(edge: int, *rows: list[str]) -> Grid:
    """Return a table like the other whose columns on both sides of an edge are one."""
    grid = table(rows)
    width = 0.8 / LIKE.columns
    starts = [0.1 + width * column for column in range(LIKE.columns + 1) if column != edge]
    cells = [
        cell.model_copy(update={"box": Box(starts[cell.column], cell.box.y0, starts[cell.column + 1], cell.box.y1)})
        for cell in grid.cells
    ]
    return grid.model_copy(update={"cells": tuple(cells)})


def test_a_page_without_remarks_has_the_columns_of_the_page_before() -> None:
    grid = fitted(without_edge(2, ["๓", "ก", "", ""]), LIKE)
    assert grid is not None
    assert grid.columns == LIKE.columns


def test_where_two_columns_of_marks_are_one_nobody_knows_which_it_is() -> None:
    assert fitted(without_edge(3, ["๓", "ก", "✓", ""], ["๔", "ข", "✗", ""]), LIKE) is None
