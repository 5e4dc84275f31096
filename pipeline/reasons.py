"""Why a value is doubted, and what a value is, in words."""

import re
from typing import Final

from core.errors import Language
from models.document import Document
from models.doubt import NO_RECORDS
from rules.runner import ALL
from thai.numerals import to_thai

_WORDS: Final = {
    NO_RECORDS: ("ไม่พบหนังสือหรือบัญชีในเอกสาร", "neither a letter nor an annex was found"),
    "low_confidence": ("ภาพอ่านได้ไม่ชัด", "the picture is hard to read"),
    "missing": ("ควรมีค่าแต่อ่านไม่พบ", "a value is expected and none was found"),
    "unreadable": ("มีรอยหมึกแต่อ่านไม่ออก", "there is ink that could not be read"),
    "handwriting.suspected": ("น่าจะเขียนด้วยลายมือ", "probably written by hand"),
    "register.none": ("ไม่พบชื่อใกล้เคียงในทะเบียน", "nothing like it is in the register"),
    "register.nearest": ("ใช้ชื่อที่ใกล้ที่สุดในทะเบียน", "the nearest name of the register was taken"),
    "register": ("ชื่อไม่ตรงกับทะเบียน", "the name is not that of the register"),
    "body": ("ชื่อ อปท. อ่านได้ไม่แน่ชัด", "the name of the body is unsure"),
    "body.unknown": ("ไม่พบชื่อ อปท. ในทะเบียน", "the body is not in the register"),
    "body.duplicate": ("ชื่อ อปท. ซ้ำกันในบัญชี", "the body stands twice in the annex"),
    "body.ambiguous": ("ชื่อ อปท. ใกล้เคียงมากกว่าหนึ่งแห่ง", "several bodies are equally near"),
    "body.elsewhere": ("อปท. นี้อยู่อำเภออื่น", "the body is of another district"),
    "body.kind_differs": ("ประเภท อปท. ต่างจากทะเบียน", "its kind is not that of the register"),
    "body.kind_unread": ("อ่านประเภท อปท. ไม่ได้", "its kind could not be read"),
    "body.repaired_far": ("ชื่อที่อ่านได้ต่างจากทะเบียนมาก", "the reading is far from the register"),
    "district": ("ชื่ออำเภออ่านได้ไม่แน่ชัด", "the district is unsure"),
    "province": ("ชื่อจังหวัดอ่านได้ไม่แน่ชัด", "the province is unsure"),
    "sequence": ("ลำดับที่อ่านได้ไม่แน่ชัด", "the sequence number is unsure"),
    "mark": ("เครื่องหมายไม่ชัดเจน", "the mark is unclear"),
    "mark.none": ("ไม่พบเครื่องหมายในแถวนี้", "no mark was found in this row"),
    "mark.several": ("มีเครื่องหมายมากกว่าหนึ่งช่อง", "more than one column is marked"),
    "remark": ("หมายเหตุอ่านได้ไม่แน่ชัด", "the remark is unsure"),
    "remark.digits": ("ปีในหมายเหตุต่างจากแถวอื่น", "the years differ from those of other rows"),
    "remark.year_after_as_of": ("ปีในหมายเหตุอยู่หลังวันที่ของข้อมูล", "a year after the day of the data"),
    "remark.unusual": ("หมายเหตุต่างจากแถวอื่น", "worded as no other remark"),
    "number": ("เลขที่หนังสือไม่เป็นไปตามแบบ", "the letter number is not of the usual form"),
    "number.mixed_digits": ("มีเลขไทยปนเลขอารบิก", "Thai and Arabic digits are mixed"),
    "number.running_missing": ("ไม่พบเลขลำดับของหนังสือ", "the running number is missing"),
    "date": ("วันที่อ่านได้ไม่แน่ชัด", "the date is unsure"),
    "date.impossible": ("ไม่มีวันที่นี้ในปฏิทิน", "there is no such day"),
    "date.day_missing": ("ไม่มีวัน มีแต่เดือนและปี", "month and year without a day"),
    "date.two_digit_year": ("ปีมีสองหลัก", "the year has two digits"),
    "date.weekday_mismatch": ("วันในสัปดาห์ไม่ตรงกับวันที่", "the weekday is not that of the date"),
    "count.unreadable": ("อ่านจำนวนไม่ได้", "the number could not be read"),
    "total": ("ผลรวมที่พิมพ์ไว้ไม่แน่ชัด", "the printed total is unsure"),
    "total.unplaced": ("ไม่ทราบว่าผลรวมเป็นของช่องใด", "which column it totals is unknown"),
    "urgency.doubtful": ("ชั้นความเร็วอ่านได้ไม่แน่ชัด", "the urgency is unsure"),
    "time.unreadable": ("อ่านเวลาไม่ได้", "the time could not be read"),
    "spelling.tone_marks": ("วรรณยุกต์อาจคลาดเคลื่อน", "tone marks may be wrong"),
    "signer.position_split": ("ตำแหน่งผู้ลงนามอาจขาดหาย", "the position may be cut apart"),
    "column.no_header": ("ช่องไม่มีหัวตาราง", "the column has no header"),
}
"""By the whole code, or by what stands before its first point."""

