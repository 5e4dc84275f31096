"""Finding, for each row of one round, the row of the same body in the other.

From the sure to the likely: the register's code; what the dated ledger says became of a body; district, kind and name
as read; the same name in the same district under another kind (raised in status); the same kind and name in another
district (moved); and last, within a district, the names that are most alike. What is only likely says so in the
pair's review codes.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from models.annex import BodyRef
from models.change import Succession
from models.review import ReviewCode
from models.snapshot import SnapshotRow
from thai.text import skeleton

UNCERTAIN: Final = ReviewCode.MATCH_UNCERTAIN
"""The two rows were paired because their names are alike."""
DUPLICATE: Final = ReviewCode.MATCH_DUPLICATE
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
    succession: Succession | None = None


def pair_rows(
    before: Iterable[SnapshotRow], after: Iterable[SnapshotRow], ledger: Sequence[Succession] = ()
) -> list[Pair]:
    """Return every row of both rounds once, in pairs: those of the later round in its order, then those gone."""
    matching = _Matching(list(before), list(after))
    matching.by(_code)
    matching.by_ledger(ledger)
    matching.by(_identity)
    matching.by(_name_in_district, uncertain=_not_both_coded, once=True)
    matching.by(_kind_and_name, uncertain=_not_both_coded, once=True)
    matching.by_likeness()
    return matching.pairs()


def _code(row: SnapshotRow) -> Hashable:
    return row.body.code if row.body is not None else None


def _identity(row: SnapshotRow) -> Hashable:
    if row.body is None:
        return (row.province, row.district, "".join(row.label.split())) if row.label.strip() else None
    return row.province, row.district, row.body.kind, row.body.name


def _name_in_district(row: SnapshotRow) -> Hashable:
    return (row.province, row.district, row.body.name) if row.body is not None else None


def _kind_and_name(row: SnapshotRow) -> Hashable:
    return (row.province, row.body.kind, row.body.name) if row.body is not None else None


def _not_both_coded(before: SnapshotRow, after: SnapshotRow) -> bool:
    """Whether one of two differing rows is of a body that the register does not know, and so may be misread."""
    return _code(before) is None or _code(after) is None


def _content(row: SnapshotRow) -> tuple[object, ...]:
    """Return what tells the rows of one body apart, whatever their order: equal rows are to find each other."""
    values = tuple((key, -1.0 if value is None else value) for key, value in sorted(row.values.items()))
    return (row.status or "", row.remark, row.remark_years, values, row.district or "", row.label, row.sequence or 0)


class _Matching:
    """Rows of two rounds that have found each other, and those still looking, by their places."""

    def __init__(self, before: list[SnapshotRow], after: list[SnapshotRow]) -> None:
        self.before, self.after = before, after
        self.free_before = dict.fromkeys(range(len(before)))
        self.free_after = dict.fromkeys(range(len(after)))
        self.found: dict[int, Pair] = {}
        self.gone: dict[int, Succession] = {}
        self.repeats: set[tuple[str, int]] = set()

    def by(
        self,
        key: Key,
        uncertain: Callable[[SnapshotRow, SnapshotRow], bool] = lambda _before, _after: False,
        *,
        once: bool = False,
    ) -> None:
        """Pair the rows that share a key; with `once`, only where a single row of each round has it."""
        old, new = _grouped(self.before, self.free_before, key), _grouped(self.after, self.free_after, key)
        for value, ours in old.items():
            theirs = new.get(value, [])
            alone = len(ours) == len(theirs) == 1
            if not theirs or (once and not alone):
                continue
            # Few rows are not alone, and only among those does the order matter.
            couples = [(ours[0], theirs[0])] if alone else self._equals_first(ours, theirs)
            for i, j in couples:
                doubts = (UNCERTAIN,) if uncertain(self.before[i], self.after[j]) else ()
                self._join(i, j, doubts if alone else (*doubts, DUPLICATE))
            if not alone:
                self.repeats.update(("before", i) for i in ours if i in self.free_before)
                self.repeats.update(("after", j) for j in theirs if j in self.free_after)

    def by_ledger(self, ledger: Sequence[Succession]) -> None:
        """Pair each body that the ledger tells of with what became of it, where both rounds have it once."""
        if not ledger:
            return
        old = [_grouped(self.before, self.free_before, key) for key in (_code, _told)]
        new = [_grouped(self.after, range(len(self.after)), key) for key in (_code, _told)]
        for line in ledger:
            ours = _only(old, line.before, line.province, line.before_district, self.before)
            theirs = _only(new, line.after, line.province, line.after_district, self.after)
            if ours not in self.free_before or theirs is None:
                continue
            if theirs in self.free_after:
                self._join(ours, theirs, (), line)
            elif theirs in self.found:
                self.gone[ours] = line  # it went into a body that another one has become already

    def by_likeness(self) -> None:
        """Pair what is left within each district, so that the names are as alike as can be."""
        old = _grouped(self.before, self.free_before, lambda row: (row.province, row.district))
        new = _grouped(self.after, self.free_after, lambda row: (row.province, row.district))
        for district, ours in old.items():
            if theirs := new.get(district):
                from rounds.likeness import most_alike  # scipy: 0.3 s that most comparisons need not pay

                names = [_bare_name(self.before[i]) for i in ours], [_bare_name(self.after[j]) for j in theirs]
                for a, b in most_alike(*names, SAME_NAME):
                    self._join(ours[a], theirs[b], (UNCERTAIN,))

    def pairs(self) -> list[Pair]:
        """Return all rows, paired or alone."""
        kept = [self.found.get(j) or Pair(None, row, self._alone("after", j)) for j, row in enumerate(self.after)]
        left = (Pair(self.before[i], None, self._alone("before", i), self.gone.get(i)) for i in self.free_before)
        return [*kept, *left]

    def _equals_first(self, ours: list[int], theirs: list[int]) -> list[tuple[int, int]]:
        """Return couples of one body's rows: those with the same content, then the others in order of content."""
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for j in theirs:
            waiting[_content(self.after[j])[:-1]].append(j)
        couples = []
        for i in ours:
            if same := waiting[_content(self.before[i])[:-1]]:
                couples.append((i, same.pop(0)))
        taken = {i for i, _ in couples}, {j for _, j in couples}
        rest = [i for i in ours if i not in taken[0]], [j for j in theirs if j not in taken[1]]
        return couples + list(zip(*rest, strict=False))

    def _alone(self, side: str, index: int) -> tuple[str, ...]:
        return (DUPLICATE,) if (side, index) in self.repeats else ()

    def _join(self, i: int, j: int, review: tuple[str, ...], succession: Succession | None = None) -> None:
        self.found[j] = Pair(self.before[i], self.after[j], review, succession)
        del self.free_before[i], self.free_after[j]


