"""A level picture → its ruled tables as rectangles of cells.

Rules are found by morphology; a cell is a white island among them. So merged cells come out whole, and an empty
cell is a cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ingest.picture import Grey

_MIN_COLUMNS, _MIN_ROWS = 2, 2


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


def find_rules(ink: Grey, dpi: int) -> tuple[Grey, Grey]:
    """Return the horizontal and the vertical rules as masks.

    Args:
        ink: Binarised level page, ink 255.
        dpi: Its resolution: a rule is at least 0.35 inch long across and 0.25 inch down.
    """
    across, down = max(int(0.35 * dpi), 20), max(int(0.25 * dpi), 15)
    # Bridge the gaps that scanning leaves in thin rules, and let a rule be a little bent.
    thick_down = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    thick_across = cv2.dilate(ink, np.ones((1, 3), np.uint8))
    horizontal = cv2.morphologyEx(thick_down, cv2.MORPH_OPEN, np.ones((1, across), np.uint8))
    vertical = cv2.morphologyEx(thick_across, cv2.MORPH_OPEN, np.ones((down, 1), np.uint8))
    bridge = max(dpi // 12, 9)
    horizontal = cv2.morphologyEx(horizontal, cv2.MORPH_CLOSE, np.ones((1, bridge), np.uint8))
    vertical = cv2.morphologyEx(vertical, cv2.MORPH_CLOSE, np.ones((bridge, 1), np.uint8))
    return np.asarray(horizontal, dtype=np.uint8), np.asarray(vertical, dtype=np.uint8)


def find_tables(ink: Grey, dpi: int) -> list[Table]:
    """Return the ruled tables of a level page, top to bottom."""
    horizontal, vertical = find_rules(ink, dpi)
    rules = cv2.dilate(cv2.bitwise_or(horizontal, vertical), np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    tables: list[Table] = []
    for label in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[label])
        if width < dpi or height < 0.4 * dpi:
            continue
        own = (labels[top : top + height, left : left + width] == label).astype(np.uint8)
        if not _crosses(own, horizontal, vertical, (left, top)):
            continue
        table = build_table(_islands(own, dpi, left, top), tolerance=0.06 * dpi)
        if table is not None:
            tables.append(table)
    return sorted(_outermost(tables), key=lambda table: (table.top, table.left))


def _crosses(own: Grey, horizontal: Grey, vertical: Grey, corner: tuple[int, int]) -> bool:
    left, top = corner
    height, width = own.shape
    h = horizontal[top : top + height, left : left + width]
    v = vertical[top : top + height, left : left + width]
    return bool(np.any(h[own > 0]) and np.any(v[own > 0]))


def _islands(own: Grey, dpi: int, left: int, top: int) -> list[tuple[float, float, float, float]]:
    white = np.pad((own == 0).astype(np.uint8), 1, constant_values=1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(white, connectivity=4)
    outside = labels[0, 0]
    found = []
    for label in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[label])
        if label == outside or width < 0.06 * dpi or height < 0.06 * dpi:
            continue
        if area < 0.55 * width * height:
            continue  # no rectangle: a gap in a rule joined it with a neighbour, or it is a drawing
        found.append((left + x - 1.0, top + y - 1.0, left + x - 1.0 + width, top + y - 1.0 + height))
    return found


def _outermost(tables: list[Table]) -> list[Table]:
    def inside(inner: Table, outer: Table) -> bool:
        return (
            inner is not outer
            and inner.left >= outer.left
            and inner.right <= outer.right
            and inner.top >= outer.top
            and inner.bottom <= outer.bottom
        )

    return [table for table in tables if not any(inside(table, other) for other in tables)]


def build_table(cells: Sequence[tuple[float, float, float, float]], tolerance: float) -> Table | None:
    """Return cells (left, top, right, bottom) as a grid with spans, or None where they make no table.

    Args:
        cells: The rectangles, in any order.
        tolerance: How far apart two edges may lie that are one rule.
    """
    if len(cells) < _MIN_ROWS * _MIN_COLUMNS:
        return None
    starts_x = _cluster([cell[0] for cell in cells], tolerance)
    starts_y = _cluster([cell[1] for cell in cells], tolerance)
    if len(starts_x) < _MIN_COLUMNS or len(starts_y) < _MIN_ROWS:
        return None
    boxes = []
    for left, top, right, bottom in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        column, row = _index(starts_x, left), _index(starts_y, top)
        # A span reaches over every start that lies clearly left of (above) its far edge.
        next_column = sum(1 for x in starts_x if x < right - tolerance)
        next_row = sum(1 for y in starts_y if y < bottom - tolerance)
        boxes.append(
            CellBox(row, column, max(next_row - row, 1), max(next_column - column, 1), left, top, right, bottom)
        )
    return Table(
        min(c[0] for c in cells),
        min(c[1] for c in cells),
        max(c[2] for c in cells),
        max(c[3] for c in cells),
        len(starts_y),
        len(starts_x),
        tuple(sorted(boxes, key=lambda box: (box.row, box.column))),
    )


def _cluster(values: list[float], tolerance: float) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _index(starts: list[float], value: float) -> int:
    return min(range(len(starts)), key=lambda i: abs(starts[i] - value))
