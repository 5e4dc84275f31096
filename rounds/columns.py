"""Which column of one round is which of another, and what became of the printed totals."""

from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz import fuzz

from models.change import TotalChange
from models.snapshot import Snapshot, SnapshotColumn
from thai.text import skeleton

SAME_HEADER: Final = 0.8
"""How alike the letters of two headers must be, 0 to 1, to name one column."""


def pair_columns(before: Snapshot, after: Snapshot) -> list[tuple[SnapshotColumn, SnapshotColumn]]:
    """Return the columns that both rounds have: of one kind, with the header that is most alike.

    A column that was put in or left out shifts the keys of those behind it, so the header tells, not the place.
    """
    free = list(after.columns)
    pairs = []
    for column in before.columns:
        best = max(free, key=lambda other: _likeness(column, other), default=None)
        if best is not None and _likeness(column, best) >= SAME_HEADER:
            free.remove(best)
            pairs.append((column, best))
    return pairs


def total_changes(before: Snapshot, after: Snapshot, *, corrects: bool) -> Iterator[TotalChange]:
    """Yield the printed totals that changed; one that only one of the rounds prints is no change."""
    for old, new in pair_columns(before, after):
        if old.key not in before.totals or new.key not in after.totals:
            continue
        was, now = before.totals[old.key], after.totals[new.key]
        if was != now:
            yield TotalChange(column=new.header, before=was, after=now, corrects=corrects)


def renamed_keys(pairs: Iterable[tuple[SnapshotColumn, SnapshotColumn]]) -> dict[str, tuple[str, str]]:
    """Return, by the key of a column in the earlier round, its key in the later one and its header."""
    return {old.key: (new.key, new.header) for old, new in pairs}


def _likeness(a: SnapshotColumn, b: SnapshotColumn) -> float:
    if (a.kind, a.status) != (b.kind, b.status):
        return 0.0
    if a.status is not None:
        return 1.0  # the column says the same of a row, whatever its header
    return fuzz.ratio(skeleton(a.header), skeleton(b.header)) / 100
