"""The archive: one folder with the original bytes and one database of what was read from them.

Keyed by content throughout, so that doing the same thing twice changes nothing. Each method is one transaction.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, func, select

from core.errors import (
    ReadOnlyArchiveError,
    StoreError,
    UsageError,
)
from models.confirmation import Confirmation, StoredConfirmation
from models.document import Document, DocumentStatus
from models.document_status import lost_parts
from models.filed_letter import FiledLetter
from models.letter import Letter
from models.ocr import OcrPage
from models.snapshot import RoundChoice, RoundCorrection, Snapshot
from models.summary import DocumentSummary
from store import (
    confirmations,
    database,
    decisions,
    named_documents,
    originals,
    page_results,
    records,
    removals,
    summaries,
    table_facts,
)
from store.opening import open_file, open_server
from store.page_results import PageResult
from store.schema import (
    document_names,
    document_origins,
    documents,
    letters,
    round_choices,
    round_corrections,
    snapshots,
)
from store.summaries import SortKey

ORIGINALS = "originals"
"""Folder of the original bytes, in the archive's folder."""
_LETTERS: Final = TypeAdapter(tuple[Letter, ...])
_FROZEN_ORDER: Final = (snapshots.c.frozen_at, snapshots.c.annex, snapshots.c.key)
_UNFINISHED: Final = (DocumentStatus.FAILED.value, DocumentStatus.PARTIAL.value)


