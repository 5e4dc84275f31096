"""Days that people type: both eras, and asked back where they could be meant twice."""

import datetime as dt

import pytest

from core.errors import UsageError
from thai.typed_dates import parse_typed_day

DAY = dt.date(2021, 6, 30)


@pytest.mark.parametrize(
    "text",
    ["2021-06-30", "2564-06-30", "๒๕๖๔-๐๖-๓๐", "30/6/2564", "30-06-2021", "30.6.2564", "๓๐ มิถุนายน ๒๕๖๔",
     "30 มิ.ย. 2564", "วันที่ ๓๐ มิ.ย. พ.ศ. ๒๕๖๔"],
)  # fmt: skip
def test_a_day_in_either_era(text):
    assert parse_typed_day(text, "--on") == DAY


def test_a_year_alone_is_its_last_day_where_that_is_meant():
    assert parse_typed_day("2564", "--as-of", whole_years=True) == dt.date(2021, 12, 31)
    assert parse_typed_day("พ.ศ. ๒๕๖๔", "--as-of", whole_years=True) == dt.date(2021, 12, 31)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("30/6/64", "2564.*2064"),
        ("๓๐ มิ.ย. ๖๔", "2564.*2064"),
        ("2564", "whole day"),
        ("31/6/2564", "no such day"),
        ("30/6/3107", "no year"),
        ("soon", "no day"),
        ("", "no day"),
        ("1 ม.ค. 2564 ถึง 3 ม.ค. 2564", "no day"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_asked_back(text, hint):
    with pytest.raises(UsageError, match=hint) as error:
        parse_typed_day(text, "--deadline")
    assert error.value.detail.startswith(f"--deadline {text}")


def test_a_common_year_alone_is_asked_back_with_both_forms():
    with pytest.raises(UsageError, match=r"2565 \| 2022-12-31"):
        parse_typed_day("2022", "--as-of", whole_years=True)
