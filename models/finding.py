"""What the rules say of a document."""

from enum import StrEnum

from models.field import Record
from models.issue import Message, Severity


class Outcome(StrEnum):
    """What became of one rule."""

    VIOLATED = "violated"
    PASSED = "passed"
    COULD_NOT_RUN = "could_not_run"
    NOT_APPLICABLE = "not_applicable"


class Basis(StrEnum):
    """What a finding rests on: values that we stand by, or a reading that may be wrong itself.

    A finding on a doubted reading is a doubt of ours and no fault of the office that made the paper.
    """

    PAPER = "paper"
    DOUBTED = "doubted"


class Finding(Record):
    """One thing a rule found, or why it could not look.

    Attributes:
        rule: Identifier such as `T01`.
        severity: How bad a violation is; at most a warning where it rests on a doubted reading.
        outcome: `violated` or `could_not_run`.
        message: For a person.
        evidence: Paths into the document, such as `annexes[0].rows[14].body`.
        suggestion: The likelier reading, where the rule can name one.
        basis: Whether it rests on values that we stand by.
        answered: Who said that the paper is indeed so; None where nobody did.
    """

    rule: str
    severity: Severity
    outcome: Outcome
    message: Message
    evidence: tuple[str, ...] = ()
    suggestion: str | None = None
    basis: Basis = Basis.PAPER
    answered: str | None = None


class Verdict(Record):
    """The outcome of one rule over a whole document, with what it found.

    `passes` counts the places where it looked and was satisfied. `severity` is the worst of what it found, so that a
    rule that is violated by doubted readings alone is no error.
    """

    rule: str
    severity: Severity
    statement: Message
    outcome: Outcome
    passes: int = 0
    findings: tuple[Finding, ...] = ()


def is_fault(finding: Finding) -> bool:
    """Whether a finding is a fault of the paper: a rule is violated, and by values that we stand by."""
    return finding.outcome is Outcome.VIOLATED and finding.basis is Basis.PAPER
