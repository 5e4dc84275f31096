"""The dates of an annex: columns that hold them, and what a cell of such a column comes to."""

import re
from collections.abc import Sequence

from models.annex import CellValue
from thai.dates import ThaiDate, find_dates
from thai.numerals import to_arabic

_MOSTLY = 0.6
"""Share of a column's filled cells that are dates where it is one of dates."""
_LEAST_DATES = 2
"""Dates that make a column one of dates at least."""
_BESIDE = 4
"""Characters beside a date, such as น. or brackets, up to which a cell says nothing else."""
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_NIL = frozenset({"", "-", "–", "—"})
DATE_UNREADABLE = "date.unreadable"


def holds_dates(texts: Sequence[str]) -> bool:
    """Whether a column is one of dates, whatever its header says.

    Args:
        texts: What its cells say.
    """
    filled = [text for text in texts if text.strip() not in _NIL]
    dates = sum(_find_only_date(text) is not None for text in filled)
    return dates >= _LEAST_DATES and dates >= _MOSTLY * len(filled)


def parse_date_cell(text: str) -> tuple[CellValue, tuple[str, ...]]:
    """Return the day that a cell of a column of dates states, as `2021-03-12`, and the review codes that it asks with.

    Its text stands where it is empty, a dash for nil, or no single date; the last asks.
    """
    if text.strip() in _NIL:
        return text, ()
    found = _find_only_date(text)
    if found is None:
        return text, (DATE_UNREADABLE,)
    # A spreadsheet keeps days in the common era, written so; nobody types them so in the other.
    plain = _ISO.match(to_arabic(found.raw)) is not None
    problems = tuple(code for code in found.problems if not (plain and code == "date.christian_era"))
    if found.date is None:
        return text, problems or (DATE_UNREADABLE,)
    return found.date.isoformat(), problems


def _find_only_date(text: str) -> ThaiDate | None:
    """Return the date that is all that a text says, but for a time of day; None where it says more or other."""
    dates = find_dates(text)
    if len(dates) != 1:
        return None
    start, end = dates[0].span
    beside = re.sub(r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*น\.)?", "", to_arabic(text[:start] + text[end:]))
    return dates[0] if len(beside.strip()) <= _BESIDE else None
