"""Remarks held against the wordings that an annex itself uses often."""

import re
from collections.abc import Sequence
from typing import Final

from models.field import Field, Repair
from parsers.annex.remark_code_book import (
    FREQUENT,
    SURE,
    CodeBook,
    are_years,
    build_code_book,
    fill_numbers,
    join_years,
    mask_numbers,
)
from thai.numerals import to_arabic
from thai.text import normalize, skeleton
from thai.years import find_years

_STRAY, _UNSURE = 2, 0.5
"""How many letters, read with less, are a stroke of a pen or the rest of a stamp rather than a remark."""
_FRAGMENT, _HARDLY = 4, 0.2
"""The same of some more letters, read with so little that they might be any; so read, what is like no remark of the
annex is not kept as one, however long."""
_REPEATED = 0.2
"""How much less surely than the threshold a remark may be read, since an office repeats a few wordings."""
_RARE = 10
"""One row of so many at least has the years of a remark, unless they are misread."""
_BROKEN_YEAR = re.compile("(?<![๐-๙0-9])(?=(?:[๐-๙0-9] ?){4}(?! ?[๐-๙0-9]))[๐-๙0-9]+(?: [๐-๙0-9]+)+")
_NUMERAL = re.compile("[๐-๙]{2}|[0-9]{2}")
_CENTURIES = {"24", "25"}
_LEGIBLE = re.compile("[ก-ฮ๐-๙0-9A-Za-z]")
_REPAIRED: Final = "remark.repaired"
_UNUSUAL: Final = "remark.unusual"
_DIGITS: Final = "remark.digits"
_OVERLAID: Final = "overlaid"


def correct_remarks(read: Sequence[Field[str]], review_confidence: float) -> list[Field[str]]:
    """Hold each remark against the wordings that this annex itself uses often.

    An office repeats a few wordings down the page, differing in years. A reading close to a frequent wording is a
    misreading of it: it takes the wording and keeps its own digits.
    """
    read = [_legible(item) for item in read]
    book = build_code_book([item for item in read if item.value])
    return [_corrected(item, book, review_confidence) if item.value else item for item in read]


def _legible(item: Field[str]) -> Field[str]:
    """Return a remark as official typing spaces it; a few signs that hardly read are none, but ink to look at."""
    if not item.value:
        return item
    if _is_stray(item) or (not _LEGIBLE.search(item.value) and item.value.strip() != "-"):
        return item.model_copy(update={"value": None}).doubted("unreadable")
    mended = _BROKEN_YEAR.sub(_as_year, item.value)
    doubt = [_DIGITS] if mended != item.value else []
    return item.model_copy(update={"value": _spaced(mended)}).doubted(*doubt)


def _is_stray(item: Field[str]) -> bool:
    """Whether a remark is so short, and read with so little, that a stroke may have been read for letters."""
    letters = len(skeleton(item.value or ""))
    alone = letters == 1 and _OVERLAID in item.review
    return (
        (letters <= _STRAY and item.confidence < _UNSURE)
        or (letters <= _FRAGMENT and item.confidence < _HARDLY)
        or (alone and item.confidence < 1.0)
    )


def _as_year(broken: re.Match[str]) -> str:
    """Return digits that a gap parts as one number where that is a year of this century or the last."""
    joined = broken[0].replace(" ", "")
    return joined if to_arabic(joined)[:2] in _CENTURIES else broken[0]


def _spaced(text: str) -> str:
    """Space a remark as official typing does: before a bracket and a number, none inside either, none in a range."""
    text = re.sub(r"(?<=[ก-๎])\s*\(\s*", " (", text)
    text = re.sub(r"\s+\)", ")", text)
    text = re.sub(r"(?<=[๐-๙0-9])\s*[-–—]\s*(?=[๐-๙0-9])", "-", text)
    return re.sub(r"(?<=[ก-๎])\s*(?=[๐-๙0-9])", " ", text)


