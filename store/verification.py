"""Whether an archive is whole: its database, every record, every original, and what refers to what."""

import hashlib
import sqlite3
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import SQLAlchemyError

from models.document import Document
from models.field import Record
from store import originals
from store.archive import ORIGINALS, Archive
from store.opening import DATABASE
from store.schema import document_names, documents, page_results, record_digests

_MOST_LINES: Final = 100
"""Lines of SQLite's own check that are told of; a database with more is beyond telling."""
_SHA_DIGITS: Final = 64
"""Hexadecimal digits of a SHA-256."""


class FaultKind(StrEnum):
    """What is wrong."""

    DATABASE = "database"
    REFERENCE = "reference"
    RECORD_DAMAGED = "record_damaged"
    RECORD_PAGES = "record_pages"
    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_DAMAGED = "original_damaged"
    ORIGINAL_UNCLAIMED = "original_unclaimed"
    PAGES_UNCLAIMED = "pages_unclaimed"
    LEFT_BEHIND = "left_behind"


HARMLESS: Final = frozenset({FaultKind.ORIGINAL_UNCLAIMED, FaultKind.PAGES_UNCLAIMED, FaultKind.LEFT_BEHIND})
"""What an import leaves that was stopped: the next one takes it up, or it only takes room."""


class ArchiveFault(Record):
    """One thing that is wrong in an archive.

    Attributes:
        kind: What it is.
        document: The SHA-256 of the document that it concerns, if one.
        name: What that document is called.
        detail: More of it, in the words of whoever found it.
    """

    kind: FaultKind
    document: str | None = None
    name: str | None = None
    detail: str = ""

    @property
    def is_harmless(self) -> bool:
        """Whether nothing is lost or false by it."""
        return self.kind in HARMLESS


def verify(archive: Archive) -> Iterator[ArchiveFault]:
    """Yield all that is wrong in an archive; reads every record and every original, and changes nothing.

    A fault of one document does not keep the others from being looked at.

    Raises:
        core.errors.StoreError: The list of documents itself cannot be read.
    """
    with archive.reading() as connection:
        if connection.dialect.name == "sqlite":  # a server looks after its files itself
            yield from _check_database(connection, archive.folder / DATABASE)
        names = _names(connection)
        for sha, name in names.items():
            yield from _check_record(connection, sha, name)
            yield from _check_original(archive.folder / ORIGINALS, sha, name)
        yield from _find_unclaimed(connection, archive.folder / ORIGINALS, names)


def count_checked(archive: Archive) -> int:
    """Return how many documents `verify` looks at: all, also those that people took out."""
    with archive.reading() as connection:
        return len(_names(connection))


def _names(connection: Connection) -> dict[str, str]:
    """Return what every document is called; its names have a table of their own should its row be damaged."""
    try:
        rows = connection.execute(select(documents.c.sha256, documents.c.name)).all()
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
        rows = connection.execute(select(document_names.c.sha256, document_names.c.name)).all()
    return {row[0]: row[1] for row in rows}


def _check_database(connection: Connection, path: Path) -> Iterator[ArchiveFault]:
    try:
        found = connection.execute(text(f"PRAGMA integrity_check({_MOST_LINES})")).scalars().all()
        yield from (ArchiveFault(kind=FaultKind.DATABASE, detail=line) for line in found if line != "ok")
        for row in connection.execute(text("PRAGMA foreign_key_check")).all():
            yield ArchiveFault(kind=FaultKind.REFERENCE, detail=f"{row[0]} {row[1]} → {row[2]}")
    except (SQLAlchemyError, sqlite3.Error) as error:
        yield ArchiveFault(kind=FaultKind.DATABASE, detail=f"{path.name}: {error}")


def _check_record(connection: Connection, sha: str, name: str) -> Iterator[ArchiveFault]:
    """Read one record alone, so that a damaged one is known by its name."""
    query = (
        select(documents.c.record, documents.c.pages, record_digests.c.sha256)
        .outerjoin(record_digests, record_digests.c.document == documents.c.sha256)
        .where(documents.c.sha256 == sha)
    )
    try:
        record, pages, digest = connection.execute(query).one()
        if digest != hashlib.sha256(record.encode()).hexdigest():
            detail = "checksum" if digest else "no checksum"
            yield ArchiveFault(kind=FaultKind.RECORD_DAMAGED, document=sha, name=name, detail=detail)
        document = Document.model_validate_json(record)
    except (SQLAlchemyError, sqlite3.Error, ValidationError, UnicodeError, AttributeError) as error:
        detail = f"{type(error).__name__}: {str(error)[:200]}"
        yield ArchiveFault(kind=FaultKind.RECORD_DAMAGED, document=sha, name=name, detail=detail)
        return
    if len(document.pages) != pages:
        detail = f"{len(document.pages)} / {pages}"
        yield ArchiveFault(kind=FaultKind.RECORD_PAGES, document=sha, name=name, detail=detail)


def _check_original(folder: Path, sha: str, name: str) -> Iterator[ArchiveFault]:
    kept = originals.find(sha, folder)
    if kept is None:
        yield ArchiveFault(kind=FaultKind.ORIGINAL_MISSING, document=sha, name=name)
    elif not originals.is_sound(kept):
        yield ArchiveFault(kind=FaultKind.ORIGINAL_DAMAGED, document=sha, name=name, detail=kept.name)


def _find_unclaimed(connection: Connection, folder: Path, names: dict[str, str]) -> Iterator[ArchiveFault]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.name[:_SHA_DIGITS] not in names:
            left = path.name.startswith(".")
            kind = FaultKind.LEFT_BEHIND if left else FaultKind.ORIGINAL_UNCLAIMED
            yield ArchiveFault(kind=kind, detail=path.relative_to(folder).as_posix())
    try:
        found = connection.execute(select(page_results.c.document).distinct()).scalars().all()
    except (SQLAlchemyError, sqlite3.Error) as error:
        yield ArchiveFault(kind=FaultKind.DATABASE, detail=str(error)[:200])
        return
    for sha in found:
        if sha not in names:
            yield ArchiveFault(kind=FaultKind.PAGES_UNCLAIMED, document=sha)
