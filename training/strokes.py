"""Handwritten digits for the digit reader: single digits drawn by people → numbers as offices fill them in.

The digits were drawn with a finger, a mouse or a thick pen. On letters a thin pen wrote them, joined, slanted, over
dotted lines. So each digit is thinned to its skeleton, drawn again with a pen of any width, and set beside others.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from ingest.recognition.handwritten_digits import CHARACTERS, HEIGHT, WIDTH, framed

Image = npt.NDArray[np.uint8]

SIDE = 64
_HELD_OUT = 0.15
"""Share of the Thai digits that are never trained on: the last of each digit, as they were drawn in sessions."""
_LEAST_INK, _MOST_INK = 25, 420
"""Pixels of a skeleton: less is blank, more is scribble."""
_SIZES = (0.55, 0.7, 0.95, 0.65, 0.95, 1.05, 1.0, 0.95, 1.05, 1.05)
"""Heights of Thai digits as written on one line: those with a tail reach far above the others."""
_ONE = 11
_NEIGHBORS, _ALIKE = 12, 3
"""A digit is kept where so many of so many nearest ones bear its label."""
_LENGTHS = (0.22, 0.28, 0.20, 0.18, 0.08, 0.04)
"""How often a number has one to six digits: days and running numbers are about as frequent."""


@dataclass(frozen=True, slots=True)
class Digits:
    """Skeletons of single digits, by class: ๐ to ๙, then 0 to 9."""

    training: tuple[list[Image], ...]
    held_out: tuple[list[Image], ...]


def load(thai: Path, arabic: Path, most: int = 1200) -> Digits:
    """Return the digits.

    Args:
        thai: An `.npz` with `images` (64×64, ink 255) and `labels`.
        arabic: A folder with the four files of MNIST, whose test digits are by other writers.
        most: Most digits of a class of MNIST.
    """
    packed = np.load(thai)
    training: list[list[Image]] = [[] for _ in CHARACTERS]
    held_out: list[list[Image]] = [[] for _ in CHARACTERS]
    for part, into, share in (("train", training, 1.0), ("t10k", held_out, 0.15)):
        images = _idx(arabic / f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28)
        labels = _idx(arabic / f"{part}-labels-idx1-ubyte", 8)
        for digit in range(10):
            chosen = images[labels == digit][: round(most * share)]
            into[10 + digit] = _skeletons(np.stack([cv2.resize(i, (SIDE, SIDE)) for i in chosen]))
    drawn = [_skeletons(packed["images"][packed["labels"] == digit]) for digit in range(10)]
    for digit, skeletons in enumerate(_alike(drawn, training[10:])):
        cut = round(len(skeletons) * (1 - _HELD_OUT))
        training[digit], held_out[digit] = skeletons[:cut], skeletons[cut:]
    return Digits(tuple(training), tuple(held_out))


def _idx(path: Path, header: int) -> Image:
    return np.frombuffer(path.read_bytes()[header:], np.uint8)


def _skeletons(images: Image) -> list[Image]:
    found = []
    for image in images:
        _, ink = cv2.threshold(image, 96, 1, cv2.THRESH_BINARY)
        thin = skeleton(ink.astype(bool))
        if _LEAST_INK <= np.count_nonzero(thin) <= _MOST_INK:
            ys, xs = np.nonzero(thin)
            found.append(thin[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1].astype(np.uint8))
    return found


def _alike(drawn: list[list[Image]], others: list[list[Image]]) -> list[list[Image]]:
    """Return the Thai digits that look like others of their label.

    Of those asked for Thai digits one in ten wrote Arabic ones, or a dash: learnt as Thai, they would make every Arabic
    digit doubtful.
    """
    everything = [*drawn, *others]
    labels = np.repeat(np.arange(len(everything)), [len(found) for found in everything])
    looks = np.stack([_look(image) for found in everything for image in found])
    kept: list[list[Image]] = []
    for label, found in enumerate(drawn):
        likeness = looks[labels == label] @ looks.T
        nearest = np.argsort(-likeness, axis=1)[:, 1 : 1 + _NEIGHBORS]
        # A Thai nought and an Arabic one are both a ring.
        own = ((labels[nearest] == label) | ((label == 0) & (labels[nearest] == len(drawn)))).sum(axis=1)
        kept.append([image for image, alike in zip(found, own, strict=True) if alike >= _ALIKE])
    return kept


def _look(thin: Image) -> npt.NDArray[np.float32]:
    """Return a digit as numbers that are near for digits that look alike: small, blurred, of one length."""
    side = max(thin.shape) + 8
    frame = np.zeros((side, side), np.uint8)
    top, left = (side - thin.shape[0]) // 2, (side - thin.shape[1]) // 2
    frame[top : top + thin.shape[0], left : left + thin.shape[1]] = thin * 255
    thick = cv2.dilate(frame, np.ones((max(side // 12, 1),) * 2, np.uint8))
    small = cv2.GaussianBlur(cv2.resize(thick, (20, 20), interpolation=cv2.INTER_AREA), (0, 0), 1.0)
    flat = small.astype(np.float32).ravel()
    return np.asarray(flat / max(float(np.linalg.norm(flat)), 1.0), np.float32)


def skeleton(ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return strokes thinned to one pixel, by the method of Zhang and Suen (1984)."""
    thin = np.pad(ink, 1)
    while True:
        before = np.count_nonzero(thin)
        for first in (True, False):
            n = [np.roll(thin, (-dy, -dx), (0, 1)) for dy, dx in _RING]
            count = sum(p.astype(np.int8) for p in n)
            turns = sum((~a & b).astype(np.int8) for a, b in zip(n, [*n[1:], n[0]], strict=True))
            north, east, south, west = n[0], n[2], n[4], n[6]
            edge = (
                ~(north & east & south) & ~(east & south & west)
                if first
                else ~(north & east & west) & ~(north & south & west)
            )
            thin = thin & ~((count >= 2) & (count <= 6) & (turns == 1) & edge)
        if np.count_nonzero(thin) == before:
            return thin[1:-1, 1:-1]


