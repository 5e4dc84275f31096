"""The documents of an archive in brief, in an order, on a connection that the caller holds.

Which and in what order is found first, without opening a record; then they are fetched in parts, so that the beginning
of a long list is there at once.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select

from models.document import Document, DocumentStatus
from models.summary import DocumentSummary
from store import removals
from store.schema import NOT_IN_SUMMARIES, documents, letters

_AT_ONCE: Final = 200
"""Documents that are fetched together."""
_RECORDS_AT_ONCE: Final = 20
"""Documents that are fetched together whole: a record may be megabytes."""
_WORST_FIRST: Final = (DocumentStatus.FAILED, DocumentStatus.PARTIAL, DocumentStatus.NEEDS_REVIEW, DocumentStatus.OK)
_FIRST = letters.alias("first")
_IMPORT_ORDER: Final = (documents.c.imported_at, documents.c.name, documents.c.sha256)


class SortKey(StrEnum):
    """What documents are ordered by."""

    IMPORTED = "imported"
    NAME = "name"
    DATE = "date"
    NUMBER = "number"
    STATUS = "status"


_LETTER_KEYS: Final = {SortKey.DATE: _FIRST.c.date, SortKey.NUMBER: _FIRST.c.number}


def iterate_shas(
    connection: Connection,
    status: DocumentStatus | None = None,
    sort: SortKey = SortKey.IMPORTED,
    *,
    reverse: bool = False,
) -> Generator[str, None, None]:
    """Yield the SHA-256 of documents of one status, or of all.

    Those without a date or number come last, in either direction; what is equal, in the order of its import.
    """
    shown: list[ColumnElement[bool]] = [documents.c.sha256.not_in(removals.hidden())]
    if status is not None:
        shown.append(documents.c.status == status.value)
    for query in _list_queries(sort, reverse=reverse):
        # Closed where it is left before its end: a cursor of a server outlives its connection otherwise.
        with closing(connection.execute(query.where(*shown), execution_options={"yield_per": _AT_ONCE})) as rows:
            yield from rows.scalars()


def _list_queries(sort: SortKey, *, reverse: bool) -> list[Select[Any]]:
    """Return the queries whose documents make the list, one behind the other.

    Each is in the order of an index of its own, so that its first documents are there before all are sorted.
    """
    query = select(documents.c.sha256)
    if sort is SortKey.IMPORTED:
        return [query.order_by(*(_turn(column, reverse=reverse) for column in _IMPORT_ORDER))]
    if sort is SortKey.NAME:
        return [query.order_by(_turn(documents.c.name, reverse=reverse), *_IMPORT_ORDER)]
    if sort is SortKey.STATUS:
        states = reversed(_WORST_FIRST) if reverse else _WORST_FIRST
        return [query.where(documents.c.status == state.value).order_by(*_IMPORT_ORDER) for state in states]
    key = _LETTER_KEYS[sort]
    first = query.join(_FIRST, _FIRST.c.document == documents.c.sha256).where(_FIRST.c.idx == 0, key.is_not(None))
    return [
        first.order_by(_turn(key, reverse=reverse), *_IMPORT_ORDER),
        _with_first_letter(query).where(key.is_(None)).order_by(*_IMPORT_ORDER),
    ]


def _turn(key: ColumnElement[Any], *, reverse: bool) -> ColumnElement[Any]:
    return key.desc() if reverse else key


def iterate_summaries(connection: Connection, shas: Iterator[str]) -> Iterator[DocumentSummary]:
    """Yield documents in brief, as they are asked for."""
    while part := list(islice(shas, _AT_ONCE)):
        yield from _fetch(connection, part)


def iterate_records(connection: Connection) -> Generator[Document, None, None]:
    """Yield all documents whole, as they are asked for, in the order of their import."""
    with closing(iterate_shas(connection)) as shas:
        while part := list(islice(shas, _RECORDS_AT_ONCE)):
            query = select(documents.c.sha256, documents.c.record).where(documents.c.sha256.in_(part))
            found = {sha: record for sha, record in connection.execute(query)}  # noqa: C416
            yield from (Document.model_validate_json(found[sha]) for sha in part)


def _fetch(connection: Connection, shas: Sequence[str]) -> list[DocumentSummary]:
    each = letters.alias()
    count = select(func.count()).where(each.c.document == documents.c.sha256).scalar_subquery()
    columns = [column for column in documents.c if column.name not in NOT_IN_SUMMARIES]
    left = func.coalesce(func.json_array_length(documents.c.record, "$.unaccounted"), 0).label("unaccounted")
    query = _with_first_letter(
        select(*columns, count.label("letters"), _FIRST.c.number, _FIRST.c.date, _FIRST.c.subject, left)
    ).where(documents.c.sha256.in_(shas))
    found = {row["sha256"]: DocumentSummary.model_validate(dict(row)) for row in connection.execute(query).mappings()}
    return [found[sha] for sha in shas]


def _with_first_letter(query: Select[Any]) -> Select[Any]:
    return query.select_from(documents).outerjoin(
        _FIRST, (_FIRST.c.document == documents.c.sha256) & (_FIRST.c.idx == 0)
    )
