"""One ruled table on one page, taken apart: header, rows of bodies, names of districts between them, totals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.field import Field, Source
from models.ocr import Cell, Grid, Mark, OcrPage
from parsers.annex.column_roles import choose_header, is_marked
from parsers.annex.side_by_side import alike, fitted, list_width, lists
from parsers.annex.subtotals import TOTAL, subtotal_kind
from parsers.letter.radio_message import is_form
from thai.numerals import parse_decimal, parse_int, to_arabic
from thai.text import normalize, skeleton

_CUES = ("ลำดับ", "อำเภอ", "อปท", "หมายเหตุ", "จังหวัด", "ชื่อ", "ที่", "รายการ")
_FIRST_CUES = ("ลำดับ", "ที่", "เลขที่")
_SUM = skeleton("รวม")
_DISTRICT = re.compile(r"^\s*(?:กิ่ง)?(?:อำเภอ|อ\.)\s*[ก-๎]{2}")
_NOTE = re.compile(r"\s*(หมายเหตุ|\*)")
_MOST_HEADER_ROWS = 5
"""Rows of a header at most."""
_NAMING_COLUMNS = 3
"""First columns of a table, in which a row that totals others is named."""
_STRAY = 2
"""How many letters a stroke may be read as."""
_SPANS = 0.6
"""Share of the columns that the name of a district spans, as one merged cell, where it stands in a row of its own."""
_NUMERIC = 0.6
"""Share of the cells of a column that are numbers, or dashes for nil, where it is one of numbers."""
_DIGIT = re.compile("[0-9๐-๙]")
_WORD = re.compile("[ก-ฮ].*[ก-ฮ]|ปี", re.DOTALL)


@dataclass
class TableSection:
    """One table on one page.

    Attributes:
        headers: The header of each column, as read; empty where the page does not repeat it.
        first: How many rows the header has.
        total_rows: Rows that total others.
        districts: Rows that name the district of those below, and what they say.
    """

    page: OcrPage
    grid: Grid
    headers: list[str]
    first: int
    total_rows: list[int] = field(default_factory=list)
    districts: dict[int, Field[str]] = field(default_factory=dict)

    @property
    def total_texts(self) -> list[str]:
        """What the rows say that total others."""
        return [cell.text for cell in self.grid.cells if cell.row in self.total_rows and cell.text]

    @property
    def body_rows(self) -> list[int]:
        """The rows that are neither header, total nor the name of a district."""
        return [
            row for row in range(self.first, self.grid.rows) if row not in self.total_rows and row not in self.districts
        ]


def find_sections(pages: Sequence[OcrPage]) -> list[list[TableSection]]:
    """Return the tables of all pages, each with those that go on with it."""
    groups: list[list[TableSection]] = []
    columns, width = 0, 0
    for page in pages:
        for grid in page.grids:
            if is_form(grid, page):
                continue
            first = header_rows(grid, continued=bool(groups) and _may_go_on(groups[-1], page, grid))
            if first or grid.columns != columns:
                columns, width = grid.columns, list_width(_headers(grid, first))
            for each in lists(grid, width):
                part = _take_apart(page, _parted_from_header(each, first, groups[-1] if groups else []), first)
                whole = _fitted(groups[-1], part) if groups else None
                if whole is not None:
                    groups[-1].append(whole)
                else:
                    groups.append([part])
    return groups


def _parted_from_header(grid: Grid, first: int, group: list[TableSection]) -> Grid:
    """Return a table whose header says again what the one before said, without what its cells took of the first row.

    Over a page break a cell of the header may run into the row below it: `ชื่อ อปท.` and `ทต.วังกะพี้` in one.
    """
    if not first or not group or len(group[0].headers) != grid.columns:
        return grid
    cells: list[Cell] = []
    for cell in grid.cells:
        known = group[0].headers[cell.column]
        runs_on = cell.row < first < cell.row + cell.row_span and cell.column_span == 1
        lines = cell.text.split("\n")
        header = next((n for n in range(len(lines) + 1) if normalize(" ".join(lines[:n])) == known), None)
        if not runs_on or not known or header is None:
            cells.append(cell)
            continue
        rest = "\n".join(lines[header:])
        above = {"row_span": first - cell.row, "text": "\n".join(lines[:header])}
        below = {
            "row": first,
            "row_span": cell.row + cell.row_span - first,
            "text": rest,
            "mark": None,
            "ink": cell.ink if rest else 0.0,
        }
        cells += [cell.model_copy(update=above), cell.model_copy(update=below)]
    # A copy would keep the places of the old cells.
    return Grid(box=grid.box, rows=grid.rows, columns=grid.columns, cells=tuple(cells))


def _may_go_on(group: list[TableSection], page: OcrPage, grid: Grid) -> bool:
    """Tell whether a table stands where one goes on: on the same page or the next, in columns that fit."""
    return page.number <= group[-1].page.number + 1 and fitted(grid, group[0].grid) is not None


def _take_apart(page: OcrPage, grid: Grid, first: int) -> TableSection:
    part = TableSection(page, grid, _headers(grid, first), first)
    for row in range(first, grid.rows):
        if is_total(grid, row) and _has_figures(grid, row):
            part.total_rows.append(row)
        elif (name := _district(grid, row)) is not None:
            part.districts[row] = Field[str](
                value=normalize(name.text).strip(),
                raw=name.text,
                confidence=name.confidence,
                page=page.number,
                box=name.box if page.has_layout else None,
                source=Source.DERIVED,
            )
    return part


def header_rows(grid: Grid, *, continued: bool) -> int:
    """Return how many rows the header has: up to the first that begins with a number, or the cells spanning down.

    Args:
        grid: The table.
        continued: Whether it may go on with one before it, and so have none.
    """
    if parse_int(cell_text(grid, 0, 0)) is not None or is_total(grid, 0):
        return 0
    # A merged cell, as over a district's rows, says its cue once.
    first = list({id(cell): cell for c in range(grid.columns) if (cell := grid.at(0, c)) is not None}.values())
    if _groups_columns(first, grid.columns) or _stands_over_numbers(grid):
        return _down_to_first_row(grid)
    if not _is_cued(first, least=2 if continued else 1):
        marked = any(is_marked(cell) and cell.mark is not Mark.UNKNOWN for cell in first)
        return 0 if marked or continued or _begins_with_figures(grid) else 1
    return _down_to_first_row(grid)


def _is_cued(cells: Sequence[Cell], least: int) -> bool:
    """Tell whether some cells hold words of headers: so many, or the first the one that headers begin with."""
    texts = [skeleton(normalize(cell.text)) for cell in cells]
    cued = sum(any(skeleton(word) in text for word in _CUES) for text in texts)
    leads = bool(texts) and any(skeleton(word) in texts[0] for word in _FIRST_CUES)
    return cued >= least or (cued > 0 and leads)


def _down_to_first_row(grid: Grid) -> int:
    for row in range(1, min(_MOST_HEADER_ROWS, grid.rows)):
        start = grid.at(row, 0)
        if start is not None and start.row == row:
            return row
    return 1


def _groups_columns(row: Sequence[Cell], columns: int) -> bool:
    """Tell whether a row has a cell over some columns of several, and no number: that groups them by name."""
    merged = any(1 < cell.column_span < _SPANS * columns or cell.column_span == columns - 1 > 1 for cell in row)
    said = [cell for cell in row if cell.text.strip()]
    return merged and len(said) > 1 and not any(_is_figure(cell) for cell in row)


def _begins_with_figures(grid: Grid) -> bool:
    """Tell whether the first row has a number where those below have theirs: then it is one of them, and no header."""
    for cell in grid.cells:
        if cell.row == 0 and cell.column and cell.column_span == 1 and _is_figure(cell):
            below = [c for c in grid.cells if c.column == cell.column and c.row > 0 and c.text.strip()]
            if below and sum(map(_is_figure, below)) >= _NUMERIC * len(below):
                return True
    return False


def _stands_over_numbers(grid: Grid) -> bool:
    """Tell whether the first row names columns of numbers: two or more are, and it has words over all of them."""
    numeric = []
    for column in range(1, grid.columns):
        below = [c for c in grid.cells if c.column == column and c.column_span == 1 and c.row > 0 and c.text.strip()]
        if len(below) > 1 and sum(map(_is_figure, below)) >= _NUMERIC * len(below):
            numeric.append(grid.at(0, column))
    worded = [cell is not None and _WORD.search(normalize(cell.text)) is not None for cell in numeric]
    return len(numeric) > 1 and all(worded)


def _is_figure(cell: Cell) -> bool:
    text = normalize(cell.text).strip()
    return text == "-" or parse_decimal(to_arabic(text)) is not None


def cell_text(grid: Grid, row: int, column: int) -> str:
    """Return what a cell says, on one line."""
    cell = grid.at(row, column)
    return normalize(cell.text).replace("\n", " ").strip() if cell is not None else ""


def _headers(grid: Grid, rows: int) -> list[str]:
    return [" ".join(_header(grid, column, rows)) for column in range(grid.columns)]


def _header(grid: Grid, column: int, rows: int) -> list[str]:
    texts: list[str] = []
    seen: set[int] = set()
    for row in range(rows):
        cell = grid.at(row, column)
        if cell is not None and id(cell) not in seen and cell.text:
            seen.add(id(cell))
            texts.append(choose_header(cell))
    return texts


def label(grid: Grid, row: int) -> str:
    """Return the first text of a row, which names it where it totals others, without what a stamp left above it."""
    texts = (cell_text(grid, row, column) for column in range(min(_NAMING_COLUMNS, grid.columns)))
    first, _, rest = (text := next(filter(None, texts), "")).partition("\n")
    return rest if len(skeleton(first)) <= _STRAY and TOTAL.match(rest) else text


def is_total(grid: Grid, row: int) -> bool:
    """Whether a row totals others: its label says so, if need be with one misread letter and where no number leads."""
    said = label(grid, row)
    if TOTAL.match(said):
        return True
    start = grid.at(row, 0)
    if start is None or (start.ink > 0 and start.column_span == 1):
        return False
    from rapidfuzz.distance import Levenshtein

    begins = skeleton(said)[: len(_SUM)]
    numbers = sum(parse_int(cell_text(grid, row, column)) is not None for column in range(1, grid.columns))
    return numbers > 0 and len(begins) == len(_SUM) and Levenshtein.distance(begins, _SUM) <= 1


def _has_figures(grid: Grid, row: int) -> bool:
    """Whether a row has a number, or ink that was not read; one called รวม that has neither totals nothing."""
    inked = [cell for cell in grid.cells if cell.row == row and cell.ink > 0]
    return any(not cell.text.strip() or _DIGIT.search(cell.text) for cell in inked)


def _district(grid: Grid, row: int) -> Cell | None:
    """Return the cell that names a district in a row of its own."""
    inked = [cell for column in range(grid.columns) if (cell := grid.at(row, column)) is not None and cell.ink > 0]
    if not inked:
        return None
    cell = inked[0]
    # A stroke of a pen that lies over the row is no other cell of it.
    others = [other for other in inked if other is not cell]
    if any(not other.overlaid or len(skeleton(other.text)) > _STRAY for other in others):
        return None
    if cell.row_span > 1 or parse_int(normalize(cell.text).strip()) is not None:
        return None
    merged = cell.column_span >= _SPANS * grid.columns and not _NOTE.match(normalize(cell.text))
    return cell if merged or _DISTRICT.match(normalize(cell.text)) else None


def _fitted(group: list[TableSection], part: TableSection) -> TableSection | None:
    """Return a part in the columns of the group that it goes on with; None where it begins a table of its own."""
    last = group[-1]
    if part.page.number > last.page.number + 1:
        return None
    grid = fitted(part.grid, group[0].grid)
    if grid is None:
        return None
    if grid is not part.grid:
        part = _take_apart(part.page, grid, part.first)
    begins = parse_int(cell_text(part.grid, part.first, 0))
    if _closed(last) and part.page is not last.page:
        return None
    if part.first == 0 or not any(group[0].headers):
        return part
    return part if alike(group[0].headers, part.headers) and begins != 1 else None


def _closed(part: TableSection) -> bool:
    """Whether a table ends with the grand total; that of a district or a page may be followed by more rows."""
    ends = bool(part.total_rows) and part.total_rows[-1] == part.grid.rows - 1
    return ends and subtotal_kind(label(part.grid, part.total_rows[-1])) is None
