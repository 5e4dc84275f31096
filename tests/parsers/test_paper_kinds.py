"""Papers of many kinds in plain text: regulations, pages of the Gazette, notes, certified copies, ranges, deadlines."""

import datetime as dt

import pytest

from models.letter import Letter, LetterKind
from parsers.accounting import account_for_pages, find_unaccounted
from parsers.letters import parse_letters
from tests.parsers.test_letters import page_of, read

HEAD = "ที่ อต ๐๐๒๓.๓/ว ๔๕๖\nศาลากลางจังหวัดตัวอย่าง\nถนนทดสอบ อต ๕๓๐๐๐\n๓ มิถุนายน ๒๕๖๖\nเรื่อง การทดสอบ\nเรียน นายอำเภอทุกอำเภอ\n"
FOOT = "จึงเรียนมาเพื่อทราบ\nขอแสดงความนับถือ\n(นายสมมติ ตัวอย่าง)\nผู้ว่าราชการจังหวัดตัวอย่าง\n"


def letter(middle: str, head: str = HEAD, foot: str = FOOT) -> Letter:
    [found] = read(f"{head}{middle}\n{foot}")
    return found


def test_a_ministerial_regulation_of_the_gazette_has_its_own_date_signer_and_reasons() -> None:
    [paper] = read(
        "เล่ม ๑๔๑ ตอนที่ ๑๒ ก หน้า ๔ ราชกิจจานุเบกษา ๘ กุมภาพันธ์ ๒๕๖๗\nกฎกระทรวง\nกำหนดหลักเกณฑ์การทดสอบ\nพ.ศ. ๒๕๖๗\n"
        "อาศัยอำนาจตามความในมาตรา ๕ แห่งพระราชบัญญัติการทดสอบ พ.ศ. ๒๕๒๒ ออกกฎกระทรวงไว้ดังต่อไปนี้\n"
        "ข้อ ๑ ให้ใช้บังคับเมื่อพ้นกำหนดเก้าสิบวันนับแต่วันประกาศ\nให้ไว้ ณ วันที่ ๑๙ มกราคม พ.ศ. ๒๕๖๗\nสมมติ ตัวอย่างสกุล\n"
        "รัฐมนตรีว่าการกระทรวงทดสอบ\nหมายเหตุ :- เหตุผลในการประกาศใช้กฎกระทรวงฉบับนี้ คือ โดยที่สมควรกำหนดหลักเกณฑ์"
    )
    assert paper.kind is LetterKind.REGULATION
    assert (paper.date.value, paper.gazette_date.value) == (dt.date(2024, 1, 19), dt.date(2024, 2, 8))
    assert "เล่ม ๑๔๑ ตอนที่ ๑๒ ก" in paper.gazette_date.raw
    assert paper.signer is not None
    assert (paper.signer.name.value, paper.signer.position.value) == ("สมมติ ตัวอย่างสกุล", "รัฐมนตรีว่าการกระทรวงทดสอบ")
    assert paper.body.raw.endswith("โดยที่สมควรกำหนดหลักเกณฑ์")
    assert paper.deadlines == ()


def test_who_approves_an_ordinance_is_no_part_of_its_signers_position() -> None:
    [paper] = read(
        "ข้อบัญญัติองค์การบริหารส่วนตำบลตัวอย่าง\nเรื่อง การทดสอบ\nพ.ศ. ๒๕๖๖\nโดยที่เป็นการสมควรตราข้อบัญญัติ\n"
        "ประกาศ ณ วันที่ ๒ มิถุนายน พ.ศ. ๒๕๖๖\n(นายสมชาติ นามสมมติ)\nนายกองค์การบริหารส่วนตำบลตัวอย่าง\nเห็นชอบ\n"
        "(นายเห็นชอบ ทดลอง)\nนายอำเภอตัวอย่าง"
    )
    assert paper.kind is LetterKind.REGULATION
    assert paper.signer is not None
    assert paper.signer.position.value == "นายกองค์การบริหารส่วนตำบลตัวอย่าง"
    assert [note.value for note in paper.endorsements] == ["เห็นชอบ (นายเห็นชอบ ทดลอง) นายอำเภอตัวอย่าง"]


