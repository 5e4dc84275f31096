"""QR codes: read from worn and turned pages, given to their letter, and not trusted."""

import cv2
import numpy as np
import pytest
import zxingcpp

from core.limits import Limits
from ingest.preprocessing import orientation
from ingest.recognition.qr_codes import read_codes
from models.field import Box
from models.ocr import Code, Line, OcrPage
from parsers.letters import parse_letters

LINK = "https://example.com/form/2564"


def page_with(payload: str | bytes, side=260, place=(900, 1500)):
    page = np.full((2000, 1400), 255, np.uint8)
    code = np.asarray(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode)))
    left, top = place
    page[top : top + side, left : left + side] = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    return page


@pytest.mark.parametrize("degrees", [0.0, 2.0, 90.0, 180.0])
def test_a_code_is_read_with_its_place_on_a_worn_and_turned_page(degrees):
    page = page_with(LINK, place=(570, 870))
    turned = orientation.turn(page, degrees)
    worn = cv2.GaussianBlur(turned, (0, 0), 1.2).astype(np.float32) * 0.8
    worn += np.random.default_rng(3).normal(0, 6, page.shape)
    [code] = read_codes(np.clip(worn, 0, 255).astype(np.uint8), Limits())
    assert code.payload == LINK
    assert code.box.center == pytest.approx((0.5, 0.5), abs=0.03)
    assert code.box.width * 1400 == pytest.approx(230, abs=40)


def test_a_page_without_a_code_has_none():
    assert read_codes(np.full((400, 300), 255, np.uint8), Limits()) == ()
    assert read_codes(np.zeros((1, 1), np.uint8), Limits()) == ()
    noise = np.random.default_rng(1).integers(0, 256, (500, 500), dtype=np.uint8)
    assert read_codes(noise, Limits()) == ()


def test_a_long_payload_is_cut_and_says_so():
    [code] = read_codes(page_with("ก" * 300, side=480, place=(500, 900)), Limits(code_chars=100))
    assert (code.payload, code.cut) == ("ก" * 100, True)
    [whole] = read_codes(page_with("ก" * 300, side=480, place=(500, 900)), Limits(code_chars=300))
    assert not whole.cut


@pytest.mark.parametrize("hostile", ["a\x00b", "a\x1b[31mb", "a\u202etxt.exe", "a\u2066b", "a\u200bb"])
def test_characters_that_deceive_are_not_kept(hostile):
    [code] = read_codes(page_with(hostile), Limits())
    assert "\N{REPLACEMENT CHARACTER}" in code.payload
    assert code.payload.isprintable()


def test_markup_and_commands_are_only_text():
    for payload in (
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "'; DROP TABLE letters;--",
    ):
        [code] = read_codes(page_with(payload), Limits())
        assert code.payload == payload


def test_bytes_that_are_no_text_do_no_harm():
    for code in read_codes(page_with(bytes(range(128, 256))), Limits()):
        code.payload.encode("utf-8")


def test_no_more_codes_than_the_limit():
    page = np.full((2000, 1400), 255, np.uint8)
    for row in range(3):
        for column in range(3):
            one = page_with(f"{LINK}/{row}{column}", 260, (80 + 440 * column, 80 + 600 * row))
            page = np.minimum(page, one)
    assert len(read_codes(page, Limits())) == 9
    assert len(read_codes(page, Limits(page_codes=4))) == 4


def line(y, text):
    return Line(text=text, box=Box(0.14, y, 0.7, y + 0.016), confidence=0.95)


def test_a_code_belongs_to_the_letter_of_its_page():
    def letter_page(number, *codes):
        lines = (
            line(0.1, f"ที่ อต ๐๐๒๓.๓/ว ๑๒{number}"),
            line(0.16, "เรื่อง การทดสอบ"),
            line(0.2, "เรียน นายอำเภอทุกอำเภอ"),
            line(0.3, "ตามที่จังหวัดได้ขอให้รายงานผล นั้น"),
            line(0.5, "ขอแสดงความนับถือ"),
            line(0.6, "(นายสมมติ ตัวอย่าง)"),
        )
        return OcrPage(number=number, engine="test", width=1400, height=2000, lines=lines, codes=codes)

    code = Code(payload=LINK, box=Box(0.7, 0.8, 0.8, 0.87), cut=True)
    first, second = parse_letters([letter_page(1), letter_page(2, code)])[0]
    assert first.qr == ()
    [field] = second.qr
    assert (field.value, field.page, field.box, field.review) == (LINK, 2, code.box, ("qr.cut",))


def test_what_is_printed_below_a_code_is_its_caption():
    caption = Line(text="แบบสรุปข้อมูล", box=Box(0.71, 0.875, 0.79, 0.89), confidence=0.95)
    beside = Line(text="กองพัฒนาท้องถิ่น", box=Box(0.14, 0.875, 0.4, 0.89), confidence=0.95)
    far = Line(text="หน้า ๑", box=Box(0.72, 0.95, 0.78, 0.965), confidence=0.95)
    lines = (
        line(0.1, "ที่ อต ๐๐๒๓.๓/ว ๑๒"),
        line(0.16, "เรื่อง การทดสอบ"),
        line(0.2, "เรียน นายอำเภอทุกอำเภอ"),
        line(0.5, "ขอแสดงความนับถือ"),
        line(0.6, "(นายสมมติ ตัวอย่าง)"),
        beside,
        caption,
        far,
    )
    code = Code(payload=LINK, box=Box(0.7, 0.8, 0.8, 0.87))
    page = OcrPage(number=1, engine="test", width=1400, height=2000, lines=lines, codes=(code,))
    [letter] = parse_letters([page])[0]
    assert [field.value for field in letter.qr_captions] == ["แบบสรุปข้อมูล"]
