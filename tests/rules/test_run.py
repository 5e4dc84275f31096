"""The declaration of rules and how they are run."""

import logging
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from models.finding import Outcome
from models.issue import Severity
from rules.engine.declaration import Case, Observation, Rule, could_not_run, passed, rule, violated
from rules.runner import ALL, _collect, check, findings, judge
from tests.rules import builders as b

THAI = re.compile("[ก-๙]")


def declared(*observations: Observation, identifier: str = "Z01") -> Rule:
    @rule(identifier, th="ทดสอบ", en="a test", severity=Severity.WARNING, needs="nothing", source="the test")
    def says(case: Case) -> Iterator[Observation]:
        """Say what it was told to say."""
        yield from observations

    return says


@rule("Z02", th="ทดสอบ", en="a test", needs="nothing", source="the test")
def breaks(case: Case) -> Iterator[Observation]:
    """Fail halfway."""
    yield passed("letters[0]")
    raise KeyError("bug")


WRONG, BLIND, GOOD = (
    violated("ผิด", "wrong", ["letters[0]"], "ถูก"),
    could_not_run("ไม่เห็น", "blind"),
    passed("letters[0]"),
)


@pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
def test_every_rule_is_declared_in_both_languages(each: Rule) -> None:
    assert re.fullmatch(r"[A-Z]\d\d", each.id)
    assert THAI.search(each.statement.th)
    assert not THAI.search(each.statement.en)
    assert each.explanation.endswith((".", ")"))
    assert each.needs
    assert each.source


def test_rules_run_in_order_of_id() -> None:
    assert list(ALL) == sorted(ALL)
    assert [verdict.rule for verdict in check(b.whole())] == list(ALL)


@pytest.mark.parametrize(
    ("said", "outcome", "passes", "found"),
    [
        ((GOOD, BLIND, WRONG), Outcome.VIOLATED, 1, 2),
        ((GOOD, GOOD, BLIND), Outcome.COULD_NOT_RUN, 2, 1),
        ((GOOD,), Outcome.PASSED, 1, 0),
        ((), Outcome.NOT_APPLICABLE, 0, 0),
    ],
)
def test_the_worst_outcome_counts(said: tuple[Observation, ...], outcome: Outcome, passes: int, found: int) -> None:
    verdict = judge(declared(*said), b.case())
    assert (verdict.outcome, verdict.passes, len(verdict.findings)) == (outcome, passes, found)
    assert {finding.severity for finding in verdict.findings} <= {Severity.WARNING}


def test_a_rule_that_fails_loses_neither_the_document_nor_itself(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        broken, sound = check(b.case(), [breaks, declared(WRONG)])
    assert broken.outcome is Outcome.COULD_NOT_RUN
    (finding,) = broken.findings
    assert "Z02" in finding.message.th
    assert "KeyError" in finding.message.en
    assert "Z02" in caplog.text
    assert sound.outcome is Outcome.VIOLATED
    with pytest.raises(KeyError):
        judge(breaks, b.case())


def test_findings_are_what_was_violated_then_what_was_not_seen() -> None:
    found = findings(check(b.case(), [declared(GOOD, BLIND), declared(WRONG, identifier="Z03")]))
    assert [(finding.rule, finding.outcome) for finding in found] == [
        ("Z03", Outcome.VIOLATED),
        ("Z01", Outcome.COULD_NOT_RUN),
    ]
    assert found[0].suggestion == "ถูก"
    assert found[0].evidence == ("letters[0]",)


def test_ids_are_unique_and_rules_explained() -> None:
    module = ModuleType("rules_of_a_test")
    module.one, module.two = declared(GOOD), declared(BLIND)  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="same id"):
        _collect(module)
    with pytest.raises(ValueError, match="docstring"):
        rule("Z04", th="ก", en="a", needs="n", source="s")(lambda case: ())


def test_messages_name_values_in_both_languages() -> None:
    """No Thai message says its own numbers in Arabic digits; quoted readings of this document have none either."""
    letters = (
        b.cover(date=b.day("2021-04-28"), deadlines=(b.deadline("2021-05-01", 3),)),
        b.circular(receipt=b.receipt("2021-01-27")),
    )
    annex = b.annex(
        rows=b.rows()[:4], totals=(b.total("c4", 9), b.total("c5", 1, under="c3")), as_of=b.day("2021-06-01")
    )
    found = findings(check(b.case(letters, (annex,))))
    assert len({finding.rule for finding in found}) >= 7
    for finding in found:
        assert not re.search(r"\d", re.sub("[๐-๙]", "", finding.message.th)), finding.message.th
        assert finding.message.en != finding.message.th
