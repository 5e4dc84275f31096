"""Which cell of a row is marked, where a stamp or a pen stroke lies over the table.

The signs of one column stand in one place of their cells and are of one size. What stands elsewhere in a row that
has two signs is a rest of the stroke; and where a stroke has swallowed the sign of a row, the cell that is inked
where the signs of its column stand is the marked one. Either is a likelihood: the sign says that it is doubtful.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from ingest.sources.page_image import Gray
from ingest.tables.check_marks import Ink
from ingest.tables.lattice import Table
from models.ocr import Mark

DOUBTFUL = 0.4
"""Confidence of a sign that was told by its place."""
_LEAST_SIGNS = 4
_APART = 0.6
"""How far, in sizes of the column's signs, one may stand from where they stand."""
_LARGER, _SMALLER = 1.8, 0.5
_FILLED, _CLEARLY = 0.6, 1.3
"""Share of the ink of a usual sign that must be where one is looked for, and how many times that in other cells."""


@dataclass(frozen=True, slots=True)
class _Usual:
    """Where the signs of a column stand in their cells, their size in pixels and the share of it that is ink."""

    x: float
    y: float
    width: float
    height: float
    filled: float


def settle(table: Table, signs: Sequence[Ink], columns: Collection[int], rows: Collection[int], ink: Gray) -> list[Ink]:
    """Return the signs of a table with one in each row, as far as their places tell which it is.

    Args:
        table: Its cells.
        signs: What `marks.sign` found in each of them.
        columns: The columns of marks.
        rows: The rows that have one mark each.
        ink: The page without its rules.
    """
    settled = list(signs)
    places = {(cell.row, cell.column): index for index, cell in enumerate(table.cells) if cell.column in columns}
    usual = {column: _usual(table, signs, column, ink) for column in columns}
    if len(columns) < 2 or any(found is None for found in usual.values()):
        return settled
    for row in rows:
        cells = [(usual[column], places[row, column]) for column in columns if (row, column) in places]
        marked = [index for _, index in cells if signs[index].box is not None]
        if len(marked) == 1:
            continue
        fitting = [index for of, index in cells if of and marked and _fits(table, signs[index], index, of)]
        filled = sorted(((_filled(table, index, of, ink), index) for of, index in cells if of), reverse=True)
        if len(fitting) != 1:
            clear = len(filled) > 1 and filled[0][0] >= _FILLED and filled[0][0] >= _CLEARLY * filled[1][0]
            fitting = [filled[0][1]] if clear else []
        if not fitting:
            continue
        for _, index in cells:
            settled[index] = Ink(0.0, None)
        [chosen] = fitting
        found = signs[chosen]
        settled[chosen] = (
            replace(found, mark=found.mark or Mark.UNKNOWN, confidence=min(found.confidence or DOUBTFUL, DOUBTFUL))
            if found.box is not None
            else Ink(1.0, _box(table, chosen), Mark.UNKNOWN, DOUBTFUL)
        )
    return settled


def _usual(table: Table, signs: Sequence[Ink], column: int, ink: Gray) -> _Usual | None:
    """Return where the surely told signs of a column stand, None where there are too few."""
    found = []
    for cell, seen in zip(table.cells, signs, strict=True):
        if cell.column != column or seen.box is None or seen.mark not in {Mark.TICK, Mark.CROSS}:
            continue
        x0, y0, x1, y1 = seen.box
        filled = float(np.count_nonzero(ink[y0:y1, x0:x1])) / max((x1 - x0) * (y1 - y0), 1)
        middle = (cell.top + cell.bottom) / 2
        found.append(((x0 + x1) / 2 - cell.left, (y0 + y1) / 2 - middle, x1 - x0, y1 - y0, filled))
    return _Usual(*(median(values) for values in zip(*found, strict=True))) if len(found) >= _LEAST_SIGNS else None


def _fits(table: Table, seen: Ink, index: int, usual: _Usual) -> bool:
    """Whether a sign stands where those of its column do, and is as large."""
    if seen.box is None:
        return False
    x0, y0, x1, y1 = seen.box
    cell = table.cells[index]
    size = max(usual.width, usual.height)
    apart = max(abs((x0 + x1) / 2 - cell.left - usual.x), abs((y0 + y1) / 2 - (cell.top + cell.bottom) / 2 - usual.y))
    return apart <= _APART * size and _SMALLER * size <= max(x1 - x0, y1 - y0) <= _LARGER * size


def _filled(table: Table, index: int, usual: _Usual, ink: Gray) -> float:
    """Return how much of a cell is inked where the signs of its column stand, 1.0 where as much as they are."""
    cell = table.cells[index]
    left = cell.left + usual.x - usual.width / 2
    top = (cell.top + cell.bottom) / 2 + usual.y - usual.height / 2
    window = ink[max(round(top), 0) : round(top + usual.height), max(round(left), 0) : round(left + usual.width)]
    return float(np.count_nonzero(window)) / max(window.size, 1) / max(usual.filled, 0.01)


def _box(table: Table, index: int) -> tuple[int, int, int, int]:
    cell = table.cells[index]
    return int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)
