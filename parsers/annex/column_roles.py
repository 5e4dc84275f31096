"""The columns of an annex: what each holds, told by its header and by its cells."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from models.annex import Column, ColumnKind, Status
from models.ocr import Cell, Grid, Mark
from parsers.annex.body_names import share_bodies
from parsers.annex.dates import holds_dates
from parsers.annex.status_words import names_status
from thai.lexicon import measure_word
from thai.numerals import parse_decimal, parse_int, to_arabic
from thai.text import normalize, skeleton

_HEADERS: tuple[tuple[ColumnKind, tuple[str, ...]], ...] = (
    (ColumnKind.REMARK, ("หมายเหตุ",)),
    (ColumnKind.PERCENT, ("ร้อยละ", "%")),
    (ColumnKind.AMOUNT, ("จำนวนเงิน", "งบประมาณ", "(บาท)")),
    (ColumnKind.SEQUENCE, ("ลำดับ", "ลำดับที่")),
    (ColumnKind.DISTRICT, ("อำเภอ",)),
    (ColumnKind.BODY, ("อปท", "องค์กรปกครองส่วนท้องถิ่น", "ชื่อหน่วยงาน", "หน่วยงาน")),
)
_SHORT_HEADERS = {"ที่": ColumnKind.SEQUENCE}
_UNIT = skeleton("หน่วยนับ")
_LONG_HEADER = 24
"""Letters of a header above which it is a sentence on the column and names no thing."""
_LEAST_MISREAD = 4
"""Letters of a word from which it may be misread and still be known."""
_LEAST_LETTERS = 0.8
"""Share of the letters of a word that a text must have, likewise."""
_ALIKE = 80
"""Per cent of the letters that must be the same: one misread letter in five."""
_ALIKE_BELOW = 70
"""Per cent of the letters that cells one below the other must share to be one name, a letter misread in each."""
_LONGEST_NAME = 16
"""Letters of the longest name of a district."""
_UNIQUE = frozenset({ColumnKind.SEQUENCE, ColumnKind.DISTRICT, ColumnKind.BODY, ColumnKind.REMARK})
_MOST = 0.6
"""Share of a column's cells that must speak for a role."""
_NUMBERS = re.compile(r"[\s(]*[0-9๐-๙][0-9๐-๙.,()\s%-]*$")
_NEARLY_ALL = 0.8
"""Share of its cells that must be alike where a few others are misreadings."""
_LEAST_STEPS = 3
"""Cells, below which a column says nothing of its role."""
_LEAST_PAIRED = 2
"""Signs that must stand among dashes for the dashes to be their opposite: one may be a misread digit."""
_COUNT_OF = skeleton("จำนวน")
READ_SIGNS = {
    **dict.fromkeys(("/", "√", "✓", "✔"), Mark.TICK),
    **dict.fromkeys(("×", "✗", "✘"), Mark.CROSS),
    **dict.fromkeys(("-", "–", "—"), Mark.DASH),
}
"""Signs that are read as such, where their picture was not clear."""
_SIGNS = frozenset(Mark) - {Mark.DASH, Mark.UNKNOWN}
# Searched in the skeleton, where a lost tone mark makes no difference.
_NOT_YET = re.compile("|".join(map(skeleton, ("ยัง", "ไม่", "มิได้", "ค้าง", "บางส่วน", "อยู่ระหว่าง", "กำลัง"))))


def is_marked(cell: Cell) -> bool:
    """Whether a cell holds a sign rather than text."""
    return cell.ink > 0 and cell.mark is not None and len(cell.text) <= 1


def _get_sign(cell: Cell) -> Mark | None:
    """Return the sign of a cell, by its picture or as it was read; None for a number, though it may look like one."""
    if is_marked(cell) and not _is_number(cell.text):
        return cell.mark
    return READ_SIGNS.get(cell.text.strip())


