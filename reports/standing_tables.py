"""Sections six to eight of the change report: where districts and kinds stand, and whom to follow up."""

from collections.abc import Sequence

from models.annex import Status
from reports.change_tables import BODY, CONFIRM, DISTRICT, SEQUENCE
from reports.code_labels import label_reviews
from reports.grouping import NO_DISTRICT
from reports.labels import NONE, row_status
from reports.report_layout import Cell, CellFormat, ReportColumn, ReportTable, Section
from reports.report_model import FEW, ChangeReport, GroupLine

_RANK = (ReportColumn("อันดับ", CellFormat.NUMBER, 9), ReportColumn("ขึ้น/ลง", CellFormat.NAME, 11))
_NO_STATUS = "บัญชีนี้ไม่มีช่องสถานะ จึงไม่มีร้อยละของความเรียบร้อย"


def _standing_columns(report: ChangeReport) -> tuple[ReportColumn, ...]:
    word = report.get_status_word(Status.COMPLETE)
    return (
        ReportColumn("ทั้งหมด", CellFormat.NUMBER, 10),
        ReportColumn(f"{word} รอบก่อน", CellFormat.SHARE, 12),
        ReportColumn("ร้อยละ รอบก่อน", CellFormat.PERCENT, 10),
        ReportColumn(f"{word} รอบนี้", CellFormat.SHARE, 12),
        ReportColumn("ร้อยละ รอบนี้", CellFormat.PERCENT, 10),
        ReportColumn("เพิ่ม/ลด สุทธิ (แห่ง)", CellFormat.CHANGE, 11),
    )


def districts(report: ChangeReport) -> Section:
    """Return section six: the districts, ranked, with the change of rank."""
    title = "รายอำเภอ"
    if not report.has_status:
        return Section(6, title, title, paragraphs=(_NO_STATUS,))
    tables = [_ranking("จังหวัด", report.provinces, report)] if report.provinces else []
    tables.append(_ranking("อำเภอ", report.districts, report))
    return Section(6, title, title, tables=tuple(tables), pictures=("districts", "grid"))


def kinds(report: ChangeReport) -> Section:
    """Return section seven: the kinds of bodies."""
    title = "ตามประเภท อปท."
    if not report.has_status:
        return Section(7, title, title, paragraphs=(_NO_STATUS,))
    rows = tuple((line.name, *_standing(line)) for line in report.kinds)
    table = ReportTable(
        "ความคืบหน้าตามประเภทองค์กรปกครองส่วนท้องถิ่น",
        (ReportColumn("ประเภท", CellFormat.NAME, 14), *_standing_columns(report)),
        rows,
    )
    return Section(7, title, title, tables=(table,))


def chase(report: ChangeReport) -> Section:
    """Return section eight: the bodies to follow up, district by district, those not started first."""
    columns = (
        DISTRICT,
        SEQUENCE,
        BODY,
        ReportColumn("สถานะ", CellFormat.NAME, 18),
        ReportColumn("หมายเหตุ", width=34, optional=True),
        ReportColumn("ค้าง (รอบ)", CellFormat.NUMBER, 11),
        ReportColumn("โทร.", width=14),
        CONFIRM,
    )
    rows = tuple(
        (
            line.district if line.district == NO_DISTRICT else f"อำเภอ{line.district}",
            line.sequence,
            line.body,
            line.said or row_status(line.status),
            line.remark,
            line.rounds,
            "",
            label_reviews(line.review),
        )
        for line in report.chase
    )
    table = ReportTable(f"อปท. ที่ต้องติดตาม {len(rows)} แห่ง", columns, rows, group="{name} ต้องติดตาม {count} แห่ง")
    return Section(8, "บัญชีติดตาม", "บัญชีติดตาม", tables=(table,), nothing="ไม่มีแห่งที่ต้องติดตาม")


def _ranking(name: str, lines: Sequence[GroupLine], report: ChangeReport) -> ReportTable:
    few = any(line.few for line in lines)
    rows = tuple(
        (f"{line.name} *" if line.few else line.name, *_standing(line), line.rank_after, _climbed(line))
        for line in sorted(lines, key=lambda each: each.rank_after or len(lines) + 1)
    )
    notes = ["อันดับเรียงตามร้อยละของรอบนี้ ร้อยละเท่ากันใช้อันดับเดียวกัน"]
    if few:
        notes.append(f"* มีไม่ถึง {FEW} แห่ง ร้อยละจึงเปลี่ยนมากแม้เปลี่ยนเพียงแห่งเดียว")
    columns = (ReportColumn(name, CellFormat.NAME, 20), *_standing_columns(report), *_RANK)
    return ReportTable(f"ความคืบหน้าราย{name} {len(rows)} {name}", columns, rows, tuple(notes))


def _standing(line: GroupLine) -> tuple[Cell, ...]:
    return (
        line.after.total,
        f"{line.before.complete}/{line.before.total}",
        line.before.percent,
        f"{line.after.complete}/{line.after.total}",
        line.after.percent,
        line.after.complete - line.before.complete,
    )


def _climbed(line: GroupLine) -> str:
    if line.rank_before is None or line.rank_after is None:
        return NONE
    places = line.rank_before - line.rank_after
    return f"ขึ้น {places}" if places > 0 else f"ลง {-places}" if places < 0 else "คงเดิม"
