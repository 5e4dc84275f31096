"""Ruled tables and the lines around them → status annexes, joined over their pages.

The sequence column is the oracle for rows: no row is dropped because a cell was not read.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence

from models.annex import Annex, Column, ColumnKind, Row, Subtotal, SubtotalKind, Total
from models.field import Box, Field
from models.issue import Issue
from models.ocr import Cell, OcrPage
from parsers.annex.column_roles import name_columns
from parsers.annex.rows import parse_rows
from parsers.annex.sequence_numbers import gaps
from parsers.annex.status_evidence import find_evidence
from parsers.annex.status_issues import unread_statuses
from parsers.annex.subtotals import GRAND, TOTAL, subtotal_district, subtotal_kind
from parsers.annex.table_sections import TableSection, find_sections, label
from parsers.annex.unruled_lists import add_unruled_list
from parsers.letter.radio_message import is_form
from parsers.segmentation.segments import PagedLine
from thai.dates import BUDDHIST_OFFSET, find_dates
from thai.numerals import parse_decimal, parse_int, to_arabic
from thai.spelling import mend
from thai.text import normalize, skeleton

_DIGIT = re.compile("[0-9๐-๙]")
_AS_OF = re.compile(r"ข้อมูล\s*ณ")
_NOTE = re.compile(r"^\s*(หมายเหตุ|\*)")
_PROVINCE = re.compile(r"จังหวัด\s*([ก-๎]{2,20})")
_NOTE_ITEM = re.compile(r"^\s*[0-9๐-๙]{1,2}\s?[.)]\s*[^0-9๐-๙\s]")
_NOTE_REACH = 2.0
"""Heights of a line from the middle of one line of a note to that of the next at most."""
_FULL_NOTE = 0.8
"""Share of the page's width that a line of a note reaches beyond where it goes on in the next."""
_TITLE_LINES = 6
"""Lines above a table that may be its title."""
_OVERLAP = 0.01
"""Share of the page's height that a line above or below a table may reach into it."""
_BESIDE_PROVINCE, _TITLE_LETTERS = 3, 6
"""Characters beside the name of a province up to which a line says nothing else, and the least letters of a title."""
_MIN_ROWS, _MIN_COLUMNS = 3, 3
"""Rows and columns that an annex has at least: a header, two bodies, and what is said of them."""


def parse_annexes(pages: Sequence[OcrPage], lines: Sequence[PagedLine], review_confidence: float) -> tuple[Annex, ...]:
    """Return the annexes of a document.

    Args:
        pages: All pages, in order.
        lines: The lines that belong to no letter.
        review_confidence: Values read with less ask for review.
    """
    listed = [add_unruled_list(page, [line for line in lines if line.page == page.number]) for page in pages]
    groups = [
        group
        for group in find_sections(listed)
        if _is_annex(group, columns=_MIN_COLUMNS if pages[group[0].page.number - 1].grids else 2)
    ]
    starts = [*[group[0].page.number for group in groups[1:]], len(pages) + 1][: len(groups)]
    return tuple(
        _annex(group, [line for line in lines if line.page <= max(end - 1, group[-1].page.number)], review_confidence)
        for group, end in zip(groups, starts, strict=True)
    )


def find_issues(annex: Annex) -> list[Issue]:
    """Return what is wrong with an annex as a whole: rows that are not there, statuses that are not understood."""
    return [*gaps(annex), *unread_statuses(annex)]


def ignored_tables(pages: Sequence[OcrPage], annexes: Sequence[Annex]) -> list[int]:
    """Return the pages on which a ruled table stands that no annex took; its text is in the text of the page."""
    taken = {page for annex in annexes for page in annex.pages}
    read = {
        (part.page.number, part.grid.box.y0) for group in find_sections(pages) if _is_annex(group) for part in group
    }
    return [
        page.number
        for page in pages
        if (page.grids and page.number not in taken)
        or any((page.number, grid.box.y0) not in read and not is_form(grid, page) for grid in page.grids)
    ]


def _is_annex(group: Sequence[TableSection], columns: int = _MIN_COLUMNS) -> bool:
    return sum(part.grid.rows for part in group) >= _MIN_ROWS and group[0].grid.columns >= columns


