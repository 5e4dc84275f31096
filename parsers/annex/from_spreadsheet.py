"""Rows of a table that already is data → annexes, one a province; columns by their headers and by what is in them."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from models.annex import Annex, BodyRef, CellValue, Column, ColumnKind, Row, Status
from models.field import Field, Source
from parsers.annex.numbers import NUMBER_UNREADABLE, is_number_or_nil, parse_number
from parsers.annex.status_columns import (
    StateColumns,
    StatusColumn,
    find_state_columns,
    find_status_column,
)
from parsers.annex.status_words import is_nil
from thai.numerals import parse_decimal, parse_int
from thai.text import normalize
from thai.years import find_years

ROLES: Final = {
    "sequence": re.compile(r"^(ลำดับ|ที่$|no\.?$|sequence|seq)", re.IGNORECASE),
    "province": re.compile(r"^(จังหวัด|province)", re.IGNORECASE),
    "district": re.compile(r"^(อำเภอ|เขต|district|amphoe)", re.IGNORECASE),
    "kind": re.compile(r"^(ประเภท|kind|type|abbr)", re.IGNORECASE),
    "name": re.compile(r"^(ชื่อ|อปท|องค์กรปกครอง|หน่วยงาน|name|body)", re.IGNORECASE),
    "remark": re.compile(r"^(หมายเหตุ|remark|note)", re.IGNORECASE),
}
"""What a column holds, by how its header begins; that of statuses is told by what is in it, too."""
_STATUS: Final = "status"
_KINDS: Final = {
    "sequence": ColumnKind.SEQUENCE,
    "district": ColumnKind.DISTRICT,
    "name": ColumnKind.BODY,
    "remark": ColumnKind.REMARK,
}
_AMOUNT: Final = re.compile(r"จำนวนเงิน|งบประมาณ|\(บาท\)|amount|budget", re.IGNORECASE)
_MOSTLY: Final = 0.6
"""Share of a column's filled cells that are numbers where it is one of numbers: the same as in a scan."""
_TITLE_ROWS: Final = 10
"""Rows of titles at most that may stand above the header."""
_SPECIAL: Final = "พิเศษ"
TOTAL_LABEL: Final = re.compile(
    r"^(?:รวม|ยอดรวม|ผลรวม|รวมยอด|total|sum|grand total)"
    r"(?:ทั้งสิ้น|ทั้งหมด|ทั้งจังหวัด|ทุกอำเภอ|ยอด|จำนวน|จังหวัด|อำเภอ|เขต)?(?=$|[\s\d๐-๙:(]|อำเภอ|จังหวัด|ทั้ง|จำนวน)"
    r"|^(?:ทั้งสิ้น|ยอดยก|ยกยอด|ยกมา|ยกไป)",
    re.IGNORECASE,
)
"""How the label of a row of totals begins; อบต.รวมไทยพัฒนา does not."""


class SheetError(ValueError):
    """The table has no column with the names of bodies, or a column that was named is not there."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Which column holds what, by index.

    Attributes:
        headers: The header of each column.
        roles: Column by role.
        first: Index of the first row below the header.
        status: What the words of the column of statuses mean, where there is one.
        states: The columns that are named by states, where there are such.
    """

    headers: Sequence[str]
    roles: Mapping[str, int] = field(default_factory=dict)
    first: int = 1
    status: StatusColumn | None = None
    states: StateColumns | None = None

    def get(self, row: Sequence[str], role: str) -> str:
        """Return a row's text in the column of a role, empty where there is none."""
        at = self.roles.get(role)
        return row[at] if at is not None and at < len(row) else ""


def detect_sheet_layout(rows: Sequence[Sequence[str]], named: Mapping[str, str] | None = None) -> SheetLayout:
    """Return which column of a table holds what.

    Args:
        rows: The header first, or below some rows of titles.
        named: Headers by role, where a person says so.

    Raises:
        SheetError: No column holds names, or one that was named is not there.
    """
    first = _header_row(rows, named or {})
    headers = rows[first]
    roles = _find_roles(headers, _named_roles(headers, named or {}))
    if "name" not in roles:
        raise SheetError(", ".join(headers))
    return _with_statuses(SheetLayout(headers, roles, first + 1), rows)


