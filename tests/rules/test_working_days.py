"""Which days offices work on, and how many lie between a letter and its deadline."""

import datetime as dt
import subprocess
import sys

import pytest

from rules.reference.working_days import is_working_day, working_days
from tests.rules import builders as b
from tests.rules.test_findings import only


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2021-04-30", True),
        ("2021-05-01", False),  # a Saturday, and Labour Day
        ("2021-05-03", True),  # in lieu of Labour Day, for banks and companies
        ("2019-05-01", True),  # Labour Day itself, a Wednesday
        ("2021-05-04", False),  # Coronation Day
        ("2021-05-10", False),  # Royal Ploughing Ceremony: of offices alone
        ("2021-02-12", False),  # added by the cabinet
        ("2021-04-13", False),
        ("2010-11-12", True),
        ("2010-12-06", False),  # in lieu of Sunday 5 December
        ("2006-06-12", False),  # added for the 60th year of the reign
    ],
)
def test_a_day_that_offices_work_on(day: str, works: bool) -> None:  # noqa: FBT001
    assert is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2021-04-29", "2021-05-07", 5),
        ("2021-04-09", "2021-04-16", 1),  # the New Year of April takes the week
        ("2021-04-30", "2021-05-02", 0),
        ("2021-05-07", "2021-04-29", 0),
        ("2021-05-07", "2021-05-07", 0),
    ],
)
def test_days_between(first: str, last: str, days: int) -> None:
    assert working_days(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == days


def test_a_misread_century_costs_no_minute() -> None:
    assert 200 < working_days(dt.date(2021, 1, 1), dt.date(9999, 12, 31)) < 366


@pytest.mark.parametrize("year", range(2006, 2026))
def test_every_year_of_the_letters_is_known(year: int) -> None:
    """Fifteen to thirty days besides Saturdays and Sundays, the fixed ones among them."""
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    free = [day for day in days if day.isoweekday() < 6 and not is_working_day(day)]
    assert 12 <= len(free) <= 30
    assert not any(is_working_day(dt.date(year, *day)) for day in ((1, 1), (12, 10)))
    assert is_working_day(dt.date(year, 4, 13)) is (year == 2020)  # Songkran of that year was put off


def test_a_short_deadline_says_how_many_days_are_left_and_how_many_are_worked() -> None:
    letters = (b.cover(date=b.day("2021-04-09"), deadlines=(b.deadline("2021-04-16"),)),)
    message = only("D08", b.case(letters)).message
    assert "เหลือ ๗ วัน เป็นวันทำการ ๑ วัน" in message.th
    assert "leaves 7 days, 1 of them working days" in message.en


def test_the_rules_load_no_calendar_before_it_is_asked_for() -> None:
    code = "import sys, rules.runner; assert 'holidays' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
