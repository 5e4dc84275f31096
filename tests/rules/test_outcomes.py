"""Each rule on a document that passes, and on the same document with one thing put wrong or not read."""

from typing import Any

import pytest

from models.annex import ColumnKind, Status
from models.field import Candidate, Field, Repair, Source
from models.finding import Outcome, Verdict
from models.letter import LetterKind
from models.register import Register
from rules.engine.declaration import Case
from rules.runner import ALL, judge
from tests.rules import builders as b

VIOLATED, COULD_NOT_RUN, PASSED, NOT_APPLICABLE = (
    Outcome.VIOLATED,
    Outcome.COULD_NOT_RUN,
    Outcome.PASSED,
    Outcome.NOT_APPLICABLE,
)


def verdict(rule: str, case: Case) -> Verdict:
    return judge(ALL[rule], case)


def of(*annexes: Any, **changes: Any) -> Case:
    """A case of one annex, changed."""
    return b.case(annexes=annexes or (b.annex(**changes),))


def of_letters(*letters: Any) -> Case:
    return b.case(letters)


def repaired(raw: str, name: str, code: str | None, cost: float = 2.0, **more: Any) -> Any:
    return b.body(raw, name, code, repair=Repair(rule="register.assignment", cost=cost), **more)


def without(kind: ColumnKind) -> Any:
    return tuple(column for column in b.COLUMNS if column.kind is not kind)


@pytest.mark.parametrize("rule", list(ALL))
def test_a_document_without_fault_passes(rule: str) -> None:
    found = verdict(rule, b.whole())
    assert (found.outcome, found.findings) == (PASSED, ())
    assert found.passes > 0


@pytest.mark.parametrize("rule", list(ALL))
def test_nothing_applies_to_an_empty_document(rule: str) -> None:
    assert verdict(rule, b.case()).outcome is NOT_APPLICABLE


