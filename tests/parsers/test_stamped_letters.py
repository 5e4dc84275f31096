"""Lines of colored ink in a letter: the receipt stamp, the sender's own marks, the notes of who received it."""

import datetime as dt

from models.field import Box, Source
from models.letter import Letter
from models.ocr import Line, OcrPage
from parsers.letters import parse_letters

PRINT = (
    (0.14, 0.10, 0.34, "ที่ อต ๐๐๒๓.๓/ว ๑๗๗๔"),
    (0.62, 0.10, 0.86, "ศาลากลางจังหวัดอุตรดิตถ์"),
    (0.62, 0.125, 0.86, "ถนนทดสอบ อต ๕๓๐๐๐"),
    (0.46, 0.16, 0.62, "๒๙ เมษายน ๒๕๖๔"),
    (0.14, 0.20, 0.60, "เรื่อง การรายงานผลการทดสอบ"),
    (0.14, 0.23, 0.60, "เรียน นายอำเภอทุกอำเภอ"),
    (0.25, 0.27, 0.88, "ตามที่จังหวัดได้ขอให้รายงานผลการทดสอบของทุกอำเภอ นั้น"),
    (0.25, 0.33, 0.70, "จึงเรียนมาเพื่อทราบและดำเนินการต่อไป"),
    (0.50, 0.38, 0.70, "ขอแสดงความนับถือ"),
    (0.50, 0.46, 0.72, "(นายสมมติ ตัวอย่าง)"),
    (0.50, 0.48, 0.74, "ผู้ว่าราชการจังหวัดอุตรดิตถ์"),
)
STAMP = (
    (0.64, 0.03, 0.90, "ที่ว่าการอำเภอทดสอบ"),
    (0.64, 0.05, 0.80, "เลขรับ ๓๒๔"),
    (0.64, 0.07, 0.84, "วันที่ ๓๐ เม.ย. ๒๕๖๔"),
    (0.64, 0.09, 0.78, "เวลา ๑๔.๓๐ น."),
)


def line(place, source=Source.PRINT, confidence=0.95):
    x0, y0, x1, text = place
    return Line(text=text, box=Box(x0, y0, x1, y0 + 0.016), confidence=confidence, source=source)


def read(*stamped, printed=PRINT, confidence=0.95) -> Letter:
    lines = [line(place) for place in printed] + [line(place, Source.STAMP, confidence) for place in stamped]
    lines.sort(key=lambda each: each.box.y0 + each.box.y1)
    page = OcrPage(number=1, engine="test", width=1700, height=2400, lines=tuple(lines))
    [letter] = parse_letters([page])[0]
    return letter


def test_the_receipt_stamp_is_read_from_its_ink_and_asks_for_review():
    receipt = read(*STAMP).receipt
    assert receipt is not None
    assert (receipt.number.value, receipt.date.value, receipt.time.value) == (
        "324",
        dt.date(2021, 4, 30),
        dt.time(14, 30),
    )
    assert receipt.office.value == "ที่ว่าการอำเภอทดสอบ"
    assert {receipt.number.source, receipt.date.source, receipt.office.source} == {Source.STAMP}
    assert "handwriting.suspected" in receipt.number.review
    assert receipt.date.box is not None


def test_worn_labels_are_not_needed():
    receipt = read(
        (0.64, 0.03, 0.90, "ที่ว่าการอำเภอทดสอบ"),
        (0.70, 0.05, 0.80, "2048/53"),
        (0.70, 0.07, 0.84, "10 พ.ย. 2553"),
        (0.70, 0.09, 0.78, "13.30"),
    ).receipt
    assert receipt is not None
    assert (receipt.number.value, receipt.date.value, receipt.time.value) == (
        "2048/53",
        dt.date(2010, 11, 10),
        dt.time(13, 30),
    )


def test_the_time_of_a_stamp_that_was_read_as_print_is_of_the_stamp():
    receipt = read(*STAMP[:3], printed=(*PRINT, STAMP[3])).receipt
    assert receipt is not None
    assert (receipt.time.value, receipt.time.review) == (dt.time(14, 30), ("handwriting.suspected",))


