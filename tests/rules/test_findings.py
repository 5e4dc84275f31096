"""What findings say: the values, the places, the likelier reading; and what the totals must do for any table."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.rule_settings import RuleSettings
from models.field import Repair
from models.finding import Finding, Outcome
from rules.engine.declaration import Case
from rules.engine.messages import quote, rows_en, rows_th, spans
from rules.runner import ALL, judge
from tests.rules import builders as b


def only(rule: str, case: Case) -> Finding:
    (finding,) = judge(ALL[rule], case).findings
    return finding


def test_duplicate_and_absent_body_of_one_doubtful_row() -> None:
    """Two rows read the same name; reconciling gave the second the body that was left over."""
    second = b.body(
        "อบต.น้ำหมัน",
        "ผาเลือด",
        "6530302",
        repair=Repair(rule="register.assignment", cost=5.0),
        review=("body.duplicate",),
    )
    case = b.case(annexes=(b.annex(rows=b.rows(b.row(2, "ผาเลือด", body=second))),))
    twice, absent = only("O02", case), only("O04", case)
    assert twice.evidence == ("annexes[0].rows[0].body", "annexes[0].rows[1].body")
    assert twice.suggestion == "อบต.ผาเลือด"
    assert "แถว ๑–๒" in twice.message.th
    assert "อบต.ผาเลือด" in absent.message.th
    assert "อบต.น้ำหมัน" not in absent.message.th
    assert absent.evidence == ("annexes[0].rows[1].body",)
    assert judge(ALL["O03"], case).findings == ()


def test_misread_rows_are_told_one_by_one_with_the_repaired_name() -> None:
    misread = b.body("อบต.พาเลือด", "ผาเลือด", "6530302", repair=Repair(rule="register.assignment", cost=1.0))
    finding = only("O03", b.case(annexes=(b.annex(rows=b.rows(b.row(2, "ผาเลือด", body=misread))),)))
    assert finding.suggestion == "อบต.ผาเลือด"
    assert "อบต.พาเลือด" in finding.message.en


def test_a_misread_district_is_told_once_for_all_its_rows() -> None:
    changed = [b.row(n, b.NAMES[n - 1], district=b.text("ท่าปลา", raw="ทำปลา")) for n in (2, 3, 4)]
    finding = only("O05", b.case(annexes=(b.annex(rows=b.rows(*changed)),)))
    assert finding.message.en.startswith("rows 2–4:")
    assert len(finding.evidence) == 3
    assert finding.suggestion == "ท่าปลา"


def test_an_unread_date_is_suggested_by_the_cover() -> None:
    finding = only("D02", b.case((b.cover(), b.circular(date=b.day(None, "วัน เดือน ๒๕๖๔")))))
    assert finding.evidence == ("letters[1].date",)
    assert finding.suggestion == "๒๖ เมษายน ๒๕๖๔"


def test_a_receipt_is_held_against_the_date_that_the_cover_quotes() -> None:
    letter = b.circular(receipt=b.receipt("2021-01-27"), date=b.day(None))
    finding = only("D09", b.case((b.cover(), letter)))
    assert finding.evidence == ("letters[1].receipt.date", "letters[0].enclosures[0].date")
    assert "๒๗ มกราคม ๒๕๖๔" in finding.message.th
    assert "2021-04-26" in finding.message.en


def test_an_unknown_prefix_is_suggested_by_its_office() -> None:
    case = b.case((b.circular(number=b.number("นท ๐๘๑๐.๒/ว ๔๙๙")),))
    assert only("N02", case).suggestion == "มท"
    assert only("N03", case).suggestion == "มท"


def test_a_prefix_of_the_wrong_province_is_suggested_by_the_address() -> None:
    assert only("N03", b.case((b.cover(number=b.number("อด ๐๐๒๓.๓/ว ๑๗๗")),))).suggestion == "อต"


def test_of_two_numbers_the_one_that_nothing_doubts_is_likelier() -> None:
    misread = b.case((b.cover(), b.circular(number=b.number("นท ๐๘๑๐.๒/ว ๔๙๙"))))
    assert only("N05", misread).suggestion == "มท 0810.2/ว 856"
    both_plain = b.case((b.cover(), b.circular(number=b.number("มท ๐๘๑๐.๒/ว ๔๙๙"))))
    assert only("N05", both_plain).suggestion is None


def test_of_several_enclosures_the_one_with_the_same_number_is_compared() -> None:
    quotes = (b.enclosure("มท ๐๘๑๐.๒/ว ๑", "2021-01-05"), b.enclosure("มท ๐๘๑๐.๒/ว ๘๕๖", "2021-04-26"))
    found = judge(ALL["N05"], b.case((b.cover(enclosures=quotes), b.circular())))
    assert found.outcome is Outcome.PASSED
    stranger = b.circular(number=b.number("มท ๐๘๑๐.๒/ว ๙๙"), date=b.day("2021-02-01"))
    found = judge(ALL["N05"], b.case((b.cover(enclosures=quotes), stranger)))
    assert found.outcome is Outcome.COULD_NOT_RUN


def test_the_lead_of_a_deadline_is_a_setting() -> None:
    letters = (b.cover(deadlines=(b.deadline("2021-05-03"),)),)
    assert judge(ALL["D08"], b.case(letters)).outcome is Outcome.VIOLATED
    assert judge(ALL["D08"], b.case(letters, settings=RuleSettings(deadline_working_days=2))).outcome is Outcome.PASSED


def test_signs_are_counted_as_read() -> None:
    rows = b.rows(b.row(5, "ท่าแฝก", done=False, cells=b.cells("", "x")))
    finding = only("M02", b.case(annexes=(b.annex(rows=rows),)))
    assert "✗ ๒ x ๑" in finding.message.th
    assert finding.evidence == ("annexes[0].rows[2].cells.c5", "annexes[0].rows[4].cells.c5")


def test_a_quoted_reading_keeps_its_own_digits() -> None:
    finding = only("N01", b.case((b.cover(number=b.number("อต 0023.3/ว 177/4"), references=(), enclosures=()),)))
    assert "อต 0023.3/ว 177/4" in finding.message.th


def test_wording() -> None:
    assert spans([7, 3, 5, 6, 3]) == "3, 5–7"
    assert rows_th([15, 16]) == "แถว ๑๕–๑๖"
    assert (rows_en([3]), rows_en([3, 4])) == ("row 3", "rows 3–4")
    assert quote("ก\n ข") == "“ก ข”"
    assert len(quote("ก" * 500)) < 70


@settings(max_examples=60)
@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(-3, 3), st.sets(st.integers(0, 11)))
def test_totals_agree_exactly_where_the_count_does(done: list[bool], off: int, unread: set[int]) -> None:
    """Unread cells never make a wrong total pass, nor a right one fail."""
    rows = tuple(
        b.row(n, b.NAMES[n % 5], done=yes, cells=b.cells(None if n in unread else "✓" * yes, "" if yes else "✗"))
        for n, yes in enumerate(done)
    )
    printed = sum(done) + off
    annex = b.annex(rows=rows, totals=(b.total("c4", printed), b.total("c5", len(done) - sum(done))))
    case = b.case(annexes=(annex,))
    assert (judge(ALL["T01"], case).outcome is Outcome.PASSED) == (off == 0)
    outcome = judge(ALL["T02"], case).outcome
    hidden = len(unread & set(range(len(done))))
    if off == 0:
        assert outcome is (Outcome.COULD_NOT_RUN if hidden else Outcome.PASSED)
    elif hidden == 0:
        assert outcome is Outcome.VIOLATED
    else:
        assert outcome in (Outcome.VIOLATED, Outcome.COULD_NOT_RUN)
