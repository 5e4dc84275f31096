"""The rules of one table → its cells, by how much of each edge between two cells is ruled.

Scans break rules: an edge counts as ruled where at least so much of it is, so no gap joins two cells, and a merged
cell is one because nothing at all is ruled within it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray

_RULED = 0.45
"""Share of an edge that is ruled where it parts two cells."""
_EDGE = 0.06
"""How far apart, in inches, two rules lie that are one edge."""
_MEETS = 0.03
"""How near, in inches, a short rule comes to those it ends at; the side of a stamp's ring ends where it turns."""
_BENT = 0.04
"""How far a rule may stray from its place, in inches."""
_STICKS_OUT = 0.15
"""Rules that reach this far, in inches, beyond the last rule across them lack a border there."""
_STRONG, _WEAK = 0.4, 0.12
"""Share of a table that a rule runs through which is surely one, and which may be one."""
_WHOLE = 0.7
_MOSTLY_OPEN, _UNBROKEN = 0.5, 0.85
"""Share of a row's inner edges that are not ruled where the others must be, and how much of their height."""


@dataclass(frozen=True, slots=True)
class CellBox:
    """One cell: its place in the grid and its rectangle inside the rules, in the unit of the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Table:
    """One ruled table; `left` … `bottom` go around it, rules included."""

    left: float
    top: float
    right: float
    bottom: float
    rows: int
    columns: int
    cells: tuple[CellBox, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One stroke of a rule: where it lies across, and from where to where it runs, in pixels."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """How long it is."""
        return self.end - self.start


def edges(across: Sequence[Rule], down: Sequence[Rule], dpi: int) -> tuple[list[float], list[float]]:
    """Return the edges of a table's columns and of its rows, outer borders that are not ruled put back.

    Args:
        across: Its horizontal rules.
        down: Its vertical rules.
        dpi: Resolution.
    """
    xs, ys = _places(down, dpi), _places(across, dpi)
    high = max(_extent(down), max(rule.at for rule in across) - min(rule.at for rule in across))
    wide = max(_extent(across), max(rule.at for rule in down) - min(rule.at for rule in down))
    strong_x = [place for place in xs if _length(place) >= _STRONG * high]
    strong_y = [place for place in ys if _length(place) >= _STRONG * wide]
    columns = _bordered([_middle(p) for p in strong_x], strong_y, dpi)
    rows = _bordered([_middle(p) for p in strong_y], strong_x, dpi)
    # A short rule, as within a header, goes from rule to rule; the stem of a letter or a stroke of a pen does not.
    columns += [_middle(p) for p in xs if _WEAK * high <= _length(p) < _STRONG * high and _reaches(p, rows, dpi)]
    rows += [_middle(p) for p in ys if _WEAK * wide <= _length(p) < _STRONG * wide and _reaches(p, columns, dpi)]
    return sorted(columns), sorted(rows)


def joined(rules: Sequence[Rule], dpi: int) -> list[Rule]:
    """Return rules with the pieces of each in one, sorted by where they lie; loose pieces far apart stay out."""
    found = []
    for place in _places(rules, dpi):
        whole = Rule(_middle(place), min(rule.start for rule in place), max(rule.end for rule in place))
        if _length(place) >= _WHOLE * whole.length:
            found.append(whole)
    return found


def _places(rules: Sequence[Rule], dpi: int) -> list[list[Rule]]:
    places: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if places and rule.at - _middle(places[-1]) <= _EDGE * dpi:
            places[-1].append(rule)
        else:
            places.append([rule])
    return places


def _middle(rules: Sequence[Rule]) -> float:
    return float(np.average([rule.at for rule in rules], weights=[max(rule.length, 1.0) for rule in rules]))


def _length(rules: Sequence[Rule]) -> float:
    """Return how much of a line strokes cover; two side by side, as those of a ring, cover it once."""
    covered, reached = 0.0, -np.inf
    for rule in sorted(rules, key=lambda rule: rule.start):
        covered += max(rule.end - max(rule.start, reached), 0.0)
        reached = max(reached, rule.end)
    return float(covered)


def _extent(rules: Sequence[Rule]) -> float:
    return max(rule.end for rule in rules) - min(rule.start for rule in rules)


def _bordered(found: list[float], others: Sequence[Sequence[Rule]], dpi: int) -> list[float]:
    """Return edges with those put back at which the rules across them end with nothing drawn."""
    if not others:
        return found
    # One rule may stick out; what most of them do counts.
    first = float(np.median([min(rule.start for rule in place) for place in others]))
    last = float(np.median([max(rule.end for rule in place) for place in others]))
    if not found or first < found[0] - _STICKS_OUT * dpi:
        found = [first, *found]
    if last > found[-1] + _STICKS_OUT * dpi:
        found = [*found, last]
    return found


def _reaches(place: Sequence[Rule], edges_across: Sequence[float], dpi: int) -> bool:
    """Whether a rule begins and ends at edges that run across it, and is ruled between them."""
    start, end = min(rule.start for rule in place), max(rule.end for rule in place)
    met = {
        min(range(len(edges_across)), key=lambda i: abs(edges_across[i] - at))
        for at in (start, end)
        if any(abs(edge - at) <= _MEETS * dpi for edge in edges_across)
    }
    return len(met) > 1 and _length(place) >= _WHOLE * (end - start)


def build(xs: Sequence[float], ys: Sequence[float], masks: tuple[Gray, Gray], ink: Gray, dpi: int) -> Table | None:
    """Return the table whose edges lie at xs and ys, or None where they part nothing.

    Args:
        xs: Edges from left to right.
        ys: Edges from top to bottom.
        masks: The horizontal and the vertical rules of the page, gaps in them bridged.
        ink: The page itself.
        dpi: Resolution.
    """
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return None
    horizontal, vertical = masks
    across = np.ones((rows + 1, columns), np.bool_)
    down = np.ones((rows, columns + 1), np.bool_)
    for row in range(rows):
        for column in range(columns):
            if row:
                across[row, column] = _covered(horizontal, ys[row], xs[column], xs[column + 1], dpi)
            if column:
                down[row, column] = _covered(vertical.T, xs[column], ys[row], ys[row + 1], dpi)
    mostly_open = (~down[:, 1:-1]).sum(axis=1) > _MOSTLY_OPEN * (columns - 1)
    for row in range(rows):
        for column in range(1, columns) if mostly_open[row] else ():
            down[row, column] &= _unbroken(ink, xs[column], ys[row], ys[row + 1], dpi)
    boxes = []
    for top, left, bottom, right in _merged(across, down):
        box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
        inside = _inside(box, horizontal, vertical, dpi)
        boxes.append(CellBox(top, left, bottom - top + 1, right - left + 1, *inside))
    return Table(xs[0], ys[0], xs[-1], ys[-1], rows, columns, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


def _covered(mask: Gray, at: float, start: float, end: float, dpi: int) -> bool:
    """Whether the edge between two cells is ruled; the mask lies so that the edge runs along its columns."""
    bent, trim = round(_BENT * dpi), 0.1 * (end - start)
    band = mask[max(round(at) - bent, 0) : round(at) + bent + 1, round(start + trim) : max(round(end - trim), 1)]
    return bool(band.size) and float(band.any(axis=0).mean()) >= _RULED


def _unbroken(ink: Gray, at: float, start: float, end: float, dpi: int) -> bool:
    """Whether a rule runs down all of a row: in one that is nearly all one cell, a letter's stem looks like a rest."""
    bent = round(_BENT * dpi)
    band = ink[round(start) : round(end), max(round(at) - bent, 0) : round(at) + bent + 1] > 0
    wide = max(2, dpi // 66)
    inked = [float(band[:, x : x + wide].any(axis=1).mean()) for x in range(max(band.shape[1] - wide + 1, 1))]
    return bool(band.size) and max(inked) >= _UNBROKEN


def _merged(across: npt.NDArray[np.bool_], down: npt.NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Return the cells as rectangles of places (top, left, bottom, right, inclusive).

    A shape that is no rectangle has lost a rule somewhere: it is parted row by row, so that rows stay apart.
    """
    rows, columns = down.shape[0], across.shape[1]
    group = np.arange(rows * columns).reshape(rows, columns)
    for row in range(rows):
        for column in range(columns):
            if row and not across[row, column]:
                group[group == group[row, column]] = group[row - 1, column]
            if column and not down[row, column]:
                group[group == group[row, column]] = group[row, column - 1]
    found = []
    for label in np.unique(group):
        at_rows, at_columns = np.nonzero(group == label)
        top, bottom, left, right = at_rows.min(), at_rows.max(), at_columns.min(), at_columns.max()
        if len(at_rows) == (bottom - top + 1) * (right - left + 1):
            found.append((int(top), int(left), int(bottom), int(right)))
            continue
        for row in range(top, bottom + 1):
            begin = -1
            for column in range(left, right + 2):
                here = column <= right and group[row, column] == label
                parted = here and begin >= 0 and down[row, column]
                if begin >= 0 and (not here or parted):
                    found.append((row, begin, row, column - 1))
                    begin = -1
                if here and begin < 0:
                    begin = column
    return found


def _inside(
    box: tuple[float, float, float, float], horizontal: Gray, vertical: Gray, dpi: int
) -> tuple[float, float, float, float]:
    """Return a cell's rectangle without its rules, which may be bent: each side by what lies there."""
    left, top, right, bottom = box
    bent = round(_BENT * dpi)
    rows = slice(round(top + 0.2 * (bottom - top)), max(round(bottom - 0.2 * (bottom - top)), round(top) + 1))
    columns = slice(round(left + 0.2 * (right - left)), max(round(right - 0.2 * (right - left)), round(left) + 1))
    tall, wide = vertical[rows], horizontal[:, columns]
    return (
        _far_side(tall[:, _around(left, bent)].max(axis=0), left, bent, 1),
        _far_side(wide[_around(top, bent)].max(axis=1), top, bent, 1),
        _far_side(tall[:, _around(right, bent)].max(axis=0), right, bent, -1),
        _far_side(wide[_around(bottom, bent)].max(axis=1), bottom, bent, -1),
    )


def _around(at: float, bent: int) -> slice:
    return slice(max(round(at) - bent, 0), round(at) + bent + 1)


def _far_side(ruled: Gray, at: float, bent: int, direction: int) -> float:
    """Return where the paper of a cell begins beyond a rule near `at`, seen in the direction of the cell."""
    places = np.nonzero(ruled)[0] + max(round(at) - bent, 0)
    if not len(places):
        return at
    return float(places.max() + 1) if direction > 0 else float(places.min())
