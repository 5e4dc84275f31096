"""A stamp of which nothing was read is told of: planted on a typeset letter, in its margin and between its lines."""

from pathlib import Path

import cv2
import pytest

from core.limits import Limits
from ingest.segmentation.leftover_ink import find_leftover_ink
from ingest.sources.page_image import PageImage
from ingest.sources.page_loading import load_pdf_page
from ingest.text_layer.extraction import read_text_layer

LETTER = Path(__file__).parents[2] / "fixtures/round1/circular.pdf"
COLORS = {"red": (200, 30, 40), "blue": (40, 60, 190), "violet": (120, 50, 160), "gray": (110, 110, 110)}
PLACES = {"at the head": (0.72, 0.03), "at the foot": (0.62, 0.87)}
INCH = 150


@pytest.fixture(scope="module")
def letter():
    page = load_pdf_page(LETTER, 1, Limits())
    text, _ = read_text_layer(LETTER, 1, Limits())
    size = (round(8.27 * INCH), round(11.69 * INCH))
    gray = cv2.resize(page.gray, size, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB), text.lines


def find(picture, lines):
    return find_leftover_ink(PageImage(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), INCH, stored_colors=picture), lines)


def stamp(picture, shape, place, color):
    """Print a stamp of 1.2 inches with three lines in it, and return where its middle is as shares of the page."""
    height, width = picture.shape[:2]
    side = round(1.2 * INCH)
    x, y = int(place[0] * width), int(place[1] * height)
    if shape == "round":
        cv2.circle(picture, (x + side // 2, y + side // 2), side // 2, color, 4, cv2.LINE_AA)
    else:
        cv2.rectangle(picture, (x, y), (x + side, y + side), color, 4)
    for row in range(3):
        cv2.putText(
            picture, "No.8 9/4", (x + 26, y + 60 + row * 36), cv2.FONT_HERSHEY_SIMPLEX, 0.9, color, 2, cv2.LINE_AA
        )
    return (x + side / 2) / width, (y + side / 2) / height


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", ["round", "square"])
@pytest.mark.parametrize("color", COLORS)
def test_a_stamp_that_was_not_read_is_told_of_in_its_place(letter, color, shape, place):
    picture, lines = letter[0].copy(), letter[1]
    before = find(picture, lines)
    x, y = stamp(picture, shape, PLACES[place], COLORS[color])
    fresh = [island for island in find(picture, lines) if island not in before]
    assert any(i.box.x0 <= x <= i.box.x1 and i.box.y0 <= y <= i.box.y1 for i in fresh)