def _find_roles(headers: Sequence[str], named: Mapping[str, int]) -> dict[str, int]:
    roles = dict(named)
    for role, cue in ROLES.items():
        fitting = [at for at, header in enumerate(headers) if cue.match(header) and at not in roles.values()]
        if role not in roles and fitting:
            roles[role] = fitting[0]
    return roles


def _with_statuses(layout: SheetLayout, rows: Sequence[Sequence[str]]) -> SheetLayout:
    """Return a layout that knows which column or columns say how far each body is."""
    headers, roles, first = layout.headers, dict(layout.roles), layout.first
    columns = _cells_by_column(rows[first:], layout)
    free = [at for at in range(len(headers)) if at not in roles.values() or at == roles.get(_STATUS)]
    states = find_state_columns(headers, columns, free) if _STATUS not in roles else None
    if states is not None:
        return SheetLayout(headers, roles, first, states=states)
    free = [roles[_STATUS]] if _STATUS in roles else free
    remarks = columns[roles["remark"]] if "remark" in roles else ()
    status = find_status_column(headers, columns, free, remarks, named=_STATUS in roles)
    return SheetLayout(headers, roles | ({_STATUS: status.index} if status else {}), first, status)


def build_province_annexes(
    rows: Sequence[Sequence[str]], layout: SheetLayout, title: str, province: str | None = None
) -> list[Annex]:
    """Return an annex for each province of a table, its rows in order.

    A cell of province or district that is empty goes on with the one above, as merged cells do.

    Args:
        rows: The header, and below it the rows of bodies alone.
        layout: From `detect_sheet_layout`.
        title: What the table is about; rounds of one series have one title.
        province: Of all rows, where the table has no column for it.
    """
    body_rows = rows[layout.first :]
    columns = tuple(_column(at, layout, body_rows) for at in range(len(layout.headers)))
    by_province: dict[str, list[_PlacedRow]] = {}
    above = _PlacedRow(())
    for row in body_rows:
        own = layout.get(row, "province") or above.province or province or ""
        stated = layout.get(row, "district")
        goes_on = not stated and own == above.province
        above = _PlacedRow(row, own, above.district if goes_on else stated, goes_on and bool(above.district))
        by_province.setdefault(own, []).append(above)
    return [
        Annex(
            title=_given(title),
            province=_text(name),
            as_of=Field[dt.date](),
            pages=(1,),
            shape="marks" if layout.status or layout.states else "other",
            columns=columns,
            rows=tuple(_row(number, placed, layout, columns) for number, placed in enumerate(found, start=1)),
        )
        for name, found in by_province.items()
    ]


@dataclass(frozen=True, slots=True)
class _PlacedRow:
    """A row with the province and district that it is of, and whether the district is that of the row above."""

    cells: Sequence[str]
    province: str = ""
    district: str = ""
    district_above: bool = False


def _header_row(rows: Sequence[Sequence[str]], named: Mapping[str, str]) -> int:
    """Return the first row that has the header of a column of names and one of something else; else the first row."""
    for index, row in enumerate(rows[:_TITLE_ROWS]):
        names = [at for at, text in enumerate(row) if ROLES["name"].match(text) or text == named.get("name")]
        filled = [text for text in row if text]
        if names and len(filled) > 1:
            return index
    return 0


