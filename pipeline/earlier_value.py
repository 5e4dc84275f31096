"""What the round before says of the same row: shown beside a doubted value of an annex, and offered where it differs.

A round is told to be the one before by its series and its day; a body is found in it as it is when two rounds are
compared. Where either is uncertain nothing is shown: a wrong hint is worse than none.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from models.annex import Annex, Row
from models.document import Document
from models.record_path import resolve
from models.snapshot import Snapshot, SnapshotRow
from rounds.corrections import apply_corrections
from rounds.match import pair_rows
from rounds.papers import combine_papers
from rounds.snapshot import freeze, is_round
from store import frozen_rounds
from store.archive import Archive

_VALUE: Final = re.compile(r"(?P<row>(?P<annex>annexes\[\d+\])\.rows\[\d+\])\.(?P<name>status|body|remark|cells\.\w+)")
"""A value of a row that rounds keep."""
_LOOKED_AT: Final = 5
"""Rounds that are looked at: people may have taken the latest ones out."""


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """A value as the round before has it.

    Attributes:
        typed: As it may be typed.
        as_of: Day of that round.
    """

    typed: str
    as_of: dt.date


def find_earlier_value(archive: Archive, document: Document, path: str) -> EarlierValue | None:
    """Return what the round before says at the place of a value; None for other values, and where it says nothing."""
    place = _VALUE.fullmatch(path)
    if place is None:
        return None
    annex, row, name = resolve(document, place["annex"]), resolve(document, place["row"]), place["name"]
    if not (isinstance(annex, Annex) and isinstance(row, Row) and is_round(annex)):
        return None
    own = _freeze_row(document, annex, row)
    before = _find_round(archive, own)
    if before is None or before.as_of is None:
        return None
    pair = next(each for each in pair_rows(_list_near(before, own.rows[0]), own.rows) if each.after is not None)
    if pair.before is None or (pair.review and name != "body"):
        return None
    typed = _read(before, pair.before, own, name)
    return EarlierValue(typed, before.as_of) if typed else None


def _freeze_row(document: Document, annex: Annex, row: Row) -> Snapshot:
    """Return the round of an annex with one row alone: all that is needed to find the one before."""
    alone = annex.model_copy(update={"rows": (row,), "totals": ()})
    return freeze(document.model_copy(update={"annexes": (alone,), "findings": ()}), 0)


def _find_round(archive: Archive, own: Snapshot) -> Snapshot | None:
    if own.as_of is None:
        return None
    with archive.reading() as connection:
        found = frozen_rounds.list_before(connection, own, own.as_of, _LOOKED_AT)
    rounds = apply_corrections(found, archive.round_corrections()) if found else []
    earlier = [each for each in rounds if each.as_of is not None and each.as_of < own.as_of]
    return combine_papers([each for each in earlier if each.as_of == earlier[0].as_of]) if earlier else None


def _list_near(before: Snapshot, row: SnapshotRow) -> list[SnapshotRow]:
    """Return the rows among which the same body is looked for: those of its district, and of its key."""
    code = row.body.code if row.body is not None else None
    return [
        each
        for each in before.rows
        if (each.province, each.district) == (row.province, row.district)
        or (code is not None and each.body is not None and each.body.code == code)
    ]


def _read(before: Snapshot, row: SnapshotRow, own: Snapshot, name: str) -> str:
    """Return a value of a row as it may be typed; empty where it has none."""
    if name == "status":
        return row.status.value if row.status is not None else ""
    if name == "body":
        return (row.body.code or row.body.label) if row.body is not None else ""
    if name == "remark":
        return row.remark
    key = name.removeprefix("cells.")
    headers = [{column.key: column.header for column in each.columns}.get(key) for each in (before, own)]
    number = row.values.get(key)
    if number is None or headers[0] is None or headers[0] != headers[1]:
        return ""
    return str(int(number)) if number.is_integer() else str(number)
