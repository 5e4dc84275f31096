"""What a finding rests on: the value at a path of the record, its page, its place and how it was read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from core.errors import Language
from models.document import Document, Page
from models.field import Box, Field

_STEP = re.compile(r"(?P<name>[A-Za-z_][A-Za-z_0-9]*)|\[(?P<index>\d+)\]")

_BODY_OF_ROW = re.compile(r"(?<=rows)(\[\d+\])\.body\b")
"""In a row, `body` is a local body; in a letter, the text."""
_COLUMN_KEY = re.compile(r"c(\d+)")
_HOLDERS = ("cells",)
"""Steps whose next one says all."""
_OTHER_PLACE = ("ส่วนอื่น", "part")
_PLACE_WORDS = {
    "letters": ("หนังสือฉบับ", "letter"),
    "annexes": ("บัญชี", "annex"),
    "pages": ("หน้า", "page"),
    "text": ("ข้อความ", "text"),
    "address": ("ที่ตั้ง", "address"),
    "as_of": ("ข้อมูล ณ วันที่", "as of"),
    "authority": ("อำนาจลงนาม", "authority"),
    "body": ("เนื้อหา", "body"),
    "closing": ("คำลงท้าย", "closing"),
    "columns": ("คอลัมน์", "column"),
    "contacts": ("ช่องทางติดต่อ", "contact"),
    "copies": ("จำนวน", "copies"),
    "copies_to": ("สำเนาส่ง", "copies to"),
    "date": ("วันที่", "date"),
    "deadlines": ("กำหนดเวลา", "deadline"),
    "district": ("อำเภอ", "district"),
    "enclosures": ("สิ่งที่ส่งมาด้วย", "enclosure"),
    "issuer": ("ส่วนราชการเจ้าของหนังสือ", "issuer"),
    "local_body": ("อปท.", "local body"),
    "name": ("ชื่อ", "name"),
    "notes": ("หมายเหตุท้ายบัญชี", "note"),
    "number": ("เลขที่", "number"),
    "office": ("หน่วยงาน", "office"),
    "position": ("ตำแหน่ง", "position"),
    "principal": ("ลงนามแทน", "principal"),
    "province": ("จังหวัด", "province"),
    "qr": ("คิวอาร์โค้ด", "QR code"),
    "receipt": ("ตรารับ", "receipt stamp"),
    "recipients": ("ผู้รับ", "recipient"),
    "references": ("อ้างถึง", "reference"),
    "remark": ("หมายเหตุ", "remark"),
    "rows": ("แถว", "row"),
    "salutation": ("คำขึ้นต้น", "salutation"),
    "secrecy": ("ชั้นความลับ", "secrecy"),
    "sequence": ("ลำดับ", "sequence number"),
    "signer": ("ผู้ลงนาม", "signer"),
    "status": ("สถานะ", "status"),
    "subject": ("เรื่อง", "subject"),
    "subtotals": ("ยอดรวมย่อย", "subtotal"),
    "time": ("เวลา", "time"),
    "title": ("ชื่อเรื่อง", "title"),
    "totals": ("ยอดรวม", "total"),
    "unit": ("ส่วนราชการเจ้าของเรื่อง", "unit"),
    "urgency": ("ชั้นความเร็ว", "urgency"),
    "value": ("จำนวน", "value"),
    "weekday": ("วันในสัปดาห์", "weekday"),
}
"""The steps of a path in words, Thai and English."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place of a record; page and box are None where the record does not tell them.

    Attributes:
        path: Such as `annexes[0].rows[14].body`.
        raw: What was read there, empty where the path names more than one value.
    """

    path: str
    page: int | None = None
    box: Box | None = None
    raw: str = ""


def locate(document: Document, path: str) -> Evidence:
    """Return what a path names. One that names nothing, as of an earlier reading, gives the path alone."""
    value = _at(document, path)
    if isinstance(value, Field):
        said = value.raw or ("" if value.value is None else str(getattr(value.value, "label", value.value)))
        return Evidence(path, value.page, value.box, " ".join(said.split()))
    parent = _at(document, path.rpartition(".")[0])
    if isinstance(parent, Page):
        return Evidence(path, parent.number)
    return _around(path, list(_fields_within(value)))


def describe_place(path: str, language: Language = "th") -> str:
    """Return in words what a path names, such as บัญชีที่ 1 แถวที่ 15 ชื่อ อปท.; counted from one."""
    said: list[str] = []
    for step in _STEP.finditer(_BODY_OF_ROW.sub(r"\1.local_body", path)):
        if step["index"] is not None:
            said.append(_numbered(said.pop() if said else "", int(step["index"]) + 1, language))
        elif column := _COLUMN_KEY.fullmatch(step["name"]):
            said.append(_numbered(_PLACE_WORDS["columns"][language == "en"], int(column[1]), language))
        elif step["name"] not in _HOLDERS:
            said.append(_PLACE_WORDS.get(step["name"], _OTHER_PLACE)[language == "en"])
    return " ".join(said)


def _numbered(word: str, number: int, language: Language) -> str:
    return f"{word}{'ที่ ' if language == 'th' else ' '}{number}"


def pages_of(places: Iterable[Evidence]) -> str:
    """Return the pages of some places, each once: 1, 3."""
    return ", ".join(map(str, sorted({place.page for place in places if place.page is not None})))


def _around(path: str, fields: Sequence[Field[Any]]) -> Evidence:
    """Return the place of a part of a record that is no value itself, such as a row: that of its values on one page."""
    page = next((field.page for field in fields if field.page is not None), None)
    boxes = [field.box for field in fields if field.page == page and field.box is not None]
    return Evidence(path, page, reduce(Box.union, boxes) if boxes else None)


def _at(record: object, path: str) -> object:
    for step in _STEP.finditer(path):
        try:
            if step["index"] is not None:
                record = record[int(step["index"])]  # type: ignore[index]
            elif isinstance(record, dict):
                record = record[step["name"]]
            else:
                record = getattr(record, step["name"])
        except (AttributeError, IndexError, KeyError, TypeError):
            return None
    return record


def _fields_within(value: Any) -> Iterator[Field[Any]]:  # noqa: ANN401 - any part of a record
    """Yield the values that a part of a record has, such as those of a row."""
    for name in getattr(type(value), "model_fields", {}):
        field = getattr(value, name)
        if isinstance(field, Field):
            yield field