def test_a_page_of_the_gazette_above_an_announcement_is_no_part_of_it() -> None:
    [paper] = read(
        "หน้า ๒๑\nเล่ม ๑๔๐ ตอนพิเศษ ๒๐๕ ง ราชกิจจานุเบกษา ๒๒ สิงหาคม ๒๕๖๖\nประกาศคณะกรรมการทดสอบ\nเรื่อง หลักเกณฑ์\n"
        "โดยที่เป็นการสมควรแก้ไขหลักเกณฑ์\nประกาศ ณ วันที่ ๑๐ กรกฎาคม พ.ศ. ๒๕๖๖\nพลเอก สมมุติ ตัวอย่างดี\nประธานกรรมการ"
    )
    assert (paper.date.value, paper.gazette_date.value) == (dt.date(2023, 7, 10), dt.date(2023, 8, 22))
    assert paper.issuer.value == "คณะกรรมการทดสอบ"


def test_a_note_on_plain_paper_is_a_memo_of_the_office_that_it_names() -> None:
    [paper] = read(
        "บันทึก\nสำนักงานปลัด เทศบาลตำบลตัวอย่าง\nที่ ๑๒/๒๕๖๖\nวันที่ ๓ มิถุนายน ๒๕๖๖\nเรื่อง ขออนุมัติ\n"
        "เรียน นายกเทศมนตรี\nข้าพเจ้าขออนุมัติ\n(นางสาวสมมติ ทดสอบ)\nนักวิชาการ"
    )
    assert (paper.kind, paper.issuer.value) == (LetterKind.INTERNAL_MEMO, "สำนักงานปลัด เทศบาลตำบลตัวอย่าง")
    assert (paper.number.value, paper.date.value) == ("12/2566", dt.date(2023, 6, 3))


def test_a_certification_is_kept_whole_and_its_officer_is_not_the_signer() -> None:
    block = "สำเนาถูกต้อง\n(นางสาวรับรอง ทดลอง)\nเจ้าพนักงานธุรการ\n๕ มิถุนายน ๒๕๖๖\n"
    paper = letter("ด้วยจังหวัดขอแจ้ง", foot=f"{FOOT}สำนักงานทดสอบจังหวัด\n{block}")
    assert paper.certified_by.value == "นางสาวรับรอง ทดลอง"
    assert paper.certified_by.raw == " ".join(block.split("\n")).strip()
    assert paper.signer is not None
    assert paper.signer.name.value == "นายสมมติ ตัวอย่าง"


@pytest.mark.parametrize(
    ("middle", "references", "enclosures"),
    [
        (
            "อ้างถึง (๑) หนังสือกรมทดสอบ ที่ มท ๐๘๑๐.๒/ว ๗๕ ลงวันที่ ๑๕ มกราคม ๒๕๖๖\n"
            "(๒) หนังสือจังหวัดตัวอย่าง ที่ อต ๐๐๒๓.๓/๑๒ ลงวันที่ ๒๐ มกราคม ๒๕๖๖\n"
            "สิ่งที่ส่งมาด้วย (๑) แบบรายงาน จำนวน ๑ ชุด\n(๒) คู่มือ จำนวน ๒ เล่ม",
            ["มท 0810.2/ว 75", "อต 0023.3/12"],
            ["แบบรายงาน", "คู่มือ"],
        ),
        (
            "อ้างถึง หนังสือกรมทดสอบ ที่ มท ๐๘๑๐.๒/ว ๗๕ ลงวันที่ ๑๕ มกราคม ๒๕๖๖\n"
            "หนังสือจังหวัดตัวอย่าง ที่ อต ๐๐๒๓.๓/๑๒ ลงวันที่ ๒๐ มกราคม ๒๕๖๖\n"
            "สิ่งที่ส่งมาด้วย แบบสำรวจ\nคู่มือการสำรวจ\nรายชื่อผู้ประสานงาน",
            ["มท 0810.2/ว 75", "อต 0023.3/12"],
            ["แบบสำรวจ คู่มือการสำรวจ รายชื่อผู้ประสานงาน"],
        ),
        (
            "อ้างถึง หนังสือกรมทดสอบ ที่ มท ๐๘๑๐.๒/ว ๗๕\nลงวันที่ ๑๕ มกราคม ๒๕๖๖\n"
            "สิ่งที่ส่งมาด้วย สำเนาหนังสือกรมทดสอบ\nและเอกสารที่เกี่ยวข้อง",
            ["มท 0810.2/ว 75"],
            ["สำเนาหนังสือกรมทดสอบ และเอกสารที่เกี่ยวข้อง"],
        ),
    ],
)
def test_what_is_cited_and_sent_along_is_parted(middle: str, references: list[str], enclosures: list[str]) -> None:
    paper = letter(f"{middle}\nด้วยจังหวัดขอแจ้ง")
    assert [each.number.value for each in paper.references] == references
    assert [each.title.value for each in paper.enclosures] == enclosures


