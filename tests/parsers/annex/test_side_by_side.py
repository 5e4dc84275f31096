"""Tables of a page that has a column less than the page before."""

from models.field import Box
from models.ocr import Grid
from parsers.annex.side_by_side import fitted
from parsers.annexes import parse_annexes
from tests.parsers.annex.builders import REVIEW_BELOW, page, table

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


def test_where_two_columns_of_marks_became_one_the_rows_are_kept_and_ask() -> None:
    headers = ["ลำดับ", "อปท.", "บันทึกข้อมูลแล้ว", "ยังไม่ได้บันทึกข้อมูล", "หมายเหตุ"]
    first = table([headers, ["๑", "อบต.เกาะ", "✓", "", ""], ["๒", "อบต.ขาม", "", "✗", "ส่งไม่ครบ"]])
    second = without_edge(3, ["๓", "อบต.คลอง", "✓", ""], ["๔", "อบต.ดอน", "✗", "ส่งไม่ครบ"])
    annexes = parse_annexes([page(1, first), page(2, second)], [], REVIEW_BELOW)
    rows = [row for annex in annexes for row in annex.rows]
    assert [row.body.raw for row in rows] == ["อบต.เกาะ", "อบต.ขาม", "อบต.คลอง", "อบต.ดอน"]
    assert [bool(row.status.review) for row in rows] == [False, False, True, True]
