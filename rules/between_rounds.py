"""X: an annex against the round before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from models.annex import Annex, BodyRef, Column, ColumnKind, Row, Status
from models.change import Succession
from models.issue import Severity
from models.snapshot import Snapshot, SnapshotRow
from rules.bodies.registered_bodies import bare
from rules.engine.declaration import Case, Observation, could_not_run, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, thai, thai_day
from rules.engine.record_paths import annexes, rows

_ONE_SERIES: Final = "rounds of one annex are of the same bodies"
Key = str
"""What a body is known by from round to round: its code, else its name and district."""


@rule(
    "X01",
    th="ชุด อปท. เท่ากันระหว่างรอบ (หลังแม็พเปลี่ยนชื่อ)",
    en="both rounds have the same bodies, once those renamed are paired",
    severity=Severity.WARNING,
    needs="the round before, ledger of changes",
    source=_ONE_SERIES,
)
def same_bodies(case: Case) -> Iterator[Observation]:
    """Every body of the round before has a row, and no other has, but for what the ledger of changes tells.

    A name that is gone and comes again as another kind in the same district was probably raised in status.
    """
    for path, annex, before in _with_round(case):
        unknown = [number for _, number, row in rows(path, annex) if row.body.value is None]
        if unknown or any(row.body is None for row in before.rows):
            yield could_not_run(
                f"{rows_th(unknown)} ไม่ทราบว่าเป็น อปท. ใด" if unknown else "รอบก่อนมีแถวที่ไม่ทราบว่าเป็น อปท. ใด",
                f"{rows_en(unknown)}: the body is not known" if unknown else "bodies of the round before are not known",
                [f"{path}.rows"],
            )
            continue
        lost, added = _differing_bodies(annex, before, case.successions)
        if lost or added:
            doubted = [f"{where}.body" for where, _, row in rows(path, annex) if row.body.review]
            yield _other_bodies(lost, added, [f"{path}.rows", *doubted])
        else:
            yield passed(f"{path}.rows")


def _differing_bodies(
    annex: Annex, before: Snapshot, successions: Iterable[Succession]
) -> tuple[list[BodyRef], list[BodyRef]]:
    """Return the bodies that are gone since the round before, and those that are new, as the ledger does not tell."""
    now = {_key(row.body.value, row.district.value): row.body.value for row in annex.rows if row.body.value}
    then = {_key(row.body, row.district): row.body for row in before.rows if row.body is not None}
    lost = {key: body for key, body in then.items() if key not in now}
    added = {key: body for key, body in now.items() if key not in then}
    for succession in successions:
        left, come = _find_key(lost, succession.before), _find_key(now, succession.after)
        if left is not None and come is not None:
            del lost[left]
            added.pop(come, None)  # it may have come from another one, too: two bodies became one
    return list(lost.values()), list(added.values())


def _find_key(bodies: Mapping[Key, BodyRef], named: BodyRef) -> Key | None:
    return next((key for key, body in bodies.items() if _is(body, named)), None)


def _other_bodies(lost: Sequence[BodyRef], added: Sequence[BodyRef], evidence: Sequence[str]) -> Observation:
    raised = {body.name for body in lost} & {body.name for body in added}
    doubt_th, doubt_en = (" (ยกฐานะหรือเปลี่ยนประเภท?)", " (raised in status?)") if raised else ("", "")
    gone, new = (", ".join(body.label for body in bodies) or "–" for bodies in (lost, added))
    return violated(
        f"หาย {thai(len(lost))} ({gone}) เพิ่ม {thai(len(added))} ({new}){doubt_th}",
        f"{len(lost)} gone ({gone}), {len(added)} new ({new}){doubt_en}",
        evidence,
    )


@rule(
    "X02",
    th="ไม่ถอยหลังจาก ✓ เป็น ✗",
    en="no body that was done is undone",
    severity=Severity.WARNING,
    needs="the round before",
    source="what is done stays done, unless somebody corrected it",
)
def no_regression(case: Case) -> Iterator[Observation]:
    """No body that was complete in the round before is less in this one."""
    for path, annex, before in _with_round(case):
        was = {_key(row.body, row.district): row for row in before.rows if row.body is not None}
        for where, number, row in rows(path, annex):
            old = was.get(_key(row.body.value, row.district.value)) if row.body.value is not None else None
            if old is None or old.status is not Status.COMPLETE or row.status.value is None:
                continue
            if row.status.value is Status.COMPLETE:
                yield passed(f"{where}.status")
            else:
                yield violated(
                    f"{rows_th([number])}: {old.label} รอบก่อนเรียบร้อย รอบนี้ไม่เรียบร้อย",
                    f"{rows_en([number])}: {old.label} was complete in the round before and is not in this one",
                    [f"{where}.status", f"{where}.body"],
                )


@rule(
    "X03",
    th="ข้อมูล ณ วันที่ รอบใหม่หลังรอบเดิม",
    en="the data is of a later day than that of the round before",
    severity=Severity.ERROR,
    needs="the round before",
    source="order of events",
)
def as_of_advances(case: Case) -> Iterator[Observation]:
    """The round of a later letter has data of a later day."""
    for path, annex, before in _with_round(case):
        day, place = annex.as_of.value, f"{path}.as_of"
        if day is None or before.as_of is None:
            yield could_not_run("ไม่ทราบวันที่ของข้อมูลรอบนี้หรือรอบก่อน", "the day of the data of a round is not known", [place])
        elif day > before.as_of:
            yield passed(place)
        else:
            yield violated(
                f"ข้อมูล ณ {thai_day(day)} ไม่ใหม่กว่ารอบก่อน {thai_day(before.as_of)}",
                f"the data of {day} is not later than that of the round before, {before.as_of}",
                [place],
            )


@rule(
    "X04",
    th="ผลต่างยอดรวม = ผลต่างราย อปท.",
    en="the totals differ by as much as the rows do",
    severity=Severity.ERROR,
    needs="the round before, totals",
    source="arithmetic",
)
def totals_differ_alike(case: Case) -> Iterator[Observation]:
    """The printed totals of a status column differ between two rounds by what its rows differ."""
    for path, annex, before in _with_round(case):
        columns = {column.key: column for column in annex.columns if column.kind is ColumnKind.MARK and column.status}
        earlier = {column.status: before.totals.get(column.key) for column in before.columns if column.status}
        for index, total in enumerate(annex.totals):
            column = columns.get(total.column)
            if column is not None and column.status in earlier:
                old = earlier[column.status]
                yield _judge_difference(path, annex, before, column, old, total.value.value, f"{path}.totals[{index}]")


def _judge_difference(
    path: str, annex: Annex, before: Snapshot, column: Column, old: int | None, new: object, place: str
) -> Observation:
    """Hold the difference of two printed totals of a column against that of the rows of the two rounds."""
    unread = any(row.status.value is None for row in annex.rows) or any(row.status is None for row in before.rows)
    if old is None or not isinstance(new, int) or unread or column.status is None:
        return could_not_run(
            "อ่านยอดรวมหรือสถานะของทั้งสองรอบได้ไม่ครบ", "not every total and status of both rounds was read", [place]
        )
    by_rows = _count(annex.rows, column.status) - _count_before(before.rows, column.status)
    if new - old == by_rows:
        return passed(place)
    header = quote(column.header)
    doubted = [f"{where}.status" for where, _, row in rows(path, annex) if row.status.review]
    return violated(
        f"คอลัมน์ {header} ยอดรวมต่าง {_signed(new - old)} แต่ราย อปท. ต่าง {_signed(by_rows)}",
        f"column {header}: the totals differ by {new - old:+}, the rows by {by_rows:+}",
        [place, f"{path}.rows", *doubted],
    )


def _with_round(case: Case) -> Iterator[tuple[str, Annex, Snapshot]]:
    for index, (path, annex) in enumerate(annexes(case)):
        if index in case.earlier:
            yield path, annex, case.earlier[index]


def _key(body: BodyRef, district: str | None) -> Key:
    return body.code or f"{district or ''}/{bare(body.label)}"


def _is(body: BodyRef, named: BodyRef) -> bool:
    if body.code and named.code:
        return body.code == named.code
    return (body.kind, bare(body.name)) == (named.kind, bare(named.name))


def _belongs(status: Status | None, column: Status) -> bool:
    """Whether a row counts in a column; one for what is not done counts what is not begun, too."""
    return status is column or (column is Status.INCOMPLETE and status is Status.NOT_STARTED)


def _count(found: tuple[Row, ...], column: Status) -> int:
    return sum(_belongs(row.status.value, column) for row in found)


def _count_before(found: tuple[SnapshotRow, ...], column: Status) -> int:
    return sum(_belongs(row.status, column) for row in found)


def _signed(number: int) -> str:
    return thai(f"{number:+}").replace("-", "−")
