"""The names of months and weekdays, and finding which one a misread name was."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

MONTHS: Final = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
"""Full names, January first."""

MONTHS_SHORT: Final = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
"""Abbreviations, January first."""

ENGLISH_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
"""English names, January first."""
_SHORTEST_ENGLISH = 3
"""Letters that an English name is cut down to at least."""

WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
"""Names without วัน, Monday first, so that `WEEKDAYS[date.weekday()]` is the day's name."""

_THURSDAY_SHORT = "พฤหัส"
_SHORTEST_FUZZY = 4
"""Letters of a word, below which it is a month only where it is spelt as one."""
_STOPS = re.compile(r"[.\sฯ]")
_ABBREVIATIONS = {_STOPS.sub("", short): number for number, short in enumerate(MONTHS_SHORT, start=1)}


def parse_month(name: str) -> tuple[int, bool] | None:
    """Return a month's number and whether the name was spelt right, or None.

    A full name may have one letter wrong, missing or too many, as long as only one month is that near:
    มกนาคม may be มกราคม or มีนาคม and is neither. An abbreviation must be exact, its points and spaces
    aside: มี.ค. and ม.ค. are a mark apart.
    """
    plain = _STOPS.sub("", name)
    if plain in _ABBREVIATIONS:
        return _ABBREVIATIONS[plain], True
    return _nearest(plain, MONTHS)


def parse_english_month(name: str) -> int | None:
    """Return the number of a month by its English name or the beginning of it, such as Mar or Sept; None for others."""
    plain = name.rstrip(".").lower()
    if len(plain) < _SHORTEST_ENGLISH:
        return None
    return next((number for number, month in enumerate(ENGLISH_MONTHS, start=1) if month.startswith(plain)), None)


def parse_weekday(name: str) -> int | None:
    """Return the ISO number of a weekday (1 Monday to 7 Sunday) from its name without วัน, or None.

    Knows the short พฤหัสฯ, and one wrong letter as `parse_month` does.
    """
    plain = _STOPS.sub("", name)
    if plain == _THURSDAY_SHORT:
        return WEEKDAYS.index("พฤหัสบดี") + 1
    found = _nearest(plain, WEEKDAYS)
    return found[0] if found else None


def _nearest(word: str, names: Sequence[str]) -> tuple[int, bool] | None:
    """Return the place, from 1, of the only name within one edit, and whether there was none to make."""
    if word in names:
        return names.index(word) + 1, True
    if len(word) < _SHORTEST_FUZZY:
        return None
    near = [place for place, name in enumerate(names, start=1) if Levenshtein.distance(word, name, score_cutoff=1) <= 1]
    return (near[0], False) if len(near) == 1 else None