_NAMES: Final = {
    "letters": ("หนังสือ", "letter"),
    "annexes": ("บัญชี", "annex"),
    "rows": ("แถว", "row"),
    "number": ("เลขที่หนังสือ", "number"),
    "date": ("วันที่", "date"),
    "issuer": ("ส่วนราชการเจ้าของหนังสือ", "issuer"),
    "address": ("ที่อยู่", "address"),
    "subject": ("เรื่อง", "subject"),
    "salutation": ("คำขึ้นต้น", "salutation"),
    "recipients": ("ผู้รับ", "recipient"),
    "references": ("อ้างถึง", "reference"),
    "enclosures": ("สิ่งที่ส่งมาด้วย", "enclosure"),
    "title": ("ชื่อเรื่อง", "title"),
    "copies": ("จำนวนชุด", "copies"),
    "copies_to": ("สำเนาส่ง", "copy to"),
    "body": ("อปท.", "body"),
    "deadlines": ("กำหนดเวลา", "deadline"),
    "weekday": ("วันในสัปดาห์", "weekday"),
    "closing": ("คำลงท้าย", "closing"),
    "signer": ("ผู้ลงนาม", "signer"),
    "name": ("ชื่อ", "name"),
    "position": ("ตำแหน่ง", "position"),
    "authority": ("การปฏิบัติราชการแทน", "authority"),
    "principal": ("ตำแหน่งที่ปฏิบัติราชการแทน", "principal"),
    "unit": ("หน่วยงานเจ้าของเรื่อง", "unit"),
    "contacts": ("ช่องทางติดต่อ", "contact"),
    "receipt": ("ตรารับหนังสือ", "receipt stamp"),
    "time": ("เวลา", "time"),
    "office": ("สำนักงาน", "office"),
    "urgency": ("ชั้นความเร็ว", "urgency"),
    "secrecy": ("ชั้นความลับ", "secrecy"),
    "qr": ("คิวอาร์โค้ด", "QR code"),
    "province": ("จังหวัด", "province"),
    "as_of": ("ข้อมูล ณ วันที่", "as of"),
    "sequence": ("ลำดับที่", "sequence"),
    "district": ("อำเภอ", "district"),
    "status": ("สถานะ", "status"),
    "remark": ("หมายเหตุ", "remark"),
    "cells": ("ช่อง", "cell"),
    "totals": ("ผลรวม", "total"),
    "subtotals": ("ผลรวมย่อย", "subtotal"),
    "value": ("ค่า", "value"),
    "notes": ("บันทึก", "note"),
}
_STEP = re.compile(r"(?P<name>[A-Za-z_][A-Za-z_0-9]*)(?:\[(?P<index>\d+)\])?")


def explain_code(code: str, language: Language = "th") -> str:
    """Say why a value is doubted; a rule says what it demands. A code without words is shown as it is."""
    words = _WORDS.get(code) or _WORDS.get(code.partition(".")[0])
    if words is None and code in ALL:
        statement = ALL[code].statement
        words = (f"ไม่ผ่านกฎ {code} {statement.th}", f"violates rule {code}: {statement.en}")
    return words[language == "en"] if words else code


def name_value(document: Document, path: str, language: Language = "th") -> str:
    """Say which value a path names: แถว ๑๕ · อปท."""
    if not path:
        return document.source.name
    parts = []
    for step in _STEP.finditer(path):
        name, index = step["name"], step["index"]
        words = _NAMES.get(name)
        word = "หนังสือ" if words is None else words[language == "en"]
        if name == "body" and path.startswith("letters"):
            word = ("ข้อความ", "text")[language == "en"]
        if words is None:
            word = _column(document, path, name)
        number = "" if index is None or (_alone(document, name)) else f" {int(index) + 1}"
        parts.append(word + (to_thai(number) if language == "th" else number))
    # The first step alone tells nothing where a document holds one letter.
    shown = parts[1:] if len(parts) > 1 and _alone(document, path.partition("[")[0]) else parts
    return " · ".join(part for part in shown if part)


def _alone(document: Document, name: str) -> bool:
    return name in ("letters", "annexes") and len(getattr(document, name)) <= 1


def _column(document: Document, path: str, key: str) -> str:
    """Return the header of a column by its key; the key itself where there is none."""
    index = re.match(r"annexes\[(\d+)\]", path)
    if index is None or int(index[1]) >= len(document.annexes):
        return key
    columns = document.annexes[int(index[1])].columns
    return next((column.header for column in columns if column.key == key and column.header), key)