ANNEXES = [
    ("T01", {"totals": (b.total("c4", 2), b.total("c5", 4))}, VIOLATED),
    ("T01", {"totals": (b.total("c4", 2), b.total("c5", None))}, COULD_NOT_RUN),
    ("T01", {"totals": (b.total("c4", 2),)}, COULD_NOT_RUN),
    ("T01", {"totals": ()}, NOT_APPLICABLE),
    ("T01", {"columns": b.COLUMNS[:4]}, NOT_APPLICABLE),
    ("T02", {"totals": (b.total("c4", 3), b.total("c5", 3))}, VIOLATED),
    ("T02", {"totals": (b.total("c4", None),)}, COULD_NOT_RUN),
    ("T02", {"rows": b.rows(b.row(1, "น้ำหมัน", cells=b.cells(None, "")))}, COULD_NOT_RUN),
    ("T02", {"totals": (b.total("c2", 9),)}, NOT_APPLICABLE),
    ("T03", {"totals": (b.total("c4", 2, under="c3"), b.total("c5", 3))}, VIOLATED),
    ("T03", {"totals": (b.total("c4", 2, under=None),)}, COULD_NOT_RUN),
    ("M01", {"rows": b.rows(b.row(1, "น้ำหมัน", cells=b.cells("✓", "✗")))}, VIOLATED),
    ("M01", {"rows": b.rows(b.row(1, "น้ำหมัน", cells=b.cells("-", "")))}, VIOLATED),
    ("M01", {"rows": b.rows(b.row(1, "น้ำหมัน", cells=b.cells(None, "")))}, COULD_NOT_RUN),
    ("M01", {"shape": "counts"}, NOT_APPLICABLE),
    ("M02", {"rows": b.rows(b.row(5, "ท่าแฝก", done=False, cells=b.cells("", "x")))}, VIOLATED),
    ("M02", {"columns": b.COLUMNS[:3]}, NOT_APPLICABLE),
    ("M03", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text("")))}, VIOLATED),
    ("M03", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text("-")))}, VIOLATED),
    ("M03", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text(None)))}, COULD_NOT_RUN),
    ("M03", {"rows": b.rows(b.row(4, "นางพญา", done=False, remark=b.text("", review=("unreadable",))))}, COULD_NOT_RUN),
    ("M03", {"columns": without(ColumnKind.REMARK)}, NOT_APPLICABLE),
    ("M04", {"rows": b.rows(b.row(1, "น้ำหมัน", remark=b.text("ยังไม่ครบถ้วน")))}, VIOLATED),
    ("M04", {"rows": b.rows(b.row(1, "น้ำหมัน", remark=b.text("-")))}, PASSED),
    ("M04", {"rows": b.rows(b.row(1, "น้ำหมัน", status=Field[Status]()))}, COULD_NOT_RUN),
    ("M04", {"columns": without(ColumnKind.REMARK)}, NOT_APPLICABLE),
    ("M07", {"columns": (b.COLUMNS[0].model_copy(update={"page_headers": ("ลำดับ [*]", "ลำดับ")}),)}, VIOLATED),
    ("M07", {"columns": (b.COLUMNS[0].model_copy(update={"page_headers": ("ลำ ดับ", "ลำดับ")}),)}, PASSED),
    ("M07", {"columns": (b.COLUMNS[0].model_copy(update={"page_headers": ("ลำดับ",)}),)}, NOT_APPLICABLE),
    ("O01", {"rows": b.rows()[:2] + b.rows()[3:]}, VIOLATED),
    ("O01", {"rows": (*b.rows(), b.row(5, "ท่าแฝก"))}, VIOLATED),
    ("O01", {"rows": b.rows()[::-1]}, VIOLATED),
    ("O01", {"rows": (b.row(None, "น้ำหมัน"), *b.rows()[1:])}, VIOLATED),
    ("O01", {"rows": (*b.rows(), b.row(1, "ท่าแฝก", district=b.text("น้ำปาด")))}, PASSED),
    ("O01", {"rows": (*b.rows(), b.row(1, "ท่าแฝก"))}, VIOLATED),
    ("O01", {"rows": (*b.rows(), b.row(2, "ท่าแฝก", district=b.text("น้ำปาด")))}, VIOLATED),
    ("O01", {"columns": b.COLUMNS[1:]}, NOT_APPLICABLE),
    ("O02", {"rows": b.rows(b.row(2, "ผาเลือด", body=repaired("อบต.น้ำหมัน", "ผาเลือด", "6530302")))}, VIOLATED),
    ("O02", {"rows": b.rows(b.row(2, "ผาเลือด", body=b.body("อบต.ผาลือด", "น้ำหมัน", "6530301")))}, VIOLATED),
    (
        "O02",
        {"rows": b.rows(b.row(2, "ผาเลือด", body=repaired("อบต.พา", "ผาเลือด", None, review=("body.duplicate",))))},
        VIOLATED,
    ),
    (
        "O02",
        {"rows": b.rows(b.row(2, "น้ำหมัน", district=b.text("ทองแสนขัน"), body=b.body("อบต.น้ำหมัน", "น้ำหมัน", "x:2")))},
        PASSED,
    ),
    (
        "O02",
        {"rows": b.rows(b.row(2, "ผาเลือด", body=b.body("อบต.น้ำหมัน", "ผาเลือด", "6530302", source=Source.PERSON)))},
        PASSED,
    ),
    ("O02", {"rows": b.rows(b.row(2, "ผาเลือด", body=Field()))}, COULD_NOT_RUN),
    ("O02", {"columns": without(ColumnKind.BODY)}, NOT_APPLICABLE),
    ("O03", {"rows": b.rows(b.row(2, "ผาเลือด", body=repaired("อบต.พาเลือด", "ผาเลือด", "6530302")))}, VIOLATED),
    ("O03", {"rows": b.rows(b.row(2, "ผาเลือด", body=b.body("อบต.พาเลือด", "พาเลือด", None)))}, VIOLATED),
    ("O03", {"rows": b.rows(b.row(2, "ผาเลือด", body=repaired("อบต.น้ำหมัน", "ผาเลือด", "6530302")))}, PASSED),
    (
        "O03",
        {"rows": b.rows(b.row(2, "ผาเลือด", body=repaired("องค์การบริหารส่วนตำบลผาเลือด", "ผาเลือด", "6530302", 0)))},
        PASSED,
    ),
    ("O03", {"rows": b.rows(b.row(2, "ผาเลือด", body=Field()))}, COULD_NOT_RUN),
    ("O03", {"province": b.text(None)}, COULD_NOT_RUN),
    ("O04", {"rows": b.rows()[:4]}, VIOLATED),
    ("O04", {"rows": b.rows(b.row(2, "ผาเลือด", body=repaired("อบต.พาเลือด", "ผาเลือด", "6530302")))}, PASSED),
    ("O04", {"rows": b.rows()[:3]}, NOT_APPLICABLE),
    ("O04", {"province": b.text("ไม่มีจังหวัดนี้")}, COULD_NOT_RUN),
    ("O05", {"rows": b.rows(b.row(3, "หาดล้า", district=b.text("ท่าปลา", raw="ทำปลา")))}, VIOLATED),
    ("O05", {"rows": b.rows(b.row(3, "หาดล้า", district=b.text("เมืองอุตรดิตถ์", raw="เมืองฯ")))}, PASSED),
    ("O05", {"rows": b.rows(b.row(3, "หาดล้า", district=b.text("ท่าปลา", raw="อ. ท่าปลา")))}, PASSED),
    ("O05", {"rows": b.rows(b.row(3, "หาดล้า", district=b.text(None)))}, COULD_NOT_RUN),
    ("O05", {"province": b.text(None)}, COULD_NOT_RUN),
    ("O05", {"columns": without(ColumnKind.DISTRICT)}, NOT_APPLICABLE),
    ("D03", {"as_of": b.day("1478-04-16", raw="๑๖ เมษายน ๒๐๒๑")}, VIOLATED),
    ("Q01", {"rows": b.rows(b.row(1, "น้ำหมัน", body=b.body("อบต.น้ำໄผ", "น้ำไผ่", None)))}, VIOLATED),
    ("Q01", {"rows": b.rows(b.row(1, "น้ำหมัน", remark=b.text("INFO 2564")))}, PASSED),
    ("Q02", {"rows": b.rows(b.row(1, "น้ำหมัน", body=b.body("อบต.ู", "x", None)))}, VIOLATED),
]


