"""Lines of a ledger of bodies, as tables have them → changes, each line judged by itself.

The shipped ledger and the office's own have the same columns; the headers may be Thai or English.
"""

import csv
import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from gazetteer.inferred_changes import FIELDS
from gazetteer.kinds import split_kind
from models.annex import BodyKind, BodyRef
from models.issue import Message
from models.register import BodyChange, BodyChangeKind
from thai.dates import BUDDHIST_OFFSET, parse_date

THAI_FIELDS = (
    *("การเปลี่ยนแปลง", "จังหวัด", "ประเภทเดิม", "ชื่อเดิม", "รหัสเดิม", "อำเภอเดิม"),
    *("ประเภทใหม่", "ชื่อใหม่", "รหัสใหม่", "อำเภอใหม่", "มีผลตั้งแต่", "ที่มา"),
)
CHANGES = {
    **{kind.value: kind for kind in BodyChangeKind},
    "ตั้งใหม่": BodyChangeKind.NEW,
    "เปลี่ยนแปลงฐานะ": BodyChangeKind.UPGRADED,
    "ยกฐานะ": BodyChangeKind.UPGRADED,
    "เปลี่ยนชื่อ": BodyChangeKind.RENAMED,
    "ย้ายอำเภอ": BodyChangeKind.MOVED,
    "รวม": BodyChangeKind.MERGED,
    "ยุบเลิก": BodyChangeKind.ENDED,
}
_OPTIONAL = ("before_code", "after_code", "before_kind", "after_kind")
_CODE_DIGITS = 7
"""Digits of a key of the Department of Local Administration."""
_BUDDHIST_YEARS = 2400
"""Years from here on are of the Buddhist era, also where the day is written 2568-10-01."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a line of a table cannot be taken; `line` counts the header as 1, and 0 is a line of the ledger itself."""

    line: int
    message: Message


