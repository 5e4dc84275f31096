"""What is filled in by hand in a letter's number and date: told from print by its looks, read, and marked.

A word that was filled in has the source `handwriting`, and every value it is part of asks for review, however sure the
reading is: it is a proposal. Where ink looks like the print beside it, nothing is changed.
"""

import calendar
import functools
import math
import re
from collections.abc import Sequence

import cv2
import numpy as np

from ingest.handwriting.fill_in_fields import FillInField, FillInKind, find_fill_in_fields
from ingest.handwriting.fill_in_ink import FillInInk, extract_fill_in_ink
from ingest.pixels import GrayImage
from ingest.recognition.handwritten_digits import CHARACTERS, Reading, likelihoods, read_number, score_digits
from models.field import Box, Source
from models.ocr import Line, Word

_UNLIKE = 4.0
"""Sum of squares above which ink is not the print beside it. Real print reached 2.5, hands began at 5 (adr/0012)."""
_SIZE, _FOOT, _WEIGHT = 0.14, 0.05, 0.11
"""What one unit of it is: height beyond the print's, distance from its foot line, both in heights; log of weight."""
_SAME_SCRIPT = 0.93
"""How often a hand writes the digits that the letter is typed in."""
_ZERO_BEFORE_DAY = 0.03
"""Chance that a day below ten is written with a nought before it: rare on the forms that were looked at."""
_LEAST_LIKELY = 0.02
"""A reading that is less likely than this is none."""
_SURE, _AGREES = 0.95, 8.0
"""Most that the confidence of the recognizer of print counts for on a hand; and how much likelier a number is, at
least, that a second reader spells in the same way, though unsurely."""
_TWICE_READ = 1.5
"""Width of a word, in that of the ink of a hand that it lies in, up to which it stands for that ink."""
_TWO_DIGITS = 10
"""First day of a month that is written with two digits."""
_UNREAD = "?"
"""Stands for what a hand wrote where nothing could be read."""
_NO_DIGITS = re.compile(r"[\s.…\-–_/]+")


def read_fill_ins(lines: Sequence[Line], ink: GrayImage, *, bare_numbers: bool = False) -> tuple[Line, ...]:
    """Return the lines of a level page with what was filled in by hand read as such.

    Args:
        lines: Lines outside tables, as the recognizer read them.
        ink: The binarized page that they were read from, ink 255.
        bare_numbers: Whether a number may stand without ที่, as under a label.
    """
    find = functools.partial(find_fill_in_fields, bare_numbers=bare_numbers)
    found = {n: find(line) for n, line in enumerate(lines) if line.source is Source.PRINT}
    size = (ink.shape[1], ink.shape[0])
    result, filled = list(lines), list[tuple[int, Box]]()
    for number, fields in found.items():
        # From the right, and found anew: what is put in moves the words behind it.
        for field in reversed(fields):
            filling = extract_fill_in_ink(field, ink)
            word = _word(field, filling, size) if filling is not None else None
            now = next((p for p in find(result[number]) if p.kind is field.kind), None)
            if word is not None and now is not None:
                result[number] = _with(result[number], now, word)
                filled.append((number, word.box))
    return _read_once(result, filled)


def is_print(filling: FillInInk) -> bool:
    """Tell whether ink looks like the print beside it: as high, on the same foot line, of the same weight."""
    left, top, right, bottom = filling.box
    pieces, print_ = filling.pieces, filling.print
    size = max((bottom - top) / filling.tall - 1.0, 0.0)
    foot = float(np.median(print_[:, 1] + print_[:, 3]))
    off = float(np.abs(pieces[:, 1] + pieces[:, 3] - foot).mean()) / filling.tall
    weight = math.log(_weight(filling.ink) / _weight(filling.print_ink))
    return (size / _SIZE) ** 2 + (off / _FOOT) ** 2 + (weight / _WEIGHT) ** 2 < _UNLIKE and right > left


def _weight(ink: GrayImage) -> float:
    """Return how thick strokes are: the mean distance of their pixels from paper."""
    rim = cv2.copyMakeBorder(ink, 2, 2, 2, 2, cv2.BORDER_CONSTANT)
    distances = cv2.distanceTransform(rim, cv2.DIST_L2, 5)
    return float(distances[distances > 0].mean())


