"""The receipt stamp (ตรารับหนังสือ): office, number, date, time."""

import datetime as dt
import re
from collections.abc import Sequence

from models.field import Field, Source
from models.letter import Receipt
from parsers.fields import HANDWRITING, MISSING, FieldBuilder, first_date
from parsers.text_span import PagedLine, TextSpan, join_lines
from thai.dates import find_dates
from thai.numerals import to_arabic
from thai.times import find_times

_NUMBER = re.compile(r"[0-9๐-๙]+(?:\s?/\s?[0-9๐-๙]+)?")
_NUMBER_ALONE = re.compile(r"^[\s.…]*[0-9๐-๙]{1,6}(?:\s?[/1]\s?[0-9๐-๙]{2,4})?[\s.…]*$")
_CLOCK = re.compile(r"(?<![0-9๐-๙])[0-9๐-๙]{1,2}\s?[.:]\s?[0-9๐-๙]{2}(?![0-9๐-๙./])")
_OFFICE_LETTERS = 6
"""Letters below which a line of a stamp in colored ink is a scribble or a piece of its frame, not an office."""


def parse_receipt(lines: Sequence[PagedLine], review_confidence: float) -> Receipt | None:
    """Return the record of a stamp, or None for no lines.

    A stamp is filled in by hand: on a picture of a page each of its values asks for review.
    """
    if not lines:
        return None
    make = FieldBuilder(review_confidence, Source.STAMP)
    parts: dict[str, TextSpan] = {}
    office: list[PagedLine] = []
    for line in lines:
        part = line.cues.receipt_part or _unlabeled(line)
        if part is not None:
            text = join_lines([line])
            parts.setdefault(part[0], text.slice(part[1] - (len(line.text) - len(line.text.lstrip()))))
        elif line.line.source is not Source.STAMP or len(re.findall("[ก-ฮ]", line.text)) >= _OFFICE_LETTERS:
            office.append(line)
    seen = {line.line.source for line in lines if line.has_layout}
    hand = (HANDWRITING,) if seen & {Source.PRINT, Source.STAMP} else ()
    return Receipt(
        number=_number(parts.get("number", TextSpan()), hand, make),
        date=_date(parts.get("date", TextSpan()), hand, make),
        time=_time(parts.get("time", TextSpan()), hand, make),
        office=make.text(join_lines(office)),
    )


def _unlabeled(line: PagedLine) -> tuple[str, int] | None:
    """Return which part a line of colored ink is by its form: the labels of a rubber stamp wear off first."""
    if line.line.source is not Source.STAMP:
        return None
    if find_dates(line.text):
        return "date", 0
    if _CLOCK.search(line.text):
        return "time", 0
    return ("number", 0) if _NUMBER_ALONE.match(line.text) else None


def _number(place: TextSpan, hand: tuple[str, ...], make: FieldBuilder) -> Field[str]:
    match = _NUMBER.search(place.text)
    if match is None:
        return Field[str](raw=place.text, page=place.page, box=place.box, source=Source.STAMP, review=(MISSING,))
    number = place.slice(*match.span())
    return make.digits(number, re.sub(r"\s", "", to_arabic(number.text)), *hand)


def _date(place: TextSpan, hand: tuple[str, ...], make: FieldBuilder) -> Field[dt.date]:
    found = first_date(place)
    if found is None:
        return make.unread_date(place, "date.unreadable" if re.search("[0-9๐-๙ก-ฮ]", place.text) else MISSING, *hand)
    return make.date(place, found, *hand)


def _time(place: TextSpan, hand: tuple[str, ...], make: FieldBuilder) -> Field[dt.time]:
    times = find_times(f"เวลา {place.text}") if place else []
    if not times:
        code = "time.unreadable" if re.search("[0-9๐-๙]", place.text) else MISSING
        return Field[dt.time](raw=place.text, page=place.page, box=place.box, source=Source.STAMP, review=(code,))
    field = make.digits(place, place.text, *hand)
    return Field[dt.time](**{**field.model_dump(), "value": times[0]})
