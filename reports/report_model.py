"""What a change report says, before it is laid out: plain records that every format is made from."""

import datetime as dt
import math
from pathlib import Path
from typing import Final

from pydantic import Field as Constraint

from models.annex import Status
from models.change import ChangeKind
from models.field import PageNumber, Record
from models.finding import Basis, Outcome
from models.issue import Severity
from models.snapshot import Place, Precision
from reports.labels import row_status

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
    """One of the two rounds, in brief; `number` is that of the letter it came with, "" where that is not known."""

    number: str = ""
    as_of: dt.date | None
    as_of_precision: Precision = Precision.DAY
    document: str
    version: int
    blocked_by: tuple[str, ...]
    tally: Tally


class ChangeLine(Record):
    """One change. `review` says why it is yet to be confirmed; empty where we stand by it.

    What a round calls the status in words of its own is `before_said` and `after_said`.
    `column` and the values are those of a changed number; `effective` and `source` come from the dated ledger.
    """

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
    before_said: str = ""
    after_said: str = ""
    before_remark: str
    after_remark: str
    better: bool | None
    column: str = ""
    before_value: float | None = None
    after_value: float | None = None
    effective: dt.date | None = None
    source: str = ""
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


class Flow(Record):
    """How many bodies went from one standing to another; `absent` is one that the round does not have."""

    before: str
    after: str
    count: int


class TrendPoint(Record):
    """One round of the series: when, and where its bodies stood."""

    as_of: dt.date | None
    as_of_precision: Precision = Precision.DAY
    tally: Tally


class GridCell(Record):
    """One body of the later round: where it stands, and whether that is another standing than before."""

    body: str
    status: Status | None
    changed: bool


class GridLine(Record):
    """The bodies of one district, side by side."""

    district: str
    cells: tuple[GridCell, ...]


class FindingLine(Record):
    """A rule that one of the rounds violates, or that could not be run."""

    as_of: dt.date | None
    as_of_precision: Precision = Precision.DAY
    rule: str
    severity: Severity
    outcome: Outcome
    basis: Basis = Basis.PAPER
    message: str


class TotalLine(Record):
    """A printed total that changed, or was read otherwise."""

    column: str
    before: int | None
    after: int | None


class Coverage(Record):
    """How much of the two rounds was compared.

    Attributes:
        before, after: Rows of either round.
        paired: Bodies that have a row in both.
        before_alone, after_alone: Rows without a counterpart; section five lists them.
        unread: Pairs whose status was not read in one of the rounds, so that it cannot be compared.
    """

    before: int
    after: int
    paired: int
    before_alone: int
    after_alone: int
    unread: int


class ChaseLine(Record):
    """A body to be followed up, and for how many rounds in a row it has been behind, this one included."""

    sequence: int | None
    district: str
    body: str
    status: Status
    said: str = ""
    remark: str
    rounds: int
    review: tuple[str, ...]


class DoubtLine(Record):
    """A row that a person should look at, in one of the rounds."""

    as_of: dt.date | None
    as_of_precision: Precision = Precision.DAY
    sequence: int | None
    district: str
    body: str
    raw: str
    page: PageNumber | None
    review: tuple[str, ...]


class RepairLine(Record):
    """A name that was read as one thing and is held to be another."""

    as_of: dt.date | None
    as_of_precision: Precision = Precision.DAY
    sequence: int | None
    district: str
    raw: str
    body: str
    page: PageNumber | None


LONGEST_WORD: Final = 16
"""Characters up to which the tables' own word for a status can head a column."""


class ChangeReport(Record):
    """The change report between two rounds, section by section.

    Attributes:
        compared: The same in sentences, with what was left out and why.
        scope: The one district that it is an extract for; "" for a whole report.
        corrects: The two are readings of one round, so differences correct our reading and are no change of fact.
        made_on: Day of the report; days left are counted from it.
        made_by: Office or person it is made by, "" where not given.
        telephone: Their telephone number, "" where not given.
        garuda: Picture of the Garuda for the head of a memo.
        coverage: How many rows of either round were compared.
        wordings: Words that the tables have for a status, each with the status that it was taken for.
    """

    title: str
    province: str | None
    scope: str = ""
    made_on: dt.date
    made_by: str
    telephone: str = ""
    garuda: Path | None = Constraint(default=None, exclude=True)
    corrects: bool
    before: RoundHead
    after: RoundHead
    deadline: dt.date | None
    compared: tuple[str, ...] = ()
    warnings: tuple[str, ...]
    coverage: Coverage | None = None
    wordings: tuple[tuple[str, Status], ...] = ()
    newly_complete: tuple[ChangeLine, ...]
    fell_back: tuple[ChangeLine, ...]
    remarks: tuple[ChangeLine, ...]
    values: tuple[ChangeLine, ...] = ()
    totals: tuple[TotalLine, ...] = ()
    bodies: tuple[ChangeLine, ...]
    corrected: tuple[ChangeLine, ...]
    provinces: tuple[GroupLine, ...] = ()
    districts: tuple[GroupLine, ...]
    kinds: tuple[GroupLine, ...]
    chase: tuple[ChaseLine, ...]
    findings: tuple[FindingLine, ...] = ()
    doubts: tuple[DoubtLine, ...]
    repairs: tuple[RepairLine, ...]
    movement: tuple[Flow, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    grid: tuple[GridLine, ...] = ()

    def get_status_word(self, status: Status | None) -> str:
        """Return what a status is called here: by the tables' one word for it where they have one, such as ผ่าน."""
        words = {said for said, meant in self.wordings if meant is status}
        word = words.pop() if len(words) == 1 else ""
        return word if 0 < len(word) <= LONGEST_WORD else row_status(status)

    @property
    def lost(self) -> int:
        """How many bodies were complete in the round before and are not any more."""
        return sum(line.before_status is Status.COMPLETE for line in self.fell_back)

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

    @property
    def has_status(self) -> bool:
        """Whether the annex says of any body where it stands; one of counts or amounts does not."""
        return any(head.tally.unread < head.tally.total for head in (self.before, self.after))

    @property
    def pace(self) -> float | None:
        """Bodies a day that became complete between the rounds; None where their dates do not tell."""
        if self.before.as_of is None or self.after.as_of is None or self.after.as_of <= self.before.as_of:
            return None
        return self.gained / (self.after.as_of - self.before.as_of).days
