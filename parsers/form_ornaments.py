"""What of a page belongs to its form and to no value: labels, titles, page numbers, catchwords, dirt."""

import functools
import re
import unicodedata

from models.accounting import Ornament
from models.ocr import Mark
from thai.labels import fuzzy_label
from thai.text import normalize

LABELS = (
    *("เรื่อง", "เรียน", "กราบเรียน", "นมัสการ", "เสนอ", "ถึง", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "สิ่งที่แนบมาด้วย", "ส่วนราชการ"),
    *("ที่", "วันที่", "ลงวันที่", "โทร", "โทรศัพท์", "โทรสาร", "สำเนาส่ง", "ลงชื่อ", "ชั้นความเร็ว", "ชั้นความลับ", "จำนวน", "หน้า"),
    *("เลขรับ", "เลขที่รับ", "รับที่", "เลขที่", "เวลา", "น", "จาก", "หมายเหตุ", "ผู้ประสานงาน", "ไปรษณีย์อิเล็กทรอนิกส์", "ต่อ"),
    *("สั่ง ณ วันที่", "ประกาศ ณ วันที่", "ให้ไว้ ณ วันที่", "คำสั่ง", "ประกาศ", "ระเบียบ", "ข้อบังคับ", "ข้อบัญญัติ"),
    *("เทศบัญญัติ", "กฎกระทรวง", "แถลงการณ์"),
    *("ข้อมูล ณ", "ข้อมูล ณ วันที่", "ณ วันที่", "รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "ยอดยกไป", "ยอดยกมา"),
)
"""Printed labels of the forms of the regulation on correspondence work; the value beside one is its owner's."""
_HEADERS = ("หมายเหตุ", "จำนวน", "ที่", "ลำดับ")
"""Labels of the form of a letter that head columns in a table."""
SIGNS = frozenset(mark.value for mark in Mark) - {Mark.DASH.value, Mark.SLASH.value, Mark.UNKNOWN.value}
_LEAST = 2
"""Letters that a line must have to be no dirt; a table's cell may say all with one."""
_TITLES = ("บันทึกข้อความ", "บันทึก", "กระดาษเขียนข่าว", "วิทยุในราชการ", "ครุฑ", "สำเนา", "สำเนาคู่ฉบับ")
_PAGE_NUMBER = re.compile(r"(?:หน้า(?:ที่)?|[-–—(/])?\s*[0-9๐-๙]{1,3}\s*(?:[-–—)/]|จาก\s*[0-9๐-๙]{1,3})?")
_ITEM_MARK = re.compile(r"\s*\(?[0-9๐-๙]{1,2}[.)]\s*")
"""The number of the first thing that a label names; it is in no value, and its digit may be in another's."""
_CATCHWORD = re.compile(r"^\s*/\s*\S.{0,40}?(?:\.{2,}|…)\s*$")


def find_line_ornament(text: str) -> str | None:
    """Return what belongs to the form, where a whole line is a title, a page's number or a catchword."""
    if squeeze_letters(text) in _TITLES:
        return f"ornament.{Ornament.TITLE}"
    if _PAGE_NUMBER.fullmatch(text.strip()):
        return f"ornament.{Ornament.PAGE_NUMBER}"
    if _CATCHWORD.match(text):
        return f"ornament.{Ornament.CATCHWORD}"
    return None


def find_ornament(text: str) -> str | None:
    """Return what belongs to the form, where a text is that and nothing else, or is no text."""
    return find_label_ornament(text) or (None if len(squeeze_letters(text)) >= _LEAST else f"ornament.{Ornament.DIRT}")


def is_header_label(text: str) -> bool:
    """Whether a cell says what heads a column: its column holds that, or it was lost."""
    return fuzzy_label(text, _HEADERS) is not None


def find_label_ornament(text: str) -> str | None:
    """Return what belongs to the form, where a text is a label or a title of it and nothing else."""
    for ornament, words in ((Ornament.LABEL, LABELS), (Ornament.TITLE, _TITLES)):
        found = fuzzy_label(text, words)
        if found is not None and (not squeeze_letters(text[found[1] :]) or _ITEM_MARK.fullmatch(text[found[1] :])):
            return f"ornament.{ornament}"
    return None


@functools.lru_cache(maxsize=1024)
def squeeze_letters(text: str) -> str:
    """Return what a text says however it is spaced: its letters and digits, or its signs where it has none."""
    letters = "".join(character for character in normalize(text) if unicodedata.category(character)[0] in "LNM")
    return letters or "".join(sign for sign in text if sign in SIGNS)
