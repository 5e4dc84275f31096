"""The ruling lines of one table → its cells, by how much of each edge between two cells is ruled.

Scans break lines: an edge counts as ruled where at least so much of it is, so no gap joins two cells, and a merged
cell is one because nothing at all is ruled within it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.ruling_lines import RulingLine, measure_covered


@dataclass(frozen=True, slots=True)
class LatticeSettings:
    """How ruling lines make cells. Lengths are inches, shares are of one."""

    ruled: float = 0.45
    """Share of an edge that is ruled where it parts two cells."""
    one_edge: float = 0.06
    """How far apart two lines lie that are one edge, as those of a double border."""
    meets: float = 0.03
    """How near a short line comes to those it ends at; the side of a stamp's ring ends where it turns."""
    bent: float = 0.04
    """How far a line may stray from its place."""
    sticks_out: float = 0.15
    """Lines that reach this far beyond the last line across them lack a border there."""
    strong: float = 0.4
    """Share of a table that a line runs through which is surely one of its edges."""
    weak: float = 0.12
    """Share of a table that a line runs through which may be an edge, as within a header."""
    whole: float = 0.7
    """Share of its length that a line is drawn on, its pieces taken together."""
    mostly_open: float = 0.5
    """Share of a row's inner edges that are not ruled where the others must be surely: nearly all is one cell."""
    unbroken: float = 0.85
    """How much of the height of such a row they must be ruled."""
    runs_through: float = 0.9
    """Share of a table's height that a line down it covers which no ring of a stamp and no pen has drawn by chance."""
    crossing: float = 0.1
    """Share of an edge at either end that is inked by the line across it and says nothing of the edge."""
    corner: float = 0.2
    """Share of a cell's side at either end in which its corners may be bent or blotted."""
    strokes_an_inch: int = 66
    """How many strokes of a line that is bent go into an inch, side by side."""


@dataclass(frozen=True, slots=True)
class CellBox:
    """One cell: its place in the grid and its rectangle inside the lines, in the unit of the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class DetectedTable:
    """One table; `left` … `bottom` go around it, ruling lines included."""

    left: float
    top: float
    right: float
    bottom: float
    rows: int
    columns: int
    cells: tuple[CellBox, ...]


@dataclass(frozen=True, slots=True)
class Lattice:
    """The lines of one table at their places: each place a list of lines that lie at one height (across) or side."""

    across: list[list[RulingLine]]
    down: list[list[RulingLine]]
    width: float
    height: float


def build_lattice(
    across: Sequence[RulingLine], down: Sequence[RulingLine], dpi: int, settings: LatticeSettings
) -> Lattice:
    """Return the lines of a table by their places, and how wide and high it is in pixels."""
    height = max(_measure_extent(down), max(line.at for line in across) - min(line.at for line in across))
    width = max(_measure_extent(across), max(line.at for line in down) - min(line.at for line in down))
    return Lattice(_group_places(across, dpi, settings), _group_places(down, dpi, settings), width, height)


def find_edges(lattice: Lattice, dpi: int, settings: LatticeSettings) -> tuple[list[float], list[float]]:
    """Return the edges of a table's columns and of its rows, in pixels, outer borders that are not ruled put back."""
    strong_x = [p for p in lattice.down if measure_covered(p) >= settings.strong * lattice.height]
    strong_y = [p for p in lattice.across if measure_covered(p) >= settings.strong * lattice.width]
    columns = _put_borders_back([_find_middle(p) for p in strong_x], strong_y, dpi, settings)
    rows = _put_borders_back([_find_middle(p) for p in strong_y], strong_x, dpi, settings)

    # A short line, as within a header, goes from line to line; the stem of a letter or a stroke of a pen does not.
    def find_short(places: Sequence[list[RulingLine]], size: float, edges: Sequence[float]) -> list[float]:
        lengths = [measure_covered(place) for place in places]
        return [
            _find_middle(place)
            for place, length in zip(places, lengths, strict=True)
            if settings.weak * size <= length < settings.strong * size and _reaches(place, edges, dpi, settings)
        ]

    columns += find_short(lattice.down, lattice.height, rows)
    rows += find_short(lattice.across, lattice.width, columns)
    return _join_near(columns, settings.one_edge * dpi), _join_near(rows, settings.one_edge * dpi)


def is_surely_ruled(lattice: Lattice, dpi: int, settings: LatticeSettings) -> bool:
    """Tell whether its lines down the page are drawn as a table's: at both sides, or two within from line to line.

    A stamp's ring or a stroke of a pen crosses some lines of a table that has none down the page, by chance: it covers
    their height, but begins above the first or ends below the last.
    """
    first = float(np.median([min(line.start for line in place) for place in lattice.across]))
    last = float(np.median([max(line.end for line in place) for place in lattice.across]))
    through = [place for place in lattice.down if measure_covered(place) >= settings.runs_through * lattice.height]
    xs = [_find_middle(place) for place in through]
    at_sides = [any(abs(x - side) <= settings.sticks_out * dpi for x in xs) for side in (first, last)]
    rows = [_find_middle(place) for place in lattice.across]
    return all(at_sides) or sum(_reaches(place, rows, dpi, settings) for place in through) >= 2


