"""Letters: every field, what is doubted, and that nothing raises."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.field import Box, Source
from models.letter import Letter, LetterKind
from models.ocr import Line, OcrPage, Word
from parsers.letters import parse_letters

COVER = """
ด่วนมาก
ที่ อต ๐๐๒๓.๓/ว ๑๒๓/๔
ศาลากลางจังหวัดอุตรดิตถ์
ถนนทดสอบ อต ๕๓๐๐๐
๒๙ เมษายน ๒๕๖๔
เรื่อง การซักซ้อมแนวทางปฏิบัติเกี่ยวกับการรายงานผล
ในระบบทดสอบ (ระบบใหม่)
เรียน นายอำเภอทุกอำเภอ นายกองค์การบริหารส่วนจังหวัดอุตรดิตถ์ และนายกเทศมนตรีเมืองอุตรดิตถ์
อ้างถึง หนังสือจังหวัดอุตรดิตถ์ ที่ อต ๐๐๒๓.๓/ว ๑๒๐ ลงวันที่ ๗ ตุลาคม ๒๕๖๓
สิงที่ส่งมาด้วย สำเนาหนังสือกรมทดสอบ ด่วนมาก ที่ มท ๐๘๑๐.๒/ว ๓๔๕
ลงวันที่ ๒๖ เมษายน ๒๕๖๔ และเอกสารที่เกี่ยวข้อง จำนวน ๑ ชุด
ตามที่จังหวัดได้ขอให้รายงานผล
ภายในวันพุธที่ ๓๑ มีนาคม ๒๕๖๔ นั้น
จังหวัดขอให้รายงานผลอีกครั้ง
ให้แล้วเสร็จภายใน วันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔ ทั้งนี้ ดูรายละเอียดได้จากสิ่งที่ส่งมาด้วย
จึงเรียนมาเพื่อทราบ
ขอแสดงความนับถือ
(นายสมมติ ตัวอย่าง)
รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน
ผู้ว่าราชการจังหวัดอุตรดิตถ์
สำนักงานทดสอบจังหวัด
กลุ่มงานทดลอง
โทร. ๐-๕๕๐๐-๐๐๐๐ ต่อ ๓
โทรสาร ๐ ๕๕๐๐ ๐๐๐๑
Line ID : test0023
ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th
ผู้ประสานงาน : นางสาวทดสอบ สมมติ ๐๘ ๐๐๐๐ ๐๐๐๐
สำนักงานทดสอบจังหวัดอุตรดิตถ์
เลขที่รับ..... ๓๒
วันที่..... ๒๗ มกราคม ๒๕๖๔
เวลา.....
ด่วนที่สุด
ที่ มท ๐๘๑๐.๒/ว ๔๙๙
กรมทดสอบ
ถนนทดลอง กทม. ๑๐๓๐๐
วัน เดือน ๒๕๖๔
เรื่อง การรายงานผล
เรียน ผู้ว่าราชการจังหวัด
ด้วยกรมขอให้รายงานผลต่อไป
จึงเรียนมาเพื่อโปรดพิจารณา
ขอแสดงความนับถือ
(นายอื่น ตัวอย่าง)
อธิบดีกรมทดสอบ
"""


def page_of(text: str) -> OcrPage:
    rows = [row for row in text.splitlines() if row.strip() and "\t" not in row]
    lines = tuple(
        Line(text=row, box=Box(0, i / len(rows), 1, (i + 1) / len(rows)), confidence=1.0) for i, row in enumerate(rows)
    )
    return OcrPage(number=1, engine="test", width=1, height=max(len(rows), 1), has_layout=False, lines=lines)


def read(text: str) -> tuple[Letter, ...]:
    return parse_letters([page_of(text)])[0]


@pytest.fixture(scope="module")
def both() -> tuple[Letter, ...]:
    return read(COVER)


def test_head_of_a_plain_text_letter(both: tuple[Letter, ...]) -> None:
    first, second = both
    assert [letter.kind for letter in both] == [LetterKind.EXTERNAL_LETTER] * 2
    assert (first.urgency.value, second.urgency.value) == ("ด่วนมาก", "ด่วนที่สุด")
    assert first.number.value == "อต 0023.3/ว 123/4"
    assert "number.malformed" in first.number.review
    assert second.number.value == "มท 0810.2/ว 499"
    assert second.number.review == ()
    assert second.number.parts is not None
    assert second.number.parts.model_dump() == {"prefix": "มท", "unit": "0810.2", "circular": True, "running": "499"}
    assert (first.date.value, first.date.raw, first.date.review) == (dt.date(2021, 4, 29), "๒๙ เมษายน ๒๕๖๔", ())
    assert (second.date.value, second.date.review) == (None, ("date.unreadable",))
    assert (first.issuer.value, first.address.value) == ("ศาลากลางจังหวัดอุตรดิตถ์", "ถนนทดสอบ อต ๕๓๐๐๐")
    assert first.number.page == 1
    assert first.number.box is None


def test_labeled_parts(both: tuple[Letter, ...]) -> None:
    first, second = both
    assert first.subject.value == "การซักซ้อมแนวทางปฏิบัติเกี่ยวกับการรายงานผล ในระบบทดสอบ (ระบบใหม่)"
    assert [field.value for field in first.recipients] == [
        "นายอำเภอทุกอำเภอ",
        "นายกองค์การบริหารส่วนจังหวัดอุตรดิตถ์",
        "นายกเทศมนตรีเมืองอุตรดิตถ์",
    ]
    assert (second.salutation.value, [field.value for field in second.recipients]) == ("เรียน", ["ผู้ว่าราชการจังหวัด"])
    (cited,) = first.references
    assert (cited.title.value, cited.number.value) == ("หนังสือจังหวัดอุตรดิตถ์", "อต 0023.3/ว 120")
    assert cited.date.value == dt.date(2020, 10, 7)
    (sent,) = first.enclosures
    assert sent.title.value == "สำเนาหนังสือกรมทดสอบ ด่วนมาก และเอกสารที่เกี่ยวข้อง"
    assert (sent.number.value, sent.date.value, sent.copies.value) == ("มท 0810.2/ว 345", dt.date(2021, 4, 26), 1)
    assert (second.references, second.enclosures) == ((), ())


def test_deadlines_tell_the_past_from_the_present(both: tuple[Letter, ...]) -> None:
    past, due = both[0].deadlines
    assert (past.date.value, past.weekday.value, past.past) == (dt.date(2021, 3, 31), 3, True)
    assert (due.date.value, due.weekday.value, due.past) == (dt.date(2021, 5, 7), 5, False)
    assert both[1].deadlines == ()


def test_a_deadline_whose_date_cannot_be_read_is_not_lost() -> None:
    cover = COVER.partition("สำนักงานทดสอบจังหวัดอุตรดิตถ์")[0]
    (letter,) = read(cover.replace("๗ พฤษภาคม ๒๕๖๔", "? พฤ?ภาคม"))
    assert [deadline.date.value for deadline in letter.deadlines] == [dt.date(2021, 3, 31), None]
    assert letter.deadlines[1].date.review == ("date.unreadable",)


def test_foot(both: tuple[Letter, ...]) -> None:
    first, second = both
    assert first.closing.value == "ขอแสดงความนับถือ"
    assert first.signer is not None
    assert first.signer.name.value == "นายสมมติ ตัวอย่าง"
    assert first.signer.position.value == "รองผู้ว่าราชการจังหวัด"
    assert (first.signer.authority.value, first.signer.principal.value) == (
        "ปฏิบัติราชการแทน",
        "ผู้ว่าราชการจังหวัดอุตรดิตถ์",
    )
    assert first.unit.value == "สำนักงานทดสอบจังหวัด กลุ่มงานทดลอง"
    assert [(contact.kind, contact.value.value) for contact in first.contacts] == [
        ("phone", "055000000 ต่อ 3"),
        ("fax", "055000001"),
        ("line", "test0023"),
        ("email", "saraban@example.go.th"),
        ("person", "นางสาวทดสอบ สมมติ"),
        ("mobile", "0800000000"),
    ]
    assert second.signer is not None
    assert (second.signer.position.value, second.signer.authority.value) == ("อธิบดีกรมทดสอบ", None)


def test_the_receipt_belongs_to_the_letter_below_it(both: tuple[Letter, ...]) -> None:
    first, second = both
    assert first.receipt is None
    assert second.receipt is not None
    assert second.receipt.office.value == "สำนักงานทดสอบจังหวัดอุตรดิตถ์"
    assert (second.receipt.number.value, second.receipt.date.value) == ("32", dt.date(2021, 1, 27))
    assert (second.receipt.time.value, second.receipt.time.review) == (None, ("missing",))
    assert second.receipt.number.source is Source.STAMP


def test_body_runs_from_its_cue_to_the_closing(both: tuple[Letter, ...]) -> None:
    body = both[0].body.value
    assert body is not None
    assert body.startswith("ตามที่จังหวัด")
    assert body.endswith("จึงเรียนมาเพื่อทราบ")


def test_numbered_references_and_enclosures() -> None:
    (letter,) = read(
        "ที่ มท ๐๘๑๐.๒/๑๐\nกรมทดสอบ\n๑ มีนาคม ๒๕๖๔\nเรื่อง ทดสอบ\nเรียน ผู้ว่าราชการจังหวัด\n"
        "อ้างถึง ๑. หนังสือกรมทดสอบ ที่ มท ๐๘๑๐.๒/๘ ลงวันที่ ๑ มกราคม ๒๕๖๔\n๒. หนังสือกรมอื่น\n"
        "สิ่งที่ส่งมาด้วย ๑. แบบรายงาน จำนวน ๒ ชุด\n๒. คู่มือ จำนวน ๑ เล่ม\nด้วยกรมทดสอบแจ้งว่า\nขอแสดงความนับถือ"
    )
    assert [item.number.value for item in letter.references] == ["มท 0810.2/8", None]
    assert letter.references[1].number.review == ("missing",)
    assert [(item.title.value, item.copies.value) for item in letter.enclosures] == [("แบบรายงาน", 2), ("คู่มือ", 1)]
    assert letter.body.value == "ด้วยกรมทดสอบแจ้งว่า"


def test_memo() -> None:
    (letter,) = read(
        "บันทึกข้อความ\nส่วนราชการ กองทดสอบ กรมทดลอง (โทร. ๐ ๒๐๐๐ ๐๐๐๐)\nที่ มท ๐๘๑๐.๒/๒๖๐ วันที่ ๓ พ.ค. ๒๕๖๗\n"
        "เรื่อง ขอความเห็นชอบ\nเสนอ ผู้อำนวยการกอง\n๑. ด้วยกองทดสอบมีความประสงค์\nจึงเสนอมาเพื่อพิจารณา\n(นายสมมติ ตัวอย่าง)\nหัวหน้าฝ่าย"
    )
    assert letter.kind is LetterKind.INTERNAL_MEMO
    assert (letter.issuer.value, letter.number.value) == ("กองทดสอบ กรมทดลอง", "มท 0810.2/260")
    assert letter.date.value == dt.date(2024, 5, 3)
    assert (letter.salutation.value, letter.subject.value) == ("เสนอ", "ขอความเห็นชอบ")
    assert [contact.value.value for contact in letter.contacts] == ["020000000"]
    assert letter.closing.value is None
    assert letter.body.value is not None
    assert letter.body.value.startswith("๑. ด้วยกองทดสอบ")


def test_stamped_letter_has_office_and_date_at_its_end() -> None:
    (letter,) = read(
        "ที่ มท ๐๘๐๙.๒/ว ๑๓\nถึง สำนักงานท้องถิ่นจังหวัด\nพร้อมนี้ขอส่งประกาศมาเพื่อทราบ\n"
        "สำนักงานทดสอบ\n๒๐ พฤศจิกายน ๒๕๖๔\nกองทดสอบ\nโทร. ๐ ๒๐๐๐ ๐๐๐๐"
    )
    assert letter.kind is LetterKind.STAMPED_LETTER
    assert (letter.date.value, letter.issuer.value) == (dt.date(2021, 11, 20), "สำนักงานทดสอบ")
    assert letter.subject.review == ()


def test_order() -> None:
    (letter,) = read(
        "คำสั่งจังหวัดทดสอบ\nที่ ๑๒/๒๕๖๔\nเรื่อง แต่งตั้งคณะทำงาน\nอาศัยอำนาจตามกฎหมาย\n"
        "สั่ง ณ วันที่ ๒ มีนาคม พ.ศ. ๒๕๖๔\n(นายสมมติ ตัวอย่าง)"
    )
    assert letter.kind is LetterKind.ORDER
    assert (letter.number.value, letter.date.value) == ("12/2564", dt.date(2021, 3, 2))
    assert letter.subject.value == "แต่งตั้งคณะทำงาน"


def test_what_must_be_there_and_is_not_asks_for_review() -> None:
    (letter,) = read("เรื่อง ทดสอบ\nเรียน นายอำเภอ\nด้วยกรมขอแจ้ง\nขอแสดงความนับถือ")
    assert (letter.number.review, letter.date.review) == (("missing",), ("missing",))
    (letter,) = read("ที่ มท ๐๘๑๐.๒/ว ๑๐\n๑ มีนาคม ๒๕๖๔\nเรียน นายอำเภอ\nด้วยกรมขอแจ้ง\nขอแสดงความนับถือ")
    assert letter.subject.review == ("missing",)


def word(text: str, x0: float, y0: float, confidence: float = 0.95, height: float = 0.02) -> Word:
    box = Box(x0, y0, min(x0 + 0.012 * len(text), 1), y0 + height)
    return Word(text=text, box=box, confidence=confidence)


def line(*words: Word) -> Line:
    box = words[0].box
    for other in words[1:]:
        box = box.union(other.box)
    confidence = sum(w.confidence for w in words) / len(words)
    return Line(text=" ".join(w.text for w in words), box=box, confidence=confidence, words=words)


def scanned(*, running: Word | None = None, day: Word | None = None) -> Letter:
    lines = (
        line(word("ด่วน", 0.14, 0.1), word("ที่สุด", 0.19, 0.1)),
        line(
            word("ที่", 0.14, 0.14),
            word("มท", 0.17, 0.14),
            word("๐๘๑๐.๒/ว", 0.2, 0.14),
            running or word("๘๕๖", 0.31, 0.14),
            word("กรมทดสอบ", 0.6, 0.14),
        ),
        line(word("ถนนทดสอบ", 0.6, 0.17), word("กทม.", 0.71, 0.17), word("๑๐๓๐๐", 0.77, 0.17)),
        line(day or word("๒๖", 0.48, 0.21), word("เมษายน", 0.51, 0.21), word("๒๕๖๔", 0.59, 0.21)),
        line(word("เรื่อง", 0.14, 0.25), word("การทดสอบ", 0.21, 0.25)),
        line(word("เรียน", 0.14, 0.28), word("ผู้ว่าราชการจังหวัด", 0.21, 0.28)),
        line(word("ด้วยมีการทดสอบ", 0.25, 0.32)),
        line(word("ขอแสดงความนับถือ", 0.55, 0.5)),
        line(word("(นายสมมติ", 0.5, 0.6), word("ตัวอย่าง)", 0.62, 0.6)),
        line(word("รองอธิบดี", 0.5, 0.625), word("ปฏิบัติราชการแทน", 0.62, 0.625)),
        line(word("อธิบดีกรมทดสอบ", 0.53, 0.65)),
        line(word("กองทดสอบ", 0.14, 0.88), word("ภาพ", 0.8, 0.88)),
        line(word("โทร.", 0.14, 0.9), word("๐", 0.2, 0.9), word("๒๐๐๐", 0.22, 0.9), word("๐๐๐๐", 0.28, 0.9)),
    )
    (letter,), _ = parse_letters([OcrPage(number=1, engine="test", width=1000, height=1400, lines=lines)])
    return letter


def test_a_page_is_read_by_place() -> None:
    letter = scanned()
    assert (letter.urgency.value, letter.number.value) == ("ด่วนที่สุด", "มท 0810.2/ว 856")
    assert (letter.number.review, letter.date.review) == ((), ())
    assert letter.number.box == pytest.approx((0.17, 0.14, 0.346, 0.16))
    assert (letter.issuer.value, letter.address.value) == ("กรมทดสอบ", "ถนนทดสอบ กทม. ๑๐๓๐๐")
    assert letter.date.value == dt.date(2021, 4, 26)
    assert letter.signer is not None
    assert (letter.signer.position.value, letter.signer.principal.value) == ("รองอธิบดี", "อธิบดีกรมทดสอบ")
    assert letter.unit.value == "กองทดสอบ"


@pytest.mark.parametrize(
    ("running", "code"),
    [
        (word("๘๕๖", 0.31, 0.14, confidence=0.85), "low_confidence"),
        (word("๘๕๖", 0.31, 0.14, confidence=0.6), "handwriting.suspected"),
        (word("๘๕๖", 0.31, 0.12, height=0.05), "handwriting.suspected"),
        (word("๘๕๖", 0.36, 0.14), "handwriting.suspected"),
    ],
)
def test_a_doubtful_running_number_asks_for_review(running: Word, code: str) -> None:
    number = scanned(running=running).number
    assert number.value == "มท 0810.2/ว 856"
    assert code in number.review


def test_a_doubtful_day_asks_for_review() -> None:
    date = scanned(day=word("๒๖", 0.48, 0.21, confidence=0.5)).date
    assert set(date.review) == {"low_confidence", "handwriting.suspected"}
    assert date.confidence == 0.5


def test_consonants_of_a_code_that_a_scan_parted_are_joined_and_said() -> None:
    (letter,) = read(
        "ที่ มท ๐๘๑๐.๒/๑\n๑ มีนาคม ๒๕๖๔\nเรื่อง ก\nเรียน นายอำเภอ\n"
        "อ้างถึง หนังสือจังหวัดที่ อ ต ๐๐๒๓.๓/ว ๘ ลงวันที่ ๗ ตุลาคม ๒๕๖๓\nด้วยแจ้ง"
    )
    assert letter.references[0].number.value == "อต 0023.3/ว 8"
    assert "number.prefix_split" in letter.references[0].number.review


PIECES = st.sampled_from([*COVER.split(), "(", "ที่", "วันที่", "๑.", "/", "บันทึกข้อความ", "ภายในวันที่", "เลขรับ", "สำเนาส่ง"])
TEXTS = st.one_of(st.lists(PIECES, min_size=1, max_size=6).map(" ".join), st.text(min_size=1, max_size=30))
PLACES = st.floats(0, 1, width=32)


@st.composite
def pages(draw: st.DrawFn) -> list[OcrPage]:
    found = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        lines = []
        for text in draw(st.lists(TEXTS, max_size=14)):
            x, y, confidence = draw(PLACES), draw(PLACES), draw(PLACES)
            box = Box(x * 0.8, y * 0.95, x * 0.8 + 0.2, y * 0.95 + 0.02)
            words = tuple(Word(text=part, box=box, confidence=confidence) for part in text.split())
            lines.append(Line(text=text, box=box, confidence=confidence, words=words))
        layout = draw(st.booleans())
        found.append(OcrPage(number=number, engine="t", width=10, height=10, has_layout=layout, lines=tuple(lines)))
    return found


@pytest.mark.slow
@given(pages())
@settings(max_examples=150)
def test_nothing_raises_and_nothing_is_read_without_a_source(found: list[OcrPage]) -> None:
    letters, _ = parse_letters(found)
    for letter in letters:
        for field in (letter.number, letter.date, letter.subject, letter.issuer):
            assert field.value is None or (field.raw and field.page)
            assert field.value is not None or not field.raw or field.review


MEMO = """บันทึกข้อความ
ส่วนราชการ กองทดสอบ
ที่ กห ๐๓๙๙.๕/๑๗๖ วันที่ ๕ มีนาคม ๒๕๖๗
เรื่อง ขอเชิญประชุม
เรียน ผู้อำนวยการกองตัวอย่าง
สิ่งที่ส่งมาด้วย ๑. กำหนดการประชุม จำนวน ๑ ชุด
๒. แบบตอบรับ จำนวน ๑ ชุด
๑. กองทดสอบ มีกำหนดจัดการประชุม
เรื่อง “การทดสอบ” ณ ห้องประชุม
๒. กองทดสอบ ขอเชิญเข้าร่วมประชุม
จึงเรียนมาเพื่อพิจารณา
(นางทดสอบ ตัวอย่างดี)
ผู้อำนวยการกองทดสอบ
โทร./โทรสาร ๐ ๒๐๐๐ ๐๐๐๐"""


def test_paragraphs_that_are_counted_are_no_enclosures_and_a_word_in_them_no_subject() -> None:
    (letter,) = read(MEMO)
    assert [sent.title.value for sent in letter.enclosures] == ["กำหนดการประชุม", "แบบตอบรับ"]
    assert letter.subject.value == "ขอเชิญประชุม"
    assert str(letter.body.value).startswith("๑. กองทดสอบ มีกำหนดจัดการประชุม")


def test_one_number_under_two_labels_is_both() -> None:
    (letter,) = read(MEMO)
    assert [(contact.kind, contact.value.value) for contact in letter.contacts] == [
        ("phone", "020000000"),
        ("fax", "020000000"),
    ]


def test_a_position_or_principal_that_was_not_read_asks_for_review() -> None:
    (letter,) = read(MEMO.replace("ผู้อำนวยการกองทดสอบ\n", ""))
    assert letter.signer is not None
    assert (letter.signer.position.value, letter.signer.position.review) == (None, ("missing",))
    (letter,) = read(MEMO.replace("ผู้อำนวยการกองทดสอบ\n", "รองผู้อำนวยการ ทำการแทน\n"))
    assert letter.signer is not None
    assert (letter.signer.principal.value, letter.signer.principal.review) == (None, ("missing",))
