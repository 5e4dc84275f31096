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


class Finding(Record):
    """One thing a rule found, or why it could not look.

    Attributes:
        rule: Identifier such as `T01`.
        severity: How bad a violation is.
        outcome: `violated` or `could_not_run`.
        message: For a person.
        evidence: Paths into the document, such as `annexes[0].rows[14].body`.
        suggestion: The likelier reading, where the rule can name one.
        answered: Who said that the paper is indeed so; None where nobody did.
    """

    rule: str
    severity: Severity
    outcome: Outcome
    message: Message
    evidence: tuple[str, ...] = ()
    suggestion: str | None = None
    answered: str | None = None


class Verdict(Record):
    """The outcome of one rule over a whole document, with what it found.

    `passes` counts the places where it looked and was satisfied.
    """

    rule: str
    severity: Severity
    statement: Message
    outcome: Outcome
    passes: int = 0
    findings: tuple[Finding, ...] = ()
