"""A segment of lines → the record of a letter."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from models.field import Field
from models.letter import Letter, LetterKind, NumberField
from models.ocr import OcrPage
from parsers.fields import MISSING, FieldBuilder, first_date
from parsers.letter.cues import Label
from parsers.letter.foot import parse_contacts, parse_foot
from parsers.letter.head import Head, parse_head
from parsers.letter.headed_papers import HEADED, Heading, parse_heading
from parsers.letter.labeled_parts import parse_deadlines, parse_enclosures, parse_recipients, parse_references
from parsers.letter.radio_message import parse_radio
from parsers.letter.receipt_stamp import parse_receipt
from parsers.letter.zones import Zones, is_date_alone, split_zones
from parsers.segmentation.qr_codes import assign_qr_codes
from parsers.segmentation.segments import Segment, SegmentKind, segment
from parsers.text_span import PagedLine, TextSpan, join_lines, reflowed

_GIVEN = re.compile(r"(?:สั่ง|ประกาศ|ให้ไว้|แถลง)\s*ณ\s*(?=วันที่)")
_HEADING_LINES = 8
_UNNUMBERED = {LetterKind.ANNOUNCEMENT, LetterKind.CERTIFICATE, LetterKind.MINUTES, LetterKind.RADIO_MESSAGE}
_UNTITLED = {LetterKind.STAMPED_LETTER, LetterKind.CERTIFICATE, LetterKind.MINUTES, LetterKind.RADIO_MESSAGE}


def parse_letters(
    pages: Sequence[OcrPage], review_confidence: float = 0.80
) -> tuple[tuple[Letter, ...], tuple[PagedLine, ...]]:
    """Return the letters of a document, and the lines that no letter claims, for the annexes.

    Args:
        pages: The pages as they were read, in order.
        review_confidence: A value read with less confidence asks for review.
    """
    segments = segment(pages)
    parts = [part for part in segments if part.kind is SegmentKind.LETTER]
    letters = tuple(
        _parse(part, pages, review_confidence).model_copy(update={"qr": codes})
        for part, codes in zip(parts, assign_qr_codes(parts, pages), strict=True)
    )
    rest = tuple(line for part in segments if part.kind is SegmentKind.ANNEX for line in part.lines)
    return letters, rest


def _parse(part: Segment, pages: Sequence[OcrPage], review_confidence: float) -> Letter:
    if part.title is not LetterKind.RADIO_MESSAGE:
        return parse_letter(part, review_confidence)
    own = {line.page for line in part.lines}
    message = parse_radio(part.lines, [page for page in pages if page.number in own], FieldBuilder(review_confidence))
    return message.model_copy(update={"receipt": parse_receipt(part.receipt, review_confidence)})


def parse_letter(part: Segment, review_confidence: float = 0.80) -> Letter:
    """Return the record of one letter.

    Number, date and subject, where the kind of letter must have them and they were not found, have no value and ask
    for review. Never raises, whatever the lines say.
    """
    make = FieldBuilder(review_confidence)
    zones = split_zones(part.lines)
    kind = _kind(part, zones)
    head = parse_head(zones.head, make)
    body = join_lines(zones.body, reflowed)
    foot = parse_foot(_below_stamp(kind, zones.foot), make)
    heading = parse_heading(kind, part.lines, make)
    subject, salutation = zones.entry(Label.SUBJECT), zones.entry(Label.SALUTATION)
    return Letter(
        kind=kind,
        pages=tuple(sorted({line.page for line in part.lines})),
        urgency=head.urgency,
        secrecy=head.secrecy,
        number=_number(kind, part, head, heading),
        date=_date(kind, head, zones, make),
        issuer=_issuer(kind, zones, head, heading, make),
        address=heading.address if kind is LetterKind.CERTIFICATE else head.address,
        subject=_subject(kind, subject.content if subject else heading.title, make),
        salutation=make.text(salutation.cue, value=salutation.name) if salutation else Field[str](),
        recipients=parse_recipients(salutation.content, make) if salutation else (),
        references=tuple(
            r for e in zones.entries if e.label is Label.REFERENCE for r in parse_references(e.content, make)
        ),
        enclosures=tuple(
            x for e in zones.entries if e.label is Label.ENCLOSURE for x in parse_enclosures(e.content, make)
        ),
        body=make.text(body),
        deadlines=parse_deadlines(body, make),
        closing=foot.closing,
        signer=foot.signer,
        unit=foot.unit,
        contacts=(*parse_contacts(zones.head, make), *foot.contacts),
        copies_to=foot.copies_to,
        receipt=parse_receipt(part.receipt, review_confidence),
    )


def _kind(part: Segment, zones: Zones) -> LetterKind:
    if part.title is not None:
        return part.title
    salutation = zones.entry(Label.SALUTATION)
    if salutation is not None and salutation.name == "ถึง" and zones.entry(Label.SUBJECT) is None:
        return LetterKind.STAMPED_LETTER
    return LetterKind.EXTERNAL_LETTER


def _subject(kind: LetterKind, content: TextSpan, make: FieldBuilder) -> Field[str]:
    if content or kind in _UNTITLED:
        return make.text(content)
    return Field[str](review=(MISSING,))


def _number(kind: LetterKind, part: Segment, head: Head, heading: Heading) -> NumberField:
    if kind in {LetterKind.CERTIFICATE, LetterKind.MINUTES}:
        return heading.number
    return head.number if head.number.raw or _is_numbered(kind, part) else NumberField()


def _issuer(kind: LetterKind, zones: Zones, head: Head, heading: Heading, make: FieldBuilder) -> Field[str]:
    if kind is LetterKind.STAMPED_LETTER:
        return _stamping_office(zones, make)
    return heading.issuer if kind in HEADED else head.issuer


def _below_stamp(kind: LetterKind, foot: Sequence[PagedLine]) -> Sequence[PagedLine]:
    """Return the foot of a letter; that of a stamped one from below its date, above which its office stands."""
    if kind is not LetterKind.STAMPED_LETTER:
        return foot
    dated = next((i for i, line in enumerate(foot) if is_date_alone(line)), -1)
    return foot[dated + 1 :]


def _stamping_office(zones: Zones, make: FieldBuilder) -> Field[str]:
    """Return the office of a stamped letter, which stands above the date at its end."""
    below = [*zones.body, *zones.foot]
    office = next((above for above, line in pairwise(below) if is_date_alone(line)), None)
    return make.text(join_lines([office])) if office else Field[str](review=(MISSING,))


def _is_numbered(kind: LetterKind, part: Segment) -> bool:
    """Tell whether such a paper must have a number: of the orders only a คำสั่ง has, a regulation has none."""
    if kind is LetterKind.ORDER:
        return any("คำสั่ง" in line.text for line in part.lines[:_HEADING_LINES])
    return kind not in _UNNUMBERED


def _date(kind: LetterKind, head: Head, zones: Zones, make: FieldBuilder) -> Field[dt.date]:
    """Return the date of the head, or the one at the end where such papers have theirs."""
    if kind in {LetterKind.EXTERNAL_LETTER, LetterKind.INTERNAL_MEMO} or head.date.raw:
        return head.date
    stamped = kind is LetterKind.STAMPED_LETTER
    below = [*zones.body, *zones.foot]
    for line in below if stamped else reversed(below):
        place = join_lines([line])
        found = first_date(place)
        if found is not None and (is_date_alone(line) or (not stamped and _GIVEN.search(line.text))):
            return make.date(place, found)
    return head.date
