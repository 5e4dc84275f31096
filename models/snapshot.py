"""Rounds of an annex: frozen snapshots, and the changes between two."""

import datetime as dt
from enum import StrEnum
from typing import Literal

from pydantic import Field as Constraint

from models.annex import AnnexShape, BodyRef, ColumnKind, Status
from models.field import Box, PageNumber, Record


class Precision(StrEnum):
    """How exactly a day is known: a year alone stands for its last day, which nobody named."""

    DAY = "day"
    YEAR = "year"


class Place(Record):
    """Where in the archive a value stands: enough to find its picture again."""

    document: str
    page: PageNumber | None = None
    box: Box | None = None
    raw: str = ""


class AnnexPlace(Record):
    """One annex of one document: of each the newest reading alone counts."""

    document: str
    annex: int


class SnapshotColumn(Record):
    """A column whose numbers are compared, or whose total is; `status` is what a mark in it says."""

    key: str
    header: str
    kind: ColumnKind
    status: Status | None = None


class SnapshotRow(Record):
    """One body in one round.

    Attributes:
        province: Its province where the annex covers several; None where the round's own holds for all rows.
        said: The status in the table's own words, such as ผ่าน; "" where a mark says it.
        values: Numbers of the count, amount and percent columns, by column key; None where one was not read.
    """

    sequence: int | None
    province: str | None = None
    district: str | None
    body: BodyRef | None
    label: str
    status: Status | None
    said: str = ""
    remark: str
    remark_years: tuple[int, ...] = ()
    values: dict[str, float | None] = Constraint(default_factory=dict)
    review: tuple[str, ...] = ()
    place: Place


class Snapshot(Record):
    """One round of one series, frozen.

    Attributes:
        key: Fingerprint of everything below that is not a default; the same reading gives the same key.
        series: Key of the annex series: subject, scope and shape.
        title, province: What the series is about, for people.
        shape: What the annex says of each body.
        as_of: Day the data is of, None where the annex does not say.
        as_of_precision: Whether that day was given, or only its year.
        document: SHA-256 of the file it was read from.
        annex: Index of the annex within the document.
        version: 1 for the first reading of this round, higher for later corrections.
        columns: The columns that are compared by number or total.
        rows: In the order of the paper.
        totals: Printed totals, by column key.
        deadline: Last day that the letter with it asks for.
        blocked_by: Error-level rules that this round violates and that make a comparison unsafe.
        parts: The annexes that make it up together, where they are several.
        displaced: Annexes of the same bodies and day that it holds in place of.
        withdrawn: Whether a newer reading of the document has no such round any more; then there are no rows.
    """

    key: str
    series: str
    title: str
    province: str | None
    shape: AnnexShape = AnnexShape.MARKS
    as_of: dt.date | None
    as_of_precision: Precision = Precision.DAY
    document: str
    annex: int
    version: int = 1
    columns: tuple[SnapshotColumn, ...] = ()
    rows: tuple[SnapshotRow, ...]
    totals: dict[str, int | None] = Constraint(default_factory=dict)
    deadline: dt.date | None = None
    blocked_by: tuple[str, ...] = ()
    parts: tuple[AnnexPlace, ...] = ()
    displaced: tuple[AnnexPlace, ...] = ()
    withdrawn: bool = False

    @property
    def place(self) -> AnnexPlace:
        """The annex that it was read from; of several the newest."""
        return AnnexPlace(document=self.document, annex=self.annex)

    @property
    def papers(self) -> tuple[AnnexPlace, ...]:
        """All annexes that its rows were read from."""
        return self.parts or (self.place,)

    @property
    def places(self) -> tuple[AnnexPlace, ...]:
        """All annexes that say this round, those that give way to others included."""
        return (*self.papers, *self.displaced)


class Series(Record):
    """One annex as it came round after round.

    Attributes:
        title, province: As the latest round has them.
        rounds: The newest reading of each round, by date; those without a date come last.
    """

    title: str
    province: str | None
    rounds: tuple[Snapshot, ...]


class RoundChoice(Record):
    """What a person decided about one round: which series it is of, and what that is called.

    Attributes:
        document, annex: The round.
        series: Rounds with the same key are of one series, whatever their titles.
        alone: No other round joins that series by itself.
        title: Name of the series, "" for that of its latest round.
    """

    document: str
    annex: int
    series: str
    alone: bool = False
    title: str = ""


class RoundCorrection(Record):
    """What a person said of one round that the paper does not: that it is none, or of which day it is.

    Attributes:
        document, annex: The round, in all its readings.
        action: `remove` takes it out of every series and comparison, `restore` undoes that, `date` gives it a day.
        as_of: The day, with `date`.
        reason: Why, as the person gave it.
    """

    document: str
    annex: int
    action: Literal["remove", "restore", "date"]
    as_of: dt.date | None = None
    reason: str
