"""The archive's database as a SQLite file in the archive's folder: what it is unless somebody asks for another."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event

from store.database import is_for_writing

_PRAGMAS: Final = (
    "busy_timeout=30000",  # first: what follows may have to wait for another process
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
)
_READING_PRAGMAS: Final = ("busy_timeout=30000", "query_only=ON", "trusted_schema=OFF")
PRIVATE: Final = 0o600
"""Mode of a database: its owner alone may read and write it."""


def is_writable(path: Path) -> bool:
    """Whether a database may be written: its file, and its folder, which takes the journal."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def connect_read_only(path: Path) -> Engine:
    """Return an engine for a SQLite file that cannot be written, such as one of a backup or a share."""
    # Without a journal the file is all there is, and SQLite needs no file of its own beside it to read it.
    journal = path.with_name(f"{path.name}-wal")
    whole = "" if journal.exists() and journal.stat().st_size else "&immutable=1"
    engine = create_engine(f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro{whole}&uri=true")
    event.listen(engine, "connect", _set_up_reading)
    event.listen(engine, "begin", _begin)
    return engine


def connect(path: Path) -> Engine:
    """Return an engine for a SQLite file; nothing is opened yet.

    Transactions of `database.writing(engine)` lock from their start, so that what was read in them still holds when
    they write.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def copy_database(path: Path, target: Path) -> None:
    """Copy a database as it stands, while others read and write it; the copy appears whole or not at all.

    Raises:
        sqlite3.Error: It cannot be read or written.
        OSError: As `sqlite3.Error`.
    """
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    source = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)
    copy = sqlite3.connect(unfinished)
    try:
        with suppress(OSError):
            unfinished.chmod(PRIVATE)
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    unfinished.replace(target)


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own, unused
    # The driver would begin transactions by itself, late, and not for changes of tables: `_begin` does it.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _set_up_reading(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - as in `_set_up`
    connection.isolation_level = None
    for pragma in _READING_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_for_writing(connection) else "BEGIN")
