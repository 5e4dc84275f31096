"""Files that could not be read: where they came from, why, and how often it was tried."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from models.field import Record
from models.table_facts import NOTHING_SAID, TableFacts
from store.schema import failures


class Failure(Record):
    """A file that could not be read.

    Attributes:
        origin: The path that it was met under; of a member of a ZIP file with its path within.
        path: The same, or that of its ZIP file, from the root: where to look again.
        slug: What kind of error it was.
        detail: What was said of it.
        facts: What a person said of its tables, which holds where it is tried again.
    """

    origin: str
    path: str
    name: str
    slug: str
    detail: str
    attempts: int
    first_at: dt.datetime
    last_at: dt.datetime
    facts: TableFacts = NOTHING_SAID


def list_failures(connection: Connection) -> list[Failure]:
    """Return the files that could not be read and were not read since, the oldest first."""
    rows = connection.execute(select(failures).order_by(failures.c.first_at, failures.c.origin)).mappings()
    return [_as_failure(dict(row)) for row in rows]


def _as_failure(row: dict[str, Any]) -> Failure:
    facts = row.pop("facts")
    return Failure(**row, facts=TableFacts.model_validate_json(facts) if facts else NOTHING_SAID)


def note(connection: Connection, row: dict[str, str], facts: TableFacts = NOTHING_SAID) -> None:
    """Note a failure: `origin`, `path`, `name`, `slug` and `detail`; one that is known is counted once more.

    Args:
        connection: In a transaction.
        row: The failure.
        facts: What a person said of its tables.
    """
    said = facts.model_dump_json(exclude_unset=True) if facts.model_fields_set else None
    now = dt.datetime.now(dt.UTC).isoformat()
    same = failures.c.origin == row["origin"]
    attempts = connection.execute(select(failures.c.attempts).where(same)).scalar()
    if attempts is None:
        connection.execute(insert(failures).values(**row, facts=said, attempts=1, first_at=now, last_at=now))
    else:
        connection.execute(update(failures).where(same).values(**row, facts=said, attempts=attempts + 1, last_at=now))


def forget(connection: Connection, origin: str) -> None:
    """Forget the failure of a file that was read by now."""
    connection.execute(delete(failures).where(failures.c.origin == origin))
