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


def copy_new(read: Connection, write: Connection) -> int:
    """Copy what was said in another archive and is not known here, with new ids; return how many rows were new."""
    ids: dict[int | None, int | None] = {None: None}
    known = {_identity(row): row["id"] for row in _all(write)}
    added = 0
    for row in _all(read):
        number = known.get(_identity(row))
        if number is None:
            values = {key: value for key, value in row.items() if key != "id"} | {"revokes": ids[row["revokes"]]}
            number = write.execute(insert(status_wordings).values(values).returning(status_wordings.c.id)).scalar_one()
            added += 1
        ids[row["id"]] = number
    return added


def _all(connection: Connection) -> list[RowMapping]:
    return list(connection.execute(select(status_wordings).order_by(status_wordings.c.id)).mappings())


def _identity(row: RowMapping) -> tuple[str, str, str | None]:
    return row["decided_at"], row["person"], row["payload"]
