"""Rules of rows: bodies, districts, remarks and membership, with one thing put wrong."""

import datetime as dt
from typing import Any

import pytest

from core.rule_settings import RuleSettings
from models.annex import BodyKind, BodyRef
from models.field import Field
from models.finding import Outcome
from tests.rules import builders as b
from tests.rules.judging import COULD_NOT_RUN, NOT_APPLICABLE, PASSED, VIOLATED, finding, of, outcome


def other_kind(name: str, kind: BodyKind = BodyKind.SUBDISTRICT_MUNICIPALITY, code: str = "x:1") -> Any:
    return Field[BodyRef](value=BodyRef(kind=kind, name=name, code=code), raw=f"{kind.value}{name}")


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("T10", {"rows": b.rows(b.row(2, "ผาเลือด", body=other_kind("ผาเลือด")))}, VIOLATED),
        ("T10", {"rows": b.rows(b.row(2, "ผาเลือด", body=Field()))}, COULD_NOT_RUN),
        ("T10", {"rows": b.rows()[:3]}, NOT_APPLICABLE),
        ("T10", {"rows": b.rows()[:4]}, VIOLATED),
        ("T10", {"province": b.text(None)}, COULD_NOT_RUN),
        ("M05", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text("ยังไม่บันทืกข้อมูล")))}, VIOLATED),
        ("M05", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text("ยังไม่บันทึกข้อมล")))}, VIOLATED),
        ("M05", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text("น้ำท่วม")))}, COULD_NOT_RUN),
        ("M05", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text("-")))}, PASSED),
        (
            "M05",
            {"rows": b.rows(b.row(4, "นางพญา", remark=b.text("บันทึกข้อมูลไม่ครบถ้วน (บันทึกข้อมูลแค่ปี ๒๕๖๒-๒๕๖๓)")))},
            PASSED,
        ),
        ("M05", {"columns": b.COLUMNS[:5]}, NOT_APPLICABLE),
        ("M06", {"rows": b.rows(b.row(4, "นางพญา", remark_years=(2564,)))}, VIOLATED),
        ("M06", {"rows": b.rows(b.row(4, "นางพญา", remark_years=(2530,)))}, PASSED),  # ก่อนปี ๒๕๓๘
        ("M06", {"rows": b.rows(b.row(4, "นางพญา", remark_years=(2564,))), "notes": ()}, NOT_APPLICABLE),
        (
            "M06",
            {
                "rows": b.rows(b.row(4, "นางพญา", remark_years=(2530,))),
                "notes": (b.text("ตั้งแต่ปี พ.ศ. ๒๕๓๘-๒๕๖๓"),),
            },
            VIOLATED,
        ),
        ("O06", {"rows": b.rows(b.row(3, "หาดล้า", district=b.text("ทองแสนขัน")))}, VIOLATED),
        ("O06", {"rows": b.rows(b.row(3, "หาดล้า", district=b.text(None)))}, COULD_NOT_RUN),
        ("O06", {"province": b.text(None)}, COULD_NOT_RUN),
        ("O07", {"rows": b.rows(b.row(3, "เชียงยืน", body=b.body("อบต.เชียงยืน", "x", None)))}, VIOLATED),
        ("O07", {"rows": b.rows(b.row(3, "หาดล้า", body=b.body("อบต.หาคล้า", "หาดล้า", "6530303")))}, PASSED),
        ("O07", {"province": b.text("ไม่มีจังหวัดนี้")}, COULD_NOT_RUN),
        ("O08", {"rows": b.rows(b.row(3, "หาดล้า", body=b.body("อบด.หาดล้า", "หาดล้า", "6530303")))}, VIOLATED),
        ("O08", {"rows": b.rows(b.row(3, "หาดล้า", body=b.body("องค์การบริหารส่วนตำบลหาดล้า", "หาดล้า", "x")))}, PASSED),
        ("O08", {"rows": b.rows(b.row(3, "หาดล้า", body=Field(raw="หาดล้า")))}, COULD_NOT_RUN),
        ("O08", {"rows": b.rows(b.row(3, "หาดล้า", body=b.body("หาดล้า", "หาดล้า", "6530303")))}, PASSED),
        ("O09", {"rows": b.rows(b.row(3, "หาดล้า", district=b.text("ทองแสนขัน")))}, VIOLATED),
        ("O09", {"rows": b.rows(b.row(5, "ท่าแฝก", district=b.text("ทองแสนขัน")))}, PASSED),
        ("O09", {"rows": b.rows(b.row(3, "หาดล้า", body=other_kind("หาดล้า")))}, VIOLATED),
        ("O09", {"columns": b.COLUMNS[2:]}, NOT_APPLICABLE),
        ("O10", {"rows": b.rows(b.row(2, "ผาเลือด", body=other_kind("น้ำหมัน")))}, PASSED),
        ("O10", {"rows": b.rows(b.row(2, "ผาเลือด", body=other_kind("น้ำหมัน", code="6530301")))}, VIOLATED),
        ("O10", {}, NOT_APPLICABLE),
    ],
)
def test_rows_of_an_annex(rule: str, changes: dict[str, Any], expected: Outcome) -> None:
    assert outcome(rule, of(**changes)) is expected


def test_a_wrong_abbreviation_is_suggested_by_the_body_it_was_taken_for() -> None:
    rows = b.rows(b.row(3, "หาดล้า", body=b.body("อบด.หาดล้า", "หาดล้า", "6530303")))
    assert finding("O08", of(rows=rows)).suggestion == "อบต."


def test_a_remark_of_the_offices_own_code_book_is_known() -> None:
    rows = b.rows(b.row(4, "นางพญา", done=False, remark=b.text("น้ำท่วมปี ๒๕๖๓")))
    own = RuleSettings(remark_codes=("น้ำท่วมปี #",))
    assert outcome("M05", b.case(annexes=(b.annex(rows=rows),), settings=own)) is PASSED


def test_membership_is_that_of_the_day() -> None:
    """A body that moved is in its old district before the day, and in its new one from then on."""
    moved = b.REGISTER.bodies[0]
    day = dt.date(2021, 1, 1)
    old = moved.model_copy(update={"district": "ทองแสนขัน", "valid_to": day - dt.timedelta(days=1)})
    new = moved.model_copy(update={"valid_from": day})
    register = type(b.REGISTER)((old, new, *b.REGISTER.bodies[1:]), b.REGISTER.districts, {}, "test")
    for as_of, expected in (("2020-12-31", VIOLATED), ("2021-01-01", PASSED)):
        assert outcome("O06", b.case(annexes=(b.annex(as_of=b.day(as_of)),), register=register)) is expected
