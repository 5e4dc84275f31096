"""Dates of official papers: the Buddhist era, Thai months, ranges, and what is wrong with a date as printed.

A date is never repaired by guessing. What cannot be a date has `date` None; what can, but was written or read in a
way that may hide a misreading, carries a problem code. Codes:

    date.impossible        no such day, such as ๓๑ กุมภาพันธ์
    date.day_missing       month and year without a day
    date.day_doubtful      another digit stands just before the day, as where a scan split it
    date.month_misspelt    the month's name has one wrong letter
    date.two_digit_year    ๖๔, taken for ๒๕๖๔; beside an English month it may be of either era and is no date
    date.christian_era     ๒๐๒๑, taken for ๒๕๖๔
    date.year_split        ๒๕ ๖๔, taken for ๒๕๖๔
    date.year_inferred     a range over the new year, whose first year is not printed
    date.year_incomplete   no year, or a year of three digits
    date.year_implausible  a year that no paper of ours can have, or that contradicts its พ.ศ. or ค.ศ.
    date.weekday_mismatch  the weekday printed is not that day's
    date.mixed_digits      both scripts in one number
    date.unreadable        a form left blank, or a month that cannot be made out

Years before พ.ศ. ๒๔๘๔ are counted from January, as software does, although they then began in April.
"""

import datetime as dt
import re
from dataclasses import dataclass

from thai.date_patterns import AMERICAN, BLANK, DAY_MONTH, ENGLISH, ISO, MONTH_YEAR, NUMERIC, WRITTEN
from thai.months import MONTHS, MONTHS_SHORT, WEEKDAYS, parse_english_month, parse_month, parse_weekday
from thai.numerals import mixed_digits, to_arabic, to_thai
from thai.times import find_times
from thai.years import BUDDHIST_OFFSET, YEAR_DIGITS, find_years, fiscal_year, read_year

__all__ = [
    "BUDDHIST_OFFSET",
    "MONTHS",
    "MONTHS_SHORT",
    "WEEKDAYS",
    "ThaiDate",
    "find_dates",
    "find_times",
    "find_years",
    "fiscal_year",
    "format_date",
    "parse_date",
]

# What is doubtful of a range's last day is as doubtful of its first, which borrows month and year from it.
_FROM_LAST = ("date.two_digit_year", "date.christian_era", "date.month_misspelt")
_BEFORE_RUNNING_NUMBER = re.compile(r"/\s*ว?\.?\s*$")
_MOST_DAYS = 31
"""Days of a month at most."""
_SPLIT_DAY = re.compile(r"(?<!\d)[0-3] $")


@dataclass(frozen=True, slots=True)
class ThaiDate:
    """A date found in a text.

    Attributes:
        date: The day in the common era, or None where it is not whole or not possible.
        day: Day of the month, where read.
        month: Month from 1, where read.
        year_be: Year of the Buddhist era, where read.
        weekday: The weekday printed with it, 1 Monday to 7 Sunday, or None.
        raw: The text it was read from; each date of a range has its own.
        span: Where `raw` stands, as indices into the text.
        problems: Codes of what is wrong or doubtful; empty only for a date that is plainly printed.
    """

    date: dt.date | None
    day: int | None
    month: int | None
    year_be: int | None
    weekday: int | None
    raw: str
    span: tuple[int, int]
    problems: tuple[str, ...] = ()


def parse_date(text: str) -> ThaiDate | None:
    """Return the first date of a text, or None; of a range, the day it begins."""
    return next(iter(find_dates(text)), None)


def find_dates(text: str) -> list[ThaiDate]:
    """Return every date of a text, in order; a range gives two, its first day and its last."""
    plain = to_arabic(text)
    found: list[ThaiDate] = []
    taken = bytearray(len(plain))
    for pattern, read in _READERS:
        position = 0
        while match := pattern.search(plain, position):
            dates = [] if any(taken[match.start() : match.end()]) else read(text, match)
            for date in dates:
                taken[slice(*date.span)] = b"\1" * (date.span[1] - date.span[0])
            found += dates
            position = match.end() if dates else _retry_from(match)
    return sorted(found, key=lambda date: date.span)


