"""A value read once more from its picture, by the reader that did not read it: a candidate for a person, no more."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

import cv2
import numpy as np

from core.settings import Settings
from ingest.pixels import ColorImage, GrayImage
from ingest.recognition.line_recognition import LineImage, read_line_images
from ingest.recognition.recognizer import UNREAD, TextRecognizer
from ingest.recognition.word_grouping import build_line
from models.document import Document
from models.field import Box
from models.ocr import OcrPage
from models.record_path import get_field
from pipeline.reading import build_recognizer
from store.archive import Archive
from thai.text import normalize

Reader = Literal["fast", "tesseract"]
_PAGE_INCHES: Final = 11.69
"""Height of a page that the resolution is told from: A4."""
_MARGIN_X, _MARGIN_Y = 0.006, 0.003
"""What is read around a line, as shares of the page: 1.3 and 0.9 mm of A4."""
_LEAST_OVERLAP: Final = 0.5
"""Share of a line's height within the box of a value from which on the line is a part of it."""


def choose_other(document: Document, number: int) -> Reader:
    """Return the reader that did not read a page alone; for what no reader read, Tesseract."""
    engine = next((page.engine for page in document.pages if page.number == number), "")
    return "fast" if engine.startswith("tesseract") else "tesseract"


def read_again(
    archive: Archive, document: Document, path: str, pixels: GrayImage | ColorImage, settings: Settings
) -> str:
    """Return what the other reader makes of a value's place on its page; empty where it makes nothing of it.

    Args:
        archive: Knows the lines that the page was read in.
        document: The record.
        path: The value.
        pixels: Its page, upright, as `ingest.page_crops.upright_page` has it.
        settings: Where models are, and limits.

    Raises:
        core.errors.MissingToolError: The other reader is not there.
        core.errors.RecognitionError: It failed.
    """
    field = get_field(document, path)
    if field is None or field.page is None or field.box is None:
        return ""
    page = next(iter(archive.pages(document.source.sha256, field.page)), None)
    gray = pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    boxes = list(_find_lines(page, field.box)) if page is not None else []
    images = [_cut(gray, box) for box in boxes or [field.box]]
    recognizer = _build(settings.model_dump_json(), choose_other(document, field.page))
    read = read_line_images(images, round(gray.shape[0] / _PAGE_INCHES), recognizer)
    size = float(gray.shape[1]), float(gray.shape[0])
    lines = [line for tokens in read if (line := build_line(tokens, size)) is not None]
    return normalize(" ".join(line.text for line in lines if line.text != UNREAD))


@lru_cache(maxsize=2)
def _build(settings: str, reader: Reader) -> TextRecognizer:
    return build_recognizer(Settings.model_validate_json(settings).model_copy(update={"reader": reader}))


def _find_lines(page: OcrPage, box: Box) -> Iterator[Box]:
    """Yield the parts of the page's lines and cells that lie within the box of a value."""
    cells = (cell.box for grid in page.grids for cell in grid.cells if cell.text)
    for line in (*(line.box for line in page.lines), *cells):
        top, bottom = max(line.y0, box.y0), min(line.y1, box.y1)
        left, right = max(line.x0, box.x0), min(line.x1, box.x1)
        if right > left and bottom - top >= _LEAST_OVERLAP * line.height:
            yield Box(left, line.y0, right, line.y1)


def _cut(gray: GrayImage, box: Box) -> LineImage:
    height, width = gray.shape[:2]
    left, right = int(max(0.0, box.x0 - _MARGIN_X) * width), int(min(1.0, box.x1 + _MARGIN_X) * width)
    top, bottom = int(max(0.0, box.y0 - _MARGIN_Y) * height), int(min(1.0, box.y1 + _MARGIN_Y) * height)
    return LineImage(gray[top : max(bottom, top + 1), left : max(right, left + 1)], (left, top))
