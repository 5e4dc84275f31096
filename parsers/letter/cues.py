"""What a line of a letter is, by its words: the printed cues of the forms in the regulation on correspondence work.

Source of the wording: ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ and its amendments, forms 1 to 11.
"""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

from rapidfuzz.fuzz import partial_ratio

from thai.labels import fuzzy_label
from thai.text import skeleton


class Label(StrEnum):
    """The labeled parts at the head of a letter."""

    SUBJECT = "เรื่อง"
    SALUTATION = "เรียน"
    REFERENCE = "อ้างถึง"
    ENCLOSURE = "สิ่งที่ส่งมาด้วย"
    OFFICE = "ส่วนราชการ"


URGENCIES: Final = ("ด่วนที่สุด", "ด่วนมาก", "ด่วน")
"""How fast it must be dealt with, the most urgent first."""
SECRECIES: Final = ("ลับที่สุด", "ลับมาก", "ลับ")
"""Classes of secrecy, the highest first."""
SALUTATIONS: Final = ("เรียน", "กราบเรียน", "นมัสการ", "เสนอ", "ถึง")
"""Words before the recipients; เสนอ is the armed forces', ถึง the stamped letter's."""
ADDRESSEES: Final = r"นาย|ผู้|ประธาน|อธิบดี|ปลัด|เลขา|ผอ|หัวหน้า|รัฐมนตรี|รอง|ท้องถิ่น|คณบดี|อธิการ|ทุก"
"""How the name of an office that a letter is addressed to begins."""

_LABELS = {
    "เรื่อง": Label.SUBJECT,
    **dict.fromkeys(SALUTATIONS, Label.SALUTATION),
    "อ้างถึง": Label.REFERENCE,
    "สิ่งที่ส่งมาด้วย": Label.ENCLOSURE,
    "สิ่งที่แนบมาด้วย": Label.ENCLOSURE,
    "ส่วนราชการ": Label.OFFICE,
}
_LONG = 8
"""Letters of a label from which it can be no word of running text."""
_LEFT_MARGIN = 0.24
"""Share of the page's width within which labels of the head begin."""
_PART_LIKENESS = 87.0
"""Per cent of letters: one of the eight of ด่วนที่สุด may be lost."""
_LOST_LETTERS = 3
"""Letters and signs that a stamp over a word of urgency may take at most."""
_LONG_WORD = 6
"""Letters of a stamped word, its signs aside, from which one may be misread."""
_CLOSING_LENGTH = 60
"""Characters above which a line is no complimentary close."""

_BESIDE_TITLE, _HEADING_LENGTH = 60, 90
"""Fewer characters than these stand beside a title, and on a line that is one or heads a paper."""
_COPY = re.compile(r"^[\s(]*สำเนา[\s)]*")
_DATED = re.compile(r"ณ\s*วันที่")
_HEADING_SIGN = re.compile(r"^(?:เร[ิ-ื]่?อง|ว่าด้วย|ที่\s*[0-9๐-๙]+\s*/|\(?ฉบับที่|พ\.\s?ศ\.)")

_THE = r"^[\s.,'|]*ท[ัิีึืํ]?[่-๋์]*"
_NUMBER_HEAD = re.compile(
    rf"{_THE}[\s.:]*(?:[ก-ฮ]\.?\s?){{2,4}}[\s.]*(?:\([^()]*\)\s*)?(?:[0-9๐-๙oO]{{2,}}|[.…]{{3,}})"
)
_ORDER_NUMBER = re.compile(rf"{_THE}\s*[0-9๐-๙]+\s*/\s*[0-9๐-๙]{{2,4}}\s*$")
_OWN_NUMBER = re.compile(r"(?:^\s*เลขที่|ครั้งที่)\s*(?P<number>[0-9๐-๙]+\s*/\s*[0-9๐-๙]{2,4})(?![0-9๐-๙])")
_CITED = re.compile(r"ลง\s*วันที่|ลว\.|เรื่อง|จำนวน")

