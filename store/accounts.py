"""Accounts, their sessions and what happened to them, on a connection whose transaction the caller holds."""

import datetime as dt

from sqlalchemy import Connection, delete, func, insert, select, update

from models.account import Account, AccountEvent, AuditEntry, Role
from store.schema import account_events, accounts, sessions


def list_accounts(connection: Connection) -> list[Account]:
    """Return all accounts by name, those that may not log in any more among them."""
    query = select(accounts.c.name, accounts.c.role, accounts.c.active).order_by(accounts.c.name)
    return [Account.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def find(connection: Connection, name: str) -> Account | None:
    """Return an account by its name."""
    query = select(accounts.c.name, accounts.c.role, accounts.c.active).where(accounts.c.name == name)
    row = connection.execute(query).mappings().first()
    return None if row is None else Account.model_validate(dict(row))


def count_admins(connection: Connection) -> int:
    """Return how many may manage accounts and log in."""
    query = select(func.count()).where(accounts.c.role == Role.ADMIN.value, accounts.c.active)
    return connection.execute(query).scalar_one()


def add(connection: Connection, account: Account, digest: str, now: dt.datetime) -> None:
    """Add an account with the digest of its password."""
    row = {"name": account.name, "role": account.role.value, "active": account.active, "password": digest}
    connection.execute(insert(accounts).values(row | {"created_at": now.isoformat()}))


def change(connection: Connection, account: Account) -> None:
    """Put the role of an account, and whether it may log in, in the place of what they were."""
    values = {"role": account.role.value, "active": account.active}
    connection.execute(update(accounts).where(accounts.c.name == account.name).values(values))


def get_digest(connection: Connection, name: str) -> str | None:
    """Return the digest of the password of an account that may log in."""
    query = select(accounts.c.password).where(accounts.c.name == name, accounts.c.active)
    return connection.execute(query).scalar()


def put_digest(connection: Connection, name: str, digest: str) -> None:
    """Put the digest of a password in the place of the one before."""
    connection.execute(update(accounts).where(accounts.c.name == name).values(password=digest))


def begin_session(connection: Connection, token: str, name: str, now: dt.datetime, end: dt.datetime) -> None:
    """Add a session by the digest of its token, and drop those that are over."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= now.isoformat()))
    row = {"token": token, "account": name, "created_at": now.isoformat(), "expires_at": end.isoformat()}
    connection.execute(insert(sessions).values(row))


def find_session(connection: Connection, token: str, now: dt.datetime) -> Account | None:
    """Return whose session it is, with the role as it is now; None where it is over or the account is disabled."""
    query = (
        select(accounts.c.name, accounts.c.role, accounts.c.active)
        .join(sessions, sessions.c.account == accounts.c.name)
        .where(sessions.c.token == token, sessions.c.expires_at > now.isoformat(), accounts.c.active)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else Account.model_validate(dict(row))


def end_session(connection: Connection, token: str) -> str | None:
    """Drop a session and return whose it was."""
    return connection.execute(delete(sessions).where(sessions.c.token == token).returning(sessions.c.account)).scalar()


def end_sessions(connection: Connection, name: str) -> None:
    """Drop all sessions of an account."""
    connection.execute(delete(sessions).where(sessions.c.account == name))


def note(
    connection: Connection, name: str, event: AccountEvent, person: str, now: dt.datetime, detail: str = ""
) -> None:
    """Note what happened to an account; notes are never changed."""
    row = {"account": name, "event": event.value, "detail": detail, "person": person, "happened_at": now.isoformat()}
    connection.execute(insert(account_events).values(row))


def list_events(connection: Connection, most: int) -> list[AuditEntry]:
    """Return what happened to accounts, the newest first."""
    columns = [column for column in account_events.c if column.name != "id"]
    query = select(*columns).order_by(account_events.c.id.desc()).limit(most)
    return [AuditEntry.model_validate(dict(row)) for row in connection.execute(query).mappings()]
