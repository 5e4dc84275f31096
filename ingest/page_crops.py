"""The upright picture of a page again, and a value cut out of it, small enough to stand in a report."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from core.limits import Limits
from ingest.pixels import ColorImage, GrayImage
from ingest.preprocessing import orientation
from ingest.sources.file_type import MediaType
from ingest.sources.page_loading import load_frame, load_pdf_page
from models.document import Page
from models.field import Box

_MARGIN_X, _MARGIN_Y = 0.012, 0.006
"""What is shown around a value, as shares of the page: 2.5 and 1.8 mm of A4."""
_QUALITY = 72
"""Quality of the JPEG, of 100."""


def upright_page(path: Path, media_type: MediaType, page: Page, limits: Limits) -> GrayImage | ColorImage:
    """Return a page as its boxes mean it: turned upright and made level as it was when it was read.

    Args:
        path: The original.
        media_type: Its kind, a PDF or a picture.
        page: What was read of it, with its rotation and skew.
        limits: `page_pixels` bounds what is decoded.

    Raises:
        core.errors.InputError: It cannot be opened any more, or is too large.
    """
    load = load_pdf_page if media_type is MediaType.PDF else load_frame
    picture = load(path, page.number, limits)
    colors = picture.draw_colors()
    pixels = picture.gray if colors is None else colors
    pixels = orientation.quarter_turn(pixels, (page.rotation - picture.rotation) % 360)
    return orientation.turn(pixels, page.skew) if page.skew else pixels


def cut(pixels: GrayImage | ColorImage, box: Box, most: int) -> bytes:
    """Return what stands in a box, and a little around it, as JPEG.

    Args:
        pixels: The upright page.
        box: Where, as fractions of it.
        most: Largest picture, in pixels; a larger one is scaled down.
    """
    height, width = pixels.shape[:2]
    left, right = _within(box.x0 - _MARGIN_X, width - 1, width), _within(box.x1 + _MARGIN_X, width, width)
    top, bottom = _within(box.y0 - _MARGIN_Y, height - 1, height), _within(box.y1 + _MARGIN_Y, height, height)
    image = Image.fromarray(np.ascontiguousarray(pixels[top : max(bottom, top + 1), left : max(right, left + 1)]))
    scale = (most / (image.width * image.height)) ** 0.5
    if scale < 1:
        size = max(1, int(image.width * scale)), max(1, int(image.height * scale))
        image = image.resize(size, Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return stream.getvalue()


def _within(share: float, most: int, size: int) -> int:
    return min(max(int(share * size), 0), most)
