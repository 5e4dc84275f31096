"""Letters that several documents hold: the same circular, scanned by two offices. They are linked and never merged.

Number and date together decide. What a page looks like does not: two circulars of one office to the same addressees
are as alike, as pictures and in their words, as two scans of one (docs/adr/0028-bulk-import.md).
"""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, and_, func, select

from models.field import Record
from store import removals
from store.schema import documents, letters


class SharedLetter(Record):
    """A letter of one document that another document holds, too.

    Attributes:
        letter: Which letter of the document that was asked for, from 0.
        document: SHA-256 of the other.
        name: Its file name.
        other: Which letter of the other, from 0.
    """

    letter: int
    number: str
    date: dt.date
    document: str
    name: str
    other: int


_OTHER = letters.alias("other")
_SAME = and_(
    letters.c.number == _OTHER.c.number,
    letters.c.date == _OTHER.c.date,
    letters.c.kind == _OTHER.c.kind,
    letters.c.document != _OTHER.c.document,
    _OTHER.c.document.not_in(removals.hidden()),
)


def find(connection: Connection, document: str) -> list[SharedLetter]:
    """Return the letters of a document that others hold, too, in its order."""
    query = (
        select(
            letters.c.idx.label("letter"),
            letters.c.number,
            letters.c.date,
            _OTHER.c.document,
            documents.c.name,
            _OTHER.c.idx.label("other"),
        )
        .select_from(letters)
        .join(_OTHER, _SAME)
        .join(documents, documents.c.sha256 == _OTHER.c.document)
        .where(letters.c.document == document)
        .order_by(letters.c.idx, documents.c.imported_at, _OTHER.c.document, _OTHER.c.idx)
    )
    return [SharedLetter.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def count(connection: Connection, shas: Collection[str]) -> dict[str, int]:
    """Return in how many other documents a letter of some documents is, of those that share one."""
    query = (
        select(letters.c.document, func.count(_OTHER.c.document.distinct()))
        .select_from(letters)
        .join(_OTHER, _SAME)
        .where(letters.c.document.in_(shas))
        .group_by(letters.c.document)
    )
    return {sha: number for sha, number in connection.execute(query)}  # noqa: C416
