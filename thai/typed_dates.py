"""Days that people type: in either era, with Thai months or in numbers; what could be meant twice is asked back."""

import datetime as dt
import re
from typing import Final

from core.errors import UsageError
from thai.dates import find_dates
from thai.numerals import to_arabic
from thai.years import BUDDHIST_OFFSET

_FIRST_BE, _LAST_BE = 2400, 2699
"""Years of the Buddhist era that are taken for such: 1857 to 2156."""
_FIRST_CE, _LAST_CE = 1850, 2156
"""Years of the common era, which the other range cannot be taken for."""
_CENTURIES = (2500, 2000)
"""Centuries of the Buddhist and the common era that a year of two digits may be of."""
_YEAR: Final = re.compile(r"(?:พ\.?\s?ศ\.?\s?|ปี\s?)?(\d{4})")
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})")
_FORMS: Final = "30/6/2564 | 2021-06-30 | 2564-06-30 | ๓๐ มิ.ย. ๒๕๖๔"


def parse_typed_day(text: str, option: str, *, whole_years: bool = False) -> dt.date:
    """Return the day that a person typed.

    Args:
        text: Such as 2021-06-30, 2564-06-30, 30/6/2564, ๓๐ มิถุนายน ๒๕๖๔.
        option: What it was typed for, to be named in the message.
        whole_years: Take a year of the Buddhist era alone for its last day.

    Raises:
        UsageError: It is no day, or could be meant in two ways; the message says which.
    """
    plain = to_arabic(text).strip()
    if found := _YEAR.fullmatch(plain):
        return _last_day(int(found[1]), text, option, whole_years=whole_years)
    if found := _ISO.fullmatch(plain):
        return _day(found[1], found[2], found[3], text, option)
    if found := _NUMERIC.fullmatch(plain):
        return _day(found[3], found[2], found[1], text, option)
    dates = find_dates(text)
    if len(dates) == 1 and (date := dates[0].date) is not None:
        if "date.two_digit_year" in dates[0].problems:
            raise _ambiguous(text, option, date.year + BUDDHIST_OFFSET)
        if not dates[0].problems or dates[0].problems == ("date.christian_era",):
            return date
    raise _refuse(text, option, "ไม่ใช่วันที่", "no day")


def _last_day(year: int, text: str, option: str, *, whole_years: bool) -> dt.date:
    if whole_years and _FIRST_BE <= year <= _LAST_BE:
        return dt.date(year - BUDDHIST_OFFSET, 12, 31)
    if whole_years and _FIRST_CE <= year <= _LAST_CE:
        meant = f"{year + BUDDHIST_OFFSET} | {year}-12-31"
        raise UsageError(
            f"{option} {text}: ระบุ พ.ศ. หรือวันที่เต็ม: {meant}",
            f"{option} {text}: a year is taken in the Buddhist era, else name the day: {meant}",
        )
    raise _refuse(text, option, "ระบุวันที่เต็ม", "name the whole day")


def _day(year: str, month: str, day: str, text: str, option: str) -> dt.date:
    if len(year) == 2:
        raise _ambiguous(text, option, int(year))
    number = int(year)
    if _FIRST_BE <= number <= _LAST_BE:
        number -= BUDDHIST_OFFSET
    elif not _FIRST_CE <= number <= _LAST_CE:
        raise _refuse(text, option, f"ปี {year} ไม่ใช่ปี พ.ศ. หรือ ค.ศ.", f"{year} is no year of either era")
    try:
        return dt.date(number, int(month), int(day))
    except ValueError as error:
        raise _refuse(text, option, "ไม่มีวันนี้ในปฏิทิน", "no such day") from error


def _refuse(text: str, option: str, th: str, en: str) -> UsageError:
    return UsageError(f"{option} {text}: {th} ({_FORMS})", f"{option} {text}: {en} ({_FORMS})")


def _ambiguous(text: str, option: str, digits: int) -> UsageError:
    be, ce = (century + digits % 100 for century in _CENTURIES)
    return UsageError(
        f"{option} {text}: ปีสองหลักเป็นได้ทั้ง พ.ศ. {be} และ ค.ศ. {ce} โปรดระบุสี่หลัก",
        f"{option} {text}: the year may be {be} of the Buddhist era or {ce}: give four digits",
    )
