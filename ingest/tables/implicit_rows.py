"""Rows that no line parts: told by the numbers of the first column, by those of the others, or by lines at one height.

Where several numbers stand one under the other in one cell of a narrow first column, each begins a row. Text between
two numbers is a heading, and so a row without a number, unless the line above it was full: then it goes on with it.

Where the first column says what the numbers beside it are of, each height at which two columns or more have a number
begins a row. What stands between is the rest of a label, unless it begins further left: then it is a heading.

Where most columns have a line of text at most of the heights at which there is one, each height is a row: words that
wrap in one column stand beside nothing.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.lattice import CellBox, DetectedTable
from ingest.tables.white_space import Span, find_text_lines


@dataclass(frozen=True, slots=True)
class ImplicitRowSettings:
    """What tells a row that no line parts. Lengths are inches, shares are of one."""

    least_numbers: int = 3
    """So many numbers one under the other in a cell each begin a row; two may be one and what goes on below it."""
    number_column: float = 1.1
    """Greatest width of a column of numbers."""
    number_width: float = 0.55
    """Greatest width of what stands in it."""
    least_line: float = 0.04
    """Least height of a line of print."""
    highest_line: float = 0.22
    """Greatest height of a line of numbers."""
    full: float = 0.8
    """Share of a column that a line fills which goes on below."""
    underlined: float = 0.9
    """Share of its width that one row of pixels fills in the lower half of an underlined line, as headings are."""
    least_columns: int = 2
    """Numbers of so many columns at one height begin a row."""
    same_level: float = 0.06
    """How far apart the middles of two numbers of one row lie."""
    aligned: float = 0.04
    """How far apart the ends of two numbers of one column lie."""
    partly: float = 0.7
    """Share of a column that a number fills at most; wrapped text fills more."""
    short: float = 0.6
    """Width of a number that is centered."""
    shortest_dash: float = 0.025
    """Least length of a dash for nil."""
    outdent: float = 0.05
    """How far left of a label the line below begins that does not go on with it."""
    least_levels: int = 5
    """So many lines at one height in most columns are rows; fewer may be words that wrap in each of them."""
    tall: float = 0.4
    """Share of a table's height from which a band holds rows that are told by their lines of text alone."""
    filled_levels: float = 0.6
    """Share of the levels at which a column has a line, where its lines are rows and not words that wrap."""
    filled_columns: float = 0.5
    """Share of the columns that are filled so."""
    least_filled: int = 3
    """Columns that are; two with as many lines are often two paragraphs."""
    new_block: float = 1.35
    """Distance from the line above, in usual distances, from which a line begins something new."""
    marks_above: float = 0.03
    """White between a line and a row of marks above it that is of it."""
    least_with_marks: float = 1.5
    """Height of a line with its marks, in least heights of a line."""
    reach: float = 1.6
    """How far above a number its row may begin, in usual heights of a number."""
    rim: int = 4
    """Pixels of a column's width that its ruling lines may take."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text in a cell, in pixels of the page."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def span(self) -> Span:
        return self.top, self.bottom


@dataclass(frozen=True, slots=True)
class _Band:
    """A ruled row that may hold several: its first cell, all its cells of one row, the ink, and how to tell.

    Attributes:
        ink: The page without its ruling lines, height × width, ink 255.
        letters: The same without stamps and strokes of a pen.
    """

    first: CellBox
    cells: tuple[CellBox, ...]
    ink: Gray
    letters: Gray
    dpi: int
    settings: ImplicitRowSettings


def split_unruled_rows(
    table: DetectedTable, ink: Gray, letters: Gray, dpi: int, settings: ImplicitRowSettings | None = None
) -> DetectedTable:
    """Return a table with the rows of its unruled bands parted.

    Args:
        table: As ruled.
        ink: The page without its ruling lines, height × width, ink 255.
        letters: The same without stamps and strokes of a pen, which lie over several rows.
        dpi: Resolution.
        settings: What tells a row.
    """
    settings = settings or ImplicitRowSettings()
    heights = [c.bottom - c.top for c in table.cells if c.row_span == 1]
    usual = max(float(np.median(heights or [0.0])), 1.0)
    starts: dict[int, list[float]] = {}
    for cell in table.cells:
        if cell.column == 0 and cell.row_span == cell.column_span == 1:
            row = tuple(c for c in table.cells if c.row == cell.row and c.row_span == 1)
            found = _find_row_starts(_Band(cell, row, ink, letters, dpi, settings), usual, table)
            if found:
                starts[cell.row] = found
    return _cut_bands(table, starts) if starts else table


def _find_row_starts(band: _Band, usual: float, table: DetectedTable) -> list[float]:
    """Return where the rows of a band begin but for its first; none where it is one row."""
    cell, settings = band.first, band.settings
    numbers = _find_numbers(band, band.ink) or _find_numbers(band, band.letters)
    # Two may be a number and what goes on below it, unless a line between two usual rows was lost.
    lost = len(numbers) > 1 and cell.row > 0 and round((cell.bottom - cell.top) / usual) == len(numbers)
    if len(numbers) >= settings.least_numbers or lost:
        return _place_starts(band, numbers, numbers + _find_headings(band, numbers))
    if cell.row == 0 and table.rows > 1:
        return []
    if levels := _find_number_levels(band):
        return _place_starts(band, levels, levels + _find_outdented(band, levels))
    tall = cell.bottom - cell.top > settings.tall * (table.bottom - table.top)
    if tall and (levels := _find_text_levels(band)):
        return _place_starts(band, levels, levels + _find_lone_labels(band, levels))
    return []


def _find_numbers(band: _Band, ink: Gray) -> list[Span]:
    """Return the lines of the first cell if it looks like a column of numbers; none where it does not."""
    cell, dpi, settings = band.first, band.dpi, band.settings
    if cell.right - cell.left > settings.number_column * dpi:
        return []
    window = _get_window(ink, cell)
    lines = find_text_lines(window, dpi, settings.least_line)
    for top, bottom in lines:
        across = np.nonzero(window[top:bottom].any(axis=0))[0]
        if across[-1] - across[0] > settings.number_width * dpi or bottom - top > settings.highest_line * dpi:
            return []
    return [(round(cell.top) + top, round(cell.top) + bottom) for top, bottom in lines]


def _get_window(ink: Gray, cell: CellBox) -> Gray:
    return ink[round(cell.top) + 1 : round(cell.bottom) - 1, round(cell.left) + 2 : round(cell.right) - 2]


def _place_starts(band: _Band, numbers: Sequence[Span], begins: Sequence[Span]) -> list[float]:
    """Return where the rows of a band begin, but for the first, which begins with it.

    Args:
        band: Its cells.
        numbers: The lines that tell its rows.
        begins: The first lines of its rows, and of its headings.
    """
    cell = band.first
    usual = float(np.median([bottom - top for top, bottom in numbers]))
    cells = [replace(c, top=cell.top, bottom=cell.bottom) for c in band.cells]
    letters, ink = (np.concatenate([_get_window(i, c) for c in cells], axis=1) for i in (band.letters, band.ink))
    # Through as few letters as may be; where several places cross as few, through as little of a stroke.
    used = np.count_nonzero(letters, axis=1) * ink.shape[1] + np.count_nonzero(ink, axis=1)
    found = []
    ends = sorted(bottom for _, bottom in begins)
    for top, _ in sorted(begins)[1:]:
        above = max([end for end in ends if end <= top], default=round(cell.top))
        reach = max(above, round(top - band.settings.reach * usual))
        found.append(_find_whitest(used, round(cell.top) + 1, reach, top))
    return found


def _find_headings(band: _Band, numbers: Sequence[Span]) -> list[Span]:
    """Return the lines of the main column beside which no number stands, and which do not go on with the line above."""
    main = next((c for c in sorted(band.cells, key=lambda c: c.column) if c.column > 0), None)
    if main is None:
        return []
    main = replace(main, top=band.first.top, bottom=band.first.bottom)
    found: list[Span] = []
    full = False
    for line in _list_text_lines(band, main):
        underlined = _is_underlined(band.ink[line.top : line.bottom, line.left : line.right], band.settings)
        if not _is_beside(line.span, numbers) and (underlined or not full):
            found.append(line.span)
        full = line.right - main.left - 2 >= band.settings.full * (main.right - main.left - band.settings.rim)
    return found


def _find_outdented(band: _Band, levels: Sequence[Span]) -> list[Span]:
    """Return the lines of a column of labels that begin headings: the first above all numbers, and those further left.

    A line that follows a heading goes on with it.
    """
    found: list[Span] = []
    label: int | None = None
    for line in _list_text_lines(band, band.first):
        if _is_beside(line.span, levels):
            label = line.left
        elif (label is None and not found) or (
            label is not None and line.left < label - band.settings.outdent * band.dpi
        ):
            found.append(line.span)
            label = None
    return found


def _find_number_levels(band: _Band) -> list[Span]:
    """Return the heights at which numbers of two columns or more stand beside a label; none where they are too few."""
    settings = band.settings
    columns = [_find_figures(band, c) for c in band.cells if c.column > 0 and c.column_span == 1]
    levels = _group_levels(columns, settings.same_level * band.dpi)
    labels = [line.span for line in _list_text_lines(band, band.first)]
    found = [
        _span_all([span for span, _ in level])
        for level in levels
        if len({number for _, number in level}) >= settings.least_columns
    ]
    found = [level for level in found if _is_beside(level, labels)]
    return found if len(found) >= settings.least_numbers else []


def _group_levels(columns: Sequence[Sequence[Span]], near: float) -> list[list[tuple[Span, int]]]:
    """Return the lines of columns, with the number of their column, by the heights of their middles."""
    levels: list[list[tuple[Span, int]]] = []
    for span, number in sorted((span, number) for number, column in enumerate(columns) for span in column):
        if levels and sum(span) / 2 - float(np.mean([sum(s) / 2 for s, _ in levels[-1]])) <= near:
            levels[-1].append((span, number))
        else:
            levels.append([(span, number)])
    return levels


def _span_all(spans: Sequence[Span]) -> Span:
    return min(top for top, _ in spans), max(bottom for _, bottom in spans)


def _find_figures(band: _Band, cell: CellBox) -> list[Span]:
    """Return the lines of a cell that stands like numbers and dashes for nil: right-aligned, or tiny and centered."""
    dpi, settings = band.dpi, band.settings
    window, offset = _get_window(band.ink, cell), round(cell.top) + 1
    sides: list[Span] = []
    spans: list[Span] = []
    for top, bottom in find_text_lines(window, dpi, least=0):
        across = np.nonzero(window[top:bottom].any(axis=0))[0]
        left, right = int(across[0]), int(across[-1]) + 1
        flat = 2 * (bottom - top) <= right - left and right - left >= settings.shortest_dash * dpi
        if bottom - top < settings.least_line * dpi and not flat:
            continue  # dust
        widest = max(settings.partly * window.shape[1], settings.number_width * dpi)
        if bottom - top > settings.highest_line * dpi or right - left > widest:
            return []
        sides.append((left, right))
        spans.append((top + offset, bottom + offset))
    return spans if sides and _stand_like_numbers(sides, dpi, settings) else []


def _stand_like_numbers(sides: Sequence[Span], dpi: int, settings: ImplicitRowSettings) -> bool:
    """Tell whether lines (left, right) end one under the other, or are short and centered."""
    rights, middles = [right for _, right in sides], [(left + right) / 2 for left, right in sides]
    if max(rights) - min(rights) <= settings.aligned * dpi:
        return True
    short = max(right - left for left, right in sides) <= settings.short * dpi
    return short and max(middles) - min(middles) <= settings.aligned * dpi


def _find_text_levels(band: _Band) -> list[Span]:
    """Return the heights at which most columns have a line of text; none where they are too few."""
    settings = band.settings
    columns = [[line.span for line in _list_text_lines(band, c)] for c in band.cells if c.column_span == 1]
    levels = _group_levels([column for column in columns if column], settings.same_level * band.dpi)
    members = [{number for _, number in level} for level in levels]
    kept = [n for n, numbers in enumerate(members) if len(numbers) >= settings.least_columns]
    if len(kept) < settings.least_levels:
        return []
    if not _are_most_filled([members[n] for n in kept], len(band.cells), settings):
        return []
    return [_span_all([span for span, _ in levels[n]]) for n in kept]


def _are_most_filled(levels: Sequence[set[int]], columns: int, settings: ImplicitRowSettings) -> bool:
    """Tell whether most columns have a line at most levels, of which each says what columns have one."""
    filled = np.bincount([number for numbers in levels for number in numbers])
    full = int(np.count_nonzero(filled >= settings.filled_levels * len(levels)))
    return full >= max(settings.least_filled, settings.filled_columns * columns)


def _find_lone_labels(band: _Band, levels: Sequence[Span]) -> list[Span]:
    """Return the lines of the first column beside which nothing stands and that begin something new: headings.

    They stand further left than the line below, or further from the line above than usual.
    """
    lines = _list_text_lines(band, band.first)
    distances = [below.top - above.top for above, below in itertools.pairwise(lines)]
    if not distances:
        return []
    usual = float(np.median(distances))
    found = []
    for number, line in enumerate(lines):
        if _is_beside(line.span, levels):
            continue
        apart = number == 0 or distances[number - 1] > band.settings.new_block * usual
        below = lines[number + 1] if number + 1 < len(lines) else None
        outdented = below is not None and line.left < below.left - band.settings.outdent * band.dpi
        if apart or outdented:
            found.append(line.span)
    return found


def _list_text_lines(band: _Band, cell: CellBox) -> list[_Line]:
    """Return the lines of text in a cell."""
    window = _get_window(band.ink, cell)
    x, y = round(cell.left) + 2, round(cell.top) + 1
    found = []
    lines = find_text_lines(window, band.dpi, band.settings.least_line)
    for top, bottom in _take_marks_in(lines, window, band.dpi, band.settings):
        across = np.nonzero(window[top:bottom].any(axis=0))[0]
        found.append(_Line(top + y, bottom + y, int(across[0]) + x, int(across[-1]) + x))
    return found


def _is_beside(line: Span, numbers: Sequence[Span]) -> bool:
    return any(min(line[1], bottom) - max(line[0], top) > 0 for top, bottom in numbers)


def _is_underlined(line: Gray, settings: ImplicitRowSettings) -> bool:
    return float((line[len(line) // 2 :] > 0).mean(axis=1).max(initial=0.0)) >= settings.underlined


def _take_marks_in(lines: Sequence[Span], window: Gray, dpi: int, settings: ImplicitRowSettings) -> list[Span]:
    """Return lines with the rows of marks above them, which stand apart from their consonants, taken in."""
    found: list[Span] = []
    for top, bottom in lines:
        if found and top - found[-1][1] <= settings.marks_above * dpi:
            found[-1] = (found[-1][0], bottom)
        else:
            found.append((top, bottom))
    least = settings.least_with_marks * settings.least_line * dpi
    return [(top, bottom) for top, bottom in found if bottom - top >= least and window[top:bottom].any()]


def _find_whitest(used: npt.NDArray[np.int64], offset: int, above: int, below: int) -> float:
    """Return the row of pixels between two lines that crosses least ink; of several, the one in their middle."""
    part = used[max(above - offset, 0) : max(below - offset, above - offset + 1, 1)]
    least = np.nonzero(part == part.min())[0]
    return float(offset + max(above - offset, 0) + least[len(least) // 2])


def _cut_bands(table: DetectedTable, starts: dict[int, list[float]]) -> DetectedTable:
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
