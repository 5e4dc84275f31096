"""Probabilities along a line → glyphs: the best path, and where on the line each glyph stands.

The network was trained by CTC: at each step it names a character or none. A prefix beam search in place of the best
path was measured and changes one line in thirty, for the worse as often as for the better (docs/adr/0021).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ingest.recognition.line_normalization import STEP

SPACE, JOINED, NULL = 0, 1, 2
"""Outputs that are no character: Tesseract's first three."""


Boxes = npt.NDArray[np.int64]
"""Left, top, right and bottom × glyphs, in pixels of a line."""

_INK = 0.0
"""Half way between the black and the white of a normal line: what is darker is ink."""


@dataclass(frozen=True, slots=True)
class Emission:
    """A character on the best path.

    Attributes:
        output: Which of the network's outputs.
        middle: Where on the line the network names it, in steps.
        probability: Of the least sure step since the character before: that it is this one, and that there was none
            between the two.
    """

    output: int
    middle: float
    probability: float


def decode_best_path(probabilities: npt.NDArray[np.float32]) -> list[Emission]:
    """Return the characters on the best path, spaces among them.

    Args:
        probabilities: Steps × outputs.
    """
    best = probabilities.argmax(axis=1)
    sure = probabilities[np.arange(len(best)), best]
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    found, since = [], 0
    for start, end in pairwise([*starts.tolist(), len(best)]):
        if best[start] in (NULL, JOINED):
            continue
        found.append(Emission(int(best[start]), (start + end) / 2, float(sure[since:end].min())))
        since = end
    return found


def locate_emissions(emissions: Sequence[Emission], line: npt.NDArray[np.float32]) -> Boxes:
    """Return the box of each character, in pixels of a normal line.

    Two characters part at the emptiest column between their middles, and each box is drawn close round its ink.

    Args:
        emissions: From `decode_best_path`, at least one.
        line: The line as the network saw it.
    """
    ink = line < _INK
    height, width = ink.shape
    middles = np.array([int(emission.middle * STEP) for emission in emissions])
    starts = np.concatenate([[0], _find_partings(ink.sum(axis=0), middles)])
    inked = ink.any(axis=0)
    top = np.where(inked, ink.argmax(axis=0), height)
    bottom = np.where(inked, height - ink[::-1].argmax(axis=0), 0)
    columns = np.arange(width)
    left = np.minimum.reduceat(np.where(inked, columns, width), starts)
    right = np.maximum.reduceat(np.where(inked, columns + 1, 0), starts)
    boxes = np.stack([left, np.minimum.reduceat(top, starts), right, np.maximum.reduceat(bottom, starts)])
    # Where there is no ink, a box is all between two partings.
    whole = np.stack([starts, np.zeros_like(starts), np.append(starts[1:], width), np.full_like(starts, height)])
    return np.where(left < right, boxes, whole)


def _find_partings(profile: npt.NDArray[np.int64], middles: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the columns between each two middles with the least ink; of several, those nearest to half way."""
    if len(middles) < 2:
        return np.zeros(0, np.int64)
    first, last, width = int(middles[0]) + 1, int(middles[-1]) + 1, len(profile)
    columns = np.arange(first, last)
    half = np.repeat((middles[:-1] + middles[1:]) // 2, np.diff(middles))
    # One number that is least where first the ink, then the distance is; the column can be taken from it again.
    rank = (profile[first:last] * width + np.abs(columns - half)) * width + columns
    return np.asarray(np.minimum.reduceat(rank, middles[:-1] - middles[0]) % width)
