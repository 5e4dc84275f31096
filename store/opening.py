"""Opening an archive's database, a file or on a server, with its tables brought up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from core.errors import NoArchiveError
from store import database, postgresql, sqlite
from store.migrate import has_tables, require_newest, upgrade

DATABASE: Final = "saraban.db"
"""File of the database, in the archive's folder."""
_FOLDER_MODE: Final = 0o700
"""Mode of an archive's folder: its owner alone may look into it."""


@dataclass(frozen=True, slots=True)
class OpenedDatabase:
    """A database that is ready.

    Attributes:
        engine: Reads and writes it.
        name: What messages call it.
        read_only: Whether it cannot be written.
    """

    engine: Engine
    name: Path | str
    read_only: bool = False


def open_file(folder: Path, *, create: bool) -> OpenedDatabase:
    """Open the SQLite file in an archive's folder.

    Raises:
        NoArchiveError: There is none and `create` is off.
        StoreError: It cannot be opened, or a newer version wrote it.
    """
    path = folder / DATABASE
    if not create and not path.is_file():
        raise NoArchiveError(str(folder))
    read_only = path.is_file() and not sqlite.is_writable(path)
    engine = sqlite.connect_read_only(path) if read_only else sqlite.connect(path)
    with _opening(engine, path):
        if read_only:
            require_newest(engine)
        else:
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=sqlite.PRIVATE)  # nobody else may read it, in a folder that is open to all, too
            upgrade(database.writing(engine))
    return OpenedDatabase(engine, path, read_only)


def open_server(folder: Path, address: str, *, create: bool) -> OpenedDatabase:
    """Open a PostgreSQL database, whose archive keeps its originals in a folder.

    Raises:
        NoArchiveError: It has no tables and `create` is off.
        StoreError: It cannot be opened, or a newer version wrote it.
        UsageError: There can be no database at such an address.
    """
    engine = postgresql.connect(address)
    name = postgresql.shown_address(engine)
    with _opening(engine, name):
        if not create and not has_tables(engine):
            raise NoArchiveError(name)
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        upgrade(database.writing(engine))
    return OpenedDatabase(engine, name)


@contextmanager
def _opening(engine: Engine, name: Path | str) -> Iterator[None]:
    try:
        with database.trouble_as_store_error(name):
            yield
    except BaseException:
        engine.dispose()
        raise
