"""Rows that no rule parts: told by the numbers of the first column, which has one for each, or by those of the others.

Where several numbers stand one under the other in one cell of a narrow first column, each begins a row. Text between
two numbers is a heading, and so a row without a number, unless the line above it was full: then it goes on with it.

Where the first column says what the numbers beside it are of, each height at which two columns or more have a number
begins a row. What stands between is the rest of a label, unless it begins further left: then it is a heading.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.lattice import CellBox, Table

_LEAST_NUMBERS = 3
_NARROW, _SHORT = 1.1, 0.55
"""Greatest width, in inches, of a column of numbers, and of what stands in it."""
_LOW, _HIGH = 0.04, 0.22
"""Height of a line of numbers, in inches."""
_FULL = 0.8
"""Share of a column that a line fills which goes on below."""
_UNDERLINED = 0.9
"""Share of a line's width that one row of pixels in its lower half fills where it is underlined, as headings are."""
_LEAST_COLUMNS = 2
_LEVEL, _ALIGNED = 0.06, 0.04
"""How far apart, in inches, the middles of two numbers of one row lie, and the ends of those of one column."""
_PARTLY, _SHORT_CENTERED = 0.7, 0.6
"""Share of a column that a number fills at most, and inches that one does that is centered; wrapped text more."""
_DASH = 0.025
"""Least length of a dash for nil in inches."""
_OUTDENT = 0.05
"""How far left of a label, in inches, the line below begins that does not go on with it."""

Span = tuple[int, int]


def with_rows(table: Table, ink: Gray, dpi: int) -> Table:
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
            band = [c for c in table.cells if c.row == cell.row and c.row_span == 1]
            numbers = _numbers(cell, ink, dpi)
            # Two may be a number and what goes on below it, unless a rule between two usual rows was lost.
            lost = len(numbers) > 1 and cell.row > 0 and round((cell.bottom - cell.top) / usual) == len(numbers)
            if len(numbers) >= _LEAST_NUMBERS or lost:
                begins = numbers + _headings(cell, band, numbers, ink, dpi)
                starts[cell.row] = _starts(cell, band, numbers, begins, ink)
            elif (cell.row > 0 or table.rows == 1) and (levels := _levels(cell, band, ink, dpi)):
                begins = levels + _outdented(cell, levels, ink, dpi)
                starts[cell.row] = _starts(cell, band, levels, begins, ink)
    return _parted(table, starts) if starts else table


def _numbers(cell: CellBox, ink: Gray, dpi: int) -> list[Span]:
    """Return the lines of a cell that looks like a column of numbers; none where it does not."""
    if cell.right - cell.left > _NARROW * dpi:
        return []
    lines = _lines(_window(ink, cell), dpi)
    for top, bottom in lines:
        across = np.nonzero(_window(ink, cell)[top:bottom].any(axis=0))[0]
        if across[-1] - across[0] > _SHORT * dpi or bottom - top > _HIGH * dpi:
            return []
    return [(round(cell.top) + top, round(cell.top) + bottom) for top, bottom in lines]


def _window(ink: Gray, cell: CellBox) -> Gray:
    return ink[round(cell.top) + 1 : round(cell.bottom) - 1, round(cell.left) + 2 : round(cell.right) - 2]


