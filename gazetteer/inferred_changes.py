"""What the reference lists prove of bodies that were raised in status, merged, renamed or moved: the ledger's lines.

Two lists of one district tell it where a name stands under another kind in the later one, and, of renames, where one
body of a kind is gone and one of that kind is new. What they do not tell is the day; it is left open.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rapidfuzz.distance import Levenshtein

Key = tuple[str, str, str, str]
"""Province, district, kind and name."""

FIELDS: Final = (
    *("change", "province", "before_kind", "before_name", "before_code", "before_district"),
    *("after_kind", "after_name", "after_code", "after_district", "effective", "source"),
)
_SPELLING_EDITS: Final = 2
"""Letters in which two lists may spell one name differently."""
_GAZETTE: Final = (
    "ราชกิจจานุเบกษา เล่ม ๑๓๒ ตอนที่ ๑๐ ก วันที่ ๑๓ กุมภาพันธ์ ๒๕๕๘ (ถือว่าใช้บังคับตั้งแต่วันถัดจากวันประกาศ ตามแบบของพระราชกฤษฎีกา)"
)
_DEPARTMENT: Final = "การเปลี่ยนแปลงฐานะ กรมส่งเสริมการปกครองท้องถิ่น (dla.go.th/work/abt/m4_2555.jsp)"
KNOWN: Final[tuple[tuple[str, ...], ...]] = (
    (
        *("moved", "อุตรดิตถ์", "อบต.", "ท่าแฝก", "6530305", "ท่าปลา"),
        *("อบต.", "ท่าแฝก", "6530305", "น้ำปาด", "2015-02-14", _GAZETTE),
    ),
    (
        *("upgraded", "อุตรดิตถ์", "อบต.", "งิ้วงาม", "", "เมืองอุตรดิตถ์"),
        *("ทต.", "งิ้วงาม", "", "เมืองอุตรดิตถ์", "2012-08-24", _DEPARTMENT),
    ),
)
"""Changes that other sources tell of, with their days."""


def raised(before: Mapping[Key, str], after: Mapping[Key, str], source: str) -> Iterator[tuple[str, ...]]:
    """Yield the bodies of the earlier list whose name stands under another kind in the later one.

    Where two bodies of one name became one, each has a line.

    Args:
        before: Codes by body, of the earlier list.
        after: The same of the later list.
        source: What proves it, for the ledger.
    """
    gone = defaultdict(list)
    for key in before:
        if key not in after:
            gone[key[0], key[1], key[3]].append(key)
    for key in after:
        if key in before:
            continue
        olds = gone[key[0], key[1], key[3]]
        for old in olds:
            change = "upgraded" if len(olds) == 1 else "merged"
            yield (change, key[0], old[2], old[3], before[old], old[1], key[2], key[3], after[key], key[1], "", source)


def renamed(before: Mapping[Key, str], after: Mapping[Key, str], source: str) -> Iterator[tuple[str, ...]]:
    """Yield the bodies that must be one: all that is gone of a kind in a district, and all that is new there.

    Names that differ by a letter or two are the same in another spelling and no rename.
    """
    gone, new = _by_place(set(before) - set(after)), _by_place(set(after) - set(before))
    still = {(key[0], key[1], key[3]) for key in after}
    for place, olds in gone.items():
        news = new.get(place, [])
        if len(olds) != 1 or len(news) != 1:
            continue
        old, key = olds[0], news[0]
        respelt = Levenshtein.distance(_plain(old[3]), _plain(key[3])) <= _SPELLING_EDITS
        if respelt or (old[0], old[1], old[3]) in still:
            continue
        yield ("renamed", key[0], old[2], old[3], before[old], old[1], key[2], key[3], after[key], key[1], "", source)


def _by_place(keys: Iterable[Key]) -> dict[tuple[str, str, str], list[Key]]:
    found = defaultdict(list)
    for key in sorted(keys):
        found[key[0], key[1], key[2]].append(key)
    return found


def _plain(name: str) -> str:
    """Return a name without hyphens and spaces, which the lists write at will."""
    return name.replace("-", "").replace(" ", "")