_RECEIPT_NUMBER = re.compile(
    r"^\W*(?:เลข\s*(?:ที่|ที)?\s*(?:ทะเบียน\s*)?รับ(?:\s*(?:ที่|ที|เลขที่))?|รับ\s*(?:เลข)?(?:ที่|ที))\s*(?=[\s.…_:/0-9๐-๙]|$)"
)
_RECEIPT_DATE = re.compile(r"^\W*(?:ลง)?(?:รับ)?วัน(?:ที่|ที)(?=[\s.…_:0-9๐-๙]|$)")
_RECEIPT_TIME = re.compile(r"^\W*เวลา(?=[\s.…_:0-9๐-๙]|$)")

_CLOSINGS = ("ขอแสดงความนับถืออย่างยิ่ง", "ขอแสดงความนับถือ", "ขอนมัสการด้วยความเคารพ", "ขอนมัสการ", "ควรมิควรแล้วแต่จะโปรด")
_TITLED = r"นาย|นาง|น\.ส\.|ว่าที่|พล|พ\.|ร\.|จ\.|ส\.|น\.|หม่อม|ม\.|ศาสตรา|รองศาสตรา|ผู้ช่วยศาสตรา|ดร"
_NAME_LINE = re.compile(
    rf"^[^()]{{0,25}}\(\s*(?P<name>(?:{_TITLED})[^()0-9๐-๙]{{5,60}}?|[ก-ฮเ-ไ][^()\s0-9๐-๙]+\s+[ก-ฮเ-ไ][^()\s0-9๐-๙]+)\s*\)?\s*$"
)
_UNIT = re.compile(
    r"^(?:สำนัก|กอง|กลุ่ม|ฝ่าย|ส่วน|งาน|ศูนย์|สถาบัน|คณะ|แผนก|หน่วย|ที่ทำการ|ที่ว่าการ|กรม|โครงการ|วิทยาลัย|โรงเรียน|อำเภอ|ท้องถิ่น)"
)
_CONTACTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fax", re.compile(r"(?:หมายเลข)?โทร[.\s]*สาร\s*[.:]*|Fax\s*[.:]*", re.I)),
    ("phone", re.compile(r"(?:หมายเลข)?(?:โทร(?:ศัพท์|\.)?|Tel\.?)(?=[\s.:0-9๐-๙/]|$|ทหาร)\s*[.:]*", re.I)),
    ("email", re.compile(r"(?:ไปรษณีย์อิเล็กทรอนิกส์|E-?\s?mail|อีเมล์?)\s*[.:]*", re.I)),
    ("line", re.compile(r"(?:Line|ไลน์)\s*(?:ID|ไอดี)?\s*[:@.]", re.I)),
    ("person", re.compile(r"(?:ชื่อ)?ผู้ประสาน(?:งาน)?\s*[.:]*")),
)
CONTACT_DEPTH = 8
"""A line begins with a contact whose label begins before this index: a bullet or a bracket may stand before it."""
_RECITAL = re.compile(r"^\s*(?:โดยที่|อาศัยอำนาจ|ด้วย(?:ปรากฏ|คณะ|เหตุ|ความ))")
_NEAR_URGENCY = re.compile(r"^[\s\W]*ด[่้]?วน\s?[ก-๎]{1,9}\W*$")
_NEAR_SECRECY = re.compile(r"^[\s\W]*ลับ\s?[ก-๎]{1,7}\W*$")
_CERTIFIED = re.compile(r"^\W*(?:ขอ)?(?:รับรอง(?:ว่า)?(?:เป็น)?)?สำเนา(?:ที่)?ถูก\s?ต้?อง")
_GAZETTE = re.compile(r"^\s*(?:หน้า\s*[0-9๐-๙]+\s*)?เล่ม(?:ที่)?\s*[0-9๐-๙]+\s*ตอน.*ราชกิจจา|^\s*ราชกิจจานุเบกษา\s*$")
_PAGE_NUMBER = re.compile(r"^\s*หน้า\s*[0-9๐-๙]{1,3}\s*$")
_COPIES = re.compile(r"^สำเนา(?:ส่ง|เรียน|ถึง)\s*:?\s*")

