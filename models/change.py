"""What changed between two rounds of an annex, and what the dated ledger says of a body."""

import datetime as dt
from collections import Counter
from enum import StrEnum
from typing import Literal

from models.annex import BodyRef
from models.field import Record
from models.snapshot import Snapshot, SnapshotRow


class ChangeKind(StrEnum):
    """What happened to a body between two rounds."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    UPGRADED = "upgraded"
    MOVED = "moved"
    STATUS = "status"
    REMARK = "remark"
    VALUE = "value"
    CORRECTED = "corrected"


class Succession(Record):
    """One line of the dated ledger: a body that was renamed, raised in status or moved.

    Attributes:
        province: Where it is; None where the codes alone say.
        before, after: The body as it was called until then, and from then on.
        before_district, after_district: Where it lay; None where that is not told.
        effective: First day that the new standing holds; None where the ledger knows the change but not its day.
        source: Where that is written, such as a volume of the Royal Gazette.
    """

    province: str | None = None
    before: BodyRef
    after: BodyRef
    before_district: str | None = None
    after_district: str | None = None
    effective: dt.date | None = None
    source: str = ""


class Change(Record):
    """One difference between two rounds, with the evidence of both.

    Attributes:
        better: Whether it is for the better; None where that cannot be told.
        column: For a changed number, the header of its column.
        before_value, after_value: For a changed number, what it was and is.
        succession: The line of the ledger that explains it.
        review: Why it is yet to be confirmed; empty where we stand by it.
    """

    kind: ChangeKind
    body: str
    district: str | None
    before: SnapshotRow | None
    after: SnapshotRow | None
    better: bool | None = None
    column: str = ""
    before_value: float | None = None
    after_value: float | None = None
    succession: Succession | None = None
    review: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """Kind and direction in one word, such as `status_up` or `remark_worse`: what changes are counted by."""
        if self.kind is ChangeKind.STATUS:
            return {True: "status_up", False: "status_down", None: "status_unread"}[self.better]
        if self.kind is ChangeKind.REMARK:
            return {True: "remark_better", False: "remark_worse", None: "remark_other"}[self.better]
        return self.kind.value


class TotalChange(Record):
    """A printed total that is another than in the round before; `corrects` where both are readings of one round."""

    column: str
    before: int | None
    after: int | None
    corrects: bool = False


class Exclusion(Record):
    """Rows of one of two rounds that were not compared.

    Attributes:
        side: Of which round.
        province: Whose rows, None where the round has none.
        rows: How many.
        reason: `blocked` (the round violates rules that make it unsafe), `no_counterpart` (the other round has no such
            province or annex), `not_chosen` (a person asked for another one).
        rules: The rules violated, where it is blocked.
    """

    side: Literal["before", "after"]
    province: str | None
    rows: int
    reason: Literal["blocked", "no_counterpart", "not_chosen"]
    rules: tuple[str, ...] = ()


class Comparison(Record):
    """Two rounds held against each other.

    Attributes:
        exclusions: What of the two rounds was not compared, and is in neither of `before` and `after`.
    """

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    totals: tuple[TotalChange, ...] = ()
    warnings: tuple[str, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def paired(self) -> int:
        """How many rows of the earlier round have found theirs in the later one."""
        return len(self.before.rows) - sum(change.after is None for change in self.changes)

    @property
    def differs(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self.changes or self.totals)

    @property
    def counts(self) -> Counter[str]:
        """How many changes of each outcome there are, totals among them."""
        counted = Counter(change.outcome for change in self.changes)
        counted.update({"total": len(self.totals)} if self.totals else {})
        return counted
