"""The lines of one letter, memo, order or other paper of labeled parts → its record, as its kind is declared."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from models.field import Field
from models.letter import Letter, LetterKind, NumberField, Signer
from parsers.fields import MISSING, FieldBuilder, first_date
from parsers.letter.cues import Label
from parsers.letter.foot import parse_contacts, parse_foot
from parsers.letter.head import LetterHead, parse_head
from parsers.letter.headed_papers import Heading
from parsers.letter.kinds import DatePlace, LetterKindSpec
from parsers.letter.labeled_parts import parse_deadlines, parse_enclosures, parse_recipients, parse_references
from parsers.letter.zones import Zones
from parsers.text_span import PagedLine, TextSpan, join_lines, reflowed

_GIVEN = re.compile(r"(?:สั่ง|ประกาศ|ให้ไว้|แถลง)\s*ณ\s*(?=วันที่)")
_MISSING_SIGNER = Signer(
    name=Field[str](review=(MISSING,)), position=Field[str](), authority=Field[str](), principal=Field[str]()
)
"""Of papers that nobody is seen to have signed."""
_REASONS = re.compile(r"^\s*หมายเหตุ\s*[:\-–]")
_HEADING_LINES = 8
"""Lines within which a paper's heading says whether it has a number."""


def parse_labeled_letter(spec: LetterKindSpec, lines: Sequence[PagedLine], zones: Zones, make: FieldBuilder) -> Letter:
    """Return the record of one letter, its receipt stamp and QR codes aside.

    Number, date and subject, where the kind of letter must have them and they were not found, have no value and ask
    for review. Never raises, whatever the lines say.
    """
    head = parse_head(zones.head, make)
    ending, reasons = _part_reasons(spec, zones.foot)
    body = join_lines((*zones.body, *reasons), reflowed)
    foot = parse_foot(_below_stamp(spec.kind, ending), make, bracketed=spec.brackets_signer)
    heading = spec.parse_heading(lines, spec.names, make) if spec.parse_heading else None
    salutation = zones.entry(Label.SALUTATION)
    return Letter(
        kind=spec.kind,
        pages=tuple(sorted({line.page for line in lines})),
        urgency=head.urgency,
        secrecy=head.secrecy,
        number=_number(spec, lines, head, heading),
        date=_date(spec, head, zones, make),
        issuer=_issuer(spec.kind, zones, head, heading, make),
        address=heading.address if heading and spec.kind is LetterKind.CERTIFICATE else head.address,
        subject=_subject(spec, zones, heading, make),
        salutation=make.text(salutation.cue, value=salutation.name) if salutation else Field[str](),
        recipients=parse_recipients(salutation.content, make) if salutation else (),
        references=tuple(r for e in zones.all(Label.REFERENCE) for r in parse_references(e.content, make)),
        enclosures=tuple(x for e in zones.all(Label.ENCLOSURE) for x in parse_enclosures(e.content, make)),
        body=make.text(body),
        deadlines=parse_deadlines(body, make),
        closing=foot.closing,
        signer=foot.signer or (_MISSING_SIGNER if spec.needs_signer else None),
        unit=foot.unit,
        contacts=(*parse_contacts(zones.head, make), *foot.contacts),
        endorsements=foot.endorsements,
        copies_to=foot.copies_to,
    )


def _part_reasons(spec: LetterKindSpec, foot: Sequence[PagedLine]) -> tuple[Sequence[PagedLine], Sequence[PagedLine]]:
    """Return the foot of a paper, and the reasons that a regulation gives below its signer (หมายเหตุ :- เหตุผล…)."""
    if spec.parse_heading is None:
        return foot, ()
    begin = next((i for i, line in enumerate(foot) if i and _REASONS.match(line.text)), len(foot))
    return foot[:begin], foot[begin:]


def _subject(spec: LetterKindSpec, zones: Zones, heading: Heading | None, make: FieldBuilder) -> Field[str]:
    labeled = zones.entry(Label.SUBJECT)
    content = labeled.content if labeled else heading.title if heading else TextSpan()
    if content or not spec.needs_subject:
        return make.text(content)
    return Field[str](review=(MISSING,))


def _number(spec: LetterKindSpec, lines: Sequence[PagedLine], head: LetterHead, heading: Heading | None) -> NumberField:
    if heading and heading.states_number:
        return heading.number
    return head.number if head.number.raw or _is_numbered(spec, lines) else NumberField()


def _is_numbered(spec: LetterKindSpec, lines: Sequence[PagedLine]) -> bool:
    """Tell whether such a paper must have a number: of the orders only a คำสั่ง has, a regulation has none."""
    if spec.needs_number and spec.numbered_headings:
        return any(word in line.text for line in lines[:_HEADING_LINES] for word in spec.numbered_headings)
    return spec.needs_number


def _issuer(
    kind: LetterKind, zones: Zones, head: LetterHead, heading: Heading | None, make: FieldBuilder
) -> Field[str]:
    if kind is LetterKind.STAMPED_LETTER:
        return _stamping_office(zones, make)
    if kind is LetterKind.INTERNAL_MEMO and not head.issuer.raw:
        # A note on plain paper names its office without a label.
        return make.text(join_lines([line for line in zones.head if line.cues.begins_unit][:1]))
    return heading.issuer if heading else head.issuer


def _below_stamp(kind: LetterKind, foot: Sequence[PagedLine]) -> Sequence[PagedLine]:
    """Return the foot of a letter; that of a stamped one from below its date, above which its office stands."""
    if kind is not LetterKind.STAMPED_LETTER:
        return foot
    dated = next((i for i, line in enumerate(foot) if line.cues.is_date_alone), -1)
    return foot[dated + 1 :]


def _stamping_office(zones: Zones, make: FieldBuilder) -> Field[str]:
    """Return the office of a stamped letter, which stands above the date at its end."""
    below = [*zones.body, *zones.foot]
    office = next((above for above, line in pairwise(below) if line.cues.is_date_alone), None)
    return make.text(join_lines([office])) if office else Field[str](review=(MISSING,))


def _date(spec: LetterKindSpec, head: LetterHead, zones: Zones, make: FieldBuilder) -> Field[dt.date]:
    """Return the date of the head, or the one at the end where such papers have theirs."""
    below = [*zones.body, *zones.foot]
    given = next((line for line in reversed(below) if line.cues.states_issue_date), None)
    if spec.parse_heading and given is not None and (found := first_date(join_lines([given]))) is not None:
        return make.date(join_lines([given]), found)
    if spec.date is DatePlace.HEAD or head.date.raw:
        return head.date
    stamped = spec.kind is LetterKind.STAMPED_LETTER
    for line in below if stamped else reversed(below):
        place = join_lines([line])
        found = first_date(place)
        if found is not None and (line.cues.is_date_alone or (not stamped and _GIVEN.search(line.text))):
            return make.date(place, found)
    return head.date
