"""A level picture → its ruled tables as rectangles of cells.

Rules are runs of ink that are long, thin and nearly unbroken. Those that cross make a table (`lattice`); several of
one length one under the other, with text in columns between them, make one too (`openings`); and where rows are not
ruled, the numbers of the first column tell them (`bands`).
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables import implicit_rows, lattice, open_tables
from ingest.tables.lattice import CellBox, Rule, Table
from ingest.tables.rule_removal import Strokes

__all__ = ["CellBox", "Table", "build_table", "find_rules", "find_tables"]

_MIN_COLUMNS, _MIN_ROWS = 2, 2
_UNBROKEN = 0.8
"""Share of a rule's length that must be ink, window by window."""
_THICK = 0.05
"""Greatest thickness of a rule in inches; a black edge of a copy is thicker."""
_CROWDED = 0.16
"""Share of ink right above or below a rule, half of it where the rule is no longer than a word; letters have more."""
_SAME_HEIGHT = 0.01
"""How far apart, in inches, the ends of two pieces of one rule lie at most."""
_LARGE = 0.3
"""Height in inches from which ink is no letter."""
_SURELY_STRAIGHT, _CURVED = 1.2, 0.011
"""Length in inches from which a rule may be bent with its page, and how far a shorter one strays that is none."""


def find_rules(ink: Gray, dpi: int) -> tuple[Gray, Gray]:
    """Return the horizontal and the vertical rules as masks.

    Args:
        ink: Binarized level page, ink 255.
        dpi: Its resolution: a rule is at least 0.35 inch long across and 0.25 inch down. Where none is ruled across,
            as on most letters, none down the page is looked for, which saves a quarter of what their pages cost.
    """
    across = _across(ink, dpi)
    return across, _down(ink, dpi) if across.any() else np.zeros_like(across)


def _across(ink: Gray, dpi: int) -> Gray:
    return _bridged(_alone(_long(ink, max(int(0.35 * dpi), 20), dpi), ink, dpi), dpi)


def _down(ink: Gray, dpi: int) -> Gray:
    # No letters stand in a row down the page; those that begin right of a rule must not count against it.
    vertical = _straight(_bridged(_long(np.ascontiguousarray(ink.T), max(int(0.25 * dpi), 15), dpi), dpi), dpi)
    return np.ascontiguousarray(vertical.T)


