"""Files that are to be read once more: those that failed, and documents of a kind, a state or an engine."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from core.limits import Limits
from ingest.sources.listing import InputFile, Listing
from models.document import DocumentStatus
from store import failures, removals
from store.archive import Archive
from store.schema import documents, letters

UNFINISHED = (DocumentStatus.FAILED, DocumentStatus.PARTIAL)
"""States of documents that a second try may better."""


def find_kept(
    archive: Archive, statuses: tuple[DocumentStatus, ...] = (), kind: str | None = None, engine: str | None = None
) -> Iterator[InputFile]:
    """Yield the kept originals of documents as entries of an import, the oldest first; hidden ones are left out.

    Args:
        archive: Where they are.
        statuses: How reading them ended; however, where there are none.
        kind: With a letter of this kind.
        engine: Read by an engine whose name has this in it.
    """
    query = select(documents.c.sha256, documents.c.name).where(documents.c.sha256.not_in(removals.hidden()))
    if statuses:
        query = query.where(documents.c.status.in_([status.value for status in statuses]))
    if kind is not None:
        query = query.where(documents.c.sha256.in_(select(letters.c.document).where(letters.c.kind == kind)))
    if engine is not None:
        query = query.where(documents.c.engine.contains(engine, autoescape=True))
    with archive.reading() as connection:
        rows = connection.execute(query.order_by(documents.c.imported_at, documents.c.sha256)).all()
    for sha, name in rows:
        path = archive.original(sha)
        if path is not None:
            origins = archive.origins(sha)
            yield InputFile(name, origins[-1] if origins else name, path)


def find_failed(archive: Archive) -> dict[Path, set[str]]:
    """Return where the files lie that could not be read, each with the origins that are meant there."""
    with archive.reading() as connection:
        found: dict[Path, set[str]] = {}
        for failure in failures.list_failures(connection):
            found.setdefault(Path(failure.path), set()).add(failure.origin)
    return found


def list_failed(listing: Listing, failed: dict[Path, set[str]]) -> Iterator[InputFile]:
    """Yield the entries of a listing of failed files that failed, under the origins that they had."""
    for entry in listing.entries:
        wanted = failed.get(entry.path, set())
        for origin in wanted:
            if entry.origin == origin or entry.origin.endswith(f"/{origin.lstrip('./')}"):
                yield InputFile(entry.name, origin, entry.path, entry.member, entry.skipped, entry.error)


def open_failed(archive: Archive, limits: Limits) -> tuple[Listing, dict[Path, set[str]]]:
    """Return a listing of the files that failed, to be closed by the caller, and what failed there."""
    failed = find_failed(archive)
    return Listing(sorted(failed), limits), failed
