"""A comparison with a change of every kind, and the report of it."""

import pytest

from models.annex import BodyKind
from models.change import ChangeKind, Comparison
from reports.change_report import build
from tests.reports.builders import EVIL, FIRST, SECOND, TODAY, C, N, P, change, row, snapshot


@pytest.fixture
def comparison():
    before = [
        row(1, "ริม", N, remark="ยังไม่บันทึกข้อมูล"),
        row(2, "ผาตอ", C),
        row(3, "จอมพระ", P, remark="แค่ปี ๒๕๖๒"),
        row(4, "เก่า", P),
        row(5, "กลางเวียง", P, district="เวียงสา"),
        row(6, "หายไป", N, district="เวียงสา"),
    ]
    after = [
        row(1, "ริม", C),
        row(2, "ผาตอ", N, remark=EVIL),
        row(3, "จอมพระ", P, remark="แค่ปี ๒๕๖๒-๒๕๖๓", raw="อบต.จอมพร", review=("register.near",)),
        row(4, "ใหม่", P),
        row(5, "กลางเวียง", None, district="เวียงสา"),
        row(6, "เพิ่มมา", N, district="เวียงสา", kind=BodyKind.TOWN),
    ]
    changes = (
        change(ChangeKind.STATUS, before[0], after[0], better=True),
        change(ChangeKind.STATUS, before[1], after[1], better=False),
        change(ChangeKind.REMARK, before[2], after[2], better=True, review=("register.near",)),
        change(ChangeKind.RENAMED, before[3], after[3], review=("match.uncertain",)),
        change(ChangeKind.STATUS, before[4], after[4], review=("status.unread",)),
        change(ChangeKind.ADDED, None, after[5]),
        change(ChangeKind.REMOVED, before[5], None),
    )
    return Comparison(
        before=snapshot(FIRST, before), after=snapshot(SECOND, after), changes=changes, warnings=("ฝ่าฝืน O02",)
    )


@pytest.fixture
def report(comparison):
    return build(comparison, TODAY, "สำนักงานท้องถิ่น")
