"""What a copier or a file left at the rim of a page: black edges, the lines of an open lid, punch holes.

Read as letters they are lines of rubbish above, below and between those of the page (bench/preparation.py). They are
told by where they are and how solid: no letter is a disc of 4 mm, or runs 10 mm along the border of the paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ingest.components import label_components
from ingest.pixels import GrayImage, Mask
from ingest.preprocessing.binarization import paper_level

EDGES, HOLES = "rim.edges", "rim.holes"

_MM = 25.4
"""Millimetres in an inch."""
_DARK = 0.55
"""Share of the paper's gray below which a pixel is part of an edge or a hole."""
_DEEP, _STRIP = 12.0, 4.5
"""How far black edges reach into a page, and where lines of a lid lie, in mm from its border."""
_LONG, _LINE = 15.0, 10.0
"""How far an edge and a line run along the border at least, in mm."""
_HOLE = (4.0, 9.0)
"""Least and greatest diameter of a punch hole in millimetres; ISO 838 says 6."""
_HOLE_PLACE = 22.0
"""Width of a punch hole, and how far from the border its middle lies at most, in mm."""
_SOLID, _ROUND = 0.7, 0.75
"""Share of its box that a disc fills, and least ratio of the sides of its box."""
_LEAST_CORNER = 1.5
"""Side of a square in mm: dark pieces in the corner between two edges that are larger belong to them."""
_SEARCH_DPI = 150
"""Resolution that is looked at: a rim is coarse, and a page has many pixels."""
_SPREAD = 2
"""Pixels of the searched picture by which what is cleared is widened, for its soft edge."""
_LEAST = 2
"""Columns at the very border that take the next one's darkness: scanners leave a light seam there."""


@dataclass(frozen=True, slots=True)
class BorderNoise:
    """What is at the rim of a page and no part of it.

    Attributes:
        mask: Its pixels.
        found: `EDGES`, `HOLES`, both or neither.
    """

    mask: Mask
    found: tuple[str, ...]


def find_border_noise(gray: GrayImage, dpi: int) -> BorderNoise:
    """Return what is at the rim of a page.

    Args:
        gray: The page, level or not.
        dpi: Its resolution.
    """
    scale = min(1.0, _SEARCH_DPI / dpi)
    height, width = gray.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA) if scale < 1.0 else gray, np.uint8)
    dark = small < _DARK * paper_level(small)
    unit = dpi * scale / _MM
    edges = np.zeros_like(dark)
    if min(dark.shape) <= 2 * round(_DEEP * unit):  # a strip of a page has no rim to tell from what is on it
        return BorderNoise(np.zeros(gray.shape, np.bool_), ())
    edged = []
    for turns in range(4):
        side = np.rot90(dark, turns)
        found = _edge(side, unit) | _lines(side, unit)
        edged.append(bool(found.any()))
        if edged[-1]:
            edges |= np.rot90(found, -turns)
    edges |= _corners(dark & ~edges, edged, unit)
    holes = _holes(dark, unit)
    names = tuple(name for name, mask in ((EDGES, edges), (HOLES, holes)) if mask.any())
    mask = edges | holes
    if names:
        kernel = np.ones((2 * _SPREAD + 1, 2 * _SPREAD + 1), np.uint8)
        mask = cv2.dilate(mask.astype(np.uint8), kernel) > 0
        mask = cv2.resize(mask.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
    return BorderNoise(mask, names)


def _edge(dark: Mask, unit: float) -> Mask:
    """Return the dark runs that begin at the left border and end within a few mm, if they run far along it."""
    reach = round(_DEEP * unit)
    strip = cv2.morphologyEx(dark[:, : reach + 1].astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > 0
    strip[:, :_LEAST] |= strip[:, _LEAST : _LEAST + 1]
    runs = np.where(strip.all(axis=1), reach + 1, np.argmin(strip, axis=1))
    runs[(runs > reach) | (runs < unit)] = 0
    found = np.zeros_like(dark)
    if np.count_nonzero(runs) >= _LONG * unit:
        found[:, : reach + 1] = np.arange(reach + 1)[None, :] < runs[:, None]
    return found


def _corners(rest: Mask, edged: Sequence[bool], unit: float) -> Mask:
    """Return what two edges leave where they meet: dark pieces in a corner of the page between them.

    Args:
        rest: What is dark beside the edges.
        edged: Whether the left, the top, the right and the lower side have an edge.
        unit: Pixels of a millimetre.
    """
    left, top, right, foot = edged
    reach = round(_DEEP * unit)
    found = np.zeros_like(rest)
    for rows, level in ((slice(0, reach), top), (slice(-reach, None), foot)):
        for columns, upright in ((slice(0, reach), left), (slice(-reach, None), right)):
            if not (level and upright):
                continue
            count, labels, stats, _ = cv2.connectedComponentsWithStats(
                rest[rows, columns].astype(np.uint8), connectivity=8
            )
            solid = stats[:, cv2.CC_STAT_AREA] >= (_LEAST_CORNER * unit) ** 2
            wanted = [n for n in range(1, count) if solid[n]]
            found[rows, columns] |= np.isin(labels, wanted)
    return found


def _lines(dark: Mask, unit: float) -> Mask:
    """Return pieces of ink near the left border that run along it and end before the page's own ink begins."""
    reach = round(_STRIP * unit)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark[:, :reach].astype(np.uint8), connectivity=8)
    long = stats[:, cv2.CC_STAT_HEIGHT] >= _LINE * unit
    inner = stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH] >= reach
    wanted = np.nonzero(long & ~inner)[0]
    found = np.zeros_like(dark)
    found[:, :reach] = np.isin(labels, wanted[wanted > 0]) if count > 1 else False
    return found


def _holes(dark: Mask, unit: float) -> Mask:
    """Return solid discs of the size of a punch hole that stand near the left or right border."""
    solid = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    pieces = label_components(np.asarray(solid, np.uint8))
    wide, high, area = pieces.stats[:, 2], pieces.stats[:, 3], pieces.stats[:, 4]
    sized = (np.minimum(wide, high) >= _HOLE[0] * unit) & (np.maximum(wide, high) <= _HOLE[1] * unit)
    disc = np.minimum(wide, high) >= _ROUND * np.maximum(wide, high)
    filled = area >= _SOLID * wide * high
    middles = pieces.centers[:, 0]
    near = np.minimum(middles, dark.shape[1] - middles) <= _HOLE_PLACE * unit
    return pieces.draw(np.asarray(sized & disc & filled & near)) > 0
