"""What people decided of values, and the records with it, on a connection whose transaction the caller holds."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from core.errors import ConflictError, NotFoundError
from models.decision import Decision, StoredDecision, left_for_later
from models.document import Document
from models.table_facts import NOTHING_SAID, TableFacts
from store import doubts, record_tables, records, removals, search, status_wordings
from store.schema import INDEX_VERSION, decisions, documents, readings


@dataclass(frozen=True, slots=True)
class PreparedReading:
    """What is kept of a reading, made beforehand by the process that read it.

    Attributes:
        record: The reading as JSON.
        forms: Its texts as search compares them; see `store.search.prepare`.
    """

    record: str
    forms: Mapping[str, search.TextForms]


@dataclass(frozen=True, slots=True)
class DecidedDocument:
    """Beside a record: the reading that nobody decided of, and what is in the record of what people said.

    Attributes:
        reading: The record without it; the record itself where there is nothing.
        last: Id of the last decision on the document that is in the record, 0 for none.
        wording: The same of the meanings of wordings, which are of all documents.
        facts: What a person said of its tables, with which it was read.
        prepared: What was made of the reading beforehand.
    """

    reading: Document
    last: int
    wording: int = 0
    facts: TableFacts = NOTHING_SAID
    prepared: PreparedReading | None = None

    def dump_reading(self) -> str:
        """Return the reading as JSON."""
        return self.reading.model_dump_json() if self.prepared is None else self.prepared.record


@dataclass(frozen=True, slots=True)
class ArchivedDocument:
    """A document as the archive holds it: as it was read, as it stands, and by what it was read."""

    reading: Document
    current: Document
    engine: str


def history(connection: Connection, document: str) -> list[StoredDecision]:
    """Return every decision on a document, oldest first, with those that were taken back marked."""
    query = select(decisions).where(decisions.c.document == document).order_by(decisions.c.id)
    rows = connection.execute(query).mappings().all()
    revoked = {row["revokes"] for row in rows}
    return [
        StoredDecision(
            id=row["id"],
            document=document,
            person=row["person"],
            decided_at=row["decided_at"],
            decision=Decision.model_validate_json(row["payload"]),
            revoked=row["id"] in revoked,
            batch=row["batch"],
        )
        for row in rows
        if row["payload"] is not None
    ]


def in_force(connection: Connection, document: str) -> list[StoredDecision]:
    """Return the decisions on a document that were not taken back, oldest first."""
    return [recorded for recorded in history(connection, document) if not recorded.revoked]


def last_id(connection: Connection, document: str) -> int:
    """Return the id of the last decision or revocation on a document; 0 where there is none."""
    query = select(func.max(decisions.c.id)).where(decisions.c.document == document)
    return connection.execute(query).scalar() or 0


def add(
    connection: Connection, document: str, decision: Decision, person: str, batch: str | None = None
) -> StoredDecision:
    """Add a decision, one of a batch where that is named, and return it as kept."""
    now = dt.datetime.now(dt.UTC)
    row = {
        "document": document,
        "target": decision.target,
        "person": person,
        "decided_at": now.isoformat(),
        "payload": decision.model_dump_json(),
        "batch": batch,
    }
    number = connection.execute(insert(decisions).values(row).returning(decisions.c.id)).scalar_one()
    return StoredDecision(id=number, document=document, person=person, decided_at=now, decision=decision, batch=batch)


def revoke(connection: Connection, recorded: StoredDecision, person: str) -> None:
    """Take a decision back; it stays in the history."""
    now = dt.datetime.now(dt.UTC).isoformat()
    row = {"document": recorded.document, "revokes": recorded.id, "person": person, "decided_at": now}
    connection.execute(insert(decisions).values(row))


def get(connection: Connection, document: str) -> ArchivedDocument:
    """Return a document with its reading.

    Raises:
        NotFoundError: It is not in the archive.
    """
    query = (
        select(documents.c.record, documents.c.engine, readings.c.record)
        .outerjoin(readings, readings.c.document == documents.c.sha256)
        .where(documents.c.sha256 == document)
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFoundError(document[:12])
    current = Document.model_validate_json(row[0])
    return ArchivedDocument(current if row[2] is None else Document.model_validate_json(row[2]), current, row[1])


def put_record(connection: Connection, document: Document, engine: str, decided: DecidedDocument | None = None) -> None:
    """Put a record in the place of the one before, with all that is found by it: letters, doubts, text.

    Raises:
        ConflictError: There are other decisions by now than those in the record.
    """
    sha = document.source.sha256
    known = last_id(connection, sha), status_wordings.last_id(connection)
    if decided is not None and (decided.last, decided.wording) != known:
        raise ConflictError(document.source.name)
    own = decided if decided is not None and decided.reading is document else None
    records.put_record(connection, document, engine, document.model_dump_json() if own is None else own.dump_reading())
    records.put_letters(connection, document)
    connection.execute(delete(readings).where(readings.c.document == sha))
    held = in_force(connection, sha)
    if decided is not None and own is None:
        connection.execute(insert(readings).values(document=sha, record=decided.dump_reading()))
    prepared = decided.prepared if decided is not None else None
    _index(connection, document, held, prepared.forms if prepared is not None else None)


def put_current(
    connection: Connection, kept: ArchivedDocument, document: Document, held: Iterable[StoredDecision]
) -> None:
    """Put what a document is after a decision in the place of what it was; its reading stays."""
    sha = document.source.sha256
    if connection.execute(select(readings.c.document).where(readings.c.document == sha)).first() is None:
        connection.execute(insert(readings).values(document=sha, record=kept.reading.model_dump_json()))
    values = {"status": document.status.value, "record": document.model_dump_json()}
    records.note_digest(connection, document.source.sha256, values["record"])
    connection.execute(update(documents).where(documents.c.sha256 == sha).values(values))
    records.put_letters(connection, document)
    _index(connection, document, held)


def decided_since_frozen(connection: Connection) -> list[str]:
    """Return the documents with an annex in which people decided something since its rounds were last frozen.

    Those that were taken out are left out: they are in no round, and come in again with what was decided.
    """
    query = (
        select(decisions.c.document)
        .join(documents, documents.c.sha256 == decisions.c.document)
        .where(documents.c.annexes > 0, documents.c.sha256.not_in(removals.hidden()))
        .group_by(decisions.c.document, documents.c.frozen_with)
        .having(func.max(decisions.c.id) > func.coalesce(documents.c.frozen_with, 0))
    )
    return list(connection.execute(query).scalars())


def index_outdated(connection: Connection) -> int:
    """Make anew what an older version made of records: doubts, what search looks in, tables; return of how many."""
    outdated = select(documents.c.sha256).where(documents.c.index_version < INDEX_VERSION)
    shas = list(connection.execute(outdated).scalars())
    for sha in shas:
        record = connection.execute(select(documents.c.record).where(documents.c.sha256 == sha)).scalar_one()
        _index(connection, Document.model_validate_json(record), in_force(connection, sha))
    return len(shas)


def _index(
    connection: Connection,
    document: Document,
    held: Iterable[StoredDecision],
    forms: Mapping[str, search.TextForms] | None = None,
) -> None:
    doubts.put(connection, document, left_for_later(held))
    search.put(connection, document, forms)
    record_tables.put(connection, document)
    is_same = documents.c.sha256 == document.source.sha256
    connection.execute(update(documents).where(is_same).values(index_version=INDEX_VERSION))
