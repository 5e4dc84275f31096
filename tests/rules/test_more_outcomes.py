"""Rules of totals within tables, amounts, counts, remarks, membership, series and rounds, with one thing put wrong."""

import datetime as dt
from typing import Any

import pytest

from core.rule_settings import RuleSettings
from models.annex import BodyKind, BodyRef, Status, SubtotalKind
from models.change import Succession
from models.field import Box, Field, Source
from models.finding import Finding, Outcome
from models.letter import LetterKind
from rules.base import Case
from rules.run import ALL, judge
from tests.rules import builders as b

VIOLATED, COULD_NOT_RUN, PASSED, NOT_APPLICABLE = (
    Outcome.VIOLATED,
    Outcome.COULD_NOT_RUN,
    Outcome.PASSED,
    Outcome.NOT_APPLICABLE,
)
DISTRICT, PAGE = SubtotalKind.DISTRICT, SubtotalKind.PAGE
CARRIED, BROUGHT = SubtotalKind.CARRIED_FORWARD, SubtotalKind.BROUGHT_FORWARD


def outcome(rule: str, case: Case) -> Outcome:
    return judge(ALL[rule], case).outcome


def finding(rule: str, case: Case) -> Finding:
    [found] = judge(ALL[rule], case).findings
    return found


def of(**changes: Any) -> Case:
    return b.case(annexes=(b.annex(**changes),))


def with_subtotals(*found: tuple[SubtotalKind, str, int | None, int], **changes: Any) -> Case:
    return of(subtotals=tuple(b.subtotal(*each) for each in found), **changes)


def unread_mark() -> Any:
    return b.rows(b.row(1, "น้ำหมัน", cells=b.cells(None, "")))


@pytest.mark.parametrize(
    ("rule", "case", "expected"),
    [
        ("T04", with_subtotals((DISTRICT, "c4", 2, 5)), PASSED),
        ("T04", with_subtotals((DISTRICT, "c4", 3, 5)), VIOLATED),
        ("T04", with_subtotals((DISTRICT, "c4", 2, 2), (DISTRICT, "c4", 0, 5)), PASSED),
        ("T04", with_subtotals((DISTRICT, "c4", 2, 2), (DISTRICT, "c4", 2, 5)), VIOLATED),
        ("T04", with_subtotals((DISTRICT, "c3", 5, 5)), PASSED),  # under the names it is the number of rows
        ("T04", with_subtotals((DISTRICT, "c3", 4, 5)), VIOLATED),
        ("T04", with_subtotals((DISTRICT, "c4", None, 5)), COULD_NOT_RUN),
        ("T04", with_subtotals((DISTRICT, "c4", 2, 5), rows=unread_mark()), COULD_NOT_RUN),
        ("T04", with_subtotals((DISTRICT, "c4", 3, 5), rows=unread_mark()), VIOLATED),
        ("T04", with_subtotals((PAGE, "c4", 3, 5)), NOT_APPLICABLE),
        ("T05", with_subtotals((CARRIED, "c4", 2, 3), (BROUGHT, "c4", 2, 3)), PASSED),
        ("T05", with_subtotals((CARRIED, "c4", 2, 3), (BROUGHT, "c4", 1, 3)), VIOLATED),
        ("T05", with_subtotals((PAGE, "c4", 1, 1), (PAGE, "c4", 1, 5)), PASSED),
        ("T05", with_subtotals((PAGE, "c4", 1, 1), (PAGE, "c4", 2, 5)), VIOLATED),
        ("T05", with_subtotals((PAGE, "c4", None, 1)), COULD_NOT_RUN),
        ("T06", of(), PASSED),
        ("T06", of(totals=(b.total("c4", 3),)), VIOLATED),
        ("T06", of(totals=(b.total("c4", None),)), COULD_NOT_RUN),
        ("T06", of(totals=()), NOT_APPLICABLE),
        ("T06", of(rows=b.rows(b.row(1, "น้ำหมัน", district=b.text(None)))), COULD_NOT_RUN),
        ("T06", with_subtotals((DISTRICT, "c4", 1, 2), (DISTRICT, "c4", 1, 5)), PASSED),
        ("T06", with_subtotals((DISTRICT, "c4", 1, 2), (DISTRICT, "c4", 2, 5)), VIOLATED),
        ("T06", with_subtotals((DISTRICT, "c4", 1, 2), (DISTRICT, "c4", None, 5)), COULD_NOT_RUN),
    ],
)
def test_totals_within_a_table(rule: str, case: Case, expected: Outcome) -> None:
    assert outcome(rule, case) is expected


