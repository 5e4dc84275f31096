"""What a person decides about a value that was read, or about what a rule says of it."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field as Constraint
from pydantic import JsonValue

from models.field import Box, Field, PageNumber, Record


class Answer(StrEnum):
    """The four answers to a doubt; `later` takes no earlier one back."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    UNREADABLE = "unreadable"
    LATER = "later"


class Ground(Record):
    """What a decision stands on: the place on paper that the person looked at, and what had been read there."""

    page: PageNumber | None = None
    box: Box | None = None
    raw: str = ""

    @classmethod
    def from_field(cls, field: Field[object]) -> "Ground":
        """Return the ground of a field."""
        return cls(page=field.page, box=field.box, raw=field.raw)


class Decision(Record):
    """One answer of a person.

    Attributes:
        path: The value, such as `letters[0].number`; for a finding, the first place that it rests on, or "".
        rule: For an answer to a finding, the rule; None for an answer about a value.
        answer: What the person says. Of a finding, `confirmed` says that the paper is indeed so.
        ground: Where the value stands; it is found again by this in a later reading.
        before: The value that the person saw, as JSON; of a finding, its message in Thai.
        after: The value from now on, as JSON; for `corrected` alone.
        why: In the person's words, where any were given.
        shown: What stood beside it when the person decided: codes of doubt, rules and candidates.
    """

    path: str
    rule: str | None = None
    answer: Answer
    ground: Ground = Ground()
    before: JsonValue = None
    after: JsonValue = None
    why: str = Constraint(default="", max_length=2_000)
    shown: tuple[str, ...] = ()

    @property
    def target(self) -> str:
        """What it answers. Of several answers to the same target the last one holds; `later` is none."""
        return self.path if self.rule is None else finding_key(self.rule, str(self.before))


class StoredDecision(Record):
    """A decision as it is kept.

    Attributes:
        id: Counts up over the archive.
        document: SHA-256 of the file it is about.
        person: Who decided.
        decided_at: When, UTC.
        revoked: Whether it was taken back.
        batch: What one act of a person decided together carries the same; None for a single decision.
    """

    id: int
    document: str
    person: str
    decided_at: dt.datetime
    decision: Decision
    revoked: bool = False
    batch: str | None = None


def finding_key(rule: str, message: str) -> str:
    """Return what a finding is known by: its rule and what it says. One that says something else is a new one."""
    return f"{rule}: {message}"


def last_answers(decisions: Iterable[StoredDecision]) -> list[StoredDecision]:
    """Return the decision that holds for each target: of several the last; what was left for later answers nothing."""
    answers: dict[str, StoredDecision] = {}
    for recorded in decisions:
        if recorded.decision.answer is not Answer.LATER or recorded.decision.target not in answers:
            answers[recorded.decision.target] = recorded
    return list(answers.values())


def left_for_later(decisions: Iterable[StoredDecision]) -> frozenset[str]:
    """Return the targets of which the last that a person said is `later`, whatever was answered before."""
    last = {recorded.decision.target: recorded.decision.answer for recorded in decisions}
    return frozenset(target for target, answer in last.items() if answer is Answer.LATER)
