import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from thai.dates import (
    MONTHS,
    MONTHS_SHORT,
    WEEKDAYS,
    find_dates,
    find_years,
    fiscal_year,
    format_date,
    parse_date,
)
from thai.months import parse_month, parse_weekday
from thai.numerals import to_thai

APRIL_29 = dt.date(2021, 4, 29)
DATES = st.dates(dt.date(2440 - 543, 1, 1), dt.date(2600 - 543, 12, 31))
DATE_SOUP = st.lists(
    st.sampled_from(
        [
            *MONTHS[:4],
            *MONTHS_SHORT[:3],
            *("วัน", "ที่", "ศุกร์", "เดือน", "ปี", "พ.ศ.", "ค.ศ.", "ถึง", "ก", "เมษ", "/ว"),
            *("๒๕๖๔", "64", "7", "๓๑", "2021", "25 64"),
            *"-/.: …\n",
        ]
    ),
    max_size=16,
).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "๒๙ เมษายน ๒๕๖๔",
        "29 เมษายน 2564",
        "๒๙ เมษายน พ.ศ. ๒๕๖๔",
        "ลงวันที่ ๒๙ เดือน เมษายน พ.ศ.๒๕๖๔",
        "๒๙เมษายน๒๕๖๔",
        "๒๙   เมษายน   ๒๕๖๔",
        "๒๙\nเมษายน ๒๕๖๔",
        "๒๙ เม.ย. ๒๕๖๔",
        "๒๙ เม. ย. ๒๕๖๔",
        "๒๙ เมย ๒๕๖๔",
        "๒๙ เม.ย ๒๕๖๔",
        "29/4/2564",
        "๒๙ / ๔ / ๒๕๖๔",
        "29-04-2564",
        "29.4.2564",
        "วันพฤหัสบดีที่ ๒๙ เมษายน ๒๕๖๔",
        "วันพฤหัสฯ ที่ ๒๙ เมษายน ๒๕๖๔",
        "ภายในวันพฤหัสบดีที่\n๒๙ เมษายน ๒๕๖๔ นั้น",
        "วันที่..... ๒๙ เมษายน ๒๕๖๔",
    ],
)
def test_plainly_printed_dates(text: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.date, found.problems) == (APRIL_29, ())
    assert (found.day, found.month, found.year_be) == (29, 4, 2564)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("29-04-64", "date.two_digit_year"),
        ("๒๙ เม.ย. ๖๔", "date.two_digit_year"),
        ("๒๙๐๗๔๕ เม.ย. ๖๔", "date.two_digit_year"),
        ("29 เมษายน 2021", "date.christian_era"),
        ("๒๙ เมษายน ค.ศ. ๒๐๒๑", "date.christian_era"),
        ("29/4/2021", "date.christian_era"),
        ("2021-04-29", "date.christian_era"),
        ("๒๙ เมษาบน ๒๕๖๔", "date.month_misspelt"),
        ("๒๙ เมษยน ๒๕๖๔", "date.month_misspelt"),
        ("๒๙ เมษายน ๒๕ ๖๔", "date.year_split"),
        ("29 เมษายน 25๖๔", "date.mixed_digits"),
        ("วันศุกร์ที่ ๒๙ เมษายน ๒๕๖๔", "date.weekday_mismatch"),
    ],
)
def test_a_doubtful_date_is_read_and_marked(text: str, problem: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.date, found.problems) == (APRIL_29, (problem,))


@pytest.mark.parametrize(
    ("text", "problem", "known"),
    [
        ("31 กุมภาพันธ์ 2564", "date.impossible", (31, 2, 2564)),
        ("๒๙ ก.พ. ๒๕๖๖", "date.impossible", (29, 2, 2566)),
        ("29/13/2564", "date.impossible", (29, 13, 2564)),
        ("8 พฤศจิกายน 553", "date.year_incomplete", (8, 11, None)),
        ("๒๕ เมษายน ๒๕๒๐๕", "date.year_incomplete", (25, 4, None)),
        ("ลงวันที่ ๗ ตุลาคม", "date.year_incomplete", (7, 10, None)),
        ("๓๐ มกราคม ๑๔.๓๐ น.", "date.year_incomplete", (30, 1, None)),
        ("๑ ม.ค. พ.ศ. ๒๐๒๑", "date.year_implausible", (1, 1, None)),
        ("๑ มกราคม ๓๕๖๔", "date.year_implausible", (1, 1, None)),
        ("     พฤศจิกายน ๒๕๕๓", "date.day_missing", (None, 11, 2553)),
        ("ประจำเดือนตุลาคม ๒๕๖๓", "date.day_missing", (None, 10, 2563)),
        ("มท ๐๘๐๘.๒/ว ๑๒\nพฤศจิกายน ๒๕๕๓", "date.day_missing", (None, 11, 2553)),
        ("วัน เดือน ๒๕๖๔", "date.unreadable", (None, None, 2564)),
        ("วันที่ ...... เดือน .......... พ.ศ. ๒๕๖๔", "date.unreadable", (None, None, 2564)),
        ("วันที่ ๒๙ กกกกกก ๒๕๖๔", "date.unreadable", (29, None, 2564)),
    ],
)
def test_what_is_no_whole_date_is_never_guessed(
    text: str, problem: str, known: tuple[int | None, int | None, int | None]
) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.date is None
    assert found.problems == (problem,)
    assert (found.day, found.month, found.year_be) == known


