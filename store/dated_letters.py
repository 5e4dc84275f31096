"""Letters by their dates, on a connection that the caller holds: from the tables of letters, opening no record."""

import datetime as dt
from collections.abc import Collection
from typing import Final, NamedTuple

from sqlalchemy import Connection, and_, func, select

from store import removals
from store.schema import documents, letter_fields, letters

_UNIT = letter_fields.alias("unit")
_JUDGED: Final = ("number", "date")
"""Fields of a letter without which its place in a series is not known."""


class NumberedLetter(NamedTuple):
    """A letter by what its place in a series is known by; as in `models.filed_letter.FiledLetter`."""

    document: str
    place: int
    number: str
    day: dt.date
    issuer: str | None


def list_numbers(connection: Connection, year: int, unit: str) -> list[NumberedLetter]:
    """Return the letters of an office, by its digits, that are dated in a year of the common era, in no order."""
    is_its_unit = and_(_UNIT.c.document == letters.c.document, _UNIT.c.letter == letters.c.idx, _UNIT.c.field == "unit")
    query = (
        select(
            letters.c.document,
            letters.c.idx,
            letters.c.number,
            letters.c.date,
            func.coalesce(letters.c.issuer, _UNIT.c.value),
        )
        .outerjoin(_UNIT, and_(letters.c.issuer.is_(None), is_its_unit))
        .where(letters.c.date.between(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        .where(letters.c.number.contains(f" {unit}/", autoescape=True))
        .where(letters.c.document.not_in(removals.hidden()))
    )
    # Fetched at once: an office has thousands in a year, and row by row they take twice as long.
    return [NumberedLetter(*row) for row in connection.execute(query).all()]


def is_doubted(connection: Connection, letter: NumberedLetter) -> bool:
    """Whether number or date of a letter asks for review."""
    query = select(letter_fields.c.field).where(
        letter_fields.c.document == letter.document,
        letter_fields.c.letter == letter.place,
        letter_fields.c.field.in_(_JUDGED),
        letter_fields.c.review != "",
    )
    return connection.execute(query).first() is not None


def find_name(connection: Connection, sha: str) -> str:
    """Return the file name of a document."""
    return str(connection.execute(select(documents.c.name).where(documents.c.sha256 == sha)).scalar_one())


def find_latest_days(connection: Connection, shas: Collection[str]) -> dict[str, dt.date]:
    """Return the latest date of a letter in each of some documents; those without a dated letter are left out."""
    latest = func.max(letters.c.date)
    query = select(letters.c.document, latest).where(letters.c.document.in_(shas), letters.c.date.is_not(None))
    return {sha: day for sha, day in connection.execute(query.group_by(letters.c.document))}  # noqa: C416
