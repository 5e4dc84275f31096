"""The kind of a local body, from how it is printed: อบต.น้ำหมัน, เทศบาลตำบลตรอน, or a misreading of either."""

import unicodedata
from collections.abc import Sequence

from gazetteer.distance import distances
from models.annex import BodyKind

_LONG: tuple[tuple[str, BodyKind], ...] = (
    ("องค์การบริหารส่วนจังหวัด", BodyKind.PAO),
    ("องค์การบริหารส่วนตำบล", BodyKind.SAO),
    ("เทศบาลนคร", BodyKind.CITY),
    ("เทศบาลเมือง", BodyKind.TOWN),
    ("เทศบาลตำบล", BodyKind.SUBDISTRICT_MUNICIPALITY),
)
_SHORT: dict[str, BodyKind] = {
    "อบจ": BodyKind.PAO,
    "อบต": BodyKind.SAO,
    "ทน": BodyKind.CITY,
    "ทม": BodyKind.TOWN,
    "ทต": BodyKind.SUBDISTRICT_MUNICIPALITY,
    # Misreadings by the confusions ต/ด/ค, บ/ป and จ/ว that research measured; none is an abbreviation in use.
    "อบด": BodyKind.SAO,
    "อบค": BodyKind.SAO,
    "อปต": BodyKind.SAO,
    "อปจ": BodyKind.PAO,
    "อบว": BodyKind.PAO,
    "ทด": BodyKind.SUBDISTRICT_MUNICIPALITY,
    "ทค": BodyKind.SUBDISTRICT_MUNICIPALITY,
}
_HEADS = (*_LONG, *((kind.value, kind) for kind in BodyKind if kind is not BodyKind.SPECIAL))
_HEAD_FAR = 0.4
"""Cost a letter above which what stands before a name is no kind."""
_SPECIAL = ("เมืองพัทยา", "กรุงเทพมหานคร")


def bare(text: str) -> str:
    """Return a name without spaces, line breaks and invisible characters, which OCR sprinkles into Thai."""
    composed = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33")
    return "".join(c for c in composed if not c.isspace() and unicodedata.category(c) != "Cf")


def split_kind(text: str) -> tuple[BodyKind | None, str]:
    """Return the kind of a body, None where it cannot be told, and its name without the kind."""
    label = bare(text)
    if label in _SPECIAL:
        return BodyKind.SPECIAL, label
    for words, kind in _LONG:
        if label.startswith(words):
            return kind, label.removeprefix(words)
    head, point, name = label.partition(".")
    if point and head in _SHORT and name:
        return _SHORT[head], name.lstrip(".")
    # Without its point the abbreviation runs into the name; only forms in right spelling are trusted then.
    for short in ("อบจ", "อบต"):
        if label.startswith(short) and len(label) > len(short):
            return _SHORT[short], label.removeprefix(short)
    return None, label


def split_damaged(labels: Sequence[str]) -> list[tuple[dict[BodyKind, float], str]]:
    """Return, for each label, what it costs to read each kind in a damaged beginning, and the name after it.

    No costs, and the whole as the name, where nothing before the name is like any kind.
    """
    words = [words for words, _ in _HEADS]
    lengths = sorted({length + more for length in map(len, words) for more in range(-2, 3) if length + more > 1})
    beginnings = sorted({label[:end] for label in labels for end in lengths if end < len(label)})
    costs = distances(beginnings, words)
    far = dict(zip(beginnings, (costs / [len(each) for each in words]).min(axis=1).tolist(), strict=True))
    own_costs = dict(zip(beginnings, costs.tolist(), strict=True))
    found: list[tuple[dict[BodyKind, float], str]] = []
    for label in labels:
        own = [label[:end] for end in lengths if end < len(label)]
        best = min(own, key=far.__getitem__, default="")
        if not best or far[best] > _HEAD_FAR:
            found.append(({}, label))
            continue
        least: dict[BodyKind, float] = {}
        for (_, kind), cost in zip(_HEADS, own_costs[best], strict=True):
            least[kind] = min(cost, least.get(kind, cost))
        found.append((least, label.removeprefix(best)))
    return found
