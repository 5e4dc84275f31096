"""Rows that no rule parts: told by the numbers of the first column, which has one for each.

Where several numbers stand one under the other in one cell of a narrow first column, each begins a row. Text between
two numbers is a heading, and so a row without a number, unless the line above it was full: then it goes on with it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ingest.lattice import CellBox, Table
from ingest.picture import Grey

_LEAST_NUMBERS = 3
_NARROW, _SHORT = 1.1, 0.55
"""Greatest width, in inches, of a column of numbers, and of what stands in it."""
_LOW, _HIGH = 0.04, 0.22
"""Height of a line of numbers, in inches."""
_FULL = 0.8
"""Share of a column that a line fills which goes on below."""

Span = tuple[int, int]


def with_rows(table: Table, ink: Grey, dpi: int) -> Table:
    """Return a table with the rows of its unruled bands parted.

    Args:
        table: As ruled.
        ink: The page without its rules.
        dpi: Resolution.
    """
    usual = float(np.median([c.bottom - c.top for c in table.cells if c.row_span == 1] or [0.0]))
    starts: dict[int, list[float]] = {}
    for cell in table.cells:
        if cell.column == 0 and cell.row_span == cell.column_span == 1:
            numbers = _numbers(cell, ink, dpi)
            # Two may be a number and what goes on below it, unless a rule between two usual rows was lost.
            lost = len(numbers) > 1 and cell.row > 0 and round((cell.bottom - cell.top) / usual) == len(numbers)
            if len(numbers) >= _LEAST_NUMBERS or lost:
                band = [c for c in table.cells if c.row == cell.row and c.row_span == 1]
                starts[cell.row] = _starts(cell, band, numbers, ink, dpi)
    return _parted(table, starts) if starts else table


def _numbers(cell: CellBox, ink: Grey, dpi: int) -> list[Span]:
    """Return the lines of a cell that looks like a column of numbers; none where it does not."""
    if cell.right - cell.left > _NARROW * dpi:
        return []
    lines = _lines(_window(ink, cell), dpi)
    for top, bottom in lines:
        across = np.nonzero(_window(ink, cell)[top:bottom].any(axis=0))[0]
        if across[-1] - across[0] > _SHORT * dpi or bottom - top > _HIGH * dpi:
            return []
    return [(round(cell.top) + top, round(cell.top) + bottom) for top, bottom in lines]


def _window(ink: Grey, cell: CellBox) -> Grey:
    return ink[round(cell.top) + 1 : round(cell.bottom) - 1, round(cell.left) + 2 : round(cell.right) - 2]


def _lines(ink: Grey, dpi: int) -> list[Span]:
    """Return where rows of pixels hold ink, as runs as high as print; dust and small gaps do not count."""
    inked = ink.astype(bool).sum(axis=1) >= 2
    runs: list[list[int]] = []
    for y in np.nonzero(inked)[0]:
        if runs and y - runs[-1][1] <= max(2, dpi // 70):
            runs[-1][1] = int(y) + 1
        else:
            runs.append([int(y), int(y) + 1])
    return [(top, bottom) for top, bottom in runs if bottom - top >= _LOW * dpi]


def _starts(cell: CellBox, band: Sequence[CellBox], numbers: list[Span], ink: Grey, dpi: int) -> list[float]:
    """Return where the rows of a band begin, but for the first."""
    usual = float(np.median([bottom - top for top, bottom in numbers]))
    print_ = np.concatenate([_window(ink, replace(c, top=cell.top, bottom=cell.bottom)) for c in band], axis=1)
    used = print_.astype(bool).sum(axis=1)
    begins = [(top, bottom) for top, bottom in numbers[1:]]
    main = next((c for c in sorted(band, key=lambda c: c.column) if c.column > 0), None)
    if main is not None:
        begins = sorted(begins + _headings(replace(main, top=cell.top, bottom=cell.bottom), numbers, ink, dpi))
    found = []
    ends = sorted(bottom for _, bottom in [*numbers, *begins])
    for top, _ in begins:
        above = max([end for end in ends if end <= top], default=round(cell.top))
        reach = max(above, round(top - 1.6 * usual))
        found.append(_whitest(used, round(cell.top) + 1, reach, top))
    return found


def _headings(cell: CellBox, numbers: list[Span], ink: Grey, dpi: int) -> list[Span]:
    """Return the lines of the main column beside which no number stands, and which do not go on with the line above."""
    window, offset = _window(ink, cell), round(cell.top) + 1
    found: list[Span] = []
    full = False
    for top, bottom in _merged_marks(_lines(window, dpi), window, dpi):
        beside = any(min(bottom, b - offset) - max(top, t - offset) > 0 for t, b in numbers)
        if not beside and not full:
            found.append((top + offset, bottom + offset))
        across = np.nonzero(window[top:bottom].any(axis=0))[0]
        full = bool(len(across)) and across[-1] >= _FULL * window.shape[1]
    return found


def _merged_marks(lines: list[Span], window: Grey, dpi: int) -> list[Span]:
    """Return lines with the rows of marks above them, which stand apart from their consonants, taken in."""
    found: list[Span] = []
    for top, bottom in lines:
        if found and top - found[-1][1] <= 0.03 * dpi:
            found[-1] = (found[-1][0], bottom)
        else:
            found.append((top, bottom))
    return [(top, bottom) for top, bottom in found if bottom - top >= 1.5 * _LOW * dpi and window[top:bottom].any()]


def _whitest(used: npt.NDArray[np.int64], offset: int, above: int, below: int) -> float:
    """Return the row of pixels between two lines that crosses least ink; of several, the one in their middle."""
    part = used[max(above - offset, 0) : max(below - offset, above - offset + 1, 1)]
    least = np.nonzero(part == part.min())[0]
    return float(offset + max(above - offset, 0) + least[len(least) // 2])


def _parted(table: Table, starts: dict[int, list[float]]) -> Table:
    """Return the table with its bands cut at their rows; a cell that spans a band spans its rows."""
    before = [row + sum(len(starts.get(above, ())) for above in range(row)) for row in range(table.rows + 1)]
    cells: list[CellBox] = []
    for cell in table.cells:
        row, span = before[cell.row], before[cell.row + cell.row_span] - before[cell.row]
        if cell.row_span > 1 or cell.row not in starts:
            cells.append(replace(cell, row=row, row_span=span))
            continue
        sides = [cell.top, *starts[cell.row], cell.bottom]
        for number, (top, bottom) in enumerate(itertools.pairwise(sides)):
            cells.append(replace(cell, row=row + number, row_span=1, top=top, bottom=bottom))
    return replace(table, rows=before[-1], cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))))