def name_columns(headers: Sequence[Sequence[str]], bodies: Sequence[tuple[Grid, Sequence[int]]]) -> tuple[Column, ...]:
    """Return the columns of a table, told by what most of its headers say, and by its cells where they say nothing.

    Args:
        headers: The header of each column, as read, of each page that repeats it.
        bodies: The tables of the annex, and the grid rows of each that are rows of bodies.
    """
    count = max((grid.columns for grid, _ in bodies), default=0)
    said = [[page[index] for page in headers] or [""] for index in range(count)]
    seen = [_by_content(bodies, index) for index in range(count)]
    kinds = _by_headers(said, seen, [share_bodies(_texts(bodies, index)) for index in range(count)])
    _by_place(kinds, seen, bodies, [_usual(texts) or "" for texts in said])
    settled = [kind or content for kind, content in zip(kinds, seen, strict=True)]
    statuses = _statuses(settled, said, bodies)
    return tuple(
        Column(
            key=f"c{index + 1}",
            header=_usual(texts) or "",
            kind=settled[index],
            status=statuses.get(index),
            page_headers=tuple(page[index] for page in headers),
        )
        for index, texts in enumerate(said)
    )


def _by_headers(
    headers: Sequence[Sequence[str]], seen: Sequence[ColumnKind], named: Sequence[float]
) -> list[ColumnKind | None]:
    """Return what the headers of each column say; nothing where cells contradict them.

    Args:
        headers: What each page has over each column.
        seen: What the cells of each column look like.
        named: Which share of them names bodies: those of หน่วยรับงบประมาณ are no amounts.
    """
    kinds: list[ColumnKind | None] = []
    for texts, content, bodies in zip(headers, seen, named, strict=True):
        kind = _usual([_by_header(text) for text in texts])
        numeric = kind in (ColumnKind.AMOUNT, ColumnKind.PERCENT)
        doubtful = numeric and (content is ColumnKind.MARK or bodies >= _MOST)
        kinds.append(None if doubtful or (kind in _UNIQUE and kind in kinds) else kind)
    return kinds


def _statuses(
    kinds: Sequence[ColumnKind], said: Sequence[Sequence[str]], bodies: Sequence[tuple[Grid, Sequence[int]]]
) -> dict[int, Status]:
    """Return what a mark in each column of marks says.

    A negation is lost by misreading, and hardly ever made. Where the headers of two columns say the same, the signs
    tell them apart: crosses in one and ticks in the other, and remarks beside the crosses rather than the ticks.
    """
    found: dict[int, Status] = {
        index: Status.INCOMPLETE if any(_NOT_YET.search(skeleton(text)) for text in texts) else Status.COMPLETE
        for index, texts in enumerate(said)
        if kinds[index] is ColumnKind.MARK
    }
    if len(found) == 2 and len(set(found.values())) == 1 and ColumnKind.REMARK in kinds:
        remark = kinds.index(ColumnKind.REMARK)
        for done, undone in (tuple(found), tuple(found)[::-1]):
            if _are_ticks_and_crosses(bodies, done, undone, remark):
                return {done: Status.COMPLETE, undone: Status.INCOMPLETE}
    for index, status in list(found.items()):
        signs = _signs(bodies, index)
        if len(found) == 1 and status is Status.INCOMPLETE and min(signs[Mark.TICK], signs[Mark.CROSS]) > 1:
            del found[index]  # signs of both kinds: two columns under one header, or a header that says both
    return found


def _are_ticks_and_crosses(bodies: Sequence[tuple[Grid, Sequence[int]]], done: int, undone: int, remark: int) -> bool:
    """Tell whether one column holds ticks and the other crosses, with more remarks beside the crosses."""
    signed = _mostly(Mark.TICK, _signs(bodies, done)) and _mostly(Mark.CROSS, _signs(bodies, undone))
    return signed and _remarked(bodies, undone, remark) > _remarked(bodies, done, remark)


def _signs(bodies: Sequence[tuple[Grid, Sequence[int]]], column: int) -> Counter[Mark]:
    return Counter(
        cell.mark
        for grid, rows in bodies
        for row in rows
        if (cell := grid.at(row, column)) is not None and cell.mark is not None and cell.ink > 0
    )


