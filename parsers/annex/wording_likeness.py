"""Whether one wording is a misreading of another, and what several readings of one say together."""

import itertools
import re
from collections.abc import Sequence

from thai.text import skeleton

_MISREAD_EDITS = 2
"""Letters in which a misreading that is met often may differ from its wording."""
_LETTERS_AN_EDIT = 8
"""Letters that a wording must have for each of them."""
_LIKELY = 0.35
"""Share of its letters that may be misread where only one wording is near; a person confirms it."""
_NEGATION, _CONSONANT = re.compile("ไม|มิ"), "ม"

Weights = dict[str, float]


def is_misreading(bare: str, known: str) -> bool:
    """Whether two wordings differ by two letters at most, and not in a negation or in how many numbers they hold."""
    from rapidfuzz.distance import Levenshtein

    return (
        bare.count("#") == known.count("#")
        and Levenshtein.distance(bare, known) <= min(_MISREAD_EDITS, len(known) // _LETTERS_AN_EDIT)
        and _keeps_negation(skeleton(bare), skeleton(known))
    )


def is_likely_misreading(bare: str, known: str) -> bool:
    """Whether two wordings may be one, both badly read."""
    from rapidfuzz.distance import Levenshtein

    return (
        bare.count("#") == known.count("#")
        and Levenshtein.distance(bare, known) <= _LIKELY * len(known)
        and _keeps_negation(skeleton(bare), skeleton(known))
    )


def _keeps_negation(bare: str, known: str) -> bool:
    """Whether no negation is gained, and none lost but for another letter that stands in place of its consonant."""
    from rapidfuzz.distance import Levenshtein

    consonants = [match.start() + match[0].index(_CONSONANT) for match in _NEGATION.finditer(known)]
    if len(_NEGATION.findall(bare)) > len(consonants):
        return False
    dropped = [step for step in Levenshtein.opcodes(known, bare) if step.tag == "delete"]
    return not any(step.src_start <= place < step.src_end for step in dropped for place in consonants)


def consensus(readings: Sequence[str], weights: Sequence[float]) -> str:
    """Return what most of several readings of one text say, letter by letter, along the first of them.

    Args:
        readings: The same text as read several times, the likeliest first.
        weights: How much each counts.
    """
    from rapidfuzz.distance import Levenshtein

    along = readings[0]
    letters: list[Weights] = [{} for _ in along]
    between: list[Weights] = [{} for _ in range(len(along) + 1)]
    for reading, weight in zip(readings, weights, strict=True):
        put = [""] * (len(along) + 1)
        for step in Levenshtein.opcodes(along, reading):
            if step.tag == "insert":
                put[step.src_start] += reading[step.dest_start : step.dest_end]
            for place in range(step.src_start, step.src_end):
                kept = step.tag in {"equal", "replace"}
                letter = reading[step.dest_start + place - step.src_start] if kept else ""
                letters[place][letter] = letters[place].get(letter, 0.0) + weight
        for place, text in enumerate(put):
            between[place][text] = between[place].get(text, 0.0) + weight
    said = itertools.zip_longest(between, letters, fillvalue={"": 1.0})
    return "".join(max(put, key=put.__getitem__) + max(letter, key=letter.__getitem__) for put, letter in said)
