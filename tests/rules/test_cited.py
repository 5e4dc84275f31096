"""Letters that a letter names, against those of the archive: as they are named, a little otherwise, or not there."""

import datetime as dt
from typing import Any

import pytest

from models.finding import Finding, Outcome
from models.letter import Letter
from rules.runner import ALL, judge
from tests.rules import builders as b

VIOLATED, COULD_NOT_RUN, PASSED, NOT_APPLICABLE = (
    Outcome.VIOLATED,
    Outcome.COULD_NOT_RUN,
    Outcome.PASSED,
    Outcome.NOT_APPLICABLE,
)
PROVINCE = "ศาลากลางจังหวัดอุตรดิตถ์"


def refers(number: str = "อต ๐๐๒๓.๓/ว ๘๕๓", iso: str | None = "2020-10-07", **changes: Any) -> Letter:
    return b.cover(references=(b.reference(number, iso),), enclosures=(), **changes)


def outcome(rule: str, *filed: Any, letters: tuple[Letter, ...] | None = None) -> Outcome:
    return judge(ALL[rule], b.case(letters or (refers(),), filed=filed)).outcome


def only(rule: str, *filed: Any, letters: tuple[Letter, ...] | None = None) -> Finding:
    [found] = judge(ALL[rule], b.case(letters or (refers(),), filed=filed)).findings
    return found


@pytest.mark.parametrize(
    ("number", "iso", "expected"),
    [
        ("อต 0023.3/ว 853", "2020-10-07", PASSED),
        ("อต 0023.3/ว 853", "2020-10-01", VIOLATED),
        ("อต 0023.3/ว 853", "2019-10-07", VIOLATED),
        ("อต 0023.3/ว 853", "2019-03-01", NOT_APPLICABLE),  # each year begins at 1
        ("อต 0023.3/ว 453", "2020-10-07", VIOLATED),  # ๘ and ๔ are read as each other
        ("อด 0023.3/ว 853", "2020-10-07", VIOLATED),
        ("อต 0023.3/ว 859", "2020-10-07", COULD_NOT_RUN),  # so are ๓ and ๙, but it may be another letter of the day
        ("อต 0023.3/ว 851", "2020-10-08", NOT_APPLICABLE),
        ("อต 0023.3/ว 99", "2020-10-07", NOT_APPLICABLE),
        ("มท 0810.2/ว 853", "2020-10-07", NOT_APPLICABLE),
    ],
)
def test_a_letter_that_is_named_and_one_of_the_archive(number: str, iso: str, expected: Outcome) -> None:
    assert outcome("N12", b.filed(number, iso)) is expected


def test_without_an_archive_or_its_letter_nothing_is_said() -> None:
    assert outcome("N12") is NOT_APPLICABLE
    assert judge(ALL["N12"], b.case((refers(),))).outcome is NOT_APPLICABLE
    same_file = b.filed("อต 0023.3/ว 453", "2020-10-07", document="0" * 64)
    assert outcome("N12", same_file) is NOT_APPLICABLE


def test_the_likelier_reading_is_the_letters_own() -> None:
    date = only("N12", b.filed("อต 0023.3/ว 853", "2020-10-01"))
    assert (date.suggestion, date.evidence) == ("๑ ตุลาคม ๒๕๖๓", ("letters[0].references[0].date",))
    number = only("N12", b.filed("อต 0023.3/ว 453", "2020-10-07"))
    assert (number.suggestion, number.evidence) == ("อต 0023.3/ว 453", ("letters[0].references[0].number",))
    assert "8/4" in number.message.en
    assert "๘/๔" in number.message.th


def test_it_is_not_where_that_asks_for_review_and_the_quotation_does_not() -> None:
    found = only("N12", b.filed("อต 0023.3/ว 453", "2020-10-07", doubted=("number",)))
    assert found.suggestion is None
    assert "asks for review" in found.message.en


