"""Official words whose tone marks a reading lost.

A scan loses ่ and ้ before it loses a letter: ท้องถิน for ท้องถิ่น. A word of this list is mended where the letters and
vowels are all there and marks are only missing: a mark that was read is never changed for another, since that may be
another word (เกี้ยวกับ). Words whose bare form is a word, or the joint of two, are left out on purpose: เรื่อง (เรือง),
แจ้ง (แจง), เข้าร่วม (เขา ร่วม), ข้อมูล (ขอ มูลค่า), ข้อบังคับ (ขอ บังคับ).
"""

import functools
import re

_SIGNS = "็่้๊๋์"
_WORDS = """
ท้องถิ่น พื้นที่ จัดตั้ง แต่งตั้ง เจ้าหน้าที่ จัดซื้อ สิ่งที่ส่งมาด้วย ทั่วไป ทั่วประเทศ ค่าใช้จ่าย เงื่อนไข หลักเกณฑ์ เนื่องจาก
เนื่องด้วย เพื่อ ครั้งที่ ฉบับที่ เลื่อนระดับ ข้าราชการ ผู้สูงอายุ ผู้ว่าราชการ ตั้งแต่ เกี่ยวกับ เกี่ยวข้อง เบี้ยยังชีพ ขึ้น หนึ่ง
รวมทั้งสิ้น ทั้งสิ้น ทั้งนี้ พร้อมนี้ บัดนี้ ดังนี้ ฉบับนี้ เร่งรัด ชี้แจง ได้รับ องค์กร องค์การ ท่องเที่ยว เจ้าของเรื่อง
ผู้ประสานงาน เพิ่มเติม เปลี่ยนแปลง เครื่องราชอิสริยาภรณ์ ค่าเช่าบ้าน ผู้บริหาร เรียบร้อย ต่อเนื่อง ขับเคลื่อน
สิ่งแวดล้อม ลูกจ้าง ก่อสร้าง โครงสร้างพื้นฐาน เพื่อทราบ เพื่อพิจารณา เพื่อโปรดทราบ
"""


def mend(text: str) -> str:
    """Return the text with the tone marks of official words put back; everything else stays as it is."""
    return _pattern().sub(lambda match: _right()[_bare(match.group())], text)


def _bare(text: str) -> str:
    return re.sub(f"[{_SIGNS}]", "", text)


@functools.cache
def _right() -> dict[str, str]:
    return {_bare(word): word for word in _WORDS.split()}


@functools.cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(_with_marks_missing, sorted(_right().values(), key=len, reverse=True))))


def _with_marks_missing(word: str) -> str:
    # ที may begin ทีม; any other letter after it begins the next word.
    return "".join(f"{c}?" if c in _SIGNS else c for c in word) + ("(?!ม)" if word.endswith("ที่") else "")
