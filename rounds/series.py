"""Which snapshots are rounds of the same thing, and in what order they came; and what a person says to that."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz

from core.fingerprint import fingerprint
from models.snapshot import RoundChoice, Series, Snapshot
from rounds.papers import combine_papers
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


def group_series(snapshots: Iterable[Snapshot], choices: Iterable[RoundChoice] = ()) -> list[Series]:
    """Return the series that snapshots form, by title and province, unless a person chose otherwise.

    Args:
        snapshots: The newest reading of each annex, in the order they were frozen.
        choices: What people decided, in the order they did.
    """
    chosen = {(choice.document, choice.annex): choice for choice in choices}
    groups: list[_Group] = []
    # Those that a person placed come first, so that the others can join them.
    ordered = sorted(snapshots, key=lambda each: (each.document, each.annex) not in chosen)
    for snapshot in ordered:
        choice = chosen.get((snapshot.document, snapshot.annex))
        group = next((known for known in groups if known.takes(snapshot, choice)), None)
        if group is None:
            groups.append(group := _Group(choice.series if choice else "", alone=bool(choice and choice.alone)))
        group.add(snapshot, choice)
    found = [group.series() for group in groups]
    return sorted(found, key=lambda each: (each.title, each.province or ""))


def merged(first: Series, second: Series) -> list[RoundChoice]:
    """Return the choices by which two series are one from now on."""
    key = fingerprint(*sorted(each.key for series in (first, second) for each in series.rounds))
    return [choice for series in (first, second) for each in series.rounds for choice in _choices(each, key)]


def split(readings: Iterable[Snapshot]) -> list[RoundChoice]:
    """Return the choices by which a round, in all its readings, stands alone."""
    known = list(readings)
    key = fingerprint("alone", *sorted(each.key for each in known))
    return [choice for each in known for choice in _choices(each, key, alone=True)]


def renamed(series: Series, title: str) -> list[RoundChoice]:
    """Return the choices by which a series, as it is, has a name of its own."""
    key = fingerprint("named", *sorted(each.key for each in series.rounds))
    return [choice for each in series.rounds for choice in _choices(each, key, title=title)]


def _choices(snapshot: Snapshot, key: str, *, alone: bool = False, title: str = "") -> list[RoundChoice]:
    return [
        RoundChoice(document=place.document, annex=place.annex, series=key, alone=alone, title=title)
        for place in snapshot.places
    ]


class _Group:
    """Snapshots of one series, as they are found."""

    def __init__(self, key: str, *, alone: bool) -> None:
        self._key, self._alone, self._title = key, alone, ""
        self._members: list[Snapshot] = []
        self._kinds: dict[tuple[str, str | None], Snapshot] = {}

    def takes(self, snapshot: Snapshot, choice: RoundChoice | None) -> bool:
        """Whether a snapshot belongs here: as it was chosen, else by its likeness to one of each title here."""
        if choice is not None:
            return choice.series == self._key
        return not self._alone and any(same_series(known, snapshot) for known in self._kinds.values())

    def add(self, snapshot: Snapshot, choice: RoundChoice | None) -> None:
        """Take a snapshot in."""
        self._members.append(snapshot)
        self._kinds.setdefault((snapshot.title, snapshot.province), snapshot)
        if choice is not None and choice.title:
            self._title = choice.title

    def series(self) -> Series:
        """Return the series with its rounds, each of all papers of its day, by date."""
        papers: defaultdict[object, list[Snapshot]] = defaultdict(list)
        for snapshot in self._members:
            # Without a date nobody can tell whether two papers are one round, so each paper is its own.
            papers[snapshot.as_of or snapshot.place].append(snapshot)
        found = map(combine_papers, papers.values())
        rounds = tuple(sorted(found, key=lambda each: (each.as_of is None, each.as_of or 0)))
        return Series(title=self._title or rounds[-1].title, province=rounds[-1].province, rounds=rounds)
