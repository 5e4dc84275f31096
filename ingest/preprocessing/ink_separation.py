"""A color scan → black print, and the blue and red ink of stamps and pens, each as a gray picture of its own.

Ink is colored where its channels differ much for its depth. Both are measured against the paper, so that a tinted
sheet is white, and on a soft copy, so that neither the fringes of a scanner's three lines nor the blocks of a JPEG are
colors. On real scans that share is below 0.25 in black ink and above 0.4 in blue and red (docs/adr/0013).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from ingest.pixels import ColorImage, GrayImage, Mask

_WHITE_ENOUGH = 250
"""Level of each color from which paper is white as it is."""
_SOFT_DPI = 150
"""Color is looked for at this resolution: JPEG stores it no finer in a scan of 300."""
_COLORED = 0.33
"""Least difference between channels as a share of the depth of the ink."""
_EVEN = 0.28, 0.15
"""The same over the breadth of two strokes, where the fringes of black letters are gray: red on one side, blue on the
other."""
_SURE_CHROMA, _LEAST_CHROMA = 30, 18
"""Least difference between channels in gray levels: of ink, and of its pale rest near by."""
_NEAR = 0.1
"""Inches around sure ink within which pale ink is its rest; elsewhere it is paper, show-through or noise."""
_BROAD, _LONG = 0.1, 0.4
"""Height and length in inches that no stroke of a letter has, and that a highlighter has."""
_DARK, _DULL = 100, 0.28
"""What is darker than this in every channel and differs so little between them is print, whatever ink lies over it."""
_OWN_DARKNESS = 15
"""Percentile of the pixels of an ink that are as dark by themselves; darker ones have print under them."""
_LEAST_INK = 1e-4
"""Share of a page below which its color is a speck or a fringe; a stamped word is six times as much."""
_MOST_INK = 0.6
"""Share of all ink above which color is what the page is printed in, or a cast: then nothing is taken out."""
_PAPER_PERCENTILE = 80
"""Percentile of each channel that is paper; on a letter less than a fifth is ink."""
_DEPTH = 80
"""How much darker than paper ink is in one channel at least, to be counted."""


class Ink(StrEnum):
    """The color of an ink that is not black."""

    BLUE = "blue"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Layers:
    """A page parted by ink.

    Attributes:
        print: The page without its colored ink, painted over with paper.
        inks: Pictures of each colored ink that the page has, alone on white.
    """

    print: GrayImage
    inks: dict[Ink, GrayImage]


def separate(colors: ColorImage, gray: GrayImage, dpi: int) -> Layers | None:
    """Return a page parted by ink, or None where it is black and white, or printed in color altogether.

    Args:
        colors: The page in color.
        gray: The same in gray.
        dpi: Its resolution.
    """
    soft = _soft(colors, dpi)
    paper = np.percentile(soft.reshape(-1, 3)[:: max(soft.size // 300_000, 1)], _PAPER_PERCENTILE, axis=0)
    soft = _whitened(soft, paper)
    colored = _colored(soft)
    least = _LEAST_INK * colored.size
    if np.count_nonzero(colored) < least:
        return None
    marked = _marked(soft, colored)
    ink = (_extremes(soft)[1] < 255 - _DEPTH) & ~marked
    if np.count_nonzero(ink & colored) > _MOST_INK * np.count_nonzero(ink):
        return None
    warm = soft[..., 0] >= np.maximum(soft[..., 1], soft[..., 2])
    size = (gray.shape[1], gray.shape[0])
    clean, inks = gray.copy(), dict[Ink, GrayImage]()
    blank = int(np.percentile(gray[:: max(dpi // 25, 1), :: max(dpi // 25, 1)], 90))
    for name, own in ((Ink.BLUE, colored & ~warm), (Ink.RED, colored & warm)):
        if np.count_nonzero(own) < least:
            continue
        near = np.asarray(cv2.dilate(own.astype(np.uint8), np.ones((3, 3), np.uint8)), dtype=np.uint8)
        places = np.flatnonzero(cv2.resize(near, size, interpolation=cv2.INTER_NEAREST))
        lightest, darkest = (channel.ravel() for channel in _extremes(_whitened(_pick(colors, places), paper)))
        bright = ~_is_dull(lightest, darkest)
        places, lightest, darkest = places[bright], lightest[bright], darkest[bright]
        if len(places):
            clean.ravel()[places] = _without_ink(
                lightest, np.unravel_index(places, gray.shape), near, gray.shape, blank
            )
        if marked.any():
            free = cv2.resize(marked.view(np.uint8), size, interpolation=cv2.INTER_NEAREST).ravel()[places] == 0
            places, darkest = places[free], darkest[free]
        if len(places):
            inks[name] = np.full_like(gray, 255)
            inks[name].ravel()[places] = darkest
    return Layers(clean, inks)


def _pick(colors: ColorImage, places: npt.NDArray[np.int64]) -> ColorImage:
    """Return some pixels of a page as a picture of one column; the others, nearly all, need not be looked at."""
    return np.ascontiguousarray(colors.reshape(-1, 3)[places][:, None])


def _is_dull(lightest: npt.NDArray[np.uint8], darkest: npt.NDArray[np.uint8]) -> Mask:
    """Tell of each pixel whether it is print, whatever ink lies over it."""
    return np.asarray((lightest < _DARK) & (lightest - darkest < _DULL * (255.0 - darkest)))


def _extremes(colors: ColorImage) -> tuple[GrayImage, GrayImage]:
    """Return the lightest and the darkest channel of each pixel."""
    red, green, blue = cv2.split(colors)
    lightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray(lightest, np.uint8), np.asarray(darkest, np.uint8)


def _colored(soft: ColorImage) -> Mask:
    """Return where a picture with white paper holds colored ink."""
    high, low = _extremes(soft)
    chroma = high - low
    pale = (chroma >= _LEAST_CHROMA) & _is_saturated(chroma, low, _COLORED)
    high, low = _extremes(np.asarray(cv2.blur(soft, (9, 9)), np.uint8))
    high -= low
    reach = round(2 * _NEAR * _SOFT_DPI) | 1
    sure = (pale & _is_saturated(high, low, _EVEN[0]) & (chroma >= _SURE_CHROMA)).view(np.uint8)
    near = cv2.dilate(sure, np.ones((reach, reach), np.uint8))
    return np.asarray(pale & _is_saturated(high, low, _EVEN[1]) & (near > 0))


def _is_saturated(chroma: GrayImage, low: GrayImage, share: float) -> Mask:
    """Tell of each pixel whether its channels differ by more than a share of the depth of its ink.

    The greatest difference that is no more is looked up by the darkest channel: fractions take eight bytes a pixel.
    """
    most = np.floor(share * np.maximum(255.0 - np.arange(256), 1.0))
    return np.asarray(chroma > cv2.LUT(low, most.astype(np.uint8)))


def _without_ink(
    values: GrayImage, at: Sequence[npt.NDArray[np.intp]], near: GrayImage, shape: tuple[int, ...], blank: int
) -> GrayImage:
    """Return the colored pixels of a page as they would be without their ink.

    Ink takes least from its lightest channel. Divided by what all but the darkest pixels of the same stroke or stamp
    leave there, that channel is paper where nothing is printed, and a letter keeps its edges along a stroke.

    Args:
        values: The lightest channel of the colored pixels.
        at: Their rows and columns.
        near: Where color is on the soft copy, to tell one stroke from another.
        shape: Height and width of the page.
        blank: The gray of paper.
    """
    _, strokes = cv2.connectedComponents(near, connectivity=8)
    own = strokes[at[0] * near.shape[0] // shape[0], at[1] * near.shape[1] // shape[1]]
    order = np.lexsort((values, own))
    _, starts, index, counts = np.unique(own[order], return_index=True, return_inverse=True, return_counts=True)
    left = np.maximum(values[order][starts + counts * _OWN_DARKNESS // 100], 1.0)
    bare = np.empty(len(values), np.uint8)
    bare[order] = np.minimum(values[order] * (blank / left[index]), blank)
    return bare


def _marked(soft: ColorImage, colored: Mask) -> Mask:
    """Return where text was marked with a highlighter: color as broad as no stroke of a letter, print in it or not."""
    high, low = _extremes(soft)
    solid = ((colored & (high - low >= _SURE_CHROMA)) | (high < 255 - _DEPTH)).astype(np.uint8)
    stroke = np.ones((round(_BROAD * _SOFT_DPI), round(_LONG * _SOFT_DPI)), np.uint8)
    broad = cv2.morphologyEx(solid, cv2.MORPH_OPEN, stroke)
    return np.asarray(cv2.dilate(broad, np.ones((9, 9), np.uint8)) > 0)


def _soft(colors: ColorImage, dpi: int) -> ColorImage:
    scale = min(1.0, _SOFT_DPI / dpi)
    size = max(1, round(colors.shape[1] * scale)), max(1, round(colors.shape[0] * scale))
    small = cv2.resize(colors, size, interpolation=cv2.INTER_AREA) if scale < 1.0 else colors
    return np.asarray(cv2.blur(small, (3, 3)), dtype=np.uint8)


def _whitened(colors: ColorImage, paper: npt.NDArray[np.float64]) -> ColorImage:
    """Return the picture with its paper made white."""
    if float(paper.min()) >= _WHITE_ENOUGH:
        return colors
    levels = np.arange(256, dtype=np.float64)
    table = np.stack([np.clip(levels * 255 / max(channel, 1.0), 0, 255) for channel in paper], axis=-1)
    return np.asarray(cv2.LUT(colors, table.astype(np.uint8)[None]), dtype=np.uint8)
