"""The memo (บันทึกข้อความ) that a change report is handed up with, in the form of the regulation, to fill in and sign.

What only the office knows is left as dotted lines. The Garuda, 1.5 cm tall, is the office's own picture: a space of its
size is marked where none is set, for an emblem that is not quite it would be worse than none.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reports.docx_text import TEXT_WIDTH, add_run
from reports.labels import date_long
from reports.report_layout import Digits, written
from reports.report_model import ChangeReport
from reports.sections import head, pace, standing

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph

_LABEL, _TITLE, _SMALL = 20.0, 29.0, 12.0
"""Sizes in points: of labels, of บันทึกข้อความ, and of what marks the space of the Garuda."""
_GARUDA: Final = 1.5
"""Centimeters that the Garuda is tall on a memo."""
_HEAD: Final = (2.0, TEXT_WIDTH - 4.0, 2.0)
"""Centimeters of the columns of the head: the Garuda, the title, and as much again, so that the title is centered."""
_DAY_AT: Final = 7.5
"""Centimeters from the margin at which วันที่ stands, beside ที่."""
_DOTS: Final = "." * 40


def write_memo(document: "DocumentType", report: ChangeReport, digits: Digits) -> None:
    """Write the memo as the first page of a document."""
    _write_head(document, report)
    office = _line(document, ("ส่วนราชการ", report.made_by))
    telephone = f"โทร.\N{NO-BREAK SPACE}{written(report.telephone, digits).replace(' ', chr(0xA0))}"
    add_run(office, f"  {telephone}" if report.telephone else "")
    if not report.telephone:
        _add_label(office, "  โทร.")
        _add_dots(office, TEXT_WIDTH)
    number = _line(document, ("ที่", ""), until=_DAY_AT)
    _add_label(number, "  วันที่")
    add_run(number, f"  {written(date_long(report.made_on), digits)}")
    _line(document, ("เรื่อง", written(_get_subject(report), digits)))
    _line(document, ("เรียน", "")).paragraph_format.space_before = Pt(6)
    for text in _sentences(report):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Cm(2.5)
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
        add_run(paragraph, written(text, digits))
    for text in ("", "", f"({_DOTS})", f"ตำแหน่ง {_DOTS}"):
        signature = document.add_paragraph()
        signature.paragraph_format.left_indent = Cm(7.0)
        signature.paragraph_format.keep_with_next = True
        signature.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_run(signature, text)


def _write_head(document: "DocumentType", report: ChangeReport) -> None:
    table = document.add_table(rows=1, cols=len(_HEAD))
    table.autofit = False
    row = table.rows[0]
    row.height, row.height_rule = Cm(_GARUDA + 0.1), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, column, width in zip(row.cells, table.columns, _HEAD, strict=True):
        cell.width = column.width = Cm(width)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    emblem, title, _ = row.cells
    _write_garuda(emblem, report)
    title.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(title.paragraphs[0], "บันทึกข้อความ", _TITLE, strong=True)


def _write_garuda(cell: Any, report: ChangeReport) -> None:  # noqa: ANN401 - python-docx's cell
    """Put the office's picture into the cell, or mark its space."""
    paragraph = cell.paragraphs[0]
    if report.garuda is not None:
        # A picture that is gone or is none leaves the marked space: the memo is to be had all the same.
        with suppress(OSError, UnrecognizedImageError):
            add_run(paragraph, "").add_picture(str(report.garuda), height=Cm(_GARUDA))
            return
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(paragraph, "ที่สำหรับตราครุฑ", _SMALL)
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "4"), ("color", "808080")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)


def _line(document: "DocumentType", fact: tuple[str, str], until: float = TEXT_WIDTH) -> "Paragraph":
    """Add a line of a label and its value, or dots up to a place in centimeters."""
    paragraph = document.add_paragraph()
    label, text = fact
    _add_label(paragraph, label)
    if text:
        add_run(paragraph, f"  {text}")
    else:
        _add_dots(paragraph, until)
    return paragraph


def _add_label(paragraph: "Paragraph", text: str) -> None:
    add_run(paragraph, text, _LABEL, strong=True)


def _add_dots(paragraph: "Paragraph", until: float) -> None:
    """Add dots from where the text ends up to a place, for the pen."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(until), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    add_run(paragraph, "\t")


def _get_subject(report: ChangeReport) -> str:
    """Return what stands after เรื่อง: the title of the report without a second เรื่อง."""
    return head(report).title.replace(" เรื่อง ", "", 1)


def _sentences(report: ChangeReport) -> Iterable[str]:
    """Yield the paragraphs of the memo: what it is about, how things stand, and what is asked."""
    where = f" จังหวัด{report.province}" if report.province and report.province not in report.title else ""
    yield f"ตามที่ได้ติดตาม{report.title or 'การดำเนินการขององค์กรปกครองส่วนท้องถิ่น'}{where} นั้น"
    if report.has_status:
        yield " ".join((standing(report), *pace(report)))
    for warning in head(report).warnings:
        yield f"ทั้งนี้ {warning}"
    yield "รายละเอียดปรากฏตามรายงานที่แนบ จึงเรียนมาเพื่อโปรดทราบและพิจารณา"