@pytest.mark.parametrize(("rule", "changes", "outcome"), ANNEXES)
def test_annexes(rule: str, changes: dict[str, Any], outcome: Outcome) -> None:
    assert verdict(rule, of(**changes)).outcome is outcome


LETTERS = [
    ("D01", (b.cover(deadlines=(b.deadline("2021-05-07", 3),)),), VIOLATED),
    ("D01", (b.cover(deadlines=(b.deadline(None, 5),)),), COULD_NOT_RUN),
    ("D01", (b.cover(deadlines=(b.deadline("2021-05-07"),)),), NOT_APPLICABLE),
    ("D02", (b.cover(date=b.day(None, "วัน เดือน ๒๕๖๔")),), VIOLATED),
    ("D02", (b.cover(date=b.day(None), kind=LetterKind.MINUTES),), NOT_APPLICABLE),
    ("D03", (b.cover(date=b.day("2021-04-29", "๒๙ เมษายน ๒๐๒๑")),), VIOLATED),
    ("D03", (b.cover(date=b.day("2021-04-29", "29 เมษายน ค.ศ. 2021")),), PASSED),
    ("D03", (b.cover(date=b.day("2021-04-29", "๒๙ เม.ย. ๖๔")),), PASSED),
    ("D03", (b.cover(date=b.day(None, "๘ พฤศจิกายน ๕๕๓")),), VIOLATED),
    ("D03", (b.cover(date=b.day(None, "๘ พฤศ")),), COULD_NOT_RUN),
    ("D04", (b.cover(references=(b.reference("อต ๐๐๒๓.๓/ว ๑", "2021-04-30"),)),), VIOLATED),
    ("D04", (b.cover(references=(b.reference("อต ๐๐๒๓.๓/ว ๑", "2021-04-29"),)),), PASSED),
    ("D04", (b.cover(date=b.day(None)),), COULD_NOT_RUN),
    ("D04", (b.cover(references=(b.reference("อต ๐๐๒๓.๓/ว ๑", None),)),), NOT_APPLICABLE),
    ("D05", (b.cover(enclosures=(b.enclosure("มท ๐๘๑๐.๒/ว ๘๕๖", "2021-04-30"),)),), VIOLATED),
    ("D05", (b.cover(), b.circular(date=b.day("2021-04-30"))), VIOLATED),
    ("D05", (b.cover(date=b.day(None)),), COULD_NOT_RUN),
    ("D05", (b.cover(enclosures=(b.enclosure("", "2021-05-30", "กำหนดการประชุม"),)),), NOT_APPLICABLE),
    ("D08", (b.cover(deadlines=(b.deadline("2021-05-03"),)),), VIOLATED),
    ("D08", (b.cover(deadlines=(b.deadline("2021-04-29"),)),), VIOLATED),
    ("D08", (b.cover(deadlines=(b.deadline("2021-05-04"),)),), VIOLATED),  # Coronation Day is no working day
    ("D08", (b.cover(deadlines=(b.deadline("2021-05-05"),)),), PASSED),
    ("D08", (b.cover(deadlines=(b.deadline("2021-03-31", past=True),)),), NOT_APPLICABLE),
    ("D08", (b.cover(date=b.day(None)),), COULD_NOT_RUN),
    ("D09", (b.cover(), b.circular(receipt=b.receipt("2021-01-27"), date=b.day(None))), VIOLATED),
    ("D09", (b.cover(receipt=b.receipt("2021-04-29")),), PASSED),
    ("D09", (b.cover(receipt=b.receipt(None)),), COULD_NOT_RUN),
    ("D09", (b.cover(),), NOT_APPLICABLE),
    ("L01", (b.cover(subject=b.text(None)),), VIOLATED),
    ("L01", (b.cover(recipients=()),), VIOLATED),
    ("L01", (b.cover(signer=None),), VIOLATED),
    ("L01", (b.cover(kind=LetterKind.INTERNAL_MEMO, signer=None, closing=b.text(None)),), PASSED),
    ("L01", (b.cover(kind=LetterKind.INTERNAL_MEMO, issuer=b.text(None), unit=b.text("กองคลัง")),), PASSED),
    ("L01", (b.cover(kind=LetterKind.STAMPED_LETTER, subject=b.text(None)),), PASSED),
    ("L01", (b.cover(kind=LetterKind.OTHER),), NOT_APPLICABLE),
    ("N01", (b.cover(number=b.number("อต ๐๐๒๓.๓/ว ๑๗๗/๔")),), VIOLATED),
    ("N01", (b.cover(number=b.number("ที่ ว ๑๗๗")),), VIOLATED),
    ("N01", (b.cover(number=b.number("")),), COULD_NOT_RUN),
    (
        "N01",
        (b.cover(kind=LetterKind.ORDER, number=b.number("๑๒/๒๕๖๔"), references=(), enclosures=()),),
        NOT_APPLICABLE,
    ),
    ("N02", (b.cover(number=b.number("ฮฮ ๐๐๒๓.๓/ว ๑๗๗")),), VIOLATED),
    ("N02", (b.cover(references=(b.reference("นท ๐๘๑๐.๒/ว ๗๕", "2021-01-15"),)),), COULD_NOT_RUN),
    ("N02", (b.cover(number=b.number("")),), COULD_NOT_RUN),
    ("N03", (b.cover(number=b.number("อด ๐๐๒๓.๓/ว ๑๗๗")),), VIOLATED),
    ("N03", (b.cover(number=b.number("มท ๐๐๒๓.๓/ว ๑๗๗")),), VIOLATED),
    ("N03", (b.circular(number=b.number("นท ๐๘๑๐.๒/ว ๔๙๙")),), VIOLATED),
    ("N03", (b.circular(number=b.number("กค ๐๘๑๐.๒/ว ๔๙๙")),), VIOLATED),
    ("N03", (b.cover(issuer=b.text("สำนักงานตัวอย่าง"), number=b.number("กค ๐๘๑๐.๒/๔๙๙")),), COULD_NOT_RUN),
    ("N03", (b.cover(issuer=b.text("มูลนิธิตัวอย่าง"), address=b.text(None)),), COULD_NOT_RUN),
    ("N05", (b.cover(), b.circular(number=b.number("มท ๐๘๑๐.๒/ว ๔๙๙"))), VIOLATED),
    ("N05", (b.cover(), b.circular(number=b.number("มท 0810.2/ว856"))), PASSED),
    ("N05", (b.cover(), b.circular(number=b.number(""))), COULD_NOT_RUN),
    ("N05", (b.cover(enclosures=()), b.circular()), NOT_APPLICABLE),
    ("N05", (b.cover(),), NOT_APPLICABLE),
    ("N06", (b.cover(), b.circular(date=b.day("2021-04-25"))), VIOLATED),
    ("N06", (b.cover(), b.circular(date=b.day(None, "วัน เดือน ๒๕๖๔"))), COULD_NOT_RUN),
    ("N07", (b.cover(), b.circular(urgency=b.text("ด่วนที่สุด"))), VIOLATED),
    ("N07", (b.cover(), b.circular(urgency=b.text(None))), COULD_NOT_RUN),
    ("N08", (b.cover(), b.circular(subject=b.text("เรื่องอื่น"))), VIOLATED),
    ("N08", (b.cover(), b.circular(subject=b.text("การบันทึกข้อมูล ปี 2564"))), PASSED),
    ("N08", (b.cover(), b.circular(subject=b.text(None))), COULD_NOT_RUN),
    ("Q01", (b.cover(subject=b.text("การบันทึกพاجูก")),), VIOLATED),
]


