"""How much of a sign is inked in a cell: what is in it, compared with surely told signs of its column.

Ink over a sign takes nothing of it away: a cell that holds a sign holds all of it, whatever else runs through it, while
a stroke through an empty cell covers some of a sign at most.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.check_marks import CellInk
from ingest.tables.lattice import DetectedTable
from models.ocr import Mark

TICK_AND_CROSS = frozenset({Mark.TICK, Mark.CROSS})
"""The signs whose shapes are told."""
_Picture = npt.NDArray[np.float32]
"""Ink as 1.0 on 0.0, as it is compared."""


@dataclass(frozen=True, slots=True)
class SignComparisonSettings:
    """Which signs others are compared with, and how. Lengths are in sizes of a column's signs, shares of one."""

    sure: float = 0.9
    """Confidence from which the shape of a sign tells alone that it is none of a stroke; else another is like it."""
    most_compared: int = 8
    """So many of them are compared with what is in a cell: hand-drawn ones differ."""
    larger: float = 1.5
    smaller: float = 0.6
    """How large a sign is that others are compared with; one with a stroke through it is larger."""
    inked: float = 0.004
    """Share of a cell that is inked by more than dust."""
    apart: float = 0.3
    """How far from where they stand one is looked for, each way."""
    covered: float = 0.7
    """Share of a sign's ink that is inked in a cell which holds one like it, at least; scans and pens change it."""


@dataclass(frozen=True, slots=True)
class _Example:
    """A sign that was told: the cell it is of, what it is, how surely, and its ink."""

    cell: int
    mark: Mark
    confidence: float
    picture: _Picture


@dataclass(frozen=True, slots=True)
class UsualSigns:
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
class Match:
    """How much of the ink of a sign of its column is inked in a cell, of the sign that fits best, and what that is."""

    covered: float
    mark: Mark


class SignComparison:
    """Compares the cells of a table with the signs that were told in it by their shapes."""

    def __init__(
        self,
        table: DetectedTable,
        signs: Sequence[CellInk],
        ink: Gray,
        settings: SignComparisonSettings = SignComparisonSettings(),
    ) -> None:
        """Keep what is compared.

        Args:
            table: The cells.
            signs: What `check_marks.find_sign` found in each of them.
            ink: The page without its ruling lines, height × width, ink 255.
            settings: Which signs others are compared with, and how.
        """
        self._table, self._signs, self._ink, self.settings = table, signs, ink, settings

    def find_usual(
        self, column: int, rows: Container[int], marks: Container[Mark | None] = TICK_AND_CROSS
    ) -> UsualSigns | None:
        """Return how the surely told signs of a column stand and look, None where there are none.

        Args:
            column: The column.
            rows: Its rows that have marks.
            marks: Which signs are meant.
        """
        found = self._list_told(column, rows, marks)
        if not found:
            return None
        cells, boxes = [self._table.cells[index] for index, *_ in found], [box for _, box, _ in found]
        width, height = median(box[2] - box[0] for box in boxes), median(box[3] - box[1] for box in boxes)
        alike = [
            _Example(index, sign.mark or Mark.UNKNOWN, sign.confidence, _cut(self._ink, *box))
            for index, box, sign in found
            if self._is_as_large(box[2] - box[0], width) and self._is_as_large(box[3] - box[1], height)
        ]
        usual = UsualSigns(
            median((box[0] + box[2]) / 2 - cell.left for cell, box in zip(cells, boxes, strict=True)),
            median((box[1] + box[3] - cell.top - cell.bottom) / 2 for cell, box in zip(cells, boxes, strict=True)),
            width,
            height,
            tuple(alike[:: max(-(-len(alike) // self.settings.most_compared), 1)]),
        )
        kept = tuple(example for example in usual.examples if self._is_sure(example, usual))
        return replace(usual, examples=kept) if kept else None

    def _list_told(
        self, column: int, rows: Container[int], marks: Container[Mark | None]
    ) -> list[tuple[int, tuple[int, int, int, int], CellInk]]:
        """Return the signs of a column that are told by their shapes, with their cells and boxes."""
        return [
            (index, sign.box, sign)
            for index, (cell, sign) in enumerate(zip(self._table.cells, self._signs, strict=True))
            if cell.column == column and cell.row in rows and sign.box is not None and sign.mark in marks
        ]

    def _is_as_large(self, size: float, usual: float) -> bool:
        return self.settings.smaller * usual <= size <= self.settings.larger * usual

    def _is_sure(self, example: _Example, usual: UsualSigns) -> bool:
        return example.confidence >= self.settings.sure or self.holds_one(example.cell, usual)

    def holds_one(self, index: int, usual: UsualSigns) -> bool:
        """Whether a cell holds a sign like those."""
        return self.match(index, usual).covered >= self.settings.covered

    def match(self, index: int, usual: UsualSigns) -> Match:
        """Compare a cell with signs of its column, where they stand, but not with its own."""
        cell, reach = self._table.cells[index], self.settings.apart * max(usual.width, usual.height)
        x, y = cell.left + usual.x, (cell.top + cell.bottom) / 2 + usual.y
        across, down = usual.width / 2 + reach, usual.height / 2 + reach
        window = _cut(self._ink, *(round(side) for side in (x - across, y - down, x + across, y + down)))
        best = Match(0.0, Mark.UNKNOWN)
        if not window.any():
            return best
        for example in usual.examples:
            fits = all(small <= large for small, large in zip(example.picture.shape, window.shape, strict=True))
            if example.cell == index or not fits:
                continue
            both_inked = cv2.matchTemplate(window, example.picture, cv2.TM_CCORR)
            covered = float(both_inked.max() / example.picture.sum())
            best = max(best, Match(covered, example.mark), key=lambda found: found.covered)
        return best

    def has_ink(self, index: int) -> bool:
        """Whether more than dust is inked in a cell."""
        return bool(_cut(self._ink, *get_box(self._table, index)).mean() >= self.settings.inked)


def get_box(table: DetectedTable, index: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a cell in whole pixels."""
    cell = table.cells[index]
    return int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)


def _cut(ink: Gray, left: int, top: int, right: int, bottom: int) -> _Picture:
    """Return a part of a page, as far as it lies on it."""
    return np.asarray(ink[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] > 0, np.float32)
