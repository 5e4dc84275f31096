"""How far readings are from names, in weighted edits: what OCR confuses costs less than what it does not."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Costs: TypeAlias = "npt.NDArray[np.float64]"

_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d")
_MARK_COST = 0.4
"""Edits that a lost, added or other tone mark or vowel above or below counts as: scans lose them first."""
_CONFUSED_COST = 0.5
"""Edits that a letter read as one that scans confuse it with counts as."""
# a letter of another script (พاجูก, น้ำໄผ) says that something was misread, not what
_FOREIGN_COST = 0.6
"""Edits that a letter of another script counts as, whatever it was read for."""
_PARTS = 10
"""Parts of an edit that costs are counted in: all of the above are whole tenths."""
# Letters that scans confuse, read either way: up to กอ and in ำา as 33 misread names of a real annex have them, the
# others for their likeness in print.
_PAIRS = "ผพ ดต ตห ซช ฉช ขบ ฟพ มณ วร นก นง ลค กอ ถภ ถก ภก ดค ตค ผฝ พฬ ปบ ทห ชข ฃข รธ ฎฏ อฮ ลส บน มน ยข จว ำา ไใ"
_CONFUSED = frozenset(map(frozenset, _PAIRS.split()))
_NOTHING = ""
"""Fills short texts up: to read it costs nothing, to read a character for it what that character costs."""


def find_confused(letter: str) -> list[str]:
    """Return the letters that scans confuse a letter with."""
    return sorted(other for pair in _CONFUSED if letter in pair for other in pair - {letter})


def distance(reading: str, name: str) -> float:
    """Return the least cost of edits that turn a reading into a name; 0.0 for the same text."""
    return float(distances([reading], [name])[0, 0])


def distances(readings: Sequence[str], names: Sequence[str]) -> Costs:
    """Return the least cost of edits between each reading (rows) and each name (columns), all at once."""
    import numpy as np

    if not names or not readings:
        return np.zeros((len(readings), len(names)))
    characters = [_NOTHING, *sorted(set().union(*readings, *names))]
    # Whole tenths: exact, and a quarter of the memory.
    swap = np.rint([[_PARTS * _swap(read, true) for true in characters] for read in characters]).astype(np.int16)
    read, true = _numbered(readings, characters), _numbered(names, characters).T
    # What a name costs up to each of its characters (rows), where the reading lacks them all.
    lost = np.cumsum(np.vstack([np.zeros(len(names)), swap[0, true]]), axis=0, dtype=np.int16)
    swaps = swap[:, true]
    costs = np.tile(lost, (len(readings), 1, 1))
    for character in read.T:
        kept = swaps[character]
        kept += costs[:, :-1]
        costs += swap[character, 0][:, None, None]
        np.minimum(costs[:, 1:], kept, out=costs[:, 1:])
        # From each place on, the rest of the name may be lost: the running least of cost before what losing it costs.
        costs -= lost
        np.minimum.accumulate(costs, axis=1, out=costs)
        costs += lost
    return costs[:, -1] / _PARTS


def _numbered(texts: Sequence[str], characters: Sequence[str]) -> "npt.NDArray[np.intp]":
    import numpy as np

    number = {character: index for index, character in enumerate(characters)}
    longest = max(map(len, texts), default=0)
    return np.array([[*map(number.__getitem__, text), *[0] * (longest - len(text))] for text in texts], dtype=np.intp)


@cache
def _swap(read: str, true: str) -> float:
    if read == true:
        return 0.0
    if _NOTHING in (read, true):
        return _MARK_COST if (read or true) in _MARKS else 1.0
    if read in _MARKS and true in _MARKS:
        return _MARK_COST
    if frozenset((read, true)) in _CONFUSED:
        return _CONFUSED_COST
    foreign = unicodedata.category(read)[0] in "LM" and not "\u0e01" <= read <= "\u0e5b"
    return _FOREIGN_COST if foreign else 1.0
