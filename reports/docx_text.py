"""Text in Word documents: the official face, its sizes for Thai, and the page of the regulation.

Measures and sizes are those of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ and its typing guide: TH Sarabun New 16 point,
margins 3 cm left and 2 cm right.
"""

from typing import TYPE_CHECKING, Any, Final

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reports.report_layout import Digits

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FACE: Final = "TH Sarabun New"
BODY: Final = 16.0
"""Points of the body of a letter."""
TEXT_WIDTH: Final = 21.0 - 3.0 - 2.0
"""Centimeters of an A4 page between the margins of the regulation, 3 left and 2 right."""


def set_page(document: "DocumentType", digits: Digits) -> None:
    """Give a document the page of the regulation, with its number on top from the second page on."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3.0), Cm(2.0)
    page.top_margin, page.bottom_margin = Cm(2.5), Cm(2.0)
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = add_run(number, "")
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
    if digits == "thai":
        form = OxmlElement("w:pgNumType")
        form.set(qn("w:fmt"), "thaiNumbers")
        page._sectPr.find(qn("w:pgMar")).addnext(form)


def set_face(document: "DocumentType") -> None:
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
        _sized(style.font, properties, BODY, strong=name == "Heading 1")
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


def add_run(paragraph: "Paragraph", text: str, points: float = BODY, *, strong: bool = False) -> "Run":
    """Add text to a paragraph, of a size for Thai and for other scripts alike."""
    run = paragraph.add_run(text)
    properties = run._element.get_or_add_rPr()
    _sized(run.font, properties, points, strong=strong)
    return run