@pytest.mark.parametrize(
    ("text", "days", "event"),
    [
        ("ภายใน ๔๕ วันนับแต่วันที่ได้รับหนังสือ", 45, "วันที่ได้รับหนังสือ"),
        ("ภายในสิบห้าวันนับจากวันที่ได้รับหนังสือนี้", 15, "วันที่ได้รับหนังสือนี้"),
        ("ภายในกำหนด ๓๐ (สามสิบ) วัน นับถัดจากวันที่ลงทะเบียนรับ", 30, "วันที่ลงทะเบียนรับ"),
        ("ไม่เกินเก้าสิบวันนับแต่วันสิ้นสุดโครงการ", 90, "วันสิ้นสุดโครงการ"),
    ],
)
def test_a_deadline_that_is_counted_from_an_event(text: str, days: int, event: str) -> None:
    [deadline] = letter(f"ด้วยจังหวัดขอให้รายงาน{text} ต่อไป").deadlines
    assert (deadline.within_days, deadline.counted_from, deadline.date.value) == (days, event, None)


@pytest.mark.parametrize(
    "text", ["เช่น ภายในวันที่ ๕ กรกฎาคม ๒๕๖๖", "เช่น ได้รับวันที่ ๑ ต้องส่งภายในวันที่ ๑๖ มิถุนายน ๒๕๖๖", "เช่น ภายใน ๕ วันนับแต่วันที่ได้รับ"]
)
def test_an_example_is_no_deadline(text: str) -> None:
    assert letter(f"ด้วยจังหวัดขอแจ้งการนับวัน {text}").deadlines == ()


@pytest.mark.parametrize("text", ["ว ๑๐๑-๑๐๕", "ว ๑๐๑ - ๑๐๕", "ว ๑๐๑ ถึง ว ๑๐๕", "ว ๑๐๑–๑๐๕"])
def test_a_range_of_numbers_is_one(text: str) -> None:
    [paper] = read(HEAD.replace("ว ๔๕๖", text) + f"ด้วยจังหวัดขอแจ้ง\n{FOOT}")
    assert (paper.number.value, paper.number.review) == ("อต 0023.3/ว 101-105", ())


def test_a_range_that_runs_backwards_asks() -> None:
    [paper] = read(HEAD.replace("ว ๔๕๖", "ว ๑๐๕ - ๑๐๑") + f"ด้วยจังหวัดขอแจ้ง\n{FOOT}")
    assert "number.malformed" in paper.number.review


def test_all_of_a_certified_copy_with_its_items_has_an_owner() -> None:
    page = page_of(
        f"{HEAD}อ้างถึง ๑) หนังสือจังหวัดตัวอย่าง ที่ อต ๐๐๒๓.๓/ว ๑๐๑ - ๑๐๕ ลงวันที่ ๑ พฤษภาคม ๒๕๖๖\n"
        "๒) หนังสือกรมทดสอบ ที่ มท ๐๘๑๐.๒/ว ๗๕ ลงวันที่ ๑๕ มกราคม ๒๕๖๖\n"
        f"ด้วยจังหวัดขอแจ้ง\n{FOOT}สำเนาถูกต้อง\n(นางสาวรับรอง ทดลอง)\nเจ้าพนักงานธุรการ\n๕ มิถุนายน ๒๕๖๖"
    )
    letters, _ = parse_letters([page])
    assert find_unaccounted(account_for_pages([page], letters, []), documented=True) == ()


