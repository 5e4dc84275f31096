"""Rounds of a small annex, for the tests of comparing them."""

import datetime as dt

from models.annex import BodyKind, BodyRef, Status
from models.snapshot import Place, Snapshot, SnapshotRow

FIRST, SECOND = dt.date(2021, 4, 16), dt.date(2021, 5, 7)

TITLE = "สถานะการบันทึกข้อมูลความตกลงความร่วมมือระหว่างประเทศ จังหวัดน่าน"

DISTRICTS = ("เมืองน่าน", "ปัว", "เวียงสา", "ท่าวังผา")

NAMES = ("กลางเวียง", "ริม", "ดู่ใต้", "ศรีภูมิ", "ผาตอ", "ยม", "จอมพระ", "แสนทอง", "ป่าคา", "ตาลชุม", "นาปัง", "ไชยสถาน")


def row(name, district="ปัว", kind=BodyKind.SAO, status=Status.COMPLETE, **more):
    code = more.pop("code", None)
    body = None if name is None else BodyRef(kind=kind, name=name, code=code)
    label = more.pop("label", body.label if body else "")
    fields = {"sequence": None, "remark": "", "place": Place(document="d", raw=label), **more}
    return SnapshotRow(district=district, body=body, label=label, status=status, **fields)


def snapshot(*rows, as_of=FIRST, **more):
    fields = {"key": "k", "series": "s", "title": TITLE, "province": "น่าน", "document": f"doc {as_of}", "annex": 0}
    return Snapshot(**{**fields, **more}, as_of=as_of, rows=tuple(rows))


def later(*rows, **more):
    return snapshot(*rows, as_of=SECOND, **more)


def kinds(comparison):
    return [(change.kind.value, change.body) for change in comparison.changes]
