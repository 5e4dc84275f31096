"""A register on paper: as a workbook, and as PDF of landscape A4 in the form of the regulation."""

from collections.abc import Iterator
from typing import Any, Final

from core.errors import UsageError
from reports.exports.registers import LetterRegister
from reports.pdf import compile_template, describe_face
from reports.report_layout import Digits, ReportTable, shown, written
from reports.workbook_writer import WorkbookWriter

_EMPTY: Final = "ไม่มีหนังสือในทะเบียนนี้"
FORMATS: Final = (".xlsx", ".pdf")
"""What a register can be written as."""


def as_register(register: LetterRegister, suffix: str, digits: Digits = "thai") -> bytes:
    """Return a register in the format of a suffix.

    Raises:
        UsageError: The suffix is none of `FORMATS`.
        FaceError: A PDF is asked for and no Thai face is installed.
    """
    if suffix.lower() not in FORMATS:
        raise UsageError(f"{suffix}: {' '.join(FORMATS)}")
    return _as_xlsx(register, digits) if suffix.lower() == ".xlsx" else _as_pdf(register, digits)


def _as_xlsx(register: LetterRegister, digits: Digits) -> bytes:
    book = WorkbookWriter(digits, register.title, register.office)
    for year in register.years:
        sheet = book.sheet(year.heading)
        sheet.line(f"{register.title} ({register.form})", strong=True)
        sheet.line("  ".join(part for part in (register.office, year.heading) if part))
        for note in register.notes:
            sheet.line(note)
        sheet.table(ReportTable(register.title, register.columns, year.lines))
    if not register.years:
        sheet = book.sheet(register.title, (register.title, _EMPTY))
        for note in register.notes:
            sheet.line(note)
    return book.bytes()


def _as_pdf(register: LetterRegister, digits: Digits) -> bytes:
    return compile_template("register.typ", _build_content(register, digits))


def _build_content(register: LetterRegister, digits: Digits) -> dict[str, Any]:
    return {
        **describe_face(digits),
        "title": register.title,
        "form": written(register.form, digits),
        "office": register.office,
        "warnings": [written(note, digits) for note in register.notes],
        "headers": [column.header for column in register.columns],
        "widths": [column.width for column in register.columns],
        "years": [
            {"heading": written(year.heading, digits), "rows": list(_show_lines(register, year.lines, digits))}
            for year in register.years
        ],
        "empty": _EMPTY,
    }


def _show_lines(register: LetterRegister, lines: tuple[Any, ...], digits: Digits) -> Iterator[list[str]]:
    for line in lines:
        # What is not known is left blank, for the pen, not dashed.
        yield [
            shown(cell, column.kind, digits) if cell is not None else ""
            for cell, column in zip(line, register.columns, strict=True)
        ]