def _named_roles(headers: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    roles = {}
    for role, header in named.items():
        if header not in headers or role not in {*ROLES, _STATUS}:
            raise SheetError(f"{role} = {header}")
        roles[role] = headers.index(header)
    return roles


def _cells_by_column(rows: Sequence[Sequence[str]], layout: SheetLayout) -> list[list[str]]:
    bodies = [row for row in rows if not is_total(row, layout)]
    return [[row[at] if at < len(row) else "" for row in bodies] for at in range(len(layout.headers))]


def is_total(cells: Sequence[str], layout: SheetLayout) -> bool:
    """Whether a row says how many there are instead of naming a body."""
    if layout.get(cells, "kind"):
        return False
    labels = [layout.get(cells, "name"), *(cell for cell in cells if cell)][:2]
    return any(TOTAL_LABEL.match(label) for label in labels)


def _column(at: int, layout: SheetLayout, rows: Sequence[Sequence[str]]) -> Column:
    role = next((role for role, index in layout.roles.items() if index == at), None)
    header = layout.headers[at]
    state = layout.states.statuses.get(at) if layout.states else None
    kind = ColumnKind.MARK if state else _KINDS.get(role or "")
    if kind is None:
        texts = [row[at] for row in rows if at < len(row) and row[at]]
        kind = _kind_by_content(header, texts) if role is None else ColumnKind.TEXT
    return Column(key=f"c{at + 1}", header=header, kind=kind, status=state, page_headers=(header,))


def _kind_by_content(header: str, texts: Sequence[str]) -> ColumnKind:
    said = [text for text in texts if not is_nil(text)]
    if _AMOUNT.search(header) and sum(map(_has_digit, said)) > _MOSTLY * len(said):
        return ColumnKind.AMOUNT  # what is no number there asks
    numbers = sum(parse_decimal(text) is not None for text in said)
    if not numbers or numbers < _MOSTLY * len(said):
        return ColumnKind.TEXT
    return ColumnKind.AMOUNT if _AMOUNT.search(header) else ColumnKind.COUNT


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _row(number: int, placed: _PlacedRow, layout: SheetLayout, columns: Sequence[Column]) -> Row:
    row = placed.cells
    kind, name = layout.get(row, "kind"), layout.get(row, "name")
    label = name if not kind or name.startswith(kind) or _SPECIAL in kind else f"{kind}{name}"
    remark = layout.get(row, "remark")
    sequence = parse_int(layout.get(row, "sequence"))
    status = _status(row, layout)
    cells = {column.key: _cell(column, text) for column, text in zip(columns, row, strict=False)}
    district = _text(placed.district)
    if placed.district_above:
        district = district.model_copy(update={"source": Source.DERIVED})
    asked = [status.review, *(cell.review for cell in cells.values())]
    return Row(
        sequence=Field[int](
            value=sequence if sequence is not None else number,
            raw=layout.get(row, "sequence"),
            confidence=1.0,
            source=Source.DATA if sequence is not None else Source.DERIVED,
        ),
        district=district,
        body=Field[BodyRef](
            raw=label, confidence=1.0, page=1, source=Source.DATA, review=() if label else ("missing",)
        ),
        cells=cells,
        status=status,
        remark=_text(remark),
        remark_years=find_years(remark),
        review=tuple(dict.fromkeys(code for codes in asked for code in codes)),
    )


def _cell(column: Column, text: str) -> Field[CellValue]:
    numeric = column.kind in (ColumnKind.COUNT, ColumnKind.AMOUNT)
    return Field[CellValue](
        value=parse_number(column.kind, text) if numeric else text,
        raw=text,
        confidence=1.0,
        page=1,
        source=Source.DATA,
        review=(NUMBER_UNREADABLE,) if numeric and not is_number_or_nil(text) else (),
    )


def _status(row: Sequence[str], layout: SheetLayout) -> Field[Status]:
    """Return what a row's word, or the column that its sign stands in, says; nothing where no column says it."""
    said = ""
    status: Status | None = None
    review: tuple[str, ...] = ()
    if layout.states is not None:
        said, status, review = layout.states.parse(row)
    elif layout.status is not None:
        said = layout.get(row, _STATUS)
        status, review = layout.status.parse(said)
    return Field[Status](value=status, raw=said, confidence=1.0, page=1, source=Source.DATA, review=review)


def _text(text: str) -> Field[str]:
    return Field[str](value=normalize(text) or None, raw=text, confidence=1.0, page=1, source=Source.DATA)


def _given(text: str) -> Field[str]:
    return Field[str](value=text, raw=text, confidence=1.0, source=Source.PERSON)
