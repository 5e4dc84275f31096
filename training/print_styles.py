"""Print that a plain face on white paper does not show: dot matrix, white on gray, a watermark, ink nearly gone.

Pictures are float32, 0 black to 255 white. Lengths are in units of `stroke`, the pixels of one printed point.
"""

from collections.abc import Callable
from enum import StrEnum

import cv2
import numpy as np

from training.wear import Ink

_DOT_PITCH = (0.36, 0.62)
"""Points between two dots of a needle printer: 24 needles have 180 to an inch, two passes of nine about 144."""
_DOT_INK = 0.62
"""Mean gray of a dot's place, as a share of white, below which a needle strikes."""
_WATERMARK_GRAY = (175.0, 235.0)
"""Levels of a watermark or of a tinted form behind the text."""
_FADED = (0.14, 0.35)
"""Share of the contrast that is left of the palest print which a clerk still reads."""


class PrintStyle(StrEnum):
    """How a line is printed, where it is not black on white paper."""

    DOT_MATRIX = "dot matrix"
    WATERMARK = "watermark"
    FADED = "faded"
    REVERSED = "reversed"


def print_ink(ink: Ink, style: PrintStyle, stroke: float, random: np.random.Generator) -> Ink:
    """Return a drawn line as its printer puts it on the sheet, before any wear; a style of the scan changes nothing."""
    printers: dict[PrintStyle, Callable[[Ink, float, np.random.Generator], Ink]] = {
        PrintStyle.DOT_MATRIX: _strike_dots,
        PrintStyle.WATERMARK: _lay_watermark,
    }
    return printers[style](ink, stroke, random) if style in printers else ink


def finish(worn: Ink, style: PrintStyle, random: np.random.Generator) -> Ink:
    """Return a worn line as the scan shows it: faded, or as light letters on a dark header; otherwise as it was."""
    if style is PrintStyle.FADED:
        paper = random.uniform(225, 250)
        return (paper - (255.0 - worn) * random.uniform(*_FADED)).astype(np.float32)
    if style is PrintStyle.REVERSED:
        header, letters = random.uniform(20, 150), random.uniform(215, 255)
        return (letters - worn / 255.0 * (letters - header)).astype(np.float32)
    return worn


def _strike_dots(ink: Ink, stroke: float, random: np.random.Generator) -> Ink:
    pitch = max(1.6, random.uniform(*_DOT_PITCH) * stroke)
    height, width = ink.shape
    grid = cv2.resize(ink, (max(1, round(width / pitch)), max(1, round(height / pitch))), interpolation=cv2.INTER_AREA)
    struck = (grid < _DOT_INK * 255).astype(np.float32)
    struck *= random.uniform(0.6, 1.0, grid.shape) * (random.random(grid.shape) > random.uniform(0, 0.04))
    # A dot is round and a little wider than its place, so that rows of dots touch without melting.
    cell = cv2.resize(struck.astype(np.float32), (width, height), interpolation=cv2.INTER_NEAREST)
    rows, columns = (
        np.arange(height) / height * grid.shape[0] % 1 - 0.5,
        np.arange(width) / width * grid.shape[1] % 1 - 0.5,
    )
    reach = random.uniform(0.45, 0.75)
    dot = np.clip(1.6 - np.hypot(rows[:, None], columns[None, :]) / reach, 0, 1)
    return np.asarray(255.0 * (1 - np.clip(cell * dot, 0, 1)), np.float32)


def _lay_watermark(ink: Ink, stroke: float, random: np.random.Generator) -> Ink:
    height, width = ink.shape
    sheet = np.full(ink.shape, 255, np.uint8)
    gray = float(random.uniform(*_WATERMARK_GRAY))
    for _ in range(int(random.integers(1, 4))):
        center = (int(random.uniform(0, width)), int(random.uniform(-0.5, 1.5) * height))
        axes = (int(random.uniform(8, 60) * stroke), int(random.uniform(8, 60) * stroke))
        thick = -1 if random.random() < 0.3 else max(1, int(random.uniform(1, 9) * stroke))
        cv2.ellipse(sheet, center, axes, float(random.uniform(0, 180)), 0, 360, gray, thick, cv2.LINE_AA)
    if random.random() < 0.4:
        word = "".join(random.choice(list("COPYDRAFTSECRET"), 6))
        size, place = (
            random.uniform(1.0, 3.0) * stroke,
            (int(random.uniform(0, 0.7) * width), int(random.uniform(0.4, 1.1) * height)),
        )
        cv2.putText(sheet, word, place, cv2.FONT_HERSHEY_DUPLEX, size / 4, gray, max(1, int(size)), cv2.LINE_AA)
    return np.asarray(ink * sheet / 255.0, np.float32)
