"""What changed between two rounds, and what is only a better reading of the same paper.

Order of rows is no fact: a row that only stands elsewhere has not changed. Where the two snapshots are readings of
one round (the same date, or the same annex of the same file), every difference corrects our reading and none is a
change of the fact.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from rapidfuzz import fuzz

from core.errors import UnsafeComparisonError
from models.annex import Status
from models.change import Change, ChangeKind, Comparison, Succession
from models.review import ReviewCode
from models.snapshot import Snapshot, SnapshotRow
from rounds.columns import pair_columns, renamed_keys, total_changes
from rounds.match import Pair, pair_rows
from rounds.series import same_series
from thai.numerals import to_arabic
from thai.text import skeleton

UNREAD_STATUS: Final = ReviewCode.STATUS_UNREAD
"""One of the two rounds has no status that could be read."""
UNREAD_VALUE: Final = ReviewCode.VALUE_UNREAD
"""One of the two rounds has an empty cell there, or a number that could not be read."""
SAME_REMARK: Final = 0.9
"""How alike two remarks with the same years must be, 0 to 1, to be one remark misread by a letter."""

_KIND: Final = "kind"
_RANK: Final = {Status.NOT_STARTED: 0, Status.INCOMPLETE: 1, Status.COMPLETE: 2}
_ONLY = re.compile("แค|เฉพาะ|เพียง")
_DIGITS = re.compile("[0-9]+")
_NOT = re.compile("ไม่?")
_MISSING = re.compile("ขาด|ค้าง|คาง|เหลือ|ยังไม")


def compare(
    before: Snapshot,
    after: Snapshot,
    force: bool = False,  # noqa: FBT001 - as --force is
    ledger: Sequence[Succession] = (),
) -> Comparison:
    """Hold two rounds against each other.

    Args:
        before: The earlier round.
        after: The later round.
        force: Compare although a round violates a rule that makes a comparison unsafe; the warnings then say so.
        ledger: Bodies that were renamed, raised in status or moved, as far as that is on record.

    Raises:
        UnsafeComparisonError: A round violates such a rule, and `force` is off.
    """
    warnings = _warnings(before, after)
    if not force and (blocked := _blocked(before, after)):
        violated = "; ".join(f"{name} {', '.join(each.blocked_by)}" for name, each in blocked.items())
        raise UnsafeComparisonError(violated, _in_english(violated))
    corrects = _same_round(before, after)
    here = [line for line in ledger if before.province is None or line.province in (None, before.province)]
    columns = renamed_keys(pair_columns(before, after))
    changes = tuple(
        change
        for pair in pair_rows(before.rows, after.rows, here)
        for change in _changes(pair, columns, corrects=corrects)
    )
    totals = tuple(total_changes(before, after, corrects=corrects))
    return Comparison(before=before, after=after, changes=changes, totals=totals, warnings=warnings)


def remark_is_better(before: SnapshotRow, after: SnapshotRow) -> bool | None:
    """Tell whether a remark got better, from the years it names; None where they do not tell.

    Remarks name years in two opposite ways. `บันทึกข้อมูลแค่ปี ๒๕๖๒-๒๕๖๓` names the years that are done, and more
    of them is better; `ยังขาดปี ๒๕๖๒-๒๕๖๓` names those outstanding, and more of them is worse. One is better than
    the other only where its years include all of the other's, and only where both name them in the same way.
    """
    old, new = set(before.remark_years), set(after.remark_years)
    outstanding = _names_outstanding(before.remark)
    if outstanding is None or outstanding != _names_outstanding(after.remark) or not (old < new or new < old):
        return None
    return (new < old) is outstanding


def _blocked(before: Snapshot, after: Snapshot) -> dict[str, Snapshot]:
    """Return the rounds that violate a blocking rule, by what they are called."""
    return {name: each for name, each in (("รอบก่อน", before), ("รอบนี้", after)) if each.blocked_by}


def _in_english(violated: str) -> str:
    return violated.replace("รอบก่อน", "the earlier round").replace("รอบนี้", "the later round")


def _warnings(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    warnings = [
        f"เปรียบเทียบทั้งที่{name}ไม่ผ่านกฎ {', '.join(each.blocked_by)} ผลต่างจึงอาจไม่ใช่ข้อเท็จจริงที่เปลี่ยนแปลง"
        for name, each in _blocked(before, after).items()
    ]
    if not same_series(before, after):
        warnings.append("สองรอบนี้อาจเป็นคนละเรื่อง คนละจังหวัด หรือคนละรูปแบบตาราง")
    if before.as_of is not None and after.as_of is not None and after.as_of < before.as_of:
        warnings.append("ข้อมูลรอบใหม่ลงวันที่ก่อนรอบเดิม")
    return tuple(warnings)


def _same_round(before: Snapshot, after: Snapshot) -> bool:
    if (before.document, before.annex) == (after.document, after.annex):
        return True
    return before.as_of is not None and before.as_of == after.as_of


def _changes(pair: Pair, columns: dict[str, tuple[str, str]], *, corrects: bool) -> list[Change]:
    if pair.before is pair.after:
        return []
    found = [*_kinds(pair), *_values(pair, columns)]
    if corrects and found:
        # One row is read anew as a whole; a number that was read wrong keeps its column, for there may be several.
        found = [each for each in found if each[_KIND] is ChangeKind.VALUE] or found[:1]
        found = [{**each, _KIND: ChangeKind.CORRECTED, "better": None, "review": ()} for each in found]
    return [_change(pair, **each) for each in found]


def _change(pair: Pair, **facts: Any) -> Change:  # noqa: ANN401 - the fields of a change, checked by the record
    rows = [row for row in (pair.before, pair.after) if row is not None]
    review = (*pair.review, *facts.pop("review", ()), *(code for row in rows for code in row.review))
    told = facts[_KIND] in (ChangeKind.RENAMED, ChangeKind.UPGRADED, ChangeKind.MOVED, ChangeKind.REMOVED)
    return Change(
        body=rows[-1].label,
        district=rows[-1].district or rows[0].district,
        before=pair.before,
        after=pair.after,
        succession=pair.succession if told else None,
        review=tuple(dict.fromkeys(review)),
        **facts,
    )


def _kinds(pair: Pair) -> Iterator[dict[str, Any]]:
    """Yield what happened to one body: the kind of change, whether for the better, and what makes it doubtful."""
    before, after = pair.before, pair.after
    if before is None or after is None:
        yield {_KIND: ChangeKind.ADDED if before is None else ChangeKind.REMOVED}
        return
    if (name := _name_change(before, after)) is not None:
        yield {_KIND: name}
    if _moved(before, after):
        yield {_KIND: ChangeKind.MOVED}
    if before.status is not after.status:
        better, review = _status_change(before.status, after.status)
        yield {_KIND: ChangeKind.STATUS, "better": better, "review": review}
    elif not _same_remark(before, after):
        # With another status the remark changes as a matter of course, and the change shows both.
        yield {_KIND: ChangeKind.REMARK, "better": remark_is_better(before, after)}


def _values(pair: Pair, columns: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Yield the numbers of a body that changed. What stands in one round only is another table, not another number."""
    if pair.before is None or pair.after is None or not pair.before.values:
        return
    for key, was in pair.before.values.items():
        new_key, header = columns.get(key, ("", ""))
        if new_key not in pair.after.values:
            continue
        now = pair.after.values[new_key]
        if was != now:
            review = (UNREAD_VALUE,) if was is None or now is None else ()
            fact = {_KIND: ChangeKind.VALUE, "column": header, "before_value": was, "after_value": now}
            yield {**fact, "review": review}


