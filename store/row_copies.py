"""Rows of tables to which people's words are only ever added, taken from one archive into another."""

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, insert, select

Matter = Callable[[RowMapping], tuple[str | int | None, ...]]
"""Returns what a row is about: of the same matter the last word holds."""
_ASIDE: Final = frozenset({"id", "revokes", "forgets", "person", "batch"})
"""Columns, beside those of moments, that are no part of what a row says."""


@dataclass(frozen=True, slots=True)
class CopiedRows:
    """What came of it.

    Attributes:
        added: How many rows were new.
        disputed: Matters of which people said something else here, so that nothing of them was taken over.
    """

    added: int
    disputed: tuple[tuple[str | int | None, ...], ...]


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
    there, the rows from there are left out; that is no dispute where they say the same.

    Args:
        read: The other archive.
        write: This one.
        table: With `id`; where a column names another row of it, such a row takes that one back.
        matter: What a row is about.
        conditions: Which rows are meant.
    """
    back = _find_reference(table)
    theirs, ours = _list_rows(read, table, back, conditions), _list_rows(write, table, back, conditions)
    here, there = {key: row["id"] for row, key in ours}, {key for _, key in theirs}
    last, last_there = _find_last(ours, matter, back), _find_last(theirs, matter, back)
    kept = {about for about, (_, key) in last.items() if key not in there}
    ids: dict[int | None, int | None] = {None: None}
    added, left_out = 0, set()
    for row, key in theirs:
        if key in here:
            ids[row["id"]] = here[key]
        elif matter(row) in kept or row.get(back) not in ids:
            left_out.add(matter(row))
        else:
            values = {name: value for name, value in row.items() if name != "id"}
            values |= {back: ids[row[back]]} if back else {}
            ids[row["id"]] = write.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
            added += 1
    disputed = [about for about in kept & left_out if _differ(last[about], last_there.get(about))]
    return CopiedRows(added, tuple(sorted(disputed, key=str)))


_Known = tuple[RowMapping, Hashable]
"""A row, and what it is known by in every archive."""


def _find_reference(table: Table) -> str:
    """Return the column that names another row of its table; "" where there is none."""
    return next((column.name for column in table.columns if column.references(table.c.id)), "")


def _list_rows(
    connection: Connection, table: Table, back: str, conditions: Sequence[ColumnElement[bool]]
) -> list[_Known]:
    """Return rows, oldest first, each with all that it says, and all that the row says which it takes back."""
    keys: dict[Any, Hashable] = {}
    found = []
    for row in connection.execute(select(table).where(*conditions).order_by(table.c.id)).mappings():
        said = tuple(value for name, value in row.items() if name not in ("id", back))
        keys[row["id"]] = said, keys.get(row.get(back))
        found.append((row, keys[row["id"]]))
    return found


def _find_last(rows: Sequence[_Known], matter: Matter, back: str) -> dict[tuple[str | int | None, ...], _Known]:
    """Return the last word on each matter, those taken back aside."""
    revoked = {row.get(back) for row, _ in rows}
    said = [each for each in rows if each[0].get("payload", "") is not None]  # without one, a row only takes back
    return {matter(each[0]): each for each in said if each[0]["id"] not in revoked}


def _differ(ours: _Known, theirs: _Known | None) -> bool:
    """Whether two rows say something else, whoever said it and when."""
    return theirs is None or _words(ours[0]) != _words(theirs[0])


def _words(row: RowMapping) -> Hashable:
    return tuple((name, value) for name, value in row.items() if name not in _ASIDE and not name.endswith("_at"))