def _annex(group: list[TableSection], lines: Sequence[PagedLine], review_confidence: float) -> Annex:
    headers = [part.headers for part in group if part.first]
    columns = name_columns(headers, [(part.grid, part.body_rows) for part in group])
    above, below = _around(group, lines)
    title, province = (_sure(field, review_confidence) for field in _title(above))
    beside = [*(line.line.text for line in (*above, *below)), *(text for part in group for text in part.total_texts)]
    rows = parse_rows(group, columns, review_confidence, find_evidence(beside))
    as_of = _find_data_day([*below, *above], review_confidence)
    return Annex(
        title=title,
        province=province,
        as_of=as_of,
        pages=tuple(dict.fromkeys(part.page.number for part in group)),
        shape=_shape(columns, rows),
        columns=columns,
        rows=tuple(_doubting_later_years(row, as_of.value) for row in (rows if headers else map(_headless, rows))),
        totals=_totals(group, columns, review_confidence),
        subtotals=tuple(_subtotals(group, columns, review_confidence)),
        notes=tuple(_sure(note, review_confidence) for note in _notes(below)),
    )


def _notes(below: Sequence[PagedLine]) -> Iterator[Field[str]]:
    """Yield the notes under an annex, each with the lines that it goes on in."""
    note: list[PagedLine] = []
    for line in below:
        if note and _goes_on(note, line):
            note.append(line)
            continue
        if note:
            yield _joined_field(note)
        note = [line] if _NOTE.match(line.line.text) else []
    if note:
        yield _joined_field(note)


def _goes_on(note: Sequence[PagedLine], line: PagedLine) -> bool:
    """Tell whether a note goes on in the line below it: in its next item, or as one that was full."""
    last = note[-1]
    if line.page != last.page or _NOTE.match(line.text) or _AS_OF.search(normalize(line.text)):
        return False
    if _NOTE_ITEM.match(line.text):
        return True
    if not line.has_layout:
        return False
    near = 0 < line.box.center[1] - last.box.center[1] < _NOTE_REACH * max(line.box.height, last.box.height)
    return near and last.box.x1 > _FULL_NOTE and line.box.x0 < last.box.x1


def _headless(row: Row) -> Row:
    """Ask for review of a row under no header: its columns were not told, or it belongs to a table before it."""
    return row.model_copy(update={"review": (*row.review, "annex.no_header")})


def _doubting_later_years(row: Row, as_of: dt.date | None) -> Row:
    """Ask for review where a remark names a year after the day the data is of: a digit was misread."""
    if as_of is None or all(year <= as_of.year + BUDDHIST_OFFSET for year in row.remark_years):
        return row
    return row.model_copy(
        update={
            "remark": row.remark.doubted("remark.year_after_as_of"),
            "review": tuple(dict.fromkeys((*row.review, "remark.year_after_as_of"))),
        }
    )


def _shape(columns: Sequence[Column], rows: Sequence[Row]) -> str:
    kinds = {column.kind for column in columns}
    if any(row.status.raw for row in rows):
        return "marks"
    for kind, shape in (
        (ColumnKind.MARK, "marks"),
        (ColumnKind.AMOUNT, "amounts"),
        (ColumnKind.COUNT, "counts"),
    ):
        if kind in kinds:
            return shape
    return "other"


def _around(group: list[TableSection], lines: Sequence[PagedLine]) -> tuple[list[PagedLine], list[PagedLine]]:
    """Return the lines above the first table (nearest last) and those below the last one, on their pages."""
    first, last = group[0], group[-1]
    above = [x for x in lines if x.page == first.page.number and x.line.box.y1 <= first.grid.box.y0 + _OVERLAP]
    below = [
        x
        for x in lines
        if (x.page == last.page.number and x.line.box.y0 >= last.grid.box.y1 - _OVERLAP) or x.page > last.page.number
    ]
    return above[-_TITLE_LINES:], below


def _field(line: PagedLine, value: str | None = None) -> Field[str]:
    text = normalize(line.line.text)
    return Field[str](
        value=value or text,
        raw=line.line.text,
        confidence=line.line.confidence,
        page=line.page,
        box=line.line.box if line.has_layout else None,
        source=line.line.source,
    )


def _sure(field: Field[str], review_confidence: float) -> Field[str]:
    return field.doubted("low_confidence") if field.value and field.confidence < review_confidence else field


def _title(above: Sequence[PagedLine]) -> tuple[Field[str], Field[str]]:
    """Return the title over a table and the province it names; a line that is only the province is no title."""
    province = Field[str](review=("missing",))
    title: list[PagedLine] = []
    for line in above:
        text = normalize(line.line.text).strip()
        match = _PROVINCE.search(text)
        if match:
            province = _field(line, match.group(1))
        if (
            not (match and len(text) <= len(match.group(0)) + _BESIDE_PROVINCE)
            and len(skeleton(text)) >= _TITLE_LETTERS
        ):
            title.append(line)
    return _joined_field(title) if title else Field[str](review=("missing",)), province


