"""Rows of a table that already is data → annexes, one a province; columns by their headers and by what is in them."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from models.annex import Annex, BodyRef, CellValue, Column, ColumnKind, Row, Status
from models.field import Field, Source
from parsers.annex.dates import holds_dates, parse_date_cell
from parsers.annex.numbers import NUMBER_UNREADABLE, is_number_or_nil, parse_number
from parsers.annex.sheet_roles import STATUS, SheetError, find_header_row, find_roles
from parsers.annex.state_columns import StateColumns, find_state_columns
from parsers.annex.status_columns import StatusColumn, find_status_column
from parsers.annex.status_evidence import find_evidence
from parsers.annex.status_words import is_nil
from thai.numerals import parse_decimal, parse_int
from thai.text import normalize
from thai.years import find_years

_KINDS: Final = {
    "sequence": ColumnKind.SEQUENCE,
    "district": ColumnKind.DISTRICT,
    "name": ColumnKind.BODY,
    "remark": ColumnKind.REMARK,
}
_AMOUNT: Final = re.compile(r"จำนวนเงิน|งบประมาณ|\(บาท\)|amount|budget", re.IGNORECASE)
_MOSTLY: Final = 0.6
"""Share of a column's filled cells that are numbers where it is one of numbers: the same as in a scan."""
_SPECIAL: Final = "พิเศษ"
TOTAL_LABEL: Final = re.compile(
    r"^(?:รวม|ยอดรวม|ผลรวม|รวมยอด|total|sum|grand total)"
    r"(?:ทั้งสิ้น|ทั้งหมด|ทั้งจังหวัด|ทุกอำเภอ|ยอด|จำนวน|จังหวัด|อำเภอ|เขต)?(?=$|[\s\d๐-๙:(]|อำเภอ|จังหวัด|ทั้ง|จำนวน)"
    r"|^รวม(?:ที่)?(?:แล้ว|ยัง|ไม่ส่ง|ส่ง|จัดส่ง|จัดทำ|ดำเนินการ|รายงาน|บันทึก|ผ่าน|ไม่ผ่าน|ครบ|ไม่ครบ)"
    r"|^(?:ทั้งสิ้น|ยอดยก|ยกยอด|ยกมา|ยกไป)",
    re.IGNORECASE,
)
"""How the label of a row of totals begins; อบต.รวมไทยพัฒนา does not."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a table.

    Attributes:
        number: Where it stands in its sheet, from 1.
        cells: What it says.
        province, district: What the last row above says that names nothing but these; empty where none does.
    """

    number: int
    cells: Sequence[str]
    province: str = ""
    district: str = ""


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
    first = find_header_row(rows, named or {})
    roles = find_roles(rows[first], rows[first + 1 :], named or {})
    if "name" not in roles:
        raise SheetError(", ".join(rows[first]))
    return _with_statuses(SheetLayout(rows[first], roles, first + 1), rows)


def _with_statuses(layout: SheetLayout, rows: Sequence[Sequence[str]]) -> SheetLayout:
    """Return a layout that knows which column or columns say how far each body is."""
    headers, roles, first = layout.headers, dict(layout.roles), layout.first
    columns = _cells_by_column(rows[first:], layout)
    free = [at for at in range(len(headers)) if at not in roles.values() or at == roles.get(STATUS)]
    free = [at for at in free if not holds_dates(columns[at])]
    states = find_state_columns(headers, columns, free) if STATUS not in roles else None
    if states is not None:
        return SheetLayout(headers, roles, first, states=states)
    free = [roles[STATUS]] if STATUS in roles else free
    remarks = columns[roles["remark"]] if "remark" in roles else ()
    beside = [cell for row in rows[first:] if _is_beside_bodies(row, layout) for cell in dict.fromkeys(row) if cell]
    evidence = find_evidence(beside)
    status = find_status_column(headers, columns, free, remarks, named=STATUS in roles, evidence=evidence)
    return SheetLayout(headers, roles | ({STATUS: status.index} if status else {}), first, status)


