"""Doubts that one act may answer together, and batches of decisions, on a connection that the caller holds."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Connection, Select, func, select

from models.field import Record
from store import removals
from store.schema import decisions, doubts


class BatchSummary(Record):
    """What one act of a person decided together.

    Attributes:
        batch: What its decisions carry.
        person: Who.
        decided_at: When it ended.
        decided: How many decisions.
        in_force: How many of them were not taken back.
        documents: In how many documents.
    """

    batch: str
    person: str
    decided_at: dt.datetime
    decided: int
    in_force: int
    documents: int


def iterate_doubts(
    connection: Connection, document: str | None, code: str | None, after: str
) -> Iterator[tuple[str, str]]:
    """Yield document and target of what waits and nobody left for later, a document after the other.

    Args:
        connection: The archive.
        document: One document alone.
        code: Doubts of one kind alone.
        after: Of documents behind this one alone, by SHA-256.
    """
    query = (
        select(doubts.c.document, doubts.c.target)
        .where(~doubts.c.later, doubts.c.document.not_in(removals.hidden()))
        .order_by(doubts.c.document)
    )
    if after:
        query = query.where(doubts.c.document > after)
    if document is not None:
        query = query.where(doubts.c.document == document)
    if code is not None:
        query = query.where(doubts.c.code == code)
    yield from ((sha, target) for sha, target in connection.execute(query))


def list_batches(connection: Connection, most: int) -> list[BatchSummary]:
    """Return the newest batches."""
    query = _summaries().group_by(decisions.c.batch).order_by(func.max(decisions.c.id).desc()).limit(most)
    return [BatchSummary.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def list_documents(connection: Connection, batch: str) -> list[str]:
    """Return the documents in which a batch decided something."""
    query = select(decisions.c.document).where(decisions.c.batch == batch).distinct().order_by(decisions.c.document)
    return list(connection.execute(query).scalars())


def _summaries() -> Select[tuple[str, str, str, int, int, int]]:
    revocations = decisions.alias()
    return (
        select(
            decisions.c.batch,
            func.max(decisions.c.person).label("person"),
            func.max(decisions.c.decided_at).label("decided_at"),
            func.count().label("decided"),
            (func.count() - func.count(revocations.c.id)).label("in_force"),
            func.count(decisions.c.document.distinct()).label("documents"),
        )
        .outerjoin(revocations, revocations.c.revokes == decisions.c.id)
        .where(decisions.c.batch.is_not(None))
    )