def _moved(before: SnapshotRow, after: SnapshotRow) -> bool:
    places = [(before.province, after.province), (before.district, after.district)]
    return any(old and new and old != new for old, new in places)


def _name_change(before: SnapshotRow, after: SnapshotRow) -> ChangeKind | None:
    if before.body is None or after.body is None:
        same = "".join(before.label.split()) == "".join(after.label.split())
        return None if same else ChangeKind.RENAMED
    if before.body.name != after.body.name:
        return ChangeKind.RENAMED
    return None if before.body.kind is after.body.kind else ChangeKind.UPGRADED


def _status_change(before: Status | None, after: Status | None) -> tuple[bool | None, tuple[str, ...]]:
    if before is None or after is None:
        return None, (UNREAD_STATUS,)
    return _RANK[after] > _RANK[before], ()


def _same_remark(before: SnapshotRow, after: SnapshotRow) -> bool:
    if before.remark_years != after.remark_years:
        return False
    old, new = "".join(before.remark.split()), "".join(after.remark.split())
    # A number or a "not" is one letter of many, and all of the meaning.
    weighty = [(_DIGITS.findall(text), len(_NOT.findall(text))) for text in (to_arabic(old), to_arabic(new))]
    return old == new or (weighty[0] == weighty[1] and fuzz.ratio(old, new) >= SAME_REMARK * 100)


def _names_outstanding(remark: str) -> bool | None:
    """Whether the years of a remark are outstanding (True) or done (False); None where it does not say."""
    plain = skeleton(remark)
    missing, only = _MISSING.search(plain) is not None, _ONLY.search(plain) is not None
    return None if missing is only else missing