_BODY = re.compile(
    r"^\s*(?:[๑1]\s*[.)]\s*)?(?:ตามที่|ตามหนังสือ|ตามพระ|ตามระเบียบ|ตามประกาศ|ตามมติ|ตามคำสั่ง|ตามบันทึก|ด้วย|เนื่องจาก|"
    r"เนื่องด้วย|เนื่องใน|อนุสนธิ|สืบเนื่อง|พร้อมนี้|บัดนี้|โดยที่|อาศัย|จึงเรียน|เพื่อให้|ในการ|กรม\S+ขอ|(?:บันทึก)?หลักการ(?:และเหตุผล)?\s*$|เหตุผล\s*$)"
)
_GIVEN = re.compile(r"^\W*(?:สั่ง|ประกาศ|ให้ไว้|แถลง)\s*ณ\s*(?:สั่ง\s*ณ\s*)?(?=วันที่)")


def find_urgency(text: str) -> str | None:
    """Return the urgency that a line states and nothing else, or None."""
    return _stamped_word(text, URGENCIES)


def find_damaged_urgency(text: str) -> str | None:
    """Return the urgency that part of a damaged line may be, where a stamp or a hand runs into it, or None."""
    plain = skeleton(re.sub(r"[^ก-ฮะ-ฺเ-๎]", "", text))
    likely = (
        (partial_ratio(skeleton(word), plain), word)
        for word in URGENCIES[:2]
        if len(plain) >= len(word) - _LOST_LETTERS
    )
    score, word = max(likely, default=(0.0, ""))
    return word if score >= _PART_LIKENESS else None


def is_near_urgency(text: str) -> bool:
    """Tell whether a line stands for an urgency and is none that is known: ด่วนปีสด, a misread ด่วนที่สุด."""
    return _NEAR_URGENCY.match(text) is not None and find_urgency(text) is None


def is_near_secrecy(text: str) -> bool:
    """Tell whether a line stands for a class of secrecy and is none that is known."""
    return _NEAR_SECRECY.match(text) is not None and find_secrecy(text) is None


def certifies_copy(text: str) -> bool:
    """Tell whether a line certifies a true copy (สำเนาถูกต้อง), whose signature is not that of the letter."""
    return _CERTIFIED.search(text) is not None


def is_gazette_header(text: str) -> bool:
    """Tell whether a line is the running head of the Royal Gazette: its volume, part and day, or the page."""
    return _GAZETTE.search(text) is not None


def is_page_number(text: str) -> bool:
    """Tell whether a line is the number of a page, named so (หน้า ๒๑)."""
    return _PAGE_NUMBER.match(text) is not None


def find_secrecy(text: str) -> str | None:
    """Return the class of secrecy that a line states and nothing else, or None."""
    return _stamped_word(text, SECRECIES)


def find_label(text: str, left: float | None = None) -> tuple[Label, str, int] | None:
    """Return which label a line begins with: the part, the label as it should be, and the index just after it.

    A label is followed by a gap, unless it is long, or stands at the left margin of a page, or the name of an
    office follows: เรื่องร้องเรียน and เรียนรู้ at the start of a wrapped line are no labels.

    Args:
        text: The line.
        left: Its left edge as a share of the page's width; None without layout.
    """
    lead = len(text) - len(text.lstrip(" .,|'\""))
    found = fuzzy_label(text[lead:], _LABELS)
    if found is None:
        return None
    name, end = found[0], found[1] + lead
    rest = text[end:]
    # เนื่องจาก is a letter away from เรื่อง.
    exact = skeleton(text[lead:end]) == skeleton(name)
    at_margin = exact and left is not None and left < _LEFT_MARGIN and name not in {"ถึง", "เสนอ"}
    named = _LABELS[name] is Label.SALUTATION and re.match(rf"\s*(?:{ADDRESSEES})", rest) is not None
    if len(name) >= _LONG or at_margin or named or not rest.strip() or rest[0] in " :\t":
        return _LABELS[name], name, end + len(rest) - len(rest.lstrip(" :\t"))
    return None


def find_title(text: str, titles: Collection[str]) -> str | None:
    """Return the title that a line is (บันทึกข้อความ and the like), or None."""
    found = fuzzy_label(text, titles)
    short = found is not None and found[1] > 0 and len(text) - found[1] < _BESIDE_TITLE
    return found[0] if found and short and len(text) < _HEADING_LENGTH else None


