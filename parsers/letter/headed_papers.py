"""Papers with a heading in place of labels: orders, announcements, certificates, minutes.

Their issuer, number and title stand in the lines of the heading: คำสั่ง and ประกาศ with the office that gives them, a
regulation's name down to its year, the number of a certificate beside its office, a meeting's name and its number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.field import Field
from models.letter import NumberField
from parsers.fields import FieldBuilder, first_date
from parsers.letter import cues
from parsers.text_span import PagedLine, TextSpan, join_lines
from thai.numerals import to_arabic

_LINES = 8
"""Lines from the top within which a paper's heading stands, and lines that it has at most."""
_YEAR = re.compile(r"พ\s?\.\s?ศ\s?\.\s*[0-9๐-๙]{4}")
_OFFICE_ENDS = re.compile(r"\s*(?:ว่าด้วย|เรื่อง|ที่\s*[0-9๐-๙]|ฉบับที่|\(ฉบับ|พ\s?\.\s?ศ\s?\.).*$")
_NAMELESS = 4
"""Letters below which what follows the heading's word names no office."""
_CERTIFIES = re.compile(r"^\s*หนังสือ(?:ฉบับ)?นี้|รับรองว่า")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says; a field that it does not state has no value.

    Attributes:
        issuer: The office that gives the paper.
        address: Its address.
        number: The paper's number.
        title: What it is called.
        states_number: Whether such papers have their number in the heading.
    """

    issuer: Field[str] = field(default_factory=Field[str])
    address: Field[str] = field(default_factory=Field[str])
    number: NumberField = field(default_factory=NumberField)
    title: TextSpan = field(default_factory=TextSpan)
    states_number: bool = False


def parse_given_paper(lines: Sequence[PagedLine], names: Sequence[str], make: FieldBuilder) -> Heading:
    """Read `คำสั่งกรม…`, `ประกาศกรม…` and `ระเบียบกระทรวง…ว่าด้วย…พ.ศ.…`."""
    begin = next(
        ((i, end) for i, line in enumerate(lines[:_LINES]) if (end := cues.heading_end(line.text, names))), None
    )
    if begin is None:
        return Heading()
    at, end = begin
    whole = join_lines([lines[at]])
    named = whole.slice(end - (len(lines[at].text) - len(lines[at].text.lstrip())))
    office = named.slice(0, len(_OFFICE_ENDS.sub("", named.text)))
    block = lines[at : at + _LINES]
    last = next((i for i, line in enumerate(block) if _YEAR.search(line.text)), None)
    return Heading(
        issuer=make.text(office) if len(office.text) >= _NAMELESS else Field[str](),
        title=join_lines(block[: last + 1]) if last is not None else TextSpan(),
    )


def parse_certificate(lines: Sequence[PagedLine], names: Sequence[str], make: FieldBuilder) -> Heading:
    """Read the number and the office over or under `หนังสือรับรอง`."""
    stop = next((i for i, line in enumerate(lines[:_LINES]) if _CERTIFIES.search(line.text)), _LINES)
    number, office = NumberField(), list[TextSpan]()
    for line in lines[:stop]:
        place, span = join_lines([line]), line.cues.own_number
        if span is not None:
            number = _numbered(place.slice(*span), make)
            place = place.slice(span[1])
        elif cues.find_title(line.text, names) is not None:
            continue
        if place and first_date(place) is None:
            office.append(place)
    issuer = office[0] if office else TextSpan()
    address = office[1] if len(office) > 1 else TextSpan()
    return Heading(issuer=make.text(issuer), address=make.text(address), number=number, states_number=True)


def parse_minutes(lines: Sequence[PagedLine], names: Sequence[str], make: FieldBuilder) -> Heading:
    """Read `รายงานการประชุม…` down to `ครั้งที่ …/…`."""
    begin = next((i for i, line in enumerate(lines[:_LINES]) if cues.find_title(line.text, names)), None)
    if begin is None:
        return Heading(states_number=True)
    block = lines[begin : begin + _LINES]
    for at, line in enumerate(block):
        span = line.cues.own_number
        if span is not None:
            title = join_lines([*block[:at], line])
            # What follows on its line is the day.
            cut = len(title.text) - len(line.text.strip()) + span[1]
            return Heading(
                number=_numbered(join_lines([line]).slice(*span), make), title=title.slice(0, cut), states_number=True
            )
        if first_date(join_lines([line])) is not None:
            return Heading(title=join_lines(block[:at]), states_number=True)
    return Heading(title=join_lines(block[:1]), states_number=True)


def _numbered(place: TextSpan, make: FieldBuilder) -> NumberField:
    read = make.digits(place, re.sub(r"\s", "", to_arabic(place.text)))
    return NumberField(**read.model_dump())
