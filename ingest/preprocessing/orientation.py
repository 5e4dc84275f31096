"""A picture as it was scanned → level and upright."""

import cv2
import numpy as np

from ingest.pixels import GrayImage, halve
from ingest.preprocessing.binarization import binarize

_SEARCH_PX = 900
"""Longer side, in pixels, of the picture that the angle is searched on: fine enough for a tenth of a degree."""
_RULE_PX = 40
"""Length of a run that is a rule and no letter, at the size that is searched."""
_MOST_COLUMNS = 18
"""Rules down a page up to which they are columns of a table; more are its rows, lying on a side."""
_MAX_SKEW = 4.0
"""Degrees that a sheet lies askew at most in a scanner."""
_COARSE, _COARSE_STEPS, _FINE_STEPS = 0.5, 17, 11
"""Degrees between the angles tried first, how many those are, and how many about the best of them: tenths."""
_LEAST_INK = 50
"""Pixels of ink, at the size that is searched, below which nothing says how a page lies."""
_MUCH_SHARPER = 1.6
"""How many times sharper the columns of a page are than its rows where it lies on a side."""
LEAST_SKEW = 0.08
"""Degrees below which turning blurs more than it helps."""


def draw_overview(gray: GrayImage) -> GrayImage:
    """Return the ink of a picture at the size that its angle is searched on."""
    return binarize(_smaller(gray, min(1.0, _SEARCH_PX / max(gray.shape))))


def find_skew(ink: GrayImage) -> float:
    """Return the angle in degrees by which turning counter-clockwise makes text lines and rules level.

    The row profile of a level page is sharpest (Postl's criterion): the angle with the greatest sum of squared
    differences between neighboring rows wins.

    Args:
        ink: The picture as `draw_overview` draws it.
    """
    if np.count_nonzero(ink) < _LEAST_INK:
        return 0.0
    # Half a degree is told apart on half the picture as well, at a quarter of the cost.
    coarse = halve(ink)
    best = max(np.linspace(-_MAX_SKEW, _MAX_SKEW, _COARSE_STEPS), key=lambda angle: _sharpness(coarse, float(angle)))
    fine = max(
        np.linspace(best - _COARSE, best + _COARSE, _FINE_STEPS), key=lambda angle: _sharpness(ink, float(angle))
    )
    return round(float(fine), 2)


def _smaller(gray: GrayImage, scale: float) -> GrayImage:
    size = max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _sharpness(ink: GrayImage, angle: float) -> float:
    # Whole numbers: OpenCV sums them twenty times as fast as it does fractions.
    profile = cv2.reduce(turn(ink, angle, border=0) if angle else ink, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0]
    return float(np.square(np.diff(profile.astype(np.float64))).sum())


def turn(gray: GrayImage, degrees: float, border: int = 255) -> GrayImage:
    """Return the picture turned counter-clockwise about its middle, same size, the corners filled."""
    height, width = gray.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(gray, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(border, border, border))
    return np.asarray(turned, dtype=np.uint8)


def deskew(gray: GrayImage) -> tuple[GrayImage, float]:
    """Return the picture made level, and the degrees it was turned (0.0 where not worth it)."""
    angle = find_skew(draw_overview(gray))
    if abs(angle) < LEAST_SKEW:
        return gray, 0.0
    return turn(gray, angle), angle


def lies_on_its_side(ink: GrayImage) -> bool:
    """Whether text lines seem to run down the page: its column profile is much sharper than its row profile.

    A table with rules only down the page seems so too. There the letters alone must say it, unless there are more
    rules than a table has columns: those are rows.

    Args:
        ink: The picture as `draw_overview` draws it.
    """
    if not _sharper_down(ink):
        return False
    down, across = (_runs(ink, shape) for shape in ((_RULE_PX, 1), (1, _RULE_PX)))
    if _count(down, axis=0) > _MOST_COLUMNS:
        return True
    rules = cv2.dilate(cv2.bitwise_or(down, across), np.ones((3, 3), np.uint8))
    return _sharper_down(np.where(rules > 0, 0, ink).astype(np.uint8))


def _sharper_down(ink: GrayImage) -> bool:
    return _sharpness(np.ascontiguousarray(np.rot90(ink)), 0.0) > _MUCH_SHARPER * _sharpness(ink, 0.0)


def _runs(ink: GrayImage, shape: tuple[int, int]) -> GrayImage:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), dtype=np.uint8)


def _count(rules: GrayImage, axis: int) -> int:
    """Return at how many places across the page rules run down it."""
    return int(np.count_nonzero(np.diff((rules.max(axis=axis) > 0).astype(np.int8)) == 1))


def quarter_turn(gray: GrayImage, clockwise: int) -> GrayImage:
    """Return the picture turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(gray, k=-(clockwise // 90)))