def test_half_of_a_split_day_is_doubted() -> None:
    found = parse_date("วันที่ ๒ ๙ เมษายน ๒๕๖๔")
    assert found is not None
    assert found.problems == ("date.day_doubtful",)


@pytest.mark.parametrize(
    ("text", "first", "last", "problems"),
    [
        ("๙ มีนาคม-๒๕ พฤษภาคม พ.ศ. ๒๕๖๖", dt.date(2023, 3, 9), dt.date(2023, 5, 25), ()),
        ("๑-๓ มี.ค. ๖๖", dt.date(2023, 3, 1), dt.date(2023, 3, 3), ("date.two_digit_year",)),
        ("ระหว่างวันที่ ๑ ถึงวันที่ ๓ มีนาคม ๒๕๖๖", dt.date(2023, 3, 1), dt.date(2023, 3, 3), ()),
        ("วันพุธที่ ๑ – วันศุกร์ที่ ๓ มีนาคม ๒๕๖๖", dt.date(2023, 3, 1), dt.date(2023, 3, 3), ()),
        ("๒๕ ธันวาคม ๒๕๖๔ - ๕ มกราคม ๒๕๖๕", dt.date(2021, 12, 25), dt.date(2022, 1, 5), ()),
        ("๒๕ ธันวาคม - ๕ มกราคม ๒๕๖๕", dt.date(2021, 12, 25), dt.date(2022, 1, 5), ("date.year_inferred",)),
        ("๑-๓ มีนาดม ๒๕๖๖", dt.date(2023, 3, 1), dt.date(2023, 3, 3), ("date.month_misspelt",)),
    ],
)
def test_ranges(text: str, first: dt.date, last: dt.date, problems: tuple[str, ...]) -> None:
    found = find_dates(text)
    assert [date.date for date in found] == [first, last]
    assert found[0].problems == problems


def test_weekdays_are_kept_and_checked() -> None:
    right, wrong = find_dates("วันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔ และวันพุธที่ ๗ พฤษภาคม ๒๕๖๔")
    assert (right.weekday, right.problems) == (5, ())
    assert (wrong.weekday, wrong.problems) == (3, ("date.weekday_mismatch",))


def test_every_date_of_a_letter_with_its_place() -> None:
    text = (
        "ที่ มท ๐๘๑๐.๒/ว ๘๕๖ ลงวันที่ ๒๖ เมษายน ๒๕๖๔ โทร. ๐ ๕๕๐๐ ๐๐๐๐\n"
        "จำนวน ๕ แห่ง ภายในวันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔ เวลา ๑๔.๐๐ น. ข้อมูล ณ ๑๖ เม.ย. ๖๔"
    )
    found = find_dates(text)
    assert [date.date for date in found] == [dt.date(2021, 4, 26), dt.date(2021, 5, 7), dt.date(2021, 4, 16)]
    assert [text[slice(*date.span)] for date in found] == [date.raw for date in found]


