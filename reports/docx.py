"""The change report as a Word document: a memo (บันทึกข้อความ) to fill in and sign, and the report attached to it.

The pictures of the report are in it where a Thai face is installed, of which they are drawn.
"""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reports.docx_text import BODY, TEXT_WIDTH, add_run, set_face, set_page
from reports.memo import write_memo
from reports.pdf import DrawnPicture, draw_pictures
from reports.report_layout import RIGHT, CellFormat, Digits, ReportTable, Section, shown, written
from reports.report_model import ChangeReport
from reports.sections import head, sections

if TYPE_CHECKING:
    from docx.document import Document as DocumentType

_TABLE: Final = 14.0
"""Points of the text in tables."""
_PICTURE_DPI: Final = 200
"""Dots an inch at which pictures are drawn, those of a printer of the office halved."""
_SHADE: Final = "EEF1F6"


def as_docx(report: ChangeReport, digits: Digits = "thai") -> bytes:
    """Return the memo and the report as the bytes of a .docx file."""
    document = Document()
    set_face(document)
    set_page(document, digits)
    document.core_properties.title = head(report).title
    document.core_properties.author = report.made_by
    document.core_properties.language = "th-TH"
    write_memo(document, report, digits)
    _write_report(document, report, digits)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write_report(document: "DocumentType", report: ChangeReport, digits: Digits) -> None:
    top = head(report)
    title = document.add_paragraph()
    title.paragraph_format.page_break_before = True
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(title, written(top.title, digits), BODY, strong=True)
    for label, text in top.lines:
        paragraph = document.add_paragraph()
        add_run(paragraph, f"{label}  ", strong=True)
        add_run(paragraph, written(text, digits))
    for warning in top.warnings:
        add_run(document.add_paragraph(), f"คำเตือน  {written(warning, digits)}", strong=True)
    drawn = draw_pictures(report, digits, _PICTURE_DPI)
    for section in sections(report):
        _write_section(document, section, drawn, digits)


def _write_section(
    document: "DocumentType", section: Section, drawn: Mapping[str, Sequence[DrawnPicture]], digits: Digits
) -> None:
    heading = document.add_paragraph(style="Heading 1")
    add_run(heading, written(f"{section.number} {section.title}", digits), strong=True)
    for text in section.paragraphs:
        add_run(document.add_paragraph(), written(text, digits))
    for picture in (picture for name in section.pictures for picture in drawn.get(name, ())):
        _write_picture(document, picture)
    for table in section.filled:
        for part in table.parts():
            _write_table(document, part, digits)
    if section.empty:
        add_run(document.add_paragraph(), section.nothing)


def _write_picture(document: "DocumentType", picture: DrawnPicture) -> None:
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(6)
    add_run(caption, picture.caption, _TABLE)
    shape = document.add_paragraph().add_run().add_picture(io.BytesIO(picture.png), width=Cm(TEXT_WIDTH))
    shape._inline.docPr.set("descr", picture.name)


def _write_table(document: "DocumentType", table: ReportTable, digits: Digits) -> None:
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(6)
    add_run(caption, written(table.caption, digits), _TABLE)
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
        add_run(document.add_paragraph(), written(note, digits), _TABLE)


def _widths(table: ReportTable) -> list[Any]:
    shares = [column.width if column.kind is not CellFormat.TEXT else column.width * 1.1 for column in table.columns]
    return [Cm(TEXT_WIDTH * share / sum(shares)) for share in shares]


def _fill(cell: Any, text: str, width: Any, *, strong: bool = False, middle: bool = False, right: bool = False) -> None:  # noqa: ANN401
    cell.width = width
    paragraph = cell.paragraphs[0]
    if middle or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.RIGHT
    add_run(paragraph, text, _TABLE, strong=strong)


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
