"""The unlabeled head of a letter: urgency, secrecy, number, issuer with address, date."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.field import Field
from models.letter import NumberField
from parsers.fields import DATE_UNREADABLE, MISSING, FieldBuilder, first_date, first_number
from parsers.letter import cues
from parsers.letter.cues import Label
from parsers.text_span import PagedLine, SpanPart, TextSpan, join_lines, joined, same_row
from thai.letter_number import find_letter_numbers
from thai.numerals import to_arabic

_ADDRESS = re.compile(
    r"^(?:เลขที่|ถนน|ถ\.|ซอย|อาคาร|หมู่|ตำบล|ต\.|อำเภอ|อ\.|แขวง|เขต|ชั้น|ตู้|กทม|กรุงเทพ|[0-9๐-๙]|[ก-ฮ]{2}\s*[0-9๐-๙]{5})|"
    r"[0-9๐-๙]{5}\s*$"
)
_DATE_LABEL = re.compile(r"(?:^|\s)วัน(?:ที่|ที)(?=[\s.0-9๐-๙]|$)")
_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_ORDER_NUMBER = re.compile(r"[0-9๐-๙]+\s*/\s*[0-9๐-๙]{2,4}")
_STREET = re.compile(r"^\s*(?:ถนน|ถ\.|ซอย|เลขที่)|[0-9๐-๙]{5}\s*$")
_OFFICE = re.compile(r"^[ก-ฮเ-ไ][ก-ฮะ-๎]{3}")
_EDGES = " _…·-–—|"
_HYPHEN = re.compile(r"(?<=[ก-๎])-\s+(?=[ก-ฮเ-ไ])")
"""Where a name goes on on the next line."""
_RIGHT_BLOCK = 0.42
"""Share of the page's width right of which the issuer's name and address stand."""
_NUMBER_START, _NUMBER_END = 0.3, 0.5
"""Shares of the page's width left of which the line of the number begins, and the last of its pieces."""
_ABOVE_NUMBER = 0.02
"""Share of the page's height that the issuer may begin above the line of the number."""


@dataclass(frozen=True, slots=True)
class LetterHead:
    """The fields of the head."""

    urgency: Field[str]
    secrecy: Field[str]
    number: NumberField
    date: Field[dt.date]
    issuer: Field[str]
    address: Field[str]


def parse_head(lines: Sequence[PagedLine], make: FieldBuilder) -> LetterHead:
    """Return the fields of the head of a letter; a number or date that is not there asks for review."""
    rows = _rows(lines)
    number_line = _number_line(rows)
    issuer, address = _office(lines, number_line, make)
    return LetterHead(
        urgency=_urgency(lines, make),
        secrecy=_secrecy(lines, make),
        number=_number(number_line, make),
        date=_date(rows, number_line, make),
        issuer=issuer,
        address=address,
    )


def _urgency(lines: Sequence[PagedLine], make: FieldBuilder) -> Field[str]:
    field = _word(lines, lambda line: line.cues.urgency, make)
    if field.value is not None:
        return field
    likely = _word([line for line in lines if line.has_layout], lambda line: cues.find_damaged_urgency(line.text), make)
    if likely.value is not None:
        return likely.doubted("urgency.doubtful")
    return _not_understood(lines, lambda line: line.cues.is_near_urgency, "urgency.not_understood", make)


def _secrecy(lines: Sequence[PagedLine], make: FieldBuilder) -> Field[str]:
    field = _word(lines, lambda line: line.cues.secrecy, make)
    if field.value is not None:
        return field
    return _not_understood(lines, lambda line: line.cues.is_near_secrecy, "secrecy.not_understood", make)


def _not_understood(
    lines: Sequence[PagedLine], stands_for: Callable[[PagedLine], bool], code: str, make: FieldBuilder
) -> Field[str]:
    """Return no value, and what stands where it would: it asks."""
    line = next((line for line in lines if stands_for(line)), None)
    read = make.text(join_lines([line]), code) if line else Field[str]()
    return read.model_copy(update={"value": None})


def _word(lines: Sequence[PagedLine], read: Callable[[PagedLine], str | None], make: FieldBuilder) -> Field[str]:
    for line in lines:
        value = read(line)
        if value is not None:
            return make.text(join_lines([line]), value=value)
    return Field[str]()


