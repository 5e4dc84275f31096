"""From a comparison of two rounds to what the change report says."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final

from models.annex import BodyKind, Status
from models.change import Change, ChangeKind, Comparison
from models.snapshot import Snapshot, SnapshotRow
from reports.view import ChangeLine, ChangeReport, ChaseLine, DoubtLine, GroupLine, RepairLine, RoundHead, Tally

NO_DISTRICT: Final = "ไม่ทราบอำเภอ"
NO_KIND: Final = "ไม่ทราบประเภท"

_BODY_CHANGES: Final = (
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.RENAMED,
    ChangeKind.UPGRADED,
    ChangeKind.MOVED,
)
_CHASED: Final = (Status.NOT_STARTED, Status.INCOMPLETE)


def build(
    comparison: Comparison, made_on: dt.date, made_by: str = "", earlier: Sequence[Snapshot] = ()
) -> ChangeReport:
    """Return the report of a comparison.

    Args:
        comparison: The two rounds and their changes.
        made_on: Day of the report.
        made_by: Who makes it.
        earlier: Rounds before the two, to tell how long a body has been behind.
    """
    before, after, changes = comparison.before, comparison.after, comparison.changes
    status = [change for change in changes if change.kind is ChangeKind.STATUS]
    done = [change for change in status if change.better and _after_status(change) is Status.COMPLETE]
    worse = [change for change in status if change.better is False]
    others = [c for c in changes if c.kind is ChangeKind.REMARK or (c in status and c not in done and c not in worse)]
    corrected = [change for change in changes if change.kind is ChangeKind.CORRECTED]
    return ChangeReport(
        title=after.title or before.title,
        province=after.province,
        made_on=made_on,
        made_by=made_by,
        corrects=bool(corrected),
        before=_head(before),
        after=_head(after),
        deadline=after.deadline or before.deadline,
        warnings=comparison.warnings,
        newly_complete=_lines(done),
        fell_back=_lines(worse),
        remarks=_lines(others),
        bodies=_lines(change for change in changes if change.kind in _BODY_CHANGES),
        corrected=_lines(corrected),
        districts=_ranked(_groups(before, after, _district)),
        kinds=tuple(sorted(_groups(before, after, _kind), key=_kind_order)),
        chase=_chase(comparison, earlier),
        doubts=(*_doubts(before), *_doubts(after)),
        repairs=(*_repairs(before), *_repairs(after)),
    )


def tally(rows: Iterable[SnapshotRow]) -> Tally:
    """Count rows by their status."""
    counts = Counter(row.status for row in rows)
    return Tally(
        total=counts.total(),
        complete=counts[Status.COMPLETE],
        incomplete=counts[Status.INCOMPLETE],
        not_started=counts[Status.NOT_STARTED],
        unread=counts[None],
    )


def _head(snapshot: Snapshot) -> RoundHead:
    return RoundHead(
        as_of=snapshot.as_of,
        document=snapshot.document,
        version=snapshot.version,
        blocked_by=snapshot.blocked_by,
        tally=tally(snapshot.rows),
    )


def _after_status(change: Change) -> Status | None:
    return change.after.status if change.after is not None else None


def _lines(changes: Iterable[Change]) -> tuple[ChangeLine, ...]:
    return tuple(_line(change, change.before, change.after) for change in changes)


def _line(change: Change, before: SnapshotRow | None, after: SnapshotRow | None) -> ChangeLine:
    row = after or before
    return ChangeLine(
        kind=change.kind,
        sequence=row.sequence if row else None,
        district=change.district or NO_DISTRICT,
        body=change.body,
        before_body=before.label if before else None,
        after_body=after.label if after else None,
        before_district=before.district if before else None,
        after_district=after.district if after else None,
        before_status=before.status if before else None,
        after_status=after.status if after else None,
        before_remark=before.remark if before else "",
        after_remark=after.remark if after else "",
        better=change.better,
        review=change.review,
        before_place=before.place if before else None,
        after_place=after.place if after else None,
    )


def _district(row: SnapshotRow) -> str:
    return row.district or NO_DISTRICT


def _kind(row: SnapshotRow) -> str:
    return row.body.kind.value if row.body is not None else NO_KIND


def _kind_order(line: GroupLine) -> int:
    order = [kind.value for kind in BodyKind]
    return order.index(line.name) if line.name in order else len(order)


def _groups(before: Snapshot, after: Snapshot, of: Callable[[SnapshotRow], str]) -> list[GroupLine]:
    """Return the groups of both rounds, in the order the later one has them."""
    names = dict.fromkeys(of(row) for row in (*after.rows, *before.rows))
    return [
        GroupLine(
            name=name,
            before=tally(row for row in before.rows if of(row) == name),
            after=tally(row for row in after.rows if of(row) == name),
        )
        for name in names
    ]


def _ranked(lines: Sequence[GroupLine]) -> tuple[GroupLine, ...]:
    old, new = [line.before.percent for line in lines], [line.after.percent for line in lines]
    return tuple(
        line.model_copy(update={"rank_before": _rank(a, old), "rank_after": _rank(b, new)})
        for line, a, b in zip(lines, old, new, strict=True)
    )


def _rank(percent: float | None, among: Sequence[float | None]) -> int | None:
    """Return the place from the top; equals share a place, and the next one is left free."""
    if percent is None:
        return None
    return 1 + sum(1 for other in among if other is not None and other > percent)


def _chase(comparison: Comparison, earlier: Sequence[Snapshot]) -> tuple[ChaseLine, ...]:
    known_as = {
        _key(change.after): _key(change.before)
        for change in comparison.changes
        if change.after is not None and change.before is not None
    }
    rounds = [comparison.before, *sorted(earlier, key=lambda each: each.as_of or dt.date.min, reverse=True)]
    behind = [{_key(row) for row in each.rows if row.status in _CHASED} for each in rounds]
    order = {name: place for place, name in enumerate(dict.fromkeys(map(_district, comparison.after.rows)))}
    lines = []
    for row in comparison.after.rows:
        if row.status not in _CHASED:
            continue
        before_key = known_as.get(_key(row), _key(row))
        streak = next((count for count, keys in enumerate(behind) if before_key not in keys), len(behind))
        lines.append(
            ChaseLine(
                sequence=row.sequence,
                district=_district(row),
                body=row.label,
                status=row.status,
                remark=row.remark,
                rounds=1 + streak,
                review=row.review,
            )
        )
    return tuple(sorted(lines, key=lambda line: (order[line.district], _CHASED.index(line.status))))


def _key(row: SnapshotRow) -> Hashable:
    return row.body.code if row.body is not None and row.body.code else (row.district, row.label)


def _doubts(snapshot: Snapshot) -> Iterable[DoubtLine]:
    for row in snapshot.rows:
        review = row.review if row.status is not None or row.review else ("status.unread",)
        if review:
            yield DoubtLine(
                as_of=snapshot.as_of,
                sequence=row.sequence,
                district=_district(row),
                body=row.label,
                raw=row.place.raw,
                page=row.place.page,
                review=review,
            )


def _repairs(snapshot: Snapshot) -> Iterable[RepairLine]:
    for row in snapshot.rows:
        raw = "".join(row.place.raw.split())
        if raw and row.body is not None and raw != "".join(row.label.split()):
            yield RepairLine(
                as_of=snapshot.as_of,
                sequence=row.sequence,
                district=_district(row),
                raw=row.place.raw,
                body=row.label,
                page=row.place.page,
            )
