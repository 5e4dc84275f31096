"""Two pages on one sheet: each is read by itself, and put back onto the sheet that they lie on."""

import math
from collections.abc import Callable
from typing import TypeVar

from ingest.sources.page_image import PageImage
from models.field import Box, Record
from models.ocr import OcrPage

R = TypeVar("R", bound=Record)


def read_halves(page: PageImage, gutter: float, read: Callable[[PageImage], OcrPage]) -> OcrPage:
    """Return a sheet with what its left page says and after it what its right page says.

    Args:
        page: The sheet, upright; it need not be level, nor its pages lie alike.
        gutter: Where it is parted, as a share of its width.
        read: What reads one page.
    """
    width, height = page.size
    middle = round(gutter * width)
    left, right = (
        _onto_sheet(read(page.cut(start, stop)), start, (stop - start, height), page.size)
        for start, stop in ((0, middle), (middle, width))
    )
    parts = {name: (*getattr(left, name), *getattr(right, name)) for name in ("lines", "grids", "codes", "leftover")}
    prepared = tuple(dict.fromkeys((*left.prepared, *right.prepared)))
    whole = {"width": width, "height": height, "skew": 0.0, "gutter": gutter, "prepared": prepared}
    return left.model_copy(update={**parts, **whole})


def _onto_sheet(page: OcrPage, offset: int, size: tuple[int, int], sheet: tuple[int, int]) -> OcrPage:
    """Return a page with its boxes on the sheet: its leveling undone, about its middle, and moved to its place."""
    turn = math.radians(page.skew)
    cos, sin = math.cos(turn), math.sin(turn)
    middle = size[0] / 2, size[1] / 2

    def place(box: Box) -> Box:
        x, y = box.center[0] * size[0] - middle[0], box.center[1] * size[1] - middle[1]
        center_x = (cos * x - sin * y + middle[0] + offset) / sheet[0]
        center_y = (sin * x + cos * y + middle[1]) / sheet[1]
        half_width, half_height = box.width * size[0] / sheet[0] / 2, box.height / 2
        edges = center_x - half_width, center_y - half_height, center_x + half_width, center_y + half_height
        return Box(*(min(max(edge, 0.0), 1.0) for edge in edges))

    return _move(page, place)


def _move(record: R, place: Callable[[Box], Box]) -> R:
    """Return a record with every box within it moved."""
    changed: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Box):
            changed[name] = place(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changed[name] = tuple(_move(item, place) for item in value)
    return record.model_copy(update=changed) if changed else record