def test_several_letters_that_may_be_meant_and_unread_dates_are_left_to_a_person() -> None:
    two = (b.filed("อต 0023.3/ว 453", "2020-10-07"), b.filed("อต 0023.3/ว 553", "2020-10-07", document="3" * 64))
    assert outcome("N12", *two) is COULD_NOT_RUN
    sure = b.filed("อต 0023.3/ว 853", "2020-10-07", document="4" * 64)
    assert outcome("N12", *two, sure) is PASSED
    assert outcome("N12", sure, letters=(refers(iso=None),)) is COULD_NOT_RUN


def test_an_enclosure_is_looked_for_too() -> None:
    cover = b.cover(references=())
    assert outcome("N12", b.filed("มท 0810.2/ว 856", "2021-04-20"), letters=(cover,)) is VIOLATED
    title = b.cover(references=(), enclosures=(b.enclosure("", "2021-04-26", "กำหนดการประชุม"),))
    assert outcome("N12", b.filed("มท 0810.2/ว 856", "2021-04-26"), letters=(title,)) is NOT_APPLICABLE


FORWARDED = {"subject": "การบันทึกข้อมูลปี 2564", "deadline": dt.date(2021, 5, 7)}


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("N08", {}, PASSED),
        ("N08", {"subject": "การบันทึกข้อมูลปี 2565"}, VIOLATED),
        ("N08", {"subject": None}, COULD_NOT_RUN),
        ("N08", {"date": dt.date(2021, 4, 25)}, NOT_APPLICABLE),  # another date: rule N12 tells of it
        ("D11", {}, PASSED),
        ("D11", {"deadline": dt.date(2021, 5, 6)}, VIOLATED),
        ("D11", {"deadline": dt.date(2021, 5, 10)}, COULD_NOT_RUN),
        ("D11", {"deadline": None}, NOT_APPLICABLE),
    ],
)
def test_a_cover_against_the_letter_in_the_archive_that_it_forwards(
    rule: str, changes: dict[str, Any], expected: Outcome
) -> None:
    filed = b.filed("มท 0810.2/ว 856", "2021-04-26", **FORWARDED | changes)
    assert outcome(rule, filed, letters=(b.cover(references=()),)) is expected


def test_the_letter_behind_the_cover_comes_before_the_one_in_the_archive() -> None:
    filed = b.filed("มท 0810.2/ว 856", "2021-04-26", subject="เรื่องอื่น")
    assert outcome("N08", filed, letters=(b.cover(), b.circular())) is PASSED


@pytest.mark.parametrize(
    ("changes", "filed", "expected"),
    [
        ({"date": b.day("2021-05-07")}, {}, PASSED),
        ({"date": b.day("2021-05-10")}, {}, VIOLATED),
        ({"date": b.day(None)}, {}, NOT_APPLICABLE),
        ({"date": b.day("2021-05-10")}, {"deadline": None}, NOT_APPLICABLE),
        ({"date": b.day("2021-05-10")}, {"issuer": "ที่ว่าการอำเภอลับแล"}, NOT_APPLICABLE),  # it answers somebody else
        ({"date": b.day("2021-05-10")}, {"date": dt.date(2020, 10, 8)}, NOT_APPLICABLE),  # not surely that letter
    ],
)
def test_a_reply_and_the_deadline_that_it_answers(
    changes: dict[str, Any], filed: dict[str, Any], expected: Outcome
) -> None:
    reply = refers(recipients=(b.text("ผู้ว่าราชการจังหวัดอุตรดิตถ์"),), **changes)
    asked = b.filed("อต 0023.3/ว 853", "2020-10-07", **{"issuer": PROVINCE, "deadline": dt.date(2021, 5, 7)} | filed)
    assert outcome("D13", asked, letters=(reply,)) is expected


def test_a_late_reply_says_by_how_much() -> None:
    reply = refers(recipients=(b.text("ผู้ว่าราชการจังหวัดอุตรดิตถ์"),), date=b.day("2021-05-10"))
    asked = b.filed("อต 0023.3/ว 853", "2020-10-07", issuer=PROVINCE, deadline=dt.date(2021, 5, 7))
    message = only("D13", asked, letters=(reply,)).message
    assert "๓ วัน" in message.th
    assert "3 days after" in message.en
