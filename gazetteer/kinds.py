"""The kind of a local body, from how it is printed: อบต.น้ำหมัน, เทศบาลตำบลตรอน, or a misreading of either."""

import unicodedata

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
