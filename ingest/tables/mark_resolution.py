"""Which cell of a row is marked, where a stamp or a pen stroke lies over the table.

The signs of one column stand in one place of their cells and are of one size. What stands elsewhere in a row that
has two signs is a rest of the stroke; and where a stroke has swallowed the sign of a row, the cell that is inked
where the signs of its column stand is the marked one. Either is a likelihood: the sign says that it is doubtful.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from ingest.sources.page_image import Gray
from ingest.tables.check_marks import CellInk
from ingest.tables.lattice import DetectedTable
from models.ocr import Mark

DOUBTFUL = 0.4
"""Confidence of a sign that was told by its place."""


@dataclass(frozen=True, slots=True)
class MarkResolutionSettings:
    """What is told by the places of signs. Lengths are in sizes of the column's signs, shares of one."""

    least_signs: int = 4
    """So many signs of a column say where its signs stand."""
    apart: float = 0.6
    """How far one may stand from where they stand."""
    larger: float = 1.8
    smaller: float = 0.5
    """How large one may be."""
    filled: float = 0.6
    """Share of the ink of a usual sign that must be where one is looked for."""
    clearly: float = 1.3
    """How many times as much that must be as in any other cell of the row."""
    least_filled: float = 0.01
    """Share of a usual sign that is ink at least, so that a hairline makes no ink of dust."""


_SETTINGS = MarkResolutionSettings()


@dataclass(frozen=True, slots=True)
class _Usual:
    """Where the signs of a column stand in their cells, their size in pixels and the share of it that is ink."""

    x: float
    y: float
    width: float
    height: float
    filled: float


def resolve_row_marks(
    table: DetectedTable,
    signs: Sequence[CellInk],
    columns: Collection[int],
    rows: Collection[int],
    ink: Gray,
    settings: MarkResolutionSettings = _SETTINGS,
) -> list[CellInk]:
    """Return the signs of a table with one in each row, as far as their places tell which it is.

    Args:
        table: Its cells.
        signs: What `check_marks.find_sign` found in each of them.
        columns: The columns of marks.
        rows: The rows that have one mark each.
        ink: The page without its ruling lines, height × width, ink 255.
        settings: What is told by places.
    """
    resolved = list(signs)
    places = {(cell.row, cell.column): index for index, cell in enumerate(table.cells) if cell.column in columns}
    usual = {column: _find_usual(table, signs, column, ink, settings) for column in columns}
    known = {column: found for column, found in usual.items() if found is not None}
    if len(columns) < 2 or len(known) < len(usual):
        return resolved
    for row in rows:
        cells = {places[row, column]: known[column] for column in columns if (row, column) in places}
        if sum(signs[index].box is not None for index in cells) == 1:
            continue
        chosen = _choose(table, signs, cells, ink, settings)
        if chosen is None:
            continue
        for index in cells:
            resolved[index] = CellInk(0.0, None)
        resolved[chosen] = _doubt(signs[chosen], table, chosen)
    return resolved


def _choose(
    table: DetectedTable,
    signs: Sequence[CellInk],
    cells: Mapping[int, _Usual],
    ink: Gray,
    settings: MarkResolutionSettings,
) -> int | None:
    """Return which cell of a row is marked: the one whose sign stands as its column's do, else the one inked there."""
    fitting = [index for index, usual in cells.items() if _fits(table, signs[index], index, usual, settings)]
    if len(fitting) == 1:
        return fitting[0]
    filled = sorted(((_measure_filled(table, i, usual, ink, settings), i) for i, usual in cells.items()), reverse=True)
    if len(filled) < 2 or filled[0][0] < max(settings.filled, settings.clearly * filled[1][0]):
        return None
    return filled[0][1]


def _doubt(found: CellInk, table: DetectedTable, index: int) -> CellInk:
    """Return the sign of a cell, where its ink gave none an unknown one, as one that is doubtful."""
    if found.box is None:
        return CellInk(1.0, _get_box(table, index), Mark.UNKNOWN, DOUBTFUL)
    return replace(found, mark=found.mark or Mark.UNKNOWN, confidence=min(found.confidence or DOUBTFUL, DOUBTFUL))


def _find_usual(
    table: DetectedTable, signs: Sequence[CellInk], column: int, ink: Gray, settings: MarkResolutionSettings
) -> _Usual | None:
    """Return where the surely told signs of a column stand, None where there are too few."""
    found = []
    for cell, found_ink in zip(table.cells, signs, strict=True):
        if cell.column != column or found_ink.box is None or found_ink.mark not in {Mark.TICK, Mark.CROSS}:
            continue
        x0, y0, x1, y1 = found_ink.box
        filled = float(np.count_nonzero(ink[y0:y1, x0:x1])) / max((x1 - x0) * (y1 - y0), 1)
        middle = (cell.top + cell.bottom) / 2
        found.append(((x0 + x1) / 2 - cell.left, (y0 + y1) / 2 - middle, x1 - x0, y1 - y0, filled))
    if len(found) < settings.least_signs:
        return None
    return _Usual(*(median(values) for values in zip(*found, strict=True)))


def _fits(table: DetectedTable, sign: CellInk, index: int, usual: _Usual, settings: MarkResolutionSettings) -> bool:
    """Whether a sign stands where those of its column do, and is as large."""
    if sign.box is None:
        return False
    x0, y0, x1, y1 = sign.box
    cell = table.cells[index]
    size = max(usual.width, usual.height)
    apart = max(abs((x0 + x1) / 2 - cell.left - usual.x), abs((y0 + y1) / 2 - (cell.top + cell.bottom) / 2 - usual.y))
    alike = settings.smaller * size <= max(x1 - x0, y1 - y0) <= settings.larger * size
    return apart <= settings.apart * size and alike


def _measure_filled(
    table: DetectedTable, index: int, usual: _Usual, ink: Gray, settings: MarkResolutionSettings
) -> float:
    """Return how much of a cell is inked where the signs of its column stand, 1.0 where as much as they are."""
    cell = table.cells[index]
    left = cell.left + usual.x - usual.width / 2
    top = (cell.top + cell.bottom) / 2 + usual.y - usual.height / 2
    window = ink[max(round(top), 0) : round(top + usual.height), max(round(left), 0) : round(left + usual.width)]
    return float(np.count_nonzero(window)) / max(window.size, 1) / max(usual.filled, settings.least_filled)


def _get_box(table: DetectedTable, index: int) -> tuple[int, int, int, int]:
    cell = table.cells[index]
    return int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)
