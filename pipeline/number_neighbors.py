"""The numbers next to one in its series, among the letters of an archive: what a running number is judged by."""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from sqlalchemy import Connection

from models.filed_letter import FiledLetter
from store.archive import Archive
from store.dated_letters import NumberedLetter, find_name, is_doubted, list_numbers

_CANONICAL: Final = re.compile(r"(?P<prefix>\S*) (?P<unit>[^/]+)/(?P<circular>ว )?(?P<running>\d+)")
"""A number as the archive keeps it; one that has no running number, or a range of them, is in no series."""


class _Place(NamedTuple):
    """Where a letter stands in its series."""

    running: int
    day: dt.date
    letter: NumberedLetter


class NumberNeighbors:
    """Finds them; what it read of an office in a year is kept.

    Letters whose number or date asks for review are no neighbors. Which codes are one series is for the rules to say,
    so of each code its own neighbors are given, and of a code that is none those of each issuer.
    """

    def __init__(self, archive: Archive, codes: Collection[str]) -> None:
        self._archive = archive
        self._codes = codes
        self._series: dict[tuple[int, str, bool], list[list[_Place]]] = {}

    def find(self, number: str, year: int, document: str) -> Iterator[FiledLetter]:
        """Yield the letters of other documents with the next lower and the next higher number of that year."""
        found = _CANONICAL.fullmatch(number)
        if found is None:
            return
        running = int(found["running"])
        with self._archive.reading() as connection:
            for series in self._list_series(connection, year, found["unit"], found["circular"] is not None):
                before = bisect_left(series, running, key=lambda place: place.running)
                behind = bisect_right(series, running, key=lambda place: place.running)
                for places in (reversed(series[:before]), iter(series[behind:])):
                    others = (place.letter for place in places if place.letter.document != document)
                    beside = next((other for other in others if not is_doubted(connection, other)), None)
                    if beside is not None:
                        yield _shorten(connection, beside)

    def _list_series(self, connection: Connection, year: int, unit: str, circular: bool) -> list[list[_Place]]:  # noqa: FBT001
        key = year, unit, circular
        if key not in self._series:
            series: dict[tuple[str, str | None], list[_Place]] = defaultdict(list)
            for letter in list_numbers(connection, year, unit):
                parts = _CANONICAL.fullmatch(letter.number)
                same = parts is not None and parts["unit"] == unit and (parts["circular"] is not None) == circular
                if parts is not None and same:
                    issuer = None if parts["prefix"] in self._codes else letter.issuer
                    place = _Place(int(parts["running"]), letter.day, letter)
                    series[parts["prefix"], issuer].append(place)
            self._series[key] = [sorted(places) for places in series.values()]
        return self._series[key]


def _shorten(connection: Connection, letter: NumberedLetter) -> FiledLetter:
    return FiledLetter(
        document=letter.document,
        index=letter.place,
        name=find_name(connection, letter.document),
        number=letter.number,
        date=letter.day,
        subject=None,
        issuer=letter.issuer,
    )
