"""Which documents hold a letter of a number or date, or name one, on a connection that the caller holds."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from sqlalchemy import ColumnElement, Connection, select, text

from store.schema import letter_fields, letters
from thai.letter_identity import bare

_PLACES: Final = text(
    "WITH RECURSIVE places(field) AS ("
    "SELECT min(field) FROM letter_fields WHERE length(value) < 200 AND field >= 'enclosures[' "
    "UNION ALL SELECT (SELECT min(field) FROM letter_fields WHERE length(value) < 200 AND field > places.field) "
    "FROM places WHERE places.field < 'references~') SELECT field FROM places WHERE field IS NOT NULL"
)
"""The fields that letters have, from one seek of the index to the next."""
_AT_ONCE: Final = 100
"""Numbers or dates of one query."""
T = TypeVar("T")
_NAMED: Final = re.compile(r"(?:references|enclosures)\[\d+\]\.(number|date)")
"""A field that names another letter."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Numbers and dates of letters."""

    numbers: frozenset[str] = frozenset()
    dates: frozenset[dt.date] = frozenset()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.numbers or self.dates)

    def __or__(self, other: Self) -> Self:
        """Return both together."""
        return type(self)(self.numbers | other.numbers, self.dates | other.dates)

    def __sub__(self, other: Self) -> Self:
        """Return those that are not among the others."""
        return type(self)(self.numbers - other.numbers, self.dates - other.dates)


def find_documents(connection: Connection, wanted: Mentions) -> set[str]:
    """Return the documents with a letter that has, or names, one of these numbers or dates."""
    places = defaultdict(list)
    for field in connection.execute(_PLACES).scalars():
        if named := _NAMED.fullmatch(field):
            places[named[1]].append(field)
    numbers = sorted({form for number in wanted.numbers for form in (number, bare(number))})
    found: set[str] = set()
    for some in _part(numbers):
        found |= _find(connection, letters.c.number.in_(some), places["number"], some)
    for days in _part(sorted(wanted.dates)):
        found |= _find(connection, letters.c.date.in_(days), places["date"], [day.isoformat() for day in days])
    return found


def _find(connection: Connection, own: ColumnElement[bool], places: Iterable[str], values: Iterable[str]) -> set[str]:
    named = (
        select(letter_fields.c.document)
        # The condition of the index, word for word: without it SQLite does not use it.
        .where(letter_fields.c.field.in_(places), letter_fields.c.value.in_(values), text("length(value) < 200"))
    )
    return {
        *connection.execute(select(letters.c.document).where(own)).scalars(),
        *connection.execute(named).scalars(),
    }


def _part(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
