"""Fields of letters, rows of annexes and findings as tables, so that an engineer can query without opening records."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert

from models.annex import Annex, Row
from models.document import Document
from models.field import Field
from models.letter import Letter
from models.record_path import walk_fields
from store.schema import findings, letter_fields, status_rows

_JOINED: Final = " "
"""Between codes, and between paths: neither has a space."""
_LONG_TEXTS: Final = frozenset({"body"})
"""Fields that are in the text of the pages already."""


def put(connection: Connection, document: Document) -> None:
    """Put what the tables say of a document in the place of what they said."""
    sha = document.source.sha256
    for table, rows in (
        (letter_fields, _letter_fields(document)),
        (status_rows, _status_rows(document)),
        (findings, _findings(document)),
    ):
        _replace(connection, table, [{"document": sha, **row} for row in rows], sha)


def _replace(connection: Connection, table: Table, rows: list[dict[str, Any]], sha: str) -> None:
    connection.execute(delete(table).where(table.c.document == sha))
    if rows:
        connection.execute(insert(table), rows)


def _letter_fields(document: Document) -> Iterator[dict[str, Any]]:
    for index, letter in enumerate(document.letters):
        yield from ({"letter": index, **row} for row in _fields(letter))


def _fields(letter: Letter) -> Iterator[dict[str, Any]]:
    for path, field in walk_fields(letter):
        if path not in _LONG_TEXTS:
            yield {
                "field": path,
                "value": _as_text(field.value),
                "raw": field.raw,
                "page": field.page,
                "confidence": field.confidence,
                "source": field.source.value,
                "review": _JOINED.join(field.review),
                "null_reason": field.null_reason.value if field.null_reason else None,
            }


def _status_rows(document: Document) -> Iterator[dict[str, Any]]:
    for number, annex in enumerate(document.annexes):
        yield from ({"annex": number, "row": index, **_row(annex, row)} for index, row in enumerate(annex.rows))


def _row(annex: Annex, row: Row) -> dict[str, Any]:
    body = row.body.value
    return {
        "page": row.body.page,
        "as_of": annex.as_of.value,
        "sequence": row.sequence.value,
        "province": annex.province.value,
        "district": row.district.value,
        "body_kind": body.kind.value if body else None,
        "body_name": body.name if body else None,
        "body_key": body.code if body else None,
        "status": row.status.value.value if row.status.value else None,
        "remark": row.remark.value,
        "review": _JOINED.join(_reviews(row)),
    }


def _reviews(row: Row) -> list[str]:
    fields: tuple[Field[Any], ...] = (row.sequence, row.district, row.body, row.status, row.remark, *row.cells.values())
    return list(dict.fromkeys((*row.review, *(code for field in fields for code in field.review))))


def _findings(document: Document) -> Iterator[dict[str, Any]]:
    for index, finding in enumerate(document.findings):
        yield {
            "idx": index,
            "rule": finding.rule,
            "severity": finding.severity.value,
            "outcome": finding.outcome.value,
            "basis": finding.basis.value,
            "evidence": _JOINED.join(finding.evidence),
            "message_th": finding.message.th,
            "message_en": finding.message.en,
            "answered": finding.answered,
        }


def _as_text(value: object) -> str | None:
    """Return a value as queries compare it: days and times as ISO 8601 writes them, numbers in Arabic digits."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return None if value is None else str(value)
