"""Colored ink on a page → what fills a line of the print, and what is a stamp or a note of its own.

A running number or a day in blue pen stands where the print left room for it, and is read with its line. A stamp has
several lines of its own, stands askew, and often has a frame: each is made level by itself before its lines are found.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ingest.pixels import GrayImage
from ingest.preprocessing import orientation
from ingest.preprocessing.binarization import binarize
from ingest.recognition.line_recognition import LineImage, cut_lines
from ingest.recognition.word_grouping import Token
from ingest.segmentation.line_detection import LineLayout, TextLine, find_lines

_COARSE_DPI = 75
"""Resolution at which ink is gathered into stamps."""
_TOUCH = 0.07
"""Inches between letters of one word or number, and between a frame and what stands in it."""
_APART = 0.22
"""Inches between the lines of one stamp."""
_FILL_WIDTH = 1.5
"""Inches that what is filled into a line is wide at most: a date of a rubber dater."""
_FILL_HEIGHT, _FILL_GAP = 2.4, 6.0
"""Height of a filled-in number and its distance from the print of its line, in heights of a consonant."""
_SHARED = 0.2
"""Share of a number's width that may stand over print of its line."""
_LEAST, _LEAST_WIDE = 0.06, 0.15
"""Height and width in inches under which colored ink is no text."""
_FRAME_WIDTH, _FRAME_HEIGHT = 0.7, 0.35
"""Inches of a straight stroke that letters do not have."""
_GRAIN, _GRAIN_GAP = 0.004, 0.022
"""Inches: softness that makes one stroke of the grain of a rubber stamp, and its gaps in a frame or a dotted line."""
_RIM = 0.07
"""Inches from its edge in which a stamp has a frame, not letters."""
_MOST_STAMPS = 60
"""A page with more separate pieces is drawn or printed in color, not stamped."""
_PAPER_AROUND = 0.1
"""Inches of paper around a piece that is made level."""
_LEVELED_WIDTH, _LEVELED_HEIGHT = 1.0, 0.15
"""Inches from which a piece says how it lies."""
_COARSE_INK = 8
"""Gray levels (of 255) of a coarse pixel from which it is of ink: one fine pixel in thirty."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A piece of colored ink, made level.

    Attributes:
        layout: Its lines.
        gray: The level picture that they are on.
        corner: Left and top of it on the page.
        angle: Degrees that it was turned counter-clockwise.
    """

    layout: LineLayout
    gray: GrayImage
    corner: tuple[int, int]
    angle: float

    def cut_lines(self) -> list[LineImage]:
        """Return its lines as pictures."""
        return cut_lines(self.layout, self.gray)

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """Return left, top, right and bottom of its lines on the page."""
        lines = (self.on_page(Token("", *line_box(line), 0.0)) for line in self.layout.lines)
        return [(line.left, line.top, line.right, line.bottom) for line in lines]

    def on_page(self, token: Token) -> Token:
        """Return a token of its picture in the place where it stands on the page."""
        height, width = self.gray.shape
        back = cv2.getRotationMatrix2D((width / 2, height / 2), -self.angle, 1.0)
        x, y = back @ np.array([(token.left + token.right) / 2, (token.top + token.bottom) / 2, 1.0])
        half_width, half_height = (token.right - token.left) / 2, (token.bottom - token.top) / 2
        left, top = x + self.corner[0], y + self.corner[1]
        return replace(
            token, left=left - half_width, right=left + half_width, top=top - half_height, bottom=top + half_height
        )