_RING = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


class NumberMaker:
    """Makes pictures of handwritten numbers with the classes of their digits, the same for the same seed."""

    def __init__(self, digits: tuple[list[Image], ...], seed: int) -> None:
        self._digits = digits
        self._rng = np.random.default_rng(seed)

    def make(self, length: int | None = None) -> tuple[npt.NDArray[np.float32], list[int]]:
        """Return a picture as the reader takes it (1×32×width, ink 1.0), and the classes of its digits."""
        rng = self._rng
        length = length or 1 + int(rng.choice(len(_LENGTHS), p=_LENGTHS))
        first = 10 * int(rng.integers(2))
        labels = [first + int(rng.integers(10)) for _ in range(length)]
        sheet = self._written(labels)
        if rng.random() < 0.25:
            self._dotted(sheet)
        sheet = self._worn(sheet)
        picture = framed(sheet)
        if picture.shape != (HEIGHT, WIDTH) or not picture.any():
            return self.make(length)
        return picture, labels

    def _written(self, labels: list[int]) -> Image:
        """Return the digits side by side, by one pen and one hand."""
        rng = self._rng
        pen, slant = rng.uniform(1.2, 7.0), rng.normal(0, 0.18)
        wide, crowd = rng.uniform(0.5, 1.1), rng.normal(2, 6)
        drawn = [self._digit(label, pen, slant, wide) for label in labels]
        high = max(d.shape[0] for d in drawn) + 40
        sheet = np.zeros((high, sum(d.shape[1] for d in drawn) + 40 * len(drawn) + 40), np.uint8)
        at, drift = 10.0, rng.normal(0, 0.06)
        for digit in drawn:
            h, w = digit.shape
            y = int(np.clip(high - 20 - h + rng.normal(0, 4) + drift * (at - 60), 0, high - h))
            x = int(max(at, 0))
            target = sheet[y : y + h, x : x + w]
            np.maximum(target, digit[:, : target.shape[1]], out=target)
            at = x + w + max(crowd + rng.normal(0, 3), -10)
        ys, xs = np.nonzero(sheet)
        return sheet[max(ys.min() - 6, 0) : ys.max() + 7, max(xs.min() - 6, 0) : xs.max() + 7]

    def _digit(self, label: int, pen: float, slant: float, wide: float) -> Image:
        rng = self._rng
        thin = self._digits[label][int(rng.integers(len(self._digits[label])))]
        if label == _ONE and rng.random() < 0.5:
            thin = self._flagged(thin)
        # A person's digits are about as large as each other; the drawn ones range from a corner to all of the frame.
        tall = 44 * rng.uniform(0.78, 1.25) * (_SIZES[label] if label < 10 else 1.0)
        scale = tall / max(thin.shape[0], 0.6 * thin.shape[1], 12)
        angle, own = rng.normal(0, 0.06), slant + rng.normal(0, 0.05)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        matrix = turn @ np.array([[1, -own], [0, 1]]) @ np.diag([scale * wide, scale])
        ys, xs = np.nonzero(thin)
        points = matrix @ np.stack([xs, ys]).astype(float)
        # What a hand never draws twice the same: the digit bends a little.
        waves = rng.normal(0, 1.3, (2, 2))
        spread = points / max(tall, 1.0) * 2.5
        points[0] += waves[0, 0] * np.sin(spread[1] + rng.uniform(0, 6)) + waves[0, 1] * np.sin(1.7 * spread[0])
        points[1] += waves[1, 0] * np.sin(spread[0] + rng.uniform(0, 6)) + waves[1, 1] * np.sin(1.7 * spread[1])
        points -= points.min(axis=1, keepdims=True)
        size = np.ceil(points.max(axis=1)).astype(int) + 14
        canvas = np.zeros((size[1], size[0]), np.uint8)
        at = np.round(points + 6).astype(int)
        canvas[at[1], at[0]] = 255
        canvas = cv2.morphologyEx(canvas, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
        nib = max(1, round(pen))
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (nib, max(1, round(nib * rng.uniform(0.7, 1.3)))))
        return np.asarray(cv2.dilate(canvas, kernel), np.uint8)

    def _flagged(self, thin: Image) -> Image:
        """Return a 1 with the upstroke that it is written with outside America, and MNIST hardly has."""
        rng = self._rng
        high = thin.shape[0]
        reach = round(high * rng.uniform(0.2, 0.45))
        flagged = np.pad(thin, ((0, 0), (reach, 2)))
        top = (int(np.nonzero(flagged[0])[0].mean()), 0)
        foot = (max(top[0] - reach, 0), round(high * rng.uniform(0.15, 0.4)))
        cv2.line(flagged, top, foot, 1, 1)
        return flagged

    def _dotted(self, sheet: Image) -> None:
        """Set the rest of a dotted line under the digits, as far as it was not taken away before."""
        rng = self._rng
        y = int(sheet.shape[0] * rng.uniform(0.65, 0.95))
        size, step = int(rng.integers(2, 5)), int(rng.integers(6, 14))
        for x in range(int(rng.integers(step)), sheet.shape[1] - size, step):
            if rng.random() < 0.7:
                sheet[y : y + size, x : x + size] = 255

    def _worn(self, sheet: Image) -> Image:
        rng = self._rng
        gray = cv2.GaussianBlur(sheet, (0, 0), rng.uniform(0.5, 2.2)).astype(np.float32)
        gray *= rng.uniform(0.6, 1.0)
        gray += rng.normal(0, rng.uniform(0, 14), gray.shape)
        if rng.random() < 0.5:
            # By the share of the darkest ink, or a thin pen would be lost and its digits learnt from nothing.
            gray = np.where(gray > rng.uniform(0.25, 0.5) * np.percentile(gray[sheet > 0], 95), 255.0, 0.0)
        for _ in range(int(rng.poisson(0.6))):
            x, y = int(rng.integers(sheet.shape[1])), int(rng.integers(sheet.shape[0]))
            cv2.circle(gray, (x, y), int(rng.integers(1, 3)), 200.0, -1)
        return np.asarray(np.clip(gray, 0, 255), np.uint8)
