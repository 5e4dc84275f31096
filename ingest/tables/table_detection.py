"""A level picture → its tables as rectangles of cells.

Ruling lines (`ruling_lines`) that cross make a table (`lattice`); several of one length one under the other, with text
in columns between them, make one too (`open_tables`); so does text in columns with no lines at all
(`borderless_tables`). Where rows are not ruled, the text tells them (`implicit_rows`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from ingest.components import label_components
from ingest.tables.borderless_tables import BorderlessTableSettings, find_borderless_tables
from ingest.tables.implicit_rows import ImplicitRowSettings, split_unruled_rows
from ingest.tables.lattice import (
    CellBox,
    DetectedTable,
    LatticeSettings,
    build_lattice,
    build_table_from_edges,
    find_edges,
    is_surely_ruled,
    join_pieces,
)
from ingest.tables.open_tables import OpenTableSettings, are_alike, find_open_tables
from ingest.tables.rule_removal import ConnectedComponents
from ingest.tables.ruling_lines import (
    RulingLine,
    RulingLineSettings,
    find_ruling_lines,
    list_ruling_lines,
)
from ingest.tables.spanning_headers import SpanningHeaderSettings, split_spanning_header

__all__ = ["CellBox", "DetectedTable", "TableSettings", "build_table", "find_ruling_lines", "find_tables"]


@dataclass(frozen=True, slots=True)
class TableSettings:
    """All that decides what is a table, and where its rows and columns are. Lengths are inches."""

    least_columns: int = 2
    least_rows: int = 2
    """What has one row or one column is a frame."""
    least_width: float = 1.0
    least_height: float = 0.4
    """Lines that cross within less are a box to tick, or a sign."""
    near: float = 1.0
    """How far above or below crossed lines others of their width go on with the table."""
    dust: float = 1 / 70
    """Side of a square of ink below which it is dust."""
    least_pixels: int = 4
    """Pixels of ink below which it is dust at any resolution."""
    largest_letter: float = 0.3
    """Height of ink from which it is no letter: stamps, strokes of a pen."""
    long_stroke: float = 0.25
    thin_stroke: float = 0.025
    """Length of ink from which it is a stroke of a pen where it is no thicker than this on average: letters that run
    into each other are."""
    lines: RulingLineSettings = field(default_factory=RulingLineSettings)
    lattice: LatticeSettings = field(default_factory=LatticeSettings)
    open_tables: OpenTableSettings = field(default_factory=OpenTableSettings)
    borderless: BorderlessTableSettings = field(default_factory=BorderlessTableSettings)
    headers: SpanningHeaderSettings = field(default_factory=SpanningHeaderSettings)
    rows: ImplicitRowSettings = field(default_factory=ImplicitRowSettings)


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A table of lines that cross, and what it was made of."""

    table: DetectedTable
    across: list[RulingLine]
    sure: bool


def find_tables(
    components: ConnectedComponents, dpi: int, settings: TableSettings | None = None
) -> list[DetectedTable]:
    """Return the tables of a level page in reading order: down the page, those side by side left to right.

    Args:
        components: The ink of the page beside its ruling lines.
        dpi: Resolution.
        settings: What is a table.
    """
    settings = settings or TableSettings()
    ruled, loose = _find_ruled(components, dpi, settings)
    tables, loose = _drop_crossed_by_chance(ruled, loose, dpi, settings)
    tables = _keep_outermost(tables)
    no_dust = components.boxes[:, 4] >= max((settings.dust * dpi) ** 2, settings.least_pixels)
    letters = components.kept(no_dust & ~_are_overlays(components, dpi, settings))
    open_tables = find_open_tables(loose, letters, dpi, tables, settings.open_tables, settings.lattice)
    if tables or open_tables:
        text = components.kept(no_dust)
        tables = [split_unruled_rows(table, text, letters, dpi, settings.rows) for table in tables]
        open_tables = [split_unruled_rows(table, text, letters, dpi, settings.rows) for table in open_tables]
        tables += [split_spanning_header(table, letters, loose, dpi, settings.headers) for table in open_tables]
    tables += find_borderless_tables(letters, dpi, tables, settings.borderless)
    return _sort_in_reading_order(
        [t for t in tables if t.rows >= settings.least_rows and t.columns >= settings.least_columns]
    )


def _are_overlays(components: ConnectedComponents, dpi: int, settings: TableSettings) -> npt.NDArray[np.bool_]:
    """Tell of each piece whether it is of a stamp or a stroke of a pen, which do not tell where columns and rows part.

    It is higher than letters, or as long as a word and thin, as what rules leave of a stroke.
    """
    _, _, widths, heights, areas = components.boxes.T
    lengths = np.maximum(widths, heights)
    strokes = (lengths >= settings.long_stroke * dpi) & (areas <= settings.thin_stroke * dpi * lengths)
    return np.asarray((heights >= settings.largest_letter * dpi) | strokes, np.bool_)


