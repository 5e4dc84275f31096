"""Whether one wording is a misreading of another, and what several readings of one say together."""

import itertools
import re
from collections.abc import Sequence, Set

from thai.text import skeleton

_MISREAD_EDITS = 2
"""Letters in which a misreading that is met often may differ from its wording."""
_LETTERS_AN_EDIT = 8
"""Letters that a wording must have for each of them."""
_LIKELY = 0.35
"""Share of its letters that may be misread where only one wording is near; a person confirms it."""
_NEGATION = re.compile("ไม|มิ")
_MISREAD_NEGATION = {"ไม": re.compile("[^แ]ม|ไ[^ดทปว]"), "มิ": re.compile(".ิ")}
"""What may be read for a negation: one letter in place of one of its own, where that is no word, such as ได้ or มี."""

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
    """Whether no negation of a reading is lost, and none put in but where the reading has it with a letter misread."""
    from rapidfuzz.distance import Levenshtein

    negations = list(_NEGATION.finditer(known))
    if len(_NEGATION.findall(bare)) > len(negations):
        return False
    read: dict[int, str] = {}
    inserted = set()
    for step in Levenshtein.opcodes(known, bare):
        if step.tag == "insert":
            inserted.add(step.src_start)
        elif step.tag != "delete":
            read.update(zip(range(step.src_start, step.src_end), bare[step.dest_start : step.dest_end], strict=True))
    found = (("".join(read.get(at, "") for at in range(*match.span())), match) for match in negations)
    return all(_is_negation(letters, match, inserted) for letters, match in found)


def _is_negation(read: str, negation: re.Match[str], inserted: Set[int]) -> bool:
    """Whether letters are a reading of a negation; with a misread one they have no more letters in or beside them."""
    is_alone = inserted.isdisjoint(range(negation.start(), negation.end() + 1))
    return read == negation[0] or (is_alone and bool(_MISREAD_NEGATION[negation[0]].fullmatch(read)))


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
