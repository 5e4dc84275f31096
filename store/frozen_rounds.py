"""A few of the frozen rounds, on a connection that the caller holds: an archive of many years has thousands."""

import datetime as dt
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, select

from models.snapshot import Snapshot
from store import removals
from store.schema import snapshots

_KEPT: Final = 8
"""Rounds that are kept as records: the same few are asked for again and again, and a national one takes 60 ms."""


def list_before(connection: Connection, own: Snapshot, day: dt.date, most: int) -> list[Snapshot]:
    """Return the rounds of a series before a day that are of other documents, the latest first."""
    query = (
        select(snapshots.c.payload)
        .where(
            snapshots.c.series == own.series,
            snapshots.c.as_of < day,
            snapshots.c.document != own.document,
            snapshots.c.document.not_in(removals.hidden()),
        )
        .order_by(snapshots.c.as_of.desc(), snapshots.c.version.desc(), snapshots.c.frozen_at.desc())
        .limit(most)
    )
    return [_parse(payload) for payload in connection.execute(query).scalars()]


def list_latest(connection: Connection, most: int) -> list[Snapshot]:
    """Return the rounds of the latest days, the newest reading of each first."""
    query = (
        select(snapshots.c.payload)
        .where(snapshots.c.as_of.is_not(None), snapshots.c.document.not_in(removals.hidden()))
        .order_by(snapshots.c.as_of.desc(), snapshots.c.version.desc(), snapshots.c.frozen_at.desc())
        .limit(most)
    )
    return [_parse(payload) for payload in connection.execute(query).scalars()]


@lru_cache(maxsize=_KEPT)
def _parse(payload: str) -> Snapshot:
    return Snapshot.model_validate_json(payload)
