"""Section nine of the change report: what was checked, what was repaired, and what nobody should rely on yet."""

from collections.abc import Iterator

from models.finding import Outcome
from models.issue import Severity
from reports.change_tables import BODY, DISTRICT, SEQUENCE, changes
from reports.code_labels import label_reviews
from reports.labels import basis, row_status, severity
from reports.report_layout import CellFormat, ReportColumn, ReportTable, Section, data_cell
from reports.report_model import ChangeReport, RoundHead

_ROUND = ReportColumn("ข้อมูล", CellFormat.DATE, 18)
_BODIES_SECTION = 5
"""Number of the section that lists bodies added and gone."""
_PAGE = ReportColumn("หน้า", CellFormat.NUMBER, 9)


def limits(report: ChangeReport) -> Section:
    """Return section nine."""
    tables = (_findings(report), _corrected(report), _repairs(report), _doubts(report))
    return Section(9, "ผลตรวจสอบและข้อจำกัด", "ผลตรวจสอบ", paragraphs=tuple(_statements(report)), tables=tables)


def _statements(report: ChangeReport) -> Iterator[str]:
    yield from _compared(report)
    yield _rules("รอบก่อน", report.before)
    yield _rules("รอบนี้", report.after)
    unrun = {finding.rule for finding in report.findings if finding.outcome is Outcome.COULD_NOT_RUN}
    if unrun:
        yield f"กฎที่ตรวจไม่ได้เพราะข้อมูลไม่พอ: {', '.join(sorted(unrun))}"
    if not report.repairs:
        yield "ไม่มีชื่อ อปท. ที่แก้ไขจากการอ่าน"
    if not report.doubts:
        yield "ไม่มีแถวที่ต้องตรวจกับต้นฉบับ"
    yield "ข้อมูลได้จากการอ่านเอกสารด้วยโปรแกรม กฎที่ผ่านแสดงว่าข้อมูลสอดคล้องกัน มิได้แสดงว่าทุกค่าถูกต้อง"


def _compared(report: ChangeReport) -> Iterator[str]:
    """Say how many rows of either round were compared, and which were not."""
    coverage = report.coverage
    if coverage is None:
        return
    yield (f"เปรียบเทียบแถวที่จับคู่กันได้ {coverage.paired} คู่ จากรอบก่อน {coverage.before} แถว และรอบนี้ {coverage.after} แถว")
    if coverage.before_alone or coverage.after_alone:
        yield (
            f"แถวที่ไม่มีคู่ให้เปรียบเทียบ รอบก่อน {coverage.before_alone} แถว รอบนี้ {coverage.after_alone} แถว "
            f"แสดงไว้ในข้อ {_BODIES_SECTION}"
        )
    if coverage.unread:
        yield f"แถวที่เปรียบเทียบสถานะไม่ได้เพราะอ่านสถานะไม่ได้ในรอบใดรอบหนึ่ง {coverage.unread} แถว"
    if report.wordings:
        words = ", ".join(f"“{said}” นับเป็น{row_status(status)}" for said, status in report.wordings)
        yield f"คำที่บัญชีใช้บอกสถานะ: {words}"


def _rules(name: str, head: RoundHead) -> str:
    said = f"ไม่ผ่านกฎ {', '.join(head.blocked_by)}" if head.blocked_by else "ผ่านกฎที่จำเป็นต่อการเปรียบเทียบ"
    # The digest is a name and no number: its digits stay as they are.
    reading = f"การอ่านครั้งที่ {head.version} ของเอกสาร sha256-{head.document[:12]}"
    return f"{name}: {said} ({reading})"


def _findings(report: ChangeReport) -> ReportTable:
    """Return the rules that are violated; what is told for information alone stays in `saraban check`."""
    columns = (
        _ROUND,
        ReportColumn("กฎ", CellFormat.NAME, 7),
        ReportColumn("ระดับ", CellFormat.NAME, 10),
        ReportColumn("อาศัย", width=18),
        ReportColumn("ผลที่พบ", width=50),
    )
    rows = tuple(
        (
            data_cell(finding.as_of, finding.as_of_precision),
            finding.rule,
            severity(finding.severity),
            basis(finding.basis),
            finding.message,
        )
        for finding in report.findings
        if finding.outcome is Outcome.VIOLATED and finding.severity is not Severity.INFO
    )
    return ReportTable(f"กฎที่ไม่ผ่าน {len(rows)} รายการ", columns, rows)


def _corrected(report: ChangeReport) -> ReportTable:
    return changes(report.corrected, f"ผลต่างระหว่างการอ่านสองครั้ง {len(report.corrected)} แห่ง")


def _repairs(report: ChangeReport) -> ReportTable:
    columns = (
        _ROUND,
        SEQUENCE,
        DISTRICT,
        ReportColumn("อ่านได้", CellFormat.RAW, 22),
        ReportColumn("ใช้เป็น", CellFormat.NAME, 22),
        _PAGE,
    )
    rows = tuple(
        (
            data_cell(each.as_of, each.as_of_precision),
            each.sequence,
            each.district,
            each.raw,
            each.body,
            each.page,
        )
        for each in report.repairs
    )
    return ReportTable(f"ชื่อที่แก้จากการอ่าน {len(rows)} รายการ", columns, rows)


def _doubts(report: ChangeReport) -> ReportTable:
    columns = (_ROUND, SEQUENCE, DISTRICT, BODY, ReportColumn("เหตุผล", width=40), _PAGE)
    rows = tuple(
        (
            data_cell(each.as_of, each.as_of_precision),
            each.sequence,
            each.district,
            each.body or each.raw or "–",
            label_reviews(each.review),
            each.page,
        )
        for each in report.doubts
    )
    return ReportTable(f"รายการที่ยังไม่ยืนยัน ควรตรวจกับต้นฉบับ {len(rows)} รายการ", columns, rows)
