"""What one word or sign says of a body: the vocabulary of status columns.

A word says it itself (ผ่าน, ยังไม่บันทึก). A sign says yes or no only beside its opposite or under a header: what `-`
means is told by the `/` above it. What excludes what is `parsers.annex.status_columns`'s part.
"""

import re
from collections.abc import Collection
from enum import StrEnum, auto
from typing import Final

from models.annex import Status
from thai.numerals import to_arabic
from thai.text import normalize, skeleton


class Sign(StrEnum):
    """Which of two things a sign says."""

    YES = auto()
    NO = auto()


def word_key(text: str) -> str:
    """Return the form in which words are compared: without spaces, tone marks and case, in Arabic digits."""
    return skeleton(to_arabic(normalize(text))).lower().strip(".")


def _either(words: str) -> str:
    """Return a pattern of words parted by spaces, in the form in which words are compared."""
    return f"(?:{'|'.join(map(word_key, words.split()))})"


_WORDS: Final = {
    Status.COMPLETE: (
        "ผ่าน ผ่านเกณฑ์ เรียบร้อย เรียบร้อยแล้ว ครบ ครบถ้วน ครบถ้วนแล้ว แล้วเสร็จ เสร็จ เสร็จแล้ว เสร็จสิ้น เสร็จสมบูรณ์ สมบูรณ์ "
        "ดำเนินการแล้ว ดำเนินการแล้วเสร็จ ส่งแล้ว จัดส่งแล้ว รายงานแล้ว บันทึกแล้ว บันทึกข้อมูลแล้ว "
        "pass passed complete completed done"
    ),
    Status.INCOMPLETE: (
        "ไม่ผ่าน ไม่ผ่านเกณฑ์ ไม่เรียบร้อย ยังไม่เรียบร้อย ไม่ครบ ไม่ครบถ้วน ยังไม่ครบ ยังไม่ครบถ้วน ไม่แล้วเสร็จ ยังไม่แล้วเสร็จ ยังไม่เสร็จ "
        "ไม่สมบูรณ์ บางส่วน อยู่ระหว่างดำเนินการ กำลังดำเนินการ ไม่ส่ง ยังไม่ส่ง ยังไม่จัดส่ง ไม่รายงาน ยังไม่รายงาน ยังไม่ได้ส่ง ยังไม่ได้รายงาน "
        "fail failed incomplete partial"
    ),
    Status.NOT_STARTED: (
        "ยังไม่บันทึก ยังไม่บันทึกข้อมูล ยังไม่ได้บันทึก ยังไม่ได้บันทึกข้อมูล ยังไม่ดำเนินการ ยังไม่ได้ดำเนินการ ไม่ได้ดำเนินการ ยังไม่เริ่ม "
        "ยังไม่เริ่มดำเนินการ notstarted not_started"
    ),
}
_PAIRED: Final = {
    "แล้ว": Status.COMPLETE,
    "ยัง": Status.INCOMPLETE,
    "ยังไม่": Status.INCOMPLETE,
    "มี": Status.COMPLETE,
    "ไม่มี": Status.INCOMPLETE,
    "ใช่": Status.COMPLETE,
    "ไม่ใช่": Status.INCOMPLETE,
    "ได้": Status.COMPLETE,
    "ไม่ได้": Status.INCOMPLETE,
    "yes": Status.COMPLETE,
    "no": Status.INCOMPLETE,
    "true": Status.COMPLETE,
    "false": Status.INCOMPLETE,
    "y": Status.COMPLETE,
    "n": Status.INCOMPLETE,
}
"""Words that are a status only where their opposite stands in the same column."""
_SIGNS: Final = {
    **dict.fromkeys("/✓✔√☑●■✅vüPü", Sign.YES),
    **dict.fromkeys("-–—✗✘×xX☒☐○□❌ûO", Sign.NO),
}
"""ü, û are the tick and the cross of Wingdings, P and O those of Wingdings 2, as a lost font leaves them."""
_CIRCLES: Final = {"○": frozenset("●"), "O": frozenset("Pü")}
"""Circles, and the signs beside which each says no; beside others it may as well say yes, as many offices mean it."""
_DIGITS: Final = {"1": Sign.YES, "0": Sign.NO}
_NIL: Final = frozenset("-–—")
_BARE_LETTERS: Final = frozenset("POüûv")
_NOT_YET: Final = re.compile("^ยัง(?:ไม|มิ)(?:ได)?(?!ครบ|เรียบรอย|เสรจ|แลวเสรจ|ผาน|สมบูรณ)")
_NEGATION: Final = re.compile("^(?:ยัง)?(?:ไม|มิ)(?:ได)?(?:มี(?=.))?")
_UNDER_WAY: Final = re.compile("^อยูระหวาง|^กำลัง|^กาลัง|บางสวน$")
_DONE: Final = re.compile("^(?:ได)?(?P<stem>.+?)(?:แลว)?$")
_HEADER: Final = re.compile(
    "^(?:สถานะ|ผล(?!คะแนน|รวม|ต่าง|ผลิต|งาน|ประโยชน์)|status|result|การ(?:ราย?งาน|จัดส่ง|ส่ง|บันทึก|ดำเนินการ|จัดทำ))|แล้ว$",
    re.IGNORECASE,
)
_NEGATIVE_HEADER: Final = re.compile(
    "|".join(map(skeleton, ("ยังไม่", "ไม่", "มิได้", "ค้าง", "บางส่วน", "อยู่ระหว่าง", "กำลัง")))
)


