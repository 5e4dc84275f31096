"""Printed cue words (เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย …), found although a scan misread them."""

import functools
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from thai.text import skeleton

# Below this many letters one misreading makes another word: ถึง and ดึง.
_SHORTEST_FUZZY = 4
"""Letters of a label, below which a misreading of it may be another word."""
_WINDOW_EDITS = 2
"""Letters that a window is longer at most than a prefix of it that is near enough, for each that may be misread."""
_LETTERS_PER_EDIT = 5
"""Letters of a label for each that may be misread."""


def fuzzy_label(text: str, labels: Iterable[str], max_edits: int | None = None) -> tuple[str, int] | None:
    """Find which label a line begins with, tone marks and spaces aside.

    Args:
        text: A line; what stands before its first line break is looked at.
        labels: The labels to choose from, as they should be printed.
        max_edits: The most misread letters in place of one for every five letters, at least one. A label of fewer
            than four letters must be read exactly whatever is allowed.

    Returns:
        The label as it should be printed and the index in `text` just after it, or None where no label is near
        enough or two different ones are equally near. Of labels that begin alike the longer one wins.
    """
    letters, ends = _skeleton_with_ends(text.split("\n", 1)[0])
    found: dict[tuple[int, int], tuple[str, int]] = {}
    tied: set[tuple[int, int]] = set()
    for label in labels:
        target = _bare_label(label)
        edits, length = _best_prefix(letters, target, _allowed(target, max_edits))
        if length == 0:
            continue
        score = (len(target) - 2 * edits, -edits)
        if score in found and found[score][0] != label:
            tied.add(score)
        found[score] = (label, ends[length - 1])
    if not found:
        return None
    best = max(found)
    return None if best in tied else found[best]


def _allowed(target: str, max_edits: int | None) -> int:
    if len(target) < _SHORTEST_FUZZY:
        return 0
    return max(1, len(target) // _LETTERS_PER_EDIT) if max_edits is None else max_edits


def _best_prefix(letters: str, target: str, allowed: int) -> tuple[int, int]:
    """Return the fewest edits from a prefix of the letters to the target, and its length; 0 where none is near."""
    # A prefix that is near enough is longer or shorter than the window by twice as many letters at most.
    window, far = letters[: len(target) + allowed], allowed + _WINDOW_EDITS * allowed
    if Levenshtein.distance(window, target, score_cutoff=far) > far:
        return allowed + 1, 0
    best = (allowed + 1, 0, 0)
    for length in range(max(1, len(target) - allowed), min(len(letters), len(target) + allowed) + 1):
        edits = Levenshtein.distance(letters[:length], target, score_cutoff=allowed)
        best = min(best, (edits, abs(length - len(target)), length))
    return best[0], best[2]


_bare_label = functools.lru_cache(maxsize=4096)(skeleton)
_bare_letter = functools.lru_cache(maxsize=4096)(skeleton)


@functools.lru_cache(maxsize=256)
def _skeleton_with_ends(line: str) -> tuple[str, tuple[int, ...]]:
    """Return the skeleton of a line and, for each of its letters, the index after it and its marks."""
    letters: list[str] = []
    ends: list[int] = []
    for index, character in enumerate(line):
        letter = _bare_letter(character)
        if letter:
            letters.append(letter)
            ends.append(index + 1)
        elif ends and not character.isspace():
            ends[-1] = index + 1
    return "".join(letters), tuple(ends)
