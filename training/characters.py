"""The characters that the recognizer can write, and texts as sequences of them.

Debian's `tha` knows 109 of them. Missing were ๔ ๖ ๗ ๘ ๙ ฌ, all Latin letters, ำ as one character (it writes ํ and
า, which every program after it has to join), and signs that letters use.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

CHARACTERS = Path(__file__).parent / "data" / "characters.txt"
"""One character a line, in the order of the network's outputs; the first is the space."""

NULL = 2
"""Output that stands for "no character", CTC's blank. Tesseract keeps 0 to 2: space, joined, broken."""

_LIKE = str.maketrans(
    {"—": "–", "‐": "-", "‑": "-", "−": "-", "´": "'", "′": "'", "″": '"', "„": '"', "·": "•", "\u00a0": " "}
)
"""Characters that print alike are one character to a recognizer, which sees no intention."""


@cache
def characters() -> tuple[str, ...]:
    """Return every character in the order of the network's outputs."""
    return tuple(CHARACTERS.read_text("utf-8").split("\n")[:-1])


@cache
def _numbers() -> dict[str, int]:
    return {character: number for number, character in enumerate(characters()) if len(character) == 1}


def canonical(text: str) -> str:
    """Return a text as the recognizer is taught to write it: ํา as ำ, look-alikes as one, single spaces."""
    text = unicodedata.normalize("NFC", text).replace("ํา", "ำ").replace("ํ้า", "้ำ").replace("ํ่า", "่ำ")
    return " ".join(text.translate(_LIKE).split())


def is_writable(text: str) -> bool:
    """Whether every character of a text has an output."""
    return bool(text) and all(character in _numbers() for character in text)


def encode(text: str) -> list[int]:
    """Return a text as output numbers.

    Raises:
        KeyError: A character has no output; see `is_writable`.
    """
    return [_numbers()[character] for character in text]


def decode(outputs: Sequence[int]) -> str:
    """Return the best output of each step as text: repeats once, blanks not at all."""
    found, before = [], -1
    for output in outputs:
        if output not in (before, NULL):
            found.append(characters()[output])
        before = output
    return "".join(found)
