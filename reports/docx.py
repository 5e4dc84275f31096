"""The change report as a Word document: a memo (บันทึกข้อความ) to fill in and sign, and the report attached to it.

Measures and sizes are those of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ and its typing guide: TH Sarabun New 16 point,
margins 3 cm left and 2 cm right, the heading 29 point. What only the office knows is left as dotted lines.
"""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reports.labels import date_long
from reports.report_layout import RIGHT, CellFormat, Digits, ReportTable, Section, shown, written
from reports.report_model import ChangeReport
from reports.sections import head, pace, sections, standing

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FACE: Final = "TH Sarabun New"
_BODY, _TABLE, _LABEL, _TITLE = 16.0, 14.0, 20.0, 29.0
"""Sizes in points; the regulation has 16 for the body of a letter, and 29 for บันทึกข้อความ."""
_DOTS: Final = "." * 40
_TEXT_WIDTH: Final = 21.0 - 3.0 - 2.0
"""Centimeters of an A4 page between the margins of the regulation, 3 left and 2 right."""
_SHADE: Final = "EEF1F6"


def as_docx(report: ChangeReport, digits: Digits = "thai") -> bytes:
    """Return the memo and the report as the bytes of a .docx file."""
    document = Document()
    _set_page(document)
    _set_face(document)
    document.core_properties.title = head(report).title
    document.core_properties.author = report.made_by
    document.core_properties.language = "th-TH"
    _write_memo(document, report, digits)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _write_report(document, report, digits)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: "DocumentType") -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3.0), Cm(2.0)
    page.top_margin, page.bottom_margin = Cm(2.5), Cm(2.0)


def _set_face(document: "DocumentType") -> None:
    """Name the face for all scripts: Word takes the one for complex scripts, and its own size, for Thai."""
    for name in ("Normal", "Heading 1", "Caption"):
        style = document.styles[name]
        style.font.name = FACE
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FACE)
        _sized(style.font, properties, _BODY, strong=name == "Heading 1")
        language = OxmlElement("w:lang")
        language.set(qn("w:bidi"), "th-TH")
        properties.append(language)
        style.paragraph_format.space_before = Pt(6 if name == "Heading 1" else 0)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        style.font.color.rgb = None
        style.font.italic = False


def _sized(font: Any, properties: Any, points: float, *, strong: bool = False) -> None:  # noqa: ANN401 - XML elements
    """Set size and weight, and once more for complex scripts, which python-docx does not."""
    font.size, font.bold = Pt(points), strong
    for tag, value in (("w:szCs", str(int(points * 2))), ("w:bCs", "1" if strong else "0")):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        properties.append(element)


def _run(paragraph: "Paragraph", text: str, points: float = _BODY, *, strong: bool = False) -> "Run":
    run = paragraph.add_run(text)
    properties = run._element.get_or_add_rPr()
    _sized(run.font, properties, points, strong=strong)
    return run


def _write_memo(document: "DocumentType", report: ChangeReport, digits: Digits) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, "บันทึกข้อความ", _TITLE, strong=True)
    made = written(date_long(report.made_on), digits)
    lines = (
        (("ส่วนราชการ", report.made_by or _DOTS), ("โทร.", _DOTS)),
        (("ที่", _DOTS), ("วันที่", made)),
        (("เรื่อง", written(_memo_subject(report), digits)),),
    )
    for line in lines:
        paragraph = document.add_paragraph()
        for label, text in line:
            _run(paragraph, f"{label}  ", _LABEL, strong=True)
            _run(paragraph, f"{text}      ")
    salutation = document.add_paragraph()
    salutation.paragraph_format.space_before = Pt(6)
    _run(salutation, f"เรียน  {_DOTS}")
    for text in _sentences(report):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Cm(2.5)
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
        _run(paragraph, written(text, digits))
    for text in ("", f"({_DOTS})", f"ตำแหน่ง {_DOTS}"):
        signature = document.add_paragraph()
        signature.paragraph_format.left_indent = Cm(7.0)
        signature.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(signature, text)


def _memo_subject(report: ChangeReport) -> str:
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


def _write_report(document: "DocumentType", report: ChangeReport, digits: Digits) -> None:
    top = head(report)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, written(top.title, digits), _BODY, strong=True)
    for label, text in top.lines:
        paragraph = document.add_paragraph()
        _run(paragraph, f"{label}  ", strong=True)
        _run(paragraph, written(text, digits))
    for warning in top.warnings:
        _run(document.add_paragraph(), f"คำเตือน  {written(warning, digits)}", strong=True)
    for section in sections(report):
        _write_section(document, section, digits)


def _write_section(document: "DocumentType", section: Section, digits: Digits) -> None:
    heading = document.add_paragraph(style="Heading 1")
    _run(heading, written(f"{section.number} {section.title}", digits), strong=True)
    for text in section.paragraphs:
        _run(document.add_paragraph(), written(text, digits))
    for table in section.filled:
        for part in table.parts():
            _write_table(document, part, digits)
    if section.empty:
        _run(document.add_paragraph(), section.nothing)


def _write_table(document: "DocumentType", table: ReportTable, digits: Digits) -> None:
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(6)
    _run(caption, written(table.caption, digits), _TABLE)
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    widths = _widths(table)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width  # LibreOffice goes by these, Word by those of the cells
    cells = grid._cells
    across = len(table.columns)
    for index, column in enumerate(table.columns):
        _fill(cells[index], column.header, widths[index], strong=True, middle=True)
        _shade(cells[index])
    for at, row in enumerate(table.rows, start=1):
        for index, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            text = shown(value, column.kind, digits)
            _fill(cells[at * across + index], text, widths[index], right=column.kind in RIGHT)
    for at, row in enumerate(grid.rows):
        _keep_whole(row, header=at == 0)
    for note in table.notes:
        _run(document.add_paragraph(), written(note, digits), _TABLE)


def _widths(table: ReportTable) -> list[Any]:
    shares = [column.width if column.kind is not CellFormat.TEXT else column.width * 1.1 for column in table.columns]
    return [Cm(_TEXT_WIDTH * share / sum(shares)) for share in shares]


def _fill(cell: Any, text: str, width: Any, *, strong: bool = False, middle: bool = False, right: bool = False) -> None:  # noqa: ANN401
    cell.width = width
    paragraph = cell.paragraphs[0]
    if middle or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, _TABLE, strong=strong)


def _shade(cell: Any) -> None:  # noqa: ANN401 - python-docx's cell
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _keep_whole(row: Any, *, header: bool) -> None:  # noqa: ANN401 - python-docx's row
    """Part no row over two pages, and print the heading again on each page."""
    properties = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", *(("w:tblHeader",) if header else ())):
        properties.append(OxmlElement(tag))
