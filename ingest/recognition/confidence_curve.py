"""What a recognizer's confidence is worth, by measurement: bench/confidence.py."""

import itertools
import json
from pathlib import Path

ConfidenceCurve = tuple[tuple[float, float], ...]
"""Rising points: a confidence as the recognizer gives it, and the share of lines that are right whose least sure glyph
has it. Empty for a model that was not measured."""


def read_curve(file: Path) -> ConfidenceCurve:
    """Return the curve in a file, or none where there is no such file."""
    if not file.is_file():
        return ()
    points = json.loads(file.read_bytes())["curve"]
    return tuple((float(given), float(right)) for given, right in points)


def calibrate(confidence: float, curve: ConfidenceCurve) -> float:
    """Return what a confidence is worth by a measured curve, in a straight line between its points."""
    if not curve:
        return confidence
    for (low, least), (high, most) in itertools.pairwise(curve):
        if confidence <= high:
            return least + (most - least) * max(confidence - low, 0.0) / (high - low)
    return curve[-1][1]
