"""Color scans parted by ink: print, stamps, what is filled in, what is marked, and what must be left alone."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from core.limits import Limits
from ingest.preprocessing import orientation
from ingest.preprocessing.binarization import binarize
from ingest.preprocessing.ink_separation import Ink, separate
from ingest.recognition.word_grouping import Token
from ingest.segmentation.line_detection import find_lines
from ingest.sources import page_loading
from ingest.sources.page_image import PageImage
from ingest.stamps import stamp_detection
from ingest.stamps.layered_recognition import _move_fills

BLACK, BLUE, DARK_BLUE, RED = (25, 25, 28), (70, 105, 200), (36, 42, 128), (205, 40, 45)
DPI = 200


def sheet(paper=(255, 255, 255), height=900, width=1200):
    return np.full((height, width, 3), paper, np.uint8)


def write(page, text, left, base, color, scale=1.2):
    cv2.putText(page, text, (left, base), cv2.FONT_HERSHEY_SIMPLEX, scale, color, 3, cv2.LINE_AA)


def frame(page, left, top, right, bottom, color):
    cv2.rectangle(page, (left, top), (right, bottom), color, 4)


def scanned(page, quality=60, noise=3.0):
    """Return a page as a scanner gives it: soft, noisy, JPEG with halved color."""
    soft = cv2.GaussianBlur(page, (0, 0), 0.8).astype(np.float32)
    soft += np.random.default_rng(7).normal(0, noise, page.shape)
    stream = io.BytesIO()
    Image.fromarray(np.clip(soft, 0, 255).astype(np.uint8)).save(stream, "JPEG", quality=quality, subsampling=2)
    return np.asarray(Image.open(stream).convert("RGB"))


def gray_of(page):
    return np.asarray(Image.fromarray(page).convert("L"))


def parted(page):
    return separate(page, gray_of(page), DPI)


def dark(gray, than=150):
    return gray < than


@pytest.mark.parametrize("paper", [(255, 255, 255), (238, 226, 200), (214, 232, 240)])
def test_print_stays_and_stamps_go_on_paper_of_any_tint(paper):
    page, print_alone = sheet(paper), sheet(paper)
    for base in range(100, 860, 70):
        write(page, "black print on this line 0123456789", 60, base, BLACK)
        write(print_alone, "black print on this line 0123456789", 60, base, BLACK)
    write(page, "STAMPED OVER", 300, 330, BLUE, 2.0)
    write(page, "URGENT", 700, 620, RED, 2.5)
    layers = parted(scanned(page))
    assert layers is not None
    assert set(layers.inks) == {Ink.BLUE, Ink.RED}
    letters = dark(gray_of(print_alone), 80)
    kept = dark(layers.print, 150) & letters
    assert kept.sum() > 0.96 * letters.sum()
    added = dark(layers.print, 150) & ~(cv2.dilate(letters.astype(np.uint8), np.ones((7, 7))) > 0)
    assert added.sum() < 0.002 * letters.sum()
    assert dark(layers.inks[Ink.RED]).sum() > 3000
    assert dark(layers.inks[Ink.RED])[:, :600].sum() < 60


def test_dark_blue_pen_is_no_print_and_black_fringes_are_no_pen():
    page = sheet()
    for base in (100, 160, 220):
        write(page, "print of the letter", 60, base, BLACK)
    write(page, "8471", 700, 500, DARK_BLUE, 2.0)
    layers = parted(scanned(page))
    assert layers is not None
    assert list(layers.inks) == [Ink.BLUE]
    assert dark(layers.print)[400:].sum() < 30
    assert dark(layers.inks[Ink.BLUE])[400:].sum() > 1500
    fringed = sheet()
    for base in range(100, 860, 60):
        write(fringed, "print of the letter", 60, base, BLACK)
    fringed[..., 0] = np.roll(fringed[..., 0], 1, axis=1)
    assert parted(scanned(fringed)) is None


def test_gray_pages_have_no_colors_to_part(tmp_path):
    page = sheet()
    write(page, "print", 60, 200, BLACK)
    for name, image in (("gray.png", Image.fromarray(gray_of(page))), ("rgb.png", Image.fromarray(gray_of(page)))):
        image.convert("RGB" if name == "rgb.png" else "L").save(tmp_path / name)
        assert page_loading.load_frame(tmp_path / name, 1, Limits()).stored_colors is None
    write(page, "stamp", 60, 400, BLUE, 2.0)
    for mode in ("RGB", "RGBA", "P"):
        Image.fromarray(page).convert(mode).save(tmp_path / "color.png")
        assert page_loading.load_frame(tmp_path / "color.png", 1, Limits()).stored_colors is not None


def test_a_page_printed_in_blue_is_left_alone():
    page = sheet()
    for base in range(100, 860, 60):
        write(page, "all of this letter is a blue carbon copy", 60, base, BLUE)
    assert parted(scanned(page)) is None


def test_what_a_highlighter_marks_is_read_as_print_and_the_mark_is_no_stamp():
    page = sheet()
    page[260:320, 100:900] = (90, 215, 240)
    write(page, "marked words in a letter", 120, 305, BLACK)
    layers = parted(scanned(page))
    assert layers is not None
    assert layers.inks == {}
    assert dark(layers.print, 120)[260:320].sum() > 2000
    assert np.percentile(layers.print[262:318, 102:898], 60) > 240


def test_a_number_filled_in_by_pen_is_read_with_its_line_and_a_stamp_is_not():
    page = sheet()
    write(page, "No 0037.6/", 80, 300, BLACK)
    for base in range(420, 880, 60):
        write(page, "printed words that go on", 80, base, BLACK)
    write(page, "8471", 340, 302, DARK_BLUE)
    frame(page, 700, 200, 1150, 460, BLUE)
    write(page, "RECEIVED", 740, 260, BLUE)
    write(page, "15", 740, 318, BLUE)
    gray = gray_of(page)
    layers = separate(page, gray, DPI)
    assert layers is not None
    printed, _, inks = _move_fills(PageImage(gray, DPI), layers)
    assert dark(printed)[270:310, 330:460].any()
    assert not dark(inks[Ink.BLUE])[:, :600].any()
    assert dark(inks[Ink.BLUE])[290:320, 730:800].any()
    assert not dark(printed)[:, 690:].any()
    assert any(line.left < 350 and line.right > 430 for line in find_lines(binarize(printed), DPI).lines)


def test_a_crooked_stamp_is_made_level_and_its_words_are_put_back_where_they_stand():
    page = np.full((900, 1200), 255, np.uint8)
    frame(page, 300, 300, 900, 560, 90)
    for base in (370, 440, 510):
        write(page, "office of the stamp", 340, base, 90)
    [stamp] = stamp_detection.find_stamps(orientation.turn(page, 3.0), DPI) or []
    assert stamp.angle == pytest.approx(-3.0, abs=0.3)
    assert len(stamp.layout.lines) == 3
    first = stamp.layout.lines[0]
    token = stamp.on_page(Token("x", first.left, first.top, first.right, first.bottom, 0.9))
    middle = ((token.left + token.right) / 2, (token.top + token.bottom) / 2)
    (wide, high), _ = cv2.getTextSize("office of the stamp", cv2.FONT_HERSHEY_SIMPLEX, 1.2, 3)
    there = cv2.getRotationMatrix2D((600, 450), 3.0, 1.0) @ np.array([340 + wide / 2, 370 - high / 2, 1.0])
    assert middle == pytest.approx(tuple(there), abs=8)


def test_a_page_full_of_colored_pieces_is_not_taken_for_stamps():
    page = np.full((2400, 1700), 255, np.uint8)
    for y in range(60, 2300, 120):
        for x in range(60, 1600, 140):
            write(page, "ab", x, y, 60, 0.8)
    assert stamp_detection.find_stamps(page, DPI) is None


def test_tiny_and_empty_pictures_do_no_harm():
    for shape in ((1, 1, 3), (3, 500, 3), (500, 2, 3)):
        for shade in (0, 255):
            assert parted(np.full(shape, shade, np.uint8)) is None
    assert stamp_detection.find_stamps(np.full((5, 5), 255, np.uint8), DPI) == []
    random = np.random.default_rng(1).integers(0, 256, (300, 300, 3), dtype=np.uint8)
    parted(random)
