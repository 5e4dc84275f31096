"""The change report as sections, in the order and the words of an official report (รายงานความคืบหน้า)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.annex import Status
from models.snapshot import Precision
from reports import change_tables, limit_tables, standing_tables
from reports.labels import as_of_long, as_of_short, date_long, date_with_weekday, number, row_status
from reports.report_layout import Cell, CellFormat, ReportColumn, ReportTable, Section
from reports.report_model import ChangeReport, RoundHead, Tally

_STATUSES: Final = (Status.COMPLETE, Status.INCOMPLETE, Status.NOT_STARTED, None)


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What stands above the sections: the title, lines of labels and values, and warnings."""

    title: str
    lines: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def head(report: ChangeReport) -> ReportHead:
    """Return what stands above the sections."""
    where = f" จังหวัด{report.province}" if report.province and report.province not in report.title else ""
    scope = f" เฉพาะอำเภอ{report.scope}" if report.scope else ""
    warnings = list(report.warnings)
    if report.corrects:
        warnings.insert(0, "ทั้งสองฉบับเป็นการอ่านของรอบเดียวกัน ผลต่างเป็นการแก้ไขการอ่าน มิใช่ข้อเท็จจริงที่เปลี่ยนแปลง")
    return ReportHead(
        f"รายงานความคืบหน้า เรื่อง {report.title or '–'}{where}{scope}",
        (*_lines(report), *_coverage(report)),
        tuple(warnings),
    )


def _coverage(report: ChangeReport) -> Iterator[tuple[str, str]]:
    """Yield what was compared, then what was not."""
    for index, text in enumerate(report.compared):
        yield ("ขอบเขตการเปรียบเทียบ" if index == 0 else "ไม่ได้เปรียบเทียบ"), text


def sections(report: ChangeReport) -> tuple[Section, ...]:
    """Return the nine sections."""
    return (
        summary(report),
        change_tables.newly_complete(report),
        change_tables.fell_back(report),
        change_tables.remarks(report),
        change_tables.bodies(report),
        standing_tables.districts(report),
        standing_tables.kinds(report),
        standing_tables.chase(report),
        limit_tables.limits(report),
    )


def summary(report: ChangeReport) -> Section:
    """Return section one: where the bodies stand, against the round before and the deadline."""
    if not report.has_status:
        said = f"บัญชีมี อปท. {number(report.after.tally.total)} แห่ง มีจำนวนที่เปลี่ยนจากรอบก่อน {len(report.values)} รายการ"
        return Section(1, "สรุป", "สรุป", paragraphs=(said,))
    paragraphs = (standing(report), *pace(report))
    pictures = ("movement", "trend")
    return Section(1, "สรุป", "สรุป", tuple(_facts(report)), paragraphs, (_tally(report),), pictures)


def _tally(report: ChangeReport) -> ReportTable:
    """Return how many bodies had each status; one that none of them ever had has no column."""
    sides = (("รอบก่อน", _counts(report.before.tally)), ("รอบนี้", _counts(report.after.tally)))
    kept = [index for index, _ in enumerate(_STATUSES) if any(counts[index] for _, counts in sides)]
    columns = (
        ReportColumn("รอบ", CellFormat.NAME, 12),
        *(ReportColumn(report.get_status_word(_STATUSES[index]), CellFormat.NUMBER, 12) for index in kept),
        ReportColumn("รวม", CellFormat.NUMBER, 12),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(counts[index] for index in kept), counts[-1]) for name, counts in sides
    )
    return ReportTable("จำนวน อปท. ตามสถานะ (แห่ง)", columns, rows)


def standing(report: ChangeReport) -> str:
    """Say in one sentence how many bodies are complete, and how many more or fewer that is."""
    after, gained = report.after.tally, report.gained
    word = report.get_status_word(Status.COMPLETE)
    done = "ดำเนินการเรียบร้อยแล้ว" if word == row_status(Status.COMPLETE) else f"มีผล “{word}”"
    change = f"{'เพิ่มขึ้น' if gained > 0 else 'ลดลง'}สุทธิจากรอบก่อน {number(abs(gained))} แห่ง" if gained else "เท่ากับรอบก่อน"
    new, lost = len(report.newly_complete), report.lost
    if lost or new != gained:
        change += f" (เปลี่ยนเป็น{word} {number(new)} แห่ง ถอยจาก{word} {number(lost)} แห่ง{_rest(gained - new + lost)})"
    percent = f" คิดเป็นร้อยละ {number(after.percent, 2)}" if after.percent is not None else ""
    day = "ข้อมูล" if report.after.as_of_precision is Precision.YEAR else "ข้อมูล ณ วันที่ "
    when = f"{day}{as_of_long(report.after.as_of, report.after.as_of_precision)} " if report.after.as_of else ""
    return (
        f"{when}มี อปท. ที่{done} {number(after.complete)} แห่ง จากทั้งหมด {number(after.total)} แห่ง"
        f"{percent} {change} คงเหลือที่ต้องติดตาม {number(report.remaining)} แห่ง"
    )