def format_date(date: dt.date, *, thai_digits: bool = True, abbreviated: bool = False) -> str:
    """Return a date as official papers print it: ๒๙ เมษายน ๒๕๖๔, or ๒๙ เม.ย. ๒๕๖๔ where abbreviated."""
    month = (MONTHS_SHORT if abbreviated else MONTHS)[date.month - 1]
    written = f"{date.day} {month} {date.year + BUDDHIST_OFFSET}"
    return to_thai(written) if thai_digits else written


def _retry_from(match: re.Match[str]) -> int:
    """Return where to look on after a match that was no date: after its day, else after its first character."""
    day = match.end("day") if "day" in match.re.groupindex else -1
    return day if day > match.start() else match.start() + 1


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was read of one date, before it is judged."""

    span: tuple[int, int]
    day: int | None = None
    month: int | None = None
    year_be: int | None = None
    weekday: int | None = None
    problems: tuple[str, ...] = ()


def _judge(text: str, parts: _Parts) -> ThaiDate:
    """Put a date together, and say what is wrong with it."""
    raw = text[slice(*parts.span)]
    problems = list(parts.problems)
    date = None
    if parts.day is not None and parts.month is not None and parts.year_be is not None:
        try:
            date = dt.date(parts.year_be - BUDDHIST_OFFSET, parts.month, parts.day)
        except ValueError:
            problems.append("date.impossible")
    if date is not None and parts.weekday not in (None, date.isoweekday()):
        problems.append("date.weekday_mismatch")
    if mixed_digits(raw):
        problems.append("date.mixed_digits")
    return ThaiDate(
        date, parts.day, parts.month, parts.year_be, parts.weekday, raw, parts.span, tuple(dict.fromkeys(problems))
    )


def _written(text: str, match: re.Match[str]) -> list[ThaiDate]:
    """Read `๒๙ เมษายน ๒๕๖๔` and the ranges that end in such a date."""
    year_be, year_problem = read_year(match["year"], match["era"])
    month = parse_month(match["month"])
    start = match.start("lead") if match["lead"] is not None else match.start("day")
    span = (start, match.end())
    if month is None:
        # Only the word วันที่ and a whole year tell that this was a date at all.
        if match["lead"] is None or len(match["year"]) != YEAR_DIGITS or year_be is None:
            return []
        return [_judge(text, _Parts(span, int(match["day"]), None, year_be, problems=("date.unreadable",)))]
    problems = _codes(None if month[1] else "date.month_misspelt", year_problem)
    weekday = parse_weekday(match["weekday"] or "")
    day_problem = _day_problem(match)
    if day_problem == "date.day_missing":
        span = (match.start("month"), match.end())
        return [_judge(text, _Parts(span, None, month[0], year_be, problems=(*problems, day_problem)))]
    last = _Parts(span, int(match["day"]), month[0], year_be, weekday, (*problems, *_codes(day_problem)))
    first = _range_start(match, last)
    return [_judge(text, part) for part in (first, last) if part is not None]


def _day_problem(match: re.Match[str]) -> str | None:
    """Tell a day from a letter's running number on the line above it, and from half of a split number."""
    before = match.string[max(0, match.start("day") - 12) : match.start("day")]
    if _BEFORE_RUNNING_NUMBER.search(before):
        return "date.day_missing"
    return "date.day_doubtful" if _SPLIT_DAY.search(before) else None


def _range_start(match: re.Match[str], last: _Parts) -> _Parts | None:
    """Return the first day of a range, which takes its month and year from the last where it has none."""
    named = parse_month(match["first_month"] or "")
    if match["first_day"] is None or (match["first_month"] and named is None):
        return None
    month, exact = named or (last.month, True)
    carried = [code for code in last.problems if code.startswith("date.year_") or code in _FROM_LAST]
    problems = [*carried, *_codes(None if exact else "date.month_misspelt")]
    year_be = _year_of_start(month, last)
    if year_be != last.year_be:
        problems.append("date.year_inferred")
    start = match.start("first_lead") if match["first_lead"] is not None else match.start("first_day")
    end = match.end("first_month") if match["first_month"] else match.end("first_day")
    weekday = parse_weekday(match["first_weekday"] or "")
    return _Parts((start, end), int(match["first_day"]), month, year_be, weekday, tuple(problems))


