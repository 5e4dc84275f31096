"""What people said that wordings of statuses mean, on a connection whose transaction the caller holds."""

import datetime as dt

from sqlalchemy import Connection, RowMapping, func, insert, select

from models.status_wording import StatusWording, StoredStatusWording
from store.schema import status_wordings


def history(connection: Connection) -> list[StoredStatusWording]:
    """Return every meaning that was given, oldest first, with those that were taken back marked."""
    rows = _all(connection)
    revoked = {row["revokes"] for row in rows}
    return [
        StoredStatusWording(
            id=row["id"],
            person=row["person"],
            decided_at=row["decided_at"],
            wording=StatusWording.model_validate_json(row["payload"]),
            revoked=row["id"] in revoked,
        )
        for row in rows
        if row["payload"] is not None
    ]


def in_force(connection: Connection) -> list[StoredStatusWording]:
    """Return the meanings that were not taken back, oldest first."""
    return [recorded for recorded in history(connection) if not recorded.revoked]


def last_id(connection: Connection) -> int:
    """Return the id of the newest row, 0 where there is none: another one means that something was said since."""
    return connection.execute(select(func.max(status_wordings.c.id))).scalar() or 0


def add(connection: Connection, wording: StatusWording, person: str, revokes: int | None = None) -> StoredStatusWording:
    """Add a meaning, in the place of the one that it revokes, and return it as kept."""
    now = dt.datetime.now(dt.UTC)
    row = {
        "revokes": revokes,
        "person": person,
        "decided_at": now.isoformat(),
        "payload": wording.model_dump_json(),
    }
    number = connection.execute(insert(status_wordings).values(row).returning(status_wordings.c.id)).scalar_one()
    return StoredStatusWording(id=number, person=person, decided_at=now, wording=wording)


def revoke(connection: Connection, number: int, person: str) -> None:
    """Take a meaning back; it stays in the history."""
    now = dt.datetime.now(dt.UTC).isoformat()
    connection.execute(insert(status_wordings).values(revokes=number, person=person, decided_at=now))


def _all(connection: Connection) -> list[RowMapping]:
    return list(connection.execute(select(status_wordings).order_by(status_wordings.c.id)).mappings())