def _joined_field(lines: Sequence[PagedLine]) -> Field[str]:
    """Return what some lines say, one after the other."""
    read = " ".join(normalize(line.line.text) for line in lines)
    box = functools.reduce(Box.union, (line.box for line in lines))
    confidence = min(line.line.confidence for line in lines)
    return _field(lines[0], mend(read)).model_copy(
        update={"raw": read, "confidence": confidence, "box": box if lines[0].has_layout else None}
    )


def _find_data_day(lines: Sequence[PagedLine], review_confidence: float) -> Field[dt.date]:
    for line in lines:
        if not _AS_OF.search(normalize(line.line.text)):
            continue
        found = find_dates(normalize(line.line.text))
        if not found:
            continue
        doubt = ("low_confidence",) if line.line.confidence < review_confidence else ()
        return Field[dt.date](
            value=found[0].date,
            raw=found[0].raw,
            confidence=line.line.confidence,
            page=line.page,
            box=line.line.box if line.has_layout else None,
            source=line.line.source,
            review=(*found[0].problems, *doubt),
        )
    return Field[dt.date](review=("missing",))


def _totals(group: list[TableSection], columns: Sequence[Column], review_confidence: float) -> tuple[Total, ...]:
    """Return the printed grand totals."""
    row = _grand_row(group[-1])
    return () if row is None else _totals_in(group[-1], row, columns, review_confidence)


def _grand_row(part: TableSection) -> int | None:
    """Return the row of the grand total on the last page: the last that totals, unless it names a part of the annex.

    One that says รวมทั้งสิ้น comes before others, such as รวมเงินงบประมาณ, that stand below it but not at the foot.
    """
    if not part.total_rows or subtotal_kind(label(part.grid, part.total_rows[-1])) is not None:
        return None
    whole = [row for row in part.total_rows if GRAND.match(label(part.grid, row))]
    return whole[-1] if whole and part.total_rows[-1] < part.grid.rows - 1 else part.total_rows[-1]


def _subtotals(group: list[TableSection], columns: Sequence[Column], review_confidence: float) -> Iterator[Subtotal]:
    """Yield the totals of all other rows. A plain รวม at the end of a page is of the page, elsewhere of a district."""
    above = 0
    grand = _grand_row(group[-1])
    for part in group:
        for row in part.total_rows:
            said = label(part.grid, row)
            kind = subtotal_kind(said)
            if part is group[-1] and row == grand:
                continue
            kind = kind or (SubtotalKind.PAGE if row == part.grid.rows - 1 else SubtotalKind.DISTRICT)
            name = Field[str](value=subtotal_district(said) or None, raw=said, page=part.page.number)
            rows_above = above + sum(1 for at in part.body_rows if at < row)
            for total in _totals_in(part, row, columns, review_confidence):
                yield Subtotal(kind=kind, district=name, rows_above=rows_above, column=total.column, value=total.value)
        above += len(part.body_rows)


def _totals_in(part: TableSection, row: int, columns: Sequence[Column], review_confidence: float) -> tuple[Total, ...]:
    """Return the totals that one row prints.

    Where as many numbers stand in the row as there are columns to total, they belong to them in order, even where
    the row is shifted on paper; `printed_under` says where each stands.
    """
    counted = [c for c in columns if c.kind in (ColumnKind.MARK, ColumnKind.COUNT, ColumnKind.AMOUNT)]
    numbers: list[tuple[int, Cell]] = []
    for cell in part.grid.cells:
        worded = columns[cell.column].kind in (ColumnKind.REMARK, ColumnKind.TEXT) and not _DIGIT.search(cell.text)
        if cell.row == row and cell.ink > 0 and not worded and not TOTAL.match(normalize(cell.text)):
            numbers.append((cell.column, cell))
    aligned = all(columns[at] in counted for at, _ in numbers)
    totals = []
    for order, (at, cell) in enumerate(numbers):
        value = _number(cell, part.page, review_confidence)
        column = columns[at]
        if not aligned and len(numbers) == len(counted):
            column = counted[order]
        elif not aligned:
            value = value.doubted("total.unplaced")
        totals.append(Total(column=column.key, value=value, printed_under=columns[at].key))
    return tuple(totals)


def _number(cell: Cell, page: OcrPage, review_confidence: float) -> Field[int | float]:
    said = normalize(cell.text).strip()
    value: int | float | None = parse_int(said)
    if value is None and (decimal := parse_decimal(to_arabic(said))) is not None:
        value = float(decimal)
    doubt = [] if value is not None else ["unreadable"]
    if cell.confidence < review_confidence:
        doubt.append("low_confidence")
    return Field[int | float](
        value=value,
        raw=cell.text,
        confidence=cell.confidence,
        page=page.number,
        box=cell.box if page.has_layout else None,
        source=cell.source,
        review=tuple(doubt),
    )
