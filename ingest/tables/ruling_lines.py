"""The ruling lines of a level page: runs of ink that are long, thin and nearly unbroken."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.components import LabeledInk, label_components
from ingest.ink_runs import Indices
from ingest.sources.page_image import Gray

_GAP, _GAP_PIXELS = 1 / 8, 9
"""Widest gap in a line that is bridged, in inches, and in pixels at any resolution."""
_SMALL_GAP, _SMALL_GAP_PIXELS = 1 / 25, 3
"""The same within a run, before it is known to be a line."""
_BESIDE, _BESIDE_PIXELS = 1 / 40, 4
"""How far above and below a line ink is looked for that crowds it."""
_LEAST_PIXELS = 15
"""Least length of a line in pixels."""
_ROWS_AT_ONCE = 512
"""Rows of pixels that are looked through in one step, so that what is made of them on the way stays small."""
_PerRun = npt.NDArray[np.float64]
"""A number of each run, or of each of their columns."""
_THIRDS = 3
"""Parts of a run that are held against each other to see whether it bends."""
_BOW = 2.25
"""How far the middle of a parabola stands out, in distances of the mean of its middle third from that of the others."""
_BEND = 8
"""The square of a chord is so many times the radius of its bend and what the middle stands out."""
_ROUNDING = 0.01
"""Pixels that a share of a length may be short of a whole number by the way it is stored."""


@dataclass(frozen=True, slots=True)
class RulingLineSettings:
    """What is a ruling line. Lengths are inches, shares are of one."""

    shortest_across: float = 0.35
    """Length of a line across the page; words underlined are mostly longer, dashes shorter."""
    shortest_down: float = 0.25
    """Length of a line down the page: about one row of a table."""
    inked: float = 0.8
    """Share of a line that is ink, window by window; scans break lines."""
    thickest: float = 0.05
    """Thickness above which it is the black edge of a copy."""
    crowded: float = 0.16
    """Share of ink right above or below a line, half of it for one no longer than a word; letters have more."""
    surely_ruled: float = 1.5
    """Length from which a thin run is no row of feet of letters, so that it crowds no other: a double rule."""
    same_height: float = 0.01
    """How far apart the ends of two pieces of one line lie at most."""
    surely_straight: float = 1.2
    """Length from which a line may be bent with its page, and is no row of stems one under the other."""
    curved: float = 0.011
    """How far a shorter one strays that is the side of a stamp's ring or a stroke of a pen."""
    bow: float = 0.003
    ring: float = 3.5
    """How far the middle of a shorter one stands out, and the radius of its bend, from which on it is a ring's side."""
    between_letters: float = 0.3
    """Share of ink on either side of a short line down the page from which it is a row of stems within words."""


