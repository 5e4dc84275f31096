"""What people confirmed of repairs, on a connection whose transaction the caller holds."""

import datetime as dt

from sqlalchemy import Connection, insert, select

from models.confirmation import Confirmation, StoredConfirmation
from store.schema import confirmations


def in_force(connection: Connection) -> list[StoredConfirmation]:
    """Return the confirmations that were not taken back, oldest first."""
    forgotten = select(confirmations.c.forgets).where(confirmations.c.forgets.is_not(None))
    query = (
        select(confirmations.c.id, confirmations.c.decided_at, confirmations.c.payload)
        .where(confirmations.c.payload.is_not(None), confirmations.c.id.not_in(forgotten))
        .order_by(confirmations.c.id)
    )
    return [
        StoredConfirmation(id=number, decided_at=when, confirmation=Confirmation.model_validate_json(payload))
        for number, when, payload in connection.execute(query)
    ]


def add(connection: Connection, confirmation: Confirmation) -> StoredConfirmation:
    """Add a confirmation and return it; the same is kept once, and one of the same reading takes an earlier's place."""
    earlier = None
    for known in in_force(connection):
        if known.confirmation == confirmation:
            return known
        if _place(known.confirmation) == _place(confirmation):
            earlier = known.id
    now = dt.datetime.now(dt.UTC)
    row = {"forgets": earlier, "payload": confirmation.model_dump_json(), "decided_at": now.isoformat()}
    number = connection.execute(insert(confirmations).values(row).returning(confirmations.c.id)).scalar_one()
    return StoredConfirmation(id=number, decided_at=now, confirmation=confirmation)


def forget(connection: Connection, number: int) -> bool:
    """Take a confirmation back; False where none of that number is in force."""
    if number not in [known.id for known in in_force(connection)]:
        return False
    connection.execute(insert(confirmations).values(forgets=number, decided_at=dt.datetime.now(dt.UTC).isoformat()))
    return True


def _place(confirmation: Confirmation) -> tuple[str, str, str]:
    return confirmation.province, confirmation.district, confirmation.reading
