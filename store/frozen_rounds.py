"""A few of the frozen rounds, on a connection that the caller holds: an archive of many years has thousands."""

import datetime as dt
from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, select

from models.snapshot import Snapshot
from store import removals
from store.schema import snapshots

_KEPT: Final = 8
"""Rounds that are kept as records: the same few are asked for again and again, and a national one takes 60 ms."""


def list_current(connection: Connection) -> list[Snapshot]:
    """Return all rounds as their documents are read now, in the order that they were frozen so."""
    order = snapshots.c.frozen_at, snapshots.c.annex, snapshots.c.key
    query = select(snapshots.c.payload).where(_is_current()).order_by(*order)
    found = (Snapshot.model_validate_json(payload) for payload in connection.execute(query).scalars())
    return [snapshot for snapshot in found if not snapshot.withdrawn]


def list_before(connection: Connection, own: Snapshot, day: dt.date, most: int) -> list[Snapshot]:
    """Return the rounds of a series before a day that are of other documents, the latest first."""
    query = (
        select(snapshots.c.payload)
        .where(
            snapshots.c.series == own.series,
            snapshots.c.as_of < day,
            snapshots.c.document != own.document,
            _is_current(),
        )
        .order_by(snapshots.c.as_of.desc(), snapshots.c.version.desc(), snapshots.c.frozen_at.desc())
        .limit(most)
    )
    return _parse_few(connection, query)


def list_latest(connection: Connection, most: int) -> list[Snapshot]:
    """Return the rounds of the latest days, of each day the one that was read last first."""
    query = (
        select(snapshots.c.payload)
        .where(snapshots.c.as_of.is_not(None), _is_current())
        .order_by(snapshots.c.as_of.desc(), snapshots.c.version.desc(), snapshots.c.frozen_at.desc())
        .limit(most)
    )
    return _parse_few(connection, query)


def _is_current() -> ColumnElement[bool]:
    """Return the condition that a snapshot is the newest reading of its annex, of a document that nobody took out."""
    newer = snapshots.alias()
    same_annex = newer.c.document == snapshots.c.document, newer.c.annex == snapshots.c.annex
    superseded = exists().where(*same_annex, newer.c.version > snapshots.c.version)
    return and_(~superseded, snapshots.c.document.not_in(removals.hidden()))


def _parse_few(connection: Connection, query: Select[tuple[str]]) -> list[Snapshot]:
    found = [_parse(payload) for payload in connection.execute(query).scalars()]
    return [snapshot for snapshot in found if not snapshot.withdrawn]


@lru_cache(maxsize=_KEPT)
def _parse(payload: str) -> Snapshot:
    return Snapshot.model_validate_json(payload)
