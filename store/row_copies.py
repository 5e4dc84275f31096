"""Rows of tables to which people's words are only ever added, taken from one archive into another."""

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, insert, select

About = tuple[str | int | None, ...]
"""A matter that rows are about; of each the last word holds."""
Matter = Callable[[RowMapping], About]
"""Returns what a row is about that names no earlier one."""
_ASIDE: Final = frozenset({"id", "revokes", "forgets", "person", "batch", "reason"})
"""Columns, beside those of moments, that are no part of what a row says."""


@dataclass(frozen=True, slots=True)
class CopiedRows:
    """What came of it.

    Attributes:
        added: How many rows were new.
        disputed: Matters of which people said something else here, so that nothing of them was taken over.
    """

    added: int
    disputed: tuple[About, ...]


def by_columns(*names: str) -> Matter:
    """Return the matter of a table whose columns say what a row is about."""
    return lambda row: tuple(row[name] for name in names)


def by_payload(*names: str) -> Matter:
    """Return the matter of a table whose payload says what a row is about."""
    return lambda row: tuple(json.loads(row["payload"] or "{}").get(name) for name in names)


def copy_new(
    read: Connection, write: Connection, table: Table, matter: Matter, *conditions: ColumnElement[bool]
) -> CopiedRows:
    """Copy the rows that are not known here, with new ids. Doing it twice changes nothing.

    A row from elsewhere must not displace what was said here: of a matter of which the last word here is not known
    there, the rows from there are left out; that is no dispute where the same holds there. To take back what was said
    is a word as well, on the matter of the row that is taken back.

    Args:
        read: The other archive.
        write: This one.
        table: With `id`; where a column names another row of it, such a row takes that one back.
        matter: What a row is about.
        conditions: Which rows are meant.
    """
    back = _find_reference(table)
    theirs, ours = (_list_rows(archive, table, matter, back, conditions) for archive in (read, write))
    here, there = {row.key: row.values["id"] for row in ours}, {row.key for row in theirs}
    last = {row.about: row.key for row in ours}
    kept = {about for about, key in last.items() if key not in there}
    ids: dict[int | None, int | None] = {None: None}
    added, left_out = 0, set()
    for row in theirs:
        number = row.values["id"]
        if row.key in here:
            ids[number] = here[row.key]
        elif row.about in kept:
            left_out.add(row.about)
        else:
            values = {name: value for name, value in row.values.items() if name != "id"}
            values |= {back: ids[row.values[back]]} if back else {}
            ids[number] = write.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
            added += 1
    held, held_there = _find_held(ours, back), _find_held(theirs, back)
    disputed = [about for about in kept & left_out if held.get(about) != held_there.get(about)]
    return CopiedRows(added, tuple(sorted(disputed, key=str)))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row, what it is about, and what it is known by in every archive."""

    values: RowMapping
    about: About
    key: Hashable


def _find_reference(table: Table) -> str:
    """Return the column that names another row of its table; "" where there is none."""
    return next((column.name for column in table.columns if column.references(table.c.id)), "")


def _list_rows(
    connection: Connection, table: Table, matter: Matter, back: str, conditions: Sequence[ColumnElement[bool]]
) -> list[_Row]:
    """Return rows, oldest first, each known by all that it says, and all that the row says which it takes back."""
    rows: dict[Any, _Row] = {}
    for values in connection.execute(select(table).where(*conditions).order_by(table.c.id)).mappings():
        own = tuple(value for name, value in values.items() if name not in ("id", back))
        earlier = rows.get(values.get(back))
        about, key = (earlier.about, earlier.key) if earlier else (matter(values), None)
        rows[values["id"]] = _Row(values, about, (own, key))
    return list(rows.values())


def _find_held(rows: Sequence[_Row], back: str) -> dict[About, Hashable]:
    """Return what holds of each matter: what the last row says that was not taken back, whoever said it and when."""
    revoked = {row.values.get(back) for row in rows}
    stated = [row for row in rows if row.values.get("payload", "") is not None]  # without one, a row only takes back
    return {
        row.about: tuple(
            (name, value) for name, value in row.values.items() if name not in _ASIDE and not name.endswith("_at")
        )
        for row in stated
        if row.values["id"] not in revoked
    }
