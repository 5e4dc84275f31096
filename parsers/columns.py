"""The columns of an annex: what each holds, told by its header and by its cells."""

import re
from collections.abc import Sequence

from models.annex import Column, ColumnKind, Status
from models.ocr import Cell, Grid, Mark
from parsers.thai.numerals import parse_decimal, to_arabic
from parsers.thai.text import skeleton

_HEADERS: tuple[tuple[ColumnKind, tuple[str, ...]], ...] = (
    (ColumnKind.REMARK, ("หมายเหตุ",)),
    (ColumnKind.PERCENT, ("ร้อยละ", "%")),
    (ColumnKind.AMOUNT, ("จำนวนเงิน", "งบประมาณ", "(บาท)")),
    (ColumnKind.SEQUENCE, ("ลำดับ", "ลำดับที่")),
    (ColumnKind.DISTRICT, ("อำเภอ",)),
    (ColumnKind.BODY, ("อปท", "องค์กรปกครองส่วนท้องถิ่น", "ชื่อหน่วยงาน", "หน่วยงาน")),
)
_SHORT_HEADERS = {"ที่": ColumnKind.SEQUENCE}
_LONG_HEADER = 24
_COUNT_OF = skeleton("จำนวน")
_SIGNS = frozenset({Mark.TICK, Mark.CROSS, Mark.SLASH, Mark.CIRCLE, Mark.DISC})
# Searched in the skeleton, where a lost tone mark makes no difference.
_NOT_YET = re.compile("|".join(map(skeleton, ("ยัง", "ไม่", "มิได้", "ค้าง", "บางส่วน", "อยู่ระหว่าง", "กำลัง"))))


def is_marked(cell: Cell) -> bool:
    """Whether a cell holds a sign rather than text."""
    return cell.ink > 0 and cell.mark is not None and len(cell.text) <= 1


def name_columns(headers: Sequence[str], bodies: Sequence[tuple[Grid, Sequence[int]]]) -> tuple[Column, ...]:
    """Return the columns of a table.

    Args:
        headers: The header of each column, as read.
        bodies: The tables of the annex, and the grid rows of each that are rows of bodies.
    """
    columns = []
    taken: set[ColumnKind] = set()
    for index, header in enumerate(headers):
        kind = _by_header(header)
        unique = kind in (ColumnKind.SEQUENCE, ColumnKind.DISTRICT, ColumnKind.BODY, ColumnKind.REMARK)
        seen = _by_content(bodies, index)
        doubtful = kind in (ColumnKind.AMOUNT, ColumnKind.PERCENT) and seen is ColumnKind.MARK
        if kind is None or doubtful or (unique and kind in taken):
            kind = seen
        taken.add(kind)
        status = None
        if kind is ColumnKind.MARK:
            status = Status.INCOMPLETE if _NOT_YET.search(skeleton(header)) else Status.COMPLETE
        columns.append(Column(key=f"c{index + 1}", header=header, kind=kind, status=status, page_headers=(header,)))
    return tuple(columns)


def _by_header(header: str) -> ColumnKind | None:
    bare = skeleton(header)
    if header.strip() in _SHORT_HEADERS:
        return _SHORT_HEADERS[header.strip()]
    if len(bare) > _LONG_HEADER:
        return None  # a sentence: it says what a mark means, and may name a body in passing
    for kind, words in _HEADERS:
        if kind is ColumnKind.BODY and bare.startswith(_COUNT_OF):
            continue  # จำนวน อปท. counts bodies
        if any(_contains(bare, skeleton(word)) for word in words):
            return kind
    return None


def _contains(text: str, word: str) -> bool:
    """Whether a text holds a word, allowing one misread letter in five."""
    if not word or word in text:
        return bool(word)
    if len(word) < 4:
        return False
    from rapidfuzz.fuzz import partial_ratio

    return 0.8 * len(word) <= len(text) <= 2 * len(word) and partial_ratio(word, text) >= 80


def _by_content(bodies: Sequence[tuple[Grid, Sequence[int]]], column: int) -> ColumnKind:
    below = [
        (cell, cell.row in rows)
        for grid, rows in bodies
        for cell in grid.cells
        if cell.column == column and cell.column_span == 1 and cell.ink > 0 and rows and cell.row >= rows[0]
    ]
    # A total says nothing of the rows' cells, unless it is all that stands in the column.
    cells = [cell for cell, is_body in below if is_body] or [cell for cell, _ in below]
    if not cells:
        return ColumnKind.TEXT
    signs = sum(1 for cell in cells if is_marked(cell) and cell.mark in _SIGNS and not _is_number(cell.text))
    if signs >= 0.6 * len(cells):
        return ColumnKind.MARK
    numbers = sum(1 for cell in cells if _is_number(cell.text) or cell.text.strip() == "-")
    return ColumnKind.COUNT if numbers >= 0.6 * len(cells) else ColumnKind.TEXT


def _is_number(text: str) -> bool:
    return parse_decimal(to_arabic(text.strip())) is not None
