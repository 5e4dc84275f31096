"""The change report as Markdown: the same nine sections, for a wiki or a message."""

import html
import re
from collections.abc import Iterable, Sequence

from reports.view import ChangeLine, ChangeReport, GroupLine, Tally
from reports.words import (
    NONE,
    better,
    change_kind,
    date_long,
    date_short,
    date_with_weekday,
    number,
    review,
    standing,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#|~])")
_NOTHING = ("ไม่มี",)


def as_markdown(report: ChangeReport) -> str:
    """Return the report as Markdown; texts of documents are escaped, for both Markdown and HTML."""
    sections: Sequence[tuple[str, Iterable[str]]] = (
        ("๑ สรุป", _summary(report)),
        ("๒ เรียบร้อยเพิ่ม", _changes(report.newly_complete)),
        ("๓ ถอยหลัง", _changes(report.fell_back)),
        ("๔ หมายเหตุเปลี่ยน", _changes(report.remarks)),
        ("๕ เพิ่ม/หาย/เปลี่ยนชื่อ/ยกฐานะ", _bodies(report.bodies)),
        ("๖ รายอำเภอ", _groups("อำเภอ", report.districts)),
        ("๗ ตามประเภท อปท.", _groups("ประเภท", report.kinds)),
        ("๘ บัญชีติดตาม", _chase(report)),
        ("๙ ผลตรวจสอบและข้อจำกัด", _limits(report)),
    )
    lines = list(_head(report))
    for title, body in sections:
        lines += ["", f"## {title}", "", *(list(body) or _NOTHING)]
    return "\n".join(lines) + "\n"


def _head(report: ChangeReport) -> Iterable[str]:
    yield f"# รายงานความคืบหน้า เรื่อง {_text(report.title)}"
    yield ""
    by = f" โดย {_text(report.made_by)}" if report.made_by else ""
    yield f"- จัดทำ ณ วันที่ {date_long(report.made_on)}{by}"
    yield f"- รอบก่อน: ข้อมูล ณ {date_short(report.before.as_of)}"
    yield f"- รอบนี้: ข้อมูล ณ {date_short(report.after.as_of)}"
    yield f"- กำหนดแล้วเสร็จ {date_with_weekday(report.deadline)}"
    if report.corrects:
        yield "- **ทั้งสองฉบับเป็นการอ่านของรอบเดียวกัน** ผลต่างเป็นการแก้ไขการอ่าน มิใช่ข้อเท็จจริงที่เปลี่ยนแปลง"
    yield from (f"- **คำเตือน** {_text(warning)}" for warning in report.warnings)


def _summary(report: ChangeReport) -> Iterable[str]:
    yield f"- รอบก่อน {_share(report.before.tally)}"
    yield f"- รอบนี้ {_share(report.after.tally)}"
    yield f"- {'ลดลง' if report.gained < 0 else 'เพิ่มขึ้น'} {number(abs(report.gained))} แห่ง"
    if report.needed_a_day is not None:
        yield f"- ต้องได้เฉลี่ยวันละ {number(report.needed_a_day, 1)} แห่ง"


def _changes(lines: Sequence[ChangeLine]) -> Iterable[str]:
    header = ("ลำดับ", "อำเภอ", "อปท.", "เดิม", "ใหม่", "ดีขึ้น/แย่ลง", "ต้องยืนยัน")
    return _table(
        header,
        [
            (
                number(line.sequence),
                line.district,
                line.body,
                standing(line.before_status, line.before_remark) if line.before_body is not None else NONE,
                standing(line.after_status, line.after_remark) if line.after_body is not None else NONE,
                better(line.better),
                review(line.review),
            )
            for line in lines
        ],
    )


def _bodies(lines: Sequence[ChangeLine]) -> Iterable[str]:
    rows = [
        (change_kind(line.kind), line.district, line.before_body or NONE, line.after_body or NONE, review(line.review))
        for line in lines
    ]
    return _table(("รายการ", "อำเภอ", "เดิม", "ใหม่", "ต้องยืนยัน"), rows)


def _groups(name: str, lines: Sequence[GroupLine]) -> Iterable[str]:
    rows = [(line.name, _share(line.before), _share(line.after), number(line.rank_after)) for line in lines]
    return _table((name, "รอบก่อน", "รอบนี้", "อันดับ"), rows)


def _chase(report: ChangeReport) -> Iterable[str]:
    rows = [
        (line.district, line.body, standing(line.status, line.remark), number(line.rounds), review(line.review))
        for line in report.chase
    ]
    return _table(("อำเภอ", "อปท.", "สถานะ", "ค้างมาแล้ว (รอบ)", "ต้องยืนยัน"), rows)


def _limits(report: ChangeReport) -> Iterable[str]:
    for name, head in (("รอบก่อน", report.before), ("รอบนี้", report.after)):
        yield f"- กฎที่ไม่ผ่าน {name}: {', '.join(head.blocked_by) or 'ไม่มี'}"
    if report.corrected:
        yield from ("", "### การแก้ไขการอ่าน", "", *_changes(report.corrected))
    if report.repairs:
        repairs = [
            (date_short(each.as_of), number(each.sequence), each.district, each.raw, each.body)
            for each in report.repairs
        ]
        header = ("รอบ", "ลำดับ", "อำเภอ", "อ่านได้", "ใช้เป็น")
        yield from ("", "### ชื่อที่แก้จากการอ่าน", "", *_table(header, repairs))
    if report.doubts:
        doubts = [
            (date_short(each.as_of), number(each.sequence), each.district, each.body or each.raw, review(each.review))
            for each in report.doubts
        ]
        header = ("รอบ", "ลำดับ", "อำเภอ", "อปท.", "เหตุผล")
        yield from ("", "### รายการที่ยังไม่ยืนยัน", "", *_table(header, doubts))


def _share(tally: Tally) -> str:
    percent = f" ({number(tally.percent, 2)} %)" if tally.percent is not None else ""
    return f"{number(tally.complete)}/{number(tally.total)}{percent}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    if not rows:
        return
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(map(_text, row))} |"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
