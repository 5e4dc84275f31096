"""What other letters of the archive call a letter: its own number and date, or the likelier ones."""

import datetime as dt
from typing import Any

import pytest

from models.field import Source
from models.filed_letter import Citation, FiledLetter
from models.finding import Finding, Outcome
from rules.runner import ALL, judge
from tests.rules import builders as b
from tests.rules.judging import COULD_NOT_RUN, NOT_APPLICABLE, PASSED, VIOLATED

SUBJECT = "การบันทึกข้อมูลปี 2564"
HAND: dict[str, Any] = {"source": Source.HANDWRITING, "review": ("handwriting.suspected",)}


def calls(number: str | None, iso: str | None = "2021-04-29", document: str = "2" * 64, **changes: Any) -> FiledLetter:
    """A letter of the archive that names the cover so."""
    day = dt.date.fromisoformat(iso) if iso else None
    cited = Citation(cited_as="reference", title="หนังสือจังหวัดอุตรดิตถ์", number=number, date=day)
    parts = {"subject": SUBJECT, "cites": (cited,), "document": document, **changes}
    return b.filed("อต 0118/56", "2021-05-06", **parts)


def judged(*filed: FiledLetter, number: str = "อต ๐๐๒๓.๓/ว ๑๗๗", date: Any = None, **more: Any) -> Any:
    letter = b.cover(number=b.number(number, **more), references=(), enclosures=(), date=date or b.day("2021-04-29"))
    return judge(ALL["N13"], b.case((letter,), filed=filed))


def only(*filed: FiledLetter, **more: Any) -> Finding:
    [found] = judged(*filed, **more).findings
    return found


@pytest.mark.parametrize(
    ("filed", "hand", "expected"),
    [
        (calls("อต 0023.3/ว 177"), {}, PASSED),
        (calls("อต 0023.3/ว 577"), HAND, VIOLATED),  # date, office and subject agree
        (calls("อต 0023.3/ว 577"), {}, NOT_APPLICABLE),  # nothing doubts the number: the other letter is told of
        (calls("อต 0023.3/ว 577", subject="เรื่องอื่น"), HAND, NOT_APPLICABLE),
        (calls("อต 0023.3/ว 577", "2021-04-28"), HAND, NOT_APPLICABLE),
        (calls("อต 0033.3/ว 577"), HAND, NOT_APPLICABLE),  # another office
        (calls("อต 0023.3/ว 17", subject="เรื่องอื่น"), HAND, VIOLATED),  # a digit was lost
        (calls("อต 0023.3/ว 177", "2021-04-20", subject="เรื่องอื่น"), HAND, VIOLATED),
        (calls("อต 0023.3/ว 177", "2019-01-20"), HAND, NOT_APPLICABLE),
        (calls(None), HAND, NOT_APPLICABLE),
        (calls("อต 0023.3/ว 577", document="0" * 64), HAND, NOT_APPLICABLE),  # the same file
    ],
)
def test_what_another_letter_calls_it(filed: FiledLetter, hand: dict[str, Any], expected: Outcome) -> None:
    assert judged(filed, **hand).outcome is expected


def test_the_number_that_it_is_called_by_is_the_likelier_one() -> None:
    found = only(calls("อต 0023.3/ว 577"), **HAND)
    assert (found.suggestion, found.evidence) == ("อต 0023.3/ว 577", ("letters[0].number",))
    assert "names this letter อต 0023.3/ว 577" in found.message.en


def test_the_date_that_it_is_called_by_is_the_likelier_one() -> None:
    doubted = b.day("2021-04-29").doubted("low_confidence")
    found = only(calls("อต 0023.3/ว 177", "2021-04-20"), date=doubted)
    assert (found.suggestion, found.evidence) == ("๒๐ เมษายน ๒๕๖๔", ("letters[0].date",))


def test_digits_of_the_office_in_print_may_be_the_slip_of_either() -> None:
    assert only(calls("อต 0032.3/ว 177"), **HAND).suggestion is None


def test_letters_that_call_it_differently_are_left_to_a_person() -> None:
    two = (calls("อต 0023.3/ว 577"), calls("อต 0023.3/ว 677", document="3" * 64))
    assert judged(*two, **HAND).outcome is COULD_NOT_RUN
    assert judged(*two, calls("อต 0023.3/ว 177", document="4" * 64), **HAND).outcome is PASSED


def test_a_letter_without_a_date_is_called_by_none() -> None:
    assert judged(calls("อต 0023.3/ว 577"), date=b.day(None), **HAND).outcome is NOT_APPLICABLE
