"""Two pages that were scanned onto one sheet, side by side → where the sheet is parted."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.pixels import GrayImage, Mask


@dataclass(frozen=True, slots=True)
class GutterSettings:
    """What makes a sheet two pages; lengths are shares of the sheet's width unless another is named.

    Attributes:
        shape: Width by height of such a sheet: two upright pages of A4, somewhat cut, beside each other make 1.41.
        middle: Where the middle of the gutter lies.
        width: Least width of the gutter, which is two margins: 1.2 cm each on A3. Columns of a table are nearer.
        specks: Share of the sheet's height that dirt may take of a column of the gutter.
        running: Share of its half that a line of running text takes at least without a gap.
        gap: Widest space within running text, as a share of the half.
        lines: Lines of running text that either half has at least; the rows of a table without rules are none.
        dpi: Resolution that all of this is looked at.
    """

    shape: tuple[float, float] = (1.25, 1.65)
    middle: tuple[float, float] = (0.42, 0.58)
    width: float = 0.055
    specks: float = 0.004
    running: float = 0.5
    gap: float = 0.03
    lines: int = 2
    dpi: int = 50


SETTINGS = GutterSettings()
_SOME = 40
"""Gray of a coarse pixel, of 255, that holds some of a stroke."""


def is_wide(size: tuple[int, int], settings: GutterSettings = SETTINGS) -> bool:
    """Tell whether a sheet of a width and height can be two pages side by side."""
    width, height = size
    return settings.shape[0] <= width / max(height, 1) <= settings.shape[1]


def find_gutter(ink: GrayImage, dpi: int, settings: GutterSettings = SETTINGS) -> float | None:
    """Return where a sheet is two pages side by side, as a share of its width; None for one page.

    Args:
        ink: The binarized sheet, upright: ink is not 0.
        dpi: Its resolution.
        settings: What makes a sheet two pages.
    """
    height, width = ink.shape
    if not is_wide((width, height), settings):
        return None
    scale = min(settings.dpi / dpi, 1.0)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    coarse = cv2.resize(np.where(ink > 0, np.uint8(255), np.uint8(0)), size, interpolation=cv2.INTER_AREA) > _SOME
    gutter = _find_band(np.asarray(coarse, np.bool_), settings)
    if gutter is None:
        return None
    halves = coarse[:, : gutter[0]], coarse[:, gutter[1] :]
    if any(_count_running_lines(half, settings) < settings.lines for half in halves):
        return None
    return float((gutter[0] + gutter[1]) / 2 / size[0])


def _find_band(coarse: Mask, settings: GutterSettings) -> tuple[int, int] | None:
    """Return the widest stretch of empty columns whose middle is that of the sheet, if it is wide enough."""
    height, width = coarse.shape
    empty = np.asarray(np.count_nonzero(coarse, axis=0) <= settings.specks * height)
    starts, stops = _find_stretches(empty)
    bands = [
        (int(start), int(stop))
        for start, stop in zip(starts, stops, strict=True)
        if stop - start >= settings.width * width
        and settings.middle[0] <= (start + stop) / 2 / width <= settings.middle[1]
    ]
    return max(bands, key=lambda band: band[1] - band[0], default=None)


def _count_running_lines(half: Mask, settings: GutterSettings) -> int:
    width = half.shape[1]
    joined = cv2.morphologyEx(
        half.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, max(round(settings.gap * width), 1)), np.uint8)
    )
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, max(round(settings.running * width), 1)), np.uint8))
    starts, stops = _find_stretches(np.asarray(long.any(axis=1)))
    return int(np.count_nonzero(stops - starts >= 2))  # what is thinner is a rule


def _find_stretches(truths: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where stretches of truths begin, and where they have ended."""
    edges = np.diff(np.concatenate(([0], truths.astype(np.int8), [0])))
    return np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0]
