"""One round out of several papers of one day: another reading of the same bodies gives way, other bodies come along.

Two scans of one table, or a table that was sent again corrected, are readings of one round: the newest holds. One file
a district, or a table that goes on in a second annex, are parts of one round: together they are it.
"""

from collections.abc import Sequence
from typing import Final

from core.fingerprint import fingerprint
from models.snapshot import AnnexPlace, Snapshot, SnapshotColumn, SnapshotRow
from rounds.columns import pair_columns
from rounds.match import UNCERTAIN, Pair, pair_rows

SAME_BODIES: Final = 0.5
"""Share of the bodies of the longer of two papers, 0 to 1, that both must have to be readings of the same table. Two
scans share nearly all; pages or districts of one table share none."""


def combine_papers(papers: Sequence[Snapshot]) -> Snapshot:
    """Return the round that the papers of one day make up.

    Args:
        papers: The newest reading of each annex, all of one series and one day.

    Returns:
        The newest paper, with those that it stands for in `displaced`. Where others hold other bodies, all of those
        together, with the papers in `parts`; of a body that several have the newest row holds. Totals are left out
        then, for each is of one paper.
    """
    parts: list[Snapshot] = []
    displaced: list[AnnexPlace] = []
    for paper in sorted(papers, key=lambda each: each.version, reverse=True):
        if any(_share_bodies(paper, part) for part in parts):
            displaced.append(paper.place)
        else:
            parts.append(paper)
    newest = parts[0]
    if len(parts) > 1:
        newest = _join(newest, sorted(parts, key=papers.index), _rows(parts))
    return newest.model_copy(update={"displaced": tuple(displaced)}) if displaced else newest


def _share_bodies(one: Snapshot, other: Snapshot) -> bool:
    """Whether two papers tell of mostly the same bodies."""
    both = sum(_is_one_body(pair) for pair in pair_rows(one.rows, other.rows))
    return both >= SAME_BODIES * max(len(one.rows), len(other.rows))


def _is_one_body(pair: Pair) -> bool:
    """Whether two rows are of one body, in one round: a body may not have moved or been renamed within it."""
    if pair.before is None or pair.after is None:
        return False
    codes = {row.body.code for row in (pair.before, pair.after) if row.body is not None and row.body.code is not None}
    return len(codes) < 2 and pair.before.district == pair.after.district


def _rows(parts: Sequence[Snapshot]) -> dict[AnnexPlace, list[SnapshotRow]]:
    """Return the rows of each part, the newest first, without those of bodies that a newer one has for sure."""
    kept: dict[AnnexPlace, list[SnapshotRow]] = {}
    for part in parts:
        newer = [row for rows in kept.values() for row in rows]
        pairs = pair_rows(part.rows, newer)
        repeated = {id(each.before) for each in pairs if _is_one_body(each) and UNCERTAIN not in each.review}
        kept[part.place] = [row for row in part.rows if id(row) not in repeated]
    return kept


def _join(newest: Snapshot, parts: Sequence[Snapshot], rows: dict[AnnexPlace, list[SnapshotRow]]) -> Snapshot:
    columns: list[SnapshotColumn] = []
    joined: list[SnapshotRow] = []
    for part in parts:
        keys = _add_columns(columns, part)
        for row in rows[part.place]:
            values = {keys[key]: value for key, value in row.values.items() if key in keys}
            joined.append(row.model_copy(update={"values": values}))
    return newest.model_copy(
        update={
            "key": fingerprint("parts", *(part.key for part in parts)),
            "columns": tuple(columns),
            "rows": tuple(joined),
            "totals": {},
            "deadline": max((part.deadline for part in parts if part.deadline is not None), default=None),
            "blocked_by": tuple(sorted({rule for part in parts for rule in part.blocked_by})),
            "parts": tuple(part.place for part in parts),
        }
    )


def _add_columns(columns: list[SnapshotColumn], part: Snapshot) -> dict[str, str]:
    """Add the columns of a part that are not among those so far, and return what the keys of its columns are there."""
    known = part.model_copy(update={"columns": tuple(columns)})
    keys = {ours.key: theirs.key for ours, theirs in pair_columns(part, known)}
    for column in part.columns:
        if column.key not in keys:
            taken = any(each.key == column.key for each in columns)
            keys[column.key] = f"{column.key}.{len(columns)}" if taken else column.key
            columns.append(column.model_copy(update={"key": keys[column.key]}))
    return keys
