"""From a comparison of two rounds to what the change report says."""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Final

from models.annex import Status
from models.change import Change, ChangeKind, Comparison
from models.document import Document
from models.review import ReviewCode
from models.snapshot import Snapshot, SnapshotRow
from reports.coverage import describe_coverage
from reports.grouping import (
    NO_DISTRICT,
    Namer,
    district_namer,
    groups,
    kinds,
    movement,
    ranked,
    several_provinces,
    tally,
)
from reports.report_model import (
    ChangeLine,
    ChangeReport,
    ChaseLine,
    Coverage,
    DoubtLine,
    FindingLine,
    GridCell,
    GridLine,
    RepairLine,
    RoundHead,
    TotalLine,
    TrendPoint,
)

_BODY_CHANGES: Final = (
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.RENAMED,
    ChangeKind.UPGRADED,
    ChangeKind.MOVED,
)
_CHASED: Final = (Status.NOT_STARTED, Status.INCOMPLETE)


def build(
    comparison: Comparison,
    made_on: dt.date,
    made_by: str = "",
    earlier: Sequence[Snapshot] = (),
    sources: Sequence[Document] = (),
) -> ChangeReport:
    """Return the report of a comparison.

    Args:
        comparison: The two rounds and their changes.
        made_on: Day of the report.
        made_by: Who makes it.
        earlier: Rounds before the two, to tell how long a body has been behind, and for the trend.
        sources: The documents that the rounds were read from, for the numbers of their letters and their findings.
    """
    before, after = comparison.before, comparison.after
    district = district_namer(comparison)
    by_digest = {document.source.sha256: document for document in sources}
    provinces = groups(before, after, lambda row: row.province or "–") if several_provinces(comparison) else ()
    return ChangeReport(
        title=after.title or before.title,
        province=after.province,
        made_on=made_on,
        made_by=made_by,
        before=_head(before, by_digest.get(before.document)),
        after=_head(after, by_digest.get(after.document)),
        deadline=after.deadline or before.deadline,
        compared=describe_coverage(comparison, "th"),
        warnings=comparison.warnings,
        coverage=_coverage(comparison),
        wordings=_wordings(comparison),
        totals=tuple(TotalLine(**total.model_dump(exclude={"corrects"})) for total in comparison.totals),
        provinces=ranked(provinces),
        districts=ranked(groups(before, after, district)),
        kinds=kinds(before, after),
        chase=_chase(comparison, earlier, district),
        findings=tuple(_findings((before, after), by_digest)),
        doubts=(*_doubts(before, district), *_doubts(after, district)),
        repairs=(*_repairs(before, district), *_repairs(after, district)),
        movement=movement(comparison),
        trend=_trend(comparison, earlier),
        grid=_grid(comparison, district),
        **_sort_changes(comparison, district),
    )


def _sort_changes(comparison: Comparison, district: Namer) -> dict[str, Any]:
    """Return the changes by the section of the report that lists them, and whether they correct a reading."""
    by_kind: dict[ChangeKind, list[Change]] = {kind: [] for kind in ChangeKind}
    for change in comparison.changes:
        by_kind[change.kind].append(change)
    status = by_kind[ChangeKind.STATUS]
    corrected = by_kind[ChangeKind.CORRECTED]
    return {
        "corrects": bool(corrected) or any(total.corrects for total in comparison.totals),
        "newly_complete": _lines(filter(_is_completion, status), district),
        "fell_back": _lines((change for change in status if change.better is False), district),
        "remarks": _lines(filter(_is_remark, comparison.changes), district),
        "values": _lines(by_kind[ChangeKind.VALUE], district),
        "bodies": _lines((change for change in comparison.changes if change.kind in _BODY_CHANGES), district),
        "corrected": _lines(corrected, district),
    }


def _is_completion(change: Change) -> bool:
    return bool(change.better) and _after_status(change) is Status.COMPLETE


def _is_remark(change: Change) -> bool:
    """Whether a remark changed, or a status did, but neither to complete nor for the worse."""
    if change.kind is ChangeKind.REMARK:
        return True
    return change.kind is ChangeKind.STATUS and change.better is not False and not _is_completion(change)


def _coverage(comparison: Comparison) -> Coverage:
    before, after = len(comparison.before.rows), len(comparison.after.rows)
    gone = sum(change.after is None for change in comparison.changes)
    new = sum(change.before is None for change in comparison.changes)
    unread = {
        _place(change.after)
        for change in comparison.changes
        if change.before is not None
        and change.after is not None
        and None in (change.before.status, change.after.status)
    }
    still_unread = {_place(row) for row in comparison.after.rows if row.status is None}
    says_status = any(row.status is not None for row in (*comparison.before.rows, *comparison.after.rows))
    return Coverage(
        before=before,
        after=after,
        paired=after - new,
        before_alone=gone,
        after_alone=new,
        unread=len(unread | still_unread) if says_status else 0,
    )


def _wordings(comparison: Comparison) -> tuple[tuple[str, Status], ...]:
    """Return the words of the tables for a status, in the order of the statuses."""
    rows = (*comparison.before.rows, *comparison.after.rows)
    words = {(row.said, row.status) for row in rows if row.said and row.status is not None}
    return tuple(sorted(words, key=lambda word: (tuple(Status).index(word[1]), word[0])))


