"""ทะเบียนหนังสือรับ: the register of letters received, as form 13 of ระเบียบงานสารบรรณ has it, a sheet a year.

Numbers of receipt begin anew each calendar year. What no stamp told is left empty, for a person to fill in.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from models.document import Document
from models.letter import Letter
from reports.report_layout import Cell, CellFormat, Digits, ReportColumn, ReportTable
from reports.workbook_writer import WorkbookWriter
from thai.years import BUDDHIST_OFFSET

_COLUMNS: Final = (
    ReportColumn("เลขทะเบียนรับ", CellFormat.RAW, 12),
    ReportColumn("วันที่รับ", CellFormat.DATE, 14),
    ReportColumn("เวลา", CellFormat.TEXT, 8),
    ReportColumn("ที่", CellFormat.TEXT, 22),
    ReportColumn("ลงวันที่", CellFormat.DATE, 14),
    ReportColumn("จาก", CellFormat.TEXT, 26),
    ReportColumn("ถึง", CellFormat.TEXT, 26),
    ReportColumn("เรื่อง", CellFormat.TEXT, 46),
    ReportColumn("การปฏิบัติ", CellFormat.TEXT, 20),
    ReportColumn("หมายเหตุ", CellFormat.TEXT, 24),
)


def as_receipt_book(documents: Iterable[Document], digits: Digits = "thai") -> bytes:
    """Return the register of letters received as the bytes of an .xlsx file."""
    years: defaultdict[int | None, list[tuple[Cell, ...]]] = defaultdict(list)
    for document in documents:
        for letter in document.letters:
            received = letter.receipt.date.value if letter.receipt else None
            day = received or letter.date.value
            years[day.year + BUDDHIST_OFFSET if day else None].append(_line(document, letter))
    book = WorkbookWriter(digits, "ทะเบียนหนังสือรับ")
    for year in sorted(years, key=lambda each: (each is None, each or 0)):
        sheet = book.sheet(f"พ.ศ. {year}" if year else "ไม่ทราบปี")
        sheet.line("ทะเบียนหนังสือรับ", strong=True)
        sheet.line(f"ปี พ.ศ. {year}" if year else "ไม่ทราบปีที่รับ")
        sheet.table(ReportTable("ทะเบียนหนังสือรับ", _COLUMNS, tuple(sorted(years[year], key=_order))))
    if not years:
        book.sheet("ทะเบียนหนังสือรับ").line("ไม่มีหนังสือในคลัง")
    return book.bytes()


def _line(document: Document, letter: Letter) -> tuple[Cell, ...]:
    receipt = letter.receipt
    doubts = "ควรตรวจกับต้นฉบับ" if receipt is None or receipt.number.review or letter.number.review else ""
    notes = [letter.urgency.value, letter.secrecy.value, doubts, document.source.name]
    return (
        receipt.number.value if receipt else None,
        receipt.date.value if receipt else None,
        receipt.time.value.strftime("%H.%M น.") if receipt and receipt.time.value else "",
        letter.number.value or "",
        letter.date.value,
        letter.issuer.value or "",
        ", ".join(each.value for each in letter.recipients if each.value),
        letter.subject.value or "",
        "",
        " / ".join(note for note in notes if note),
    )


def _order(line: tuple[Cell, ...]) -> tuple[bool, dt.date, int, str]:
    """Return what the lines of a year are sorted by: the day they were received, then the number."""
    number, day = str(line[0] or ""), line[1] if isinstance(line[1], dt.date) else None
    return day is None, day or dt.date.max, int(number) if number.isdecimal() else 0, number
