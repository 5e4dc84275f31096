"""One archive taken into another: what several hosts read, each its own part, becomes one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, Table, func, insert, select, update

from models.document import Document
from models.document_status import lost_parts
from models.snapshot import Snapshot
from models.table_facts import TableFacts
from store import decisions, originals, records, table_facts
from store.archive import ORIGINALS, Archive
from store.row_copies import by_columns, by_payload, copy_new
from store.schema import (
    confirmations,
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
    status_wordings,
)
from store.schema import decisions as decisions_table
from store.schema import table_facts as facts_table

_NOTES: Final = ((document_names, "sha256"), (document_origins, "sha256"), (page_results, "document"))
"""Tables whose rows stand for themselves, and their column with the document."""
_SAID: Final = (
    (decisions_table, by_columns("document", "target")),
    (removals, by_columns("document")),
    (round_choices, by_columns("document", "annex")),
    (round_corrections, by_columns("document", "annex")),
    (facts_table, by_columns("document", "fact")),
)
"""Tables of what people said of documents, and of what; of the same the last row holds."""
_SAID_OF_ALL: Final = (
    (confirmations, by_payload("province", "district", "reading")),
    (status_wordings, by_payload("column", "text")),
)
"""The same of what people said of all documents alike."""

Settle = Callable[[Connection, str], None]
"""Lays over a document, by its SHA-256, what people said of it, and freezes its rounds as they are then."""


@dataclass(slots=True)
class MergeSummary:
    """What came of it.

    Attributes:
        added: How many documents were new.
        known: How many were there; of two readings the one that lost less stays.
        faults: Documents that were not taken over, for their original is damaged or missing.
        unread: Documents of which people said in both archives what no reading was made with yet.
        disputed: Documents of which people said in both archives something of the same value or round, and names and
            wordings that have another meaning in each: what was said here stands, and what the other archive has
            beside it was not taken over.
    """

    added: int = 0
    known: int = 0
    faults: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)


def merge(source: Archive, target: Archive, settle: Settle | None = None) -> MergeSummary:
    """Take all that an archive holds into another; a document at a time, and doing it twice changes nothing.

    Args:
        source: Only read.
        target: Written to.
        settle: Called for each document that was there and of which something was taken over; needed unless the
            target is empty.

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
                _take(read, write, sha, merged, settle)
        with target.writing() as write:
            for table, matter in _SAID_OF_ALL:
                for about in copy_new(read, write, table, matter).disputed:
                    merged.disputed.append(" ".join(str(part) for part in about if part))
            _copy_new(read, write, failures, "origin", read.execute(select(failures.c.origin)).scalars().all())
            decisions.index_outdated(write)
    return merged


def _take(read: Connection, write: Connection, sha: str, merged: MergeSummary, settle: Settle | None) -> None:
    row = read.execute(select(documents).where(documents.c.sha256 == sha)).mappings().one()
    document = Document.model_validate_json(row["record"])
    is_known = records.has_document(write, sha)
    if is_known:
        merged.known += 1
    else:
        merged.added += 1
        records.put_record(write, document, row["engine"], document.model_dump_json())
        records.put_letters(write, document)
        moment = {"imported_at": row["imported_at"]}
        write.execute(update(documents).where(documents.c.sha256 == sha).values(moment))
        write.execute(document_names.delete().where(document_names.c.sha256 == sha))  # noted just now, by the clock
        _copy_new(read, write, readings, "document", [sha])
    before = table_facts.in_force(write, sha)
    is_changed = False
    for table, matter in _SAID:
        copied = copy_new(read, write, table, matter, table.c.document == sha)
        is_changed |= copied.added > 0
        if copied.disputed:
            merged.disputed.append(document.source.name)
    if is_known:
        is_taken = _take_reading(read, write, document, before)
        is_changed |= is_taken
        if table_facts.in_force(write, sha) != (table_facts.in_force(read, sha) if is_taken else before):
            merged.unread.append(document.source.name)
    for table, column in _NOTES:
        _copy_new(read, write, table, column, [sha])
    is_changed |= _copy_snapshots(read, write, sha)
    if is_known and is_changed and settle is not None:
        settle(write, sha)


def _take_reading(read: Connection, write: Connection, document: Document, before: TableFacts) -> bool:
    """Take the other reading of a document where it lost less, or was made with what people said of it; whether it was.

    Args:
        read: The other archive.
        write: This one, with what people said in both.
        document: As the other one has it.
        before: With what the reading here was made.
    """
    sha = document.source.sha256
    lost, lost_here = lost_parts(document), records.lost_parts_before(write, sha) or 0
    facts = table_facts.in_force(write, sha)
    is_taken = lost < lost_here or (lost == lost_here and facts != before and facts == table_facts.in_force(read, sha))
    if is_taken:
        kept = decisions.get(read, sha)
        decisions.put_record(write, kept.reading, kept.engine)
    return is_taken


def _copy_snapshots(read: Connection, write: Connection, sha: str) -> bool:
    """Copy the rounds of a document that were frozen there and not here; whether there were any."""
    frozen = select(snapshots.c.payload).where(snapshots.c.document == sha).order_by(snapshots.c.frozen_at)
    found = [Snapshot.model_validate_json(payload) for payload in read.execute(frozen).scalars()]
    new = [snapshot for snapshot in found if not records.has_snapshot(write, snapshot.key)]
    for snapshot in new:
        records.append_snapshot(write, snapshot)
    return bool(new)


def _copy_new(read: Connection, write: Connection, table: Table, column: str, values: Iterable[str]) -> None:
    """Copy the rows of documents whose keys are not there yet."""
    for value in values:
        for row in read.execute(select(table).where(table.c[column] == value)).mappings().all():
            same = [key == row[key.name] for key in table.primary_key.columns]
            if not write.execute(select(func.count()).select_from(table).where(*same)).scalar():
                write.execute(insert(table).values(dict(row)))