_ACTS: Final = _either("ดำเนินการ จัดทำ จัดส่ง ส่ง รายงาน ส่งรายงาน บันทึก บันทึกข้อมูล กรอก กรอกข้อมูล ข้อมูล เอกสาร")
_WELL: Final = _either("เรียบร้อย ครบถ้วน ครบ ถูกต้อง แล้วเสร็จ เสร็จสิ้น เสร็จสมบูรณ์ เสร็จ สมบูรณ์ สำเร็จ")
_ACHIEVED: Final = re.compile(f"(?:ได)?{_ACTS}?(?P<negation>(?:ยัง)?(?:ไม|มิ)(?:ได)?)?{_WELL}(?:และ)?{_WELL}?(?:แลว)?")
"""Something done, and well: รายงานครบถ้วนแล้ว; or not: รายงานไม่ครบถ้วน."""
_INNER_NEGATION: Final = re.compile("(?<=.)(?:ยัง)?(?:ไม|มิ)(?:ได)?")
_PENDING: Final = re.compile("^รอ(?![งบยน])|^(?:คง)?คาง|^อยูระหวาง|^กาลัง")
_FINISHED: Final = re.compile(
    "".join(f"(?<!{word_key(word)})" for word in ("ยกเลิก", "คืน", "ตีกลับ", "กำหนด", "หมด", "สิ้นสุด", "ระงับ")) + "แลว$"
)
"""Ends in แล้ว, and is not called off, sent back or late."""

_BY_KEY: Final = {word_key(word): status for status, words in _WORDS.items() for word in words.split()}
_PAIRED_BY_KEY: Final = {word_key(word): status for word, status in _PAIRED.items()}


def parse_word(text: str) -> Status | None:
    """Return the status that a word states by itself, or None."""
    key = word_key(text)
    if key in _BY_KEY:
        return _BY_KEY[key]
    if _UNDER_WAY.search(key):
        return Status.INCOMPLETE
    achieved = _ACHIEVED.fullmatch(key)
    return (Status.INCOMPLETE if achieved["negation"] else Status.COMPLETE) if achieved else None