def _mostly(mark: Mark, signs: Counter[Mark]) -> bool:
    return signs.total() >= _LEAST_STEPS and signs[mark] >= _NEARLY_ALL * signs.total()


def _remarked(bodies: Sequence[tuple[Grid, Sequence[int]]], column: int, remark: int) -> float:
    """Return the share of a column's marks beside which a remark stands."""
    marked = [
        (said := grid.at(row, remark)) is not None and said.ink > 0
        for grid, rows in bodies
        for row in rows
        if (cell := grid.at(row, column)) is not None and cell.ink > 0
    ]
    return sum(marked) / max(len(marked), 1)


_Said = TypeVar("_Said")


def _usual(said: Sequence[_Said | None]) -> _Said | None:
    """Return what most pages say; of several, what is said first."""
    votes = Counter(text for text in said if text)
    return votes.most_common(1)[0][0] if votes else None


def _by_place(
    kinds: list[ColumnKind | None],
    seen: Sequence[ColumnKind],
    bodies: Sequence[tuple[Grid, Sequence[int]]],
    headers: Sequence[str],
) -> None:
    """Fill in what headers that were not read leave open, by what stands in a column and beside which others."""
    texts = [_texts(bodies, index) for index in range(len(kinds))]
    body = kinds.index(ColumnKind.BODY) if ColumnKind.BODY in kinds else _most_named(kinds, texts)
    if body is None:
        return
    kinds[body] = ColumnKind.BODY
    if ColumnKind.SEQUENCE not in kinds and body and kinds[0] is None and _counts_up(texts[0]):
        kinds[0] = ColumnKind.SEQUENCE
    _district_before(body, kinds, seen, texts, headers)
    last = len(kinds) - 1
    after_marks = last > body and ColumnKind.MARK in seen[body + 1 : last]
    if ColumnKind.REMARK not in kinds and after_marks and kinds[last] is None and seen[last] is ColumnKind.TEXT:
        kinds[last] = ColumnKind.REMARK


def _most_named(kinds: Sequence[ColumnKind | None], texts: Sequence[Sequence[str]]) -> int | None:
    """Return the free column in which most cells are names of bodies, or None."""
    shares = {at: share_bodies(texts[at]) for at, kind in enumerate(kinds) if kind is None}
    best = max(shares, key=lambda at: shares[at], default=None)
    return best if best is not None and shares[best] >= _MOST else None


def _district_before(
    body: int,
    kinds: list[ColumnKind | None],
    seen: Sequence[ColumnKind],
    texts: Sequence[Sequence[str]],
    headers: Sequence[str],
) -> None:
    """Take the free column of texts before the names for that of the districts where it repeats itself."""
    before = body - 1
    free = before >= 0 and kinds[before] is None and seen[before] is ColumnKind.TEXT
    if ColumnKind.DISTRICT in kinds or not free:
        return
    if _repeats(texts[before]) or _repeats_misread(texts[before], headers[before]):
        kinds[before] = ColumnKind.DISTRICT


