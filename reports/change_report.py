"""From a comparison of two rounds to what the change report says."""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Final

from models.annex import Status
from models.change import Change, ChangeKind, Comparison
from models.document import Document
from models.review import ReviewCode
from models.snapshot import Snapshot, SnapshotRow
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
_SECTIONS: Final = ("newly_complete", "fell_back", "remarks", "values", "bodies", "corrected")
"""Fields of the report that hold changes; `remarks` has what changed neither to complete nor for the worse, too."""
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
    sections = _sort_changes(comparison.changes)
    corrects = bool(sections["corrected"]) or any(total.corrects for total in comparison.totals)
    provinces = groups(before, after, lambda row: row.province or "–") if several_provinces(comparison) else ()
    return ChangeReport(
        title=after.title or before.title,
        province=after.province,
        made_on=made_on,
        made_by=made_by,
        corrects=corrects,
        before=_head(before, by_digest.get(before.document)),
        after=_head(after, by_digest.get(after.document)),
        deadline=after.deadline or before.deadline,
        warnings=comparison.warnings,
        **{name: _lines(changes, district) for name, changes in sections.items()},
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
    )


def _sort_changes(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return the changes by the field of the report that shows them."""
    sections: dict[str, list[Change]] = {name: [] for name in _SECTIONS}
    for change in changes:
        sections[_section(change)].append(change)
    return sections


def _section(change: Change) -> str:
    if change.kind in _BODY_CHANGES:
        return "bodies"
    if change.kind is ChangeKind.STATUS and change.better is False:
        return "fell_back"
    if change.kind is ChangeKind.STATUS and change.better and _after_status(change) is Status.COMPLETE:
        return "newly_complete"
    return {ChangeKind.VALUE: "values", ChangeKind.CORRECTED: "corrected"}.get(change.kind, "remarks")


def _head(snapshot: Snapshot, document: Document | None) -> RoundHead:
    numbers = [letter.number.value for letter in document.letters if letter.number.value] if document else []
    return RoundHead(
        number=numbers[0] if numbers else "",
        as_of=snapshot.as_of,
        document=snapshot.document,
        version=snapshot.version,
        blocked_by=snapshot.blocked_by,
        tally=tally(snapshot.rows),
    )


def _trend(comparison: Comparison, earlier: Sequence[Snapshot]) -> tuple[TrendPoint, ...]:
    dated = sorted(earlier, key=lambda each: each.as_of or dt.date.min)
    rounds = (*dated, comparison.before, comparison.after)
    return tuple(TrendPoint(as_of=each.as_of, tally=tally(each.rows)) for each in rounds)


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
                rule=finding.rule,
                severity=finding.severity,
                outcome=finding.outcome,
                message=finding.message.th,
            )


def _after_status(change: Change) -> Status | None:
    return change.after.status if change.after is not None else None


def _lines(changes: Iterable[Change], district: Namer) -> tuple[ChangeLine, ...]:
    return tuple(_line(change, district) for change in changes)


def _line(change: Change, district: Namer) -> ChangeLine:
    row = change.after or change.before
    succession = change.succession
    return ChangeLine(
        kind=change.kind,
        sequence=row.sequence if row else None,
        district=district(row) if row else NO_DISTRICT,
        body=change.body,
        **_side("before", change.before),
        **_side("after", change.after),
        better=change.better,
        column=change.column,
        before_value=change.before_value,
        after_value=change.after_value,
        effective=succession.effective if succession else None,
        source=succession.source if succession else "",
        review=change.review,
    )


def _side(name: str, row: SnapshotRow | None) -> dict[str, Any]:
    """Return what a line says of one round, by the fields of `ChangeLine`."""
    if row is None:
        return {f"{name}_{part}": None for part in ("body", "district", "status", "place")} | {f"{name}_remark": ""}
    return {
        f"{name}_body": row.label,
        f"{name}_district": row.district,
        f"{name}_status": row.status,
        f"{name}_remark": row.remark,
        f"{name}_place": row.place,
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
                sequence=row.sequence,
                district=district(row),
                raw=row.place.raw,
                body=row.label,
                page=row.place.page,
            )
