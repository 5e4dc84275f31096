"""Documents that people took out of an archive: hidden, with a reason, and never erased."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, Select, and_, func, insert, select

from models.field import Record
from store.schema import documents, removals


class RemovedDocument(Record):
    """A document that is hidden, since when and why."""

    document: str
    name: str
    reason: str
    decided_at: dt.datetime


def hidden(among: Collection[str] | None = None) -> Select[tuple[str]]:
    """Return the query for the documents, all or some, that are hidden now: the last word on each holds."""
    last = select(func.max(removals.c.id)).group_by(removals.c.document)
    found = select(removals.c.document).where(removals.c.id.in_(last), removals.c.removed)
    return found if among is None else found.where(removals.c.document.in_(among))


def list_removed(connection: Connection) -> list[RemovedDocument]:
    """Return the documents that are hidden now, in the order they were taken out."""
    last = select(func.max(removals.c.id)).group_by(removals.c.document)
    query = (
        select(removals.c.document, documents.c.name, removals.c.reason, removals.c.decided_at)
        .join(documents, documents.c.sha256 == removals.c.document)
        .where(and_(removals.c.id.in_(last), removals.c.removed))
        .order_by(removals.c.id)
    )
    return [RemovedDocument.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def note(connection: Connection, document: str, reason: str, *, removed: bool) -> None:
    """Take a document out, or put it back, for a reason."""
    row = {"document": document, "removed": removed, "reason": reason}
    connection.execute(insert(removals).values(**row, decided_at=dt.datetime.now(dt.UTC).isoformat()))