def _bridged(runs: Gray, dpi: int) -> Gray:
    return np.asarray(cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, max(dpi // 8, 9)), np.uint8)), np.uint8)


def _long(ink: Gray, least: int, dpi: int) -> Gray:
    """Return the ink of horizontal runs of a length, though specks of paper break them or they lean a little."""
    leaning = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    filled = cv2.blur((leaning > 0).astype(np.float32), (least, 1), borderType=cv2.BORDER_CONSTANT)
    runs = cv2.dilate((filled >= _UNBROKEN).astype(np.uint8), np.ones((1, least), np.uint8))
    # A window that lies mostly on the rule reaches beyond its end; only ink, and small gaps in it, count.
    whole = cv2.morphologyEx(leaning, cv2.MORPH_CLOSE, np.ones((1, max(dpi // 25, 3)), np.uint8))
    kept = cv2.morphologyEx(cv2.bitwise_and(whole, runs * 255), cv2.MORPH_OPEN, np.ones((1, least // 2), np.uint8))
    return np.asarray(kept, dtype=np.uint8)


def _alone(runs: Gray, ink: Gray, dpi: int) -> Gray:
    """Return the runs that have paper above and below them: the feet of letters in a row make a run too."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    near, far = max(dpi // 100, 2), max(dpi // 40, 4)
    kept = np.zeros(count, np.uint8)
    crowded: list[tuple[int, float, float]] = []
    ends: list[float] = []
    for label in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[label])
        own = labels[top : top + height, left : left + width] == label
        used = np.nonzero(own.any(axis=0))[0]
        first, last = top + own.argmax(axis=0)[used], top + height - 1 - own[::-1].argmax(axis=0)[used]
        if np.median(last - first) > _THICK * dpi:
            continue
        shares = []
        for edge, way in ((first, -1), (last, 1)):
            at = np.clip(edge[:, None] + way * np.arange(near, far)[None, :], 0, ink.shape[0] - 1)
            shares.append(float((ink[at, (left + used)[:, None]] > 0).mean()))
        at_ends = float(first[0] + last[0]) / 2, float(first[-1] + last[-1]) / 2
        if max(shares) <= (_CROWDED if width > dpi else _CROWDED / 2):
            kept[label] = 255
            ends += at_ends
        else:
            crowded.append((label, *at_ends))
    # Print stands close to a rule whose other pieces, beyond a merged cell, stand alone at the same height.
    for label, first_end, last_end in crowded:
        apart = np.abs(np.subtract.outer((first_end, last_end), ends))
        if ends and apart.min() <= _SAME_HEIGHT * dpi:
            kept[label] = 255
    return np.asarray(kept[labels], dtype=np.uint8)


def _straight(runs: Gray, dpi: int) -> Gray:
    """Return the runs without short curved ones: the side of a stamp's ring, a stroke of a pen."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    kept = np.full(count, 255, np.uint8)
    kept[0] = 0
    for label in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[label])
        if width > _SURELY_STRAIGHT * dpi:
            continue
        own = labels[top : top + height, left : left + width] == label
        middles = (own * np.arange(height)[:, None]).sum(axis=0) / np.maximum(own.sum(axis=0), 1)
        if float(np.ptp(np.percentile(middles, (5, 95)))) > _CURVED * dpi:
            kept[label] = 0
    return np.asarray(kept[labels], dtype=np.uint8)


def find_tables(pieces: Strokes, dpi: int) -> list[Table]:
    """Return the ruled tables of a level page in reading order: down the page, those side by side left to right.

    Args:
        pieces: The ink of the page beside its rules.
        dpi: Resolution.
    """
    horizontal, vertical = pieces.rules
    if not horizontal.any():
        return []
    joined = cv2.dilate(cv2.bitwise_or(horizontal, vertical), np.ones((5, 5), np.uint8))
    count, marked, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    labels = np.asarray(marked, dtype=np.int32)
    across, down = _strokes(horizontal, labels), _strokes(np.ascontiguousarray(vertical.T), labels.T)
    loose = [rule for label, found in across.items() if label not in down for rule in found]
    found: list[tuple[Table, list[Rule]]] = []
    for label in range(1, count):
        width, height = int(stats[label][2]), int(stats[label][3])
        if width < dpi or height < 0.4 * dpi or label not in across or label not in down:
            continue
        table = lattice.build(*lattice.edges(across[label], down[label], dpi), pieces.rules, pieces.ink, dpi)
        if table is not None and table.columns >= _MIN_COLUMNS:
            found.append((table, across[label]))
        else:
            loose += across[label]
    tables, loose = _crossed_by_chance(found, loose, dpi)
    tables = _outermost(tables)
    heights, areas = pieces.boxes[:, 3], pieces.boxes[:, 4]
    text = pieces.kept(areas >= max((dpi / 70) ** 2, 4))
    # Neither dust nor what is larger than letters, stamps and strokes of a pen, tells where columns part.
    letters = pieces.kept((areas >= max((dpi / 70) ** 2, 4)) & (heights < _LARGE * dpi))
    tables += open_tables.find_tables(loose, letters, dpi, tables)
    tables = [implicit_rows.with_rows(table, text, dpi) for table in tables]
    return _in_order([t for t in tables if t.rows >= _MIN_ROWS and t.columns >= _MIN_COLUMNS])


def _crossed_by_chance(
    found: list[tuple[Table, list[Rule]]], loose: list[Rule], dpi: int
) -> tuple[list[Table], list[Rule]]:
    """Return the tables that are some, and the rules of the others.

    A stamp's ring or a stroke of a pen crosses some rules of a table that has none down the page: others of the same
    length go on above or below them.
    """
    tables = list(found)
    for table, rules in found:
        whole = Rule(table.top, table.left, table.right)
        if any(
            open_tables.alike(rule, whole, dpi) and table.top - dpi < rule.at < table.bottom + dpi
            for rule in lattice.joined(loose, dpi)
        ):
            tables.remove((table, rules))
            loose = loose + rules
    return [table for table, _ in tables], loose


def _strokes(mask: Gray, labels: npt.NDArray[np.int32]) -> dict[int, list[Rule]]:
    """Return the horizontal strokes of a mask by the component that they are part of."""
    count, marked, stats, centers = cv2.connectedComponentsWithStats(mask, connectivity=8)
    owners = np.zeros(count, np.int64)
    owners[marked[mask > 0]] = labels[mask > 0]
    found: dict[int, list[Rule]] = {}
    for label in range(1, count):
        left, width = float(stats[label][0]), float(stats[label][2])
        found.setdefault(int(owners[label]), []).append(Rule(float(centers[label][1]), left, left + width))
    return found


def _in_order(tables: Sequence[Table]) -> list[Table]:
    """Return tables down the page; those that share most of their height stand side by side."""
    levels: list[list[Table]] = []
    for table in sorted(tables, key=lambda table: table.top):
        for level in levels:
            shared = min(table.bottom, level[0].bottom) - max(table.top, level[0].top)
            if shared > 0.5 * min(table.bottom - table.top, level[0].bottom - level[0].top):
                level.append(table)
                break
        else:
            levels.append([table])
    return [table for level in levels for table in sorted(level, key=lambda table: table.left)]


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
