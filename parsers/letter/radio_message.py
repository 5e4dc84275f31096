"""A radio message (วิทยุราชการ, โทรสารในราชการ, กระดาษเขียนข่าว): the fields of its labeled form → a letter.

The armed forces' form is ruled: urgency, secrecy, date-time group and number in one row of cells, below them from and
to; at the foot the office, its telephones, who wrote the message and who let it out. A department's form has the same
labels on lines without rules. Both are read by their labels; what is read of a cell that is filled in last, by hand
or by a stamp, asks for review.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum, auto

from models.field import Field, Source
from models.letter import Contact, Letter, LetterKind, NumberField
from models.ocr import Grid, OcrPage
from parsers.fields import DATE_UNREADABLE, HANDWRITING, MISSING, FieldBuilder, first_date, first_number
from parsers.letter.foot import Foot, parse_contacts, parse_foot
from parsers.letter.form_cells import after, filled_cells, label_at
from parsers.letter.labeled_parts import parse_deadlines
from parsers.text_span import PagedLine, TextSpan, join_lines, pieces, reflowed, same_row
from thai.numerals import to_arabic
from thai.phones import find_phones

_INDENT, _SHORT = 0.05, 0.7
"""How far right of the labels a line begins that goes on with one, and where it ends at most: shares of the width."""


class Blank(StrEnum):
    """What is filled in on the form of a radio message."""

    URGENCY = auto()
    SECRECY = auto()
    DATE = auto()
    NUMBER = auto()
    ISSUER = auto()
    ACTION = auto()
    INFORMATION = auto()
    SUBJECT = auto()
    UNIT = auto()
    PHONES = auto()
    WRITER = auto()
    SIGNER = auto()
    CODE = auto()


_SHARED = {
    "จาก": Blank.ISSUER,
    "ถึง": Blank.ACTION,
    "ถึงผู้รับปฏิบัติ": Blank.ACTION,
    "ผู้รับปฏิบัติ": Blank.ACTION,
    "ผู้รับทราบ": Blank.INFORMATION,
    "เรื่อง": Blank.SUBJECT,
    "ลำดับความเร่งด่วน": Blank.URGENCY,
    "ความเร่งด่วน": Blank.URGENCY,
    "ชั้นความเร็ว": Blank.URGENCY,
    "ชั้นความลับ": Blank.SECRECY,
    "หมู่-วัน-เวลา": Blank.DATE,
    "หมู่วันเวลา": Blank.DATE,
    "วันที่": Blank.DATE,
    "ลงวันที่": Blank.DATE,
    "ที่ของผู้ให้ข่าว": Blank.NUMBER,
    "ที่": Blank.NUMBER,
}
_CELLS: Mapping[str, Blank] = _SHARED | {
    "หน่วย": Blank.UNIT,
    "โทรศัพท์": Blank.PHONES,
    "ผู้เขียนข่าว": Blank.WRITER,
    "นายทหารอนุมัติข่าว": Blank.SIGNER,
    "ผู้อนุมัติข่าว": Blank.SIGNER,
    "QR Code": Blank.CODE,
}
_OWN = frozenset({Blank.URGENCY, Blank.ACTION, Blank.INFORMATION, Blank.NUMBER, Blank.WRITER, Blank.SIGNER})
"""Blanks by which a grid is told to be the form, if it has two of them."""
_OF_NO_TABLE = frozenset({Blank.URGENCY, Blank.INFORMATION, Blank.WRITER, Blank.SIGNER})
"""Those that head no column of a table; ที่ and ผู้รับปฏิบัติ do."""
_MOST_CELLS = 40
"""More than the form has; a grid of more cells is a table."""
_PAGE = re.compile(r"หน้าที่\s*([0-9]{1,2})\s*ของ")
_ORDER = re.compile(r"[0-9๐-๙]+\s*/\s*[0-9๐-๙]{2,4}")
_APART = re.compile(r"\s*(?:,|\n)\s*|\s+และ\s*")


def is_form(grid: Grid, page: OcrPage) -> bool:
    """Tell whether a ruled grid is part of the form of a radio message."""
    if len(grid.cells) > _MOST_CELLS:
        return False
    found = _OWN & filled_cells(page, grid, _CELLS).keys()
    return len(found) >= 2 and bool(found & _OF_NO_TABLE)


def message_page_number(page: OcrPage) -> int | None:
    """Return which page of its message a page says to be in its form (หน้าที่ ๒ ของ ๓ หน้า), or None."""
    texts = (cell.text for grid in page.grids if is_form(grid, page) for cell in grid.cells)
    found = next((match for text in texts if (match := _PAGE.search(to_arabic(text)))), None)
    return int(found[1]) if found else None


def parse_radio(lines: Sequence[PagedLine], pages: Sequence[OcrPage], make: FieldBuilder) -> Letter:
    """Return the record of a radio message.

    Args:
        lines: Its lines outside ruled cells, without its title.
        pages: The pages that it stands on.
        make: Makes the fields.
    """
    said: dict[Blank, list[PagedLine]] = {}
    for page in pages:
        for grid in (grid for grid in page.grids if is_form(grid, page)):
            for blank, content in filled_cells(page, grid, _CELLS).items():
                said[blank] = said.get(blank) or content
    ruled = bool(said)
    rest = list(lines)
    if not ruled:
        said, rest = _labeled_lines(rest)
    body, foot = _body_and_foot(rest, ruled=ruled)
    signed = parse_foot(said.get(Blank.SIGNER, []) if ruled else foot, make)
    text, number = join_lines(body, reflowed), join_lines(said.get(Blank.NUMBER, []))
    return Letter(
        kind=LetterKind.RADIO_MESSAGE,
        pages=tuple(page.number for page in pages),
        urgency=_word(said.get(Blank.URGENCY, []), rest, lambda line: line.cues.urgency, make),
        secrecy=_word(said.get(Blank.SECRECY, []), rest, lambda line: line.cues.secrecy, make),
        number=_number(number, make),
        date=_date(join_lines(said.get(Blank.DATE, [])), number, make),
        issuer=_required(join_lines(said.get(Blank.ISSUER, [])), make),
        subject=make.text(join_lines(said.get(Blank.SUBJECT, []))),
        recipients=_listed(said.get(Blank.ACTION, []), make),
        body=make.text(text),
        deadlines=parse_deadlines(text, make),
        closing=signed.closing,
        signer=signed.signer,
        unit=make.text(join_lines(said.get(Blank.UNIT, []))) if ruled else signed.unit,
        contacts=_contacts(said, signed, make),
        copies_to=_listed(said.get(Blank.INFORMATION, []), make) or signed.copies_to,
    )


def _labeled_lines(lines: Sequence[PagedLine]) -> tuple[dict[Blank, list[PagedLine]], list[PagedLine]]:
    """Return what labels on lines say, down to the message itself, and the lines of the message.

    A line without a label under one goes on with it as long as it is indented like it; the message begins with a
    paragraph.
    """
    said: dict[Blank, list[PagedLine]] = {}
    rest: list[PagedLine] = []
    last: Blank | None = None
    margin = min((line.box.x0 for line in lines), default=0.0)
    for index, line in enumerate(lines):
        parts = pieces(line)
        found = [(piece, label_at(piece.text, _SHARED)) for piece in parts]
        if last is not None and found[0][1] is None and (not line.has_layout or not _goes_on(line, lines, margin)):
            rest.extend(lines[index:])
            break
        for piece, at in found:
            if at is not None:
                last = at[0]
                content = [after(piece, at[1])] if at[1] < len(piece.text) else []
                said.setdefault(last, []).extend(content)
            elif last is not None:
                said[last].append(piece)
            else:
                rest.append(piece)
    return said, rest


def _goes_on(line: PagedLine, lines: Sequence[PagedLine], margin: float) -> bool:
    """Tell whether a line without a label goes on with the one above: it stands right of the labels, and short."""
    beside = any(other is not line and same_row(other, line) for other in lines)
    return beside or (line.box.x0 > margin + _INDENT and line.box.x1 < _SHORT and not line.cues.opens_body)


def _body_and_foot(lines: Sequence[PagedLine], *, ruled: bool) -> tuple[list[PagedLine], list[PagedLine]]:
    own = [line for line in lines if not (line.cues.urgency or line.cues.secrecy)]
    start = next((i for i, line in enumerate(own) if line.cues.closing or line.cues.signer_name), None)
    return (own, []) if ruled or start is None else (own[:start], own[start:])


def _word(
    cell: Sequence[PagedLine], lines: Sequence[PagedLine], read: Callable[[PagedLine], str | None], make: FieldBuilder
) -> Field[str]:
    for line in (*cell, *lines):
        value = read(line)
        if value is not None:
            return make.text(join_lines([line]), value=value)
    place = join_lines(cell)
    return make.text(place).doubted("unreadable").model_copy(update={"value": None}) if place else Field[str]()


def _filled(place: TextSpan) -> tuple[str, ...]:
    """Return the doubt of a cell that is filled in last: nothing here tells a hand in it from print."""
    return (HANDWRITING,) if place.source is Source.PRINT and place.parts[0].line.has_layout else ()


def _number(place: TextSpan, make: FieldBuilder) -> NumberField:
    if not place:
        return NumberField(review=(MISSING,))
    found = first_number(place)
    if found is not None:
        return make.number(place, found, *_filled(place))
    order = _ORDER.search(place.text)
    if order is None:
        return make.unread_number(place, "number.unreadable")
    field = make.digits(place.slice(*order.span()), re.sub(r"\s", "", to_arabic(order.group())), *_filled(place))
    return NumberField(**field.model_dump())


def _date(place: TextSpan, number: TextSpan, make: FieldBuilder) -> Field[dt.date]:
    """Return the date of its own blank, or the one that stands behind the number."""
    found = first_date(place)
    if found is None and place:
        return make.unread_date(place, DATE_UNREADABLE)
    if found is None:
        place, found = number, first_date(number)
    return make.date(place, found, *_filled(place)) if found else Field[dt.date](review=(MISSING,))


def _required(place: TextSpan, make: FieldBuilder) -> Field[str]:
    return make.text(place) if place else Field[str](review=(MISSING,))


def _listed(lines: Sequence[PagedLine], make: FieldBuilder) -> tuple[Field[str], ...]:
    """Return the offices of a list with commas, one by one; the comma at the end of a line is easily lost."""
    commas = any("," in line.text for line in lines)
    whole = join_lines(lines, (lambda _above, _below: "\n") if commas else reflowed)
    places, start = [], 0
    for match in _APART.finditer(whole.text) if commas else ():
        places.append(whole.slice(start, match.start()))
        start = match.end()
    places.append(whole.slice(start))
    return tuple(make.text(place) for place in places if place)


def _contacts(said: Mapping[Blank, Sequence[PagedLine]], signed: Foot, make: FieldBuilder) -> tuple[Contact, ...]:
    lines = [*said.get(Blank.PHONES, []), *said.get(Blank.UNIT, []), *said.get(Blank.CODE, [])]
    bare = [join_lines([line]) for line in said.get(Blank.PHONES, []) if not line.cues.contacts]
    phones = [
        Contact(kind="phone", value=make.digits(place.slice(*phone.span), phone.digits, *phone.problems))
        for place in bare
        for phone in find_phones(place.text)
    ]
    return (*parse_contacts(lines, make), *phones, *signed.contacts)
