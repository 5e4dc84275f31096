"""The index that leads a search to the pages whose text may hold its terms; the text itself decides.

SQLite keeps it as FTS5, PostgreSQL as an array of trigrams: see `store.migrations.trigrams`.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, Text, bindparam, cast, column, or_, table, text
from sqlalchemy.dialects.postgresql import ARRAY

from store.schema import passages

_LENGTH: Final = 3
"""Letters of a piece that the index knows; a shorter word is looked for without it."""
_FTS5: Final = table("passage_index", column("rowid"))
_FTS5_ADD: Final = text("INSERT INTO passage_index(rowid, loose) VALUES (:id, :loose)")
_FTS5_REMOVE: Final = text("INSERT INTO passage_index(passage_index, rowid, loose) VALUES ('delete', :id, :loose)")
_ARRAYS: Final = table("passage_index", column("id"), column("trigrams", ARRAY(Text)))
_POSTGRESQL: Final = "postgresql"


def split(form: str) -> Iterator[str]:
    """Yield the trigrams of a text; characters that FTS5 takes for syntax have no place in a quoted one."""
    runs = (run for run in form.split('"') if len(run) >= _LENGTH)
    return (run[start : start + _LENGTH] for run in runs for start in range(len(run) - _LENGTH + 1))


def add(connection: Connection, passage: int, loose: str) -> None:
    """Add a passage, by its id and its text without tone marks."""
    if connection.dialect.name == _POSTGRESQL:
        connection.execute(_ARRAYS.insert().values(id=passage, trigrams=_pieces(loose)))
    else:
        connection.execute(_FTS5_ADD, {"id": passage, "loose": loose})


def _pieces(loose: str) -> list[str]:
    """Return the trigrams of a text, and its characters and pairs for terms that are no longer."""
    lengths = range(1, _LENGTH + 1)
    return sorted({loose[start : start + n] for n in lengths for start in range(len(loose) - n + 1)})


def remove(connection: Connection, passage: int, loose: str) -> None:
    """Take a passage out before it is deleted; `loose` is what it was added with."""
    if connection.dialect.name == _POSTGRESQL:
        connection.execute(_ARRAYS.delete().where(_ARRAYS.c.id == passage))
    else:
        connection.execute(_FTS5_REMOVE, {"id": passage, "loose": loose})


def narrow(statement: Select[Any], trigrams: Sequence[str], dialect: str) -> Select[Any]:
    """Return a query of passages, narrowed to those that have all of these trigrams, the newest first.

    In PostgreSQL a piece may be shorter than a trigram.

    The index leads and in the order that is wanted, so that the first hits of very many come at once.
    """
    if dialect == _POSTGRESQL:
        return (
            statement.select_from(_ARRAYS)
            .join(passages, passages.c.id == _ARRAYS.c.id)
            .where(_ARRAYS.c.trigrams.contains(bindparam("trigrams", list(trigrams), ARRAY(Text))))
            .order_by(passages.c.id.desc())
        )
    return _lead(statement, _join(trigrams))


def narrow_to_any(statement: Select[Any], terms: Sequence[Sequence[Sequence[str]]], dialect: str) -> Select[Any]:
    """Return a query of passages, narrowed to those that have of every term one alternative, the newest first.

    Args:
        statement: The query.
        terms: Of each term its alternatives, each as trigrams all of which are meant.
        dialect: Of the database.
    """
    if dialect == _POSTGRESQL:
        held = [
            or_(*(_ARRAYS.c.trigrams.contains(cast(list(each), ARRAY(Text))) for each in alternatives))
            for alternatives in terms
        ]
        joined = statement.select_from(_ARRAYS).join(passages, passages.c.id == _ARRAYS.c.id)
        return joined.where(*held).order_by(passages.c.id.desc())
    match = " AND ".join(f"({' OR '.join(f'({_join(each)})' for each in alternatives)})" for alternatives in terms)
    return _lead(statement, match)


def _join(trigrams: Sequence[str]) -> str:
    return " AND ".join(f'"{trigram}"' for trigram in trigrams)


def _lead(statement: Select[Any], match: str) -> Select[Any]:
    return (
        statement.select_from(_FTS5)
        .join(passages, passages.c.id == _FTS5.c.rowid)
        .where(text("passage_index MATCH :match").bindparams(match=match))
        .order_by(_FTS5.c.rowid.desc())
    )
