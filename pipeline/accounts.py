"""Accounts of an archive: made and changed by people, and the sessions in which they work.

A password is kept as an Argon2id digest, the token of a session as its SHA-256: who reads the database can use neither.
"""

import datetime as dt
import hashlib
import secrets
import threading
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection

from core.errors import UsageError
from models.account import Account, AccountEvent, AuditEntry, Role
from store import accounts as store
from store.archive import Archive

SESSION: Final = dt.timedelta(hours=10)
"""How long a session lasts: a working day, so that nobody is asked twice and no machine stays logged in overnight."""
_LEAST_PASSWORD: Final = 10
"""Characters of a password at least. Length is what counts; no rule about kinds of characters."""
_MOST_PASSWORD: Final = 1_000
"""Characters of a password at most: a longer one is no password but work for the machine."""
_MOST_NAME: Final = 64
"""Characters of a name at most."""
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Digests made at once: each takes 64 MiB, and a crowd at the door must not take the machine's memory."""
_HASHER: Final = PasswordHasher()


def add_account(archive: Archive, name: str, role: Role, password: str, person: str, now: dt.datetime) -> Account:
    """Add an account.

    Args:
        archive: Where it may be used.
        name: What decisions will carry.
        role: What it may do.
        password: At least ten characters.
        person: Who adds it.
        now: When, UTC.

    Raises:
        UsageError: The name is taken or none, or the password is too short.
    """
    account = Account(name=clean_name(name), role=role)
    digest = _digest(password)
    with archive.writing() as connection:
        if store.find(connection, account.name) is not None:
            raise UsageError(f"มีบัญชีผู้ใช้ชื่อ {account.name} อยู่แล้ว", f"there is an account {account.name} already")
        store.add(connection, account, digest, now)
        store.note(connection, account.name, AccountEvent.ADDED, person, now, role.value)
    return account


def change_role(archive: Archive, name: str, role: Role, person: str, now: dt.datetime) -> Account:
    """Give an account another role, from its next request on.

    Raises:
        UsageError: There is no such account, or nobody would be left who may manage accounts.
    """
    with archive.writing() as connection:
        account = _require(connection, name).model_copy(update={"role": role})
        store.change(connection, account)
        _keep_an_admin(store.count_admins(connection))
        store.note(connection, account.name, AccountEvent.ROLE, person, now, role.value)
    return account


def set_active(archive: Archive, name: str, person: str, now: dt.datetime, *, active: bool) -> Account:
    """Let an account log in, or no more; its sessions end then. An account is never deleted: decisions carry it.

    Raises:
        UsageError: As `change_role`.
    """
    event = AccountEvent.ENABLED if active else AccountEvent.DISABLED
    with archive.writing() as connection:
        account = _require(connection, name).model_copy(update={"active": active})
        store.change(connection, account)
        _keep_an_admin(store.count_admins(connection))
        store.end_sessions(connection, account.name)
        store.note(connection, account.name, event, person, now)
    return account


def change_password(archive: Archive, name: str, password: str, person: str, now: dt.datetime) -> None:
    """Give an account another password; its sessions end.

    Raises:
        UsageError: There is no such account, or the password is too short.
    """
    digest = _digest(password)
    with archive.writing() as connection:
        account = _require(connection, name)
        store.put_digest(connection, account.name, digest)
        store.end_sessions(connection, account.name)
        store.note(connection, account.name, AccountEvent.PASSWORD, person, now)


@cache
def _get_digest_of_nobody() -> str:
    """Return what is compared with where there is no such account: else the time of an answer would tell of names."""
    return _HASHER.hash(secrets.token_urlsafe())


def is_password(archive: Archive, name: str, password: str) -> bool:
    """Whether it is the password of an account that may log in. Takes as long where there is no such account."""
    with archive.reading() as connection:
        digest = store.get_digest(connection, name)
    with _AT_ONCE:
        try:
            _HASHER.verify(digest or _get_digest_of_nobody(), password[:_MOST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False
    return digest is not None


def log_in(archive: Archive, name: str, password: str, address: str, now: dt.datetime) -> str | None:
    """Begin a session and return its token; None where name and password do not belong together."""
    name = normalize_name(name)
    right = is_password(archive, name, password)
    with archive.writing() as connection:
        account = store.find(connection, name)
        if account is None or not account.active or not right:
            if account is not None:
                store.note(connection, name, AccountEvent.REFUSED, name, now, address)
            return None
        token = secrets.token_urlsafe(32)
        store.begin_session(connection, _hide(token), name, now, now + SESSION)
        store.note(connection, name, AccountEvent.LOGGED_IN, name, now, address)
    return token


def find_session(archive: Archive, token: str, now: dt.datetime) -> Account | None:
    """Return whose session a token is of; None where it is of none that lasts."""
    with archive.reading() as connection:
        return store.find_session(connection, _hide(token), now)


def log_out(archive: Archive, token: str, now: dt.datetime) -> None:
    """End a session; what is none ends nothing."""
    with archive.writing() as connection:
        name = store.end_session(connection, _hide(token))
        if name is not None:
            store.note(connection, name, AccountEvent.LOGGED_OUT, name, now)


def list_accounts(archive: Archive) -> list[Account]:
    """Return all accounts by name."""
    with archive.reading() as connection:
        return store.list_accounts(connection)


def list_events(archive: Archive, most: int) -> list[AuditEntry]:
    """Return what happened to accounts, the newest first."""
    with archive.reading() as connection:
        return store.list_events(connection, most)


def has_admin(archive: Archive) -> bool:
    """Whether there is an account that may manage the others: only then can the archive be opened to others."""
    with archive.reading() as connection:
        return store.count_admins(connection) > 0


def normalize_name(name: str) -> str:
    """Return a name as accounts are looked for and attempts counted by it, however its spaces were typed."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def clean_name(name: str) -> str:
    """Return a name as it is kept.

    Raises:
        UsageError: It is empty, too long, or has characters that nobody sees.
    """
    found = normalize_name(name)
    if not found or len(found) > _MOST_NAME or any(unicodedata.category(each)[0] == "C" for each in found):
        raise UsageError(
            f"ชื่อบัญชีผู้ใช้ต้องมี 1 ถึง {_MOST_NAME} อักขระ", f"the name of an account has 1 to {_MOST_NAME} characters"
        )
    return found


def _digest(password: str) -> str:
    if not _LEAST_PASSWORD <= len(password) <= _MOST_PASSWORD:
        raise UsageError(
            f"รหัสผ่านต้องมีอย่างน้อย {_LEAST_PASSWORD} อักขระ", f"a password has {_LEAST_PASSWORD} characters at least"
        )
    with _AT_ONCE:
        return _HASHER.hash(password)


def _hide(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _require(connection: Connection, name: str) -> Account:
    found = store.find(connection, clean_name(name))
    if found is None:
        raise UsageError(f"ไม่มีบัญชีผู้ใช้ชื่อ {name}", f"there is no account {name}")
    return found


def _keep_an_admin(left: int) -> None:
    if left == 0:
        raise UsageError("ต้องเหลือผู้ดูแลระบบอย่างน้อยหนึ่งบัญชี", "one account at least must stay an admin")
