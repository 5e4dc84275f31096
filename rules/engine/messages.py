"""How values are named in messages: Thai digits and dates in Thai, readings quoted as they were read."""

import datetime as dt
from collections.abc import Iterable

from thai.dates import format_date
from thai.numerals import to_thai

_LONGEST_QUOTE = 60
"""Letters of a reading that is quoted in a message; the rest is at the place that is named."""


def thai(value: int | str) -> str:
    """Return a number with Thai digits."""
    return to_thai(str(value))


def thai_day(day: dt.date) -> str:
    """Return a date as official papers print it."""
    return format_date(day)


def quote(text: str) -> str:
    """Return a reading in quotation marks, on one line and shortened where it is long."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _LONGEST_QUOTE else f"“{line[: _LONGEST_QUOTE - 1]}…”"


def spans(numbers: Iterable[int]) -> str:
    """Return numbers as a list with runs drawn together: 3, 5–7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def rows_th(numbers: Iterable[int]) -> str:
    """Return the Thai name of some rows: แถว ๓, ๕–๗."""
    return f"แถว {thai(spans(numbers))}"


def rows_en(numbers: Iterable[int]) -> str:
    """Return the English name of some rows: row 3, rows 5–7."""
    named = list(numbers)
    return f"row{'s' if len(set(named)) > 1 else ''} {spans(named)}"