@pytest.mark.parametrize(("printed", "expected"), [(4, PASSED), (5, VIOLATED), (None, COULD_NOT_RUN)])
def test_provinces_add_up_to_the_country(printed: int | None, expected: Outcome) -> None:
    country = b.annex(province=b.text(None), totals=(b.total("c4", printed),), columns=b.COLUMNS)
    provinces = [b.annex(province=b.text(name), totals=(b.total("c4", 2),)) for name in ("อุตรดิตถ์", "อุดรธานี")]
    country = country.model_copy(update={"rows": b.rows()[:0]})
    case = b.case(annexes=(*provinces, country))
    found = [o for o in ALL["T06"].check(case) if any("annexes[2]" in place for place in o.evidence)]
    assert found[-1].outcome is expected


ROWS = (("1", "4", "25.0", "1,000.00"), ("3", "4", "75.0", "200.00"), ("1", "3", "33.3", "34.50"))


def money(at: int, column: int, value: str, **changes: Any) -> Case:
    lines = [list(line) for line in ROWS]
    lines[at][column] = value
    return b.case(annexes=(b.money(*map(tuple, lines), **changes),), page=b.MONEY_WORDS)


@pytest.mark.parametrize(
    ("rule", "case", "expected"),
    [
        ("T07", money(0, 2, "25.0"), PASSED),
        ("T07", money(0, 2, "๒๕.๐๐"), PASSED),
        ("T07", money(2, 2, "33.4"), PASSED),  # rounded up: one unit of the last digit is let through
        ("T07", money(0, 2, "186.12"), VIOLATED),
        ("T08", money(0, 3, "1,000.00"), PASSED),
        ("T08", money(0, 3, "1,000.50"), VIOLATED),
        ("T08", money(0, 3, "x"), COULD_NOT_RUN),
        ("T08", money(0, 3, "1,000.00", totals=(b.total_of("c7", "๑,๒๔๓.๕๐"),)), VIOLATED),
        ("T08", money(0, 3, "1,000.00", totals=()), NOT_APPLICABLE),
        ("T02", money(0, 0, "2"), VIOLATED),
    ],
)
def test_amounts_and_percentages(rule: str, case: Case, expected: Outcome) -> None:
    assert outcome(rule, case) is expected


def test_a_percentage_is_recomputed_where_most_rows_tell_of_what() -> None:
    bodies = [("1", "4", "25.0", "0")] * 3
    case = b.case(annexes=(b.money(*bodies),))
    rows = case.document.annexes[0].rows
    more = tuple(row.model_copy(update={"sequence": Field[int](value=n)}) for n, row in enumerate(rows * 2, start=1))
    wrong = more[0].cells | {"c6": Field[Any](value="52.0", raw="52.0")}
    annex = case.document.annexes[0].model_copy(
        update={"rows": (more[0].model_copy(update={"cells": wrong}), *more[1:])}
    )
    found = finding("T07", b.case(annexes=(annex,)))
    assert found.suggestion == "๒๕"
    assert found.evidence[0] == "annexes[0].rows[0].cells.c6"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("จำนวน ๑,๒๓๔.๕๐ บาท (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)", PASSED),
        ("จำนวน 1,234.50 บาท (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)", PASSED),
        ("จำนวน ๑,๒๔๓.๕๐ บาท (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)", VIOLATED),
        ("จำนวน ๒๐๐ บาท (สองร้อยสองร้อยบาทถ้วน)", COULD_NOT_RUN),
        ("จำนวน ๒๐๐ บาท", NOT_APPLICABLE),
    ],
)
def test_an_amount_in_a_letter_agrees_with_its_words(body: str, expected: Outcome) -> None:
    assert outcome("T08", b.case((b.cover(body=b.text(body)),))) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("มีองค์กรปกครองส่วนท้องถิ่นทั้งหมด ๕ แห่ง", PASSED),
        ("มีองค์กรปกครองส่วนท้องถิ่นทั้งหมด ๔ แห่ง", VIOLATED),
        ("บันทึกเรียบร้อยแล้ว ๒ แห่ง ยังไม่บันทึก ๓ แห่ง", PASSED),
        ("บันทึกเรียบร้อยแล้ว ๓ แห่ง", VIOLATED),
        ("ยังไม่บันทึกข้อมูล จำนวน ๒ แห่ง", VIOLATED),
        ("แจ้งให้ ๓ แห่งทราบ", PASSED),
        ("แจ้งให้ ๔ แห่งทราบ", VIOLATED),
        ("ติดต่อได้ทุกแห่ง", NOT_APPLICABLE),
    ],
)
def test_a_number_of_bodies_in_a_letter(body: str, expected: Outcome) -> None:
    assert outcome("T09", b.case((b.cover(body=b.text(body)),), (b.annex(),))) is expected


