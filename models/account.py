"""Who may use an archive that others than the person at this machine can reach."""

import datetime as dt
from enum import StrEnum
from typing import Final

from models.field import Record


class Role(StrEnum):
    """What an account may do; each may do all that those before it may."""

    READER = "reader"
    """See, search and download."""
    REVIEWER = "reviewer"
    """Decide, and bring files in."""
    ADMIN = "admin"
    """Manage accounts."""

    def includes(self, other: "Role") -> bool:
        """Whether this role may do what the other may."""
        return _ORDER.index(self) >= _ORDER.index(other)


_ORDER: Final = tuple(Role)


class AccountEvent(StrEnum):
    """What happened to an account."""

    ADDED = "added"
    ROLE = "role"
    PASSWORD = "password"  # noqa: S105 - the name of an event
    DISABLED = "disabled"
    ENABLED = "enabled"
    LOGGED_IN = "logged_in"
    LOGGED_OUT = "logged_out"
    REFUSED = "refused"


class Account(Record):
    """A person who may use the archive.

    Attributes:
        name: What decisions of this person carry.
        role: What the person may do.
        active: Whether the person may log in.
    """

    name: str
    role: Role
    active: bool = True


class AuditEntry(Record):
    """One thing that happened to an account.

    Attributes:
        account: Whose.
        event: What.
        detail: The new role, or the address of a log-in.
        person: Who did it.
        happened_at: When, UTC.
    """

    account: str
    event: AccountEvent
    detail: str
    person: str
    happened_at: dt.datetime
