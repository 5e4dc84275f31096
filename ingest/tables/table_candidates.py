"""Whether the rules of a page can make a table at all: on most letters they cannot, and the search for one is dear."""

import cv2
import numpy as np

from ingest.pixels import GrayImage
from ingest.tables import lattice
from ingest.tables.lattice import LatticeSettings
from ingest.tables.ruling_lines import RulingLine

_COARSE_DPI = 75
"""Resolution at which it is looked at: rules that touch there may be apart, so that no table is missed."""
_LEAST_WIDTH, _LEAST_HEIGHT = 0.95, 0.35
"""Inches that rules which cross make a table from, and a little less."""
_LEAST_RULES, _LONG = 3, 2.4
"""How many rules make a table that has none down the page, and how long they are in inches, a little less."""


def may_hold_tables(rules: tuple[GrayImage, GrayImage], dpi: int) -> bool:
    """Tell whether some rules cross, or several long ones lie one under the other.

    Args:
        rules: The horizontal and the vertical rules of a page, as masks.
        dpi: Resolution.
    """
    across, down = (_shrink(mask, dpi) for mask in rules)
    if not across.any():
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_or(across, down), connectivity=8)
    wide = stats[1:, cv2.CC_STAT_WIDTH] >= _LEAST_WIDTH * _COARSE_DPI
    if (wide & (stats[1:, cv2.CC_STAT_HEIGHT] >= _LEAST_HEIGHT * _COARSE_DPI)).any():
        return True
    _, _, stats, middles = cv2.connectedComponentsWithStats(across, connectivity=8)
    strokes = [
        RulingLine(float(middle[1]), float(left), float(left + width))
        for (left, _, width, _, _), middle in zip(stats[1:], middles[1:], strict=True)
    ]
    joined = lattice.join_pieces(strokes, _COARSE_DPI, LatticeSettings())
    return sum(line.length >= _LONG * _COARSE_DPI for line in joined) >= _LEAST_RULES


def _shrink(mask: GrayImage, dpi: int) -> GrayImage:
    scale = min(1.0, _COARSE_DPI / dpi)
    size = max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))
    if not mask.any():
        return np.zeros(size[::-1], np.uint8)
    small = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.threshold(small, 0, 255, cv2.THRESH_BINARY)[1], np.uint8)