def test_a_number_of_bodies_names_the_one_of_the_table() -> None:
    case = b.case((b.cover(body=b.text("มีทั้งสิ้น ๑๕ แห่ง")),), (b.annex(totals=()),))
    assert finding("T09", case).suggestion == "๕"


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


@pytest.mark.parametrize("read", ["0 – 4400 - 0000", "044-000000", "๐-๔๔๐๐-๐๐๐๐"])
def test_a_number_in_another_form_is_given_in_the_official_one(read: str) -> None:
    assert finding("L07", b.case((b.cover(contacts=(b.contact("phone", read),)),))).suggestion == "๐ ๔๔๐๐ ๐๐๐๐"


def test_a_stamp_without_anything_is_told_of_once() -> None:
    stamp = b.receipt(None, number=b.text(None), time=Field[dt.time]())
    assert len(finding("D10", b.case((b.cover(receipt=stamp),))).evidence) == 3


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


EXTERNAL = b.cover()


def of_office(number: str, iso: str = "2021-04-29", **changes: Any) -> Any:
    return b.cover(number=b.number(number), date=b.day(iso), **changes)


@pytest.mark.parametrize(
    ("rule", "letters", "expected"),
    [
        ("D10", (b.cover(receipt=b.receipt("2021-04-30", time=Field[dt.time]())),), VIOLATED),
        ("D10", (b.cover(receipt=b.receipt("2021-04-30", number=b.text(""))),), VIOLATED),
        ("D10", (b.cover(receipt=b.receipt("2021-04-30")),), PASSED),
        ("D10", (EXTERNAL,), NOT_APPLICABLE),
        ("D11", (b.cover(), b.circular(deadlines=(b.deadline("2021-05-06"),))), VIOLATED),
        ("D11", (b.cover(), b.circular(deadlines=(b.deadline("2021-05-09"),))), COULD_NOT_RUN),
        ("D11", (b.cover(), b.circular(deadlines=())), NOT_APPLICABLE),
        ("D11", (b.cover(), b.circular(deadlines=(b.deadline("2021-03-31", past=True),))), NOT_APPLICABLE),
        ("D12", (b.cover(deadlines=(b.deadline("2021-04-30", past=True),)),), VIOLATED),
        ("D12", (b.cover(deadlines=(b.deadline("2021-04-28", past=True),)),), PASSED),
        ("D12", (b.cover(date=b.day(None), deadlines=(b.deadline("2021-03-31", past=True),)),), COULD_NOT_RUN),
        ("D12", (b.cover(deadlines=()),), NOT_APPLICABLE),
        ("N04", (b.circular(contacts=(b.contact("line", "Dla0811.2"),)),), VIOLATED),
        ("N04", (b.circular(contacts=(b.contact("email", "dla0810@dla.example"),)),), PASSED),
        ("N04", (b.cover(unit=b.text("ที่ทำการปกครองจังหวัด")),), VIOLATED),
        ("N04", (b.cover(unit=b.text("ที่ทำการปกครองจังหวัด"), date=b.day("2010-11-12")),), NOT_APPLICABLE),
        ("N04", (b.circular(contacts=()),), NOT_APPLICABLE),
        ("N04", (of_office("อต ๐๐๓๗.๖/๘๔๗", "2010-11-12"),), PASSED),
        ("N04", (of_office("อต ๐๐๓๗.๖/๘๔๗", "2010-11-12", unit=b.text("ที่ทำการปกครองอำเภอ")),), VIOLATED),
        ("N04", (of_office("อต ๐๐๓๗.๖/๘๔๗", "2021-11-12"),), NOT_APPLICABLE),
        ("N04", (of_office("อต ๐๑๑๗/๘๓๗", issuer=b.text("ที่ว่าการอำเภอท่าปลา")),), PASSED),
        ("N04", (of_office("อต ๐๑๑๗/๘๓๗"),), VIOLATED),
        ("N04", (of_office("อต ๐๑๑๗/๘๓๗", issuer=b.text("สำนักงานตัวอย่าง")),), NOT_APPLICABLE),
        ("N04", (of_office("อต ๙๒๗๐๑/๕๖", issuer=b.text("ที่ทำการองค์การบริหารส่วนตำบลผาเลือด")),), PASSED),
        ("N04", (of_office("อต ๙๒๗๐๑/๕๖"),), VIOLATED),
        ("N04", (of_office("มท ๙๒๗๐๑/๕๖"),), NOT_APPLICABLE),
        ("N11", (b.cover(references=(b.reference("อต ๐๐๒๓.๓/ว ๑", None),)),), VIOLATED),
        ("N11", (b.cover(references=(b.reference("", "2021-01-01"),)),), VIOLATED),
        ("N11", (b.cover(references=(b.reference("", None, "พระราชบัญญัติเทศบาล"),)),), NOT_APPLICABLE),
        ("L02", (b.cover(closing=b.text("ขอแสดงความนับถืออย่างยิ่ง")),), VIOLATED),
        ("L02", (b.cover(salutation=b.text("กราบเรียน"), closing=b.text("ขอแสดงความนับถืออย่างยิ่ง")),), PASSED),
        ("L02", (b.cover(kind=LetterKind.INTERNAL_MEMO, closing=b.text(None)),), NOT_APPLICABLE),
        ("L03", (b.cover(signer=b.signer(principal=b.text(None))),), VIOLATED),
        ("L03", (b.cover(signer=b.signer(authority=b.text(""), principal=b.text(""))),), NOT_APPLICABLE),
        ("L03", (b.cover(signer=None),), NOT_APPLICABLE),
        ("L04", (b.cover(signer=b.signer(name=b.text("นายสม. ตัวอย่าง"))),), VIOLATED),
        ("L04", (b.cover(signer=b.signer(name=b.text("นายสมมุติ ตัวอย่าง๗"))),), VIOLATED),
        ("L04", (b.cover(signer=b.signer(name=b.text("นายสมมุติ"))),), VIOLATED),
        ("L04", (b.cover(signer=b.signer(name=b.text("พ.ต.อ. สมมุติ ตัวอย่าง"))),), PASSED),
        ("L04", (b.cover(signer=b.signer(name=b.text("ว่าที่ร้อยตรี สมมุติ ณ ตัวอย่าง"))),), PASSED),
        ("L04", (b.cover(signer=b.signer(name=b.text("พระครูสมมุติ"))),), NOT_APPLICABLE),
        ("L04", (b.cover(signer=b.signer(name=b.text(None, review=("missing",)))),), COULD_NOT_RUN),
        ("L05", (b.cover(receipt=b.receipt("2021-04-30", office=b.text("สำนักงานจังหวัดอุดรดิตถ์"))),), VIOLATED),
        ("L05", (b.cover(issuer=b.text("กรมส่งเสริมการปกครองท้องถีน")),), VIOLATED),
        ("L05", (b.cover(issuer=b.text("สำนักงานจังหวัดที่เกี่ยวข้อง"), signer=None, references=()),), PASSED),
        ("L06", (b.cover(address=b.text("ถนนประชานิมิตร อต ๔๑๐๐๐")),), VIOLATED),
        ("L06", (b.cover(address=b.text("จังหวัดอุตรดิตถ์ 53000")),), PASSED),
        ("L06", (b.cover(address=b.text("เขตศูนย์ กทม. ๑๐๓๐๐")),), VIOLATED),
        ("L06", (b.cover(address=b.text("เขตจตุจักร กทม. ๑๐๓๐๐")),), VIOLATED),
        ("L06", (b.cover(address=b.text("เขตดุสิต กทม. ๑๐๓๐๐")),), PASSED),
        ("L06", (b.cover(address=b.text("ถนนประชานิมิตร")),), NOT_APPLICABLE),
        ("L07", (b.cover(contacts=(b.contact("phone", "๐-๕๕๐๐-๐๐๐๐"),)),), VIOLATED),
        ("L07", (b.cover(contacts=(b.contact("phone", "๐ ๕๕๐๐ ๐๐๐"),)),), VIOLATED),
        ("L07", (b.cover(contacts=(b.contact("fax", "๐ ๒๐๐๐ ๐๐๐๑"),)),), PASSED),
        ("L07", (b.cover(contacts=()),), NOT_APPLICABLE),
        ("L07", (b.cover(contacts=(b.contact("phone", "๐ ๒๐๐๐ ๐๐๐๑-๖๐ ต่อ ๓"),)),), PASSED),
        ("L07", (b.cover(contacts=(b.contact("phone", "๑๑๑๑"),)),), PASSED),
        ("L07", (b.cover(kind=LetterKind.INTERNAL_MEMO, contacts=(b.contact("phone", "๐๐๐๐๐"),)),), NOT_APPLICABLE),
        ("L07", (b.cover(contacts=(b.contact("phone", "/"),)),), NOT_APPLICABLE),
        ("L08", (b.cover(), b.circular(body=b.text(b.BODY.replace("แล้วเสร็จ", "แล้วเสร็ด")))), VIOLATED),
        ("L08", (b.cover(), b.circular(body=b.text("ข้อความอื่น"))), NOT_APPLICABLE),
        ("L09", (b.cover(qr=()),), VIOLATED),
        ("L09", (b.cover(body=b.text("ทราบ"), qr=()),), NOT_APPLICABLE),
        ("Q04", (b.cover(subject=b.text("ปี ๒๕๖4")),), VIOLATED),
        ("Q03", (b.cover(subject=b.text("ลําดับ")),), VIOLATED),
    ],
)
def test_letters(rule: str, letters: tuple[Any, ...], expected: Outcome) -> None:
    assert outcome(rule, b.case(letters)) is expected