class Archive:
    """An open archive. Every method raises `StoreError` where the database or the disk fails."""

    def __init__(self, folder: Path, engine: Engine, name: Path | str, *, read_only: bool = False) -> None:
        self.folder = folder
        self.name = name
        self.read_only = read_only
        self._engine = engine
        self._writing = database.writing(engine)

    @classmethod
    def open(cls, folder: Path, create: bool = True, address: str | None = None) -> Self:  # noqa: FBT001 - the one switch
        """Open the archive in a folder and bring its tables up to date.

        Args:
            folder: The archive's folder.
            create: Make a new archive where there is none.
            address: Of a PostgreSQL database that keeps its records; None for a SQLite file in the folder.

        One that cannot be written, such as a backup, can be read all the same; what would change it raises
        `ReadOnlyArchiveError`.

        Raises:
            NoArchiveError: There is none and `create` is off.
            StoreError: It cannot be opened, or a newer version wrote it.
            UsageError: There can be no database at such an address.
        """
        opened = open_file(folder, create=create) if address is None else open_server(folder, address, create=create)
        return cls(folder, opened.engine, opened.name, read_only=opened.read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    def keep_original(self, path: Path, name: str | None = None, origin: str | None = None) -> str:
        """Keep a file's bytes, note name and origin where they were imported before, and return their SHA-256.

        Args:
            path: The file.
            name: What it was called, where that is not the name of the path.
            origin: Where it came from, as `note_origin` keeps it.

        Raises:
            InputError: The file cannot be read.
        """
        if self.read_only:
            raise ReadOnlyArchiveError(str(self.folder))
        sha = originals.keep(path, self.folder / ORIGINALS)
        with self._write() as connection:
            if records.has_document(connection, sha):
                records.note_name(connection, sha, name or path.name)
                if origin is not None:
                    records.note_origin(connection, sha, origin)
        return sha

    def remove_abandoned(self) -> None:
        """Remove originals that a process that was killed had half copied."""
        originals.remove_abandoned(self.folder / ORIGINALS)

    def hold_original(self, sha: str) -> ExitStack:
        """Hold the bytes of a document that is being read: until this is closed no process discards them.

        Raises:
            StoreError: They are not kept.
        """
        held = originals.hold(sha, self.folder / ORIGINALS)
        if held is None:
            raise StoreError(f"{sha}: original lost")
        return held

    def discard_original(self, sha: str) -> None:
        """Let go of bytes that turned out to be no document; those of a document stay, and those that are held."""
        with self._write() as connection:
            if not records.has_document(connection, sha):
                originals.discard(sha, self.folder / ORIGINALS)

    def original(self, sha: str) -> Path | None:
        """Return where the bytes of a document are kept, or None."""
        return originals.find(sha, self.folder / ORIGINALS)

    def known_pages(self, sha: str, keys: Sequence[str]) -> dict[str, PageResult]:
        """Return the pages of a document that were read before under these keys."""
        with self._read() as connection:
            return page_results.find(connection, sha, keys)

    def put_pages(self, results: Sequence[PageResult]) -> None:
        """Keep pages as they were read."""
        with self._write() as connection:
            page_results.put(connection, results)

    def pages(self, sha: str, number: int | None = None) -> list[OcrPage]:
        """Return the pages of a document, or one of them, as last read, in order, but for those of another version."""
        with self._read() as connection:
            return page_results.list_newest(connection, sha, number)

    def is_current(self, sha: str, engine: str) -> bool:
        """Whether this engine has read the document to its end; one that failed or stopped short is due again."""
        return self.current_status(sha, engine) is not None

    def current_status(self, sha: str, engine: str) -> DocumentStatus | None:
        """Return how this engine's reading of a document ended; None where `is_current` does not hold."""
        query = select(documents.c.status).where(documents.c.sha256 == sha, documents.c.engine == engine)
        with self._read() as connection:
            status = connection.execute(query.where(documents.c.status.not_in(_UNFINISHED))).scalar()
        return None if status is None else DocumentStatus(status)

    def put_document(
        self,
        document: Document,
        engine: str,
        frozen: tuple[Snapshot, ...] = (),
        origin: str | None = None,
        decided: decisions.DecidedDocument | None = None,
    ) -> bool:
        """Keep what was read of a document, its letters and its annexes' snapshots, all or nothing.

        A reading that lost more parts than the one that is kept does not take its place: a tool that failed today must
        not undo what was read yesterday.

        Args:
            document: The record; it takes the place of an earlier reading of the same bytes.
            engine: What read it: as long as this stays the same, `is_current` holds.
            frozen: Snapshots of its rounds, of all of them; added to those of earlier readings, never in their place.
            origin: Where it came from, as `note_origin` keeps it.
            decided: What people decided that is in the record, and the reading without it.

        Returns:
            Whether it was kept; False where the earlier, better reading stays.

        Raises:
            ConflictError: Somebody decided something since; nothing was kept.
        """
        with self._write() as connection:
            sha = document.source.sha256
            before = records.lost_parts_before(connection, sha) if lost_parts(document) else None
            is_kept = before is None or lost_parts(document) <= before
            if is_kept:
                decisions.put_record(connection, document, engine, decided)
                records.put_rounds(connection, sha, frozen)
            else:
                records.note_name(connection, sha, document.source.name)
            if origin is not None:
                records.note_origin(connection, sha, origin)
            if decided is not None:
                table_facts.add(connection, sha, decided.facts)
            return is_kept

    def status(self, sha: str) -> DocumentStatus | None:
        """Return how reading a document ended, or None where it is not in the archive."""
        with self._read() as connection:
            found = connection.execute(select(documents.c.status).where(documents.c.sha256 == sha)).scalar()
        return None if found is None else DocumentStatus(found)

    def document(self, name: str) -> Document | None:
        """Find a document by its exact file name, a path it came from, or at least four digits its SHA-256 begins with.

        Raises:
            AmbiguousNameError: Several documents answer to it, those that people took out aside.
            RemovedDocumentError: A person took it out.
        """
        with self._read() as connection:
            sha = named_documents.find(connection, name)
            if sha is None:
                return None
            record = connection.execute(select(documents.c.record).where(documents.c.sha256 == sha)).scalar_one()
            return Document.model_validate_json(record)

    def require_document(self, name: str) -> Document:
        """Return the document that `document` finds.

        Raises:
            UnknownDocumentError: There is none; it says what may have been meant.
            AmbiguousNameError: Several documents answer to it.
        """
        found = self.document(name)
        if found is not None:
            return found
        with self._read() as connection:
            raise named_documents.explain_unknown(connection, name)

    def documents(self) -> list[DocumentSummary]:
        """Return all documents, in the order they were first imported."""
        return list(self.iterate_documents())

    def iterate_documents(
        self,
        status: DocumentStatus | None = None,
        sort: SortKey = SortKey.IMPORTED,
        *,
        reverse: bool = False,
        limit: int | None = None,
    ) -> Iterator[DocumentSummary]:
        """Yield documents as the database finds them, by default all in the order they were first imported.

        Args:
            status: Those that ended so alone.
            sort: What they are ordered by.
            reverse: The other way round; those without a date or number come last all the same.
            limit: How many at most.
        """
        with (
            self._read() as connection,
            closing(summaries.iterate_shas(connection, status, sort, reverse=reverse)) as shas,
        ):
            yield from summaries.iterate_summaries(connection, islice(shas, limit))

    def iterate_shas(self) -> Iterator[str]:
        """Yield the SHA-256 of all documents as the database finds them, in the order they were first imported."""
        with self._read() as connection, closing(summaries.iterate_shas(connection)) as shas:
            yield from shas

    def iterate_records(self) -> Iterator[Document]:
        """Yield all documents whole, as they are asked for, in the order they were first imported."""
        with self._read() as connection, closing(summaries.iterate_records(connection)) as found:
            yield from found

    def letters(self, of: Collection[str] | None = None) -> list[FiledLetter]:
        """Return all letters in brief, or those of some documents, in the order of their documents."""
        query = (
            # Annexes may be long; the database takes the letters alone out of a record.
            select(documents.c.sha256, documents.c.name, func.json_extract(documents.c.record, "$.letters"))
            .where(documents.c.sha256.in_(select(letters.c.document) if of is None else of))
            .where(documents.c.sha256.not_in(removals.hidden()))
            .order_by(documents.c.imported_at, documents.c.name, documents.c.sha256)
        )
        with self._read() as connection:
            return [
                FiledLetter.from_letter(letter, sha, index, name)
                for sha, name, found in connection.execute(query)
                for index, letter in enumerate(_LETTERS.validate_json(found))
            ]

    def names(self, sha: str) -> list[str]:
        """Return every name that a document came under, oldest first."""
        return self._noted(select(document_names.c.name), document_names, sha, document_names.c.name)

    def origins(self, sha: str) -> list[str]:
        """Return every path that a document came from, oldest first."""
        return self._noted(select(document_origins.c.path), document_origins, sha, document_origins.c.path)

    def _noted(self, query: Select[Any], table: Table, sha: str, text: ColumnElement[Any]) -> list[str]:
        with self._read() as connection:
            found = query.where(table.c.sha256 == sha).order_by(table.c.first_seen, text)
            return list(connection.execute(found).scalars())

    def snapshots(self, series: str | None = None) -> list[Snapshot]:
        """Return the snapshots of one series, or of all, in the order they were frozen."""
        shown = snapshots.c.document.not_in(removals.hidden())
        query = select(snapshots.c.payload).where(shown).order_by(*_FROZEN_ORDER)
        if series is not None:
            query = query.where(snapshots.c.series == series)
        with self._read() as connection:
            return [Snapshot.model_validate_json(payload) for payload in connection.execute(query).scalars()]

    def put_snapshot(self, snapshot: Snapshot) -> Snapshot:
        """Add a snapshot of a document that is in the archive, and return it as kept, with its version.

        What an annex was last read as is not kept twice. Another reading of the same round gets the next version:
        the same annex of the same file, or the same series at the same date.
        """
        with self._write() as connection:
            return records.add_snapshot(connection, snapshot)

    def round_choices(self) -> list[RoundChoice]:
        """Return what people decided about series, oldest first; the last one for a round holds."""
        query = select(round_choices.c.payload).order_by(round_choices.c.id)
        with self._read() as connection:
            return [RoundChoice.model_validate_json(payload) for payload in connection.execute(query).scalars()]

    def put_round_choices(self, choices: Iterable[RoundChoice]) -> None:
        """Keep what a person decided about series, all or nothing."""
        with self._write() as connection:
            for choice in choices:
                records.add_choice(connection, choice)

    def round_corrections(self) -> list[RoundCorrection]:
        """Return what people said of rounds, oldest first; the last one of a kind holds."""
        query = select(round_corrections.c.payload).order_by(round_corrections.c.id)
        with self._read() as connection:
            return [RoundCorrection.model_validate_json(payload) for payload in connection.execute(query).scalars()]

    def put_round_corrections(self, corrections: Iterable[RoundCorrection]) -> None:
        """Keep what a person said of rounds, all or nothing."""
        with self._write() as connection:
            for correction in corrections:
                records.add_correction(connection, correction)

    def confirmations(self) -> list[StoredConfirmation]:
        """Return the repairs that people confirmed and did not take back, oldest first."""
        with self._read() as connection:
            return confirmations.in_force(connection)

    def put_confirmation(self, confirmation: Confirmation) -> StoredConfirmation:
        """Remember a repair that a person confirmed; of the same reading in the same place the last one holds."""
        with self._write() as connection:
            return confirmations.add(connection, confirmation)

    def forget_confirmation(self, number: int) -> None:
        """Take a confirmation back.

        Raises:
            UsageError: None of that number is in force.
        """
        with self._write() as connection:
            if not confirmations.forget(connection, number):
                raise UsageError(
                    f"ไม่มีการยืนยันเลขที่ {number} (ดู saraban bodies confirmed)",
                    f"there is no confirmation {number} (see saraban bodies confirmed)",
                )

    def reading(self) -> AbstractContextManager[Connection]:
        """Return a connection to read from, for the other modules of the store."""
        return self._read()

    def writing(self) -> AbstractContextManager[Connection]:
        """Return a connection in a transaction that no other writer is beside, for the other modules of the store."""
        return self._write()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with database.trouble_as_store_error(self.name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        if self.read_only:
            raise ReadOnlyArchiveError(str(self.folder))
        with database.trouble_as_store_error(self.name), self._writing.begin() as connection:
            yield connection
