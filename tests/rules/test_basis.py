"""Faults of the paper and of our reading are kept apart."""

from typing import Any

import pytest

from models.field import Box, Field, Repair, Source
from models.finding import Basis, Outcome, is_fault
from models.issue import Severity
from rules.engine.basis import is_stood_by
from rules.engine.declaration import Case, passed, violated
from rules.runner import ALL, by_weight, check, findings, judge
from tests.rules import builders as b
from tests.rules.judging import of
from tests.rules.test_run import declared

REPAIRED = Repair(rule="register.assignment", cost=0.5)


def misread(**changes: Any) -> Case:
    """An annex with a row whose name was misread and put right."""
    body = b.body("อบต.ผาเสือด", "ผาเลือด", "6530302", **{"repair": REPAIRED, **changes})
    return of(rows=b.rows(b.row(2, "ผาเลือด", body=body)))


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (Field[str](value="ก", raw="ก"), True),
        (Field[str](value="ก", raw="ข", review=("low_confidence",)), False),
        (Field[str](value="ก", raw="ข", repair=REPAIRED), False),
        (Field[str](value="ก", raw="ก", repair=Repair(rule="register.assignment", cost=0)), True),
        (Field[str](value="ก", raw="ข", repair=Repair(rule="register.confirmed", cost=0.5)), True),
        (Field[str](value="ก", raw="ข", review=("low_confidence",), source=Source.PERSON), True),
    ],
)
def test_we_stand_by_what_was_read_without_doubt_or_said_by_a_person(field: Field[Any], expected: bool) -> None:  # noqa: FBT001
    assert is_stood_by(field) is expected


def test_a_name_that_we_misread_is_a_doubt_and_no_error_of_the_paper() -> None:
    [finding] = judge(ALL["O03"], misread()).findings
    assert (finding.basis, finding.severity, is_fault(finding)) == (Basis.DOUBTED, Severity.WARNING, False)
    assert finding.suggestion == "อบต.ผาเลือด"


def test_a_name_that_the_paper_misspells_is_an_error() -> None:
    case = of(rows=b.rows(b.row(2, "ผาเลือด", body=b.body("อบต.ผาเสือด", "ผาเสือด", None))))
    [finding] = judge(ALL["O03"], case).findings
    assert (finding.basis, finding.severity, is_fault(finding)) == (Basis.PAPER, Severity.ERROR, True)


def test_a_confirmed_name_settles_what_hung_on_it() -> None:
    case = misread(repair=Repair(rule="register.confirmed", cost=0.5))
    assert judge(ALL["O03"], case).outcome is Outcome.PASSED


def test_a_rule_that_only_doubted_readings_violate_is_no_error_for_scripts() -> None:
    assert judge(ALL["O03"], misread()).severity is Severity.WARNING
    assert ALL["O03"].severity is Severity.ERROR


@pytest.mark.parametrize(("rule", "raw"), [("N01", "กห ๐๓๐๑.๑๐,๑/.๒๖๐"), ("N02", "ฮต ๐๐๒๓.๓/ว ๑๗๗")])
def test_a_doubted_number_is_not_held_against_its_office(rule: str, raw: str) -> None:
    doubted = b.cover(number=b.number(raw).doubted("low_confidence"))
    [finding] = judge(ALL[rule], b.case((doubted,))).findings
    assert (finding.outcome, finding.basis) == (Outcome.VIOLATED, Basis.DOUBTED)
    assert finding.severity is Severity.WARNING


def test_a_total_that_differs_by_a_doubted_mark_names_that_mark() -> None:
    cells = b.cells("✓", "")
    cells["c4"] = cells["c4"].doubted("low_confidence")
    case = of(rows=b.rows(b.row(3, "หาดล้า", cells=cells)))
    [first] = [finding for finding in judge(ALL["T02"], case).findings if "เรียบร้อย” พิมพ์ ๒" in finding.message.th]
    assert first.evidence == ("annexes[0].totals[0]", "annexes[0].rows[2].cells.c4")
    assert first.basis is Basis.DOUBTED


def test_what_says_that_the_reading_is_bad_is_never_the_paper_s_fault() -> None:
    [finding] = judge(ALL["Q01"], b.case(page="อบต.น้ำໄผ")).findings
    assert (finding.basis, finding.severity) == (Basis.DOUBTED, Severity.WARNING)


def test_the_same_thing_is_said_once_with_its_count() -> None:
    said = declared(violated("ผิด", "wrong", ["a"]), violated("ผิด", "wrong", ["b"]), passed("c"))
    [finding] = judge(said, b.case()).findings
    assert (finding.message.th, finding.message.en) == ("ผิด (๒ แห่ง)", "wrong (2 places)")
    assert finding.evidence == ("a", "b")


def mixed() -> Case:
    """A case with a fault of the paper, a doubt and something that was not read."""
    letter = b.circular(number=b.number("กค ๐๘๑๐.๒/ว ๔๙๙"), date=b.day(None))
    return b.case((letter,), annexes=misread().document.annexes)


def test_findings_come_by_weight_the_faults_of_the_paper_first() -> None:
    found = findings(check(mixed()))
    keys = [(each.outcome is not Outcome.VIOLATED, each.basis is not Basis.PAPER) for each in found]
    assert keys == sorted(keys)
    assert len(set(keys)) > 2


def test_verdicts_are_read_by_weight() -> None:
    outcomes = [verdict.outcome for verdict in by_weight(check(mixed()))]
    assert outcomes[0] is Outcome.VIOLATED
    assert outcomes.index(Outcome.COULD_NOT_RUN) < outcomes.index(Outcome.PASSED) < len(outcomes)


def test_q05_says_which_field_was_hardly_read() -> None:
    number = b.number("อต ๐๐๒๓.๓/ว ๑๗๗", confidence=0.05, page=1, box=Box(0.1, 0.1, 0.3, 0.12))
    [finding] = judge(ALL["Q05"], b.case((b.cover(number=number),))).findings
    assert finding.message.th.startswith("เลขที่ “อต ๐๐๒๓.๓/ว ๑๗๗”")
    assert finding.message.en.startswith("number “")
