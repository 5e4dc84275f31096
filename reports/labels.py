"""The words that reports use: dates, statuses and changes, in official Thai or in English."""

import datetime as dt
from typing import Final

from core.errors import Language
from models.annex import Status
from models.change import ChangeKind
from models.document import DocumentStatus
from models.finding import Basis, Outcome
from models.issue import Severity
from models.letter import LetterKind
from models.register import BodyChangeKind
from models.snapshot import Precision
from thai.months import MONTHS, MONTHS_SHORT, WEEKDAYS
from thai.numerals import to_thai
from thai.years import BUDDHIST_OFFSET

NONE: Final = "–"
"""Stands where there is nothing to say."""

_DOCUMENT: Final = {
    DocumentStatus.OK: ("เรียบร้อย", "ok"),
    DocumentStatus.NEEDS_REVIEW: ("ควรตรวจทาน", "needs review"),
    DocumentStatus.PARTIAL: ("อ่านได้บางส่วน", "partial"),
    DocumentStatus.FAILED: ("อ่านไม่สำเร็จ", "failed"),
}
_LETTER_KIND: Final = {
    LetterKind.EXTERNAL_LETTER: ("หนังสือภายนอก", "external letter"),
    LetterKind.INTERNAL_MEMO: ("หนังสือภายใน", "internal memo"),
    LetterKind.STAMPED_LETTER: ("หนังสือประทับตรา", "letter under a seal"),
    LetterKind.ORDER: ("คำสั่ง", "order"),
    LetterKind.ANNOUNCEMENT: ("ประกาศ", "announcement"),
    LetterKind.CERTIFICATE: ("หนังสือรับรอง", "certificate"),
    LetterKind.MINUTES: ("รายงานการประชุม", "minutes"),
    LetterKind.RADIO_MESSAGE: ("วิทยุในราชการ", "radio message"),
    LetterKind.OTHER: ("หนังสืออื่น", "other paper"),
}
_STATUS: Final = {
    Status.COMPLETE: ("เรียบร้อย", "complete"),
    Status.INCOMPLETE: ("ไม่ครบถ้วน", "incomplete"),
    Status.NOT_STARTED: ("ยังไม่บันทึก", "not started"),
    None: ("อ่านไม่ได้", "not read"),
}
_CHANGE: Final = {
    ChangeKind.ADDED: ("เพิ่ม", "added"),
    ChangeKind.REMOVED: ("หาย", "removed"),
    ChangeKind.RENAMED: ("เปลี่ยนชื่อ", "renamed"),
    ChangeKind.UPGRADED: ("เปลี่ยนฐานะ", "status of body raised"),
    ChangeKind.STATUS: ("สถานะ", "status"),
    ChangeKind.REMARK: ("หมายเหตุ", "remark"),
    ChangeKind.MOVED: ("เปลี่ยนอำเภอ", "moved"),
    ChangeKind.VALUE: ("จำนวนเปลี่ยน", "number changed"),
    ChangeKind.CORRECTED: ("แก้ไขการอ่าน", "reading corrected"),
}
_BODY_CHANGE: Final = {
    BodyChangeKind.NEW: ("ตั้งใหม่", "new"),
    BodyChangeKind.UPGRADED: ("เปลี่ยนแปลงฐานะ", "upgraded"),
    BodyChangeKind.RENAMED: ("เปลี่ยนชื่อ", "renamed"),
    BodyChangeKind.MOVED: ("ย้ายอำเภอ", "moved"),
    BodyChangeKind.MERGED: ("รวม", "merged"),
    BodyChangeKind.ENDED: ("ยุบเลิก", "ended"),
}
_BETTER: Final = {True: ("ดีขึ้น", "better"), False: ("แย่ลง", "worse"), None: (NONE, NONE)}
_OUTCOME: Final = {
    Outcome.VIOLATED: ("ไม่ผ่าน", "violated"),
    Outcome.PASSED: ("ผ่าน", "passed"),
    Outcome.COULD_NOT_RUN: ("ตรวจไม่ได้", "could not run"),
    Outcome.NOT_APPLICABLE: ("ไม่เกี่ยวข้อง", "not applicable"),
}
_SEVERITY: Final = {
    Severity.ERROR: ("ผิดพลาด", "error"),
    Severity.WARNING: ("เตือน", "warning"),
    Severity.INFO: ("แจ้งทราบ", "info"),
}
_BASIS: Final = {
    Basis.PAPER: ("เอกสาร", "paper"),
    Basis.DOUBTED: ("การอ่านที่ต้องตรวจทาน", "doubted reading"),
}


