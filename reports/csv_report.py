"""The change report as CSV: one line a change, for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from reports.code_labels import label_reviews
from reports.labels import better, change_kind, row_status
from reports.report_layout import Cell
from reports.report_model import ChangeLine, ChangeReport

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
    "รายการ",
    "ค่ารอบก่อน",
    "ค่ารอบนี้",
    "วันที่มีผล",
    "ที่มา",
    "ต้องยืนยัน",
)
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_PLAIN: Final = re.compile(r"-?[0-9๐-๙.,]*")


def as_csv(report: ChangeReport) -> str:
    """Return the changes as CSV with a byte-order mark, without which Excel takes Thai for something else.

    A text that a spreadsheet would run as a formula gets an apostrophe before it: remarks come from outside.
    """
    return delimited(_HEADER, (_cells(section, line) for section, line in _sections(report)))


def delimited(header: Iterable[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV with a byte-order mark, its texts guarded against spreadsheets."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def _sections(report: ChangeReport) -> Iterator[tuple[str, ChangeLine]]:
    named = (
        ("เรียบร้อยเพิ่ม", report.newly_complete),
        ("ถอยหลัง", report.fell_back),
        ("หมายเหตุเปลี่ยน", report.remarks),
        ("จำนวนเปลี่ยน", report.values),
        ("เพิ่ม/หาย/เปลี่ยนชื่อ/ยกฐานะ", report.bodies),
        ("แก้ไขการอ่าน", report.corrected),
    )
    for section, lines in named:
        for line in lines:
            yield section, line


def _cells(section: str, line: ChangeLine) -> tuple[Cell, ...]:
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
        line.column,
        line.before_value,
        line.after_value,
        line.effective,
        line.source,
        label_reviews(line.review),
    )


def guarded(cell: Cell) -> Cell:
    """Return a cell of which no spreadsheet makes a formula; a dash or a negative number is none."""
    if not isinstance(cell, str) or not cell.startswith(_STARTS_FORMULA) or _PLAIN.fullmatch(cell):
        return cell
    return f"'{cell}"
