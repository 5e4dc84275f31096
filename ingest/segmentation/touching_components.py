"""Letters that a stamp's ring or a pen stroke has joined to itself, taken out of it again.

Ink that runs through several lines is one piece, and every letter that it touches is lost in it: the end of a line
that a stamp covers would not be looked at. What of such a piece lies between the top and the foot of a line's
consonants is taken apart there, so that the line reaches as far as its letters.
"""

from collections.abc import Iterable

import cv2
import numpy as np

from ingest.pixels import Labels, Mask, Stats

_REACH = 10.0
"""How far beyond the ends of a line its letters are looked for, in heights of its consonants."""
_SPILL = 0.15
"""How far a letter reaches over the top and the foot of its line's consonants, in their heights."""
_LEAST_WIDTH, _LEAST_HEIGHT, _MOST_FILLED = 0.4, 0.6, 0.85
"""What may be a letter, in heights of a consonant and as the share of its box that is ink: a black edge is none."""

Band = tuple[int, int, float, float]
"""Left, right, top and foot of a line's consonants."""


def split_touching_components(
    labels: Labels, stats: Stats, touching: Mask, bands: Iterable[Band], usual: float
) -> tuple[Labels, Stats]:
    """Return labels and statistics of pieces of ink, with new pieces behind the old for what was taken out.

    The labels are changed in place, if they have room for more: a page has many pixels.

    Args:
        labels: The label of each pixel's piece of ink, 0 for paper.
        stats: Left, top, width, height and area of each label.
        touching: Which labels are pieces too high for a letter.
        bands: The lines that letters may belong to.
        usual: Height of a consonant.
    """
    if not touching.any():
        return labels, stats
    boxes = stats[touching]
    x0, y0 = (int(boxes[:, side].min()) for side in (0, 1))
    x1, y1 = (int((boxes[:, side] + boxes[:, side + 2]).max()) for side in (0, 1))
    window = labels[y0:y1, x0:x1]
    zone = np.zeros(window.shape, np.uint8)
    for left, right, top, foot in bands:
        high = foot - top
        rows = slice(max(round(top - _SPILL * high) - y0, 0), max(round(foot + _SPILL * high) + 1 - y0, 0))
        zone[rows, max(round(left - _REACH * high) - x0, 0) : max(round(right + _REACH * high) - x0, 0)] = 1
    places = np.flatnonzero((window > 0) & (zone > 0))  # an index of every pixel would take eight bytes for each
    own = np.take(touching, np.take(window, places))
    zone[...] = 0
    zone.ravel()[places[own]] = 1
    _, torn, found, _ = cv2.connectedComponentsWithStats(zone, connectivity=8)
    width, height, area = found[:, 2], found[:, 3], found[:, 4]
    letters = (
        (width >= _LEAST_WIDTH * usual) & (height >= _LEAST_HEIGHT * usual) & (area <= _MOST_FILLED * width * height)
    )
    letters[0] = False
    if not letters.any():
        return labels, stats
    renamed = np.zeros(len(found), np.int32)
    renamed[letters] = len(stats) + np.arange(np.count_nonzero(letters), dtype=np.int32)
    if renamed.max() > np.iinfo(labels.dtype).max:
        labels = labels.astype(np.int32)
        window = labels[y0:y1, x0:x1]
    places = places[own]
    names = np.take(renamed, np.take(np.asarray(torn, np.int32), places))
    window[np.divmod(places[names > 0], window.shape[1])] = names[names > 0]
    found[:, :2] += (x0, y0)
    return labels, np.concatenate([stats, found[letters].astype(np.int64)])
