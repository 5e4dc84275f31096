"""Which words of Thai stand in a text, and where: what a reader of print may weigh two readings by.

Thai writes no spaces between words, so that a misread letter is seen where no word goes across it.
"""

import functools
import hashlib

SHORTEST, LONGEST = 2, 20
"""Characters of the words that are looked for: one letter is a word in any text; what is longer is made of others."""


@functools.cache
def load_words() -> frozenset[str]:
    """Return the words of PyThaiNLP's list (CC0), those of a length that is looked for; 10 MB."""
    from pythainlp.corpus import thai_words

    return frozenset(word for word in thai_words() if SHORTEST <= len(word) <= LONGEST)


@functools.cache
def digest_words() -> str:
    """Return what tells one list of words from another: another version of PyThaiNLP may settle readings otherwise."""
    return hashlib.sha256("\n".join(sorted(load_words())).encode()).hexdigest()[:8]


def measure_word(text: str, place: slice) -> int:
    """Return how long the longest word is that goes across a place of a text; 0 where none does.

    Args:
        text: Any text.
        place: Some characters of it; of none, those before and behind are meant, so that a word goes across.
    """
    first, last = (place.start, place.stop) if place.start < place.stop else (place.start - 1, place.stop + 1)
    first, last = max(first, 0), min(last, len(text))
    words, longest = load_words(), 0
    for start in range(max(last - LONGEST, 0), first + 1):
        for stop in range(min(start + LONGEST, len(text)), max(last, start + longest + 1) - 1, -1):
            if text[start:stop] in words:
                longest = stop - start
                break
    return longest


def is_spelled(character: str) -> bool:
    """Whether a character is a letter or sign of Thai that words are made of, and no digit."""
    return all("ก" <= sign <= "๎" and sign not in "ฯๆ฿" for sign in character) and bool(character)
