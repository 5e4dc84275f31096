import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thai.numerals import to_thai
from thai.times import find_times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("๐๘.๐๐-๑๖.๐๐ น.", [(8, 0), (16, 0)]),
        ("๑๔.๐๐ น.", [(14, 0)]),
        ("๙.๓๐ น.", [(9, 30)]),
        ("14:00", [(14, 0)]),
        ("10.30", [(10, 30)]),
        ("เวลา..... ๑๐.๓๐", [(10, 30)]),
        ("เวลา ๐๙๓๐ - ๑๖๐๐", [(9, 30), (16, 0)]),
        ("๐๘๓๐ น.", [(8, 30)]),
        ("เวลา ๑๔:๐๒:๑๕", [(14, 2)]),
        ("14:02:15", [(14, 2)]),
        ("ประชุมเวลา ๐๙.๐๐ น. เลิกเวลา ๑๒.๑๕ น.", [(9, 0), (12, 15)]),
    ],
)
def test_times(text: str, times: list[tuple[int, int]]) -> None:
    assert find_times(text) == [dt.time(*time) for time in times]


@pytest.mark.parametrize(
    "text",
    ["", "๑๒.๕๐ บาท", "๑๒.๕๐%", "มท ๐๘๑๐.๒/ว ๘๕๖", "๒๔.๐๐ น.", "29.04.2564", "๙.๕๐", "๑,๐๑๒.๕๐", "99:99", "ปี ๒๕๖๔"],
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text) == []


@given(st.times())
@settings(max_examples=100)
def test_times_are_read_back(time: dt.time) -> None:
    whole = time.replace(second=0, microsecond=0, tzinfo=None)
    assert find_times(to_thai(f"เวลา {whole:%H.%M} น.")) == [whole]
    assert find_times(f"{whole:%H:%M}") == [whole]


@given(st.text(alphabet="0129๐๕.:- \nนเวลา", max_size=30))
@settings(max_examples=100)
def test_no_text_breaks_it(text: str) -> None:
    assert all(isinstance(time, dt.time) for time in find_times(text))
