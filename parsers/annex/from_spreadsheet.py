"""Rows of a table that already is data → annexes, one a province; columns by their headers and by what is in them."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from models.annex import Annex, BodyRef, CellValue, Column, ColumnKind, Row, Status
from models.field import Field, Source
from thai.numerals import parse_decimal, parse_int
from thai.years import find_years

ROLES: Final = {
    "sequence": re.compile(r"^(ลำดับ|ที่$|no\.?$|sequence|seq)", re.IGNORECASE),
    "province": re.compile(r"^(จังหวัด|province)", re.IGNORECASE),
    "district": re.compile(r"^(อำเภอ|เขต|district|amphoe)", re.IGNORECASE),
    "kind": re.compile(r"^(ประเภท|kind|type|abbr)", re.IGNORECASE),
    "name": re.compile(r"^(ชื่อ|อปท|องค์กรปกครอง|หน่วยงาน|name|body)", re.IGNORECASE),
    "remark": re.compile(r"^(หมายเหตุ|remark|note)", re.IGNORECASE),
    "status": re.compile(r"^(สถานะ|ผล|status|result)", re.IGNORECASE),
}
"""What a column holds, by how its header begins."""

_STATUS: Final = {
    **dict.fromkeys(("ผ่าน", "เรียบร้อย", "เรียบร้อยแล้ว", "ครบถ้วน", "แล้วเสร็จ", "✓", "pass", "complete"), Status.COMPLETE),
    **dict.fromkeys(("ไม่ผ่าน", "ไม่เรียบร้อย", "ไม่ครบถ้วน", "✗", "x", "fail", "incomplete"), Status.INCOMPLETE),
    **dict.fromkeys(("ยังไม่บันทึก", "ยังไม่ดำเนินการ", "not started"), Status.NOT_STARTED),
}
"""What a word in a column of statuses says; any other word says nothing, such as ไม่มีข้อมูล."""
_MOSTLY: Final = 0.5
_SPECIAL: Final = "พิเศษ"


class SheetError(ValueError):
    """The table has no column with the names of bodies, or a column that was named is not there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what, by index."""

    headers: Sequence[str]
    roles: Mapping[str, int] = field(default_factory=dict)

    def get(self, row: Sequence[str], role: str) -> str:
        """Return a row's text in the column of a role, empty where there is none."""
        at = self.roles.get(role)
        return row[at] if at is not None and at < len(row) else ""


def layout_of(rows: Sequence[Sequence[str]], named: Mapping[str, str] | None = None) -> Layout:
    """Return which column of a table holds what.

    Args:
        rows: The header first.
        named: Headers by role, where a person says so.

    Raises:
        SheetError: No column holds names, or one that was named is not there.
    """
    headers = rows[0]
    roles = {}
    for role, header in (named or {}).items():
        if header not in headers or role not in ROLES:
            raise SheetError(f"{role} = {header}")
        roles[role] = headers.index(header)
    for role, cue in ROLES.items():
        fitting = [at for at, header in enumerate(headers) if cue.match(header) and at not in roles.values()]
        if role == "status":
            fitting = [at for at in fitting if _says_status(rows[1:], at)]
        if role not in roles and fitting:
            roles[role] = fitting[0]
    if "status" not in roles:
        told = [at for at in range(len(headers)) if at not in roles.values() and _says_status(rows[1:], at)]
        roles |= {"status": told[0]} if told else {}
    if "name" not in roles:
        raise SheetError(", ".join(headers))
    return Layout(headers, roles)


def annexes_of(
    rows: Sequence[Sequence[str]], layout: Layout, title: str, as_of: dt.date | None, province: str | None = None
) -> list[Annex]:
    """Return an annex for each province of a table, its rows in order.

    Args:
        rows: The header first.
        layout: From `layout_of`.
        title: What the table is about; rounds of one series have one title.
        as_of: Day the data is of, as a person gave it.
        province: Of all rows, where the table has no column for it.
    """
    columns = tuple(_column(at, layout, rows[1:]) for at in range(len(layout.headers)))
    by_province: dict[str, list[Sequence[str]]] = {}
    for row in rows[1:]:
        by_province.setdefault(layout.get(row, "province") or province or "", []).append(row)
    return [
        Annex(
            title=_given(title),
            province=_text(name),
            as_of=Field[dt.date](value=as_of, confidence=1.0, source=Source.PERSON) if as_of else Field[dt.date](),
            pages=(1,),
            shape="marks" if "status" in layout.roles else "other",
            columns=columns,
            rows=tuple(_row(number, row, layout, columns) for number, row in enumerate(found, start=1)),
        )
        for name, found in by_province.items()
    ]


def _says_status(rows: Iterable[Sequence[str]], at: int) -> bool:
    texts = [row[at].lower() for row in rows if at < len(row) and row[at]]
    return bool(texts) and sum(text in _STATUS for text in texts) >= _MOSTLY * len(texts)


def _column(at: int, layout: Layout, rows: Iterable[Sequence[str]]) -> Column:
    role = next((role for role, index in layout.roles.items() if index == at), None)
    kinds = {
        "sequence": ColumnKind.SEQUENCE,
        "district": ColumnKind.DISTRICT,
        "name": ColumnKind.BODY,
        "remark": ColumnKind.REMARK,
    }
    kind = kinds.get(role or "")
    if kind is None:
        texts = [row[at] for row in rows if at < len(row) and row[at]]
        counted = bool(texts) and role is None and all(parse_decimal(text) is not None for text in texts)
        kind = ColumnKind.COUNT if counted else ColumnKind.TEXT
    header = layout.headers[at]
    return Column(key=f"c{at + 1}", header=header, kind=kind, page_headers=(header,))


def _row(number: int, row: Sequence[str], layout: Layout, columns: Sequence[Column]) -> Row:
    kind, name = layout.get(row, "kind"), layout.get(row, "name")
    label = name if not kind or name.startswith(kind) or _SPECIAL in kind else f"{kind}{name}"
    status = layout.get(row, "status")
    remark = layout.get(row, "remark")
    sequence = parse_int(layout.get(row, "sequence"))
    return Row(
        sequence=Field[int](
            value=sequence if sequence is not None else number,
            raw=layout.get(row, "sequence"),
            confidence=1.0,
            source=Source.DATA if sequence is not None else Source.DERIVED,
        ),
        district=_text(layout.get(row, "district")),
        body=Field[BodyRef](raw=label, confidence=1.0, page=1, source=Source.DATA),
        cells={
            column.key: Field[CellValue](value=text, raw=text, confidence=1.0, page=1, source=Source.DATA)
            for column, text in zip(columns, row, strict=False)
        },
        status=Field[Status](value=_STATUS.get(status.lower()), raw=status, confidence=1.0, page=1, source=Source.DATA),
        remark=_text(remark),
        remark_years=find_years(remark),
    )


def _text(text: str) -> Field[str]:
    return Field[str](value=text or None, raw=text, confidence=1.0, page=1, source=Source.DATA)


def _given(text: str) -> Field[str]:
    return Field[str](value=text, raw=text, confidence=1.0, source=Source.PERSON)
