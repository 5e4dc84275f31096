"""Files that could not be read: where they came from, why, and how often it was tried."""

import datetime as dt

from sqlalchemy import Connection, delete, insert, select, update

from models.field import Record
from store.schema import failures


class Failure(Record):
    """A file that could not be read.

    Attributes:
        origin: The path that it was met under; of a member of a ZIP file with its path within.
        path: The same, or that of its ZIP file, from the root: where to look again.
        slug: What kind of error it was.
        detail: What was said of it.
    """

    origin: str
    path: str
    name: str
    slug: str
    detail: str
    attempts: int
    first_at: dt.datetime
    last_at: dt.datetime


def list_failures(connection: Connection) -> list[Failure]:
    """Return the files that could not be read and were not read since, the oldest first."""
    rows = connection.execute(select(failures).order_by(failures.c.first_at, failures.c.origin)).mappings()
    return [Failure.model_validate(dict(row)) for row in rows]


def note(connection: Connection, row: dict[str, str]) -> None:
    """Note a failure: `origin`, `path`, `name`, `slug` and `detail`; one that is known is counted once more."""
    now = dt.datetime.now(dt.UTC).isoformat()
    same = failures.c.origin == row["origin"]
    attempts = connection.execute(select(failures.c.attempts).where(same)).scalar()
    if attempts is None:
        connection.execute(insert(failures).values(**row, attempts=1, first_at=now, last_at=now))
    else:
        connection.execute(update(failures).where(same).values(**row, attempts=attempts + 1, last_at=now))


def forget(connection: Connection, origin: str) -> None:
    """Forget the failure of a file that was read by now."""
    connection.execute(delete(failures).where(failures.c.origin == origin))