def test_a_point_that_was_lost_between_digits_is_suggested() -> None:
    assert finding("N04", b.case((of_office("อต ๐๐๓๗๖/๘๔๗"),))).suggestion == "๐๐๓๗.๖"


@pytest.mark.parametrize(("as_of", "expected"), [("2021-03-30", PASSED), ("2021-03-29", VIOLATED)])
def test_data_is_fresh_to_the_day_that_the_setting_says(as_of: str, expected: Outcome) -> None:
    assert outcome("D07", b.case((b.cover(),), (b.annex(as_of=b.day(as_of)),))) is expected


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ((), NOT_APPLICABLE),
        ((b.filed("มท 0810.2/ว 75", "2021-01-15"), b.filed("มท 0810.2/ว 1095", "2021-05-28")), VIOLATED),
        ((b.filed("มท 0810.2/ว 400", "2021-04-20"), b.filed("มท 0810.2/ว 600", "2021-05-01")), PASSED),
        ((b.filed("มท 0810.2/ว 900", "2021-03-01"),), VIOLATED),  # higher, and dated well before
        ((b.filed("มท 0810.2/ว 900", "2021-03-01", doubted=("number",)),), NOT_APPLICABLE),  # perhaps misread itself
        ((b.filed("มท 0810.2/ว 900", "2021-04-20"),), PASSED),  # within the slack
        ((b.filed("มท 0810.2/ว 400", "2021-08-01"),), VIOLATED),  # lower, and dated well after
        ((b.filed("มท 0810.3/ว 900", "2021-03-01"),), NOT_APPLICABLE),  # another unit
        ((b.filed("มท 0810.2/900", "2021-03-01"),), NOT_APPLICABLE),  # not circular
        ((b.filed("มท 0810.2/ว 900", "2020-03-01"),), NOT_APPLICABLE),  # another year
    ],
)
def test_a_running_number_beside_those_of_its_series(filed: tuple[Any, ...], expected: Outcome) -> None:
    letter = b.circular(number=b.number("มท ๐๘๑๐.๒/ว ๔๙๙"))
    assert outcome("N09", b.case((letter,), filed=filed)) is expected