def build_province_annexes(
    rows: Sequence[SheetRow], layout: SheetLayout, title: str, province: str | None = None
) -> list[tuple[Annex, list[SheetRow]]]:
    """Return an annex for each province of a table with the rows that it is made of, in order.

    A cell of province or district that is empty goes on with the one above, as merged cells do.

    Args:
        rows: A body a row.
        layout: From `detect_sheet_layout`.
        title: What the table is about; rounds of one series have one title.
        province: Of all rows, where the table has no column for it.
    """
    columns = tuple(_column(at, layout, [row.cells for row in rows]) for at in range(len(layout.headers)))
    by_province: dict[str, list[_PlacedRow]] = {}
    above: _PlacedRow | None = None
    for row in rows:
        above = _place(row, layout, above, province or "")
        by_province.setdefault(above.province, []).append(above)
    return [
        (
            Annex(
                title=_given(title),
                province=_text(name),
                as_of=Field[dt.date](),
                pages=(1,),
                shape="marks" if layout.status or layout.states else "other",
                columns=columns,
                rows=tuple(_row(number, placed, layout, columns) for number, placed in enumerate(found, start=1)),
            ),
            [placed.row for placed in found],
        )
        for name, found in by_province.items()
    ]


@dataclass(frozen=True, slots=True)
class _PlacedRow:
    """A row with the province and district that it is of, and whether the district is told by what stands above."""

    row: SheetRow
    province: str
    district: str
    district_above: bool


def _place(row: SheetRow, layout: SheetLayout, above: _PlacedRow | None, province: str) -> _PlacedRow:
    own = layout.get(row.cells, "province") or row.province or (above.province if above else province)
    stated = layout.get(row.cells, "district")
    goes_on = row.district or (above.district if above and own == above.province else "")
    return _PlacedRow(row, own, stated or goes_on, not stated and bool(goes_on))


def _cells_by_column(rows: Sequence[Sequence[str]], layout: SheetLayout) -> list[list[str]]:
    bodies = [row for row in rows if not _is_beside_bodies(row, layout)]
    return [[row[at] if at < len(row) else "" for row in bodies] for at in range(len(layout.headers))]


def _is_beside_bodies(row: Sequence[str], layout: SheetLayout) -> bool:
    """Tell whether a row is a total, or says one thing alone, as headings and notes do, merged or not."""
    return len({cell for cell in row if cell}) <= 1 or is_total(row, layout)


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
    if holds_dates(said):
        return ColumnKind.DATE
    numbers = sum(parse_decimal(text) is not None for text in said)
    if not numbers or numbers < _MOSTLY * len(said):
        return ColumnKind.TEXT
    return ColumnKind.AMOUNT if _AMOUNT.search(header) else ColumnKind.COUNT


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _row(number: int, placed: _PlacedRow, layout: SheetLayout, columns: Sequence[Column]) -> Row:
    row = placed.row.cells
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
    value: CellValue = text
    review: tuple[str, ...] = ()
    if column.kind in (ColumnKind.COUNT, ColumnKind.AMOUNT):
        value = parse_number(column.kind, text)
        review = () if is_number_or_nil(text) else (NUMBER_UNREADABLE,)
    elif column.kind is ColumnKind.DATE:
        value, review = parse_date_cell(text)
    return Field[CellValue](value=value, raw=text, confidence=1.0, page=1, source=Source.DATA, review=review)


def _status(row: Sequence[str], layout: SheetLayout) -> Field[Status]:
    """Return what a row's word, or the column that its sign stands in, says; nothing where no column says it."""
    said = ""
    status: Status | None = None
    review: tuple[str, ...] = ()
    if layout.states is not None:
        _, said, status, review = layout.states.parse(row)
    elif layout.status is not None:
        said = layout.get(row, STATUS)
        status, review = layout.status.parse(said)
    return Field[Status](value=status, raw=said, confidence=1.0, page=1, source=Source.DATA, review=review)


def _text(text: str) -> Field[str]:
    return Field[str](value=normalize(text) or None, raw=text, confidence=1.0, page=1, source=Source.DATA)


def _given(text: str) -> Field[str]:
    return Field[str](value=text, raw=text, confidence=1.0, source=Source.PERSON)
