"""Rows of an annex that total a part of it: a district, a page, or all rows so far."""

import re

from models.annex import SubtotalKind
from thai.text import normalize

TOTAL = re.compile(r"^\s*(?:รวม|ยอดรวม|ทั้งสิ้น|ยอดยก|ยกยอด|ยกมา|ยกไป)")
"""How a row that totals others begins."""
GRAND = re.compile(r"^\s*(?:ยอด)?รวม\s*(?:ทั้?ง\s*(?:สิ้?น|หมด))?\s*$")
"""What a row says that totals all of them."""

_KINDS = (
    (SubtotalKind.BROUGHT_FORWARD, re.compile(r"ยกมา|ยอดมา")),
    (SubtotalKind.CARRIED_FORWARD, re.compile(r"ยกไป|ยอดไป")),
    (SubtotalKind.PAGE, re.compile(r"รวม\s*(?:ทั้ง)?\s*หน้า")),
    (SubtotalKind.DISTRICT, re.compile(r"รวม\s*(?:อำเภอ|อ\.)")),
)
_DISTRICT = re.compile(r"(?:อำเภอ|อ\.)\s*(?P<name>[ก-๎]{2,}ฯ?)")


def subtotal_kind(label: str) -> SubtotalKind | None:
    """Return what a total row counts by its label; None for a plain รวม, whose place must tell."""
    text = normalize(label)
    return next((kind for kind, cue in _KINDS if cue.search(text)), None)


def subtotal_district(label: str) -> str:
    """Return the district that a label names, or nothing."""
    match = _DISTRICT.search(normalize(label))
    return match["name"] if match else ""
