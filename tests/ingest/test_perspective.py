"""A photograph taken askew is laid flat; a scan is left pixel for pixel."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from ingest.preprocessing.perspective import find_sheet
from ingest.sources.page_image import PageImage

FIXTURES = Path(__file__).parents[2] / "fixtures"
SCANS = ("round1/office-200-page1.png", "shapes/districts.tif", "shapes/ledger.tif", "stamped/office-200.jpg")
VIEWS = {
    "from below": [(330, 200), (1380, 230), (1660, 2350), (60, 2320)],
    "from the left": [(150, 130), (1500, 420), (1480, 2080), (170, 2380)],
    "from a corner": [(260, 150), (1420, 330), (1600, 2280), (80, 2140)],
}
SIZE = (1750, 2500)


def load(name: str) -> np.ndarray:
    return np.array(Image.open(FIXTURES / name).convert("L"))


def photograph(sheet: np.ndarray, corners, light: float = 1.0, background: int = 60) -> np.ndarray:
    """Put a sheet onto a dark table, seen at an angle, the light falling off to the right."""
    height, width = sheet.shape
    edges = np.array([(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)], np.float32)
    turn = cv2.getPerspectiveTransform(edges, np.array(corners, np.float32))
    table = np.random.default_rng(1).normal(background, 6, SIZE[::-1]).clip(0, 255).astype(np.uint8)
    seen = cv2.warpPerspective(sheet, turn, SIZE, flags=cv2.INTER_AREA)
    inside = cv2.warpPerspective(np.full_like(sheet, 255), turn, SIZE) > 127
    picture = np.where(inside, seen, table).astype(np.float32)
    return (picture * np.linspace(1.0, light, SIZE[0], dtype=np.float32)).astype(np.uint8)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("light", [1.0, 0.75])
def test_the_corners_of_a_sheet_are_found_to_a_few_pixels(view, light):
    corners = find_sheet(photograph(load(SCANS[0]), VIEWS[view], light))
    assert corners is not None
    assert np.abs(corners - np.array(VIEWS[view])).max() < 8


@pytest.mark.parametrize("view", VIEWS)
def test_the_flattened_sheet_lies_like_the_scan(view):
    sheet = load(SCANS[0])
    flat = PageImage(photograph(sheet, VIEWS[view]), 200).flattened()
    assert flat.is_flattened
    size = (413, 585)
    alike = [cv2.GaussianBlur(cv2.resize(x, size, interpolation=cv2.INTER_AREA), (5, 5), 0) for x in (sheet, flat.gray)]
    inner: list[Any] = [x[12:-12, 12:-12].ravel() for x in alike]
    assert np.corrcoef(*inner)[0, 1] > 0.8


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_is_left_as_it_is(name):
    page = PageImage(load(name), 200)
    assert page.flattened() is page


def test_a_sheet_seen_straight_is_left_to_the_search_for_skew():
    straight = [(200, 200), (1550, 200), (1550, 2110), (200, 2110)]
    assert find_sheet(photograph(load(SCANS[0]), straight)) is None


def test_what_is_no_sheet_is_left():
    dark = np.full((2500, 1750), 60, np.uint8)
    cv2.circle(dark, (875, 1250), 700, 230, -1)
    assert find_sheet(dark) is None


def test_a_sheet_cut_off_by_the_frame_is_left():
    beyond = [(330, 200), (1380, 230), (1900, 2900), (-150, 2900)]
    picture = photograph(load(SCANS[0]), beyond)
    corners = find_sheet(picture)
    assert corners is None
