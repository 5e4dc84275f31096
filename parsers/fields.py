"""Passages → fields: the value with where it stood, how surely it was read, and why a person should look."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.field import Field, Repair, Source
from models.letter import NumberField, NumberParts
from models.ocr import Word
from parsers.text_span import TextSpan, usual_height
from thai.dates import ThaiDate, find_dates
from thai.letter_number import LetterNumber, find_letter_numbers
from thai.spelling import mend
from thai.text import normalize

DIGIT_CONFIDENCE = 0.90
"""A number or date with a word read less surely asks for review: one wrong digit is another number."""

MISSING = "missing"
LOW_CONFIDENCE = "low_confidence"
HANDWRITING = "handwriting.suspected"
DATE_UNREADABLE = "date.unreadable"

_DOTTED = re.compile(r"[.…_]{3,}")
_LAST_DIGITS = re.compile(r"[0-9๐-๙]+\s*$")
_FIRST_DIGITS = re.compile(r"[0-9๐-๙]+")
_WORD_SLACK = 0.30
"""How much less surely than the threshold one word of a text may be read: a word is as sure as its worst letter."""
_LOST_CONSONANT = re.compile(r"(?:^|\s|ท[ีิ]?่?)\s*(?P<letters>[ก-ฮ](?:\s[ก-ฮ])?)\s$")
_ODD_HEIGHT = 1.6
"""How many times as high as the print beside it a word is that a hand wrote."""
_ABOVE_ALL = 1.05
"""How many times as high as the highest print on its line it is at least."""
_CONFIDENCE_DROP = 0.25
"""How much less surely than print beside it handwriting is read at least."""
_HAND_GAP = 0.025
"""Gap before what was filled in, as a share of the page's width: 5 mm of A4, more than a space of print."""


@dataclass(frozen=True, slots=True)
class FieldBuilder:
    """Makes fields that ask for review where they were read with less than some confidence.

    Attributes:
        review_confidence: The threshold for text, 0 to 1; digits are held to `DIGIT_CONFIDENCE` at least.
        source: By what means everything was had, where it is not each line's own means.
    """

    review_confidence: float = 0.80
    source: Source | None = None

    def text(self, span: TextSpan, *codes: str, value: str | None = None) -> Field[str]:
        """Return a text field; an empty span gives one without a value."""
        if not span:
            return Field[str](review=codes)
        confidence = span.line_confidence
        worst = min((word.confidence for word in span.words), default=1.0)
        sure = confidence >= self.review_confidence and worst >= self.review_confidence - _WORD_SLACK
        source = self._source(span)
        read = normalize(span.text if value is None else value)
        # Only a picture loses tone marks: what was typed stands as it was typed.
        mended = mend(read) if source is Source.PRINT and confidence < 1.0 else read
        return Field[str](
            value=mended or None,
            raw=span.text,
            confidence=confidence,
            page=span.page,
            box=span.box,
            source=source,
            review=_merged(codes, () if sure else (LOW_CONFIDENCE,)),
            other=span.other,
            repair=Repair(rule="spelling.tone_marks", cost=1.0) if mended != read else None,
        )

    def digits(self, span: TextSpan, value: str, *codes: str) -> Field[str]:
        """Return a text field whose digits count."""
        field = self.text(span, *codes, value=value)
        doubts = self._digit_doubts(span)
        return field.model_copy(update={"confidence": span.word_confidence, "review": _merged(field.review, doubts)})

    def number(self, span: TextSpan, found: LetterNumber, *codes: str) -> NumberField:
        """Return a letter number that was found in a span."""
        place = span.slice(*found.span)
        last = _LAST_DIGITS.search(place.text)
        # What a hand filled in may have been read as no part of the number.
        source = Source.HANDWRITING if span.source is Source.HANDWRITING else self._source(place)
        hand = source is Source.HANDWRITING or is_handwritten(
            span, place, found.span[0] + last.start() if last else None
        )
        doubts = self._digit_doubts(place)
        return NumberField(
            value=str(found),
            raw=found.raw,
            confidence=place.word_confidence,
            page=place.page,
            box=place.box,
            source=source,
            review=_merged(codes, found.problems, doubts, (HANDWRITING,) if hand else ()),
            other=place.other,
            parts=NumberParts(prefix=found.prefix, unit=found.unit, circular=found.circular, running=found.running),
        )

    def date(self, span: TextSpan, found: ThaiDate, *codes: str) -> Field[dt.date]:
        """Return a date that was found in a span; one that cannot be a date has no value and says why."""
        place = span.slice(*found.span)
        first = _FIRST_DIGITS.search(place.text)
        hand = is_handwritten(span, place, found.span[0] + first.start() if first else None)
        # A gap inside the four digits of a year leaves nothing to doubt.
        known = tuple(problem for problem in found.problems if problem != "date.year_split")
        problems = known if found.date or known else (DATE_UNREADABLE,)
        return Field[dt.date](
            value=found.date,
            raw=found.raw,
            confidence=place.word_confidence,
            page=place.page,
            box=place.box,
            source=self._source(place),
            review=_merged(codes, problems, self._digit_doubts(place), (HANDWRITING,) if hand else ()),
            other=place.other,
        )

    def unread_number(self, span: TextSpan, *codes: str) -> NumberField:
        """Return a letter number without a value: what stands in its place, if anything, and why."""
        return NumberField(
            raw=span.text,
            confidence=span.word_confidence,
            page=span.page,
            box=span.box,
            source=self._source(span),
            review=_merged(codes or (MISSING,), (HANDWRITING,) if self._source(span) is Source.HANDWRITING else ()),
        )

    def unread_date(self, span: TextSpan, *codes: str) -> Field[dt.date]:
        """Return a date without a value: what stands in its place, if anything, and why."""
        return Field[dt.date](
            raw=span.text,
            confidence=span.word_confidence,
            page=span.page,
            box=span.box,
            source=self._source(span),
            review=_merged(codes or (MISSING,), (HANDWRITING,) if self._source(span) is Source.HANDWRITING else ()),
        )

    def _digit_doubts(self, place: TextSpan) -> tuple[str, ...]:
        return (LOW_CONFIDENCE,) if place.word_confidence < max(DIGIT_CONFIDENCE, self.review_confidence) else ()

    def _source(self, span: TextSpan) -> Source:
        return self.source or span.source


