"""Rounds of an annex: frozen snapshots, and the changes between two."""

import datetime as dt
from enum import StrEnum

from pydantic import Field as Constraint

from models.annex import BodyRef, Status
from models.field import Box, PageNumber, Record


class Place(Record):
    """Where in the archive a value stands: enough to find its picture again."""

    document: str
    page: PageNumber | None = None
    box: Box | None = None
    raw: str = ""


class SnapshotRow(Record):
    """One body in one round."""

    sequence: int | None
    district: str | None
    body: BodyRef | None
    label: str
    status: Status | None
    remark: str
    remark_years: tuple[int, ...] = ()
    review: tuple[str, ...] = ()
    place: Place


class Snapshot(Record):
    """One round of one series, frozen.

    Attributes:
        key: Fingerprint of everything below; the same reading gives the same key.
        series: Key of the annex series: subject, scope and shape.
        title, province: What the series is about, for people.
        shape: Shape of the annex (see `models.annex.Annex`).
        as_of: Day the data is of, None where the annex does not say.
        document: SHA-256 of the file it was read from.
        annex: Index of the annex within the document.
        version: 1 for the first reading of this round, higher for later corrections.
        blocked_by: Error-level rules that this round violates and that make a comparison unsafe.
    """

    key: str
    series: str
    title: str
    province: str | None
    shape: str = "marks"
    as_of: dt.date | None
    document: str
    annex: int
    version: int = 1
    rows: tuple[SnapshotRow, ...]
    totals: dict[str, int | None] = Constraint(default_factory=dict)
    deadline: dt.date | None = None
    blocked_by: tuple[str, ...] = ()


class Series(Record):
    """One annex as it came round after round.

    Attributes:
        title, province: As the latest round has them.
        rounds: The newest reading of each round, by date; those without a date come last.
    """

    title: str
    province: str | None
    rounds: tuple[Snapshot, ...]


class ChangeKind(StrEnum):
    """What happened to a body between two rounds."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    UPGRADED = "upgraded"
    STATUS = "status"
    REMARK = "remark"
    MOVED = "moved"
    CORRECTED = "corrected"


class Change(Record):
    """One difference between two rounds, with the evidence of both."""

    kind: ChangeKind
    body: str
    district: str | None
    before: SnapshotRow | None
    after: SnapshotRow | None
    better: bool | None = None
    review: tuple[str, ...] = ()


class Comparison(Record):
    """Two rounds held against each other."""

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    warnings: tuple[str, ...] = ()