def _year_of_start(month: int | None, last: _Parts) -> int | None:
    """Return the year a range begins in: the one before that of its end where its first month comes after its last."""
    if last.year_be is None or (month or 0) <= (last.month or 12):
        return last.year_be
    return last.year_be - 1


def _numeric(text: str, match: re.Match[str]) -> list[ThaiDate]:
    """Read `29/4/2564`, `29-04-64` and `29.4.2564`; anything that may be another number is none."""
    year_be, problem = read_year(match["year"], None)
    day, month = int(match["day"]), int(match["month"])
    short_year = len(match["year"]) == 2
    possible = 1 <= day <= _MOST_DAYS and 1 <= month <= len(MONTHS)
    if year_be is None or (short_year and (match["mark"] == "." or not possible)):
        return []
    return [_judge(text, _Parts(match.span(), day, month, year_be, problems=_codes(problem)))]


def _iso(text: str, match: re.Match[str]) -> list[ThaiDate]:
    """Read `2021-04-29`, as mail programs write it."""
    year_be, problem = read_year(match["year"], None)
    if year_be is None:
        return []
    parts = _Parts(match.span(), int(match["day"]), int(match["month"]), year_be, problems=_codes(problem))
    return [_judge(text, parts)]


def _english(text: str, match: re.Match[str]) -> list[ThaiDate]:
    """Read `12 March 2021` and `March 12, 2021`: beside an English month a year of the common era is in its place.

    One of two digits may be of either era and is none.
    """
    month = parse_english_month(match["month"])
    if month is None:
        return []
    year_be, problem = read_year(match["year"], None)
    if problem == "date.two_digit_year":
        year_be = None
    problems = _codes(problem if problem != "date.christian_era" else None)
    return [_judge(text, _Parts(match.span(), int(match["day"]), month, year_be, problems=problems))]


def _month_year(text: str, match: re.Match[str]) -> list[ThaiDate]:
    """Read `พฤศจิกายน ๒๕๕๓`, whose day was never filled in."""
    month = parse_month(match["month"])
    year_be, problem = read_year(match["year"], match["era"])
    if month is None:
        return []
    problems = _codes("date.day_missing", None if month[1] else "date.month_misspelt", problem)
    span = (match.start("month"), match.end())
    return [_judge(text, _Parts(span, None, month[0], year_be, problems=problems))]


def _day_month(text: str, match: re.Match[str]) -> list[ThaiDate]:
    """Read `๗ พฤษภาคม` without a year."""
    month = parse_month(match["month"])
    if month is None or _day_problem(match) == "date.day_missing":
        return []
    start = match.start("lead") if match["lead"] is not None else match.start("day")
    weekday = parse_weekday(match["weekday"] or "")
    span = (start, match.end())
    return [_judge(text, _Parts(span, int(match["day"]), month[0], None, weekday, ("date.year_incomplete",)))]


def _blank(text: str, match: re.Match[str]) -> list[ThaiDate]:
    """Read the form `วัน เดือน ๒๕๖๔` that nobody filled in."""
    year_be, problem = read_year(match["year"], match["era"])
    return [_judge(text, _Parts(match.span(), year_be=year_be, problems=_codes("date.unreadable", problem)))]


def _codes(*codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in codes if code is not None)


# In the order of how much each form says: a later one takes only what the earlier ones left.
_READERS = (
    (WRITTEN, _written),
    (NUMERIC, _numeric),
    (ISO, _iso),
    (ENGLISH, _english),
    (AMERICAN, _english),
    (BLANK, _blank),
    (MONTH_YEAR, _month_year),
    (DAY_MONTH, _day_month),
)
