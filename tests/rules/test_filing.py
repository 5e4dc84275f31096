"""Letter numbers beside the others of their series and of the archive."""

import datetime as dt
from typing import Any

import pytest

from models.finding import Outcome
from tests.rules import builders as b
from tests.rules.judging import NOT_APPLICABLE, PASSED, VIOLATED, finding, outcome


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ((), NOT_APPLICABLE),
        ((b.filed("มท 0810.2/ว 75", "2021-01-15"), b.filed("มท 0810.2/ว 1095", "2021-05-28")), VIOLATED),
        ((b.filed("มท 0810.2/ว 400", "2021-04-20"), b.filed("มท 0810.2/ว 600", "2021-05-01")), PASSED),
        ((b.filed("มท 0810.2/ว 900", "2021-03-01"),), VIOLATED),  # higher, and dated well before
        ((b.filed("มท 0810.2/ว 900", "2021-03-01", doubted=("number",)),), NOT_APPLICABLE),  # perhaps misread itself
        ((b.filed("มท 0810.2/ว 900", "2021-04-20"),), PASSED),  # within the slack
        ((b.filed("มท 0810.2/ว 400", "2021-08-01"),), VIOLATED),  # lower, and dated well after
        ((b.filed("มท 0810.3/ว 900", "2021-03-01"),), NOT_APPLICABLE),  # another unit
        ((b.filed("มท 0810.2/900", "2021-03-01"),), NOT_APPLICABLE),  # not circular
        ((b.filed("มท 0810.2/ว 900", "2020-03-01"),), NOT_APPLICABLE),  # another year
    ],
)
def test_a_running_number_beside_those_of_its_series(filed: tuple[Any, ...], expected: Outcome) -> None:
    letter = b.circular(number=b.number("มท ๐๘๑๐.๒/ว ๔๙๙"))
    assert outcome("N09", b.case((letter,), filed=filed)) is expected


def test_of_two_numbers_of_one_letter_the_one_out_of_line_is_told_of() -> None:
    letters = (b.cover(), b.circular(number=b.number("นท ๐๘๑๐.๒/ว ๔๙๙"), date=b.day(None)))
    found = finding("N09", b.case(letters, filed=b.FILED))
    assert found.evidence == ("letters[1].number",)
    assert "๑๑ มีนาคม ๒๕๖๔" in found.message.th


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"date": dt.date(2021, 3, 1)}, VIOLATED),
        ({"date": None}, VIOLATED),
        ({"date": dt.date(2020, 3, 1)}, PASSED),  # each year begins at 1
        ({"date": dt.date(2021, 4, 29), "subject": "การบันทึกข้อมูลปี 2564"}, VIOLATED),  # the same letter once more
        ({"date": dt.date(2021, 4, 29), "subject": "การบันทึกข้อมูลปี 2564", "index": 1}, PASSED),  # as an enclosure
        ({"date": dt.date(2021, 4, 29), "document": "0" * 64}, PASSED),  # this very document
    ],
)
def test_a_number_that_is_filed_already(changes: dict[str, Any], expected: Outcome) -> None:
    known = b.filed("อต 0023.3/ว 177", "2021-03-01", **changes)
    assert outcome("N10", b.case((b.cover(),), filed=(known,))) is expected
    assert outcome("N10", b.case((b.cover(),))) is NOT_APPLICABLE
