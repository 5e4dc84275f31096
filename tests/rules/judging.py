"""What a rule says of a case, in short: its outcome, or its one finding."""

from typing import Any

from models.finding import Finding, Outcome
from rules.engine.declaration import Case
from rules.runner import ALL, judge
from tests.rules import builders as b

VIOLATED, COULD_NOT_RUN, PASSED, NOT_APPLICABLE = (
    Outcome.VIOLATED,
    Outcome.COULD_NOT_RUN,
    Outcome.PASSED,
    Outcome.NOT_APPLICABLE,
)


def outcome(rule: str, case: Case) -> Outcome:
    return judge(ALL[rule], case).outcome


def finding(rule: str, case: Case) -> Finding:
    [found] = judge(ALL[rule], case).findings
    return found


def of(**changes: Any) -> Case:
    return b.case(annexes=(b.annex(**changes),))
