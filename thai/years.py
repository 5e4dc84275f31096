"""Years of the Buddhist era: telling them from others, the years of a remark, the fiscal year."""

import datetime as dt
import re
from typing import Final

from thai.numerals import to_arabic

BUDDHIST_OFFSET: Final = 543
"""Years from the common era to the Buddhist era."""
YEAR_DIGITS: Final = 4
"""Digits of a year that is written in full."""
_FISCAL_MONTH: Final = 10
"""The month, October, whose first day begins a fiscal year."""

# Wide enough for any paper in an office and its plans; a misread digit usually falls outside.
_FIRST_BE, _LAST_BE = 2400, 2699
"""Years of the Buddhist era that a paper may name: 1857 to 2156."""
_FIRST_CE, _LAST_CE = 1900, 2099
"""Years of the common era that a paper may name."""
_CENTURY_BE = 2500
"""Century of a year with two digits."""
_LONGEST_RANGE = 100
"""Years between two that are listed one by one; a longer range is a misreading, and its ends alone are kept."""

_YEARS = re.compile(
    r"(?<![\d.])(?P<first>2[4-6]\d\d)(?!\d|,\d{3}(?!\d)|\.\d)"
    r"(?:\s{0,4}(?:-|–|—|ถึง)\s{0,4}(?:ปี\s{0,4})?(?:พ\.ศ\.\s{0,4})?(?P<last>2[4-6]\d\d|\d\d)(?!\d|,\d{3}(?!\d)|\.\d))?"
)


def read_year(digits: str, era: str | None) -> tuple[int | None, str | None]:
    """Return the year of the Buddhist era that the digits stand for, and a problem code of `dates`.

    Args:
        digits: Two to six Arabic digits, or a year split as in `25 64`.
        era: The words printed before it (พ.ศ., ค.ศ., ปี), if any.
    """
    if " " in digits:
        return int(digits.replace(" ", "")), "date.year_split"
    if len(digits) == 2:
        return _CENTURY_BE + int(digits), "date.two_digit_year"
    if len(digits) != YEAR_DIGITS:
        return None, "date.year_incomplete"
    year, stated = int(digits), (era or "")[:1]
    if _FIRST_BE <= year <= _LAST_BE and stated != "ค":
        return year, None
    if _FIRST_CE <= year <= _LAST_CE and stated != "พ":
        return year + BUDDHIST_OFFSET, "date.christian_era"
    return None, "date.year_implausible"


def find_years(text: str) -> tuple[int, ...]:
    """Return the years of the Buddhist era that a remark names, in order and once each; ranges are filled in.

    `แค่ปี ๒๕๖๒-๒๕๖๓` is 2562 and 2563, and so is `๒๕๖๒-๖๓`. Ranges over a century give their two ends only.
    """
    years: set[int] = set()
    for match in _YEARS.finditer(to_arabic(text)):
        first = int(match["first"])
        last = _range_end(first, match["last"])
        low, high = min(first, last), max(first, last)
        years.update(range(low, high + 1) if high - low <= _LONGEST_RANGE else (low, high))
    return tuple(sorted(years))


def _range_end(first: int, digits: str | None) -> int:
    if digits is None:
        return first
    return int(digits) if len(digits) == YEAR_DIGITS else first // 100 * 100 + int(digits)


def fiscal_year(date: dt.date) -> int:
    """Return the fiscal year (ปีงบประมาณ) of a day, in the Buddhist era: 1 October begins the next."""
    return date.year + BUDDHIST_OFFSET + (date.month >= _FISCAL_MONTH)
