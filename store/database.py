"""Opening the archive's database, and turning what goes wrong with it into `StoreError`."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from pydantic import ValidationError
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from core.errors import StoreError

_PRAGMAS: Final = (
    "busy_timeout=30000",  # first: what follows may have to wait for another process
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
)
_READING_PRAGMAS: Final = ("busy_timeout=30000", "query_only=ON", "trusted_schema=OFF")
_PRIVATE: Final = 0o600
"""Mode of a database: its owner alone may read and write it."""
_WRITES: Final = {"saraban_writes": True}


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

    Transactions of `writing(engine)` lock from their start, so that what was read in them still holds when they write.
    """
    engine = create_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the same engine with transactions that lock for writing."""
    return engine.execution_options(**_WRITES)


@contextmanager
def trouble_as_store_error(path: Path) -> Iterator[None]:
    """Raise `StoreError`, naming the file, for whatever database, disk or damaged record gets in the way."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{path}: {error.orig}") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"{path}: {error}") from error
    except ValidationError as error:
        raise StoreError(f"{path}: {error.title}: {error.error_count()} fields are not as expected") from error
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror or error}") from error


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
            unfinished.chmod(_PRIVATE)
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
    writes = connection.get_execution_options().get("saraban_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