def test_a_unit_whose_first_line_was_misread_has_that_line():
    foot = ((0.14, 0.85, 0.45, "กานวานส่งเสริมการปกครอง"), (0.14, 0.87, 0.45, "กลุ่มงานบริการสาธารณะ"))
    assert read(printed=(*PRINT, *foot)).unit.value == "กานวานส่งเสริมการปกครอง กลุ่มงานบริการสาธารณะ"


def test_a_short_line_is_one_enclosure_with_its_date_below_it():
    places = (
        (0.14, 0.245, 0.60, "สิ่งที่ส่งมาด้วย สำเนาหนังสือกรมทดสอบ ด่วนมาก"),
        (0.24, 0.258, 0.46, "ลงวันที่ ๑๗ กันยายน ๒๕๕๓"),
    )
    [enclosure] = read(printed=(*PRINT[:6], *places, *PRINT[6:])).enclosures
    assert (enclosure.date.value, enclosure.title.review) == (dt.date(2010, 9, 17), ())


def test_a_certification_on_the_left_takes_nothing_of_the_office_below_it():
    block = (
        (0.20, 0.70, 0.32, "สำเนาถูกต้อง"),
        (0.17, 0.74, 0.36, "(นางสาวรับรอง ทดลอง)"),
        (0.18, 0.76, 0.36, "นักวิชาการ"),
    )
    letter = read(printed=(*PRINT, *block, (0.14, 0.80, 0.45, "สำนักงานทดสอบจังหวัด")))
    assert (letter.certified_by.value, letter.unit.value) == ("นางสาวรับรอง ทดลอง", "สำนักงานทดสอบจังหวัด")


def test_a_line_far_above_a_unit_is_none_of_it():
    foot = ((0.14, 0.75, 0.45, "กานวานส่งเสริมการปกครอง"), (0.14, 0.87, 0.45, "กลุ่มงานบริการสาธารณะ"))
    assert read(printed=(*PRINT, *foot)).unit.value == "กลุ่มงานบริการสาธารณะ"


def test_a_stamp_over_the_head_changes_nothing_of_the_letter():
    alone, stamped = read(), read(*((x0, y0 + 0.06, x1, text) for x0, y0, x1, text in STAMP))
    assert stamped.receipt is not None
    same = {"receipt": stamped.receipt, "null_reasons": stamped.null_reasons}
    assert alone.model_copy(update=same) == stamped


def test_notes_of_the_receiving_office_are_no_part_of_the_letter():
    notes = (
        (0.04, 0.30, 0.30, "เรียน นายก อบต.ทดสอบ"),
        (0.06, 0.32, 0.24, "- เพื่อโปรดทราบ"),
        (0.70, 0.40, 0.90, "( นายรับ สมมติ )"),
        (0.70, 0.42, 0.95, "ปลัดองค์การบริหารส่วนตำบลทดสอบ"),
        (0.70, 0.44, 0.80, "๑ พ.ค. ๖๔"),
    )
    assert read(*notes) == read()


def test_urgency_and_secrecy_in_red_are_the_senders():
    letter = read((0.14, 0.05, 0.34, "ด่วนที่สุด"), (0.45, 0.02, 0.52, "ลับ"))
    assert (letter.urgency.value, letter.urgency.source) == ("ด่วนที่สุด", Source.STAMP)
    assert (letter.secrecy.value, letter.secrecy.source) == ("ลับ", Source.STAMP)
    assert letter.number.value == "อต 0023.3/ว 1774"


def test_a_number_stamped_in_color_is_the_letters_number():
    letter = read((0.14, 0.10, 0.34, "ที่ อต ๐๐๒๓.๓/ว ๑๗๗๔"), printed=PRINT[1:])
    assert (letter.number.value, letter.number.source) == ("อต 0023.3/ว 1774", Source.STAMP)


def test_a_paragraph_printed_in_color_is_not_lost():
    said = "ทั้งนี้ ขอให้อำเภอรายงานผลการทดสอบให้จังหวัดทราบทุกเดือน"
    assert said in (read((0.14, 0.30, 0.88, said)).body.value or "")
    assert said not in (read((0.14, 0.30, 0.88, said), confidence=0.2).body.value or "")


def test_scribbles_make_no_receipt():
    assert read((0.70, 0.03, 0.80, "Wร"), (0.70, 0.05, 0.74, "๑๗")).receipt is None
    assert read((0.10, 0.03, 0.24, "๑๐ พ.ย. ๒๕๕๓")).receipt is None
