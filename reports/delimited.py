"""The change report as CSV: one line a change, for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from reports.view import ChangeLine, ChangeReport
from reports.words import better, change_kind, review, row_status

_HEADER: Final = (
    "ส่วน",
    "ลำดับ",
    "อำเภอ",
    "อปท.",
    "การเปลี่ยนแปลง",
    "อปท. รอบก่อน",
    "อปท. รอบนี้",
    "อำเภอ รอบก่อน",
    "สถานะรอบก่อน",
    "สถานะรอบนี้",
    "หมายเหตุรอบก่อน",
    "หมายเหตุรอบนี้",
    "ดีขึ้น/แย่ลง",
    "ต้องยืนยัน",
)
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(report: ChangeReport) -> str:
    """Return the changes as CSV with a byte-order mark, without which Excel takes Thai for something else.

    A text that a spreadsheet would run as a formula gets an apostrophe before it: remarks come from outside.
    """
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for section, line in _sections(report):
        writer.writerow([_guarded(cell) for cell in _cells(section, line)])
    return text.getvalue()


def _sections(report: ChangeReport) -> Iterator[tuple[str, ChangeLine]]:
    named = (
        ("เรียบร้อยเพิ่ม", report.newly_complete),
        ("ถอยหลัง", report.fell_back),
        ("หมายเหตุเปลี่ยน", report.remarks),
        ("เพิ่ม/หาย/เปลี่ยนชื่อ/ยกฐานะ", report.bodies),
        ("แก้ไขการอ่าน", report.corrected),
    )
    for section, lines in named:
        for line in lines:
            yield section, line


def _cells(section: str, line: ChangeLine) -> tuple[str | int | None, ...]:
    return (
        section,
        line.sequence,
        line.district,
        line.body,
        change_kind(line.kind),
        line.before_body,
        line.after_body,
        line.before_district,
        row_status(line.before_status) if line.before_body is not None else "",
        row_status(line.after_status) if line.after_body is not None else "",
        line.before_remark,
        line.after_remark,
        better(line.better),
        review(line.review),
    )


def _guarded(cell: str | int | None) -> str | int | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_FORMULA) and cell != "-" else cell
