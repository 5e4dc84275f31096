"""Rows of tables to which people's words are only ever added, taken from one archive into another."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, insert, select

_ASIDE: Final = frozenset({"id", "revokes", "person", "batch"})
"""Columns, beside those of moments, that are no part of what a row says."""


@dataclass(frozen=True, slots=True)
class CopiedRows:
    """What came of it.

    Attributes:
        added: How many rows were new.
        left_out: How many were not taken over, for people said something else of the same matter here.
    """

    added: int = 0
    left_out: int = 0


def copy_new(
    read: Connection, write: Connection, table: Table, *conditions: ColumnElement[bool], matter: Sequence[str] = ()
) -> CopiedRows:
    """Copy the rows that are not known here, with new ids. Doing it twice changes nothing.

    Of a table whose last row holds, a row from elsewhere must not displace what was said here: of a matter of which
    the last word here is not known there, the rows from there are left out; that is no dispute where they say the same.

    Args:
        read: The other archive.
        write: This one.
        table: With `id`; where it has `revokes`, a row that names another takes it back.
        conditions: Which rows are meant.
        matter: The columns that say what a row is about; without them nothing is left out.
    """
    theirs, ours = _list_rows(read, table, conditions), _list_rows(write, table, conditions)
    here = {key: row["id"] for row, key in ours}
    last, last_there = _find_last(ours, matter), _find_last(theirs, matter)
    known_there = {key for _, key in theirs}
    kept = {about for about, (_, key) in last.items() if key not in known_there} if matter else set()
    agreed = {about for about in kept & last_there.keys() if _words(last[about][0]) == _words(last_there[about][0])}
    ids: dict[int | None, int] = {}
    added = left_out = 0
    for row, key in theirs:
        revokes = row.get("revokes")
        if key in here:
            ids[row["id"]] = here[key]
        elif revokes not in ids if revokes is not None else _matter(row, matter) in kept:
            left_out += revokes is None and _matter(row, matter) not in agreed
        else:
            values = {name: value for name, value in row.items() if name != "id"}
            values |= {"revokes": ids[revokes]} if revokes is not None else {}
            ids[row["id"]] = write.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
            added += 1
    return CopiedRows(added, left_out)


_Known = tuple[RowMapping, Hashable]
"""A row, and what it is known by in every archive."""


def _list_rows(connection: Connection, table: Table, conditions: Sequence[ColumnElement[bool]]) -> list[_Known]:
    """Return rows, oldest first, each with all that it says, and all that the row says which it takes back."""
    keys: dict[Any, Hashable] = {}
    found = []
    for row in connection.execute(select(table).where(*conditions).order_by(table.c.id)).mappings():
        said = tuple(value for name, value in row.items() if name not in ("id", "revokes"))
        keys[row["id"]] = said, keys.get(row.get("revokes"))
        found.append((row, keys[row["id"]]))
    return found


def _find_last(rows: Sequence[_Known], matter: Sequence[str]) -> dict[Hashable, _Known]:
    """Return the last word on each matter, those taken back aside."""
    revoked = {row.get("revokes") for row, _ in rows}
    standing = [each for each in rows if each[0]["id"] not in revoked and each[0].get("revokes") is None]
    return {_matter(each[0], matter): each for each in standing}


def _words(row: RowMapping) -> Hashable:
    """Return what a row says, whoever said it and when."""
    return tuple((name, value) for name, value in row.items() if name not in _ASIDE and not name.endswith("_at"))


def _matter(row: RowMapping, matter: Sequence[str]) -> Hashable:
    return tuple(row[name] for name in matter)
