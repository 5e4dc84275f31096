"""Files that are to be read once more: those that failed, and documents of a kind, a state or an engine."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from core.errors import InputError, NotFoundError
from core.limits import Limits
from ingest.sources.listing import InputFile, Listing
from models.document import DocumentStatus
from store import failures, removals
from store.archive import Archive
from store.schema import documents, letters

UNFINISHED = (DocumentStatus.FAILED, DocumentStatus.PARTIAL)
"""States of documents that a second try may better."""


def find_kept(
    archive: Archive,
    statuses: tuple[DocumentStatus, ...] = (),
    kind: str | None = None,
    engine: str | None = None,
    among: Collection[str] = (),
) -> Iterator[InputFile]:
    """Yield the kept originals of documents as entries of an import, the oldest first; hidden ones are left out.

    One that is lost is an entry with its error.

    Args:
        archive: Where they are.
        statuses: How reading them ended; however, where there are none.
        kind: With a letter of this kind.
        engine: Read by an engine whose name has this in it.
        among: Documents by their SHA-256; all, where there are none.
    """
    query = select(documents.c.sha256, documents.c.name).where(documents.c.sha256.not_in(removals.hidden()))
    if statuses:
        query = query.where(documents.c.status.in_([status.value for status in statuses]))
    if kind is not None:
        query = query.where(documents.c.sha256.in_(select(letters.c.document).where(letters.c.kind == kind)))
    if engine is not None:
        query = query.where(documents.c.engine.contains(engine, autoescape=True))
    if among:
        query = query.where(documents.c.sha256.in_(among))
    with archive.reading() as connection:
        rows = connection.execute(query.order_by(documents.c.imported_at, documents.c.sha256)).all()
    for sha, name in rows:
        path = archive.original(sha)
        origin = next(reversed(archive.origins(sha)), name)
        lost = NotFoundError(f"{name} ({sha[:12]}): ต้นฉบับในคลังหาย / the kept original is lost")
        yield InputFile(name, origin, path or Path(origin), error=None if path is not None else lost)


def find_failed(archive: Archive) -> dict[Path, set[str]]:
    """Return where the files lie that could not be read, each with the origins that are meant there."""
    with archive.reading() as connection:
        found: dict[Path, set[str]] = {}
        for failure in failures.list_failures(connection):
            found.setdefault(Path(failure.path), set()).add(failure.origin)
    return found


def list_failed(listing: Listing, failed: dict[Path, set[str]]) -> Iterator[InputFile]:
    """Yield the entries of a listing of failed files that failed, under the origins that they had.

    What is not there any more, because its ZIP file is gone or cannot be listed, is an entry with its error.
    """
    missing = {(path, origin) for path, origins in failed.items() for origin in origins}
    broken: dict[Path, InputError] = {}
    for entry in listing.entries:
        if entry.error is not None and entry.member is None:
            broken[entry.path] = entry.error
        for origin in failed.get(entry.place, set()):
            if entry.origin == origin or entry.origin.endswith(f"/{origin.lstrip('./')}"):
                missing.discard((entry.place, origin))
                yield replace(entry, origin=origin)
    for path, origin in sorted(missing):
        yield InputFile(origin.rpartition("/")[2], origin, path, error=broken.get(path) or NotFoundError(origin))


def open_failed(archive: Archive, limits: Limits) -> tuple[Listing, dict[Path, set[str]]]:
    """Return a listing of the files that failed, to be closed by the caller, and what failed there."""
    failed = find_failed(archive)
    return Listing(sorted(failed), limits), failed
