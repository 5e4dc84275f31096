"""Which cell of a row is marked, where a stamp or a pen stroke lies over the table.

The signs of one column are alike and stand in one place of their cells, and ink over a sign takes nothing of it away:
the cell that holds all of such a sign is the marked one, whatever else runs through it, while a stroke through an empty
cell covers some of a sign at most. What is told this way is a likelihood: the sign says that it is doubtful.
"""

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.check_marks import CellInk
from ingest.tables.lattice import DetectedTable
from models.ocr import Mark

DOUBTFUL = 0.4
"""Confidence of a sign that was told by its place."""
_Picture = npt.NDArray[np.float32]
"""Ink as 1.0 on 0.0, as it is compared."""


@dataclass(frozen=True, slots=True)
class MarkResolutionSettings:
    """What is told by signs that are like others of their column. Lengths are in sizes of those, shares of one."""

    exclusive: float = 0.7
    """Share of the rows with a sign that have but one, from which the columns of marks exclude each other."""
    sure: float = 0.9
    """Confidence from which the shape of a sign tells alone that it is none of a stroke; else another is like it."""
    most_compared: int = 8
    """So many of them are compared with what is in a cell: hand-drawn ones differ."""
    larger: float = 1.5
    smaller: float = 0.6
    """How large a sign is that others are compared with; one with a stroke through it is larger."""
    apart: float = 0.3
    """How far from where they stand one is looked for, each way."""
    covered: float = 0.7
    """Share of a sign's ink that is inked in a cell which holds one like it, at least; scans and pens change it."""
    clearly: float = 0.25
    """How much larger that share is than in any other cell of the row; a stroke along an arm of a sign covers half."""


_SETTINGS = MarkResolutionSettings()


@dataclass(frozen=True, slots=True)
class _Example:
    """A sign that was told: the cell it is of, what it is, how surely, and its ink."""

    cell: int
    mark: Mark
    confidence: float
    picture: _Picture


