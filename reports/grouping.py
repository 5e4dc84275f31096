"""Counting the rows of two rounds: by status, by district and by kind, with ranks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from models.annex import BodyKind, Status
from models.change import ChangeKind, Comparison
from models.snapshot import Snapshot, SnapshotRow
from reports.report_model import Flow, GroupLine, Tally

NO_DISTRICT: Final = "ไม่ทราบอำเภอ"
NO_KIND: Final = "ไม่ทราบประเภท"
ABSENT: Final = "absent"
UNREAD: Final = "unread"

Namer = Callable[[SnapshotRow], str]


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


def several_provinces(comparison: Comparison) -> bool:
    """Whether the rounds cover more than one province, so that the name of a district alone says too little."""
    named = {row.province for each in (comparison.before, comparison.after) for row in each.rows}
    return len(named - {None}) > 1


def district_namer(comparison: Comparison) -> Namer:
    """Return what says a row's district, with its province where the rounds cover several."""
    if several_provinces(comparison):
        return lambda row: f"{row.district or NO_DISTRICT} ({row.province or '–'})"
    return lambda row: row.district or NO_DISTRICT


def groups(before: Snapshot, after: Snapshot, of: Namer) -> list[GroupLine]:
    """Return the groups of both rounds, in the order the later one has them."""
    parts: tuple[defaultdict[str, list[SnapshotRow]], ...] = (defaultdict(list), defaultdict(list))
    for part, each in zip(parts, (after, before), strict=True):
        for row in each.rows:
            part[of(row)].append(row)
    return [
        GroupLine(name=name, before=tally(parts[1].get(name, ())), after=tally(parts[0].get(name, ())))
        for name in dict.fromkeys((*parts[0], *parts[1]))
    ]


def ranked(lines: Sequence[GroupLine]) -> tuple[GroupLine, ...]:
    """Return groups with their places by percentage in both rounds; equals share a place, the next is left free."""
    places = [_places([side(line).percent for line in lines]) for side in (_before, _after)]
    return tuple(
        line.model_copy(update={"rank_before": old, "rank_after": new})
        for line, old, new in zip(lines, *places, strict=True)
    )


def kinds(before: Snapshot, after: Snapshot) -> tuple[GroupLine, ...]:
    """Return the kinds of bodies in their official order."""
    order = [kind.value for kind in BodyKind]
    lines = groups(before, after, lambda row: row.body.kind.value if row.body is not None else NO_KIND)
    return tuple(sorted(lines, key=lambda line: order.index(line.name) if line.name in order else len(order)))


def movement(comparison: Comparison) -> tuple[Flow, ...]:
    """Return how many bodies went from each standing to each, those that stayed among them."""
    flows: Counter[tuple[str, str]] = Counter()
    for change in comparison.changes:
        old, new = (_standing(row) for row in (change.before, change.after))
        told = change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.STATUS, ChangeKind.CORRECTED)
        if told and old != new:
            flows[old, new] += 1
    now = Counter(_standing(row) for row in comparison.after.rows)
    arrived: Counter[str] = Counter()
    for (_, new), count in flows.items():
        arrived[new] += count
    for standing, count in now.items():
        flows[standing, standing] = count - arrived[standing]
    order = [*(status.value for status in Status), UNREAD, ABSENT]
    found = [Flow(before=old, after=new, count=count) for (old, new), count in flows.items() if count > 0]
    return tuple(sorted(found, key=lambda flow: (order.index(flow.before), order.index(flow.after))))


def _standing(row: SnapshotRow | None) -> str:
    if row is None:
        return ABSENT
    return UNREAD if row.status is None else row.status.value


def _before(line: GroupLine) -> Tally:
    return line.before


def _after(line: GroupLine) -> Tally:
    return line.after


def _places(percents: Sequence[float | None]) -> list[int | None]:
    known = sorted((percent for percent in percents if percent is not None), reverse=True)
    first: dict[float, int] = {}
    for place, percent in enumerate(known, start=1):
        first.setdefault(percent, place)
    return [None if percent is None else first[percent] for percent in percents]