def is_handwritten(span: TextSpan, place: TextSpan, filled: int | None) -> bool:
    """Tell whether a part of a number or date looks filled in by hand, although it was read as print.

    Args:
        span: The line or lines it stands on.
        place: The number or date.
        filled: Index in the span of the digits that offices leave open: a running number, a day of the month.
    """
    if place.source is Source.HANDWRITING or _DOTTED.search(place.text):
        return True
    if filled is None or not place.parts or not place.parts[0].line.has_layout:
        return False
    hand = span.slice(filled, filled + 1).words
    others = [word for word in span.words if word not in hand]
    if not hand or len(others) < 2:
        return False
    left = [w.box.x1 for w in place.words if w not in hand and w.box.x1 <= hand[0].box.x0]
    return _differs(hand[0], others) or (bool(left) and hand[0].box.x0 - max(left) > _HAND_GAP)


def _differs(word: Word, others: Sequence[Word]) -> bool:
    """Tell whether a word is much higher than those beside it and than any of them, or read much less surely.

    A printed word may be as high as its whole line: one with tone marks, or one whose letters could not be parted.
    """
    usual = sorted(other.confidence for other in others)[len(others) // 2]
    highest = max(other.box.height for other in others)
    is_high = word.box.height > max(_ODD_HEIGHT * usual_height(others), _ABOVE_ALL * highest)
    return is_high or word.confidence < usual - _CONFIDENCE_DROP


def first_number(span: TextSpan) -> LetterNumber | None:
    """Return the first letter number of a span, or None.

    A scan may part the consonants of a code: `ที่ อ ต ๐๐๒๓.๓/ว ๘๕๓` is อต, and says so with `number.prefix_split`. A
    code of one consonant that nothing explains is marked `number.prefix_short`.
    """
    found = next(iter(find_letter_numbers(span.text)), None)
    if found is None or len(found.prefix) > 1:
        return found
    lost = _LOST_CONSONANT.search(span.text[: found.span[0]])
    if lost is None:
        return replace(found, problems=(*found.problems, "number.prefix_short"))
    bounds = (lost.start("letters"), found.span[1])
    prefix = re.sub(r"\W", "", lost["letters"]) + found.prefix
    problems = (*found.problems, "number.prefix_split")
    return replace(found, prefix=prefix, raw=span.text[slice(*bounds)], span=bounds, problems=problems)


def first_date(span: TextSpan) -> ThaiDate | None:
    """Return the first date of a span that is whole, else the first that is not, else None."""
    dates = find_dates(span.text)
    return next((date for date in dates if date.date), next(iter(dates), None))


def _merged(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))