def _lines(ink: Gray, dpi: int, least: float = _LOW) -> list[Span]:
    """Return where rows of pixels hold ink, as runs as high as print; dust and small gaps do not count.

    `least` is the least height of a run, in inches.
    """
    inked = ink.astype(bool).sum(axis=1) >= 2
    runs: list[list[int]] = []
    for y in np.nonzero(inked)[0]:
        if runs and y - runs[-1][1] <= max(2, dpi // 70):
            runs[-1][1] = int(y) + 1
        else:
            runs.append([int(y), int(y) + 1])
    return [(top, bottom) for top, bottom in runs if bottom - top >= least * dpi]


def _starts(cell: CellBox, band: Sequence[CellBox], numbers: list[Span], begins: list[Span], ink: Gray) -> list[float]:
    """Return where the rows of a band begin, but for the first, which begins with it.

    Args:
        cell: Its first cell.
        band: All its cells.
        numbers: The lines that tell its rows.
        begins: The first lines of its rows, and of its headings.
        ink: The page without its rules.
    """
    usual = float(np.median([bottom - top for top, bottom in numbers]))
    print_ = np.concatenate([_window(ink, replace(c, top=cell.top, bottom=cell.bottom)) for c in band], axis=1)
    used = print_.astype(bool).sum(axis=1)
    found = []
    ends = sorted(bottom for _, bottom in begins)
    for top, _ in sorted(begins)[1:]:
        above = max([end for end in ends if end <= top], default=round(cell.top))
        reach = max(above, round(top - 1.6 * usual))
        found.append(_whitest(used, round(cell.top) + 1, reach, top))
    return found


def _headings(cell: CellBox, band: Sequence[CellBox], numbers: list[Span], ink: Gray, dpi: int) -> list[Span]:
    """Return the lines of the main column beside which no number stands, and which do not go on with the line above."""
    main = next((c for c in sorted(band, key=lambda c: c.column) if c.column > 0), None)
    if main is None:
        return []
    main = replace(main, top=cell.top, bottom=cell.bottom)
    found: list[Span] = []
    full = False
    for top, bottom, left, right in _text_lines(main, ink, dpi):
        underlined = _is_underlined(ink[top:bottom, left:right])
        if not _beside((top, bottom), numbers) and (underlined or not full):
            found.append((top, bottom))
        full = right - main.left - 2 >= _FULL * (main.right - main.left - 4)
    return found


def _outdented(cell: CellBox, levels: list[Span], ink: Gray, dpi: int) -> list[Span]:
    """Return the lines of a column of labels that begin headings: the first above all numbers, and those further left.

    A line that follows a heading goes on with it.
    """
    found: list[Span] = []
    label: int | None = None
    for top, bottom, left, _ in _text_lines(cell, ink, dpi):
        if _beside((top, bottom), levels):
            label = left
        elif (label is None and not found) or (label is not None and left < label - _OUTDENT * dpi):
            found.append((top, bottom))
            label = None
    return found


def _levels(cell: CellBox, band: Sequence[CellBox], ink: Gray, dpi: int) -> list[Span]:
    """Return the heights at which numbers of two columns or more stand beside a label; none where they are too few."""
    columns = [_figures(c, ink, dpi) for c in band if c.column > 0 and c.column_span == 1]
    figures = sorted((span, number) for number, column in enumerate(columns) for span in column)
    levels: list[list[tuple[Span, int]]] = []
    for span, number in figures:
        if levels and sum(span) / 2 - float(np.mean([sum(s) / 2 for s, _ in levels[-1]])) <= _LEVEL * dpi:
            levels[-1].append((span, number))
        else:
            levels.append([(span, number)])
    labels = [(top, bottom) for top, bottom, _, _ in _text_lines(cell, ink, dpi)]
    found = [
        (min(top for (top, _), _ in level), max(bottom for (_, bottom), _ in level))
        for level in levels
        if len({number for _, number in level}) >= _LEAST_COLUMNS
    ]
    found = [level for level in found if _beside(level, labels)]
    return found if len(found) >= _LEAST_NUMBERS else []


def _figures(cell: CellBox, ink: Gray, dpi: int) -> list[Span]:
    """Return the lines of a cell that stands like numbers and dashes for nil: right-aligned, or tiny and centered."""
    window, offset = _window(ink, cell), round(cell.top) + 1
    wide = window.shape[1]
    sides: list[Span] = []
    spans: list[Span] = []
    for top, bottom in _lines(window, dpi, least=0):
        across = np.nonzero(window[top:bottom].any(axis=0))[0]
        left, right = int(across[0]), int(across[-1]) + 1
        if bottom - top < _LOW * dpi and not (2 * (bottom - top) <= right - left and right - left >= _DASH * dpi):
            continue  # dust
        if bottom - top > _HIGH * dpi or right - left > max(_PARTLY * wide, _SHORT * dpi):
            return []
        sides.append((left, right))
        spans.append((top + offset, bottom + offset))
    if not sides:
        return []
    rights, middles = [right for _, right in sides], [(left + right) / 2 for left, right in sides]
    short = max(right - left for left, right in sides) <= _SHORT_CENTERED * dpi
    aligned = max(rights) - min(rights) <= _ALIGNED * dpi
    return spans if aligned or (short and max(middles) - min(middles) <= _ALIGNED * dpi) else []


def _text_lines(cell: CellBox, ink: Gray, dpi: int) -> list[tuple[int, int, int, int]]:
    """Return top, bottom, left and right of the lines of text in a cell, on the page."""
    window = _window(ink, cell)
    found = []
    for top, bottom in _merged_marks(_lines(window, dpi), window, dpi):
        across = np.nonzero(window[top:bottom].any(axis=0))[0]
        x, y = round(cell.left) + 2, round(cell.top) + 1
        found.append((top + y, bottom + y, int(across[0]) + x, int(across[-1]) + x))
    return found


def _beside(line: Span, numbers: Sequence[Span]) -> bool:
    return any(min(line[1], bottom) - max(line[0], top) > 0 for top, bottom in numbers)


def _is_underlined(line: Gray) -> bool:
    return float((line[len(line) // 2 :] > 0).mean(axis=1).max(initial=0.0)) >= _UNDERLINED


def _merged_marks(lines: list[Span], window: Gray, dpi: int) -> list[Span]:
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
