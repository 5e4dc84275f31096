"""How far a character is borne out that two networks read, by measurement: bench/confidence.py."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from ingest.recognition.confidence_curve import ConfidenceCurve, calibrate
from ingest.recognition.joint_decoding import JointCharacter

_LEAST = 1e-3
"""Probability that is told from none, and from certainty."""

_USUAL_WORD, _LONG_WORD = 3, 6
"""Characters of a word that says nothing of a letter in it, and from which it says no more."""
Evidence = tuple[float, float, float]
Factors = tuple[float, float, float, float]

KINDS = ("agreed", "disputed", "beside")
"""Of what characters the evidence is weighed apart."""


@dataclass(frozen=True, slots=True)
class JointConfidence:
    """What the readings of two networks are worth together.

    Attributes:
        weight: What the second network counts beside the first where they differ, see `decode_jointly`.
        spelling: What words count there, see `Spelling`.
        agreed: Of a character that both read: what is added to the two probabilities' logits, and what each counts, and
            the length of its word.
        disputed: Of one that they differ on: what is added, what the logit of its own network counts, the margin, and
            the word.
        beside: The same of one beside which one of the two reads something and the other nothing.
        curve: What the outcome is worth, as for a network alone.
    """

    weight: float
    spelling: float
    agreed: Factors
    disputed: Factors
    beside: Factors
    curve: ConfidenceCurve = ()

    def judge(self, character: JointCharacter) -> float:
        """Return how sure a character is, 0 to 1."""
        bias, *factors = self._choose_factors(character)
        evidence = sum(factor * value for factor, value in zip(factors, list_evidence(character), strict=True))
        return calibrate(1 / (1 + math.exp(-bias - evidence)), self.curve)

    def _choose_factors(self, character: JointCharacter) -> Factors:
        if character.margin is None:
            return self.agreed
        return self.beside if character.beside else self.disputed


def list_evidence(character: JointCharacter) -> Evidence:
    """Return what speaks for a character.

    Returns:
        The logit of its own network; that of the other, or the margin of the dispute; and the length of its word, more
        or less than usual, 0 where no word is asked.
    """
    own = _logit(character.probability)
    word = 0 if character.word is None else min(character.word, _LONG_WORD) - _USUAL_WORD
    return own, _logit(character.agreed) if character.margin is None else character.margin, word


def _logit(probability: float | None) -> float:
    # What the one has as a space and the other has not is no dispute, and nothing that bears a character out.
    bounded = min(max(0.5 if probability is None else probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def read_joint_confidence(file: Path) -> JointConfidence:
    """Return what a file says.

    Raises:
        OSError: It cannot be read.
        KeyError: Something is missing from it.
        ValueError: It is of another version.
    """
    content = json.loads(file.read_bytes())
    agreed, disputed, beside = (
        (float(a), float(b), float(c), float(d)) for a, b, c, d in (content[name] for name in KINDS)
    )
    curve = tuple((float(given), float(right)) for given, right in content["curve"])
    return JointConfidence(float(content["weight"]), float(content["spelling"]), agreed, disputed, beside, curve)
