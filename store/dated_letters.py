"""Letters by their dates, on a connection that the caller holds: from the tables of letters, opening no record."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, and_, func, select

from models.filed_letter import FiledLetter
from store import removals
from store.schema import documents, letter_fields, letters

_NUMBER, _DATE, _UNIT = (letter_fields.alias(name) for name in ("number", "date", "unit"))


def list_numbers(connection: Connection, year: int) -> list[FiledLetter]:
    """Return the letters with a number that are dated in a year of the common era, in the order of their documents.

    Each has its number, date, issuer and doubts, and nothing of what it cites or asks for.
    """
    query = (
        select(
            letters.c.document,
            letters.c.idx,
            documents.c.name,
            letters.c.number,
            letters.c.date,
            letters.c.issuer,
            _UNIT.c.value,
            _NUMBER.c.review,
            _DATE.c.review,
        )
        .select_from(letters)
        .join(documents, documents.c.sha256 == letters.c.document)
        .where(letters.c.date.between(dt.date(year, 1, 1), dt.date(year, 12, 31)), letters.c.number.is_not(None))
        .where(letters.c.document.not_in(removals.hidden()))
        .order_by(documents.c.imported_at, documents.c.name, letters.c.document, letters.c.idx)
    )
    for alias in (_NUMBER, _DATE, _UNIT):
        own = and_(alias.c.document == letters.c.document, alias.c.letter == letters.c.idx)
        query = query.outerjoin(alias, and_(own, alias.c.field == alias.name))
    return [
        FiledLetter.model_construct(
            document=sha,
            index=index,
            name=name,
            number=number,
            date=day,
            subject=None,
            issuer=issuer or unit,
            doubted=tuple(part for part, codes in (("number", of_number), ("date", of_date)) if codes),
        )
        for sha, index, name, number, day, issuer, unit, of_number, of_date in connection.execute(query)
    ]


def find_latest_days(connection: Connection, shas: Collection[str]) -> dict[str, dt.date]:
    """Return the latest date of a letter in each of some documents; those without a dated letter are left out."""
    latest = func.max(letters.c.date)
    query = select(letters.c.document, latest).where(letters.c.document.in_(shas), letters.c.date.is_not(None))
    return {sha: day for sha, day in connection.execute(query.group_by(letters.c.document))}  # noqa: C416
