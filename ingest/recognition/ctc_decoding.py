"""Probabilities along a line → glyphs: the best path, and where on the line each glyph stands.

The network was trained by CTC: at each step it names a character or none. A prefix beam search in place of the best
path was measured and changes one line in thirty, for the worse as often as for the better (docs/adr/0021).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.recognition.line_normalization import STEP

SPACE, JOINED, NULL = 0, 1, 2
"""Outputs that are no character: Tesseract's first three."""


Probabilities = npt.NDArray[np.float32]
"""Steps × outputs."""
Boxes = npt.NDArray[np.int64]
"""Left, top, right and bottom × glyphs, in pixels of a line."""

_INK = 0.0
"""Half way between the black and the white of a normal line: what is darker is ink."""


@dataclass(frozen=True, slots=True)
class BestPath:
    """The characters on the best path, spaces among them: one entry of each array for each.

    Attributes:
        outputs: Which of the network's outputs.
        middles: Where on the line the network names it, in pixels of the normal line.
        probabilities: That it is this character and that no other stands beside it.
    """

    outputs: npt.NDArray[np.int64]
    middles: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float32]


def decode_best_path(probabilities: Probabilities, step: float = STEP) -> BestPath:
    """Return the best path: the likeliest output of each step, those that follow themselves once, and no blanks.

    Args:
        probabilities: Of each output at each step.
        step: Columns of the normal line for each step.
    """
    best = probabilities.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    peaks = np.maximum.reduceat(probabilities.max(axis=1), starts)
    ends = np.append(starts[1:], len(best))
    named = (best[starts] != NULL) & (best[starts] != JOINED)
    outputs, middles = best[starts][named], ((starts + ends)[named] * step / 2).astype(np.int64)
    return BestPath(outputs, middles, peaks[named] * _expected_mass(probabilities, outputs, ends[named]))


def _expected_mass(
    probabilities: Probabilities, outputs: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Return for each character how much at least the steps around it give to it, its neighbors and no character.

    The rest is given to characters that are not on the path. That neighbors share the steps between them says nothing.
    """
    if not len(outputs):
        return np.zeros(0, np.float32)
    steps = np.arange(len(probabilities))
    owner = np.minimum(np.searchsorted(ends, steps, side="right"), len(outputs) - 1)
    own, before = outputs[owner], outputs[np.maximum(owner - 1, 0)]
    behind = outputs[np.minimum(owner + 1, len(outputs) - 1)]
    mass = probabilities[:, NULL] + probabilities[:, JOINED] + probabilities[steps, own]
    mass += np.where(before != own, probabilities[steps, before], 0)
    mass += np.where((behind != own) & (behind != before), probabilities[steps, behind], 0)
    return np.asarray(np.minimum.reduceat(mass, np.append(0, ends[:-1])))


def locate_characters(path: BestPath, line: npt.NDArray[np.float32]) -> Boxes:
    """Return the box of each character, in pixels of a normal line.

    Two characters part at the emptiest column between their middles, and each box is drawn close round its ink.

    Args:
        path: From `decode_best_path`, with one character at least.
        line: The line as the network saw it.
    """
    ink = line < _INK
    height, width = ink.shape
    starts = np.append(0, _find_partings(ink.sum(axis=0), path.middles))
    inked = ink.any(axis=0)
    top = np.where(inked, ink.argmax(axis=0), height)
    bottom = np.where(inked, height - ink[::-1].argmax(axis=0), 0)
    columns = np.arange(width)
    left = np.minimum.reduceat(np.where(inked, columns, width), starts)
    right = np.maximum.reduceat(np.where(inked, columns + 1, 0), starts)
    boxes = np.stack([left, np.minimum.reduceat(top, starts), right, np.maximum.reduceat(bottom, starts)])
    # Where there is no ink, a box is all between two partings, as high as the ink of the line.
    highest, lowest = (top.min(), bottom.max()) if inked.any() else (0, height)
    between = np.append(starts[1:], width)
    whole = np.stack([starts, np.full_like(starts, highest), between, np.full_like(starts, lowest)])
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