def line_box(line: TextLine) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the letters of a line, its marks above and below left out."""
    return line.left, line.core[0], line.right, line.core[1]


def find_fills(ink: GrayImage, print_ink: GrayImage, lines: Sequence[TextLine], dpi: int) -> GrayImage:
    """Return 255 where colored ink is filled into a line of the print.

    Args:
        ink: The colored ink, 255.
        print_ink: The print, 255.
        lines: The lines of the print.
        dpi: Resolution of the page.
    """
    found = np.zeros_like(ink)
    coarse = _shrink(ink, dpi)
    blocks = [box for _, box in _pieces(ink, coarse, dpi, _APART)]
    stamps = [box for box in blocks if box[2] >= _FRAME_WIDTH * dpi and box[3] >= _FRAME_HEIGHT * dpi]
    for own, box in _pieces(ink, coarse, dpi, _TOUCH):
        left, top, width, height = box
        if width > _FILL_WIDTH * dpi or height < _LEAST * dpi or any(_inside(box, stamp) for stamp in stamps):
            continue
        line = next((line for line in lines if _stands_in(box, line)), None)
        if line is not None and _is_room(box, line, print_ink):
            found[top : top + height, left : left + width][own] = 255
    return found


def _stands_in(box: tuple[int, int, int, int], line: TextLine) -> bool:
    """Tell whether a piece of ink is as high as a line, and in it or near one of its ends."""
    left, top, width, height = box
    level = line.core[0] - 0.5 * line.height <= top + height / 2 <= line.core[1] + 0.5 * line.height
    reach = _FILL_GAP * line.height
    near = left + width > line.left - reach and left < line.right + reach
    return level and near and height <= _FILL_HEIGHT * line.height


def _is_room(box: tuple[int, int, int, int], line: TextLine, print_ink: GrayImage) -> bool:
    """Tell whether a line has no print where a piece of ink stands; dotted lines run at its foot."""
    left, _, width, _ = box
    band = print_ink[round(line.core[0]) : round(line.core[1] - 0.3 * line.height), left : left + width]
    return bool(np.count_nonzero(band.any(axis=0)) <= _SHARED * width)


def find_stamps(gray: GrayImage, dpi: int) -> list[Stamp] | None:
    """Return the stamps and notes of one ink, or None where there are too many pieces to be such.

    Args:
        gray: The ink alone, on white.
        dpi: Its resolution.
    """
    ink = np.asarray(cv2.threshold(gray, 254, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    pieces = list(itertools.islice(_pieces(ink, _shrink(ink, dpi), dpi, _APART), _MOST_STAMPS + 1))
    if len(pieces) > _MOST_STAMPS:
        return None
    return [stamp for own, box in pieces if (stamp := _level(gray, own, box, dpi)) is not None]


def _level(gray: GrayImage, own: GrayImage, box: tuple[int, int, int, int], dpi: int) -> Stamp | None:
    left, top, width, height = box
    if height < _LEAST * dpi or width < _LEAST_WIDE * dpi:
        return None
    rim = round(_PAPER_AROUND * dpi)
    picture = np.full((height + 2 * rim, width + 2 * rim), 255, np.uint8)
    window = picture[rim : rim + height, rim : rim + width]
    window[own] = gray[top : top + height, left : left + width][own]
    angle = 0.0
    if width >= _LEVELED_WIDTH * dpi and height >= _LEVELED_HEIGHT * dpi:
        picture, angle = orientation.deskew(picture)
    soft = np.asarray(cv2.GaussianBlur(picture, (0, 0), _GRAIN * dpi), dtype=np.uint8)
    picture = _without_frame(soft, dpi)
    ink = binarize(picture)
    layout = find_lines(ink, dpi)
    return Stamp(layout, picture, (left - rim, top - rim), angle) if layout.lines else None


def _without_frame(picture: GrayImage, dpi: int) -> GrayImage:
    """Return a level stamp without its frame.

    The grain of a rubber stamp parts a frame into short pieces, which are joined. That is for its rim only: within
    the stamp, the letters of a line would be joined as well, and the dotted lines that numbers stand on.
    """
    ink = binarize(picture)
    gap = round(_GRAIN_GAP * dpi) | 1
    rows, columns = np.nonzero(ink.any(axis=1))[0], np.nonzero(ink.any(axis=0))[0]
    rim = np.zeros_like(ink)
    if len(rows):
        wide = round(_RIM * dpi)
        rim[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = 255
        rim[rows[0] + wide : max(rows[-1] - wide, 0), columns[0] + wide : max(columns[-1] - wide, 0)] = 0
    strokes = np.zeros_like(ink)
    for length, shape in ((_FRAME_WIDTH, (1, -1)), (_FRAME_HEIGHT, (-1, 1))):
        whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8).reshape(shape))
        along = np.ones(round(length * dpi), np.uint8).reshape(shape)
        strokes |= np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, along), dtype=np.uint8)
    clean = picture.copy()
    clean[cv2.dilate(cv2.bitwise_and(strokes, rim), np.ones((5, 5), np.uint8)) > 0] = 255
    return clean


def _shrink(ink: GrayImage, dpi: int) -> GrayImage:
    """Return where ink is, 1 on 0, at the resolution at which it is gathered."""
    scale = _COARSE_DPI / dpi
    size = max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale))
    return (cv2.resize(ink, size, interpolation=cv2.INTER_AREA) > _COARSE_INK).astype(np.uint8)


def _pieces(
    ink: GrayImage, coarse: GrayImage, dpi: int, gap: float
) -> Iterator[tuple[GrayImage, tuple[int, int, int, int]]]:
    """Yield ink in pieces a gap apart: which pixels of its box are a piece's own, and the box."""
    scale = _COARSE_DPI / dpi
    height, width = ink.shape
    reach = round(gap * _COARSE_DPI) | 1
    joined = cv2.morphologyEx(np.pad(coarse, reach), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined[reach:-reach, reach:-reach], connectivity=8)
    for label in range(1, len(stats)):
        x, y, w, h = (int(value) for value in stats[label, :4])
        left, top = int(x / scale), int(y / scale)
        right, bottom = min(int(np.ceil((x + w) / scale)), width), min(int(np.ceil((y + h) / scale)), height)
        part = (labels[y : y + h, x : x + w] == label).astype(np.uint8)
        own = cv2.resize(part, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST) > 0
        own &= ink[top:bottom, left:right] > 0
        if own.any():
            yield own, (left, top, right - left, bottom - top)


def _inside(box: tuple[int, int, int, int], stamp: tuple[int, int, int, int]) -> bool:
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    return stamp[0] <= x <= stamp[0] + stamp[2] and stamp[1] <= y <= stamp[1] + stamp[3]