def _rest(count: int) -> str:
    """Say what of a net change is neither bodies that became complete nor those that were: rows added and gone."""
    return f" อปท. ที่เพิ่มหรือหายจากบัญชี {'+' if count > 0 else '−'}{number(abs(count))} แห่ง" if count else ""


def pace(report: ChangeReport) -> Iterator[str]:
    """Say whether the deadline can be kept: what is needed a day, and what was reached a day until now."""
    if report.deadline is None or not report.remaining:
        return
    left = report.days_left or 0
    if left <= 0:
        passed = f"พ้นกำหนดมาแล้ว {number(-left)} วัน" if left else "ครบกำหนดในวันจัดทำรายงาน"
        yield f"กำหนดแล้วเสร็จ{date_with_weekday(report.deadline)} {passed} คงเหลือ {number(report.remaining)} แห่ง"
        return
    needed = f"ต้องดำเนินการให้ได้เฉลี่ยวันละ {number(report.needed_a_day, 1)} แห่ง จึงจะแล้วเสร็จตามกำหนด"
    yield f"กำหนดแล้วเสร็จ{date_with_weekday(report.deadline)} เหลือเวลา {number(left)} วัน {needed}"
    if report.pace is not None:
        reached = f"ระหว่างสองรอบดำเนินการได้เฉลี่ยวันละ {number(max(report.pace, 0), 1)} แห่ง"
        enough = report.pace * left >= report.remaining
        yield f"{reached} {'หากรักษาอัตรานี้ได้จะแล้วเสร็จตามกำหนด' if enough else 'อัตรานี้ไม่เพียงพอที่จะแล้วเสร็จตามกำหนด'}"


def share(tally: Tally) -> str:
    """Return complete of all with the percentage: 21/80 (26.25 %)."""
    percent = f"\u00a0({number(tally.percent, 2)}\u00a0%)" if tally.percent is not None else ""
    return f"{number(tally.complete)}/{number(tally.total)}{percent}"


def _lines(report: ChangeReport) -> Iterator[tuple[str, str]]:
    by = f" โดย {report.made_by}" if report.made_by else ""
    yield "จัดทำ ณ วันที่", f"{date_long(report.made_on)}{by}"
    yield "รอบก่อน", _round(report.before)
    yield "รอบนี้", _round(report.after)
    if report.coverage is not None:
        compared = report.coverage
        alone = compared.before_alone + compared.after_alone
        yield (
            "การเปรียบเทียบ",
            f"จับคู่ได้ {number(compared.paired)} แห่ง จากรอบก่อน {number(compared.before)} แถว "
            f"รอบนี้ {number(compared.after)} แถว ไม่มีคู่ {number(alone)} แถว",
        )
    if report.deadline is not None:
        yield "กำหนดแล้วเสร็จ", f"{date_with_weekday(report.deadline)} ({_left(report.days_left or 0)})"


def _round(head: RoundHead) -> str:
    letter = f"ที่ {head.number} " if head.number else ""
    if head.as_of is None:
        return f"{letter}ไม่ปรากฏวันที่ของข้อมูล"
    at = "" if head.as_of_precision is Precision.YEAR else " ณ "
    return f"{letter}ข้อมูล{at}{as_of_short(head.as_of, head.as_of_precision)}"


def _left(days: int) -> str:
    if days == 0:
        return "ครบกำหนดวันนี้"
    return f"เหลือ {number(days)} วัน" if days > 0 else f"พ้นกำหนดแล้ว {number(-days)} วัน"


def _facts(report: ChangeReport) -> Iterator[tuple[str, str]]:
    word = report.get_status_word(Status.COMPLETE)
    yield f"รอบก่อน {word}", share(report.before.tally)
    yield f"รอบนี้ {word}", share(report.after.tally)
    yield ("ลดลงสุทธิ" if report.gained < 0 else "เพิ่มขึ้นสุทธิ"), f"{number(abs(report.gained))} แห่ง"
    if not report.remaining:
        yield "คงเหลือ", "ครบทุกแห่งแล้ว"
    elif report.needed_a_day is not None:
        yield "ต้องได้เฉลี่ยวันละ", f"{number(report.needed_a_day, 1)} แห่ง"
    else:
        yield "คงเหลือ", f"{number(report.remaining)} แห่ง"


def _counts(tally: Tally) -> tuple[int, ...]:
    return tally.complete, tally.incomplete, tally.not_started, tally.unread, tally.total
