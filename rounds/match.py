"""Finding, for each row of one round, the row of the same body in the other.

From the sure to the likely: the register's code; district, kind and name as read; the same name in the same district
under another kind (raised in status); the same kind and name in another district (moved); and last, within a
district, the names that are most alike. What is only likely says so in the pair's review codes.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from models.snapshot import SnapshotRow
from parsers.thai.text import skeleton

UNCERTAIN: Final = "match.uncertain"
"""The two rows were paired because their names are alike."""
DUPLICATE: Final = "match.duplicate"
"""A round has the same body more than once, so which row answers to which is a guess."""
SAME_NAME: Final = 0.7
"""How alike two names must be, 0 to 1, to be thought one body: บางบัวทอง and ใหม่บางบัวทอง are 0.84."""

Key = Callable[[SnapshotRow], Hashable]
"""What two rows must share; None for a row that cannot be known by it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The rows of one body in two rounds; one is None where the other round has no such row."""

    before: SnapshotRow | None
    after: SnapshotRow | None
    review: tuple[str, ...] = ()


def pair_rows(before: Iterable[SnapshotRow], after: Iterable[SnapshotRow]) -> list[Pair]:
    """Return every row of both rounds once, in pairs: those of the later round in its order, then those gone."""
    matching = _Matching(list(before), list(after))
    matching.by(_code)
    matching.by(_identity)
    matching.by(_name_in_district, uncertain=_not_both_coded, once=True)
    matching.by(_kind_and_name, uncertain=_not_both_coded, once=True)
    matching.by_likeness()
    return matching.pairs()


def _code(row: SnapshotRow) -> Hashable:
    return row.body.code if row.body is not None else None


def _identity(row: SnapshotRow) -> Hashable:
    if row.body is None:
        return (row.district, "".join(row.label.split())) if row.label.strip() else None
    return row.district, row.body.kind, row.body.name


def _name_in_district(row: SnapshotRow) -> Hashable:
    return (row.district, row.body.name) if row.body is not None else None


def _kind_and_name(row: SnapshotRow) -> Hashable:
    return (row.body.kind, row.body.name) if row.body is not None else None


def _not_both_coded(before: SnapshotRow, after: SnapshotRow) -> bool:
    """Whether one of two differing rows is of a body that the register does not know, and so may be misread."""
    return _code(before) is None or _code(after) is None


def _content(row: SnapshotRow) -> tuple[object, ...]:
    """Return what tells the rows of one body apart, whatever their order: equal rows are to find each other."""
    return (row.status or "", row.remark, row.remark_years, row.district or "", row.label, row.sequence or 0)


class _Matching:
    """Rows of two rounds that have found each other, and those still looking, by their places."""

    def __init__(self, before: list[SnapshotRow], after: list[SnapshotRow]) -> None:
        self.before, self.after = before, after
        self.free_before = dict.fromkeys(range(len(before)))
        self.free_after = dict.fromkeys(range(len(after)))
        self.found: dict[int, tuple[int, tuple[str, ...]]] = {}
        self.repeats: set[tuple[str, int]] = set()

    def by(
        self,
        key: Key,
        uncertain: Callable[[SnapshotRow, SnapshotRow], bool] = lambda _before, _after: False,
        *,
        once: bool = False,
    ) -> None:
        """Pair the rows that share a key; with `once`, only where a single row of each round has it."""
        old, new = self._grouped(self.before, self.free_before, key), self._grouped(self.after, self.free_after, key)
        for value, ours in old.items():
            theirs = new.get(value, [])
            alone = len(ours) == len(theirs) == 1
            if not theirs or (once and not alone):
                continue
            for i, j in zip(ours, theirs, strict=False):
                doubts = (UNCERTAIN,) if uncertain(self.before[i], self.after[j]) else ()
                self._join(i, j, doubts if alone else (*doubts, DUPLICATE))
            self.repeats.update(("before", i) for i in ours[len(theirs) :])
            self.repeats.update(("after", j) for j in theirs[len(ours) :])

    def by_likeness(self) -> None:
        """Pair what is left within each district, so that the names are as alike as can be."""
        old = self._grouped(self.before, self.free_before, lambda row: (row.district,))
        new = self._grouped(self.after, self.free_after, lambda row: (row.district,))
        for district, ours in old.items():
            if theirs := new.get(district):
                self._assign(ours, theirs)

    def pairs(self) -> list[Pair]:
        """Return all rows, paired or alone."""
        both = {j: Pair(self.before[i], self.after[j], review) for i, (j, review) in self.found.items()}
        kept = [both.get(j) or Pair(None, row, self._alone("after", j)) for j, row in enumerate(self.after)]
        return kept + [Pair(self.before[i], None, self._alone("before", i)) for i in self.free_before]

    def _alone(self, side: str, index: int) -> tuple[str, ...]:
        return (DUPLICATE,) if (side, index) in self.repeats else ()

    def _assign(self, ours: list[int], theirs: list[int]) -> None:
        from scipy.optimize import linear_sum_assignment  # 0.3 s that most comparisons need not pay

        alike = process.cdist(
            [_bare_name(self.before[i]) for i in ours],
            [_bare_name(self.after[j]) for j in theirs],
            scorer=fuzz.ratio,
            dtype=np.float64,
            score_cutoff=SAME_NAME * 100,
        )
        for a, b in zip(*linear_sum_assignment(alike, maximize=True), strict=True):
            if alike[a, b] > 0:
                self._join(ours[a], theirs[b], (UNCERTAIN,))

    def _join(self, i: int, j: int, review: tuple[str, ...]) -> None:
        self.found[i] = (j, review)
        del self.free_before[i], self.free_after[j]

    @staticmethod
    def _grouped(rows: list[SnapshotRow], free: Iterable[int], key: Key) -> dict[Hashable, list[int]]:
        grouped: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index in free:
            if (value := key(rows[index])) is not None:
                grouped[value].append(index)
        for members in grouped.values():
            members.sort(key=lambda index: _content(rows[index]))
        return grouped


def _bare_name(row: SnapshotRow) -> str:
    """Return the letters of the name; the kind before it would make every two bodies look alike."""
    return skeleton(row.body.name if row.body is not None else row.label)
