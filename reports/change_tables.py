"""Sections two to five of the change report: what became of single bodies."""

from collections.abc import Sequence

from models.annex import Status
from reports.code_labels import label_reviews
from reports.labels import NONE, better, change_kind, standing
from reports.report_layout import CellFormat, ReportColumn, ReportTable, Section
from reports.report_model import ChangeLine, ChangeReport, TotalLine

SEQUENCE = ReportColumn("ลำดับ", CellFormat.NUMBER, 13)
DISTRICT = ReportColumn("อำเภอ", CellFormat.NAME, 20)
BODY = ReportColumn("อปท.", CellFormat.NAME, 22, subject=True)
CONFIRM = ReportColumn("ต้องยืนยัน", width=24, optional=True)

_WHERE = "ไม่ปรากฏในบัญชี โปรดตรวจกับประกาศกระทรวงมหาดไทยหรือราชกิจจานุเบกษา"


def newly_complete(report: ChangeReport) -> Section:
    """Return section two: the bodies that have become complete."""
    word = report.get_status_word(Status.COMPLETE)
    caption = f"อปท. ที่เปลี่ยนเป็น{word}ในรอบนี้ {len(report.newly_complete)} แห่ง"
    return Section(2, f"{word}เพิ่ม", f"{word}เพิ่ม", tables=(changes(report.newly_complete, caption),))


def fell_back(report: ChangeReport) -> Section:
    """Return section three: the bodies whose status is worse than before."""
    table = changes(report.fell_back, f"อปท. ที่สถานะถอยหลังจากรอบก่อน {len(report.fell_back)} แห่ง")
    return Section(3, "ถอยหลัง", "ถอยหลัง", tables=(table,))


def remarks(report: ChangeReport) -> Section:
    """Return section four: remarks and numbers that changed, and what is under way."""
    word = report.get_status_word(Status.COMPLETE)
    caption = f"อปท. ที่หมายเหตุเปลี่ยน หรือคืบหน้าแต่ยังไม่{word} {len(report.remarks)} แห่ง"
    columns = (SEQUENCE, DISTRICT, BODY, ReportColumn("เดิม", width=30), ReportColumn("ใหม่", width=30))
    rows = tuple(
        (*_start(line), *_both(line), better(line.better), label_reviews(line.review)) for line in report.remarks
    )
    changed = ReportTable(caption, (*columns, ReportColumn("ทิศทาง", CellFormat.NAME, 14), CONFIRM), rows)
    return Section(4, "หมายเหตุเปลี่ยน", "หมายเหตุเปลี่ยน", tables=(changed, _values(report.values), _totals(report.totals)))


def bodies(report: ChangeReport) -> Section:
    """Return section five: bodies added, gone, renamed, raised in status or moved."""
    caption = f"รายชื่อ อปท. ที่ต่างจากรอบก่อน {len(report.bodies)} รายการ"
    columns = (
        ReportColumn("รายการ", CellFormat.NAME, 16),
        DISTRICT,
        ReportColumn("เดิม", width=22),
        ReportColumn("ใหม่", width=22),
        ReportColumn("วันที่มีผล", CellFormat.DATE, 18),
        ReportColumn("ที่มา", width=22),
        CONFIRM,
    )
    rows = tuple(
        (
            change_kind(line.kind),
            line.district,
            _named(line.before_body, line.before_district, line),
            _named(line.after_body, line.after_district, line),
            line.effective,
            line.source or _page(line),
            label_reviews(line.review),
        )
        for line in report.bodies
    )
    undated = any(line.effective is None for line in report.bodies)
    notes = (f"วันที่มีผลซึ่งเว้นไว้ {_WHERE}",) if undated else ()
    table = ReportTable(caption, columns, rows, notes)
    return Section(5, "เพิ่ม/หาย/เปลี่ยนชื่อ/ยกฐานะ", "อปท. ที่เปลี่ยน", tables=(table,))


def changes(lines: Sequence[ChangeLine], caption: str) -> ReportTable:
    """Return changes of standing as a table."""
    columns = (
        SEQUENCE,
        DISTRICT,
        BODY,
        ReportColumn("สถานะเดิม", width=30),
        ReportColumn("สถานะใหม่", width=30),
        CONFIRM,
    )
    return ReportTable(
        caption, columns, tuple((*_start(line), *_both(line), label_reviews(line.review)) for line in lines)
    )


def _values(lines: Sequence[ChangeLine]) -> ReportTable:
    columns = (
        SEQUENCE,
        DISTRICT,
        BODY,
        ReportColumn("รายการ", width=24),
        ReportColumn("เดิม", CellFormat.NUMBER, 14),
        ReportColumn("ใหม่", CellFormat.NUMBER, 14),
        CONFIRM,
    )
    rows = tuple(
        (*_start(line), line.column, line.before_value, line.after_value, label_reviews(line.review)) for line in lines
    )
    return ReportTable(f"จำนวนที่เปลี่ยนจากรอบก่อน {len(lines)} รายการ", columns, rows)


def _totals(lines: Sequence[TotalLine]) -> ReportTable:
    columns = (
        ReportColumn("คอลัมน์", width=30),
        ReportColumn("ยอดรวมเดิม", CellFormat.NUMBER, 14),
        ReportColumn("ยอดรวมใหม่", CellFormat.NUMBER, 14),
    )
    return ReportTable("ยอดรวมท้ายบัญชีที่เปลี่ยน", columns, tuple((line.column, line.before, line.after) for line in lines))


def _start(line: ChangeLine) -> tuple[int | None, str, str]:
    return line.sequence, line.district, line.body


def _both(line: ChangeLine) -> tuple[str, str]:
    before = (
        standing(line.before_status, line.before_remark, line.before_said) if line.before_body is not None else NONE
    )
    return before, standing(
        line.after_status, line.after_remark, line.after_said
    ) if line.after_body is not None else NONE


def _named(body: str | None, district: str | None, line: ChangeLine) -> str:
    """Return what a round calls a body, with its district where that is what changed."""
    if body is None:
        return NONE
    moved = line.before_district and line.after_district and line.before_district != line.after_district
    return f"{body} (อ.{district})" if moved else body


def _page(line: ChangeLine) -> str:
    place = line.after_place or line.before_place
    return f"บัญชี หน้า {place.page}" if place is not None and place.page else NONE
