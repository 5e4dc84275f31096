"""What the parts of a record are called, in Thai and English: `letters[0].references[1].date` is วันที่ของหนังสือที่อ้างถึง."""

import re
from typing import Final, Literal

from models.issue import Message

_NAMES: Final[dict[str, tuple[str, str]]] = {
    "address": ("ที่ตั้ง", "address"),
    "annexes": ("บัญชี", "annex"),
    "as_of": ("ข้อมูล ณ วันที่", "day of the data"),
    "body": ("ข้อความ", "body"),
    "cells": ("ช่อง", "cell"),
    "closing": ("คำลงท้าย", "closing"),
    "columns": ("คอลัมน์", "column"),
    "contacts": ("ช่องทางติดต่อ", "contact"),
    "copies": ("จำนวน", "copies"),
    "date": ("วันที่", "date"),
    "deadlines": ("กำหนดส่ง", "deadline"),
    "district": ("อำเภอ", "district"),
    "enclosures": ("สิ่งที่ส่งมาด้วย", "enclosure"),
    "endorsements": ("ความเห็นหรือการอนุมัติ", "approval or note"),
    "issuer": ("ส่วนราชการเจ้าของหนังสือ", "issuing office"),
    "letters": ("หนังสือฉบับ", "letter"),
    "number": ("เลขที่", "number"),
    "office": ("หน่วยงาน", "office"),
    "page_headers": ("หัวตาราง", "header of the table"),
    "pages": ("หน้า", "page"),
    "position": ("ตำแหน่ง", "position"),
    "principal": ("ผู้มอบอำนาจ", "principal"),
    "province": ("จังหวัด", "province"),
    "qr": ("คิวอาร์โค้ด", "QR code"),
    "qr_captions": ("คำอธิบายคิวอาร์โค้ด", "caption of a QR code"),
    "receipt": ("ตรารับ", "receipt stamp"),
    "recipients": ("ผู้รับ", "recipient"),
    "references": ("หนังสือที่อ้างถึง", "letter referred to"),
    "remark": ("หมายเหตุ", "remark"),
    "salutation": ("คำขึ้นต้น", "salutation"),
    "authority": ("การปฏิบัติราชการแทน", "acting for"),
    "copies_to": ("สำเนาส่ง", "copy to"),
    "notes": ("บันทึกท้ายบัญชี", "note"),
    "weekday": ("วันในสัปดาห์", "weekday"),
    "rows": ("แถว", "row"),
    "secrecy": ("ชั้นความลับ", "secrecy"),
    "sequence": ("ลำดับ", "sequence number"),
    "signer": ("ผู้ลงนาม", "signer"),
    "status": ("สถานะ", "status"),
    "subject": ("เรื่อง", "subject"),
    "subtotals": ("ยอดรวมย่อย", "subtotal"),
    "time": ("เวลา", "time"),
    "title": ("ชื่อเรื่อง", "title"),
    "totals": ("ยอดรวม", "total"),
    "unit": ("ส่วนราชการเจ้าของเรื่อง", "office in charge"),
    "urgency": ("ชั้นความเร็ว", "urgency"),
}
_ROW_BODY: Final = ("ชื่อ อปท.", "name of the body")
_SILENT: Final = frozenset({"value", "text", "name"})
"""Steps that say nothing to a person: the value of a total, the text of a page, the name of the signer."""
_STEP: Final = re.compile(r"(?P<name>[A-Za-z_]\w*)(?:\[(?P<index>\d+)\])?")
_COUNTED: Final = frozenset({"letters", "annexes", "pages", "rows", "references", "enclosures", "deadlines"})
"""Parts of which a record has several, so that it is said which one is meant, counted from 1."""


def name_part(path: str, language: Literal["th", "en"]) -> str:
    """Return what a path names, for a person: `annexes[0].rows[2].body` is “บัญชี 1 แถว 3 ชื่อ อปท.”.

    Digits are Arabic; who prints Thai turns them. A step that has no name here is left as it is.
    """
    words, inside_row = [], False
    for step in _STEP.finditer(path):
        name = step["name"]
        if name in _SILENT:
            continue
        known = _ROW_BODY if name == "body" and inside_row else _NAMES.get(name)
        word = known[0 if language == "th" else 1] if known else name
        words.append(f"{word} {int(step['index']) + 1}" if step["index"] and name in _COUNTED else word)
        inside_row = inside_row or name == "rows"
    return " ".join(words)


def describe_part(path: str) -> Message:
    """Return the name of one value without the letter or annex that it is of: “วันที่ของหนังสือที่อ้างถึง 2”."""
    inner = re.sub(r"^(?:letters|annexes)\[\d+\]\.", "", path)
    return Message(th=name_part(inner, "th"), en=name_part(inner, "en"))
