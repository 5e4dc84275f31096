"""Pages of which a side is a pixel or two, as scanners and converters leave them, are read as any other."""

import numpy as np
import pytest

from core.limits import Limits
from ingest.page_image_reader import read_page_image
from ingest.pixels import halve
from ingest.sources.page_image import PageImage
from tests.ingest.test_shared_pictures import SureRecognizer


@pytest.mark.parametrize(("shape", "half"), [((1, 1), (1, 1)), ((1, 9), (1, 4)), ((7, 1), (4, 1)), ((6, 8), (3, 4))])
def test_half_a_picture_has_a_pixel_at_least(shape: tuple[int, int], half: tuple[int, int]) -> None:
    assert halve(np.zeros(shape, np.uint8)).shape == half


@pytest.mark.parametrize("shape", [(1, 1), (1, 800), (800, 1), (2, 3000), (3000, 2)])
@pytest.mark.parametrize("is_noise", [True, False])
def test_a_page_a_pixel_wide_or_high_is_read(shape: tuple[int, int], *, is_noise: bool) -> None:
    gray = np.full(shape, 255, np.uint8)
    if is_noise:
        gray[:] = np.random.default_rng(0).integers(0, 256, shape)
    else:
        gray.ravel()[gray.size // 4 : gray.size // 2] = 0
    read = read_page_image(PageImage(gray, 200), 1, SureRecognizer(), Limits())
    assert sorted((read.height, read.width)) == sorted(shape)
