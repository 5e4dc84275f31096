"""Handwritten digits, Thai and Arabic, read as a number: a small network, and what its output says.

The network (made by `training/handwriting.py`) gives, for each step along the picture, how likely each digit or none
begins there (CTC). From this follows how likely any whole number is, which is what a rule can be asked about: a day of
a month is one of thirty-one.
"""

import functools
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import cv2
import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
"""Views × steps × outputs: logarithms of probabilities; output 0 is none, the others are `CHARACTERS`."""

CHARACTERS = "๐๑๒๓๔๕๖๗๘๙0123456789"
HEIGHT, WIDTH = 32, 160
"""Size of a picture that the network takes: six digits side by side are as wide."""
_TALL, _RIM = 26, 3
"""Height of the digits in the picture that the network reads, and the paper around them, in pixels."""
_INK = 80
"""Gray levels by which ink is darker than paper at least."""
_SLANTS, _PACES, _GROWN = (-0.1, 0.1, 0.3), (1.0, 1.3), (0, 2)
"""Slants taken back, widths, and pixels that strokes are thickened by: every ink is seen in each way."""
_MARGIN = 4
"""Pixels of paper left and right of a number, as the network saw them."""
_LEAST = -15.0
"""Logarithm of the probability of a digit at one step below which it is not followed up."""
_BEAM = 8
"""Texts that are kept at each step, and readings that are returned."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it may have been written, and how likely that is: 0 to 1 among all that may stand there."""

    text: str
    probability: float


def framed(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return ink as the network takes it: cut close, one height, at the left of a picture of `HEIGHT` × `WIDTH`.

    Args:
        ink: Any size, paper 0, ink up to 255; empty where nothing is written.
    """
    picture = np.zeros((HEIGHT, WIDTH), np.float32)
    ys, xs = np.nonzero(ink > _INK)
    if ys.size == 0:
        return picture
    cut = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    scale = _TALL / cut.shape[0]
    width = min(max(round(cut.shape[1] * scale), 1), WIDTH - 2 * _RIM)
    small = cv2.resize(cut, (width, _TALL), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    picture[_RIM : _RIM + _TALL, _RIM : _RIM + width] = small.astype(np.float32) / max(float(small.max()), 1.0)
    return picture


def score_digits(ink: npt.NDArray[np.uint8]) -> Scores:
    """Return what the network says of ink, seen in several slants, as it is and wider, thin and thick.

    Nobody knows a hand's slant, pace and pen beforehand; views read half as many numbers again as one (adr/0012).
    """
    network = _network()
    said = []
    for slant, wide, grow in itertools.product(_SLANTS, _PACES, _GROWN):
        network.setInput(framed(_seen(ink, slant, wide, grow))[None, None])
        said.append(np.asarray(network.forward()[0], np.float64))
    return np.stack(said)


def _seen(ink: npt.NDArray[np.uint8], slant: float, wide: float, grow: int) -> npt.NDArray[np.uint8]:
    height, width = ink.shape
    moved = np.array([[wide, slant, _MARGIN], [0, 1, _MARGIN]], np.float32)
    size = (round(width * wide + slant * height) + 2 * _MARGIN, height + 2 * _MARGIN)
    seen = cv2.warpAffine(ink, moved, size)
    return np.asarray(cv2.dilate(seen, np.ones((grow + 1, grow + 1), np.uint8)) if grow else seen, np.uint8)


@functools.cache
def _network() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(np.frombuffer((resources.files("ingest") / "digits.onnx").read_bytes(), np.uint8))


def likelihoods(scores: Scores, texts: Sequence[str]) -> list[float]:
    """Return for each text the logarithm of the probability that exactly this is written: the mean over the views.

    All texts are aligned with all views at once (CTC's forward pass): texts × views × symbols, shorter ones padded.
    """
    if not texts:
        return []
    longest = 2 * max(len(text) for text in texts) + 1
    symbols = np.zeros((len(texts), longest), np.intp)
    for number, text in enumerate(texts):
        symbols[number, 1 : 2 * len(text) : 2] = [CHARACTERS.index(character) + 1 for character in text]
    skips = np.zeros((len(texts), 1, longest), np.bool_)
    skips[:, 0, 2:] = (symbols[:, 2:] != 0) & (symbols[:, 2:] != symbols[:, :-2])
    steps = np.moveaxis(scores[:, :, symbols], 2, 0)  # texts × views × steps × symbols
    forward = np.full((len(texts), len(scores), longest), -np.inf)
    forward[:, :, :2] = steps[:, :, 0, :2]
    one, two = np.full_like(forward, -np.inf), np.full_like(forward, -np.inf)
    for step in range(1, steps.shape[2]):
        one[:, :, 1:], two[:, :, 2:] = forward[:, :, :-1], forward[:, :, :-2]
        two[~np.broadcast_to(skips, two.shape)] = -np.inf
        forward = np.logaddexp(np.logaddexp(forward, one), two) + steps[:, :, step]
    found = []
    for number, text in enumerate(texts):
        ends = forward[number, :, max(2 * len(text) - 1, 0) : 2 * len(text) + 1]
        found.append(float(np.logaddexp.reduce(np.logaddexp.reduce(ends, axis=1)) - np.log(len(scores))))
    return found


def read_number(scores: Scores) -> list[Reading]:
    """Return the likeliest numbers, in Thai digits or in Arabic ones, for nobody mixes them in one number."""
    found: list[Reading] = []
    digits = len(CHARACTERS) // 2
    for first in (1, 1 + digits):
        allowed = [0, *range(first, first + digits)]
        texts = {text for view in scores for text in _prefixes(view[:, allowed], first) if text}
        listed = sorted(texts)
        found += [
            Reading(text, math.exp(value)) for text, value in zip(listed, likelihoods(scores, listed), strict=True)
        ]
    return sorted(found, key=lambda reading: (-reading.probability, reading.text))[:_BEAM]


def _prefixes(view: Scores, first: int) -> Sequence[str]:
    """Return the likeliest texts by prefix beam search; column 0 is none."""
    beams: dict[str, tuple[float, float]] = {"": (0.0, -math.inf)}
    for step in view.tolist():
        heirs: dict[str, tuple[float, float]] = {}

        def add(text: str, none: float, digit: float, heirs: dict[str, tuple[float, float]] = heirs) -> None:
            old = heirs.get(text)
            heirs[text] = (none, digit) if old is None else (_add_logs(old[0], none), _add_logs(old[1], digit))

        digits = [(CHARACTERS[first - 1 + n], score) for n, score in enumerate(step[1:]) if score > _LEAST]
        if not digits:  # most steps: nothing but the space between two digits
            beams = {text: (_add_logs(*pair) + step[0], -math.inf) for text, pair in beams.items()}
            continue
        for text, (none, digit) in beams.items():
            total = _add_logs(none, digit)
            add(text, total + step[0], -math.inf)
            for character, score in digits:
                if text.endswith(character):
                    add(text, -math.inf, digit + score)
                    add(text + character, -math.inf, none + score)
                else:
                    add(text + character, -math.inf, total + score)
        beams = dict(sorted(heirs.items(), key=lambda pair: -_add_logs(*pair[1]))[:_BEAM])
    return list(beams)


def _add_logs(one: float, other: float) -> float:
    """Return the logarithm of the sum of two numbers given by theirs; numpy takes ten times as long on two floats."""
    low, high = (one, other) if one < other else (other, one)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
