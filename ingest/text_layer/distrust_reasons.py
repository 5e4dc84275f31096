"""Why a text layer is not taken for its page, in words of both languages."""

from collections.abc import Iterable, Mapping
from typing import Final

from models.issue import Message

REASONS: Final[Mapping[str, Message]] = {
    "empty": Message(th="แทบไม่มีตัวอักษร", en="it has hardly any letters"),
    "private_use": Message(th="มีอักขระที่ไม่ใช่ตัวอักษร", en="it has characters that are no letters"),
    "lone_marks": Message(th="มีสระหรือวรรณยุกต์ที่ไม่มีพยัญชนะ", en="vowels or tone marks stand without a consonant"),
    "sara_am": Message(th="สระอำกลายเป็นสระอา", en="sara am came out as sara aa"),
    "digit_face": Message(th="แบบอักษรแสดงเลขอารบิกเป็นเลขไทย", en="a face draws Arabic digits as Thai ones"),
    "digit_script": Message(th="เลขไทยหรือเลขอารบิกไม่ตรงกับภาพ", en="its digits are of another script than the picture's"),
    "unlike_picture": Message(th="ข้อความไม่ตรงกับภาพ", en="it does not say what the picture shows"),
    "scan": Message(th="หน้าเป็นภาพสแกน", en="the page is a scan"),
    "pictures": Message(th="ภาพขนาดใหญ่อาจมีข้อความอื่น", en="large pictures may hold text of their own"),
    "turned": Message(th="ตัวอักษรไม่ตั้งตรง", en="the letters are not upright"),
    "page_text_chars": Message(th="ตัวอักษรมากเกินกำหนด", en="it has more letters than the limit"),
    "page_cells": Message(th="ช่องตารางมากเกินกำหนด", en="it has more cells than the limit"),
}
"""What `find_distrust_reasons`, `read_text_layer` and `verify_text_layer` give."""
_BROKEN: Final = Message(th="อ่านไม่ได้", en="it could not be read")


def describe_distrust(reasons: Iterable[str]) -> Message:
    """Return why a text layer is not trusted, in words; what is no reason of ours was an error of the library."""
    found = [REASONS.get(reason, _BROKEN) for reason in reasons]
    return Message(th="; ".join(each.th for each in found), en="; ".join(each.en for each in found))
