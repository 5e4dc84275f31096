"""Pages and values as pictures for the browser."""

import io
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from ingest.sources.page_image import Colors, Gray
from models.field import Box

_PAGE_WIDTH: Final = 1400
"""Pixels of a page's picture across: letters of 16 points are 30 pixels high, enough to zoom in."""
_CROP_WIDTH: Final = 1400
"""Widest picture of a value, in pixels: a wide screen shows it whole."""
_QUALITY: Final = 80
"""Quality of the JPEG, of 100."""
_LINE_MARGIN_Y: Final = 0.012
"""What is shown above and below a value, as a share of the page: half a line, so that the line is seen whole."""
_LINE_MARGIN_X: Final = 0.12
"""What is shown before and behind a value, as a share of the page."""
_FRAME: Final = (200, 30, 30)
"""Color of the frame around a value: red, green, blue."""


def draw_page(pixels: Gray | Colors) -> bytes:
    """Return an upright page as JPEG."""
    return _encode(_shrink(_image(pixels), _PAGE_WIDTH))


def draw_line(pixels: Gray | Colors, box: Box) -> bytes:
    """Return the part of a page around a value as JPEG, with the value framed."""
    image = _image(pixels)
    around = Box(
        max(0.0, box.x0 - _LINE_MARGIN_X),
        max(0.0, box.y0 - _LINE_MARGIN_Y),
        min(1.0, box.x1 + _LINE_MARGIN_X),
        min(1.0, box.y1 + _LINE_MARGIN_Y),
    )
    crop = image.crop(_pixels(around, image)).convert("RGB")
    left, top = _pixels(around, image)[:2]
    x0, y0, x1, y1 = _pixels(box, image)
    frame = (x0 - left - 6, y0 - top - 4, x1 - left + 6, y1 - top + 4)
    ImageDraw.Draw(crop).rectangle(frame, outline=_FRAME, width=3)
    return _encode(_shrink(crop, _CROP_WIDTH))


def _image(pixels: Gray | Colors) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(pixels))


def _pixels(box: Box, image: Image.Image) -> tuple[int, int, int, int]:
    x0, y0 = int(box.x0 * image.width), int(box.y0 * image.height)
    return x0, y0, max(x0 + 1, int(box.x1 * image.width)), max(y0 + 1, int(box.y1 * image.height))


def _shrink(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encode(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()