class FactError(ValueError):
    """A line is no change of a body, or does not fit the register."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(th=th, en=en)


@functools.cache
def shipped() -> tuple[BodyChange, ...]:
    """Return the changes that the package ships, those with a known day first."""
    text = (resources.files("gazetteer") / "data" / "ledger.csv").read_text(encoding="utf-8")
    return tuple(_change(row) for row in csv.DictReader(text.splitlines()))


def read_facts(rows: Sequence[Sequence[str]]) -> tuple[list[tuple[int, BodyChange]], list[Fault]]:
    """Return the changes of a table with the numbers of their lines, and why other lines are none.

    Args:
        rows: The table; its first row holds headers of `FIELDS` or `THAI_FIELDS`, in any order.
    """
    english = dict(zip(THAI_FIELDS, FIELDS, strict=True))
    header = [english.get(name.strip(), name.strip()) for name in rows[0]]
    lacking = [f"{en} ({th})" for th, en in english.items() if en not in (*header, *_OPTIONAL)]
    if lacking:
        names = ", ".join(lacking)
        return [], [Fault(1, Message(th=f"ไม่พบคอลัมน์ {names}", en=f"columns are missing: {names}"))]
    found, faults = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        cells = dict.fromkeys(FIELDS, "") | dict(zip(header, (cell.strip() for cell in row), strict=False))
        try:
            found.append((number, _dated_change(cells)))
        except FactError as error:
            faults.append(Fault(number, error.message))
    return found, faults


def as_row(change: BodyChange) -> tuple[str, ...]:
    """Return a change as a line of a ledger, in the order of `FIELDS`."""

    def side(body: BodyRef | None, district: str | None) -> tuple[str, ...]:
        return (body.kind.value, body.name, body.code or "", district or "") if body else ("", "", "", "")

    day = change.effective.isoformat() if change.effective else ""
    before, after = side(change.before, change.before_district), side(change.after, change.after_district)
    return (change.change.value, change.province, *before, *after, day, change.source)


def _dated_change(cells: Mapping[str, str]) -> BodyChange:
    if not cells["source"]:
        raise FactError(
            "ไม่ได้ระบุที่มา เช่น เล่มและตอนของราชกิจจานุเบกษา", "no source is named, such as a volume of the Gazette"
        )
    change = _change({**cells, "effective": _day(cells["effective"]).isoformat()})
    needs_before, needs_after = change.change is not BodyChangeKind.NEW, change.change is not BodyChangeKind.ENDED
    for side, body, district, needed in (
        ("เดิม/before", change.before, change.before_district, needs_before),
        ("ใหม่/after", change.after, change.after_district, needs_after),
    ):
        if needed != (body is not None) or needed != bool(district):
            th, en = ("ต้องระบุ", "must be given") if needed else ("ต้องเว้นว่าง", "must be left empty")
            what = change.change.value
            raise FactError(f"{what}: {th}ชื่อและอำเภอ ({side})", f"{what}: name and district ({side}) {en}")
    _agrees(change)
    return change


def _agrees(change: BodyChange) -> None:
    """Raise where the two sides are not what the word for the change says."""
    before, after = change.before, change.after
    if before is None or after is None:
        return
    same_kind, same_name = before.kind is after.kind, before.name == after.name
    same_place = change.before_district == change.after_district
    fits = {
        BodyChangeKind.UPGRADED: not same_kind and same_place,
        BodyChangeKind.RENAMED: same_kind and not same_name and same_place,
        BodyChangeKind.MOVED: same_kind and same_name and not same_place,
        BodyChangeKind.MERGED: not (same_kind and same_name and same_place),
    }
    if not fits.get(change.change, False):
        what = change.change.value
        raise FactError(
            f"{what}: ชื่อ ประเภท หรืออำเภอเดิมกับใหม่ไม่ตรงกับการเปลี่ยนแปลงนี้",
            f"{what}: kind, name and district before and after do not differ as they do in such a change",
        )


def _change(cells: Mapping[str, str]) -> BodyChange:
    change = CHANGES.get(cells["change"])
    if change is None:
        known = ", ".join(CHANGES)
        raise FactError(
            f"ไม่รู้จักการเปลี่ยนแปลง “{cells['change']}” ({known})", f"no such change: {cells['change']} ({known})"
        )
    return BodyChange(
        change=change,
        province=cells["province"],
        before=_body(cells, "before"),
        after=_body(cells, "after"),
        before_district=cells["before_district"] or None,
        after_district=cells["after_district"] or None,
        effective=dt.date.fromisoformat(cells["effective"]) if cells["effective"] else None,
        source=cells["source"],
    )


def _body(cells: Mapping[str, str], side: str) -> BodyRef | None:
    label, code = cells[f"{side}_kind"] + cells[f"{side}_name"], cells[f"{side}_code"]
    if not label:
        return None
    kind, name = split_kind(label)
    if kind is None or kind is BodyKind.SPECIAL or not name or split_kind(name)[0] is not None:
        raise FactError(f"ชื่อหรือประเภทของ อปท. ไม่ถูกต้อง: {label}", f"no kind and name of a body: {label}")
    if code and not code.startswith("x:") and not (code.isascii() and code.isdigit() and len(code) == _CODE_DIGITS):
        raise FactError(f"รหัส อปท. ต้องเป็นเลข ๗ หลัก: {code}", f"the key of a body has seven digits: {code}")
    return BodyRef(kind=kind, name=name, code=code or None)


def _day(text: str) -> dt.date:
    try:
        day: dt.date | None = dt.date.fromisoformat(text)
    except ValueError:
        read = parse_date(text)
        day = read.date if read is not None else None
    if day is not None and day.year >= _BUDDHIST_YEARS:
        try:
            day = day.replace(year=day.year - BUDDHIST_OFFSET)
        except ValueError:  # 29 February of a year that has none
            day = None
    if day is None or day > dt.datetime.now().astimezone().date():
        raise FactError(f"วันที่มีผลอ่านไม่ได้หรือยังมาไม่ถึง: {text}", f"the day is unreadable or still to come: {text}")
    return day