def document_status(status: DocumentStatus, language: Language = "th") -> str:
    """Say how reading a document ended."""
    return _pick(_DOCUMENT[status], language)


def letter_kind(kind: LetterKind, language: Language = "th") -> str:
    """Say what kind of paper it is; a kind that has no words yet by its own name."""
    return _pick(_LETTER_KIND.get(kind, (_LETTER_KIND[LetterKind.OTHER][0], kind.value)), language)


def row_status(status: Status | None, language: Language = "th") -> str:
    """Say what a row says of its body."""
    return _pick(_STATUS[status], language)


def standing(status: Status | None, remark: str, said: str = "", language: Language = "th") -> str:
    """Say where a body stands: its status and remark, or the remark alone where that says the status too.

    Args:
        status: Where it stands.
        remark: What stands beside it.
        said: The status in the table's own words, which are kept; "" for ours.
        language: Of our words.
    """
    said = said or row_status(status, language)
    return remark if said in remark else f"{said} {remark}".strip()


def change_kind(kind: ChangeKind, language: Language = "th") -> str:
    """Say what happened to a body."""
    return _pick(_CHANGE[kind], language)


def body_change(kind: BodyChangeKind, language: Language = "th") -> str:
    """Say what the ledger tells of a body."""
    return _pick(_BODY_CHANGE[kind], language)


def better(value: bool | None, language: Language = "th") -> str:  # noqa: FBT001 - the value itself
    """Say whether a change is for the better."""
    return _pick(_BETTER[value], language)


def outcome(value: Outcome, language: Language = "th") -> str:
    """Say what became of a rule."""
    return _pick(_OUTCOME[value], language)


def severity(value: Severity, language: Language = "th") -> str:
    """Say how bad something is."""
    return _pick(_SEVERITY[value], language)


def basis(value: Basis, language: Language = "th") -> str:
    """Say whether a finding rests on what the paper says, or on a reading that may be wrong itself."""
    return _pick(_BASIS[value], language)


def date_long(day: dt.date | None) -> str:
    """Return a date as letters write it: ๑๖ เมษายน ๒๕๖๔."""
    return NONE if day is None else to_thai(f"{day.day} {MONTHS[day.month - 1]} {day.year + BUDDHIST_OFFSET}")


def date_short(day: dt.date | None, language: Language = "th") -> str:
    """Return a date as tables write it: ๑๖ เม.ย. ๒๕๖๔, in English as ISO 8601."""
    if day is None:
        return NONE
    if language == "en":
        return day.isoformat()
    return to_thai(f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year + BUDDHIST_OFFSET}")


def as_of_long(day: dt.date | None, precision: Precision) -> str:
    """Return the day that data is of as letters write it, or its year where no day was given: ปี ๒๕๖๕."""
    return _year(day) if day is not None and precision is Precision.YEAR else date_long(day)


def as_of_short(day: dt.date | None, precision: Precision) -> str:
    """Return the same as tables write it."""
    return _year(day) if day is not None and precision is Precision.YEAR else date_short(day)


def _year(day: dt.date) -> str:
    return to_thai(f"ปี {day.year + BUDDHIST_OFFSET}")


def date_with_weekday(day: dt.date | None) -> str:
    """Return a date with its day: วันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔."""
    return NONE if day is None else f"วัน{WEEKDAYS[day.weekday()]}ที่ {date_long(day)}"


def number(value: float | None, digits: int = 0) -> str:
    """Return a number in Thai digits, with commas and a fixed number of decimals."""
    return NONE if value is None else to_thai(f"{value:,.{digits}f}")


def _pick(words: tuple[str, str], language: Language) -> str:
    return words[0] if language == "th" else words[1]