def test_of_two_numbers_of_one_letter_the_one_out_of_line_is_told_of() -> None:
    letters = (b.cover(), b.circular(number=b.number("นท ๐๘๑๐.๒/ว ๔๙๙"), date=b.day(None)))
    found = finding("N09", b.case(letters, filed=b.FILED))
    assert found.evidence == ("letters[1].number",)
    assert "๑๑ มีนาคม ๒๕๖๔" in found.message.th


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"date": dt.date(2021, 3, 1)}, VIOLATED),
        ({"date": None}, VIOLATED),
        ({"date": dt.date(2020, 3, 1)}, PASSED),  # each year begins at 1
        ({"date": dt.date(2021, 4, 29), "subject": "การบันทึกข้อมูลปี 2564"}, VIOLATED),  # the same letter once more
        ({"date": dt.date(2021, 4, 29), "subject": "การบันทึกข้อมูลปี 2564", "index": 1}, PASSED),  # as an enclosure
        ({"date": dt.date(2021, 4, 29), "document": "0" * 64}, PASSED),  # this very document
    ],
)
def test_a_number_that_is_filed_already(changes: dict[str, Any], expected: Outcome) -> None:
    known = b.filed("อต 0023.3/ว 177", "2021-03-01", **changes)
    assert outcome("N10", b.case((b.cover(),), filed=(known,))) is expected
    assert outcome("N10", b.case((b.cover(),))) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("box", "confidence", "source", "expected"),
    [
        (Box(0, 0, 1, 1), 0.41, Source.PRINT, VIOLATED),
        (Box(0, 0, 1, 1), 0.99, Source.PRINT, PASSED),
        (Box(0, 0, 1, 1), 0.41, Source.PERSON, NOT_APPLICABLE),
        (None, 0.41, Source.PRINT, NOT_APPLICABLE),
    ],
)
def test_low_confidence(box: Box | None, confidence: float, source: Source, expected: Outcome) -> None:
    number = b.number("อต ๐๐๒๓.๓/ว ๑๗๗", box=box, confidence=confidence, source=source)
    assert outcome("Q05", b.case((b.cover(number=number),))) is expected


