"""Which row of a sheet is the header, and what the columns below it hold: by their headers, else by what is in them."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from parsers.annex.body_names import share_bodies
from thai.numerals import parse_decimal

ROLES: Final = {
    "sequence": re.compile(r"^(ลำดับ|ที่$|no\.?$|sequence|seq)", re.IGNORECASE),
    "province": re.compile(r"^(จังหวัด|province)", re.IGNORECASE),
    "district": re.compile(r"^(อำเภอ|เขต|district|amphoe)", re.IGNORECASE),
    "kind": re.compile(r"^(ประเภท|kind|type|abbr)", re.IGNORECASE),
    "name": re.compile(r"^(ชื่อ|รายชื่อ|รายนาม|อปท|องค์กรปกครอง|หน่วยงาน|หน่วยรับ|name|body)", re.IGNORECASE),
    "remark": re.compile(r"^(หมายเหตุ|remark|note)", re.IGNORECASE),
}
"""What a column holds, by how its header begins; that of statuses is told by what is in it, too."""
STATUS: Final = "status"
_TITLE_ROWS: Final = 10
"""Rows of titles at most that may stand above the header."""
LEAST_HEADERS: Final = 2
"""Different texts that a header has at least; a row with one text is a title or a note."""
SAMPLE: Final = 12
"""Rows below a header that are looked at for names of bodies: as many as tell, where some are headings or totals."""
_LEAST_BODIES: Final = 0.6
"""Share of a column's filled cells that must name bodies, where its header does not say so: as in a scan."""


class SheetError(ValueError):
    """The table has no column with the names of bodies, or a column that was named is not there."""


def find_header_row(rows: Sequence[Sequence[str]], named: Mapping[str, str]) -> int:
    """Return the first row that has the header of a column of names and one of something else; else the first row."""
    for index, row in enumerate(rows[:_TITLE_ROWS]):
        names = [at for at, text in enumerate(row) if ROLES["name"].match(text) or text == named.get("name")]
        filled = [text for text in row if text]
        if names and len(filled) > 1:
            return index
    return 0


def is_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row of a sheet may be the header of a table of bodies: words over a column of their names."""
    texts = {cell for cell in row if cell}
    if len(texts) < LEAST_HEADERS or any(parse_decimal(text) is not None for text in texts):
        return False
    if any(ROLES["name"].match(text) for text in texts):
        return True
    return share_bodies([text for text in row if text]) == 0 and _find_bodies(row, below) is not None


def find_roles(headers: Sequence[str], below: Sequence[Sequence[str]], named: Mapping[str, str]) -> dict[str, int]:
    """Return which column has which role.

    Args:
        headers: The header of each column.
        below: The rows below it.
        named: Headers by role, where a person says so.

    Raises:
        SheetError: A header that was named is not there, or a role is none.
    """
    roles = {}
    for role, header in named.items():
        if header not in headers or role not in {*ROLES, STATUS}:
            raise SheetError(f"{role} = {header}")
        roles[role] = headers.index(header)
    for role, cue in ROLES.items():
        fitting = [at for at, header in enumerate(headers) if cue.match(header) and at not in roles.values()]
        if role not in roles and fitting:
            roles[role] = fitting[0]
    if "name" not in roles and (bodies := _find_bodies(headers, below)) is not None:
        roles = {role: at for role, at in roles.items() if at != bodies} | {"name": bodies}
    return roles


def _find_bodies(headers: Sequence[str], below: Sequence[Sequence[str]]) -> int | None:
    """Return the column with a header below which most cells name bodies, or None."""
    shares = {
        at: share_bodies([row[at] for row in below[:SAMPLE] if at < len(row) and row[at]])
        for at, header in enumerate(headers)
        if header
    }
    best = max(shares, key=lambda at: shares[at], default=None)
    return best if best is not None and shares[best] >= _LEAST_BODIES else None
