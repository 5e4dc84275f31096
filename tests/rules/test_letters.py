"""Rules of letters: their form, dates and offices, with one thing put wrong."""

import datetime as dt
from typing import Any

import pytest

from models.field import Field
from models.finding import Outcome
from models.letter import LetterKind
from tests.rules import builders as b
from tests.rules.judging import COULD_NOT_RUN, NOT_APPLICABLE, PASSED, VIOLATED, finding, outcome

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


@pytest.mark.parametrize("read", ["0 – 4400 - 0000", "044-000000", "๐-๔๔๐๐-๐๐๐๐"])
def test_a_number_in_another_form_is_given_in_the_official_one(read: str) -> None:
    assert finding("L07", b.case((b.cover(contacts=(b.contact("phone", read),)),))).suggestion == "๐ ๔๔๐๐ ๐๐๐๐"


def test_a_stamp_without_anything_is_told_of_once() -> None:
    stamp = b.receipt(None, number=b.text(None), time=Field[dt.time]())
    assert len(finding("D10", b.case((b.cover(receipt=stamp),))).evidence) == 3


def test_a_point_that_was_lost_between_digits_is_suggested() -> None:
    assert finding("N04", b.case((of_office("อต ๐๐๓๗๖/๘๔๗"),))).suggestion == "๐๐๓๗.๖"


@pytest.mark.parametrize(("as_of", "expected"), [("2021-03-30", PASSED), ("2021-03-29", VIOLATED)])
def test_data_is_fresh_to_the_day_that_the_setting_says(as_of: str, expected: Outcome) -> None:
    assert outcome("D07", b.case((b.cover(),), (b.annex(as_of=b.day(as_of)),))) is expected