def _find_ruled(
    components: ConnectedComponents, dpi: int, settings: TableSettings
) -> tuple[list[_Ruled], list[RulingLine]]:
    """Return the tables of lines that cross, and the horizontal lines that are of none."""
    horizontal, vertical = components.rules
    if not horizontal.any():
        return [], []
    joined = label_components(
        np.asarray(cv2.dilate(cv2.bitwise_or(horizontal, vertical), np.ones((5, 5), np.uint8)), np.uint8)
    )
    stats = joined.stats
    across = list_ruling_lines(horizontal, joined.find_owners)
    down = list_ruling_lines(np.ascontiguousarray(vertical.T), lambda rows, columns: joined.find_owners(columns, rows))
    loose = [line for label, found in across.items() if label not in down for line in found]
    ruled: list[_Ruled] = []
    for label in sorted(across.keys() & down.keys()):
        large = stats[label][2] >= settings.least_width * dpi and stats[label][3] >= settings.least_height * dpi
        table = None
        if large:
            lattice = build_lattice(across[label], down[label], dpi, settings.lattice)
            edges = find_edges(lattice, dpi, settings.lattice)
            table = build_table_from_edges(*edges, components.rules, components.ink, dpi, settings.lattice)
        if table is not None and table.columns >= settings.least_columns and table.rows >= 1:
            ruled.append(_Ruled(table, across[label], is_surely_ruled(lattice, dpi, settings.lattice)))
        else:
            loose += across[label]
    return ruled, loose


def _drop_crossed_by_chance(
    ruled: Sequence[_Ruled], loose: list[RulingLine], dpi: int, settings: TableSettings
) -> tuple[list[DetectedTable], list[RulingLine]]:
    """Return the tables that are some, and the loose lines with those of the others.

    A stamp's ring or a stroke of a pen crosses some lines of a table that has none down the page: others of the same
    length go on above or below them.
    """
    tables = []
    for found in ruled:
        table = found.table
        whole = RulingLine(table.top, table.left, table.right)
        if not found.sure and any(
            are_alike(line, whole, dpi, settings.open_tables)
            and table.top - settings.near * dpi < line.at < table.bottom + settings.near * dpi
            for line in join_pieces(loose, dpi, settings.lattice)
        ):
            loose = loose + found.across
        else:
            tables.append(table)
    return tables, loose


def _sort_in_reading_order(tables: Sequence[DetectedTable]) -> list[DetectedTable]:
    """Return tables down the page; those that share most of their height stand side by side."""
    levels: list[list[DetectedTable]] = []
    for table in sorted(tables, key=lambda table: table.top):
        for level in levels:
            shared = min(table.bottom, level[0].bottom) - max(table.top, level[0].top)
            if shared > 0.5 * min(table.bottom - table.top, level[0].bottom - level[0].top):
                level.append(table)
                break
        else:
            levels.append([table])
    return [table for level in levels for table in sorted(level, key=lambda table: table.left)]


def _keep_outermost(tables: list[DetectedTable]) -> list[DetectedTable]:
    """Return tables without those that lie within another; a frame of one cell or one column holds no table."""

    def inside(inner: DetectedTable, outer: DetectedTable) -> bool:
        return (
            inner is not outer
            and inner.left >= outer.left
            and inner.right <= outer.right
            and inner.top >= outer.top
            and inner.bottom <= outer.bottom
        )

    frames = [table for table in tables if table.rows < _LEAST or table.columns < _LEAST]
    grids = [table for table in tables if table not in frames]
    kept = [table for table in grids if not any(inside(table, other) for other in grids)]
    return kept + [f for f in frames if not any(inside(f, o) or inside(o, f) for o in kept)]


_LEAST = 2
"""Rows, and columns, of a table."""


def build_table(cells: Sequence[tuple[float, float, float, float]], tolerance: float) -> DetectedTable | None:
    """Return cells (left, top, right, bottom) as a grid with spans, or None where they make no table.

    Args:
        cells: The rectangles, in any order.
        tolerance: How far apart two edges may lie that are one line.
    """
    if len(cells) < _LEAST * _LEAST:
        return None
    starts_x = _cluster_means([cell[0] for cell in cells], tolerance)
    starts_y = _cluster_means([cell[1] for cell in cells], tolerance)
    if min(len(starts_x), len(starts_y)) < _LEAST:
        return None
    boxes = []
    for left, top, right, bottom in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        column, row = _find_nearest(starts_x, left), _find_nearest(starts_y, top)
        # A span reaches over every start that lies clearly left of (above) its far edge.
        next_column = sum(1 for x in starts_x if x < right - tolerance)
        next_row = sum(1 for y in starts_y if y < bottom - tolerance)
        boxes.append(
            CellBox(row, column, max(next_row - row, 1), max(next_column - column, 1), left, top, right, bottom)
        )
    return DetectedTable(
        min(c[0] for c in cells),
        min(c[1] for c in cells),
        max(c[2] for c in cells),
        max(c[3] for c in cells),
        len(starts_y),
        len(starts_x),
        tuple(sorted(boxes, key=lambda box: (box.row, box.column))),
    )


def _cluster_means(values: list[float], tolerance: float) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _find_nearest(starts: list[float], value: float) -> int:
    return min(range(len(starts)), key=lambda i: abs(starts[i] - value))
