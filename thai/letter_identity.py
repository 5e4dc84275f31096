"""Whether two mentions of a letter, each a number and a date, are of one letter, though one of them may be misread.

A letter is known by its number and its date. A number that differs is taken for the same one only on the same day,
and only by what readers and typists get wrong: digits that look alike, a digit lost, two that changed places.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from thai.letter_number import parse_letter_number
from thai.numerals import to_arabic

_ALIKE: Final = frozenset(
    frozenset(pair) for pair in ("02", "06", "26", "37", "45", "48", "56", "57", "58", "59", "39", "13")
)
"""Thai digits that were measured or published to be read as one another: ๔ as ๕, ๖ as ๐ or ๒, ๗ as ๓, ๘ as ๔ or ๕ …"""
_MOST: Final = 2
"""Most characters in which a misread number differs."""
_LETTER: Final = re.compile(r"^\s*(?:[0-9๐-๙]+\s*[.)]?)?\s*(?:สำเนา)?\s*(?:หนังสือ(?!รับรอง|ชี้)|บันทึกข้อความ|โทรสาร|วิทยุ)")


class Likeness(StrEnum):
    """How two mentions of one letter differ."""

    SAME = "same"
    UNDATED = "undated"
    OTHER_DATE = "other_date"
    MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class Likely:
    """Why two mentions are of one letter.

    Attributes:
        likeness: How they differ.
        differences: For a misread number, the characters of the one and of the other, such as `("8", "4")`.
    """

    likeness: Likeness
    differences: tuple[tuple[str, str], ...] = ()


def find_alike_digits(digit: str) -> list[str]:
    """Return the digits that a digit, in either script, is read as or for; all are Arabic."""
    return sorted(other for pair in _ALIKE if to_arabic(digit) in pair for other in pair - {to_arabic(digit)})


def names_letter(title: str) -> bool:
    """Tell whether a paper that is named is a letter: laws and announcements have no letter number."""
    return _LETTER.search(title) is not None


@lru_cache(maxsize=65_536)
def bare(number: str) -> str:
    """Return a letter number in Arabic digits without spaces or points of abbreviation: what numbers are equal by."""
    parsed = parse_letter_number(number)
    return "".join(to_arabic(str(parsed) if parsed is not None else number).split())


def same_office(one: str | None, other: str | None) -> bool:
    """Tell whether two numbers have the same code and office digits before the stroke; unread ones have not."""
    return bool(one and other) and bare(one or "").partition("/")[0] == bare(other or "").partition("/")[0]


def same_letter(one: tuple[str, dt.date | None], other: tuple[str, dt.date | None]) -> Likely | None:
    """Say whether two mentions, each number and date, are of one letter; None where they are not, or a number is empty.

    Numbers begin anew each year: an equal number of another year is another letter, unless day and month agree.
    """
    (number, day), (other_number, other_day) = one, other
    if not number or not other_number:
        return None
    if bare(number) == bare(other_number):
        if day is None or other_day is None:
            return Likely(Likeness.UNDATED)
        if day == other_day:
            return Likely(Likeness.SAME)
        near = day.year == other_day.year or (day.month, day.day) == (other_day.month, other_day.day)
        return Likely(Likeness.OTHER_DATE) if near else None
    if day is None or day != other_day:
        return None
    differences = misread(number, other_number)
    return Likely(Likeness.MISREAD, differences) if differences else None


def misread(one: str, other: str) -> tuple[tuple[str, str], ...] | None:
    """Return the characters by which one number is likely a misreading of the other; None where it is not.

    Equal running numbers let the office's digits differ in any two, for that no other letter of the day has both.
    """
    if Levenshtein.distance(bare(one), bare(other), score_cutoff=_MOST) > _MOST:
        return None
    a, b = parse_letter_number(one), parse_letter_number(other)
    if a is None or b is None or not a.running or not b.running:
        return None
    prefix = tuple(_differences(a.prefix, b.prefix))
    unit, running = tuple(_differences(a.unit, b.unit)), tuple(_differences(a.running, b.running))
    marks = () if a.circular == b.circular else (("ว" * a.circular, "ว" * b.circular),)
    found = (*prefix, *unit, *marks, *running)
    if len(found) > _MOST or len(prefix) > 1:
        return None
    return found if not running or _is_slip((*unit, *running)) else None


def _is_slip(differences: tuple[tuple[str, str], ...]) -> bool:
    """Whether digits look alike, or one was lost, or two changed places."""
    swapped = len(differences) == _MOST and differences[0] == differences[1][::-1]
    return swapped or all(frozenset(pair) in _ALIKE or (len(differences) == 1 and "" in pair) for pair in differences)


def _differences(one: str, other: str) -> Iterator[tuple[str, str]]:
    if len(one) == len(other):
        yield from ((a, b) for a, b in zip(one, other, strict=True) if a != b)
        return
    for edit in Levenshtein.editops(one, other):
        read = "" if edit.tag == "insert" else one[edit.src_pos]
        meant = "" if edit.tag == "delete" else other[edit.dest_pos]
        yield read, meant
