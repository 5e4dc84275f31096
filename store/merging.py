"""One archive taken into another: what several hosts read, each its own part, becomes one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, Table, func, insert, select, update

from models.document import Document
from models.document_status import lost_parts
from models.snapshot import Snapshot
from store import confirmations, decisions, originals, records, status_wordings
from store.archive import ORIGINALS, Archive
from store.schema import (
    decisions as decisions_table,
)
from store.schema import (
    document_names,
    document_origins,
    documents,
    failures,
    page_results,
    readings,
    removals,
    round_choices,
    round_corrections,
    snapshots,
)

_NOTES: Final = ((document_names, "sha256"), (document_origins, "sha256"), (page_results, "document"))
"""Tables whose rows stand for themselves, and their column with the document."""
_SAID: Final = ((removals, "document"), (round_choices, "document"), (round_corrections, "document"))
"""Tables of what people said, in the order of their ids, which are given anew."""


@dataclass(slots=True)
class MergeSummary:
    """What came of it.

    Attributes:
        added: How many documents were new.
        known: How many were there; of two readings the one that lost less stays.
        faults: Documents that were not taken over, for their original is damaged or missing.
        undecided: Documents that were there, and about which people decided something in the other archive: that was
            not taken over.
    """

    added: int = 0
    known: int = 0
    faults: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)


def merge(source: Archive, target: Archive) -> MergeSummary:
    """Take all that an archive holds into another; a document at a time, and doing it twice changes nothing.

    Args:
        source: Only read.
        target: Written to.

    Raises:
        core.errors.StoreError: One of them cannot be read or written.
    """
    merged = MergeSummary()
    with source.reading() as read:
        order = select(documents.c.sha256, documents.c.name).order_by(documents.c.imported_at, documents.c.sha256)
        for sha, name in read.execute(order).all():
            kept = originals.find(sha, source.folder / ORIGINALS)
            if kept is None or not originals.is_sound(kept):
                merged.faults.append(f"{name} ({sha[:12]})")
                continue
            originals.keep(kept, target.folder / ORIGINALS)
            with target.writing() as write:
                _take(read, write, sha, merged)
        with target.writing() as write:
            for remembered in confirmations.in_force(read):
                confirmations.add(write, remembered.confirmation)
            status_wordings.copy_new(read, write)
            _copy_new(read, write, failures, "origin", read.execute(select(failures.c.origin)).scalars().all())
            decisions.index_outdated(write)
    return merged


def _take(read: Connection, write: Connection, sha: str, merged: MergeSummary) -> None:
    row = read.execute(select(documents).where(documents.c.sha256 == sha)).mappings().one()
    document = Document.model_validate_json(row["record"])
    has_decisions = decisions.last_id(read, sha) > 0
    if records.has_document(write, sha):
        merged.known += 1
        if has_decisions and decisions.last_id(write, sha) == 0:
            merged.undecided.append(document.source.name)
        if lost_parts(document) < (records.lost_parts_before(write, sha) or 0):
            decisions.put_record(write, document, row["engine"])
    else:
        merged.added += 1
        records.put_record(write, document, row["engine"])
        records.put_letters(write, document)
        moment = {"imported_at": row["imported_at"]}
        write.execute(update(documents).where(documents.c.sha256 == sha).values(moment))
        write.execute(document_names.delete().where(document_names.c.sha256 == sha))  # noted just now, by the clock
        for table, column in _SAID:
            _copy_said(read, write, table, column, sha)
        _copy_decisions(read, write, sha)
    for table, column in _NOTES:
        _copy_new(read, write, table, column, [sha])
    frozen = select(snapshots.c.payload).where(snapshots.c.document == sha).order_by(snapshots.c.frozen_at)
    for payload in read.execute(frozen).scalars().all():
        snapshot = Snapshot.model_validate_json(payload)
        if not records.has_snapshot(write, snapshot.key):
            records.append_snapshot(write, snapshot)


def _copy_new(read: Connection, write: Connection, table: Table, column: str, values: Iterable[str]) -> None:
    """Copy the rows of documents whose keys are not there yet."""
    for value in values:
        for row in read.execute(select(table).where(table.c[column] == value)).mappings().all():
            same = [key == row[key.name] for key in table.primary_key.columns]
            if not write.execute(select(func.count()).select_from(table).where(*same)).scalar():
                write.execute(insert(table).values(dict(row)))


def _copy_said(read: Connection, write: Connection, table: Table, column: str, sha: str) -> None:
    query = select(table).where(table.c[column] == sha).order_by(table.c.id)
    for row in read.execute(query).mappings().all():
        write.execute(insert(table).values({key: value for key, value in row.items() if key != "id"}))


def _copy_decisions(read: Connection, write: Connection, sha: str) -> None:
    """Copy what people decided, with new ids, and the reading that it was decided on."""
    table, ids = decisions_table, dict[int, int]()
    for row in read.execute(select(table).where(table.c.document == sha).order_by(table.c.id)).mappings().all():
        values = {key: value for key, value in row.items() if key != "id"}
        values["revokes"] = ids.get(row["revokes"])
        ids[row["id"]] = write.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    _copy_new(read, write, readings, "document", [sha])