@dataclass(frozen=True, slots=True)
class _UsualSigns:
    """The signs of a column.

    Attributes:
        x, y: Their middle, from the left side of a cell and from the middle of its height, in pixels.
        width, height: Their size, in pixels.
        examples: Some of them.
    """

    x: float
    y: float
    width: float
    height: float
    examples: tuple[_Example, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """How much of the ink of a sign of its column is inked in a cell, of the sign that fits best, and what that is."""

    covered: float
    mark: Mark


def resolve_row_marks(
    table: DetectedTable,
    signs: Sequence[CellInk],
    columns: Collection[int],
    rows: Collection[int],
    ink: Gray,
    settings: MarkResolutionSettings = _SETTINGS,
) -> list[CellInk]:
    """Return the signs of a table with one in each row, as far as signs of their columns tell which it is.

    Args:
        table: Its cells.
        signs: What `check_marks.find_sign` found in each of them.
        columns: The columns of marks.
        rows: The rows that have one mark each.
        ink: The page without its ruling lines, height × width, ink 255.
        settings: What is told by signs that are alike.
    """
    resolved = list(signs)
    places = {(cell.row, cell.column): index for index, cell in enumerate(table.cells) if cell.column in columns}
    for group in _find_exclusive_columns(places, signs, columns, rows, settings):
        usual = {column: _find_usual(table, signs, column, rows, ink, settings) for column in group}
        for row in rows:
            cells = {places[row, column]: usual[column] for column in group if (row, column) in places}
            for index, sign in _resolve_row(table, signs, cells, ink, settings).items():
                resolved[index] = sign
    return resolved


def has_usual_signs(
    table: DetectedTable,
    signs: Sequence[CellInk],
    columns: Collection[int],
    row: int,
    ink: Gray,
    settings: MarkResolutionSettings = _SETTINGS,
) -> bool:
    """Tell whether the signs of a row are like others of their columns: the last row of a table may be a total.

    Args:
        table: Its cells.
        signs: Their signs, resolved.
        columns: The columns of marks.
        row: The row.
        ink: The page without its ruling lines, height × width, ink 255.
        settings: What is told by signs that are alike.
    """
    signed = [
        index
        for index, cell in enumerate(table.cells)
        if cell.row == row and cell.column in columns and signs[index].box is not None
    ]
    usual = {index: _find_usual(table, signs, table.cells[index].column, range(row), ink, settings) for index in signed}
    return bool(signed) and all(
        own is not None and _match(table, index, own, ink, settings).covered >= settings.covered
        for index, own in usual.items()
    )


def _find_exclusive_columns(
    places: Mapping[tuple[int, int], int],
    signs: Sequence[CellInk],
    columns: Collection[int],
    rows: Collection[int],
    settings: MarkResolutionSettings,
) -> list[tuple[int, ...]]:
    """Return which columns of marks exclude each other: all of them, or those of each of two lists side by side."""
    signed = {place for place, index in places.items() if signs[index].box is not None}

    def exclude_each_other(group: Sequence[int]) -> bool:
        counts = [count for row in rows if (count := sum((row, column) in signed for column in group))]
        return len(group) > 1 and counts.count(1) >= settings.exclusive * len(counts)

    whole = tuple(sorted(columns))
    if exclude_each_other(whole):
        return [whole]
    adjacent = [
        tuple(column for _, column in run)
        for _, run in itertools.groupby(enumerate(whole), lambda numbered: numbered[1] - numbered[0])
    ]
    return [group for group in adjacent if exclude_each_other(group)]


def _resolve_row(
    table: DetectedTable,
    signs: Sequence[CellInk],
    cells: Mapping[int, _UsualSigns | None],
    ink: Gray,
    settings: MarkResolutionSettings,
) -> dict[int, CellInk]:
    """Return the cells of a row whose sign is another than was found, or doubtful."""
    signed = [index for index in cells if signs[index].box is not None]
    matches = {i: _match(table, i, usual, ink, settings) for i, usual in cells.items() if [i] != signed}
    if len(signed) == 1:
        matches = {index: match for index, match in matches.items() if cells[index] is not None}
        if not any(match.covered for match in matches.values()):
            return {}
        matches[signed[0]] = _match(table, signed[0], cells[signed[0]], ink, settings)
    if len(matches) < len(("best", "second")):
        return {}
    best, second = sorted(matches, key=lambda index: -matches[index].covered)[:2]
    clear = cells[best] is not None and matches[best].covered - matches[second].covered >= settings.clearly
    if clear and signed == [best]:
        return {}
    if clear and matches[best].covered >= settings.covered:
        chosen = _doubt(signs[best], table, best, matches[best].mark)
        return {**dict.fromkeys(cells, CellInk(0.0, None)), best: chosen}
    return {index: _doubt(signs[index], table, index, Mark.UNKNOWN) for index in signed if len(signed) == 1}


def _doubt(found: CellInk, table: DetectedTable, index: int, mark: Mark) -> CellInk:
    """Return the sign of a cell as one that is doubtful; where its ink alone gave none, it is `mark`."""
    if found.box is None:
        return CellInk(1.0, _get_box(table, index), mark, DOUBTFUL)
    return replace(found, mark=found.mark or mark, confidence=min(found.confidence or DOUBTFUL, DOUBTFUL))


def _find_usual(
    table: DetectedTable,
    signs: Sequence[CellInk],
    column: int,
    rows: Collection[int],
    ink: Gray,
    settings: MarkResolutionSettings,
) -> _UsualSigns | None:
    """Return how the surely told signs of a column stand and look, None where there are none."""
    found = [
        (index, cell, sign.box, sign)
        for index, (cell, sign) in enumerate(zip(table.cells, signs, strict=True))
        if cell.column == column and cell.row in rows and sign.box is not None and sign.mark in {Mark.TICK, Mark.CROSS}
    ]
    if not found:
        return None
    x = median((box[0] + box[2]) / 2 - cell.left for _, cell, box, _ in found)
    y = median((box[1] + box[3] - cell.top - cell.bottom) / 2 for _, cell, box, _ in found)
    width = median(box[2] - box[0] for _, _, box, _ in found)
    height = median(box[3] - box[1] for _, _, box, _ in found)
    alike = [
        _Example(index, sign.mark or Mark.UNKNOWN, sign.confidence, _cut(ink, *box))
        for index, _, box, sign in found
        if settings.smaller * width <= box[2] - box[0] <= settings.larger * width
        and settings.smaller * height <= box[3] - box[1] <= settings.larger * height
    ]
    usual = _UsualSigns(x, y, width, height, tuple(alike[:: max(-(-len(alike) // settings.most_compared), 1)]))
    kept = tuple(
        example
        for example in usual.examples
        if example.confidence >= settings.sure
        or _match(table, example.cell, usual, ink, settings).covered >= settings.covered
    )
    return replace(usual, examples=kept) if kept else None


def _match(
    table: DetectedTable, index: int, usual: _UsualSigns | None, ink: Gray, settings: MarkResolutionSettings
) -> _Match:
    """Compare a cell with the signs of its column, where they stand, but not with its own.

    Where it is not known how those look, any ink may be one.
    """
    if usual is None:
        return _Match(float(_cut(ink, *_get_box(table, index)).any()), Mark.UNKNOWN)
    cell, reach = table.cells[index], settings.apart * max(usual.width, usual.height)
    x, y = cell.left + usual.x, (cell.top + cell.bottom) / 2 + usual.y
    across, down = usual.width / 2 + reach, usual.height / 2 + reach
    window = _cut(ink, *(round(side) for side in (x - across, y - down, x + across, y + down)))
    best = _Match(0.0, Mark.UNKNOWN)
    if not window.any():
        return best
    for example in usual.examples:
        fits = all(small <= large for small, large in zip(example.picture.shape, window.shape, strict=True))
        if example.cell == index or not fits:
            continue
        both_inked = cv2.matchTemplate(window, example.picture, cv2.TM_CCORR)
        best = max(best, _Match(float(both_inked.max() / example.picture.sum()), example.mark), key=lambda m: m.covered)
    return best


def _cut(ink: Gray, left: int, top: int, right: int, bottom: int) -> _Picture:
    """Return a part of a page, as far as it lies on it."""
    return np.asarray(ink[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] > 0, np.float32)


def _get_box(table: DetectedTable, index: int) -> tuple[int, int, int, int]:
    cell = table.cells[index]
    return int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)