def test_cells_of_low_confidence_are_told_of_by_column() -> None:
    unsure = {"c4": Field[Any](value="✓", raw="✓", confidence=0.3, box=Box(0, 0, 1, 1), page=3)}
    rows = b.rows(*(b.row(n, b.NAMES[n - 1], cells=b.cells("", "") | unsure) for n in (2, 3)))
    found = finding("Q05", of(rows=rows))
    assert found.evidence == ("annexes[0].rows[1].cells.c4", "annexes[0].rows[2].cells.c4")
    assert "rows 2–3" in found.message.en


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("จึงเรียนมาเพื่อทราบ\n" * 4, VIOLATED),
        ("จึงเรียนมาเพื่อทราบ\n" * 3, PASSED),
        ("๑\tตรอน\t✓\n" * 9, PASSED),
        ("..........\n" * 9, PASSED),
        ("องค์การ " * 5, VIOLATED),
        ("องค์การ " * 4, PASSED),
        ("", NOT_APPLICABLE),
    ],
)
def test_text_that_repeats_itself(page: str, expected: Outcome) -> None:
    assert outcome("Q06", b.case(page=page)) is expected


def test_rows_of_nothing_and_rows_that_repeat() -> None:
    empty = b.row(None, "น้ำหมัน", body=Field(), cells={"c4": Field[Any](value="", raw="")})
    assert "6" in finding("Q06", of(rows=(*b.rows(), empty))).message.en
    same = tuple(b.row(n, "น้ำหมัน") for n in range(1, 5))
    assert len(finding("Q06", of(rows=same)).evidence) == 4


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
