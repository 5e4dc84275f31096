"""Sections six to eight of the change report: where districts and kinds stand, and whom to follow up."""

from collections.abc import Sequence

from reports.change_tables import BODY, CONFIRM, DISTRICT, SEQUENCE
from reports.code_labels import label_reviews
from reports.grouping import NO_DISTRICT
from reports.labels import NONE, row_status
from reports.report_layout import Cell, Column, Kind, Section, Table
from reports.report_model import FEW, ChangeReport, GroupLine

_STANDING = (
    Column("ทั้งหมด", Kind.NUMBER, 10),
    Column("เรียบร้อย รอบก่อน", Kind.SHARE, 12),
    Column("ร้อยละ รอบก่อน", Kind.PERCENT, 10),
    Column("เรียบร้อย รอบนี้", Kind.SHARE, 12),
    Column("ร้อยละ รอบนี้", Kind.PERCENT, 10),
    Column("เพิ่ม/ลด (แห่ง)", Kind.CHANGE, 11),
)
_RANK = (Column("อันดับ", Kind.NUMBER, 9), Column("เปลี่ยนอันดับ", Kind.NAME, 13))
_NO_STATUS = "บัญชีนี้ไม่มีช่องสถานะ จึงไม่มีร้อยละของความเรียบร้อย"


def districts(report: ChangeReport) -> Section:
    """Return section six: the districts, ranked, with the change of rank."""
    title = "รายอำเภอ"
    if not report.has_status:
        return Section(6, title, title, paragraphs=(_NO_STATUS,))
    tables = [_ranking("จังหวัด", report.provinces)] if report.provinces else []
    tables.append(_ranking("อำเภอ", report.districts))
    return Section(6, title, title, tables=tuple(tables), pictures=("districts", "grid"))


def kinds(report: ChangeReport) -> Section:
    """Return section seven: the kinds of bodies."""
    title = "ตามประเภท อปท."
    if not report.has_status:
        return Section(7, title, title, paragraphs=(_NO_STATUS,))
    rows = tuple((line.name, *_standing(line)) for line in report.kinds)
    table = Table("ความคืบหน้าตามประเภทองค์กรปกครองส่วนท้องถิ่น", (Column("ประเภท", Kind.NAME, 14), *_STANDING), rows)
    return Section(7, title, title, tables=(table,))


def chase(report: ChangeReport) -> Section:
    """Return section eight: the bodies to follow up, district by district, those not started first."""
    columns = (
        DISTRICT,
        SEQUENCE,
        BODY,
        Column("สถานะ", Kind.NAME, 18),
        Column("หมายเหตุ", width=34, optional=True),
        Column("ค้างมาแล้ว (รอบ)", Kind.NUMBER, 12),
        Column("โทร.", width=14),
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
    table = Table(f"อปท. ที่ต้องติดตาม {len(rows)} แห่ง", columns, rows, group="{name} ต้องติดตาม {count} แห่ง")
    return Section(8, "บัญชีติดตาม", "บัญชีติดตาม", tables=(table,), nothing="ไม่มีแห่งที่ต้องติดตาม")


def _ranking(name: str, lines: Sequence[GroupLine]) -> Table:
    few = any(line.few for line in lines)
    rows = tuple(
        (f"{line.name} *" if line.few else line.name, *_standing(line), line.rank_after, _climbed(line))
        for line in sorted(lines, key=lambda each: each.rank_after or len(lines) + 1)
    )
    notes = ["อันดับเรียงตามร้อยละของรอบนี้ ร้อยละเท่ากันใช้อันดับเดียวกัน"]
    if few:
        notes.append(f"* มีไม่ถึง {FEW} แห่ง ร้อยละจึงเปลี่ยนมากแม้เปลี่ยนเพียงแห่งเดียว")
    columns = (Column(name, Kind.NAME, 20), *_STANDING, *_RANK)
    return Table(f"ความคืบหน้าราย{name} {len(rows)} {name}", columns, rows, tuple(notes))


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
