"""Thai text as it should be stored, searched and compared, and the damage that scanning does to it.

Nothing here guesses a letter: `normalize` only undoes encodings of the same text, and `illegal_sequences` and
`foreign_letters` report what no Thai text can hold. Compatibility folding of Unicode is never used: it takes ำ apart.
"""

import re
import unicodedata
from functools import lru_cache

from thai.numerals import to_arabic

CONSONANT = "ก-ฮ"
"""Character range of the consonants, for use inside a regular expression's brackets."""
LETTER = "ก-ฮะ-ฺเ-๎"
"""Character ranges of Thai letters, vowels and marks, without digits, ฿ and ฯ."""

# Positional glyph variants that Thai fonts for Windows and the Macintosh keep in the private use area, and the
# characters they draw; the text layer of many a PDF holds them. The code points are those HarfBuzz documents.
_PRIVATE_GLYPHS = {
    "ฐ": (0xF700, 0xF89E),
    "ิ": (0xF701, 0xF885),
    "ี": (0xF702, 0xF886),
    "ึ": (0xF703, 0xF887),
    "ื": (0xF704, 0xF888),
    "่": (0xF705, 0xF70A, 0xF713, 0xF88A, 0xF88B, 0xF88C),
    "้": (0xF706, 0xF70B, 0xF714, 0xF88D, 0xF88E, 0xF88F),
    "๊": (0xF707, 0xF70C, 0xF715, 0xF890, 0xF891, 0xF892),
    "๋": (0xF708, 0xF70D, 0xF716, 0xF893, 0xF894, 0xF895),
    "์": (0xF709, 0xF70E, 0xF717, 0xF896, 0xF897, 0xF898),
    "ญ": (0xF70F, 0xF89A),
    "ั": (0xF710, 0xF884),
    "ํ": (0xF711, 0xF899),
    "็": (0xF712, 0xF889),
    "ุ": (0xF718, 0xF89B),
    "ู": (0xF719, 0xF89C),
    "ฺ": (0xF71A, 0xF89D),
}
PRIVATE_GLYPHS = {code: character for character, codes in _PRIVATE_GLYPHS.items() for code in codes}
"""Private-use code points of positioned Thai glyphs → the one sign each stands for; for `str.translate`."""

_LINE_BREAK = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n\t]+")
_CELL_BREAK = re.compile(r"([\n\t])")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_SETTLE_PASSES = 10
"""Times that a text is put in order at most, should it never settle."""
# No syllable carries this many vowels and marks; a run of them is damage, and costs its square to put in order.
_MARK_RUN = re.compile(r"([ะ-ฺๅ็-๎]{8})[ะ-ฺๅ็-๎]+")

_THAI = "ก-ฺ฿-๛"
_SPACE_BESIDE_THAI = re.compile(rf"(?<=[{_THAI}])\s+(?=[{_THAI}0-9])|(?<=[0-9])\s+(?=[{_THAI}])")

# What cannot follow or precede what, in the order Thai is encoded: consonant, vowel above or below, tone, vowel after.
_ILLEGAL = re.compile(
    "|".join(
        (
            rf"(?<![{CONSONANT}])[ัิ-ฺ็ํ๎]",  # a vowel or sign above or below that stands on no consonant
            rf"(?<![{CONSONANT}ัิ-ฺ็ํ])[่-๋]",  # a tone that stands on nothing, on another tone, or after า
            rf"(?<![{CONSONANT}ิุ])์",  # silencing mark without its letter
            rf"(?<![{CONSONANT}่-๋ํ])[าำ]",
            rf"(?<![{CONSONANT}่-๋า])ะ",
            r"(?<![ฤฦ])ๅ",
            rf"(?<!เ)เ(?![{CONSONANT}เ])|(?<=เ)เ(?![{CONSONANT}])|[แ-ไ](?![{CONSONANT}])",  # a vowel before nothing
        )
    )
)
_SPLIT_CLUSTER = re.compile(rf"ํ[่-๋]?า|เเ|(?<=[{LETTER}]) +(?=[ัาำิ-ฺ็-๎])")
_TONES_AND_SIGNS = re.compile(r"[่-๎็\s]")


def normalize(text: str) -> str:
    """Return the text in the one spelling that the project stores; running it twice changes nothing.

    Composes (ํ + า is ำ, เเ is แ), puts marks in order, drops doubled marks, marks that stand on nothing and
    characters that cannot be seen, draws private glyphs with their letters, and makes every run of spaces one
    space. Line breaks and tabs stay: they part lines and cells.
    """
    text = unicodedata.normalize("NFC", _LINE_BREAK.sub("\n", text.translate(PRIVATE_GLYPHS)))
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
    return "".join(_settle(cell) for cell in _CELL_BREAK.split(text))


def _settle(cell: str) -> str:
    """Order the marks of one line or cell, until nothing changes any more."""
    if cell.isascii():
        return cell if cell in ("\n", "\t") else _SPACES.sub(" ", cell).strip()
    from pythainlp.util import normalize

    cell = _MARK_RUN.sub(r"\1", cell)
    for _ in range(_SETTLE_PASSES):
        settled = unicodedata.normalize("NFC", _SPACES.sub(" ", normalize(cell)).strip())
        if settled == cell:
            break
        cell = settled
    return cell


def search_form(text: str) -> str:
    """Return the form in which texts and queries are compared by search.

    Normalized, in Arabic digits and lower case, without the spaces beside Thai letters, whose number is chance:
    `ว ๘๕๖`, `ว๘๕๖` and `ว 856` are one. Spaces between digits or Latin words stay, as one space each.
    """
    plain = to_arabic(normalize(text)).lower()
    # Marks that a space kept apart meet only now, and are put in order once more.
    return normalize(_SPACE_BESIDE_THAI.sub("", " ".join(plain.split())))


def skeleton(text: str) -> str:
    """Return the text without tone marks, signs and spaces, which scans lose or invent; ำ counts as า."""
    return _TONES_AND_SIGNS.sub("", text).replace("ำ", "า")


def illegal_sequences(text: str) -> list[str]:
    """Return every mark that stands where Thai allows none, each with the character before it.

    Looks at the text as it was read: normalizing first would hide the marks it drops.
    """
    return [text[max(0, match.start() - 1) : match.end()] for match in _ILLEGAL.finditer(text)]


def split_clusters(text: str) -> list[str]:
    """Return the clusters written in pieces: ํ + า for ำ, เเ for แ, a space before a mark."""
    return [text[max(0, match.start() - 1) : match.end() + 1] for match in _SPLIT_CLUSTER.finditer(text)]


def foreign_letters(text: str) -> list[str]:
    """Return the letters, marks and digits that are neither Thai nor Latin, such as `U+0EC4 ໄ`, in order."""
    return [f"U+{ord(c):04X} {c}" for c in text if not c.isascii() and _is_foreign(c)]


@lru_cache(maxsize=4_096)
def _is_foreign(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] not in "LM" and category != "Nd":
        return False
    name = unicodedata.name(character, "")
    return not name.startswith(("THAI ", "LATIN ", "COMBINING ", "FULLWIDTH LATIN "))
