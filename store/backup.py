"""A copy of an archive in another folder, and an archive from such a copy."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from core.errors import DamagedFileError, NoArchiveError, StoreError
from store import database, originals, sqlite
from store.archive import ORIGINALS, Archive
from store.merging import merge
from store.opening import DATABASE
from store.schema import documents
from store.verification import ArchiveFault, FaultKind, verify

_FATAL: Final = frozenset({FaultKind.DATABASE, FaultKind.REFERENCE, FaultKind.RECORD_DAMAGED, FaultKind.RECORD_PAGES})
"""What a copy must not have; an original that it lacks is told of, and comes back with the file."""


@dataclass(frozen=True, slots=True)
class CopySummary:
    """What a copy holds.

    Attributes:
        documents: How many there are.
        originals: How many of their files were copied now; the others were there.
        faults: Documents whose original is missing or damaged, by name: the copy lacks them as the archive does.
    """

    documents: int
    originals: int
    faults: tuple[str, ...]


def back_up(folder: Path, target: Path) -> CopySummary:
    """Copy an archive into a folder, while it may be in use; what is there of an earlier copy is not copied again.

    Args:
        folder: The archive's.
        target: Empty, missing, or holding an earlier copy of it.

    Raises:
        NoArchiveError: There is no archive.
        StoreError: The copy cannot be written, or lies in the archive itself.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise NoArchiveError(str(folder))
    if target.resolve().is_relative_to(folder.resolve()):
        raise StoreError(f"{target}: อยู่ในคลังเอง / lies in the archive itself")
    with database.trouble_as_store_error(target / DATABASE):
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The database first: bytes are kept before their record, so that all it names is there by now.
        sqlite.copy_database(path, target / DATABASE)
        copied, faults, met = 0, [], 0
        for sha, name in _documents(target):
            met += 1
            if originals.is_kept(sha, target / ORIGINALS):
                continue
            kept = originals.find(sha, folder / ORIGINALS)
            if kept is None or not originals.is_sound(kept):
                faults.append(f"{name} ({sha[:12]})")
                continue
            copied += 1
            originals.keep(kept, target / ORIGINALS)
    return CopySummary(met, copied, tuple(faults))


def back_up_server(archive: Archive, target: Path) -> CopySummary:
    """Copy an archive whose records are on a server into a folder, as an archive with a file of its own.

    Args:
        archive: The archive.
        target: Empty or missing: of a copy that is there nobody could say what has changed since.

    Raises:
        StoreError: Something is there, or the copy cannot be written.
    """
    _require_empty(target)
    with Archive.open(target) as copy:
        return _merged(archive, copy)


def restore_on_server(source: Path, archive: Archive) -> CopySummary:
    """Put a copy into an archive whose records are on a server, after the copy was looked at as a whole.

    Raises:
        NoArchiveError: There is no copy in that folder.
        StoreError: The archive holds documents already, or cannot be written.
        DamagedFileError: The copy is damaged; nothing was put.
    """
    if next(archive.iterate_shas(), None) is not None:
        raise StoreError(f"{archive.name}: มีเอกสารอยู่แล้ว / there are documents already")
    with Archive.open(source, create=False) as copy:
        _require_whole(copy)
        return _merged(copy, archive)


def restore(source: Path, folder: Path) -> CopySummary:
    """Make an archive from a copy, after it was looked at as a whole.

    Args:
        source: The copy.
        folder: Where the archive is to be; nothing may be there.

    Raises:
        NoArchiveError: There is no copy in that folder.
        StoreError: Something is there already, or it cannot be written.
        DamagedFileError: The copy is damaged; nothing was made.
    """
    _require_empty(folder)
    with Archive.open(source, create=False) as copy:
        _require_whole(copy)
    with database.trouble_as_store_error(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In the folder itself, which may be a disk of its own, and under a name that nobody has.
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as unfinished:
            made = back_up(source, Path(unfinished))
            # The database last: without it the folder is no archive.
            for each in sorted(Path(unfinished).iterdir(), key=lambda path: path.name == DATABASE):
                each.replace(folder / each.name)
    return made


def _require_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(f"{folder}: มีไฟล์อยู่แล้ว / there is something already")


def _require_whole(copy: Archive) -> None:
    damaged = [fault for fault in verify(copy) if fault.kind in _FATAL]
    if damaged:
        raise DamagedFileError(f"{copy.folder}: {_name(damaged[0])} (+{len(damaged) - 1})")


def _merged(source: Archive, target: Archive) -> CopySummary:
    made = merge(source, target)
    return CopySummary(made.added, made.added, tuple(made.faults))


def _documents(folder: Path) -> Iterator[tuple[str, str]]:
    with Archive.open(folder, create=False) as copy, copy.reading() as connection:
        for row in connection.execute(select(documents.c.sha256, documents.c.name)).all():
            yield row[0], row[1]


def _name(fault: ArchiveFault) -> str:
    return f"{fault.kind.value} {fault.name or ''} {fault.detail}".strip()
