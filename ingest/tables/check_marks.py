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
from ingest.tables.rule_removal import ConnectedComponents
from models.ocr import Mark


@dataclass(frozen=True, slots=True)
class CheckMarkSettings:
    """What is a sign. Lengths are inches, shares are of one."""

    inked: float = 0.004
    """Share of ink below which a cell is empty: dust and the shadow of a ruling line."""
    usual_cell: float = 0.2
    """Square inches of a cell that has this share; in a larger one a sign is a smaller share."""
    shortest_dash: float = 0.025
    """Least length of a dash for nil."""
    beyond: float = 0.06
    """How far a stroke that lies over a cell reaches beyond it; the tail of a letter reaches less."""
    within: float = 0.03
    """How far such a stroke reaches into it."""
    smallest: float = 0.05
    largest: float = 0.45
    """Extent of a sign; a stamp is larger."""
    dust: float = 0.01
    """Side of a square of ink below which it is dust."""
    least_pixels: float = 3.0
    """Pixels of ink below which it is dust at any resolution."""
    thin: float = 1 / 70
    """Thickness up to which ink along a border is a rest of its line, and how near to it."""
    ends_at: float = 1 / 25
    """How far beyond a side of a cell ink still ends at it."""
    ends_at_pixels: int = 5
    """The same at least, in pixels."""
    main_piece: float = 0.5
    """Share of the largest piece of a sign from which one that touches no side is the sign itself."""
    speck: float = 1 / 6
    """Share of the largest piece of a sign below which one beside it is none of it."""
    second_stroke: float = 0.08
    """Share of the largest piece from which one is a stroke of its own; a sign has two at most."""
    long: float = 0.8
    """Share of a cell's side that ink on its border runs along which is a rest of its line or a stroke through it."""
    not_small: float = 0.3
    """Share of a cell's shorter side below which ink on its border may be a sign's end."""
    narrowest: float = 0.4
    widest: float = 2.6
    """Width of a sign over its height."""
    disc: float = 0.65
    """Share of its box that a filled disc covers."""
    box_side: float = 0.85
    """Share of each side of a box to tick that is drawn; of a circle half of it is."""
    box_rim: float = 0.2
    """Share of a box within which its sides lie."""
    box_inked: float = 0.02
    """Share of what lies within a box that is ink where it is ticked."""
    forked: float = 0.4
    """Share of the rows of a cross's upper, and lower, third in which its arms stand apart."""
    lean: float = 0.12
    """How far a tick's arm leans right from foot to top, in widths."""
    tick_forked: tuple[float, float] = (0.3, 0.6)
    """Share of rows in which a tick is forked: less at the top, or less at the top and at the foot."""
    cross_trust: float = 0.24
    """What the confidence of a cross, 0.5 at least, gains from arms that stand apart, at top and foot each."""
    tick_trust: float = 0.6
    """Confidence of a tick that neither leans nor forks; its lean in widths is added."""
    tick_fork: float = 0.3
    """What that loses by arms that stand apart, at the top and at the foot each."""
    most_trust: float = 0.98
    """Greatest confidence of a tick."""


_SETTINGS = CheckMarkSettings()


@dataclass(frozen=True, slots=True)
class CellInk:
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


def find_sign(
    components: ConnectedComponents,
    cell: tuple[int, int, int, int],
    dpi: int,
    settings: CheckMarkSettings = _SETTINGS,
) -> CellInk:
    """Return the sign that is of one cell, although it may reach beyond its rules; the box is that within them.

    Args:
        components: The ink of the page.
        cell: Left, top, right, bottom of the cell inside its rules, in pixels.
        dpi: Resolution.
        settings: What is a sign.
    """
    left, top, right, bottom = cell
    here = np.unique(components.labels[top:bottom, left:right])
    here = here[here > 0]
    boxes, centers = components.boxes[here], components.centers[here]
    small = boxes[:, 2:4].max(axis=1) <= settings.largest * dpi
    within = (centers[:, 0] >= left) & (centers[:, 0] < right) & (centers[:, 1] >= top) & (centers[:, 1] < bottom)
    own = small & within & (boxes[:, 4] >= max(settings.least_pixels, (settings.dust * dpi) ** 2))
    touched = _count_touched(boxes, cell, dpi, settings)
    thin = boxes[:, 2:4].min(axis=1) <= max(2, int(settings.thin * dpi))
    # What ends at two rules is a piece of a stroke through them, what is thin and lies along one is a rest of it.
    own &= (touched < 2) & ~(thin & (touched > 0))
    free = own & (touched == 0) & (boxes[:, 4] >= settings.main_piece * boxes[own, 4].max(initial=0))
    chosen = free if free.any() else own
    if not chosen.any():
        return CellInk(0.0, None)
    own = here[chosen | (own & _lie_within(boxes, boxes[chosen]))]  # with the tick in a box
    boxes = components.boxes[own]
    x0, y0 = int(boxes[:, 0].min()), int(boxes[:, 1].min())
    x1, y1 = int((boxes[:, 0] + boxes[:, 2]).max()), int((boxes[:, 1] + boxes[:, 3]).max())
    ink = np.asarray(np.isin(components.labels[y0:y1, x0:x1], own) * 255, dtype=np.uint8)
    area = max((right - left) * (bottom - top), 1)
    share = float(np.count_nonzero(ink)) / area
    if share < _get_least_share(area, dpi, settings):
        return CellInk(share, None)
    mark, confidence = _find_shape(_crop_to_sign(ink, settings), dpi, settings)
    inside = (max(x0, left), max(y0, top), max(min(x1, right), left + 1), max(min(y1, bottom), top + 1))
    return CellInk(share, inside, mark, confidence)


