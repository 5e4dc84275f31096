"""The change report as CSV: one line a change, for spreadsheets."""

from collections.abc import Iterator
from typing import Final

from reports.code_labels import label_reviews
from reports.csv_safety import as_spreadsheet_csv
from reports.labels import better, change_kind, row_status
from reports.report_layout import Cell, Digits
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


def as_csv(report: ChangeReport, _digits: Digits = "arabic") -> str:
    """Return the changes as CSV for spreadsheets; its digits are Arabic whatever is asked for, so that they add up."""
    return as_spreadsheet_csv(_HEADER, (_cells(section, line) for section, line in _sections(report)))


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
        (line.before_said or row_status(line.before_status)) if line.before_body is not None else "",
        (line.after_said or row_status(line.after_status)) if line.after_body is not None else "",
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
