"""The archive as lists, a page at a time, on a connection that the caller holds: nothing opens a record for them."""

from sqlalchemy import ColumnElement, Connection, func, select

from models.document import DocumentStatus
from models.field import Record
from models.summary import DocumentSummary
from store import removals
from store.schema import NOT_IN_SUMMARIES, documents, doubts, letters


class InboxEntry(Record):
    """A document in a list, with how many doubts wait."""

    summary: DocumentSummary
    doubts: int


def count_by_status(connection: Connection) -> dict[DocumentStatus, int]:
    """Return how many documents ended each way; every way is there."""
    query = select(documents.c.status, func.count()).where(_is_shown()).group_by(documents.c.status)
    found = {row[0]: row[1] for row in connection.execute(query)}
    return {status: found.get(status.value, 0) for status in DocumentStatus}


def list_documents(
    connection: Connection,
    status: DocumentStatus | None = None,
    code: str | None = None,
    most: int = 50,
    offset: int = 0,
) -> list[InboxEntry]:
    """Return documents, the newest first.

    Args:
        connection: The archive.
        status: Those that ended so alone.
        code: Those with a doubt of this code alone.
        most: How many at most.
        offset: How many to leave out first.
    """
    chosen = (
        select(documents.c.sha256)
        .where(_is_shown())
        .order_by(documents.c.imported_at.desc(), documents.c.sha256.desc())
    )
    if status is not None:
        chosen = chosen.where(documents.c.status == status.value)
    if code is not None:
        # Not by the key: in the order of the list the first page of very many comes at once.
        key = documents.c.sha256 + ""
        chosen = chosen.where(key.in_(select(doubts.c.document).where(doubts.c.code == code)))
    shas = list(connection.execute(chosen.limit(most).offset(offset)).scalars())
    of_letters = select(func.count()).where(letters.c.document == documents.c.sha256).scalar_subquery()
    of_doubts = select(func.count()).where(doubts.c.document == documents.c.sha256).scalar_subquery()
    first = letters.alias()
    columns = [column for column in documents.c if column.name not in NOT_IN_SUMMARIES]
    query = (
        select(
            *columns,
            of_letters.label("letters"),
            of_doubts.label("doubts"),
            first.c.number,
            first.c.date,
            first.c.subject,
        )
        .outerjoin(first, (first.c.document == documents.c.sha256) & (first.c.idx == 0))
        .where(documents.c.sha256.in_(shas))
    )
    rows = {row["sha256"]: dict(row) for row in connection.execute(query).mappings()}
    return [
        InboxEntry(doubts=rows[sha].pop("doubts"), summary=DocumentSummary.model_validate(rows[sha])) for sha in shas
    ]


def _is_shown() -> ColumnElement[bool]:
    """Return the condition that nobody took a document out."""
    return documents.c.sha256.not_in(removals.hidden())
