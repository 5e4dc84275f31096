"""Writing records into the tables, on a connection whose transaction the caller holds."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from core.fingerprint import fingerprint
from models.document import Document
from models.document_status import lost_parts
from models.snapshot import RoundChoice, RoundCorrection, Snapshot
from store.schema import (
    decisions,
    document_names,
    document_origins,
    documents,
    letters,
    record_digests,
    round_choices,
    round_corrections,
    snapshots,
)


def put_record(connection: Connection, document: Document, engine: str, record: str) -> None:
    """Insert a document's record, or replace it where these bytes were read before.

    Args:
        connection: The archive.
        document: The record.
        engine: What read it.
        record: The same as JSON.
    """
    sha = document.source.sha256
    row = {
        "name": document.source.name,
        "media_type": document.source.media_type,
        "pages": document.source.pages,
        "status": document.status.value,
        "annexes": len(document.annexes),
        "engine": engine,
        "record": record,
    }
    if has_document(connection, sha):
        connection.execute(update(documents).where(documents.c.sha256 == sha).values(row))
    else:
        connection.execute(insert(documents), {"sha256": sha, "imported_at": current_moment(), **row})
    note_digest(connection, sha, record)
    note_name(connection, sha, document.source.name)


def note_digest(connection: Connection, sha: str, record: str) -> None:
    """Note the checksum of a record as it is written."""
    connection.execute(delete(record_digests).where(record_digests.c.document == sha))
    digest = hashlib.sha256(record.encode()).hexdigest()
    connection.execute(insert(record_digests), {"document": sha, "sha256": digest})


def put_letters(connection: Connection, document: Document) -> None:
    """Put the letters of a document in the place of those that were read from it before."""
    sha = document.source.sha256
    connection.execute(delete(letters).where(letters.c.document == sha))
    rows = [
        {
            "document": sha,
            "idx": index,
            "kind": letter.kind.value,
            "number": letter.number.value,
            "date": letter.date.value,
            "subject": letter.subject.value,
            "issuer": letter.issuer.value,
        }
        for index, letter in enumerate(document.letters)
    ]
    if rows:
        connection.execute(insert(letters), rows)


def has_document(connection: Connection, sha: str) -> bool:
    """Whether these bytes have a record."""
    return connection.execute(select(documents.c.sha256).where(documents.c.sha256 == sha)).first() is not None


def note_name(connection: Connection, sha: str, name: str) -> None:
    """Remember a name that a document came under, once."""
    known = select(document_names.c.name).where(document_names.c.sha256 == sha, document_names.c.name == name)
    if connection.execute(known).first() is None:
        connection.execute(insert(document_names), {"sha256": sha, "name": name, "first_seen": current_moment()})


def note_origin(connection: Connection, sha: str, path: str) -> None:
    """Remember a path that a document came from, once."""
    table = document_origins.c
    known = select(table.path).where(table.sha256 == sha, table.path == path)
    if connection.execute(known).first() is None:
        connection.execute(insert(document_origins), {"sha256": sha, "path": path, "first_seen": current_moment()})


def lost_parts_before(connection: Connection, sha: str) -> int | None:
    """Return how many parts of these bytes an earlier reading lost; None where there is none."""
    record = connection.execute(select(documents.c.record).where(documents.c.sha256 == sha)).scalar()
    return None if record is None else lost_parts(Document.model_validate_json(record))


def put_rounds(connection: Connection, document: str, frozen: Iterable[Snapshot]) -> None:
    """Add the snapshots of a document as it stands now, and withdraw the rounds that it was read to hold before."""
    held = {add_snapshot(connection, snapshot).annex for snapshot in frozen}
    known = connection.execute(select(snapshots.c.annex).where(snapshots.c.document == document).distinct()).scalars()
    for annex in sorted(set(known) - held):
        last = _newest_reading(connection, document, annex)
        if last is not None and not last.withdrawn:
            gone = {"key": fingerprint("withdrawn", last.key), "withdrawn": True, "rows": (), "totals": {}}
            append_snapshot(connection, last.model_copy(update=gone))
    last_decision = select(func.max(decisions.c.id)).where(decisions.c.document == document).scalar_subquery()
    connection.execute(update(documents).where(documents.c.sha256 == document).values(frozen_with=last_decision))


def add_snapshot(connection: Connection, snapshot: Snapshot) -> Snapshot:
    """Add a snapshot, unless it is what its annex was last read as, and return it as kept.

    Its version is one more than the highest of the same round: of the same annex of the same file, whatever its
    title or date were read as before, or of the same series at the same date. What an annex was read as before
    something else is right again, as after a decision that was taken back, is added again, under a key of its own.
    """
    kept = _newest_reading(connection, snapshot.document, snapshot.annex)
    if kept is not None and kept.model_copy(update={"key": snapshot.key, "version": snapshot.version}) == snapshot:
        return kept
    return append_snapshot(connection, snapshot)


def _newest_reading(connection: Connection, document: str, annex: int) -> Snapshot | None:
    own = snapshots.c.document == document, snapshots.c.annex == annex
    newest = select(snapshots.c.payload).where(*own).order_by(snapshots.c.version.desc()).limit(1)
    payload = connection.execute(newest).scalar()
    return None if payload is None else Snapshot.model_validate_json(payload)


def append_snapshot(connection: Connection, snapshot: Snapshot) -> Snapshot:
    """Add a snapshot as the newest reading of its annex, and return it as kept."""
    same_round = and_(snapshots.c.document == snapshot.document, snapshots.c.annex == snapshot.annex)
    if snapshot.as_of is not None:
        same_date = and_(snapshots.c.series == snapshot.series, snapshots.c.as_of == snapshot.as_of)
        same_round = or_(same_round, same_date)
    highest = connection.execute(select(func.max(snapshots.c.version)).where(same_round)).scalar() or 0
    key = snapshot.key
    while has_snapshot(connection, key):
        key = fingerprint(key, str(highest))
    added = snapshot.model_copy(update={"key": key, "version": highest + 1})
    row = {name: getattr(added, name) for name in ("key", "series", "as_of", "version", "document", "annex")}
    connection.execute(insert(snapshots).values(**row, frozen_at=current_moment(), payload=added.model_dump_json()))
    return added


def has_snapshot(connection: Connection, key: str) -> bool:
    """Whether a snapshot of that key is there."""
    return connection.execute(select(snapshots.c.key).where(snapshots.c.key == key)).first() is not None


def add_choice(connection: Connection, choice: RoundChoice) -> None:
    """Add what a person decided about a round; it holds from now on, the earlier ones stay."""
    row = {"document": choice.document, "annex": choice.annex, "payload": choice.model_dump_json()}
    connection.execute(insert(round_choices).values(**row, chosen_at=current_moment()))


def add_correction(connection: Connection, correction: RoundCorrection) -> None:
    """Add what a person said of a round; it holds from now on, the earlier ones stay."""
    row = {"document": correction.document, "annex": correction.annex, "payload": correction.model_dump_json()}
    connection.execute(insert(round_corrections).values(**row, corrected_at=current_moment()))


def current_moment() -> str:
    """Return the moment as tables keep it: ISO 8601, UTC, with microseconds, so that text sorts as time does."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
