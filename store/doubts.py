"""The queue of doubts, on a connection whose transaction the caller holds."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from models.document import Document
from models.doubt import find_doubts
from store import removals
from store.schema import doubts


def put(connection: Connection, document: Document, later: Collection[str]) -> None:
    """Put the doubts of a document in the place of those before."""
    sha = document.source.sha256
    connection.execute(delete(doubts).where(doubts.c.document == sha))
    rows = [
        {"document": sha, "target": each.target, "code": each.codes[0], "weight": each.weight, "later": each.later}
        for each in find_doubts(document, later)
    ]
    if rows:
        connection.execute(insert(doubts), rows)


def count_by_code(connection: Connection) -> list[tuple[str, int]]:
    """Return how many doubts there are of each code, the most frequent first."""
    count = func.count()
    query = (
        select(doubts.c.code, count).where(_is_asked()).group_by(doubts.c.code).order_by(count.desc(), doubts.c.code)
    )
    return [(code, number) for code, number in connection.execute(query)]


def first_document(connection: Connection, code: str | None = None, after: str | None = None) -> str | None:
    """Return the document whose turn it is: the one that came in first of those with doubts not left for later.

    Args:
        connection: The archive.
        code: For doubts of one code alone.
        after: A document to go on behind; from the beginning again where none follows.
    """
    query = (
        select(doubts.c.document).where(_is_asked()).order_by(doubts.c.later, doubts.c.weight.desc(), doubts.c.document)
    )
    if code is not None:
        query = query.where(doubts.c.code == code)
    if after is not None:
        query = query.where(doubts.c.document != after)
    return connection.execute(query.limit(1)).scalar()


def _is_asked() -> ColumnElement[bool]:
    """Return the condition that nobody took the document of a doubt out."""
    return doubts.c.document.not_in(removals.hidden())
