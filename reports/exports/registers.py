"""The registers of letters received and sent (ทะเบียนหนังสือรับ แบบที่ ๑๓, ทะเบียนหนังสือส่ง แบบที่ ๑๔), a part a year.

Their columns are those of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖. Numbers begin anew each calendar year.
What no stamp or letter says is left empty, for a person to fill in.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from core.office import OfficeSettings
from models.document import Document
from models.letter import Letter
from reports.report_layout import Cell, CellFormat, ReportColumn
from thai.addressees import normalize_office
from thai.numerals import to_arabic
from thai.years import BUDDHIST_OFFSET

_LETTER: Final = (
    ReportColumn("ที่", CellFormat.TEXT, 16),
    ReportColumn("ลงวันที่", CellFormat.DATE, 12),
    ReportColumn("จาก", CellFormat.TEXT, 18),
    ReportColumn("ถึง", CellFormat.TEXT, 18),
    ReportColumn("เรื่อง", CellFormat.TEXT, 30),
    ReportColumn("การปฏิบัติ", CellFormat.TEXT, 11),
    ReportColumn("หมายเหตุ", CellFormat.RAW, 16),
)
_RECEIVED: Final = (
    ReportColumn("เลขทะเบียนรับ", CellFormat.TEXT, 9),
    ReportColumn("วันที่รับ", CellFormat.DATE, 12),
    ReportColumn("เวลา", CellFormat.TEXT, 8),
    *_LETTER,
)
_SENT: Final = (ReportColumn("เลขทะเบียนส่ง", CellFormat.TEXT, 9), *_LETTER)
_DIGITS: Final = re.compile(r"\d+")

Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RegisterYear:
    """The lines of a calendar year; None is that of letters without a day."""

    year: int | None
    lines: tuple[Line, ...]

    @property
    def heading(self) -> str:
        """What stands above them."""
        return f"พ.ศ. {self.year}" if self.year else "ไม่ทราบปี"


@dataclass(frozen=True, slots=True)
class LetterRegister:
    """A register as it is laid out.

    Attributes:
        title: Its name.
        form: Which form of the regulation it has.
        columns: Its columns.
        years: Its parts, the undated last.
        notes: What whoever reads it has to know of it.
        office: Whose register it is; "" where that is not set.
    """

    title: str
    form: str
    columns: tuple[ReportColumn, ...]
    years: tuple[RegisterYear, ...]
    notes: tuple[str, ...]
    office: str = ""


def build_received(documents: Iterable[Document], office: OfficeSettings) -> LetterRegister:
    """Return the register of letters received: all that the office did not send, as far as its name is set."""
    years: defaultdict[int | None, list[Line]] = defaultdict(list)
    for document in documents:
        for letter in document.letters:
            if is_sent_by(letter, office):
                continue
            received = letter.receipt.date.value if letter.receipt else None
            years[_get_year(received or letter.date.value)].append(_receive(document, letter))
    note = "ยังไม่ได้ตั้งค่าชื่อและรหัสของหน่วยงาน ทะเบียนนี้จึงรวมหนังสือทุกฉบับในคลัง ทั้งที่รับและที่ส่ง"
    return LetterRegister(
        "ทะเบียนหนังสือรับ",
        "แบบที่ 13",
        _RECEIVED,
        _sort_years(years, _order_received),
        () if office.is_known else (note,),
        office.name,
    )


def build_sent(documents: Iterable[Document], office: OfficeSettings) -> LetterRegister:
    """Return the register of letters that the office sent, known by its number or its name."""
    years: defaultdict[int | None, list[Line]] = defaultdict(list)
    unknown = 0
    for document in documents:
        for letter in document.letters:
            if is_sent_by(letter, office):
                years[_get_year(letter.date.value)].append(_send(document, letter))
            elif not letter.number.value and not letter.issuer.value:
                unknown += 1
    note = f"มีหนังสืออีก {unknown} ฉบับในคลังที่ไม่ทราบหน่วยงานผู้ส่ง จึงไม่อยู่ในทะเบียนนี้"
    return LetterRegister(
        "ทะเบียนหนังสือส่ง",
        "แบบที่ 14",
        _SENT,
        _sort_years(years, _order_sent),
        (note,) if unknown else (),
        office.name,
    )


def is_sent_by(letter: Letter, office: OfficeSettings) -> bool:
    """Tell whether a letter is the office's own: its number begins with a code, or it bears a name of it."""
    parts = letter.number.parts
    if parts is not None:
        number = f"{parts.prefix}{parts.unit}".replace(" ", "")
        if any(_begins(number, to_arabic("".join(code.split()))) for code in office.codes):
            return True
    issuer = normalize_office(letter.issuer.value or "")
    return bool(issuer) and issuer in {normalize_office(name) for name in office.names}


def _begins(number: str, code: str) -> bool:
    """Tell whether a number is of a code: อต0023.1 is of อต and of อต0023, and not of อต002."""
    return number.startswith(code) and not (code[-1:].isdigit() and number[len(code) :][:1].isdigit())


def _receive(document: Document, letter: Letter) -> Line:
    receipt = letter.receipt
    doubted = receipt is None or bool(receipt.number.review)
    return (
        receipt.number.value if receipt else None,
        receipt.date.value if receipt else None,
        receipt.time.value.strftime("%H.%M น.") if receipt and receipt.time.value else "",
        *_describe(document, letter, doubted=doubted),
    )


def _send(document: Document, letter: Letter) -> Line:
    parts = letter.number.parts
    number = f"{'ว ' if parts.circular else ''}{parts.running}" if parts is not None else None
    return number, *_describe(document, letter)


def _describe(document: Document, letter: Letter, *, doubted: bool = False) -> Line:
    """Return the columns that both registers have."""
    doubted = doubted or bool(letter.number.review or letter.date.review)
    notes = [letter.urgency.value, letter.secrecy.value, "ควรตรวจกับต้นฉบับ" if doubted else "", document.source.name]
    return (
        letter.number.value or "",
        letter.date.value,
        letter.issuer.value or letter.unit.value or "",
        ", ".join(each.value for each in letter.recipients if each.value),
        letter.subject.value or "",
        "",
        " / ".join(note for note in notes if note),
    )


def _get_year(day: dt.date | None) -> int | None:
    return day.year + BUDDHIST_OFFSET if day else None


def _sort_years(
    years: Mapping[int | None, list[Line]], order: Callable[[Line], tuple[object, ...]]
) -> tuple[RegisterYear, ...]:
    found = sorted(years, key=lambda year: (year is None, year or 0))
    return tuple(RegisterYear(year, tuple(sorted(years[year], key=order))) for year in found)


def _order_received(line: Line) -> tuple[object, ...]:
    """Return what the lines of a year are sorted by: the day they were received, then the number."""
    return _order(line[1], line[0])


def _order_sent(line: Line) -> tuple[object, ...]:
    """Return the same of letters sent: circulars have numbers of their own, and come after the others of their day."""
    return _order(line[2], line[0])


def _order(day: Cell, number: Cell) -> tuple[object, ...]:
    text = str(number or "")
    digits = _DIGITS.search(text)
    known = day if isinstance(day, dt.date) else dt.date.max
    return known, not text[:1].isdecimal(), int(digits.group()) if digits else 0, text
