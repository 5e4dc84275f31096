"""Print too large for the page pass: the urgency and secrecy words over a letter, which stand at 32 points and more.

Read as part of a page of 16-point text they are taken for a drawing and lost, so such ink is cut out, made as small
as the text and read on its own.
"""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from ingest import picture
from ingest.picture import Grey
from ingest.tesseract import Recogniser, read_each
from ingest.words import PAGE_GAP, Token, line_of
from models.field import Box
from models.ocr import Line

_HEAD_SHARE = 0.25
_MIN_INCHES, _MAX_INCHES = 0.19, 0.75
_MAX_WIDTH_INCHES = 4.0
_BASE_INCHES = 0.17
"""Height that a line of 16-point text with its marks has, and that large print is reduced to."""
_CLEAR = 0.6


def read_large_print(
    grey: Grey, ink: Grey, lines: Sequence[Line], dpi: int, recogniser: Recogniser, folder: Path, seconds: float
) -> tuple[Line, ...]:
    """Return lines of large print at the head of a page that no line was read from.

    Args:
        grey: The level page.
        ink: The same, binarised (ink 255).
        lines: What was read of the page.
        dpi: Its resolution.
        recogniser: What reads it.
        folder: A folder for the cuts.
        seconds: Limit for the run.
    """
    height, width = grey.shape
    boxes = [box for box in _blocks(ink, dpi) if not _is_read(box, lines, (width, height))]
    files, scales = [], []
    for index, (left, top, right, bottom) in enumerate(boxes):
        scale = _BASE_INCHES * dpi / (bottom - top)
        cut = cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        framed = np.pad(np.asarray(cut, dtype=np.uint8), dpi // 15, constant_values=int(np.percentile(cut, 90)))
        files.append(picture.save(framed, folder / f"large-{index:02d}.pgm"))
        scales.append(scale)
    tokens: list[list[Token]] = [[] for _ in boxes]
    for glyph in read_each(files, recogniser, segmentation=7, dpi=dpi, seconds=seconds):
        left, top, *_ = boxes[glyph.picture]
        scale, rim = scales[glyph.picture], dpi // 15
        x0, x1 = left + (glyph.left - rim) / scale, left + (glyph.right - rim) / scale
        y0, y1 = top + (glyph.top - rim) / scale, top + (glyph.bottom - rim) / scale
        tokens[glyph.picture].append(Token(glyph.text, x0, y0, x1, y1, glyph.confidence))
    read = [line_of(found, (width, height), gap=2 * PAGE_GAP) for found in tokens]
    return tuple(line for line in read if line is not None and len(line.text) > 2 and line.confidence >= _CLEAR)


def _blocks(ink: Grey, dpi: int) -> list[tuple[int, int, int, int]]:
    """Return the blocks of ink at the head of the page that are as tall as large print, with a margin."""
    head = ink[: int(_HEAD_SHARE * ink.shape[0])]
    joined = cv2.morphologyEx(head, cv2.MORPH_CLOSE, np.ones((dpi // 12, dpi // 6), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    rim = dpi // 40
    for label in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[label])
        tall = _MIN_INCHES * dpi <= height <= _MAX_INCHES * dpi
        if tall and 1.2 * height <= width <= _MAX_WIDTH_INCHES * dpi:
            found.append((max(left - rim, 0), max(top - rim, 0), left + width + rim, top + height + rim))
    return found


def _is_read(block: tuple[int, int, int, int], lines: Sequence[Line], size: tuple[int, int]) -> bool:
    """Whether a line that reads well stands on most of the block."""
    width, height = size
    box = Box(block[0] / width, block[1] / height, block[2] / width, block[3] / height)
    for line in lines:
        for word in line.words:
            across = min(box.x1, word.box.x1) - max(box.x0, word.box.x0)
            down = min(box.y1, word.box.y1) - max(box.y0, word.box.y0)
            if across > 0.3 * box.width and down > 0.3 * box.height and word.confidence >= _CLEAR:
                return True
    return False