def find_heading(text: str, following: Sequence[str], words: Collection[str]) -> str | None:
    """Return the word that heads an order or announcement that begins here, or None.

    Args:
        text: A line such as คำสั่งจังหวัด….
        following: The next few lines, one of which must go on as such papers do: เรื่อง, ว่าด้วย, a number, a year.
        words: The words to choose from.
    """
    if len(text) > _HEADING_LENGTH or _DATED.search(text):
        return None
    found = fuzzy_label(_COPY.sub("", text), words)
    goes_on = found is not None and any(_HEADING_SIGN.match(line.strip()) for line in following)
    return found[0] if found and goes_on else None


def heading_end(text: str, words: Collection[str]) -> int | None:
    """Return where the word that heads an order or announcement (คำสั่ง, ประกาศ …) ends on a line, or None."""
    start = len(text) - len(_COPY.sub("", text))
    found = fuzzy_label(text[start:], words)
    return start + found[1] if found else None


def is_number_head(text: str) -> bool:
    """Tell whether a line is the letter's own number (ที่ …) and not one that is cited."""
    if _ORDER_NUMBER.match(text):
        return True
    return _NUMBER_HEAD.match(text) is not None and _CITED.search(text) is None


def own_number(text: str) -> tuple[int, int] | None:
    """Return where a line states the number of a certificate or meeting (เลขที่ ๑๒/๒๕๖๖, ครั้งที่ ๓/๒๕๖๔), or None."""
    match = _OWN_NUMBER.search(text)
    return match.span("number") if match else None


def receipt_part(text: str) -> tuple[str, int] | None:
    """Return which part of a receipt stamp a line is (number, date or time), and where its value begins."""
    for name, pattern in (("number", _RECEIPT_NUMBER), ("date", _RECEIPT_DATE), ("time", _RECEIPT_TIME)):
        match = pattern.match(text)
        if match:
            return name, match.end()
    return None


def find_closing(text: str) -> str | None:
    """Return the complimentary close that a line is, or None."""
    if len(text) > _CLOSING_LENGTH:
        return None
    found = fuzzy_label(text.strip(" .,|'\""), _CLOSINGS)
    return found[0] if found else None


def name_span(text: str) -> tuple[int, int] | None:
    """Return where a line states a signer's name in parentheses, or None."""
    match = _NAME_LINE.match(text)
    return match.span("name") if match else None


def begins_unit(text: str) -> bool:
    """Tell whether a line begins as the name of an office or one of its units does."""
    return _UNIT.match(text.lstrip()) is not None


def contact_starts(text: str) -> list[tuple[str, int, int]]:
    """Return the contacts that a line names: kind, where the label begins, and where the value does."""
    found: list[tuple[str, int, int]] = []
    for kind, pattern in _CONTACTS:
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for _, start, end in found):
                found.append((kind, match.start(), match.end()))
    return sorted(found, key=lambda contact: contact[1])


def copies_start(text: str) -> int | None:
    """Return where the recipients of copies (สำเนาส่ง) begin on a line, or None."""
    match = _COPIES.match(text)
    return match.end() if match else None


def opens_body(text: str) -> bool:
    """Tell whether a line begins as the running text of letters does."""
    return _BODY.match(text) is not None


def opens_recital(text: str) -> bool:
    """Tell whether a line begins the recital of an announcement or regulation: why and by what power it is given."""
    return _RECITAL.match(text) is not None


def states_issue_date(text: str) -> bool:
    """Tell whether a line says when an order, announcement or certificate was given (สั่ง ณ วันที่ …)."""
    return _GIVEN.search(text) is not None


def _stamped_word(text: str, words: tuple[str, ...]) -> str | None:
    """Return the word that a line is, allowing one misread letter in a long word."""
    plain = skeleton(re.sub(r"[^ก-ฮะ-ฺเ-๎]", "", text))
    for word in words:
        target = skeleton(word)
        if plain == target:
            return word
    found = fuzzy_label(plain, [word for word in words if len(skeleton(word)) >= _LONG_WORD], 1)
    return found[0] if found and found[1] == len(plain) and abs(len(plain) - len(skeleton(found[0]))) <= 1 else None
