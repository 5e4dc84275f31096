"""Official words whose tone marks a reading lost.

A scan loses ่ and ้ before it loses a letter: ท้องถิน for ท้องถิ่น. A word of this list is mended where the letters and
vowels are all there and only tone marks or signs differ, and where the form without them is no other word. Words such
as เรื่อง (เรือง) or แจ้ง (แจง), whose bare form is a word of its own, are left out on purpose.
"""

import functools
import re

_SIGNS = "็่้๊๋์"
_WORDS = """
ท้องถิ่น พื้นที่ จัดตั้ง แต่งตั้ง เจ้าหน้าที่ จัดซื้อ สิ่งที่ส่งมาด้วย ทั่วไป ทั่วประเทศ ค่าใช้จ่าย เงื่อนไข หลักเกณฑ์ เนื่องจาก
เนื่องด้วย เพื่อ ครั้งที่ ฉบับที่ เลื่อนระดับ ข้าราชการ ผู้สูงอายุ ผู้ว่าราชการ ตั้งแต่ เกี่ยวกับ เกี่ยวข้อง เบี้ยยังชีพ ขึ้น หนึ่ง
รวมทั้งสิ้น ทั้งสิ้น ทั้งนี้ พร้อมนี้ บัดนี้ ดังนี้ ฉบับนี้ เร่งรัด ชี้แจง ข้อมูล ได้รับ องค์กร องค์การ ท่องเที่ยว เข้าร่วม เจ้าของเรื่อง
ผู้ประสานงาน เพิ่มเติม เปลี่ยนแปลง เครื่องราชอิสริยาภรณ์ ค่าเช่าบ้าน ข้อบังคับ ผู้บริหาร รับผิดชอบ เรียบร้อย ต่อเนื่อง ขับเคลื่อน
สิ่งแวดล้อม ลูกจ้าง ก่อสร้าง โครงสร้างพื้นฐาน เพื่อทราบ เพื่อพิจารณา เพื่อโปรดทราบ ปีงบประมาณ
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
    longest_first = sorted(_right(), key=len, reverse=True)
    return re.compile("|".join("".join(f"{letter}[{_SIGNS}]*" for letter in bare) for bare in longest_first))
