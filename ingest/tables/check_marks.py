"""Marks by picture: is there a sign in the cell, and which.

That there is ink, and in which column, is what a status rests on; the shape (✓ or ✗) is told with a confidence and
used for consistency only, since hand-drawn ticks and crosses look alike (a quarter of ticks fails any simple rule).

A pen does not stop at rules: a sign is looked at whole and is that of the cell in which most of it stands, while a
stroke or the ring of a stamp that runs through many cells is the sign of none.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.rule_removal import Strokes
from models.ocr import Mark

_INKED = 0.004
"""Share of ink below which a cell is empty: dust and the shadow of a rule."""
_DASH = 0.025
"""Least length of a dash for nil in inches."""
_BEYOND, _WITHIN = 0.06, 0.03
"""How far, in inches, a stroke reaches beyond a cell and into it that lies over it; the tail of a letter does less."""
_LARGEST = 0.45
"""Greatest extent of a sign in inches."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of one cell.

    Attributes:
        share: Ink over area.
        box: Left, top, right, bottom of the ink inside the cell, None where it is empty.
        mark: The sign it is shaped like, None where it is no single compact sign.
        confidence: How surely it is that sign.
    """

    share: float
    box: tuple[int, int, int, int] | None
    mark: Mark | None = None
    confidence: float = 0.0


def sign(pieces: Strokes, cell: tuple[int, int, int, int], dpi: int) -> Ink:
    """Return the sign that is of one cell, although it may reach beyond its rules; the box is that within them.

    Args:
        pieces: The ink of the page.
        cell: Left, top, right, bottom of the cell inside its rules, in pixels.
        dpi: Resolution.
    """
    left, top, right, bottom = cell
    here = np.unique(pieces.labels[top:bottom, left:right])
    here = here[here > 0]
    boxes, centers = pieces.boxes[here], pieces.centers[here]
    small = boxes[:, 2:4].max(axis=1) <= _LARGEST * dpi
    within = (centers[:, 0] >= left) & (centers[:, 0] < right) & (centers[:, 1] >= top) & (centers[:, 1] < bottom)
    own = small & within & (boxes[:, 4] >= max(3.0, (dpi / 100.0) ** 2))
    touched = _touched(boxes, cell, dpi)
    thin = boxes[:, 2:4].min(axis=1) <= max(2, dpi // 70)
    # What ends at two rules is a piece of a stroke through them, what is thin and lies along one is a rest of it.
    own &= (touched < 2) & ~(thin & (touched > 0))
    free = own & (touched == 0) & (boxes[:, 4] >= 0.5 * boxes[own, 4].max(initial=0))
    own = here[free if free.any() else own]
    if not own.size:
        return Ink(0.0, None)
    boxes = pieces.boxes[own]
    x0, y0 = int(boxes[:, 0].min()), int(boxes[:, 1].min())
    x1, y1 = int((boxes[:, 0] + boxes[:, 2]).max()), int((boxes[:, 1] + boxes[:, 3]).max())
    ink = np.asarray(np.isin(pieces.labels[y0:y1, x0:x1], own) * 255, dtype=np.uint8)
    area = max((right - left) * (bottom - top), 1)
    share = float(np.count_nonzero(ink)) / area
    if share < _INKED * min(1.0, (0.02 * dpi * dpi) / area * 10):
        return Ink(share, None)
    mark, confidence = _shape(_without_specks(ink), dpi)
    inside = (max(x0, left), max(y0, top), max(min(x1, right), left + 1), max(min(y1, bottom), top + 1))
    return Ink(share, inside, mark, confidence)


def overlaid(pieces: Strokes, cell: tuple[int, int, int, int], dpi: int) -> bool:
    """Tell whether a stroke runs over the rules into a cell: from well beyond one of its sides, well into it."""
    left, top, right, bottom = cell
    here = np.unique(pieces.labels[top:bottom, left:right])
    boxes = pieces.boxes[here[here > 0]]
    x0, y0, x1, y1 = boxes[:, 0], boxes[:, 1], boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    beyond, within = _BEYOND * dpi, _WITHIN * dpi
    across = (left - x0 > beyond) & (x1 - left > within) | (x1 - right > beyond) & (right - x0 > within)
    along = (top - y0 > beyond) & (y1 - top > within) | (y1 - bottom > beyond) & (bottom - y0 > within)
    return bool((across | along).any())


def _touched(boxes: npt.NDArray[np.int32], cell: tuple[int, int, int, int], dpi: int) -> npt.NDArray[np.int64]:
    """Return at how many sides of a cell each piece ends; one that reaches well beyond a side does not end there."""
    left, top, right, bottom = cell
    rim, beyond = max(2, dpi // 70), max(5, dpi // 25)
    x0, y0 = boxes[:, 0], boxes[:, 1]
    beyond_sides = np.stack(
        [left - x0, top - y0, x0 + boxes[:, 2] - right, y0 + boxes[:, 3] - bottom],
    )
    return np.asarray(((beyond_sides >= -rim) & (beyond_sides < beyond)).sum(axis=0), np.int64)


def look(ink: Gray, dpi: int) -> Ink:
    """Return what the ink inside one cell (binarized, without its rules) amounts to."""
    clean = _without_dust(ink, dpi)
    points = cv2.findNonZero(clean)
    share = float(np.count_nonzero(clean)) / max(clean.size, 1)
    if points is None:
        return Ink(share, None)
    left, top, width, height = (int(value) for value in cv2.boundingRect(points))
    dash = 2 * height <= width and _DASH * dpi <= width <= _LARGEST * dpi
    if share < _INKED * min(1.0, (0.02 * dpi * dpi) / max(clean.size, 1) * 10) and not dash:
        return Ink(share, None)
    box = (left, top, left + width, top + height)
    mark, confidence = _shape(_without_specks(clean), dpi)
    return Ink(share, box, mark, confidence)


def _without_specks(ink: Gray) -> Gray:
    """Return the ink cut to its bounds, without specks beside it: what is less than a sixth of the largest piece."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    kept = np.isin(labels, 1 + np.nonzero(areas * 6 >= areas.max())[0])
    rows, columns = np.nonzero(kept)
    cut = kept[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return np.asarray(cut * 255, dtype=np.uint8)


def _without_dust(ink: Gray, dpi: int) -> Gray:
    """Drop specks, and what hangs on the border of the cell (a rest of its rule, a stroke that crosses it)."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = max(3.0, (dpi / 100.0) ** 2)
    height, width = ink.shape
    kept = np.zeros(count, dtype=np.uint8)
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        thin = min(w, h) <= max(2, dpi // 70)
        on_border = x == 0 or y == 0 or x + w == width or y + h == height
        long = w > 0.8 * width or h > 0.8 * height
        if area >= least and not (on_border and (thin or long) and max(w, h) > 0.3 * min(width, height)):
            kept[label] = 255
    kept[0] = 0
    return np.asarray(kept[labels], dtype=np.uint8)


def _shape(ink: Gray, dpi: int) -> tuple[Mark | None, float]:
    """Return the sign and its confidence, by how a three by three raster of the ink is filled."""
    height, width = ink.shape
    inches = max(height, width) / dpi
    if not 0.05 <= inches <= _LARGEST or not 0.4 <= width / height <= 2.6:
        return None, 0.0
    if _pieces(ink) > 2:
        return None, 0.0
    return _sign(ink)


def _sign(ink: Gray) -> tuple[Mark, float]:
    """Tell the sign by its arms: a cross has two apart at the top and at the bottom, a tick one leaning right."""
    height = ink.shape[0]
    top, bottom = ink[round(0.05 * height) : round(0.33 * height)], ink[round(0.67 * height) : round(0.95 * height)]
    forked_top, forked_bottom = _forked(top), _forked(bottom)
    center = ink[height // 3 : -(height // 3), ink.shape[1] // 3 : -(ink.shape[1] // 3)]
    if np.count_nonzero(ink) > 0.65 * ink.size:
        return Mark.DISC, 0.8
    if forked_top > 0.4 and forked_bottom > 0.4 and center.any():
        return Mark.CROSS, round(0.5 + 0.24 * (forked_top + forked_bottom), 2)
    if center.size and not center.any():
        return Mark.CIRCLE, 0.6
    lean = (_middle(top) - _middle(bottom)) / ink.shape[1]
    if lean > 0.12 and (forked_top < 0.3 or max(forked_top, forked_bottom) < 0.6):
        return Mark.TICK, round(float(np.clip(0.6 + lean - 0.3 * (forked_top + forked_bottom), 0.5, 0.98)), 2)
    return Mark.UNKNOWN, 0.3


def _forked(band: Gray) -> float:
    """Share of rows whose ink stands in two or more runs."""
    if not band.size:
        return 0.0
    starts = np.count_nonzero(np.diff(np.pad(band > 0, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1, axis=1)
    return float(np.mean(starts >= 2))


def _middle(band: Gray) -> float:
    columns = np.nonzero(band)[1]
    return float(columns.mean()) if columns.size else 0.0


def _pieces(ink: Gray) -> int:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = sorted((int(stats[label][4]) for label in range(1, count)), reverse=True)
    return sum(1 for area in areas if area >= 0.08 * areas[0]) if areas else 0