def _grouped(rows: list[SnapshotRow], free: Iterable[int], key: Key) -> dict[Hashable, list[int]]:
    """Return the places of rows by their key; those of one key in the order of what they say."""
    grouped: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index in free:
        if (value := key(rows[index])) is not None:
            grouped[value].append(index)
    for members in grouped.values():
        if len(members) > 1:
            members.sort(key=lambda index: _content(rows[index]))
    return grouped


def _told(row: SnapshotRow) -> Hashable:
    """Return what the ledger calls a body by where its code is not known."""
    return (row.body.kind, row.body.name) if row.body is not None else None


def _only(
    groups: list[dict[Hashable, list[int]]],
    body: BodyRef,
    province: str | None,
    district: str | None,
    rows: list[SnapshotRow],
) -> int | None:
    """Return the one row that a side of the ledger's line means: by its code, else by kind, name and place."""
    found = groups[0].get(body.code, []) if body.code else []
    if not found:
        named = groups[1].get((body.kind, body.name), [])
        here = [i for i in named if district in (None, rows[i].district)]
        found = [i for i in here if rows[i].province is None or province in (None, rows[i].province)]
    return found[0] if len(found) == 1 else None


def _bare_name(row: SnapshotRow) -> str:
    """Return the letters of the name; the kind before it would make every two bodies look alike."""
    return skeleton(row.body.name if row.body is not None else row.label)