def test_the_title_of_an_ordinance_ends_where_its_principle_begins() -> None:
    [paper] = read(
        "สำเนา\nเทศบัญญัติเทศบาลเมืองตัวอย่าง\nเรื่อง การทดสอบ พ.ศ. ๒๕๖๖\nหลักการ\nให้มีเทศบัญญัติว่าด้วยการทดสอบ\nเหตุผล\n"
        "โดยที่เห็นสมควร\nประกาศ ณ วันที่ ๗ สิงหาคม พ.ศ. ๒๕๖๖\n(นายสมศักดิ์ ทดลอง)\nนายกเทศมนตรี"
    )
    assert paper.subject.value == "การทดสอบ พ.ศ. ๒๕๖๖"
    assert paper.body.value is not None
    assert paper.body.value.startswith("หลักการ")


def test_the_running_heads_of_all_pages_of_the_gazette_have_an_owner() -> None:
    head = "เล่ม ๑๓๙ ตอนพิเศษ ๓๓ ง ราชกิจจานุเบกษา ๑๐ กุมภาพันธ์ ๒๕๖๕"
    page = page_of(
        f"หน้า ๓\n{head}\nประกาศกระทรวงทดสอบ\nเรื่อง กำหนดเขตทดสอบ\nอาศัยอำนาจตามความในมาตรา ๗\nข้อ ๑ ให้เป็นเขตทดสอบ\n"
        f"หน้า ๔\n{head}\nข้อ ๒ ให้ใช้บังคับต่อไป\nประกาศ ณ วันที่ ๒๘ มกราคม พ.ศ. ๒๕๖๕\nสมมุติ ตัวอย่างนาม\nรัฐมนตรี"
    )
    letters, _ = parse_letters([page])
    assert letters[0].gazette_date.value == dt.date(2022, 2, 10)
    assert find_unaccounted(account_for_pages([page], letters, []), documented=True) == ()


def test_what_others_say_below_a_memo_is_kept_with_who_says_it() -> None:
    [paper] = read(
        "บันทึกข้อความ\nส่วนราชการ สำนักปลัดเทศบาล\nที่ อต ๕๒๐๐๑/๘๙\nวันที่ ๒ สิงหาคม ๒๕๖๖\nเรื่อง รายงานผล\n"
        "เรียน ปลัดเทศบาล\nตามที่ได้รับมอบหมาย\nจึงเรียนมาเพื่อโปรดทราบ\n(นางสาวสมมติ ทดสอบ)\nเจ้าพนักงานธุรการ\n"
        "เรียน นายกเทศมนตรี\nเพื่อโปรดทราบ\n(นายรอง ทดลอง)\nปลัดเทศบาล\nทราบ\n(นายนำ ทดลอง)\nนายกเทศมนตรี"
    )
    assert [note.value for note in paper.endorsements] == [
        "เรียน นายกเทศมนตรี เพื่อโปรดทราบ (นายรอง ทดลอง) ปลัดเทศบาล",
        "ทราบ (นายนำ ทดลอง) นายกเทศมนตรี",
    ]
    assert paper.signer is not None
    assert paper.signer.name.value == "นางสาวสมมติ ทดสอบ"


def test_words_below_a_signer_that_nobody_signed_are_told_of() -> None:
    page = page_of(f"{HEAD}ด้วยจังหวัดขอแจ้ง\n{FOOT}เห็นควรแจ้งทุกอำเภอ")
    letters, _ = parse_letters([page])
    assert letters[0].endorsements == ()
    [left] = find_unaccounted(account_for_pages([page], letters, []), documented=True)
    assert left.text == "เห็นควรแจ้งทุกอำเภอ"