def _corrected(item: Field[str], book: CodeBook, review_confidence: float) -> Field[str]:
    if item.confidence >= 1.0:
        return item  # no reading of a picture: what stands there was written so
    for text in _find_texts(item, book):
        found = _as_worded(item, text, book)
        if found is not None:
            bare = mask_numbers(found.value or "")
            return _with_dash(found, book).doubted(*_reading_doubts(found, bare, book, review_confidence))
    if book.spaced and item.confidence < _HARDLY:
        return item.model_copy(update={"value": None}).doubted("unreadable")
    doubts = _reading_doubts(item, mask_numbers(item.value or ""), book, review_confidence)
    unusual = [_UNUSUAL] if item.confidence < SURE and book.spaced else []
    if not book.spaced and item.confidence < review_confidence:
        unusual = ["low_confidence"]  # nothing to hold it against: it is as sure as it was read
    return item.doubted(*unusual, *doubts)


def _find_texts(item: Field[str], book: CodeBook) -> tuple[str, ...]:
    """Return what may be the text of a remark: without the lines in its cell that are a sign or two, and as read.

    Such lines are strokes, unless the annex has the wording with them as well.
    """
    text = item.value or ""
    lines = normalize(item.raw).split("\n")
    kept = [line for line in lines if len(skeleton(line)) > _STRAY or _NUMERAL.search(line)]
    if not kept or len(kept) == len(lines):
        return (text,)
    rest = _spaced(" ".join(kept))
    is_known = mask_numbers(text) in book.spaced and mask_numbers(text) != mask_numbers(rest)
    return (text, rest) if is_known else (rest, text)


def _as_worded(item: Field[str], text: str, book: CodeBook) -> Field[str] | None:
    """Return a remark in the wording of the annex that it is a reading of, None where it is of none.

    Args:
        item: As it was read.
        text: Its text, or what is left of it without strokes.
        book: The wordings.
    """
    bare = mask_numbers(text)
    if bare in book.spaced:
        unusual = item.confidence < SURE and book.count(bare) < FREQUENT
        return _take(item, text, book.spaced[bare], 1.0, *([_UNUSUAL] if unusual else []))
    near = book.find_near(bare)
    if near is not None:
        return _take(item, text, book.spaced[near[0]], near[1])
    if item.confidence >= SURE and _OVERLAID not in item.review:
        return None
    likely = book.find_likely(bare, item.confidence)
    if likely is not None:
        return _take(item, text, likely, 1.0, _REPAIRED)
    surer = book.find_surer(bare, item.confidence)
    if surer is None or surer == mask_numbers(item.value or ""):
        return None
    return _take(item, text, book.usual[surer], 1.0, _REPAIRED)


def _take(item: Field[str], text: str, wording: str, cost: float, *codes: str) -> Field[str]:
    """Return a remark with a wording as its value; it asks where letters changed, and not only tone marks and signs."""
    read, value = item.value or "", fill_numbers(wording, text)
    if value.replace(" ", "") == read.replace(" ", ""):
        return item.model_copy(update={"value": value}).doubted(*codes)
    changed = [] if skeleton(read) == skeleton(value) else [_REPAIRED]
    repair = Repair(rule="remark.code_book", cost=cost)
    return item.model_copy(update={"value": value, "repair": repair}).doubted(*codes, *changed)


def _with_dash(item: Field[str], book: CodeBook) -> Field[str]:
    """Return a remark with the dash that others of its wording have between two years; without such, it asks."""
    joined = join_years(item.value or "")
    if joined == item.value:
        return item
    if not book.has_ranges:
        return item.doubted(_DIGITS)
    repair = item.repair or Repair(rule="remark.code_book", cost=1.0)
    return item.model_copy(update={"value": joined, "repair": repair}).doubted(_REPAIRED)


def _reading_doubts(item: Field[str], bare: str, book: CodeBook, review_confidence: float) -> list[str]:
    """Return why a remark is doubtful as it was read.

    A year that hardly any other row has may be a misread digit, and so may a number that is no year where others are.
    """
    least = review_confidence - (_REPEATED if book.is_confirmed(bare, review_confidence) else 0.0)
    least = SURE if bare in book.disputed else least
    doubt = ["low_confidence"] if item.confidence < least else []
    text = item.value or ""
    years = find_years(text)
    rare = years and book.numbers[years] < max(FREQUENT, book.numbers.total() // _RARE)
    if rare or (bare in book.dated and not are_years(text)):
        doubt.append(_DIGITS)
    return [*doubt, _UNUSUAL] if bare in book.rivaled else doubt
