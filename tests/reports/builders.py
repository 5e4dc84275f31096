"""Rounds and changes of a small annex, for the tests of reports."""

import datetime as dt

from models.annex import BodyKind, BodyRef, Status
from models.change import Change
from models.snapshot import Place, Snapshot, SnapshotRow

FIRST, SECOND, TODAY = dt.date(2021, 4, 16), dt.date(2021, 4, 29), dt.date(2021, 4, 30)

DEADLINE = dt.date(2021, 5, 7)

SECTIONS = (
    "๑ สรุป",
    "๒ เรียบร้อยเพิ่ม",
    "๓ ถอยหลัง",
    "๔ หมายเหตุเปลี่ยน",
    "๕ เพิ่ม/หาย/เปลี่ยนชื่อ/ยกฐานะ",
    "๖ รายอำเภอ",
    "๗ ตามประเภท อปท.",
    "๘ บัญชีติดตาม",
    "๙ ผลตรวจสอบและข้อจำกัด",
)
C, P, N = Status.COMPLETE, Status.INCOMPLETE, Status.NOT_STARTED

EVIL = "<script>alert(1)</script>|=1+1"


def row(number, name, status, district="ปัว", kind=BodyKind.SAO, raw=None, **more):
    body = BodyRef(kind=kind, name=name)
    place = Place(document="ab" * 32, page=2, raw=raw if raw is not None else body.label)
    fields = {"sequence": number, "remark": "", "place": place, **more}
    return SnapshotRow(district=district, body=body, label=body.label, status=status, **fields)


def snapshot(as_of, rows, **more):
    fields = {"key": str(as_of), "series": "s", "title": "การบันทึกข้อมูล", "province": "น่าน", "document": "ab" * 32}
    return Snapshot(**{**fields, "annex": 0, "deadline": DEADLINE, **more}, as_of=as_of, rows=tuple(rows))


def change(kind, before, after, better=None, review=()):
    known = after or before
    return Change(
        kind=kind, body=known.label, district=known.district, before=before, after=after, better=better, review=review
    )
