"""Codes in words: why to review, what went wrong, why there is no value; in official Thai and in English.

Every member of the catalogues in `models` has its words here, and a test holds that. Reports and the terminal show
these words; the codes themselves are for JSON and other programs.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from core.errors import Language
from models.accounting import PartKind, UnaccountedReason
from models.annex import AnnexShape
from models.issue import IssueCode
from models.null_reason import NullReason
from models.review import ReviewCode as R
from thai.numerals import to_thai

Words = tuple[str, str]
"""Thai and English."""

REVIEW_WORDS: Final[Mapping[str, Words]] = {
    R.MISSING: ("อ่านไม่พบ", "not found"),
    R.LOW_CONFIDENCE: ("ภาพอ่านได้ไม่ชัด", "read with little confidence"),
    R.READERS_DIFFER: ("อ่านสองครั้งได้ไม่ตรงกัน", "two readers differ"),
    R.UNREADABLE: ("อ่านไม่ได้", "could not be read"),
    R.OVERLAID: ("มีตราหรือลายเส้นทับข้อความ", "something lies over the text"),
    R.HANDWRITING_SUSPECTED: ("อาจเขียนด้วยลายมือ", "may be handwritten"),
    R.SPELLING_TONE_MARKS: ("วรรณยุกต์หรือสระอ่านได้ไม่แน่ชัด", "tone marks or vowels are in doubt"),
    R.DATE_CHRISTIAN_ERA: ("ปีอาจเป็นคริสต์ศักราช", "the year may be of the common era"),
    R.DATE_DAY_DOUBTFUL: ("วันที่อ่านได้ไม่แน่ชัด", "the day is in doubt"),
    R.DATE_DAY_MISSING: ("ไม่พบวันที่ มีเพียงเดือนและปี", "there is a month and year, and no day"),
    R.DATE_IMPOSSIBLE: ("ไม่มีวันที่นี้ในปฏิทิน", "there is no such day"),
    R.DATE_MIXED_DIGITS: ("วันที่ใช้เลขไทยปนกับเลขอารบิก", "the date mixes Thai and Arabic digits"),
    R.DATE_MONTH_MISSPELT: ("ชื่อเดือนสะกดต่างไป", "the month is spelt otherwise"),
    R.DATE_TWO_DIGIT_YEAR: ("ปีมีเพียงสองหลัก", "the year has two digits alone"),
    R.DATE_UNREADABLE: ("อ่านวันที่ไม่ได้", "the date could not be read"),
    R.DATE_WEEKDAY_MISMATCH: ("วันในสัปดาห์ไม่ตรงกับวันที่", "the weekday is not that of the date"),
    R.DATE_YEAR_IMPLAUSIBLE: ("ปีอยู่นอกช่วงที่เป็นไปได้", "the year is out of all likelihood"),
    R.DATE_YEAR_INCOMPLETE: ("ปีอ่านได้ไม่ครบสี่หลัก", "the year lacks digits"),
    R.DATE_YEAR_INFERRED: ("ปีของวันเริ่มต้นอนุมานจากวันสิ้นสุด", "the year of the first day is inferred from the last"),
    R.DATE_YEAR_SPLIT: ("ปีถูกเว้นวรรคคั่นกลาง", "a space parts the year"),
    R.TIME_UNREADABLE: ("อ่านเวลาไม่ได้", "the time could not be read"),
    R.ENCLOSURE_SEVERAL_POSSIBLE: ("อาจเป็นสิ่งที่ส่งมาด้วยหลายรายการ", "may be several enclosures"),
    R.KIND_NOT_UNDERSTOOD: ("ไม่ทราบว่าเป็นหนังสือชนิดใด", "it is unclear which kind of paper it is"),
    R.NUMBER_MALFORMED: ("เลขที่หนังสือไม่เป็นไปตามแบบ", "the letter number is not of the usual form"),
    R.NUMBER_MIXED_DIGITS: ("เลขที่หนังสือใช้เลขไทยปนกับเลขอารบิก", "the letter number mixes Thai and Arabic digits"),
    R.NUMBER_PREFIX_SHORT: ("รหัสตัวพยัญชนะอ่านได้ไม่ครบ", "the letters of the number are incomplete"),
    R.NUMBER_PREFIX_SPLIT: ("รหัสตัวพยัญชนะถูกเว้นวรรคคั่นกลาง", "a space parts the letters of the number"),
    R.NUMBER_RUNNING_MISSING: ("ไม่พบเลขทะเบียนหนังสือส่ง", "the running number is missing"),
    R.NUMBER_RUNNING_SPLIT: ("เลขทะเบียนหนังสือส่งถูกเว้นวรรคคั่นกลาง", "a space parts the running number"),
    R.NUMBER_UNIT_SPLIT: ("เลขประจำของเจ้าของเรื่องถูกเว้นวรรคคั่นกลาง", "a space parts the number of the unit"),
    R.NUMBER_UNREADABLE: ("อ่านเลขที่หนังสือไม่ได้", "the letter number could not be read"),
    R.COUNT_UNREADABLE: ("อ่านจำนวนไม่ได้", "the count could not be read"),
    R.PHONE_LENGTH: ("จำนวนหลักของหมายเลขโทรศัพท์ไม่ถูกต้อง", "no telephone number has so many digits"),
    R.QR_CUT: ("รหัสคิวอาร์ยาวเกินกำหนดจึงตัดส่วนท้าย", "the QR code was longer than the limit and is cut off"),
    R.SIGNER_POSITION_SPLIT: ("ตำแหน่งผู้ลงนามอาจแยกบรรทัดไม่ถูกต้อง", "the signer's position may be parted wrongly"),
    R.SECRECY_NOT_UNDERSTOOD: ("ชั้นความลับไม่ตรงกับที่ระเบียบกำหนด", "the secrecy is none that the regulation has"),
    R.URGENCY_NOT_UNDERSTOOD: ("ชั้นความเร็วไม่ตรงกับที่ระเบียบกำหนด", "the urgency is none that the regulation has"),
    R.URGENCY_DOUBTFUL: ("ชั้นความเร็วอ่านได้ไม่แน่ชัด", "the urgency is in doubt"),
    R.ANNEX_NO_HEADER: ("แถวนี้ไม่มีหัวตารางกำกับ", "the row stands under no header"),
    R.COLUMN_NO_HEADER: ("คอลัมน์ไม่มีหัวตาราง", "the column has no header"),
    R.SEQUENCE_JUMP: ("ลำดับที่ไม่ต่อเนื่องกับแถวข้างเคียง", "the number does not follow its neighbors"),
    R.SEQUENCE_NONE: ("อ่านลำดับที่ไม่ได้", "the sequence number could not be read"),
    R.SEQUENCE_REPAIRED: ("ลำดับที่แก้ตามแถวข้างเคียง", "the sequence number was repaired after its neighbors"),
    R.CELL_STRUCK_OUT: ("ข้อความในช่องถูกขีดฆ่า", "a text in the row is struck out"),
    R.FORMULA_UNSAVED: ("สูตรในช่องไม่ได้บันทึกค่าไว้", "the value of the formula was not saved"),
    R.MARK_COLUMNS_UNCLEAR: ("ไม่ทราบว่าคอลัมน์ใดหมายถึงเรียบร้อย", "it is unclear which column says complete"),
    R.MARK_NONE: ("ไม่พบเครื่องหมาย", "no mark was found"),
    R.MARK_SEVERAL: ("มีเครื่องหมายมากกว่าหนึ่งช่อง", "there are marks in several columns"),
    R.MARK_SHAPE: ("รูปเครื่องหมายไม่ตรงกับความหมายของคอลัมน์", "the sign is not that of its column"),
    R.MARK_UNCLEAR: ("เครื่องหมายไม่ชัดเจน", "the mark is unclear"),
    R.REMARK_DIGITS: ("ปีในหมายเหตุต่างจากแถวอื่น", "the year of the remark differs from the other rows"),
    R.REMARK_REPAIRED: ("หมายเหตุแก้ตามข้อความของแถวอื่น", "the remark was repaired after those of other rows"),
    R.REMARK_UNUSUAL: ("หมายเหตุต่างจากข้อความของแถวอื่น", "the remark is unlike those of other rows"),
    R.REMARK_YEAR_AFTER_AS_OF: ("ปีในหมายเหตุอยู่หลังวันที่ของข้อมูล", "the remark names a year after the day of the data"),
    R.STATUS_CONTRADICTED: ("ยอดรวมหรือหมายเหตุขัดแย้งกับสถานะ", "totals or remarks speak against the status"),
    R.STATUS_REPAIRED: ("อ่านสถานะได้ไม่ชัด เทียบจากคำที่แถวอื่นใช้", "a status was misread; told by the wordings of other rows"),
    R.STATUS_NOT_UNDERSTOOD: ("ไม่ทราบว่าข้อความหมายถึงสถานะใด", "it is unclear which status the words mean"),
    R.TOTAL_UNPLACED: ("ไม่ทราบว่ายอดรวมเป็นของคอลัมน์ใด", "it is unclear which column the total is of"),
    R.BODY_AMBIGUOUS: ("ชื่อ อปท. ใกล้เคียงกันมากกว่าหนึ่งแห่ง", "several bodies have nearly this name"),
    R.BODY_DUPLICATE: ("ชื่อ อปท. ซ้ำกันในบัญชี", "the body is named twice"),
    R.BODY_ELSEWHERE: ("อปท. อยู่ในอำเภออื่นตามทะเบียน", "the register has the body in another district"),
    R.BODY_KIND_DIFFERS: ("ประเภทของ อปท. ไม่ตรงกับทะเบียน", "the kind of the body is not that of the register"),
    R.BODY_KIND_UNREAD: ("อ่านประเภทของ อปท. ไม่ได้", "the kind of the body could not be read"),
    R.BODY_REPAIRED_FAR: ("ชื่อ อปท. แก้จากที่อ่านได้มาก", "the name was repaired far from what was read"),
    R.BODY_UNKNOWN: ("ไม่พบชื่อ อปท. ในทะเบียน", "the register has no such body"),
    R.DISTRICT_AMBIGUOUS: ("ชื่ออำเภอใกล้เคียงกันมากกว่าหนึ่งแห่ง", "several districts have nearly this name"),
    R.DISTRICT_UNKNOWN: ("ไม่พบชื่ออำเภอในทะเบียน", "the register has no such district"),
    R.DISTRICT_UNREAD: ("อ่านชื่ออำเภอไม่ได้", "the district could not be read"),
    R.PROVINCE_CONTRADICTED: ("จังหวัดไม่สอดคล้องกับอำเภอในบัญชี", "the districts are not of this province"),
    R.PROVINCE_REPAIRED: ("ชื่อจังหวัดแก้จากที่อ่านได้", "the name of the province was repaired"),
    R.PROVINCE_UNKNOWN: ("ไม่พบชื่อจังหวัดในทะเบียน", "the register has no such province"),
    R.MATCH_DUPLICATE: ("มีชื่อซ้ำในรอบเดียวกัน", "a round names the body twice"),
    R.MATCH_UNCERTAIN: ("จับคู่ข้ามรอบจากชื่อที่คล้ายกัน", "paired between rounds by a similar name"),
    R.STATUS_UNREAD: ("อ่านสถานะไม่ได้", "the status could not be read"),
    R.VALUE_UNREAD: ("ช่องว่างหรืออ่านจำนวนไม่ได้", "the cell is empty or its number could not be read"),
}

ISSUE_WORDS: Final[Mapping[str, Words]] = {
    IssueCode.PAGE_BLANK: ("หน้าว่าง", "blank page"),
    IssueCode.PAGE_CODES_UNREAD: ("อ่านรหัสคิวอาร์ในหน้าไม่ได้", "QR codes of the page not read"),
    IssueCode.PAGE_TABLE_NOT_AN_ANNEX: ("ตารางที่ไม่ใช่บัญชีสถานะ", "a table that is no annex"),
    IssueCode.PAGE_TEXT_LAYER_DISTRUSTED: ("ชั้นข้อความไม่น่าเชื่อถือ", "text layer not trusted"),
    IssueCode.PAGE_TEXT_LAYER_UNPROVED: ("ตรวจชั้นข้อความไม่ได้", "text layer not verified"),
    IssueCode.PAGE_TIMEOUT: ("อ่านหน้าไม่เสร็จในเวลาที่กำหนด", "page not finished in time"),
    IssueCode.PAGE_UNREAD: ("อ่านหน้าไม่ได้", "page not read"),
    IssueCode.PAGE_WORKER_DIED: ("การอ่านหน้าหยุดกลางคัน", "reading of the page broke off"),
    IssueCode.DOCUMENT_NOTHING_READ: ("ไม่พบข้อความในเอกสาร", "no text in the document"),
    IssueCode.ANNEX_PROVINCE_UNKNOWN: ("ไม่ทราบจังหวัดของบัญชี", "province of the annex not known"),
    IssueCode.ANNEX_SEQUENCE_GAP: ("ลำดับที่ขาดช่วง", "gap in the sequence numbers"),
    IssueCode.ANNEX_STATUS_NOT_UNDERSTOOD: ("ตีความสถานะในบัญชีไม่ได้", "status of the annex not understood"),
    IssueCode.ANNEX_UNDATED: ("ไม่ทราบวันที่ของข้อมูล", "day of the data not known"),
    IssueCode.DECISION_NOT_PLACED: ("ไม่พบตำแหน่งของคำวินิจฉัย", "place of a decision not found"),
    IssueCode.DECISION_READING_CHANGED: ("ผลการอ่านเปลี่ยนไปจากที่วินิจฉัยไว้", "reading changed under a decision"),
    IssueCode.SHEET_FORMULA_UNSAVED: ("แผ่นงานมีสูตรที่ไม่ได้บันทึกค่า", "sheet with formulas without values"),
    IssueCode.SHEET_HIDDEN: ("แผ่นงานที่ซ่อนไว้", "hidden sheet"),
    IssueCode.SHEET_NO_TABLE: ("แผ่นงานที่ไม่มีตาราง", "sheet without a table"),
}

NULL_WORDS: Final[Mapping[str, Words]] = {
    NullReason.ABSENT: ("ไม่มีในเอกสาร", "the paper does not have it"),
    NullReason.MISSING: ("ควรมีแต่อ่านไม่พบ", "it ought to be there and was not found"),
    NullReason.UNREADABLE: ("มีแต่อ่านไม่ได้", "it is there and could not be read"),
    NullReason.NOT_UNDERSTOOD: ("อ่านได้แต่ตีความไม่ได้", "it was read and could not be understood"),
    NullReason.NOT_LOOKED_FOR: ("ไม่ได้ค้นหาในเอกสารชนิดนี้", "this kind of paper is not searched for it"),
}

SHAPE_WORDS: Final[Mapping[str, Words]] = {
    AnnexShape.MARKS: ("เครื่องหมาย", "marks"),
    AnnexShape.COUNTS: ("จำนวน", "counts"),
    AnnexShape.AMOUNTS: ("จำนวนเงิน", "amounts"),
    AnnexShape.OTHER: ("อื่น ๆ", "other"),
}

PART_WORDS: Final[Mapping[str, Words]] = {
    PartKind.LINE: ("บรรทัด", "line"),
    PartKind.CELL: ("ช่องตาราง", "cell of a table"),
    PartKind.STAMP: ("ตราประทับ", "stamp"),
    PartKind.HANDWRITING: ("ลายมือเขียน", "handwriting"),
    PartKind.QR_CODE: ("รหัสคิวอาร์", "QR code"),
    PartKind.ANNOTATION: ("ข้อความกำกับในไฟล์", "annotation"),
    PartKind.INK: ("รอยหมึก", "ink"),
    PartKind.PICTURE: ("ภาพ", "picture"),
    PartKind.WATERMARK: ("ลายน้ำ", "watermark"),
}

UNACCOUNTED_WORDS: Final[Mapping[str, Words]] = {
    UnaccountedReason.NO_FIELD: ("ไม่มีค่าใดรองรับ", "no value of the record holds it"),
    UnaccountedReason.NO_RECORD: ("ไม่ใช่หนังสือหรือบัญชีที่รู้จัก", "the paper is no letter or annex that is known"),
    UnaccountedReason.NO_TEXT: ("อ่านเป็นข้อความไม่ได้", "no text could be read of it"),
}

_UNKNOWN_REVIEW: Final = ("ควรตรวจกับต้นฉบับ", "compare with the original")
"""For a code that another version wrote."""
_UNKNOWN_ISSUE: Final = ("ปัญหาอื่น", "other trouble")


def label_reviews(codes: Iterable[str], language: Language = "th") -> str:
    """Return why a person should look, each reason once, joined with semicolons."""
    return "; ".join(dict.fromkeys(REVIEW_WORDS.get(code, _UNKNOWN_REVIEW)[language == "en"] for code in codes))


def label_issue(code: str, language: Language = "th") -> str:
    """Return what kind of trouble it is."""
    return ISSUE_WORDS.get(code, _UNKNOWN_ISSUE)[language == "en"]


def label_null(reason: NullReason, language: Language = "th") -> str:
    """Return why there is no value."""
    return NULL_WORDS[reason][language == "en"]


def label_shape(shape: AnnexShape, language: Language = "th") -> str:
    """Return what an annex says of each body."""
    return SHAPE_WORDS[shape][language == "en"]


def label_part(kind: PartKind, language: Language = "th") -> str:
    """Return what a part of a page is."""
    return PART_WORDS[kind][language == "en"]


def label_unaccounted(reason: UnaccountedReason, language: Language = "th") -> str:
    """Return why no value holds a part of a page."""
    return UNACCOUNTED_WORDS[reason][language == "en"]


def describe_unaccounted(parts: int, language: Language = "th") -> str:
    """Say how many parts of a document no value holds."""
    if language == "th":
        return f"ยังไม่มีค่าใดรองรับ {to_thai(str(parts))} ส่วน"
    return f"{parts} {'part' if parts == 1 else 'parts'} unaccounted for"