def _lie_within(boxes: npt.NDArray[np.int64], outer: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which pieces lie within the bounds of some others."""
    starts, ends = boxes[:, :2], boxes[:, :2] + boxes[:, 2:4]
    return np.asarray(
        ((starts >= outer[:, :2].min(axis=0)) & (ends <= (outer[:, :2] + outer[:, 2:4]).max(axis=0))).all(axis=1)
    )


def is_overlaid(
    components: ConnectedComponents,
    cell: tuple[int, int, int, int],
    dpi: int,
    settings: CheckMarkSettings = _SETTINGS,
) -> bool:
    """Tell whether a stroke runs over the rules into a cell: from well beyond one of its sides, well into it."""
    left, top, right, bottom = cell
    here = np.unique(components.labels[top:bottom, left:right])
    boxes = components.boxes[here[here > 0]]
    x0, y0, x1, y1 = boxes[:, 0], boxes[:, 1], boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    beyond, within = settings.beyond * dpi, settings.within * dpi
    across = (left - x0 > beyond) & (x1 - left > within) | (x1 - right > beyond) & (right - x0 > within)
    along = (top - y0 > beyond) & (y1 - top > within) | (y1 - bottom > beyond) & (bottom - y0 > within)
    return bool((across | along).any())


def _get_least_share(area: int, dpi: int, settings: CheckMarkSettings) -> float:
    return settings.inked * min(1.0, settings.usual_cell * dpi * dpi / area)


def _count_touched(
    boxes: npt.NDArray[np.int64], cell: tuple[int, int, int, int], dpi: int, settings: CheckMarkSettings
) -> npt.NDArray[np.int64]:
    """Return at how many sides of a cell each piece ends; one that reaches well beyond a side does not end there."""
    left, top, right, bottom = cell
    rim, beyond = max(2, int(settings.thin * dpi)), max(settings.ends_at_pixels, int(settings.ends_at * dpi))
    x0, y0 = boxes[:, 0], boxes[:, 1]
    beyond_sides = np.stack(
        [left - x0, top - y0, x0 + boxes[:, 2] - right, y0 + boxes[:, 3] - bottom],
    )
    return np.asarray(((beyond_sides >= -rim) & (beyond_sides < beyond)).sum(axis=0), np.int64)


def measure_cell_ink(ink: Gray, dpi: int, settings: CheckMarkSettings = _SETTINGS) -> CellInk:
    """Return what the ink inside one cell amounts to.

    Args:
        ink: The cell, height × width, binarized, ink 255, without its ruling lines.
        dpi: Resolution.
        settings: What is a sign.
    """
    clean = _remove_dust(ink, dpi, settings)
    points = cv2.findNonZero(clean)
    share = float(np.count_nonzero(clean)) / max(clean.size, 1)
    if points is None:
        return CellInk(share, None)
    left, top, width, height = (int(value) for value in cv2.boundingRect(points))
    dash = 2 * height <= width and settings.shortest_dash * dpi <= width <= settings.largest * dpi
    if share < _get_least_share(max(clean.size, 1), dpi, settings) and not dash:
        return CellInk(share, None)
    box = (left, top, left + width, top + height)
    mark, confidence = _find_shape(_crop_to_sign(clean, settings), dpi, settings)
    return CellInk(share, box, mark, confidence)


def _crop_to_sign(ink: Gray, settings: CheckMarkSettings) -> Gray:
    """Return the ink cut to its bounds, without specks beside it: what is less than a sixth of the largest piece."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    x, y, width, height, _ = stats[1 + int(areas.argmax())]
    largest = np.asarray(labels[y : y + height, x : x + width] == 1 + areas.argmax(), np.uint8)
    kept = np.isin(labels, 1 + np.nonzero(areas >= settings.speck * areas.max())[0])
    if _is_framed(largest, settings):
        kept[y : y + height, x : x + width] |= ink[y : y + height, x : x + width] > 0  # the tick in a box is small
    rows, columns = np.nonzero(kept)
    cut = kept[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return np.asarray(cut * 255, dtype=np.uint8)


def _remove_dust(ink: Gray, dpi: int, settings: CheckMarkSettings) -> Gray:
    """Drop specks, and what hangs on the border of the cell (a rest of its line, a stroke that crosses it)."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = ink.shape
    x, y, w, h, area = stats.T
    thin = np.minimum(w, h) <= max(2, int(settings.thin * dpi))
    on_border = (x == 0) | (y == 0) | (x + w == width) | (y + h == height)
    long = (w > settings.long * width) | (h > settings.long * height)
    rest = on_border & (thin | long) & (np.maximum(w, h) > settings.not_small * min(width, height))
    kept = (area >= max(settings.least_pixels, (settings.dust * dpi) ** 2)) & ~rest
    kept[0] = False
    return np.asarray(kept[labels] * 255, dtype=np.uint8)


def _find_shape(ink: Gray, dpi: int, settings: CheckMarkSettings) -> tuple[Mark | None, float]:
    """Return the sign and its confidence, None where the ink is no single compact sign."""
    height, width = ink.shape
    inches = max(height, width) / dpi
    compact = settings.narrowest <= width / height <= settings.widest
    if not settings.smallest <= inches <= settings.largest or not compact:
        return None, 0.0
    if _count_strokes(ink, settings) > 2:
        return None, 0.0
    return _find_mark(ink, settings)


def _find_mark(ink: Gray, settings: CheckMarkSettings) -> tuple[Mark, float]:
    """Tell the sign by its arms: a cross has two apart at the top and at the bottom, a tick one leaning right."""
    if np.count_nonzero(ink) <= settings.disc * ink.size and _is_framed(ink, settings):
        return _find_box(ink, settings)
    height = ink.shape[0]
    top, bottom = ink[round(0.05 * height) : round(0.33 * height)], ink[round(0.67 * height) : round(0.95 * height)]
    forked_top, forked_bottom = _measure_forked(top), _measure_forked(bottom)
    center = ink[height // 3 : -(height // 3), ink.shape[1] // 3 : -(ink.shape[1] // 3)]
    if np.count_nonzero(ink) > settings.disc * ink.size:
        return Mark.DISC, 0.8
    if min(forked_top, forked_bottom) > settings.forked and center.any():
        return Mark.CROSS, round(0.5 + settings.cross_trust * (forked_top + forked_bottom), 2)
    if center.size and not center.any():
        return Mark.CIRCLE, 0.6
    lean = (_find_middle(top) - _find_middle(bottom)) / ink.shape[1]
    at_top, anywhere = settings.tick_forked
    if lean > settings.lean and (forked_top < at_top or max(forked_top, forked_bottom) < anywhere):
        trust = settings.tick_trust + lean - settings.tick_fork * (forked_top + forked_bottom)
        return Mark.TICK, round(float(np.clip(trust, 0.5, settings.most_trust)), 2)
    return Mark.UNKNOWN, 0.3


def _is_framed(ink: Gray, settings: CheckMarkSettings) -> bool:
    """Tell whether ink has a straight side at all four sides, as a box to tick."""
    for side in (ink, ink[::-1], ink.T, ink.T[::-1]):
        rim = side[: max(1, round(settings.box_rim * len(side)))]
        if (rim > 0).mean(axis=1).max() < settings.box_side:
            return False
    return True


def _find_box(ink: Gray, settings: CheckMarkSettings) -> tuple[Mark, float]:
    """Tell whether a box is empty, ticked or crossed."""
    down, across = (max(1, round(settings.box_rim * size)) for size in ink.shape)
    within = ink[down:-down, across:-across]
    if not within.size or np.count_nonzero(within) <= settings.box_inked * within.size:
        return Mark.BOX, 0.9
    half = len(within) // 2
    crossed = min(_measure_forked(within[:half]), _measure_forked(within[half:])) > settings.forked
    return (Mark.CROSSED_BOX, 0.7) if crossed else (Mark.TICKED_BOX, 0.8)


def _measure_forked(band: Gray) -> float:
    """Share of rows whose ink stands in two or more runs."""
    if not band.size:
        return 0.0
    starts = np.count_nonzero(np.diff(np.pad(band > 0, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1, axis=1)
    return float(np.mean(starts >= 2))


def _find_middle(band: Gray) -> float:
    columns = np.nonzero(band)[1]
    return float(columns.mean()) if columns.size else 0.0


def _count_strokes(ink: Gray, settings: CheckMarkSettings) -> int:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    return int(np.count_nonzero(areas >= settings.second_stroke * areas.max(initial=0)))
