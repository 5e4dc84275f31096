"""Bytes of one letter each → text: the Thai code page, and whether what it gave is Thai.

Every byte of a French or German text is some Thai letter, so that decoding alone proves nothing. Thai stands in words,
the letters of other languages stand alone between English ones.
"""

import re
from typing import Final

_THAI_RUN = re.compile(r"[ก-ฺเ-๛]+")
_LEAST_WORD: Final = 3
"""Thai characters in a row from which they are a word; of letters with accents three hardly come together."""
_MOSTLY: Final = 0.5
"""Share of the Thai characters of a text that stand in words at least."""
_STRAY_MARK = re.compile(r"(?<![ก-ฮฤฦะ-ฺเ-๎])[ัิ-ฺ็-๎]")
_MOST_STRAYS: Final = 0.2
"""Share of the vowels and tone marks above and below that may stand on no letter at most."""
_MARK = re.compile(r"[ัิ-ฺ็-๎]")


def decode_thai(data: bytes) -> str | None:
    """Return the text of a file in TIS-620 or Windows-874, which adds quotation marks; None where it is in neither."""
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return None
    return text if reads_as_thai(text) else None


def reads_as_thai(text: str) -> bool:
    """Whether the Thai characters of a text make words, with their marks on letters; so does a text without any."""
    runs: list[str] = _THAI_RUN.findall(text)
    words = sum(len(run) for run in runs if len(run) >= _LEAST_WORD)
    marks = len(_MARK.findall(text))
    return words >= _MOSTLY * sum(map(len, runs)) and len(_STRAY_MARK.findall(text)) <= _MOST_STRAYS * marks