def _rows(lines: Sequence[PagedLine]) -> list[list[PagedLine]]:
    """Return the pieces of the head, those that stand side by side together."""
    rows: list[list[PagedLine]] = []
    for line in lines:
        if rows and line.has_layout and same_row(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _number_line(rows: Sequence[Sequence[PagedLine]]) -> PagedLine | None:
    """Return the line of the letter's number, without what stands right of it."""
    candidates = []
    for row in rows:
        left = [piece for piece in row if not piece.has_layout or piece.box.x0 < _NUMBER_END]
        if not left:
            continue
        line = joined(left)
        if line.cues.is_number_head:
            return line
        if find_letter_numbers(line.text) and line.box.x0 < _NUMBER_START:
            candidates.append(line)
    return candidates[0] if candidates else None


def _number(line: PagedLine | None, make: FieldBuilder) -> NumberField:
    if line is None:
        return NumberField(review=(MISSING,))
    whole = join_lines([line])
    label = _DATE_LABEL.search(whole.text)
    place = whole.slice(0, label.start()) if label else whole
    found = first_number(place)
    if found is not None:
        return make.number(place, found)
    order = _ORDER_NUMBER.search(place.text)
    if order:
        number = place.slice(*order.span())
        field = make.digits(number, re.sub(r"\s", "", to_arabic(number.text)))
        return NumberField(**field.model_dump())
    return make.unread_number(place, "number.unreadable")


def _date(rows: Sequence[Sequence[PagedLine]], number_line: PagedLine | None, make: FieldBuilder) -> Field[dt.date]:
    """Return the date below the number, or on its line in a memo."""
    broken: TextSpan | None = None
    lines = [joined(row) for row in rows]
    for line in lines:
        if number_line is not None and (line.page, line.box.y1) < (number_line.page, number_line.box.y0):
            continue
        place = join_lines([line])
        if number_line is not None and line.text.startswith(number_line.text[:6]):
            place = _behind_number(place)
        found = first_date(place)
        if found is not None and found.date is not None:
            return make.date(place, found)
        if place and broken is None and (found is not None or _YEAR.search(to_arabic(place.text))):
            broken = place
    if broken is None:
        return Field[dt.date](review=(MISSING,))
    found = first_date(broken)
    return make.date(broken, found) if found else make.unread_date(broken, DATE_UNREADABLE)


def _behind_number(place: TextSpan) -> TextSpan:
    """Return what stands behind the number on its line: the date of a memo, by its label if it has one."""
    label = _DATE_LABEL.search(place.text)
    numbers = find_letter_numbers(place.text)
    return place.slice(label.start() if label else numbers[0].span[1] if numbers else len(place.text))


def _office(
    lines: Sequence[PagedLine], number_line: PagedLine | None, make: FieldBuilder
) -> tuple[Field[str], Field[str]]:
    """Return the issuing office and its address."""
    labeled = [(line, found) for line in lines if (found := line.cues.label) and found[0] is Label.OFFICE]
    if labeled:
        line, found = labeled[0]
        return _named(_without_contacts(join_lines([line]).slice(found[2])), make), Field[str]()
    beside = _beside_number(number_line)
    below = [join_lines([line]) for line in lines if _in_block(line, number_line)]
    block = [beside, *below] if beside else below
    if block and _STREET.search(block[0].text):
        # The office's own line was not read.
        return Field[str](review=(MISSING,)), make.text(_together(block))
    start = next((i for i, place in enumerate(block) if i and _ADDRESS.search(place.text)), min(1, len(block)))
    return _named(_together(block[:start]), make), make.text(_together(block[start:]))


def _named(office: TextSpan, make: FieldBuilder) -> Field[str]:
    """Return the name of an office: without what was read of a dotted line or frame before it, or a hyphen within."""
    name = office.slice(len(office.text) - len(office.text.lstrip(_EDGES)), len(office.text.rstrip(_EDGES)) or None)
    return make.text(name, value=_HYPHEN.sub("", name.text))


def _beside_number(number_line: PagedLine | None) -> TextSpan:
    """Return what stands behind the number on its line in plain text, which keeps no columns: the office."""
    if number_line is None or number_line.has_layout:
        return TextSpan()
    whole = join_lines([number_line])
    found = first_number(whole)
    rest = whole.slice(found.span[1]) if found else TextSpan()
    named = _OFFICE.search(rest.text) is not None and first_date(rest) is None
    return rest if named else TextSpan()


def _together(places: Sequence[TextSpan]) -> TextSpan:
    """Return passages as one, a space between them."""
    text, parts = "", list[SpanPart]()
    for place in places:
        text += " " if text else ""
        parts += [replace(part, start=part.start + len(text)) for part in place.parts]
        text += place.text
    return TextSpan(text, tuple(parts))


def _in_block(line: PagedLine, number_line: PagedLine | None) -> bool:
    """Tell whether a line is of the block that names the office: below the number in plain text, else right of it."""
    if line.cues.urgency or line.cues.secrecy or line.cues.is_number_head:
        return False
    if first_date(join_lines([line])) is not None or not re.search("[ก-ฮ]{2}", line.text):
        return False
    if number_line is None:
        return line.has_layout and line.box.x0 > _RIGHT_BLOCK
    if line.has_layout:
        return line.box.x0 > _RIGHT_BLOCK and line.box.y0 > number_line.box.y0 - _ABOVE_NUMBER
    return (line.page, line.box.y0) > (number_line.page, number_line.box.y0)


def _without_contacts(office: TextSpan) -> TextSpan:
    contacts = cues.contact_starts(office.text)
    if not contacts:
        return office
    name = office.slice(0, contacts[0][1])
    # The telephone often stands in parentheses, whose opening would be left behind.
    return name.slice(0, name.text.rindex("(")) if name.text.count("(") > name.text.count(")") else name
