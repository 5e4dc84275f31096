"""The index that leads a search for a term of one or two characters to the pages whose text may hold it.

An index of trigrams cannot answer for such terms. This one keeps of each page which single characters and which pairs
of neighbors it has, without places: a term that stands nowhere, or on few pages, is answered at once.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, Select, TextClause, column, select, table, text

from store.schema import passages

LENGTH: Final = 2
"""Characters of a term that this index answers for at most."""
_FEW: Final = 1_000
"""Passages that a term stands on at most to be rare."""
_INDEX: Final = table("passage_index_pairs", column("rowid"))
_ADD: Final = text("INSERT INTO passage_index_pairs(rowid, pairs) VALUES (:id, :pairs)")
_REMOVE: Final = text(
    "INSERT INTO passage_index_pairs(passage_index_pairs, rowid, pairs) VALUES ('delete', :id, :pairs)"
)
CREATE: Final = (
    "CREATE VIEW passage_index_texts AS SELECT id, '' AS pairs FROM passages",
    "CREATE VIRTUAL TABLE passage_index_pairs USING fts5(pairs, content='passage_index_texts', content_rowid='id', "
    "tokenize='ascii', detail='none', columnsize=0)",
)
"""The pairs are kept nowhere but in the index; the view stands for them where a program copies the tables."""


def has_pairs(dialect: str) -> bool:
    """Whether there is such an index: in SQLite alone; that of PostgreSQL holds pairs beside its trigrams."""
    return dialect == "sqlite"


def add(connection: Connection, passage: int, pairs: str) -> None:
    """Add a passage, by its id and what `join` makes of its text without tone marks."""
    if has_pairs(connection.dialect.name):
        connection.execute(_ADD, {"id": passage, "pairs": pairs})


def remove(connection: Connection, passage: int, loose: str) -> None:
    """Take a passage out before it is deleted; `loose` is what it was added with."""
    if has_pairs(connection.dialect.name):
        connection.execute(_REMOVE, {"id": passage, "pairs": join(loose)})


def narrow(statement: Select[Any], terms: Iterable[str], _dialect: str) -> Select[Any]:
    """Return a query of passages, narrowed to those that have all of these short terms, the newest first."""
    return (
        statement.select_from(_INDEX)
        .join(passages, passages.c.id == _INDEX.c.rowid)
        .where(_match(terms))
        .order_by(_INDEX.c.rowid.desc())
    )


def find_rare(connection: Connection, terms: Iterable[str]) -> list[int] | None:
    """Return the ids of the passages that have all of these short terms; None where they are many.

    Few are looked at one by one sooner than a frequent word beside them is looked up.
    """
    if not has_pairs(connection.dialect.name):
        return None
    found = list(connection.execute(find(terms).limit(_FEW + 1)).scalars())
    return found if len(found) <= _FEW else None


def find(terms: Iterable[str]) -> Select[Any]:
    """Return the query for the ids of the passages that have all of these short terms."""
    return select(_INDEX.c.rowid).where(_match(terms))


def _match(terms: Iterable[str]) -> TextClause:
    match = " AND ".join(_encode(term) for term in terms)
    return text("passage_index_pairs MATCH :pairs").bindparams(pairs=match)


def join(loose: str) -> str:
    """Return the characters and pairs of a text, each once, as the index is given them."""
    pieces = {*loose, *(first + second for first, second in pairwise(loose))}
    return " ".join(sorted(map(_encode, pieces)))


def _encode(piece: str) -> str:
    """Return a piece as letters that no tokenizer takes apart, whatever its script."""
    return "x".join(("", *(f"{ord(character):x}" for character in piece)))