def _word(field: FillInField, filling: FillInInk, size: tuple[int, int]) -> Word | None:
    """Return what was filled in as a word; None where it is print that was read as digits."""
    width, height = size
    left, top, right, bottom = filling.box
    here = [word for word in field.words if word.box.x0 * width < right]
    read = _NO_DIGITS.sub("", "".join(word.text for word in here))
    as_print = read if read and all(character in CHARACTERS for character in read) else ""
    if as_print and is_print(filling):
        return None
    sure = min((word.confidence for word in here), default=0.0)
    best = propose(filling.ink, field, as_print, sure)
    text = best.text if best is not None else read or _UNREAD
    box = Box(left / width, top / height, right / width, bottom / height)
    confidence = best.probability if best is not None else 0.0
    return Word(text=text, box=box, confidence=confidence, source=Source.HANDWRITING)


def propose(ink: GrayImage, field: FillInField, as_print: str, sure: float) -> Reading | None:
    """Return what a hand most likely wrote, or None where nothing is likely.

    Args:
        ink: What it wrote, 255 on 0.
        field: Where: a day must be one of its month, and both are likely in the digits that the letter is typed in.
        as_print: What the recognizer of print read there, if digits.
        sure: How surely.
    """
    scores = score_digits(ink)
    thai = any(character in CHARACTERS[:10] for word in field.print for character in word.text)
    if field.kind is FillInKind.DAY:
        prior = _days(field.month)
    else:
        prior = dict.fromkeys([*(r.text for r in read_number(scores)), *([as_print] if as_print else [])], 1.0)
    if not prior:
        return None
    values = {}
    for (text, before), written in zip(prior.items(), likelihoods(scores, list(prior)), strict=True):
        same = (text[0] in CHARACTERS[:10]) == thai
        values[text] = written + math.log(before * (_SAME_SCRIPT if same else 1 - _SAME_SCRIPT))
    if as_print in values:
        sure = min(sure, _SURE)
        values[as_print] += math.log(max(sure / (1 - sure), _AGREES))
    total = np.logaddexp.reduce(list(values.values()))
    text = max(values, key=lambda candidate: values[candidate])
    probability = float(np.exp(values[text] - total))
    if field.kind is FillInKind.RUNNING:
        # There is no list of running numbers: what the beam did not reach is likely, too.
        probability *= float(min(np.exp(total), 1.0))
    return Reading(text, probability) if probability >= _LEAST_LIKELY else None


def _days(month: int) -> dict[str, float]:
    """Return the days of a month in both scripts, with how often they are written so."""
    days: dict[str, float] = {}
    for day in range(1, calendar.monthrange(2000, month)[1] + 1):
        for zero in (0, 10):
            written = "".join(CHARACTERS[zero + int(digit)] for digit in str(day))
            days[written] = 1.0
            if day < _TWO_DIGITS:
                days[CHARACTERS[zero] + written] = _ZERO_BEFORE_DAY
    return days


def _with(line: Line, field: FillInField, word: Word) -> Line:
    """Return a line with a word in place of what was read there; what stands right of its ink stays."""
    behind = [other for other in field.words if other.box.x0 >= word.box.x1]
    words = (*field.before, word, *behind, *field.after)
    box = words[0].box
    for other in words[1:]:
        box = box.union(other.box)
    confidence = min((w.confidence for w in words if len(w.text) > 1), default=words[0].confidence)
    return line.model_copy(
        update={"text": " ".join(w.text for w in words), "words": words, "box": box, "confidence": confidence}
    )


def _read_once(lines: Sequence[Line], filled: Sequence[tuple[int, Box]]) -> tuple[Line, ...]:
    """Return the lines without words that stand for the same ink: a large hand may have been read as its own line."""
    kept = []
    for number, line in enumerate(lines):
        boxes = [box for owner, box in filled if owner != number]
        words = tuple(word for word in line.words if not any(_within(word.box, box) for box in boxes))
        if len(words) == len(line.words):
            kept.append(line)
        elif words:
            kept.append(line.model_copy(update={"words": words, "text": " ".join(word.text for word in words)}))
    return tuple(kept)


def _within(inner: Box, outer: Box) -> bool:
    x, y = inner.center
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1 and inner.width <= _TWICE_READ * outer.width
