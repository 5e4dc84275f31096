"""How far a reading is from a name, in weighted edits: what OCR confuses costs less than what it does not."""

import unicodedata
from functools import cache, lru_cache

_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d")
_MARK_COST = 0.4
_CONFUSED_COST = 0.5
# a letter of another script (พاجูก, น้ำໄผ) says that something was misread, not what
_FOREIGN_COST = 0.6
# Letters that scans confuse, read either way: up to กอ and in ำา as 33 misread names of a real annex have them, the
# others for their likeness in print.
_PAIRS = "ผพ ดต ตห ซช ฉช ขบ ฟพ มณ วร นก นง ลค กอ ถภ ถก ภก ดค ตค ผฝ พฬ ปบ ทห ชข ฃข รธ ฎฏ อฮ ลส บน มน ยข จว ำา ไใ"
_CONFUSED = frozenset(map(frozenset, _PAIRS.split()))


@lru_cache(maxsize=65536)
def distance(reading: str, name: str) -> float:
    """Return the least cost of edits that turn a reading into a name; 0.0 for the same text."""
    if reading == name:
        return 0.0
    previous = [0.0]
    for character in name:
        previous.append(previous[-1] + _gap(character))
    for read in reading:
        current = [previous[0] + _gap(read)]
        for index, true in enumerate(name, start=1):
            current.append(
                min(
                    previous[index] + _gap(read),
                    current[-1] + _gap(true),
                    previous[index - 1] + _swap(read, true),
                )
            )
        previous = current
    return round(previous[-1], 3)


def _gap(character: str) -> float:
    return _MARK_COST if character in _MARKS else 1.0


@cache
def _swap(read: str, true: str) -> float:
    if read == true:
        return 0.0
    if read in _MARKS and true in _MARKS:
        return _MARK_COST
    if frozenset((read, true)) in _CONFUSED:
        return _CONFUSED_COST
    foreign = unicodedata.category(read)[0] in "LM" and not "\u0e01" <= read <= "\u0e5b"
    return _FOREIGN_COST if foreign else 1.0