def _texts(bodies: Sequence[tuple[Grid, Sequence[int]]], column: int) -> list[str]:
    return [
        normalize(cell.text).strip()
        for grid, rows in bodies
        for cell in grid.cells
        if cell.column == column and cell.row in set(rows) and cell.text.strip()
    ]


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether most of the numbers of a column are one more than those before them."""
    numbers = [parse_int(text) for text in texts]
    steps = [b - a == 1 for a, b in pairwise(numbers) if a is not None and b is not None]
    return len(steps) >= _LEAST_STEPS and sum(steps) >= _MOST * len(steps)


def _repeats(texts: Sequence[str]) -> bool:
    """Whether a column says the same over several rows, as that of the districts does."""
    return bool(texts) and len(set(texts)) <= _MOST * len(texts)


def _repeats_misread(texts: Sequence[str], header: str) -> bool:
    """Whether a column under a header that was not read repeats short names, each misread here and there."""
    bare = skeleton(header)
    is_word = bool(bare) and measure_word(header, slice(0, len(header))) == len(header)
    names = [skeleton(text) for text in texts if not any(sign.isdigit() for sign in text)]
    if is_word or len(names) < len(texts) or max(map(len, names), default=0) > _LONGEST_NAME:
        return False
    from rapidfuzz.fuzz import ratio

    alike = [ratio(one, other) >= _ALIKE_BELOW for one, other in pairwise(names)]
    return len(alike) >= _LEAST_STEPS and sum(alike) >= _MOST * len(alike)


def choose_header(cell: Cell) -> str:
    """Return what the header cell of a column says: of two readings, the one that is a word of headers."""
    readings = [normalize(text).replace("\n", " ") for text in (cell.text, cell.other) if text]
    return next((text for text in readings if _by_header(text)), readings[0] if readings else "")


def _by_header(header: str) -> ColumnKind | None:
    bare = skeleton(header)
    if header.strip() in _SHORT_HEADERS:
        return _SHORT_HEADERS[header.strip()]
    if bare.endswith(_UNIT):
        return ColumnKind.TEXT  # one misread letter from หน่วยงาน
    if len(bare) > _LONG_HEADER:
        return None  # a sentence: it says what a mark means, and may name a body in passing
    for kind, words in _HEADERS:
        if kind is ColumnKind.REMARK and names_status(header):
            continue  # the headers of two columns that run into each other
        if kind is ColumnKind.BODY and bare.startswith(_COUNT_OF):
            continue  # จำนวน อปท. counts bodies
        if any(_contains(bare, skeleton(word)) for word in words):
            return kind
    return None


def _contains(text: str, word: str) -> bool:
    """Whether a text holds a word, allowing one misread letter in five."""
    if not word or word in text:
        return bool(word)
    if len(word) < _LEAST_MISREAD:
        return False
    from rapidfuzz.fuzz import partial_ratio

    return _LEAST_LETTERS * len(word) <= len(text) <= 2 * len(word) and partial_ratio(word, text) >= _ALIKE


def _by_content(bodies: Sequence[tuple[Grid, Sequence[int]]], column: int) -> ColumnKind:
    cells = _cells_of_bodies(bodies, column)
    if not cells:
        return ColumnKind.TEXT
    signs = [sign for cell in cells if (sign := _get_sign(cell)) is not None]
    if _are_signs(signs, len(cells)):
        return ColumnKind.MARK
    # Several numbers in a cell, or a point read as a comma, do not make a column of texts, in which nothing is doubted.
    numbers = sum(1 for cell in cells if _NUMBERS.match(normalize(cell.text)) or cell.text.strip() == "-")
    if numbers >= _MOST * len(cells):
        return ColumnKind.COUNT
    return ColumnKind.DATE if holds_dates([normalize(cell.text) for cell in cells]) else ColumnKind.TEXT


def _cells_of_bodies(bodies: Sequence[tuple[Grid, Sequence[int]]], column: int) -> list[Cell]:
    """Return a column's cells with ink; those of totals only where they are all that stands in it."""
    below = [
        (cell, cell.row in rows)
        for grid, rows in bodies
        for cell in grid.cells
        if cell.column == column and cell.column_span == 1 and cell.ink > 0 and rows and cell.row >= rows[0]
    ]
    return [cell for cell, is_body in below if is_body] or [cell for cell, _ in below]


def _are_signs(marks: Sequence[Mark | None], filled: int) -> bool:
    """Tell whether a column is one of marks: most cells hold a sign, or nearly all a sign or the dash opposite it."""
    signs = sum(mark in _SIGNS for mark in marks)
    dashes = sum(mark is Mark.DASH for mark in marks)
    return signs >= _MOST * filled or (signs >= _LEAST_PAIRED and signs + dashes >= _NEARLY_ALL * filled)


def _is_number(text: str) -> bool:
    return parse_decimal(to_arabic(text.strip())) is not None