@dataclass(frozen=True, slots=True)
class RulingLine:
    """One stroke of a ruling line: where it lies across, and from where to where it runs, in pixels."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """How long it is, in pixels."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of the connected runs of a mask, run by run, from the left to the right.

    Attributes:
        ink: The runs.
        places: The column of the page that each is.
        first, last: The first and the last row that is inked in it.
        middles: The mean of its inked rows.
        parts: The label of each run, and which of the columns are its.
    """

    ink: LabeledInk
    places: Indices
    first: Indices
    last: Indices
    middles: npt.NDArray[np.float64]
    parts: tuple[tuple[int, slice], ...]


def find_ruling_lines(ink: Gray, dpi: int, settings: RulingLineSettings | None = None) -> tuple[Gray, Gray]:
    """Return the horizontal and the vertical ruling lines as masks (height × width, 255 on a line).

    Where none is ruled across, as on most letters, none down the page is looked for, which saves a quarter of what
    their pages cost.

    Args:
        ink: Binarized level page, height × width, ink 255.
        dpi: Its resolution.
        settings: What is a line.
    """
    settings = settings or RulingLineSettings()
    across = _find_across(ink, dpi, settings)
    return across, _find_down(ink, dpi, settings) if across.any() else np.zeros_like(across)


def _find_across(ink: Gray, dpi: int, settings: RulingLineSettings) -> Gray:
    return _bridge_gaps(_keep_alone(_find_runs(ink, settings.shortest_across, dpi, settings), ink, dpi, settings), dpi)


def _find_down(ink: Gray, dpi: int, settings: RulingLineSettings) -> Gray:
    # No letters stand in a row down the page; those that begin right of a line must not count against it.
    turned = np.asarray(cv2.transpose(ink), np.uint8)
    runs = _bridge_gaps(_find_runs(turned, settings.shortest_down, dpi, settings), dpi)
    return np.asarray(cv2.transpose(_keep_straight(runs, turned, dpi, settings)), np.uint8)


def _bridge_gaps(runs: Gray, dpi: int) -> Gray:
    gap = np.ones((1, max(int(_GAP * dpi), _GAP_PIXELS)), np.uint8)
    return _fill_rows(runs, lambda rows: cv2.morphologyEx(rows, cv2.MORPH_CLOSE, gap))


def _fill_rows(mask: Gray, change: Callable[[Gray], npt.NDArray[np.generic]]) -> Gray:
    """Return a mask changed along its rows; those without ink, which most are, stay as they are and cost nothing."""
    inked = np.flatnonzero(mask.any(axis=1))
    found = np.zeros_like(mask)
    for start in range(0, len(inked), _ROWS_AT_ONCE):
        rows = inked[start : start + _ROWS_AT_ONCE]
        found[rows] = change(mask[rows])
    return found


def _find_runs(ink: Gray, shortest: float, dpi: int, settings: RulingLineSettings) -> Gray:
    """Return the ink of horizontal runs of a length, though specks of paper break them or they lean a little."""
    least = max(int(shortest * dpi), _LEAST_PIXELS)
    leaning = np.asarray(cv2.dilate(ink, np.ones((3, 1), np.uint8)), np.uint8)
    return _fill_rows(leaning, lambda rows: _find_runs_of_rows(rows, least, dpi, settings))


def _find_runs_of_rows(leaning: Gray, least: int, dpi: int, settings: RulingLineSettings) -> Gray:
    """Return the runs of some rows of pixels, each by itself."""
    counts = cv2.boxFilter(
        cv2.threshold(leaning, 0, 1, cv2.THRESH_BINARY)[1],
        cv2.CV_16U,
        (least, 1),
        normalize=False,
        borderType=cv2.BORDER_CONSTANT,
    )
    filled = np.asarray(counts >= math.ceil(settings.inked * least - _ROUNDING), np.bool_)
    held = filled.any(axis=1)
    kept = np.zeros_like(leaning)
    if not held.any():
        return kept
    runs = cv2.dilate(filled[held].view(np.uint8) * np.uint8(255), np.ones((1, least), np.uint8))
    # A window that lies mostly on the line reaches beyond its end; only ink, and small gaps in it, count.
    gap = np.ones((1, max(int(_SMALL_GAP * dpi), _SMALL_GAP_PIXELS)), np.uint8)
    whole = cv2.morphologyEx(leaning[held], cv2.MORPH_CLOSE, gap)
    kept[held] = cv2.morphologyEx(cv2.bitwise_and(whole, runs), cv2.MORPH_OPEN, np.ones((1, least // 2), np.uint8))
    return kept


def _list_columns(components: LabeledInk) -> _Columns:
    """Return the columns of all runs of a mask."""
    # Run by run, in each column by column, from the top: a stable sort keeps the order of the rows.
    width = components.runs.shape[1]
    places = components.runs.list_pixels()
    keys = np.repeat(components.owners, components.runs.lengths) * width + places % width
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], places[order] // width
    begins = np.nonzero(np.diff(keys, prepend=-1))[0]
    ends = np.append(begins[1:], len(keys))
    middles = np.add.reduceat(rows, begins) / (ends - begins) if len(begins) else np.zeros(0)
    owners, columns = np.divmod(keys[begins], width)
    turns = np.nonzero(np.diff(owners, prepend=-1))[0]
    parts = zip(owners[turns].tolist(), map(slice, turns, np.append(turns[1:], len(owners))), strict=True)
    return _Columns(components, columns, rows[begins], rows[ends - 1], middles, tuple(parts))


def _measure_crowding(columns: _Columns, ink: Gray, dpi: int) -> tuple[_PerRun, _PerRun]:
    """Return for each run the larger and the smaller of the shares of ink right above and right below it."""
    near, far = max(dpi // 100, 2), max(int(_BESIDE * dpi), _BESIDE_PIXELS)

    def share(edge: Indices, way: int) -> _PerRun:
        at = np.clip(edge[:, None] + way * np.arange(near, far)[None, :], 0, ink.shape[0] - 1)
        return np.asarray((ink[at, columns.places[:, None]] > 0).mean(axis=1), np.float64)

    above, below = share(columns.first, -1), share(columns.last, 1)
    most, least = np.zeros((2, len(columns.ink.stats)))
    for label, part in columns.parts:
        sides = float(above[part].mean()), float(below[part].mean())
        most[label], least[label] = max(sides), min(sides)
    return most, least


def _keep_alone(runs: Gray, ink: Gray, dpi: int, settings: RulingLineSettings) -> Gray:
    """Return the runs that have paper above and below them: the feet of letters in a row make a run too."""
    if not runs.any():
        return runs
    components = label_components(runs)
    columns = _list_columns(components)
    widths, thickness, ends = (
        components.stats[:, 2],
        np.zeros(len(components.stats)),
        np.zeros((len(components.stats), 2)),
    )
    for label, part in columns.parts:
        first, last = columns.first[part], columns.last[part]
        thickness[label] = np.median(last - first)
        ends[label] = (first[0] + last[0]) / 2, (first[-1] + last[-1]) / 2
    thin = thickness <= settings.thickest * dpi
    thin[0] = False
    surely = thin & (widths >= settings.surely_ruled * dpi)
    most = np.where(widths > dpi, settings.crowded, settings.crowded / 2)
    alone = thin & (_measure_crowding(columns, ink, dpi)[0] <= most)
    if (surely & ~alone).any():
        # The lines of a double rule crowd each other.
        lines = cv2.dilate(components.draw(surely), np.ones((3, 1), np.uint8))
        rest = np.asarray(cv2.subtract(ink, lines), np.uint8)
        alone |= thin & (_measure_crowding(columns, rest, dpi)[0] <= most)
    # Print stands close to a line whose other pieces, beyond a merged cell, stand alone at the same height.
    known, kept = ends[alone].ravel(), alone.copy()
    for label in np.nonzero(thin & ~alone)[0].tolist():
        apart = np.abs(np.subtract.outer(ends[label], known))
        kept[label] = bool(known.size) and apart.min() <= settings.same_height * dpi
    return components.draw(kept)


def _keep_straight(runs: Gray, ink: Gray, dpi: int, settings: RulingLineSettings) -> Gray:
    """Return the runs without short ones that are curved, or stand between letters.

    The side of a stamp's ring and a stroke of a pen are curved; the stems of the same word in tight rows one under the
    other have letters on either side.
    """
    if not runs.any():
        return runs
    components = label_components(runs)
    columns = _list_columns(components)
    strays = np.zeros(len(components.stats))  # from level: of the middles, the 5th to the 95th percentile
    short = components.stats[:, 2] <= settings.surely_straight * dpi
    bent = np.zeros(len(components.stats), np.bool_)
    for label, part in columns.parts:
        if short[label]:
            low, high = np.percentile(columns.middles[part], (5, 95))
            strays[label] = high - low
            bent[label] = _is_bent(columns.middles[part], dpi, settings)
    crowded = _measure_crowding(columns, ink, dpi)[1] > settings.between_letters
    kept = ~(short & (bent | (strays > settings.curved * dpi) | crowded))
    kept[0] = False
    return components.draw(kept)


def _is_bent(middles: npt.NDArray[np.float64], dpi: int, settings: RulingLineSettings) -> bool:
    """Tell whether a short run bends as tightly as a stamp's ring; a rule leans, or is bent with its page."""
    third = len(middles) // _THIRDS
    if not third:
        return False
    ends = (middles[:third].mean() + middles[-third:].mean()) / 2
    bow = _BOW * abs(float(ends - middles[third:-third].mean()))
    return bow >= settings.bow * dpi and len(middles) ** 2 <= _BEND * settings.ring * dpi * bow


def list_ruling_lines(mask: Gray, find_owners: Callable[[Indices, Indices], Indices]) -> dict[int, list[RulingLine]]:
    """Return the horizontal lines of a mask by the component that they are part of.

    Args:
        mask: Height × width, 255 on a line.
        find_owners: Finds the components of pixels by their rows and columns.
    """
    components = label_components(mask)
    owner = np.zeros(len(components.stats), np.int64)
    owner[components.owners] = find_owners(components.runs.rows, components.runs.lefts)
    found: dict[int, list[RulingLine]] = {}
    for label, (left, _, width, _, _) in enumerate(components.stats[1:].tolist(), start=1):
        middle = float(components.centers[label][1])
        found.setdefault(int(owner[label]), []).append(RulingLine(middle, float(left), float(left + width)))
    return found


def measure_covered(lines: Sequence[RulingLine]) -> float:
    """Return how many pixels of one place lines cover; two side by side, as those of a ring, cover it once."""
    covered, reached = 0.0, -np.inf
    for line in sorted(lines, key=lambda line: line.start):
        covered += max(line.end - max(line.start, reached), 0.0)
        reached = max(reached, line.end)
    return float(covered)