@pytest.mark.parametrize(
    "text",
    [
        "", "มท ๐๘๑๐.๒/ว ๘๕๖", "ศธ ๐๕๑๔.๑.๓๑/ว ๖๓๐", "๐-๕๕๐๐-๐๐๐๐", "0-1000-00000-00-0", "ปีงบประมาณ ๒๕๖๔",
        "จำนวน ๑๒ แห่ง ๒๕๖๔", "๑.๒.๓", "45/67/89", "1/2/2", "วัน เดือน ปี", "เวลา ๐๘.๐๐-๑๖.๐๐ น.", "๑๒ คน ๒๕๖๔",
        "ข้อ ๑.๒.๖๔",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@given(date=DATES, thai_digits=st.booleans(), abbreviated=st.booleans())
@settings(max_examples=200)
def test_what_is_printed_is_read_back(*, date: dt.date, thai_digits: bool, abbreviated: bool) -> None:
    printed = format_date(date, thai_digits=thai_digits, abbreviated=abbreviated)
    found = parse_date(printed)
    assert found is not None
    assert (found.date, found.problems, found.raw) == (date, (), printed)


@given(DATES)
@settings(max_examples=100)
def test_weekdays_are_read_back(date: dt.date) -> None:
    found = parse_date(f"ภายในวัน{WEEKDAYS[date.weekday()]}ที่ {format_date(date)}")
    assert found is not None
    assert (found.date, found.weekday, found.problems) == (date, date.isoweekday(), ())


@given(st.one_of(st.text(max_size=60), DATE_SOUP, DATE_SOUP.map(to_thai)))
@settings(max_examples=200)
def test_no_text_breaks_it(text: str) -> None:
    found = find_dates(text)
    for date in found:
        assert text[slice(*date.span)] == date.raw
        assert date.date is not None or date.problems
    assert all(a.span[1] <= b.span[0] for a, b in itertools.pairwise(found))


def test_formats() -> None:
    assert format_date(APRIL_29) == "๒๙ เมษายน ๒๕๖๔"
    assert format_date(APRIL_29, abbreviated=True) == "๒๙ เม.ย. ๒๕๖๔"
    assert format_date(APRIL_29, thai_digits=False) == "29 เมษายน 2564"


def test_one_wrong_letter_can_make_no_other_month() -> None:
    assert min(Levenshtein.distance(a, b) for a, b in itertools.combinations(MONTHS, 2)) >= 2
    assert min(Levenshtein.distance(a, b) for a, b in itertools.combinations(WEEKDAYS, 2)) >= 2
    assert parse_month("มกนาคม") is None


@given(st.integers(0, 11), st.data())
@settings(max_examples=100)
def test_a_month_survives_one_wrong_letter_or_is_none(index: int, data: st.DataObject) -> None:
    name = MONTHS[index]
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(["ก", "า", "่", ""]))
    damaged = name[:place] + letter + name[place + 1 :]
    near = [month for month in MONTHS if Levenshtein.distance(damaged, month) <= 1]
    assert parse_month(damaged) == ((index + 1, damaged == name) if damaged == name or near == [name] else None)


def test_short_names_are_never_guessed() -> None:
    assert [parse_month(short) for short in MONTHS_SHORT] == [(number, True) for number in range(1, 13)]
    assert parse_month("ม.ย.") is None
    assert parse_month("มิ.ค.") is None
    assert parse_weekday("พุด") is None
    assert parse_weekday("ศุกร") == 5


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแคปี ๒๕๖๓)", (2563,)),
        ("บันทึกข้อมูลแค่ปี ๒๕๖๒-๒๕๖๓", (2562, 2563)),
        ("๒๕๖๒-๖๓", (2562, 2563)),
        ("๒๕๖๐, ๒๕๖๒ และ ๒๕๖๓", (2560, 2562, 2563)),
        ("๒๕๖๐,๒๕๖๒", (2560, 2562)),
        ("๒๕๖๓-๒๕๖๑", (2561, 2562, 2563)),
        ("ตั้งแต่ ก่อนปี ๒๕๓๘ ถึง ปี ๒๕๔๑", (2538, 2539, 2540, 2541)),
        ("2401-2699", (2401, 2699)),
        ("แค่ปี๒๕๖๓", (2563,)),
        ("ยังไม่บันทึกข้อมูล", ()),
        ("๒๕๖๓,๐๐๐ บาท ๕๒๕๖๓ ๒๕๖.๓ ๒๕๖๓.๕๐ 2021", ()),
    ],
)
def test_years_of_a_remark(text: str, years: tuple[int, ...]) -> None:
    assert find_years(text) == years


def test_the_fiscal_year_begins_in_october() -> None:
    assert fiscal_year(dt.date(2020, 9, 30)) == 2563
    assert fiscal_year(dt.date(2020, 10, 1)) == 2564


@pytest.mark.parametrize(
    "text",
    [
        *("12 March 2021", "12th March 2021", "12 Mar 2021", "12-MAR-2021", "March 12, 2021", "Mar. 12 2021"),
        *("Bangkok, 12th of March, 2021", "๑๒ March ๒๕๖๔", "dated March 12th, 2564"),
    ],
)
def test_english_dates_are_of_either_era_and_in_no_doubt(text):
    [found] = find_dates(text)
    assert (found.date, found.problems) == (dt.date(2021, 3, 12), ())


def test_an_english_date_with_a_short_year_is_none_and_says_so():
    [found] = find_dates("12-Mar-21")
    assert (found.date, found.problems) == (None, ("date.two_digit_year",))


@pytest.mark.parametrize("text", ["12 marching 2021", "May 2021", "12 items 2021", "1 may", "Section 12, 2021"])
def test_english_words_beside_numbers_are_no_dates(text):
    assert [found for found in find_dates(text) if found.date] == []


@pytest.mark.parametrize("text", ["12/03/2021", "03/12/2021", "25/12/2021"])
def test_a_date_of_numbers_in_the_common_era_asks(text):
    [found] = find_dates(text)
    assert "date.christian_era" in found.problems


def test_the_thirtieth_of_february_is_none_in_english_too():
    [found] = find_dates("30 February 2021")
    assert (found.date, found.problems) == (None, ("date.impossible",))
