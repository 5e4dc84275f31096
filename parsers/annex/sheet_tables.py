"""Finding the tables of a sheet: title rows above, a header of one row or two, the bodies, the rows of totals."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from parsers.annex.from_spreadsheet import ROLES, TOTAL_LABEL, SheetError, SheetLayout, detect_sheet_layout, is_total
from thai.numerals import parse_decimal, parse_int

_LEAST_HEADERS: Final = 2
"""Different texts that a header has at least; a row with one text is a title or a note."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a table: where it stands in its sheet, from 1, and its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table of a sheet.

    Attributes:
        titles: The texts above its header, each once.
        layout: Its headers, and which column holds what.
        rows: A body a row.
        totals: Rows that say how many or how much there is above them.
        notes: Texts of rows that are neither.
    """

    titles: tuple[str, ...]
    layout: SheetLayout
    rows: tuple[SheetRow, ...]
    totals: tuple[SheetRow, ...]
    notes: tuple[str, ...]


def find_tables(rows: Sequence[Sequence[str]], named: Mapping[str, str] | None = None) -> list[SheetTable]:
    """Return the tables of a sheet that have a column with names of bodies, top to bottom.

    Args:
        rows: Those of the sheet.
        named: Headers by role, where a person says so.

    Raises:
        SheetError: A person named a column that is not there.
    """
    starts = _find_headers(rows, named)
    tables = []
    above = 0
    for index, start in enumerate(starts):
        # What stands above the next header, back to the last empty row, is the title of the next table.
        end = _title_start(rows, starts[index + 1], start) if index + 1 < len(starts) else len(rows)
        tables.append(_table(rows, above, start, end, named))
        above = end
    return tables


def _table(
    rows: Sequence[Sequence[str]], above: int, start: int, end: int, named: Mapping[str, str] | None
) -> SheetTable:
    layout, first = _read_header(rows, start, end, named)
    titles = dict.fromkeys(cell for row in rows[above:start] for cell in dict.fromkeys(row) if cell)
    bodies: list[SheetRow] = []
    totals: list[SheetRow] = []
    notes: list[str] = []
    for index in range(first, end):
        cells = rows[index]
        if not any(cells) or list(cells) == list(layout.headers):
            continue
        if is_total(cells, layout):
            totals.append(SheetRow(index + 1, cells))
        elif layout.get(cells, "name") or _lacks_its_name(cells, bodies[-1].cells if bodies else (), layout):
            bodies.append(SheetRow(index + 1, cells))
        elif (text := join_cells(cells)) and not is_numbering(cells):
            notes.append(text)
    return SheetTable(tuple(titles), layout, tuple(bodies), tuple(totals), tuple(notes))


def join_cells(cells: Sequence[str]) -> str:
    """Return what a row says as one text; a text that a merged cell repeats is said once, a number each time."""
    filled = [cell for cell in cells if cell]
    fresh = (
        cell
        for cell, before in zip(filled, ["", *filled], strict=False)
        if cell != before or parse_decimal(cell) is not None
    )
    return " ".join(fresh)


def _lacks_its_name(cells: Sequence[str], above: Sequence[str], layout: SheetLayout) -> bool:
    """Whether a row is a body's whose name is not given: numbered as the next one, or numbered and with a value."""
    number, before = (parse_int(layout.get(row, "sequence")) for row in (cells, above))
    if number is None or is_numbering(cells):
        return False
    where = {layout.roles.get(role) for role in ("sequence", "province", "district")}
    return (before is not None and number == before + 1) or any(
        cell for at, cell in enumerate(cells) if at not in where
    )


def _find_headers(rows: Sequence[Sequence[str]], named: Mapping[str, str] | None) -> list[int]:
    if named:
        return [_find_named(rows, named)]
    starts: list[int] = []
    for index, row in enumerate(rows):
        if not _is_header(row):
            continue
        if not starts or _begins_another(rows, starts[-1], index):
            starts.append(index)
    return starts


def _find_named(rows: Sequence[Sequence[str]], named: Mapping[str, str]) -> int:
    """Return the row with all headers that a person named.

    Raises:
        SheetError: There is none.
    """
    for start, row in enumerate(rows):
        if all(header in row for header in named.values()):
            detect_sheet_layout(rows[start:], named)
            return start
    raise SheetError(", ".join(f"{role} = {header}" for role, header in named.items()))


def _begins_another(rows: Sequence[Sequence[str]], last: int, index: int) -> bool:
    """Whether a header below a table begins another one: only after an empty row or a title.

    The same header without a title is that of a new page, and one right below a header is its second row.
    """
    above = {cell for cell in rows[index - 1] if cell}
    if index - 1 == last or len(above) > 1:
        return False
    titled = len(above) == 1 and not TOTAL_LABEL.match(next(iter(above)))
    return titled or list(rows[index]) != list(rows[last])


def _is_header(row: Sequence[str]) -> bool:
    texts = {cell for cell in row if cell}
    if len(texts) < _LEAST_HEADERS or any(parse_decimal(text) is not None for text in texts):
        return False
    roles = [role for role, cue in ROLES.items() if any(cue.match(text) for text in texts)]
    return "name" in roles and not TOTAL_LABEL.match(next(iter(cell for cell in row if cell)))


def _read_header(
    rows: Sequence[Sequence[str]], start: int, end: int, named: Mapping[str, str] | None
) -> tuple[SheetLayout, int]:
    """Return the layout and where the rows begin: below a second row of headers, where there is one."""
    layout = detect_sheet_layout(rows[start:end], named)
    below = start + 1
    if below >= end or not _continues(layout, rows[below]):
        return layout, below
    headers, group = [], ""
    for upper, lower in zip(layout.headers, rows[below], strict=True):
        group = upper or group  # a heading over several columns stands in the first of them
        headers.append(lower if not upper and not group else group if lower in ("", upper) else f"{group} {lower}")
    return detect_sheet_layout([headers, *rows[below + 1 : end]], named), below + 1


def _continues(layout: SheetLayout, row: Sequence[str]) -> bool:
    """Whether the row below a header is more of it: the name's heading again, as merged cells are filled, or none."""
    name = layout.get(row, "name")
    texts = [cell for cell in row if cell]
    if name not in ("", layout.headers[layout.roles["name"]]) or any(parse_decimal(text) is not None for text in texts):
        return False
    fresh = [text for text, upper in zip(row, layout.headers, strict=True) if text and text != upper]
    return len(set(fresh)) >= _LEAST_HEADERS and not is_total(row, layout)


def _title_start(rows: Sequence[Sequence[str]], header: int, floor: int) -> int:
    start = header
    while start - 1 > floor and len({cell for cell in rows[start - 1] if cell}) == 1:
        start -= 1
    return start


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether a row only counts the columns, as (1) (2) (3) under a header."""
    return all(re.fullmatch(r"\(?[0-9๐-๙]{1,2}\)?", cell) for cell in cells if cell)
