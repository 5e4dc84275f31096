"""An annex against the round before it."""

import datetime as dt
from typing import Any

import pytest

from models.annex import BodyKind, BodyRef, Status
from models.change import Succession
from models.field import Field
from models.finding import Outcome
from rules.engine.declaration import Case
from tests.rules import builders as b
from tests.rules.judging import COULD_NOT_RUN, NOT_APPLICABLE, PASSED, VIOLATED, finding, outcome


def rounds(earlier: Any, successions: tuple[Succession, ...] = (), **changes: Any) -> Case:
    return b.case(annexes=(b.annex(**changes),), earlier={0: earlier}, successions=successions)


RAISED = BodyRef(kind=BodyKind.SUBDISTRICT_MUNICIPALITY, name="ผาเลือด", code="5530302")

BEFORE = BodyRef(kind=BodyKind.SAO, name="ผาเลือด", code="6530302")

UPGRADED = b.rows(b.row(2, "ผาเลือด", body=Field[BodyRef](value=RAISED, raw="ทต.ผาเลือด")))


@pytest.mark.parametrize(
    ("rule", "case", "expected"),
    [
        ("X01", rounds(b.snapshot()), PASSED),
        ("X01", rounds(b.snapshot(), rows=b.rows()[:4]), VIOLATED),
        ("X01", rounds(b.snapshot(rows=b.snapshot().rows[:4])), VIOLATED),
        ("X01", rounds(b.snapshot(), rows=UPGRADED), VIOLATED),
        ("X01", rounds(b.snapshot(), (Succession(before=BEFORE, after=RAISED),), rows=UPGRADED), PASSED),
        ("X01", rounds(b.snapshot(), rows=b.rows(b.row(2, "ผาเลือด", body=Field()))), COULD_NOT_RUN),
        ("X02", rounds(b.snapshot(done=2)), PASSED),
        ("X02", rounds(b.snapshot(done=3)), VIOLATED),
        ("X02", rounds(b.snapshot(done=0)), NOT_APPLICABLE),
        ("X02", rounds(b.snapshot(done=1), rows=b.rows(b.row(1, "น้ำหมัน", status=Field[Status]()))), NOT_APPLICABLE),
        ("X03", rounds(b.snapshot(as_of=dt.date(2021, 4, 15))), PASSED),
        ("X03", rounds(b.snapshot(as_of=dt.date(2021, 4, 16))), VIOLATED),
        ("X03", rounds(b.snapshot(as_of=None)), COULD_NOT_RUN),
        ("X04", rounds(b.snapshot()), PASSED),
        ("X04", rounds(b.snapshot(totals={"c4": 0, "c5": 4})), VIOLATED),
        ("X04", rounds(b.snapshot(), totals=(b.total("c4", 3),)), VIOLATED),
        ("X04", rounds(b.snapshot(totals={"c4": None})), COULD_NOT_RUN),
        ("X04", rounds(b.snapshot(), totals=()), NOT_APPLICABLE),
    ],
)
def test_rounds(rule: str, case: Case, expected: Outcome) -> None:
    assert outcome(rule, case) is expected


def test_a_body_that_was_perhaps_raised_is_said_to_be() -> None:
    message = finding("X01", rounds(b.snapshot(), rows=UPGRADED)).message
    assert "อบต.ผาเลือด" in message.th
    assert "ทต.ผาเลือด" in message.th
    assert "ยกฐานะ" in message.th
