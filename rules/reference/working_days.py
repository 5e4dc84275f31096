"""The days on which offices work: neither Saturdays and Sundays nor public holidays (วันหยุดราชการ).

The holidays are those of the `holidays` package, with what the cabinet added up to its version. Offices work on
Labour Day, which is a holiday of banks and companies alone, and are closed on the day of the Royal Ploughing Ceremony.
"""

import datetime as dt
from functools import cache
from typing import Final

_LABOUR_DAY: Final = "แรงงาน"
_SATURDAY: Final = 6
"""Day of the week, Monday being 1."""
_LONGEST: Final = 366
"""Days that are counted at most: beyond a year no deadline is short, and a misread year must not cost a minute."""


def working_days(first: dt.date, last: dt.date) -> int:
    """Return how many working days follow a day up to and with another, a year at most; 0 where it is earlier."""
    days = range(1, min((last - first).days, _LONGEST) + 1)
    return sum(is_working_day(first + dt.timedelta(days=day)) for day in days)


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on a day."""
    return day.isoweekday() < _SATURDAY and day not in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    # Loaded here, for it takes an eighth of a second and most documents have no deadline.
    from holidays.countries.thailand import Thailand

    named = Thailand(years=year, categories=("public", "government"), language="th")  # type: ignore[no-untyped-call]
    # Where two holidays fall on one day, it is free whatever the one is called.
    return frozenset(day for day in named if any(_LABOUR_DAY not in name for name in named.get_list(day)))
