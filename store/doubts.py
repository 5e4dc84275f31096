"""The queue of doubts, on a connection whose transaction the caller holds."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, case, delete, func, insert, or_, select

from models.document import Document
from models.doubt import find_doubts
from store import removals
from store.schema import doubts

_NOT_LATER: Final = 100
"""Added to the weight, 0 to 10, of a doubt that nobody left for later."""


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


def first_document(connection: Connection, code: str | None = None) -> str | None:
    """Return the document whose turn it is: the one with the heaviest doubt; last come those that were left for later.

    Args:
        connection: The archive.
        code: For doubts of one code alone.
    """
    query = (
        select(doubts.c.document).where(_is_asked()).order_by(doubts.c.later, doubts.c.weight.desc(), doubts.c.document)
    )
    if code is not None:
        query = query.where(doubts.c.code == code)
    return connection.execute(query.limit(1)).scalar()


def next_document(connection: Connection, after: str) -> str | None:
    """Return the document that follows one in the order of `first_document`; after one without a doubt, the first."""
    rank = func.max(case((doubts.c.later, doubts.c.weight), else_=doubts.c.weight + _NOT_LATER))
    left = connection.execute(select(rank).where(doubts.c.document == after)).scalar()
    if left is None:
        return first_document(connection)
    query = select(doubts.c.document).where(_is_asked()).group_by(doubts.c.document)
    follows = or_(rank < left, and_(rank == left, doubts.c.document > after))
    return connection.execute(query.having(follows).order_by(rank.desc(), doubts.c.document).limit(1)).scalar()


def _is_asked() -> ColumnElement[bool]:
    """Return the condition that nobody took the document of a doubt out."""
    return doubts.c.document.not_in(removals.hidden())
