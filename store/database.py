"""What holds for the archive's database of either kind: transactions that write, and trouble as `StoreError`."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from core.errors import StoreError


def writing(engine: Engine) -> Engine:
    """Return the same engine with transactions that lock for writing."""
    return engine.execution_options(saraban_writes=True)


def is_for_writing(connection: Connection) -> bool:
    """Whether a connection is of an engine that `writing` returned."""
    return bool(connection.get_execution_options().get("saraban_writes"))


@contextmanager
def trouble_as_store_error(name: Path | str) -> Iterator[None]:
    """Raise `StoreError`, naming the database, for whatever database, disk or damaged record gets in the way."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{name}: {error.orig}") from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"{name}: {error}") from error
    except ValidationError as error:
        raise StoreError(f"{name}: {error.title}: {error.error_count()} fields are not as expected") from error
    except OSError as error:
        raise StoreError.from_system(error.filename or name, error) from error
