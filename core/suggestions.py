"""What a person may have meant by a name that is not known."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

_MOST = 3
"""Names that are proposed at most."""
_LIKENESS = 0.6
"""Ratio of `difflib` from which a name is proposed, 0 to 1: its own usual one."""


def find_similar(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that are most like a name, the likest first; none where none is near."""
    return get_close_matches(name, list(dict.fromkeys(known)), _MOST, _LIKENESS)


def with_suggestion(name: str, known: Iterable[str]) -> tuple[str, str]:
    """Return the name, and what may have been meant by it, in Thai and in English."""
    similar = ", ".join(find_similar(name, known))
    return (f"{name} (หมายถึง {similar} หรือไม่)", f"{name} (did you mean {similar}?)") if similar else (name, name)


def describe_choice(given: str, known: Collection[str]) -> tuple[str, str]:
    """Return what is wrong with a word that is none of those to choose from, in Thai and in English."""
    th, en = with_suggestion(given, known)
    names = ", ".join(known)
    return f"{th}: เลือกได้จาก {names}", f"{en}: choose from {names}"
