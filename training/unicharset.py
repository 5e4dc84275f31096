"""The characters as Tesseract's `unicharset` file lists them, with what it wants to know of each."""

import unicodedata

from training.characters import characters

_BLANK_BOX = "0,255,0,255,0,0,0,0,0,0"
_ALPHABETIC, _LOWER, _UPPER, _DIGIT, _PUNCTUATION = 1, 2, 4, 8, 16
_DIRECTIONS = {
    "L": 0,
    "R": 1,
    "EN": 2,
    "ES": 3,
    "ET": 4,
    "AN": 5,
    "CS": 6,
    "B": 7,
    "S": 8,
    "WS": 9,
    "ON": 10,
    "NSM": 17,
}
"""ICU's numbers of the directions that the Unicode database names."""
_MIRRORED = dict(zip("()[]<>«»", ")(][><»«", strict=True))


def unicharset() -> str:
    """Return the file's text: a count, then a line for each character in the order of the outputs."""
    known = {character: number for number, character in enumerate(characters())}
    lines = [str(len(known)), "NULL 0 NULL 0"]
    for number, character in enumerate(characters()[1:], start=1):
        if len(character) > 1:
            lines.append(f"{character} 0 {_BLANK_BOX} NULL {number} 0 {number} ")
            continue
        other = known.get(character.swapcase(), number)
        direction = _DIRECTIONS[unicodedata.bidirectional(character)]
        mirror = known.get(_MIRRORED.get(character, character), number)
        lines.append(
            f"{character} {_properties(character):x} {_BLANK_BOX} {_script(character)} "
            f"{other} {direction} {mirror} {character}"
        )
    return "\n".join(lines) + "\n"


def _properties(character: str) -> int:
    category = unicodedata.category(character)
    return (
        _ALPHABETIC * (category[0] == "L")
        | _LOWER * (category == "Ll")
        | _UPPER * (category == "Lu")
        | _DIGIT * (category == "Nd")
        | _PUNCTUATION * (category[0] == "P")
    )


def _script(character: str) -> str:
    if unicodedata.name(character).startswith("THAI ") and character != "฿":
        return "Thai"
    return "Latin" if character.isascii() and character.isalpha() else "Common"
