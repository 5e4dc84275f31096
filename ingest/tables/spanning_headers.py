"""The header of a table without lines down the page → its levels: a heading over several columns, and their names.

A heading that spans columns stands over the middle of them, mostly with a short line under it that runs over all of
them. Each line of text of such a header is a row; a name that goes on over several of them is one cell.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.sources.page_image import Gray
from ingest.tables.lattice import CellBox, DetectedTable
from ingest.tables.ruling_lines import RulingLine
from ingest.tables.white_space import Span, find_runs, find_text_lines


@dataclass(frozen=True, slots=True)
class SpanningHeaderSettings:
    """What is a heading over several columns. Lengths are inches, shares are of one."""

    word_gap: float = 0.12
    """White that parts two headings of one line."""
    beyond: float = 0.05
    """How far a heading reaches beyond the edge of a column that it spans as well."""
    covered: float = 0.5
    """Share of a column that a line under a heading covers where the heading is over it."""
    least_line: float = 0.04
    """Height of a line of text."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading over several columns: its line of text, its first and its last column."""

    line: int
    first: int
    last: int


def split_spanning_header(
    table: DetectedTable,
    ink: Gray,
    lines: Sequence[RulingLine],
    dpi: int,
    settings: SpanningHeaderSettings | None = None,
) -> DetectedTable:
    """Return a table with the first row in its levels, as it is where nothing in it spans columns.

    Args:
        table: A table whose cells span nothing.
        ink: The page without ruling lines and dust, height × width, ink 255.
        lines: The horizontal lines of the page.
        dpi: Resolution.
        settings: What spans columns.
    """
    settings = settings or SpanningHeaderSettings()
    header = [cell for cell in table.cells if cell.row == 0]
    top, bottom, left, right = round(header[0].top) + 1, round(header[0].bottom) - 1, table.left, table.right
    window = ink[top:bottom, round(left) : round(right)]
    spans = [(top + a, top + b) for a, b in find_text_lines(window, dpi, settings.least_line)]
    if len(spans) < 2:
        return table
    xs = [*(cell.left for cell in header), right]
    within = [line for line in lines if top < line.at < bottom]
    headings = [
        heading
        for number, span in enumerate(spans)
        for heading in _find_headings(number, spans, ink[span[0] : span[1]], xs, within, dpi, settings)
    ]
    return _split_header(table, header, spans, headings) if headings else table


def _find_headings(
    number: int,
    spans: Sequence[Span],
    row: Gray,
    xs: Sequence[float],
    lines: Sequence[RulingLine],
    dpi: int,
    settings: SpanningHeaderSettings,
) -> list[_Heading]:
    """Return what spans columns in one line of text of a header."""
    left = round(xs[0])
    inked = row[:, left : round(xs[-1])].any(axis=0)
    below = spans[number + 1][0] if number + 1 < len(spans) else np.inf
    under = [line for line in lines if spans[number][1] - 2 <= line.at <= below + 2]
    found = []
    for start, end in _join_words(find_runs(np.asarray(inked, np.bool_)), settings.word_gap * dpi):
        first = _find_column(xs, left + start + settings.beyond * dpi)
        last = _find_column(xs, left + end - settings.beyond * dpi)
        for line in under:
            if line.start <= left + (start + end) / 2 <= line.end:
                columns = _find_covered(line, xs, settings.covered)
                first, last = min([first, *columns]), max([last, *columns])
        if last > first:
            found.append(_Heading(number, first, last))
    return found


def _join_words(runs: Sequence[Span], gap: float) -> list[Span]:
    joined: list[Span] = []
    for start, end in runs:
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _find_column(xs: Sequence[float], x: float) -> int:
    return int(np.clip(np.searchsorted(xs, x) - 1, 0, len(xs) - 2))


def _find_covered(line: RulingLine, xs: Sequence[float], share: float) -> list[int]:
    """Return the columns that a line runs over."""
    return [
        column
        for column, (start, end) in enumerate(itertools.pairwise(xs))
        if min(line.end, end) - max(line.start, start) >= share * (end - start)
    ]


def _split_header(
    table: DetectedTable, header: Sequence[CellBox], spans: Sequence[Span], headings: Sequence[_Heading]
) -> DetectedTable:
    """Return the table with a row for each line of its header."""
    first = header[0]
    between = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(spans)]
    ys = [first.top, *between, first.bottom]
    owner = np.full((len(spans), table.columns), -1)
    cells = []
    for number, heading in enumerate(headings):
        place = slice(heading.first, heading.last + 1)
        if (owner[heading.line, place] >= 0).any():
            continue
        owner[heading.line, place] = number
        columns = heading.last - heading.first + 1
        box = header[heading.first].left, ys[heading.line], header[heading.last].right, ys[heading.line + 1]
        cells.append(CellBox(heading.line, heading.first, 1, columns, *box))
    for cell in header:
        for start, end in find_runs(np.asarray(owner[:, cell.column] < 0, np.bool_)):
            cells.append(replace(cell, row=start, row_span=end - start, top=ys[start], bottom=ys[end]))
    more = len(spans) - 1
    cells += [replace(cell, row=cell.row + more) for cell in table.cells if cell.row > 0]
    return replace(table, rows=table.rows + more, cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))))