def _join_near(edges: Sequence[float], near: float) -> list[float]:
    """Return edges in order, those that lie nearer than one row of print as one: no cell has no height."""
    joined: list[float] = []
    for edge in sorted(edges):
        if joined and edge - joined[-1] <= near:
            continue
        joined.append(edge)
    return joined


def join_pieces(lines: Sequence[RulingLine], dpi: int, settings: LatticeSettings) -> list[RulingLine]:
    """Return lines with the pieces of each in one, by where they lie; loose pieces far apart stay out."""
    found = []
    for place in _group_places(lines, dpi, settings):
        whole = RulingLine(_find_middle(place), min(line.start for line in place), max(line.end for line in place))
        if measure_covered(place) >= settings.whole * whole.length:
            found.append(whole)
    return found


def _group_places(lines: Sequence[RulingLine], dpi: int, settings: LatticeSettings) -> list[list[RulingLine]]:
    places: list[list[RulingLine]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if places and line.at - _find_middle(places[-1]) <= settings.one_edge * dpi:
            places[-1].append(line)
        else:
            places.append([line])
    return places


def _find_middle(lines: Sequence[RulingLine]) -> float:
    return float(np.average([line.at for line in lines], weights=[max(line.length, 1.0) for line in lines]))


def _measure_extent(lines: Sequence[RulingLine]) -> float:
    return max(line.end for line in lines) - min(line.start for line in lines)


def _put_borders_back(
    found: list[float], others: Sequence[Sequence[RulingLine]], dpi: int, settings: LatticeSettings
) -> list[float]:
    """Return edges with those put back at which the lines across them end with nothing drawn."""
    if not others:
        return found
    # One line may stick out; what most of them do counts.
    first = float(np.median([min(line.start for line in place) for place in others]))
    last = float(np.median([max(line.end for line in place) for place in others]))
    if not found or first < found[0] - settings.sticks_out * dpi:
        found = [first, *found]
    if last > found[-1] + settings.sticks_out * dpi:
        found = [*found, last]
    return found


def _reaches(place: Sequence[RulingLine], edges: Sequence[float], dpi: int, settings: LatticeSettings) -> bool:
    """Tell whether a line begins and ends at edges that run across it, and is drawn between them."""
    start, end = min(line.start for line in place), max(line.end for line in place)
    met = {
        min(range(len(edges)), key=lambda i: abs(edges[i] - at))
        for at in (start, end)
        if any(abs(edge - at) <= settings.meets * dpi for edge in edges)
    }
    return len(met) > 1 and measure_covered(place) >= settings.whole * (end - start)


def build_table_from_edges(
    xs: Sequence[float],
    ys: Sequence[float],
    masks: tuple[Gray, Gray],
    ink: Gray,
    dpi: int,
    settings: LatticeSettings,
) -> DetectedTable | None:
    """Return the table whose edges lie at xs and ys, or None where they part nothing.

    Args:
        xs: Edges from left to right, in pixels.
        ys: Edges from top to bottom.
        masks: The horizontal and the vertical ruling lines of the page, gaps in them bridged.
        ink: The page itself, height × width, ink 255.
        dpi: Resolution.
        settings: How lines make cells.
    """
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return None
    across, down = _find_ruled_edges(xs, ys, masks, ink, dpi, settings)
    boxes = []
    for top, left, bottom, right in _merge_cells(across, down):
        box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
        inside = _find_inside(box, masks, round(settings.bent * dpi), settings.corner)
        boxes.append(CellBox(top, left, bottom - top + 1, right - left + 1, *inside))
    return DetectedTable(
        xs[0], ys[0], xs[-1], ys[-1], rows, columns, tuple(sorted(boxes, key=lambda b: (b.row, b.column)))
    )


_Edges = npt.NDArray[np.bool_]


def _find_ruled_edges(
    xs: Sequence[float],
    ys: Sequence[float],
    masks: tuple[Gray, Gray],
    ink: Gray,
    dpi: int,
    settings: LatticeSettings,
) -> tuple[_Edges, _Edges]:
    """Return which edges above (rows + 1 × columns) and left of (rows × columns + 1) each place are ruled."""
    rows, columns = len(ys) - 1, len(xs) - 1
    horizontal, vertical = masks
    across = np.ones((rows + 1, columns), np.bool_)
    down = np.ones((rows, columns + 1), np.bool_)
    bent = round(settings.bent * dpi)
    for row in range(1, rows):
        across[row] = _are_covered(horizontal, ys[row], xs, bent, settings)
    for column in range(1, columns):
        down[:, column] = _are_covered(vertical.T, xs[column], ys, bent, settings)
    mostly_open = (~down[:, 1:-1]).sum(axis=1) > settings.mostly_open * (columns - 1)
    for row in np.nonzero(mostly_open)[0].tolist():
        for column in (np.nonzero(down[row, 1:-1])[0] + 1).tolist():
            down[row, column] = _is_unbroken(ink, xs[column], (ys[row], ys[row + 1]), dpi, settings)
    return across, down


def _are_covered(mask: Gray, at: float, edges: Sequence[float], bent: int, settings: LatticeSettings) -> list[bool]:
    """Tell of each piece of a line between two edges whether it is ruled; the line runs along the mask's columns."""
    band = mask[max(round(at) - bent, 0) : round(at) + bent + 1]
    covered: npt.NDArray[np.bool_] = np.asarray(band.any(axis=0), np.bool_).reshape(-1)
    found = []
    for start, end in itertools.pairwise(edges):
        trim = settings.crossing * (end - start)  # where lines cross, the other one is inked
        piece = covered[round(start + trim) : max(round(end - trim), 1)]
        found.append(bool(piece.size) and float(piece.mean()) >= settings.ruled)
    return found


def _is_unbroken(ink: Gray, at: float, span: tuple[float, float], dpi: int, settings: LatticeSettings) -> bool:
    """Tell whether a line runs down all of a row: in one nearly all one cell, a letter's stem looks like a rest."""
    bent = round(settings.bent * dpi)
    band = ink[round(span[0]) : round(span[1]), max(round(at) - bent, 0) : round(at) + bent + 1] > 0
    if not band.size:
        return False
    wide = min(max(2, dpi // settings.strokes_an_inch), band.shape[1])
    windows = np.lib.stride_tricks.sliding_window_view(band, wide, axis=1)
    return float(windows.any(axis=2).mean(axis=0).max()) >= settings.unbroken


def _merge_cells(across: _Edges, down: _Edges) -> list[tuple[int, int, int, int]]:
    """Return the cells as rectangles of places (top, left, bottom, right, inclusive).

    A shape that is no rectangle has lost a line somewhere: it is parted row by row, so that rows stay apart.
    """
    rows, columns = down.shape[0], across.shape[1]
    # Each place is a pixel, and so is each edge between two of them that is not ruled.
    picture = np.zeros((2 * rows - 1, 2 * columns - 1), np.uint8)
    picture[::2, ::2] = 1
    picture[1::2, ::2] = ~across[1:rows]
    picture[::2, 1::2] = ~down[:, 1:columns]
    count, labels = cv2.connectedComponents(picture, connectivity=4)
    group = np.asarray(labels, np.int32)[::2, ::2]
    found: list[tuple[int, int, int, int]] = []
    for label in range(1, count):
        at_rows, at_columns = np.nonzero(group == label)
        top, bottom = int(at_rows.min()), int(at_rows.max())
        left, right = int(at_columns.min()), int(at_columns.max())
        if len(at_rows) == (bottom - top + 1) * (right - left + 1):
            found.append((top, left, bottom, right))
        else:
            for row in range(top, bottom + 1):
                found += [
                    (row, start, row, end) for start, end in _split_row(np.asarray(group[row] == label), down[row])
                ]
    return found


def _split_row(own: _Edges, ruled_left: _Edges) -> list[tuple[int, int]]:
    """Return the runs (first and last column) of places of one group in a row, parted where a line stands."""
    runs: list[tuple[int, int]] = []
    for column in np.nonzero(own)[0]:
        if runs and runs[-1][1] == column - 1 and not ruled_left[column]:
            runs[-1] = (runs[-1][0], int(column))
        else:
            runs.append((int(column), int(column)))
    return runs


def _find_inside(
    box: tuple[float, float, float, float], masks: tuple[Gray, Gray], bent: int, corner: float
) -> tuple[float, float, float, float]:
    """Return a cell's rectangle without its lines, which may be bent: each side by what lies there."""
    horizontal, vertical = masks
    left, top, right, bottom = box
    high, broad = corner * (bottom - top), corner * (right - left)
    rows = slice(round(top + high), max(round(bottom - high), round(top) + 1))
    columns = slice(round(left + broad), max(round(right - broad), round(left) + 1))
    tall, wide = vertical[rows], horizontal[:, columns]
    return (
        _find_far_side(tall[:, _around(left, bent)].max(axis=0, initial=0), left, bent, 1),
        _find_far_side(wide[_around(top, bent)].max(axis=1, initial=0), top, bent, 1),
        _find_far_side(tall[:, _around(right, bent)].max(axis=0, initial=0), right, bent, -1),
        _find_far_side(wide[_around(bottom, bent)].max(axis=1, initial=0), bottom, bent, -1),
    )


def _around(at: float, bent: int) -> slice:
    return slice(max(round(at) - bent, 0), round(at) + bent + 1)


def _find_far_side(ruled: Gray, at: float, bent: int, direction: int) -> float:
    """Return where the paper of a cell begins beyond a line near `at`, seen in the direction of the cell."""
    places = np.nonzero(ruled)[0] + max(round(at) - bent, 0)
    if not len(places):
        return at
    return float(places.max() + 1) if direction > 0 else float(places.min())