def parse_paired_word(text: str, others: Collection[str]) -> Status | None:
    """Return the status that a word states beside its opposite among the words of its column, or None.

    One word is another's opposite where it negates it: ยังไม่ส่งแผน and ส่งแผนแล้ว, ไม่มี and มี.

    Args:
        text: The word.
        others: All words of the column.
    """
    key = word_key(text)
    keys = {word_key(other) for other in others} - {key}
    if key in _PAIRED_BY_KEY:
        opposite = any(_PAIRED_BY_KEY.get(other, _PAIRED_BY_KEY[key]) != _PAIRED_BY_KEY[key] for other in keys)
        return _PAIRED_BY_KEY[key] if opposite else None
    return _parse_opposite(key, keys) or _parse_stage(key, keys)


def _parse_opposite(key: str, others: Collection[str]) -> Status | None:
    """Return the status of a word that negates another, or that another negates."""
    stem = _negated_stem(key)
    if stem is not None:
        return Status.INCOMPLETE if any(_done_stem(other) == stem for other in others) else None
    if _INNER_NEGATION.search(key) is not None:
        return Status.INCOMPLETE if _INNER_NEGATION.sub("", key, count=1) in others else None
    done = _done_stem(key)
    negated = any(_INNER_NEGATION.sub("", other, count=1) == key != other for other in others)
    return Status.COMPLETE if negated or (done and any(_negated_stem(other) == done for other in others)) else None


def _parse_stage(key: str, others: Collection[str]) -> Status | None:
    """Return the status of what waits or is not yet done beside what was done, and of this: รอพิจารณา, เห็นชอบแล้ว."""
    if _waits(key):
        return Status.INCOMPLETE if any(map(_is_finished, others)) else None
    return Status.COMPLETE if _is_finished(key) and any(map(_waits, others)) else None


def _waits(key: str) -> bool:
    return _PENDING.search(key) is not None or key.startswith("ยังไม")


def _is_finished(key: str) -> bool:
    plain = _NEGATION.match(key) is None and _INNER_NEGATION.search(key) is None
    return plain and not _waits(key) and _FINISHED.search(key) is not None


def parse_sign(text: str) -> Sign | None:
    """Return what a sign says beside its opposite, or None where the text is no sign."""
    return _SIGNS.get(normalize(text).strip())


def has_doubtful_circle(signs: Collection[str]) -> bool:
    """Tell whether a circle is among the signs of a column without the sign that tells what it says."""
    said = {normalize(sign).strip() for sign in signs}
    return any(circle in said and said.isdisjoint(partners) for circle, partners in _CIRCLES.items())


def parse_digit(text: str) -> Sign | None:
    """Return what 1 or 0 says in a column of nothing else, or None."""
    return _DIGITS.get(to_arabic(text.strip()))


def is_nil(text: str) -> bool:
    """Tell whether a text is empty or a dash, which in most columns says that there is nothing."""
    return not text.strip() or text.strip() in _NIL


def is_bare_letter(text: str) -> bool:
    """Tell whether a sign is a letter of a lost font, which may as well be a letter."""
    return text.strip() in _BARE_LETTERS


def names_status(header: str) -> bool:
    """Tell whether a header says that its column holds a status."""
    return _HEADER.search(normalize(header).replace("\n", " ").strip()) is not None


def negates(header: str) -> bool:
    """Tell whether a header says what is not done: ยังไม่รายงาน, ค้างส่ง."""
    return _NEGATIVE_HEADER.search(skeleton(header)) is not None


def says_not_yet(text: str) -> bool:
    """Tell whether a word says that nothing was begun: ยังไม่…."""
    return _NOT_YET.match(word_key(text)) is not None


def _negated_stem(key: str) -> str | None:
    match = _NEGATION.match(key)
    rest = key[match.end() :] if match else ""
    return rest.removesuffix("แลว") if len(rest) > 1 else None


def _done_stem(key: str) -> str | None:
    match = _DONE.match(key) if _NEGATION.match(key) is None else None
    return match["stem"].removeprefix("มี") if match and len(match["stem"]) > 1 else None
