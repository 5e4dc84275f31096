"""What a change report says, before it is laid out: plain records that every format is made from."""

import datetime as dt
import math

from models.annex import Status
from models.change import ChangeKind
from models.field import PageNumber, Record
from models.snapshot import Place

FEW = 5
"""A group of fewer bodies is marked: one body more or less turns its percentage over."""


class Tally(Record):
    """How many bodies stand where; `unread` are those whose status could not be read."""

    total: int = 0
    complete: int = 0
    incomplete: int = 0
    not_started: int = 0
    unread: int = 0

    @property
    def percent(self) -> float | None:
        """Complete ones in a hundred; None where there are no bodies."""
        return 100 * self.complete / self.total if self.total else None


class RoundHead(Record):
    """One of the two rounds, in brief."""

    as_of: dt.date | None
    document: str
    version: int
    blocked_by: tuple[str, ...]
    tally: Tally


class ChangeLine(Record):
    """One change. `review` says why it is yet to be confirmed; empty where we stand by it."""

    kind: ChangeKind
    sequence: int | None
    district: str
    body: str
    before_body: str | None
    after_body: str | None
    before_district: str | None
    after_district: str | None
    before_status: Status | None
    after_status: Status | None
    before_remark: str
    after_remark: str
    better: bool | None
    review: tuple[str, ...]
    before_place: Place | None
    after_place: Place | None


class GroupLine(Record):
    """A district or a kind of bodies in both rounds; ranks are by percentage, equals share one."""

    name: str
    before: Tally
    after: Tally
    rank_before: int | None = None
    rank_after: int | None = None

    @property
    def few(self) -> bool:
        """Whether it is too small for its percentage to mean much."""
        return self.after.total < FEW


class ChaseLine(Record):
    """A body to be followed up, and for how many rounds in a row it has been behind, this one included."""

    sequence: int | None
    district: str
    body: str
    status: Status
    remark: str
    rounds: int
    review: tuple[str, ...]


class DoubtLine(Record):
    """A row that a person should look at, in one of the rounds."""

    as_of: dt.date | None
    sequence: int | None
    district: str
    body: str
    raw: str
    page: PageNumber | None
    review: tuple[str, ...]


class RepairLine(Record):
    """A name that was read as one thing and is held to be another."""

    as_of: dt.date | None
    sequence: int | None
    district: str
    raw: str
    body: str
    page: PageNumber | None


class ChangeReport(Record):
    """The change report between two rounds, section by section.

    Attributes:
        corrects: The two are readings of one round, so differences correct our reading and are no change of fact.
        made_on: Day of the report; days left are counted from it.
        made_by: Office or person it is made by, "" where not given.
    """

    title: str
    province: str | None
    made_on: dt.date
    made_by: str
    corrects: bool
    before: RoundHead
    after: RoundHead
    deadline: dt.date | None
    warnings: tuple[str, ...]
    newly_complete: tuple[ChangeLine, ...]
    fell_back: tuple[ChangeLine, ...]
    remarks: tuple[ChangeLine, ...]
    bodies: tuple[ChangeLine, ...]
    corrected: tuple[ChangeLine, ...]
    districts: tuple[GroupLine, ...]
    kinds: tuple[GroupLine, ...]
    chase: tuple[ChaseLine, ...]
    doubts: tuple[DoubtLine, ...]
    repairs: tuple[RepairLine, ...]

    @property
    def gained(self) -> int:
        """How many more bodies are complete than before; negative where fewer."""
        return self.after.tally.complete - self.before.tally.complete

    @property
    def remaining(self) -> int:
        """How many bodies are yet to be complete."""
        return self.after.tally.total - self.after.tally.complete

    @property
    def days_left(self) -> int | None:
        """Days to the deadline, negative once it has passed; None where there is none."""
        return None if self.deadline is None else (self.deadline - self.made_on).days

    @property
    def needed_a_day(self) -> float | None:
        """Bodies a day that must become complete, rounded up to a tenth; None with no day left or none needed."""
        if self.days_left is None or self.days_left <= 0 or not self.remaining:
            return None
        return math.ceil(10 * self.remaining / self.days_left) / 10
