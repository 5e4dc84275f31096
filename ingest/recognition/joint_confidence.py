"""How far a character is borne out that two networks read, by measurement: bench/confidence.py."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from ingest.recognition.confidence_curve import ConfidenceCurve, calibrate
from ingest.recognition.joint_decoding import JointCharacter

_LEAST = 1e-3
"""Probability that is told from none, and from certainty."""


@dataclass(frozen=True, slots=True)
class JointConfidence:
    """What the readings of two networks are worth together.

    Attributes:
        weight: What the second network counts beside the first where they differ, see `decode_jointly`.
        agreed: Of a character that both read: what is added to the two probabilities' logits, and what each counts.
        disputed: Of one that they differ on: what is added, what the logit of its own network counts, and the margin.
        curve: What the outcome is worth, as for a network alone.
    """

    weight: float
    agreed: tuple[float, float, float]
    disputed: tuple[float, float, float]
    curve: ConfidenceCurve = ()

    def judge(self, character: JointCharacter) -> float:
        """Return how sure a character is, 0 to 1."""
        bias, *factors = self.disputed if character.margin is not None else self.agreed
        evidence = sum(factor * value for factor, value in zip(factors, list_evidence(character), strict=True))
        return calibrate(1 / (1 + math.exp(-bias - evidence)), self.curve)


def list_evidence(character: JointCharacter) -> tuple[float, float]:
    """Return what speaks for a character: the logits of both networks, or of its own and the margin of the dispute."""
    own = _logit(character.probability)
    return (own, character.margin) if character.margin is not None else (own, _logit(character.agreed))


def _logit(probability: float | None) -> float:
    # What the one has as a space and the other has not is no dispute, and nothing that bears a character out.
    bounded = min(max(0.5 if probability is None else probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def read_joint_confidence(file: Path) -> JointConfidence:
    """Return what a file says.

    Raises:
        OSError: It cannot be read.
        KeyError: Something is missing from it.
    """
    content = json.loads(file.read_bytes())
    (a, b, c), (d, e, f) = content["agreed"], content["disputed"]
    curve = tuple((float(given), float(right)) for given, right in content["curve"])
    return JointConfidence(float(content["weight"]), (a, b, c), (d, e, f), curve)