@pytest.mark.parametrize(("rule", "letters", "outcome"), LETTERS)
def test_letters(rule: str, letters: tuple[Any, ...], outcome: Outcome) -> None:
    assert verdict(rule, of_letters(*letters)).outcome is outcome


@pytest.mark.parametrize(
    ("as_of", "dates", "outcome"),
    [
        (b.day("2021-04-30"), ("2021-04-29", "2021-04-26"), VIOLATED),
        (b.day("2021-04-28"), ("2021-04-29", "2021-04-26"), PASSED),
        (b.day(None, "๑๖ เมษายน"), ("2021-04-29", "2021-04-26"), COULD_NOT_RUN),
        (b.day("2021-04-16"), (None, None), COULD_NOT_RUN),
        (b.day(None), ("2021-04-29", None), NOT_APPLICABLE),
    ],
)
def test_d06_holds_the_data_against_the_latest_letter(as_of: Any, dates: tuple[Any, ...], outcome: Outcome) -> None:
    letters = tuple(b.cover(date=b.day(iso), enclosures=()) for iso in dates)
    assert verdict("D06", b.case(letters, (b.annex(as_of=as_of),))).outcome is outcome


@pytest.mark.parametrize(
    ("rule", "page", "outcome"),
    [
        ("L10", "สิงที่ส่งมาด้วย สำเนาหนังสือ", VIOLATED),
        ("L10", "สิ่งที่ส่งมาด้วย สำเนาหนังสือ", PASSED),
        ("L10", "อ้างถึงหนังสือ", NOT_APPLICABLE),
        ("Q01", "ทต.พاجูก", VIOLATED),
        ("Q02", "ทต. ูก", VIOLATED),
        ("Q02", "หนังสือ ที่ส่งมา", PASSED),
    ],
)
def test_pages(rule: str, page: str, outcome: Outcome) -> None:
    assert verdict(rule, b.case(page=page)).outcome is outcome


