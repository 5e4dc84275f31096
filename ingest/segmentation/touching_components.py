"""Letters that a stamp's ring or a pen stroke has joined to itself, taken out of it again.

Ink that runs through several lines is one piece, and every letter that it touches is lost in it: the end of a line
that a stamp covers would not be looked at. What of such a piece lies between the top and the foot of a line's
consonants is taken apart there, so that the line reaches as far as its letters.
"""

from collections.abc import Iterable

import cv2
import numpy as np

from ingest.components import LabeledInk, label_components
from ingest.ink_runs import InkRuns, find_runs
from ingest.pixels import Mask

_REACH = 10.0
"""How far beyond the ends of a line its letters are looked for, in heights of its consonants."""
_SPILL = 0.15
"""How far a letter reaches over the top and the foot of its line's consonants, in their heights."""
_LEAST_WIDTH, _LEAST_HEIGHT, _MOST_FILLED = 0.4, 0.6, 0.85
"""What may be a letter, in heights of a consonant and as the share of its box that is ink: a black edge is none."""

Band = tuple[int, int, float, float]
"""Left, right, top and foot of a line's consonants."""


def split_touching_components(ink: LabeledInk, touching: Mask, bands: Iterable[Band], usual: float) -> LabeledInk:
    """Return pieces of ink with new pieces behind the old for what was taken out of these; `ink` if nothing was.

    Args:
        ink: The pieces of ink.
        touching: Which of them are too high for a letter.
        bands: The lines that letters may belong to.
        usual: Height of a consonant.
    """
    if not touching.any():
        return ink
    whole = ink.draw(touching)
    torn = label_components(np.where(_draw_bands(bands, whole.shape), whole, 0).astype(np.uint8))
    width, height, area = torn.stats[:, 2], torn.stats[:, 3], torn.stats[:, 4]
    letters = (
        (width >= _LEAST_WIDTH * usual) & (height >= _LEAST_HEIGHT * usual) & (area <= _MOST_FILLED * width * height)
    )
    letters[0] = False
    if not letters.any():
        return ink
    own = letters[torn.owners]
    names = len(ink.stats) + np.cumsum(letters) - 1
    rest = find_runs(np.asarray(cv2.subtract(whole, torn.draw(letters)), np.uint8))
    parts = (
        (ink.runs.select(~touching[ink.owners]), ink.owners[~touching[ink.owners]]),
        (rest, ink.owners[ink.runs.find_run(rest.starts)]),
        (torn.runs.select(own), names[torn.owners[own]]),
    )
    starts = np.concatenate([runs.starts for runs, _ in parts])
    order = np.argsort(starts)
    stops = np.concatenate([runs.stops for runs, _ in parts])[order]
    return LabeledInk(
        InkRuns(starts[order], stops, ink.runs.stride, ink.runs.shape),
        np.concatenate([owners for _, owners in parts])[order],
        np.concatenate([ink.stats, torn.stats[letters]]),
        np.concatenate([ink.centers, torn.centers[letters]]),
    )


def _draw_bands(bands: Iterable[Band], shape: tuple[int, ...]) -> Mask:
    """Return where the letters of some lines may be."""
    zone = np.zeros(shape, np.bool_)
    for left, right, top, foot in bands:
        high = foot - top
        rows = slice(max(round(top - _SPILL * high), 0), max(round(foot + _SPILL * high) + 1, 0))
        zone[rows, max(round(left - _REACH * high), 0) : max(round(right + _REACH * high), 0)] = True
    return zone
