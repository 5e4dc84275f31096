"""Tables without ruling lines: rows of text in columns that white parts from the first row to the last.

Letters have what looks like columns as well: an address beside a date, a name over an office, names in a list. So only
what is surely a table is taken for one: four columns or more, five rows or more, most of what stands in them short.
Where every row begins with a number, three columns are one, too, or three rows, and a column may be all but empty.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.components import label_components
from ingest.pixels import halve
from ingest.sources.page_image import Gray
from ingest.tables.lattice import CellBox, DetectedTable
from ingest.tables.white_space import find_runs


@dataclass(frozen=True, slots=True)
class BorderlessTableSettings:
    """What text in columns is a table. Lengths are inches, shares are of one."""

    word_gap: float = 0.08
    """White between two pieces of text of a row; between words it is less, unless they are spaced out."""
    rule: float = 0.5
    """Length from which ink across the page is a rule; no letter has as long a stroke."""
    same_row: float = 0.06
    """How far apart the middles of two pieces of one row lie."""
    row_pitch: float = 0.4
    """Distance between two rows beyond which the second is of another table, or of none."""
    least_columns: int = 4
    least_rows: int = 5
    """Fewer are what letters have: an address beside a date, names beside offices."""
    numbered_columns: int = 3
    numbered_rows: int = 3
    """The same, of one of which rows begin with a number."""
    rows_of_few_columns: int = 8
    """Rows that such a table has at least where it has fewer columns than others."""
    number_width: float = 0.55
    """Width of a number that a row begins with."""
    numbered: float = 0.8
    """Share of the rows that begin with one."""
    doubled: float = 0.5
    """Pieces more than one in a column, a row, from which white that parts columns was missed."""
    crossed: float = 0.1
    """Share of the rows that may cross the white between two columns."""
    column_gap: float = 0.07
    """White between two columns, down all rows."""
    in_columns: float = 0.5
    """Share of the rows that each column but the first has text in."""
    short: float = 1.0
    """Width of a piece of text that is a number or a few words."""
    mostly: float = 0.7
    """Share of the pieces behind the first column that are short; columns of prose are wide."""
    highest_line: float = 0.22
    """Height of a line of print."""
    least_height: float = 0.04
    """Height of a piece that is one of text; lower are points and dashes."""


_Boxes = npt.NDArray[np.int64]
"""Pieces of text × (left, top, right, bottom), in pixels."""


def find_borderless_tables(
    ink: Gray, dpi: int, known: Sequence[DetectedTable], settings: BorderlessTableSettings
) -> list[DetectedTable]:
    """Return the tables that white alone parts.

    Args:
        ink: The letters of the page, without lines and dust, height × width, ink 255.
        dpi: Resolution.
        known: The tables already found, whose ground is taken.
        settings: What is a table.
    """
    rows = _find_rows(_find_pieces(ink, dpi, known, settings), dpi, settings)
    found = []
    for block in _find_blocks(rows, dpi, settings):
        table = _build_table(block, dpi, settings)
        if table is not None:
            found.append(table)
    return found


def _find_pieces(ink: Gray, dpi: int, known: Sequence[DetectedTable], settings: BorderlessTableSettings) -> _Boxes:
    """Return the boxes of pieces of text, each without a wide gap."""
    half = np.asarray(halve(ink) > 0, np.uint8)
    for table in known:
        half[int(table.top / 2) : int(table.bottom / 2) + 1, int(table.left / 2) : int(table.right / 2) + 1] = 0
    # A rule below a header, or the edge of its gray, would make one piece of all that stands there.
    across = np.ones((1, round(settings.rule * dpi / 2) | 1), np.uint8)
    half[cv2.dilate(cv2.morphologyEx(half, cv2.MORPH_OPEN, across), np.ones((3, 3), np.uint8)) > 0] = 0
    # Letters of a line and the marks over them are one piece, neighbors up to a gap as well.
    closed = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((3, round(settings.word_gap * dpi / 2) | 1), np.uint8))
    boxes = label_components(np.asarray(closed, np.uint8)).stats[1:, :4] * 2
    boxes[:, 2:] += boxes[:, :2]
    heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    text = (heights >= settings.least_height * dpi) | (widths >= 2 * heights)
    return boxes[text & (heights <= settings.highest_line * dpi)]


def _find_rows(pieces: _Boxes, dpi: int, settings: BorderlessTableSettings) -> list[_Boxes]:
    """Return the pieces that stand at one height, from the top, each row from left to right."""
    if not len(pieces):
        return []
    middles = (pieces[:, 1] + pieces[:, 3]) / 2
    order = np.argsort(middles, kind="stable")
    rows: list[list[int]] = [[int(order[0])]]
    for index in order[1:]:
        if middles[index] - float(np.mean(middles[rows[-1]])) <= settings.same_row * dpi:
            rows[-1].append(int(index))
        else:
            rows.append([int(index)])
    return [pieces[sorted(row, key=lambda index: pieces[index, 0])] for row in rows]


def _find_blocks(rows: Sequence[_Boxes], dpi: int, settings: BorderlessTableSettings) -> list[list[_Boxes]]:
    """Return runs of rows near each other that begin and end with one in columns; labels may stand between."""
    blocks: list[list[_Boxes]] = []
    waiting: list[_Boxes] = []
    last = -np.inf
    for row in rows:
        top = float(row[:, 1].min())
        if top - last > settings.row_pitch * dpi:
            waiting = []
            blocks.append([])
        last = float(row[:, 3].max())
        if _is_in_columns(row, dpi, settings):
            # Prose between two tables is more than a heading and what is left of it.
            if len(waiting) > 2 and blocks[-1]:
                blocks.append([])
            blocks[-1] += [*(waiting if blocks[-1] else []), row]
            waiting = []
        else:
            waiting.append(row)
    return [block for block in blocks if len(block) >= settings.numbered_rows]


def _is_in_columns(row: _Boxes, dpi: int, settings: BorderlessTableSettings) -> bool:
    """Tell whether a row has as many pieces as a table has columns, fewer where it begins with a number."""
    numbered = len(row) >= settings.numbered_columns and row[0, 2] - row[0, 0] <= settings.number_width * dpi
    return numbered or len(row) >= settings.least_columns


def _build_table(block: Sequence[_Boxes], dpi: int, settings: BorderlessTableSettings) -> DetectedTable | None:
    """Return the table that rows make, None where white does not part them in columns."""
    rows = [row for row in block if _is_in_columns(row, dpi, settings)]
    pieces = np.concatenate(block)
    xs = _find_column_edges(rows, int(pieces[:, 0].min()), int(pieces[:, 2].max()), dpi, settings)
    if not _is_table(rows, xs, dpi, settings):
        return None
    tops = [float(row[:, 1].min()) for row in block]
    bottoms = [float(row[:, 3].max()) for row in block]
    between = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    ys = [min(tops) - 2, *between, max(bottoms) + 2]
    cells: list[CellBox] = []
    for row, (own, (top, bottom)) in enumerate(zip(block, itertools.pairwise(ys), strict=True)):
        if len(own) == 1 and any(own[0, 0] < edge < own[0, 2] for edge in xs):
            cells.append(CellBox(row, 0, 1, len(xs) - 1, xs[0], top, xs[-1], bottom))  # a heading over all columns
        else:
            sides = enumerate(itertools.pairwise(xs))
            cells += [CellBox(row, column, 1, 1, left, top, right, bottom) for column, (left, right) in sides]
    return DetectedTable(xs[0], ys[0], xs[-1], ys[-1], len(ys) - 1, len(xs) - 1, tuple(cells))


def _find_column_edges(
    rows: Sequence[_Boxes], left: int, right: int, dpi: int, settings: BorderlessTableSettings
) -> list[float]:
    """Return the edges of columns: the middles of the white that few rows cross.

    A column that is all but empty stands in such white, below its header: what the first row has there parts it.
    """
    crossed = np.zeros(right - left + 1, np.int64)
    for row in rows:
        for start, end in row[:, [0, 2]]:
            crossed[start - left : end - left] += 1
    free = crossed <= settings.crossed * len(rows)
    header = rows[0][:, [0, 2]] - left
    gaps = []
    for start, end in find_runs(free):
        within = header[(header[:, 0] > start) & (header[:, 1] < end)]
        sides = [start, *within.ravel().tolist(), end]
        gaps += list(zip(sides[::2], sides[1::2], strict=True))
    inner = [
        left + (start + end) / 2
        for start, end in gaps
        if end - start >= settings.column_gap * dpi and start > 0 and end < len(free) - 1
    ]
    return [float(left - 2), *inner, float(right + 2)]


def _is_table(rows: Sequence[_Boxes], xs: Sequence[float], dpi: int, settings: BorderlessTableSettings) -> bool:
    """Tell whether there are rows and columns enough, each column has text in most rows, and most of it is short."""
    pieces = np.concatenate(rows)
    number = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    column = np.searchsorted(xs, (pieces[:, 0] + pieces[:, 2]) / 2) - 1
    columns = len(xs) - 1
    filled = np.array([len(np.unique(number[column == c])) for c in range(columns)]) >= settings.in_columns * len(rows)
    behind = pieces[column > 0]
    if not len(behind) or float(np.mean(behind[:, 2] - behind[:, 0] <= settings.short * dpi)) < settings.mostly:
        return False
    if len(rows) >= settings.least_rows and columns >= settings.least_columns and filled[1:].all():
        return True
    starts = np.array([row[0, 2] <= xs[1] and row[0, 2] - row[0, 0] <= settings.number_width * dpi for row in rows])
    few = columns < settings.least_columns
    apart = len(pieces) - len(np.unique(np.stack([number, column]), axis=1).T) <= settings.doubled * len(rows)
    enough = apart and len(rows) >= (settings.rows_of_few_columns if few else settings.numbered_rows)
    return bool(enough and starts.mean() >= settings.numbered and filled.sum() >= settings.numbered_columns)