def test_a_word_is_not_told_of_twice_where_a_field_holds_it() -> None:
    row = b.row(1, "น้ำหมัน", body=b.body("อบต.น้ำໄผ", "น้ำไผ่", None))
    found = verdict("Q01", b.case(annexes=(b.annex(rows=b.rows(row)),), page="๔๔ อบต.น้ำໄผ")).findings
    assert [finding.evidence for finding in found] == [("annexes[0].rows[0].body",)]


def test_an_empty_register_is_no_reason_to_pass() -> None:
    empty = Register(bodies=(), districts={}, letter_codes={}, version="none")
    case = b.case((b.cover(),), (b.annex(),), register=empty)
    outcomes = {rule: verdict(rule, case).outcome for rule in ("O03", "O04", "O05", "N02", "N03")}
    assert set(outcomes.values()) == {COULD_NOT_RUN}


def test_o03_names_the_nearest_candidate_of_a_name_that_was_not_settled() -> None:
    repair = Repair(rule="register.none", cost=3.0, candidates=(Candidate(value="อบต.ผาเลือด", cost=3.0),))
    body: Field[Any] = Field(raw="อบต.พาเรือ", repair=repair)
    (finding,) = verdict("O03", of(rows=b.rows(b.row(2, "ผาเลือด", body=body)))).findings
    assert finding.suggestion == "อบต.ผาเลือด"
