"""Two pages that lie on one sheet are read one after the other."""

from pathlib import Path

import numpy as np
import pikepdf
import pytest

from core.limits import Limits
from ingest.segmentation.sheet_gutter import find_gutter
from ingest.sheet_halves import read_halves
from ingest.sources.page_image import PageImage
from ingest.sources.page_loading import load_pdf_page
from ingest.text_layer.extraction import read_text_layer
from models.field import Box
from models.ocr import Line, OcrPage

FIXTURES = Path(__file__).parents[2] / "fixtures"
DPI = 100


def sheet(*blocks, lines=20, width=1170, height=827, step=30):
    """Draw blocks of running text: left and right in pixels."""
    ink = np.zeros((height, width), np.uint8)
    for left, right in blocks:
        for n in range(lines):
            ink[80 + n * step : 92 + n * step, left:right] = 255
    return ink


def test_two_full_pages_are_parted_between_them():
    gutter = find_gutter(sheet((80, 520), (660, 1090)), DPI)
    assert gutter == pytest.approx(590 / 1170, abs=0.01)


@pytest.mark.parametrize(
    "ink",
    [
        sheet((80, 1090)),
        sheet((80, 520), (560, 1090)),
        sheet((80, 520), (660, 1090), width=827 + 343, height=1500),
        sheet((80, 520)),
        sheet((80, 520), (660, 760)),
        sheet((80, 200), (260, 380), (440, 520), (660, 760), (820, 900), (960, 1090)),
        sheet((80, 520), (660, 1090)) | sheet((80, 1090), lines=1),
        sheet((80, 520), (660, 1090), lines=1),
    ],
    ids=["one", "columns", "upright", "left only", "narrow", "table without rules", "heading over both", "few lines"],
)
def test_one_page_is_not_parted(ink):
    assert find_gutter(ink, DPI) is None


def test_a_real_sheet_is_parted_and_a_landscape_table_is_not():
    two = load_pdf_page(FIXTURES / "cases/h15-two-on-a-sheet.pdf", 1, Limits())
    assert find_gutter(two.ink, two.dpi) == pytest.approx(0.5, abs=0.05)


def test_boxes_are_put_back_onto_the_sheet():
    picture = PageImage(255 - sheet((80, 520), (660, 1090)), DPI)

    def read(half):
        line = Line(text=str(half.size[0]), box=Box(0.25, 0.1, 0.75, 0.2), confidence=0.9)
        return OcrPage(number=3, engine="test", width=half.size[0], height=half.size[1], lines=(line,))

    whole = read_halves(picture, 0.5, read)
    assert [line.box for line in whole.lines] == [
        pytest.approx((0.125, 0.1, 0.375, 0.2)),
        pytest.approx((0.625, 0.1, 0.875, 0.2)),
    ]
    assert (whole.number, whole.width, whole.height, whole.gutter) == (3, 1170, 827, 0.5)
    assert whole.text == "585\n585"


def test_a_half_that_was_leveled_lies_on_the_sheet_as_it_did():
    picture = PageImage(np.full((800, 1200), 255, np.uint8), DPI)

    def read(half):
        line = Line(text="ก", box=Box(0.9, 0.49, 1.0, 0.51), confidence=0.9)
        return OcrPage(number=1, engine="test", width=half.size[0], height=half.size[1], skew=2.0, lines=(line,))

    left = read_halves(picture, 0.5, read).lines[0].box
    assert left.center[1] * 800 == pytest.approx(400 + 270 * np.sin(np.radians(2.0)), abs=0.5)


@pytest.mark.slow
def test_a_text_layer_is_parted_as_well(tmp_path):
    with pikepdf.open(FIXTURES / "round1/circular.pdf") as source, pikepdf.new() as target:
        page = target.add_blank_page(page_size=(1190, 842))
        for left in (0, 595):
            page.add_overlay(source.pages[0], pikepdf.Rectangle(left, 0, left + 595, 842))
        target.save(tmp_path / "two.pdf")
    one, _ = read_text_layer(FIXTURES / "round1/circular.pdf", 1, Limits())
    two, why = read_text_layer(tmp_path / "two.pdf", 1, Limits())
    assert why == ()
    assert two.gutter == pytest.approx(0.5, abs=0.05)
    assert [line.text for line in two.lines] == [line.text for line in one.lines] * 2
