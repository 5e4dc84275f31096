"""Which snapshots are rounds of the same thing, and in what order they came."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz

from models.snapshot import Series, Snapshot
from rounds.snapshot import title_skeleton

SAME_TITLE: Final = 0.9
"""How alike the letters of two titles must be, 0 to 1: a scan misreads a letter or two of a title, not one in ten."""


def same_series(a: Snapshot, b: Snapshot) -> bool:
    """Whether two snapshots are of the same subject, province and shape, a misread letter in the title aside."""
    if (a.province, a.shape) != (b.province, b.shape):
        return False
    if a.series == b.series:
        return True
    return fuzz.ratio(title_skeleton(a.title), title_skeleton(b.title)) >= SAME_TITLE * 100


def series_of(snapshots: Iterable[Snapshot]) -> list[Series]:
    """Return the series that snapshots form, by title and province.

    Args:
        snapshots: In the order they were frozen, so that the last of several equal versions is the newest.
    """
    groups: list[list[Snapshot]] = []
    for snapshot in snapshots:
        group = next((known for known in groups if same_series(known[0], snapshot)), None)
        if group is None:
            groups.append([snapshot])
        else:
            group.append(snapshot)
    found = [_series(group) for group in groups]
    return sorted(found, key=lambda each: (each.title, each.province or ""))


def _series(group: list[Snapshot]) -> Series:
    newest: dict[object, Snapshot] = {}
    for snapshot in group:
        # Without a date nobody can tell whether two papers are one round, so each paper is its own.
        which = snapshot.as_of or (snapshot.document, snapshot.annex)
        if which not in newest or snapshot.version >= newest[which].version:
            newest[which] = snapshot
    rounds = tuple(sorted(newest.values(), key=lambda each: (each.as_of is None, each.as_of or 0)))
    return Series(title=rounds[-1].title, province=rounds[-1].province, rounds=rounds)
