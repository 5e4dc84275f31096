"""A text layer held against the picture of its page."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest

from core.settings import Settings
from ingest.page_reader import PageTask, read_page
from ingest.recognition.tesseract import TesseractFailedError
from ingest.sources.file_type import MediaType
from ingest.sources.page_loading import load_pdf_page
from ingest.text_layer.extraction import HIDDEN, read_text_layer
from ingest.text_layer.verification import find_lines_to_verify, flag_digit_mismatches, verify_text_layer
from models.ocr import OcrPage
from pipeline.reading import build_recognizer
from thai.numerals import to_arabic

pytestmark = pytest.mark.slow

CIRCULAR = Path(__file__).parents[2] / "fixtures/round1/circular.pdf"
SETTINGS = Settings()


@pytest.fixture(scope="module")
def sound() -> OcrPage:
    page, why = read_text_layer(CIRCULAR, 1, SETTINGS.limits)
    assert page is not None, why
    return page


def held(page: OcrPage) -> tuple[OcrPage | None, tuple[str, ...]]:
    picture = load_pdf_page(CIRCULAR, 1, SETTINGS.limits)
    return verify_text_layer(page, find_lines_to_verify(page), picture, build_recognizer(SETTINGS))


def said(page: OcrPage, change: dict[str, str]) -> OcrPage:
    """Return the page with other words in its layer, as if its font's map were wrong."""
    lines = []
    for line in page.lines:
        words = tuple(word.model_copy(update={"text": replaced(word.text, change)}) for word in line.words)
        lines.append(line.model_copy(update={"text": replaced(line.text, change), "words": words}))
    return page.model_copy(update={"lines": tuple(lines)})


def replaced(text: str, change: dict[str, str]) -> str:
    for old, new in change.items():
        text = text.replace(old, new)
    return text


def test_a_layer_that_says_what_is_drawn_stays_as_it_is(sound: OcrPage) -> None:
    assert find_lines_to_verify(sound)
    assert held(sound) == (sound, ())


def test_a_digit_that_is_drawn_otherwise_is_doubted(sound: OcrPage) -> None:
    wrong = said(sound, {"๑๗๗๔": "๑๗๗๕"})
    assert wrong != sound
    page, why = held(wrong)
    assert page is not None, why
    doubted = [word.text for line in page.lines for word in line.words if word.confidence < 0.9]
    assert any("๑๗๗๕" in text for text in doubted)


def test_digits_of_the_other_script_and_scrambled_letters_are_found_out(sound: OcrPage) -> None:
    arabic = {digit: to_arabic(digit) for digit in "๐๑๒๓๔๕๖๗๘๙"}
    assert held(said(sound, arabic)) == (None, ("digit_script",))
    turned = {
        "า": "ฟ",
        "น": "ฌ",
        "ร": "ฆ",
        "อ": "ฎ",
        "ม": "ฦ",
        "ก": "ฑ",
        "ง": "ฒ",
        "ย": "ฬ",
        "ท": "ฐ",
        "ว": "ฤ",
        "ส": "ฏ",
        "ด": "ฮ",
    }
    page, why = held(said(sound, turned))
    assert (page, why) == (None, ("unlike_picture",))


def test_letters_in_the_color_of_the_paper_are_left_out(tmp_path: Path) -> None:
    drawn = (
        b"BT /F 14 Tf 0 g 72 700 Td (seen seen seen seen seen) Tj ET "
        b"BT /F 14 Tf 1 g 72 650 Td (nobody) Tj ET "
        b"0 g 70 595 200 20 re f BT /F 14 Tf 1 g 72 600 Td (white on black) Tj ET"
    )
    file = tmp_path / "hidden.pdf"
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.pages[0].Contents = pdf.make_stream(drawn)
        pdf.save(file)
    page, why = read_text_layer(file, 1, SETTINGS.limits)
    assert page is not None, why
    assert [line.text for line in page.lines] == ["seen seen seen seen seen", "white on black"]
    assert page.prepared == (HIDDEN,)


def test_a_picture_is_doubted_where_the_digits_of_a_layer_differ(sound: OcrPage) -> None:
    read = said(sound, {"๑๗๗๔": "๑๗๗๑"})
    number = next(line for line in flag_digit_mismatches(read, sound).lines if "๑๗๗๑" in line.text)
    assert {word.confidence < 0.9 for word in number.words if "๑๗๗๑" in word.text} == {True}
    arabic = said(sound, {digit: to_arabic(digit) for digit in "๐๑๒๓๔๕๖๗๘๙"})
    assert flag_digit_mismatches(sound, arabic) == sound


def test_what_the_picture_does_not_show_at_all_is_doubted(sound: OcrPage) -> None:
    picture = load_pdf_page(CIRCULAR, 1, SETTINGS.limits)
    number, *_ = find_lines_to_verify(sound)
    box, (height, width) = sound.lines[number].box, picture.gray.shape
    gray = picture.gray.copy()
    gray[int(box.y0 * height) - 6 : int(box.y1 * height) + 6, int(box.x0 * width) - 6 : int(box.x1 * width) + 6] = 255
    numbers = find_lines_to_verify(sound)
    page, _ = verify_text_layer(sound, numbers, replace(picture, gray=gray), build_recognizer(SETTINGS))
    assert page is not None
    assert min(word.confidence for word in page.lines[number].words) < SETTINGS.review_confidence


def test_a_layer_of_which_nothing_is_drawn_is_put_aside(sound: OcrPage) -> None:
    picture = load_pdf_page(CIRCULAR, 1, SETTINGS.limits)
    blank = replace(picture, gray=np.full_like(picture.gray, 255))
    held_page = verify_text_layer(sound, find_lines_to_verify(sound), blank, build_recognizer(SETTINGS))
    assert held_page == (None, ("unlike_picture",))


@pytest.mark.parametrize("error", [TesseractFailedError("killed"), cv2.error("odd"), MemoryError()])
def test_a_proof_that_fails_keeps_the_page_and_says_so(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("ingest.page_reader.verify_text_layer", fail)
    recognizer = build_recognizer(SETTINGS)
    reading = read_page(PageTask(CIRCULAR, MediaType.PDF, 1, recognizer, SETTINGS.limits))
    assert [issue.code for issue in reading.issues] == ["page.text_layer_unproved"]
    assert reading.page.lines
