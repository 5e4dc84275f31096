"""Black edges, lines of a lid and punch holes at the rim of a page."""

import numpy as np
import pytest

from bench.preparation import edges, holes
from ingest.pixels import GrayImage
from ingest.preprocessing.border_noise import EDGES, HOLES, find_border_noise
from ingest.sources.page_image import PageImage

DPI = 200


def page() -> GrayImage:
    """Return a page of black words between margins of 25 mm, a large letter and a ring."""
    gray = np.full((2339, 1654), 245, np.uint8)
    for top in range(300, 2000, 50):
        for left in range(200, 1400, 90):
            gray[top : top + 20, left : left + 70 : 4] = 20
    return gray


def test_a_page_without_a_rim_is_left_as_it_is() -> None:
    gray = page()
    rim = find_border_noise(gray, DPI)
    assert rim.found == ()
    assert not rim.mask.any()


def test_black_edges_are_cleared_and_the_text_is_not() -> None:
    worn = edges(page(), DPI)
    rim = find_border_noise(worn, DPI)
    assert rim.found == (EDGES,)
    clean = PageImage(worn, DPI).cleared(rim.mask).gray
    assert np.count_nonzero(clean < 100) == np.count_nonzero(page() < 100)
    assert clean[:30].min() > 200


def test_punch_holes_are_cleared_and_the_text_is_not() -> None:
    worn = holes(page(), DPI)
    rim = find_border_noise(worn, DPI)
    assert rim.found == (HOLES,)
    assert np.count_nonzero(PageImage(worn, DPI).cleared(rim.mask).gray < 100) == np.count_nonzero(page() < 100)


@pytest.mark.parametrize("turned", range(4))
def test_a_line_of_the_lid_is_cleared_on_every_side(turned: int) -> None:
    gray = page()
    side = np.rot90(gray, turned)
    side[300:900, 12:17] = 30
    rim = find_border_noise(gray, DPI)
    assert rim.found == (EDGES,)
    assert np.count_nonzero(PageImage(gray, DPI).cleared(rim.mask).gray < 100) == np.count_nonzero(page() < 100)


def test_text_that_was_cut_off_at_the_border_stays() -> None:
    gray = page()
    gray[300:320, 0:30] = 20
    gray[400:420, 0:20] = 20
    assert find_border_noise(gray, DPI).found == ()


def test_a_table_rule_that_runs_into_the_margin_stays() -> None:
    gray = page()
    gray[1000:1004, 10:1640] = 20
    gray[500:1500, 300:304] = 20
    assert find_border_noise(gray, DPI).found == ()


def test_colors_are_cleared_like_the_gray() -> None:
    worn = np.repeat(edges(page(), DPI)[:, :, None], 3, axis=2)
    noise = find_border_noise(worn[:, :, 0], DPI)
    clean = PageImage(worn[:, :, 0], DPI, stored_colors=worn).cleared(noise.mask).draw_colors()
    assert clean is not None
    assert clean.shape == worn.shape
    assert clean[:30].min() > 200


def test_print_in_a_corner_between_no_two_edges_stays() -> None:
    gray = page()
    gray[60:100, -110:-60:4] = 20
    worn = gray.copy()
    worn[:, :60] = 10
    rim = find_border_noise(worn, DPI)
    assert EDGES in rim.found
    assert np.array_equal(PageImage(worn, DPI).cleared(rim.mask).gray[60:100, -110:-60], gray[60:100, -110:-60])


@pytest.mark.parametrize("shape", [(1000, 60), (60, 1000), (1, 1)])
def test_a_strip_is_left_as_it_is(shape: tuple[int, int]) -> None:
    strip = np.full(shape, 10, np.uint8)
    assert find_border_noise(strip, 150).found == ()
