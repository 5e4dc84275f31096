"""Lists of references and enclosures, deadlines counted from receipt, and what others write below a signer."""

import pytest

from models.field import Box
from models.letter import Letter
from models.ocr import Line, OcrPage
from parsers.letters import parse_letters

HEAD = """ที่ ชม ๐๐๒๓.๓/ว ๑๒๓๔
ศาลากลางจังหวัดเชียงใหม่
๑๕ มีนาคม ๒๕๖๗
เรื่อง การจัดทำแผนพัฒนาท้องถิ่น
เรียน นายอำเภอทุกอำเภอ
"""
FOOT = """จึงเรียนมาเพื่อทราบ
ขอแสดงความนับถือ
(นายสมมติ ทดสอบดี)
ผู้ว่าราชการจังหวัดเชียงใหม่
"""
BODY = "ด้วยจังหวัดขอแจ้งแนวทาง\n"


def read(text: str) -> Letter:
    rows = text.splitlines()
    lines = tuple(
        Line(text=row, box=Box(0, i / len(rows), 1, (i + 1) / len(rows)), confidence=1.0) for i, row in enumerate(rows)
    )
    page = OcrPage(number=1, engine="test", width=1, height=len(rows), has_layout=False, lines=lines)
    [letter] = parse_letters([page])[0]
    return letter


def read_titles(enclosures: str) -> list[tuple[str | None, tuple[str, ...]]]:
    letter = read(f"{HEAD}สิ่งที่ส่งมาด้วย {enclosures}\n{BODY}{FOOT}")
    return [(each.title.value, each.title.review) for each in letter.enclosures]


def test_numbers_in_brackets_that_follow_each_other_are_a_list() -> None:
    letter = read(
        f"{HEAD}อ้างถึง (๑) หนังสือกรมทดสอบ ที่ มท ๐๘๑๐.๓/ว ๑๐๐ ลงวันที่ ๓ มกราคม ๒๕๖๗\n"
        f"(๒) หนังสือจังหวัดเชียงใหม่ ที่ ชม ๐๐๒๓.๓/ว ๕๐ ลงวันที่ ๑๐ มกราคม ๒๕๖๗\n{BODY}{FOOT}"
    )
    assert [each.number.value for each in letter.references] == ["มท 0810.3/ว 100", "ชม 0023.3/ว 50"]
    assert letter.references[0].title.value == "หนังสือกรมทดสอบ"


def test_a_number_in_brackets_within_a_name_is_no_list() -> None:
    assert read_titles("แบบรายงาน (๓) และ (๔) จำนวน ๑ ชุด") == [("แบบรายงาน (๓) และ (๔)", ())]


def test_references_without_numbers_end_with_their_dates() -> None:
    letter = read(
        f"{HEAD}อ้างถึง หนังสือกรมทดสอบ ที่ มท ๐๘๑๐.๓/ว ๑๐๐ ลงวันที่ ๓ มกราคม ๒๕๖๗\n"
        f"หนังสือจังหวัดเชียงใหม่ ที่ ชม ๐๐๒๓.๓/ว ๕๐ ลงวันที่ ๑๐ มกราคม ๒๕๖๗\n{BODY}{FOOT}"
    )
    assert [each.title.value for each in letter.references] == ["หนังสือกรมทดสอบ", "หนังสือจังหวัดเชียงใหม่"]


def test_enclosures_behind_dashes_are_parted() -> None:
    assert read_titles("- แบบรายงาน\n- รายชื่อผู้ประสานงาน") == [("แบบรายงาน", ()), ("รายชื่อผู้ประสานงาน", ())]


def test_lines_that_may_be_several_enclosures_ask() -> None:
    assert read_titles("แบบรายงาน\nรายชื่อผู้ประสานงาน") == [("แบบรายงาน รายชื่อผู้ประสานงาน", ("enclosure.several_possible",))]


def test_a_year_below_the_name_of_a_regulation_is_of_it() -> None:
    title = "ระเบียบกระทรวงทดสอบว่าด้วยการทดสอบ (ฉบับที่ ๒)"
    assert read_titles(f"{title}\nพ.ศ. ๒๕๕๑") == [(f"{title} พ.ศ. ๒๕๕๑", ())]


@pytest.mark.parametrize("days", ["๓๐ วัน", "สามสิบวัน", "๓๐ (สามสิบ) วัน"])
def test_days_from_receipt_in_digits_or_words(days: str) -> None:
    letter = read(f"{HEAD}{BODY}ขอให้รายงานภายใน{days}นับแต่วันที่ได้รับหนังสือ\n{FOOT}")
    assert [(each.within_days, each.counted_from) for each in letter.deadlines] == [(30, "วันที่ได้รับหนังสือ")]


def test_months_from_receipt_are_a_deadline_whose_day_is_for_a_person_to_say() -> None:
    letter = read(f"{HEAD}{BODY}ขอให้รายงานภายใน ๓ เดือน นับแต่วันที่ได้รับหนังสือ\n{FOOT}")
    assert [(each.within_days, each.date.review) for each in letter.deadlines] == [(None, ("date.unreadable",))]


def test_a_day_in_an_example_is_no_deadline() -> None:
    example = "ตัวอย่างเช่น ได้รับวันที่ ๑ เมษายน ๒๕๖๗ ให้รายงานภายในวันที่ ๑ พฤษภาคม ๒๕๖๗"
    assert read(f"{HEAD}{BODY}({example})\n{FOOT}").deadlines == ()


def test_what_a_superior_adds_below_the_signer_is_not_his_position() -> None:
    letter = read(f"{HEAD}{BODY}{FOOT}- เห็นควรอนุมัติ\n(นายสมมุติ ปลัดดี)\nปลัดเทศบาล\n")
    assert letter.signer is not None
    assert letter.signer.position.value == "ผู้ว่าราชการจังหวัดเชียงใหม่"
