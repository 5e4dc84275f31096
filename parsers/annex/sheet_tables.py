"""Finding the tables of a sheet: title rows above, a header of one row or two, the bodies, the rows of totals."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from parsers.annex.from_spreadsheet import TOTAL_LABEL, SheetLayout, SheetRow, detect_sheet_layout, is_total
from parsers.annex.sheet_roles import LEAST_HEADERS, SAMPLE, SheetError, is_header
from thai.numerals import parse_decimal, parse_int

_HEADING: Final = re.compile(r"(?P<province>จังหวัด|จ\.)?(?P<district>(?:กิ่ง)?อำเภอ|อ\.)?\s*(?P<name>[ก-ฮเ-ไ][ก-๎]+)")
"""What a row says that names nothing but the province or district of those below."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table of a sheet.

    Attributes:
        titles: The texts above its header, each once.
        layout: Its headers, and which column holds what.
        rows: A body a row.
        totals: Rows that say how many or how much there is above them.
        notes: Texts of rows that are neither.
        left: Columns of the sheet that stand left of it.
    """

    titles: tuple[str, ...]
    layout: SheetLayout
    rows: tuple[SheetRow, ...]
    totals: tuple[SheetRow, ...]
    notes: tuple[str, ...]
    left: int = 0


def find_tables(rows: Sequence[Sequence[str]], named: Mapping[str, str] | None = None) -> list[SheetTable]:
    """Return the tables of a sheet that have a column with names of bodies, top to bottom, left to right.

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
        titles = dict.fromkeys(cell for row in rows[above:start] for cell in dict.fromkeys(row) if cell)
        for columns in [slice(0, None)] if named else _find_side_by_side(rows[start:end]):
            table = _table([row[columns] for row in rows], start, end, named)
            tables.append(replace(table, titles=tuple(titles), left=columns.start))
        above = end
    return tables


def _find_side_by_side(rows: Sequence[Sequence[str]]) -> list[slice]:
    """Return the columns of each table under one row of headers: one, or as many as have the same headers again.

    Args:
        rows: The header, and what is below it.
    """
    headers = rows[0]
    first = next(header for header in headers if header)
    starts = [at for at, header in enumerate(headers) if header == first and (not at or headers[at - 1] != first)]
    starts[0] = 0
    found = []
    for left, right in pairwise([*starts, len(headers)]):
        filled = [at for at in range(left, right) if any(row[at] for row in rows)]
        found.append(slice(left, filled[-1] + 1))
    if len(found) == 1:
        return [slice(0, None)]
    sample = rows[1 : 1 + SAMPLE]
    whole = all(is_header(headers[part], [row[part] for row in sample]) for part in found)
    return found if whole else [slice(0, None)]


def _table(rows: Sequence[Sequence[str]], start: int, end: int, named: Mapping[str, str] | None) -> SheetTable:
    layout, first = _read_header(rows, start, end, named)
    bodies: list[SheetRow] = []
    totals: list[SheetRow] = []
    notes: list[str] = []
    over = _Headings()
    for index in range(first, end):
        cells = rows[index]
        if not any(cells) or list(cells) == list(layout.headers):
            continue
        if over.take(cells):
            continue
        if is_total(cells, layout):
            totals.append(SheetRow(index + 1, cells))
        elif layout.get(cells, "name") or _lacks_its_name(cells, bodies[-1].cells if bodies else (), layout):
            bodies.append(over.place(index + 1, cells))
        elif (text := join_cells(cells)) and not is_numbering(cells):
            notes.append(text)
    return SheetTable((), layout, tuple(bodies), tuple(totals), (*notes, *over.without_rows))


class _Headings:
    """The rows of a table that name nothing but the province or the district of those below.

    Attributes:
        without_rows: What those say that no row of a body came after.
    """

    def __init__(self) -> None:
        self.without_rows: list[str] = []
        self._province = self._district = ""

    def take(self, cells: Sequence[str]) -> bool:
        """Return whether a row is such a heading, which then holds for those below."""
        texts = {cell for cell in cells if cell}
        match = _HEADING.fullmatch(next(iter(texts))) if len(texts) == 1 else None
        if match is None or bool(match["province"]) == bool(match["district"]):
            return False
        self._province = match["name"] if match["province"] else self._province
        self._district = match["name"] if match["district"] else ""
        self.without_rows.append(match[0])
        return True

    def place(self, number: int, cells: Sequence[str]) -> SheetRow:
        """Return a row of a body with the province and the district that stand above it."""
        self.without_rows.clear()
        return SheetRow(number, cells, self._province, self._district)


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
    for index in range(len(rows)):
        if not _may_begin(rows, index):
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


def _may_begin(rows: Sequence[Sequence[str]], index: int) -> bool:
    return is_header(rows[index], rows[index + 1 : index + 1 + SAMPLE]) and not TOTAL_LABEL.match(
        next(cell for cell in rows[index] if cell)
    )


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
    return len(set(fresh)) >= LEAST_HEADERS and not is_total(row, layout)


def _title_start(rows: Sequence[Sequence[str]], header: int, floor: int) -> int:
    start = header
    while start - 1 > floor and len({cell for cell in rows[start - 1] if cell}) == 1:
        start -= 1
    return start


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether a row only counts the columns, as (1) (2) (3) under a header."""
    return all(re.fullmatch(r"\(?[0-9๐-๙]{1,2}\)?", cell) for cell in cells if cell)