def _head(snapshot: Snapshot, document: Document | None) -> RoundHead:
    numbers = [letter.number.value for letter in document.letters if letter.number.value] if document else []
    return RoundHead(
        number=numbers[0] if numbers else "",
        as_of=snapshot.as_of,
        as_of_precision=snapshot.as_of_precision,
        document=snapshot.document,
        version=snapshot.version,
        blocked_by=snapshot.blocked_by,
        tally=tally(snapshot.rows),
    )


def _trend(comparison: Comparison, earlier: Sequence[Snapshot]) -> tuple[TrendPoint, ...]:
    dated = sorted(earlier, key=lambda each: each.as_of or dt.date.min)
    rounds = (*dated, comparison.before, comparison.after)
    return tuple(
        TrendPoint(as_of=each.as_of, as_of_precision=each.as_of_precision, tally=tally(each.rows)) for each in rounds
    )


def _grid(comparison: Comparison, district: Namer) -> tuple[GridLine, ...]:
    changed = {
        _place(change.after)
        for change in comparison.changes
        if change.after is not None and (change.before is None or change.before.status is not change.after.status)
    }
    lines: dict[str, list[GridCell]] = {}
    for row in comparison.after.rows:
        cell = GridCell(body=row.label, status=row.status, changed=_place(row) in changed)
        lines.setdefault(district(row), []).append(cell)
    return tuple(GridLine(district=name, cells=tuple(cells)) for name, cells in lines.items())


def _place(row: SnapshotRow) -> Hashable:
    """Return what tells a row from all others of its round, a body that stands twice included."""
    return row.province, row.district, row.label, row.sequence, row.status


def _findings(rounds: Iterable[Snapshot], documents: dict[str, Document]) -> Iterable[FindingLine]:
    for each in rounds:
        document = documents.get(each.document)
        for finding in document.findings if document is not None else ():
            yield FindingLine(
                as_of=each.as_of,
                as_of_precision=each.as_of_precision,
                rule=finding.rule,
                severity=finding.severity,
                outcome=finding.outcome,
                basis=finding.basis,
                message=finding.message.th,
            )


def _after_status(change: Change) -> Status | None:
    return change.after.status if change.after is not None else None


def _lines(changes: Iterable[Change], district: Namer) -> tuple[ChangeLine, ...]:
    return tuple(_line(change, district) for change in changes)


def _line(change: Change, district: Namer) -> ChangeLine:
    row, succession = change.after or change.before, change.succession
    return ChangeLine(
        kind=change.kind,
        sequence=row.sequence if row else None,
        district=district(row) if row else NO_DISTRICT,
        body=change.body,
        better=change.better,
        column=change.column,
        before_value=change.before_value,
        after_value=change.after_value,
        effective=succession.effective if succession else None,
        source=succession.source if succession else "",
        review=change.review,
        **_side("before", change.before),
        **_side("after", change.after),
    )


def _side(name: str, row: SnapshotRow | None) -> dict[str, Any]:
    """Return what a line tells of one round, under the names of its fields."""
    return {
        f"{name}_body": row.label if row else None,
        f"{name}_district": row.district if row else None,
        f"{name}_status": row.status if row else None,
        f"{name}_said": row.said if row else "",
        f"{name}_remark": row.remark if row else "",
        f"{name}_place": row.place if row else None,
    }


def _chase(comparison: Comparison, earlier: Sequence[Snapshot], district: Namer) -> tuple[ChaseLine, ...]:
    known_as = {
        _key(change.after): _key(change.before)
        for change in comparison.changes
        if change.after is not None and change.before is not None
    }
    rounds = [comparison.before, *sorted(earlier, key=lambda each: each.as_of or dt.date.min, reverse=True)]
    behind = [{_key(row) for row in each.rows if row.status in _CHASED} for each in rounds]
    order = {name: place for place, name in enumerate(dict.fromkeys(map(district, comparison.after.rows)))}
    lines = []
    for row in comparison.after.rows:
        if row.status not in _CHASED:
            continue
        before_key = known_as.get(_key(row), _key(row))
        streak = next((count for count, keys in enumerate(behind) if before_key not in keys), len(behind))
        lines.append(
            ChaseLine(
                sequence=row.sequence,
                district=district(row),
                body=row.label,
                status=row.status,
                said=row.said,
                remark=row.remark,
                rounds=1 + streak,
                review=row.review,
            )
        )
    return tuple(sorted(lines, key=lambda line: (order[line.district], _CHASED.index(line.status))))


def _key(row: SnapshotRow) -> Hashable:
    return row.body.code if row.body is not None and row.body.code else (row.province, row.district, row.label)


def _doubts(snapshot: Snapshot, district: Namer) -> Iterable[DoubtLine]:
    says_status = any(row.status is not None for row in snapshot.rows)
    for row in snapshot.rows:
        unread = row.status is None and says_status and not row.review
        review = (ReviewCode.STATUS_UNREAD,) if unread else row.review
        if review:
            yield DoubtLine(
                as_of=snapshot.as_of,
                as_of_precision=snapshot.as_of_precision,
                sequence=row.sequence,
                district=district(row),
                body=row.label,
                raw=row.place.raw,
                page=row.place.page,
                review=review,
            )


def _repairs(snapshot: Snapshot, district: Namer) -> Iterable[RepairLine]:
    for row in snapshot.rows:
        raw = "".join(row.place.raw.split())
        if raw and row.body is not None and raw != "".join(row.label.split()):
            yield RepairLine(
                as_of=snapshot.as_of,
                as_of_precision=snapshot.as_of_precision,
                sequence=row.sequence,
                district=district(row),
                raw=row.place.raw,
                body=row.label,
                page=row.place.page,
            )
