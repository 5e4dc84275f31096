"""A document of a word processor is text and tables in the order in which it is read."""

import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.shared import Length

from core.errors import DamagedFileError, LimitError
from core.limits import Limits
from ingest.page_reader import PageTask, describe, read_page
from ingest.sources.file_type import MediaType
from ingest.sources.word_document import read_word_pages
from models.ocr import IslandKind, Mark
from tests.pipeline.test_importing import NOBODY

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LETTER = ("ที่ อต ๐๐๒๓.๓/ว ๑", "เรื่อง ขอเชิญประชุม", "เรียน นายอำเภอทุกอำเภอ")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "letter.docx"


def test_paragraphs_are_lines_and_a_break_is_a_page(path):
    document = docx.Document()
    for text in LETTER:
        document.add_paragraph(text)
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("บัญชีแนบท้าย")
    document.save(path)
    first, second = read_word_pages(path, Limits())
    assert [line.text for line in first.lines] == list(LETTER)
    assert [line.text for line in second.lines] == ["บัญชีแนบท้าย"]
    assert not first.has_layout


def test_it_is_known_by_its_name_and_read_page_by_page(path):
    document = docx.Document()
    document.add_paragraph(LETTER[0])
    document.save(path)
    source = describe(path, Limits())
    assert (source.media_type, source.pages) == (MediaType.DOCX, 1)
    reading = read_page(PageTask(path, MediaType.DOCX, 1, NOBODY, Limits()))
    assert reading.page.lines[0].text == LETTER[0]


def test_a_table_is_a_grid_in_its_place_and_a_merged_cell_goes_on(path):
    document = docx.Document()
    document.add_paragraph("ก่อน")
    table = document.add_table(rows=3, cols=2)
    for row, texts in enumerate((("อปท.", "สถานะ"), ("ทต.ทดสอบ", "/"), ("อบต.ทดสอบ", "-"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    document.add_paragraph("หลัง")
    document.save(path)
    [page] = read_word_pages(path, Limits())
    [grid] = page.grids
    assert (grid.rows, grid.columns) == (3, 2)
    assert grid.at(0, 0).text == grid.at(0, 1).text
    assert [grid.at(row, 1).mark for row in (1, 2)] == [Mark.SLASH, Mark.DASH]
    assert page.lines[0].box.y1 <= grid.box.y0 < grid.box.y1 <= page.lines[1].box.y0


def test_it_says_what_a_reader_sees(path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "ด่วนที่สุด"
    paragraph = document.add_paragraph("วันที่ ")
    paragraph._p.append(parse_xml(f"<w:del {SPACE}><w:r><w:delText>๑</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {SPACE}><w:r><w:t>๒</w:t></w:r></w:ins>"))
    document.save(path)
    [page] = read_word_pages(path, Limits())
    assert [line.text for line in page.lines] == ["ด่วนที่สุด", "วันที่ ๒"]


def test_a_picture_is_left_over(path, tmp_path):
    from PIL import Image

    Image.new("RGB", (30, 30)).save(tmp_path / "a.png")
    document = docx.Document()
    document.add_paragraph("ก่อน")
    document.add_picture(str(tmp_path / "a.png"))
    document.save(path)
    [page] = read_word_pages(path, Limits())
    assert [island.kind for island in page.leftover] == [IslandKind.PICTURE]


def test_what_unpacks_to_too_much_is_refused(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"0" * 30_000)
    with pytest.raises(LimitError, match="file_bytes"):
        read_word_pages(path, Limits(file_bytes=1000))


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500])
def test_what_is_no_document_is_damaged(path, content):
    path.write_bytes(content)
    with pytest.raises(DamagedFileError):
        describe(path, Limits())


def test_too_many_cells_are_refused(path):
    document = docx.Document()
    document.add_table(rows=3, cols=4)
    document.save(path)
    with pytest.raises(LimitError, match="page_cells"):
        read_word_pages(path, Limits(page_cells=10))


def leftover(path):
    return [(island.kind, island.text) for page in read_word_pages(path, Limits()) for island in page.leftover]


def test_a_comment_is_no_line_and_is_left_over(path):
    document = docx.Document()
    paragraph = document.add_paragraph(LETTER[0])
    document.add_comment(paragraph.runs, text="ขอให้ทบทวน", author="ตัวอย่าง")
    document.save(path)
    assert leftover(path) == [(IslandKind.ANNOTATION, "ขอให้ทบทวน")]


def test_the_header_of_a_first_page_and_a_table_in_a_header_are_told_of(path):
    document = docx.Document()
    document.add_paragraph(LETTER[0])
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "ลับมาก"
    section.header.is_linked_to_previous = False
    section.header.add_table(1, 1, section.page_width or Length(0)).cell(0, 0).text = "เลขรับ ๑๒"
    document.save(path)
    assert {text for _, text in leftover(path)} == {"ลับมาก", "เลขรับ ๑๒"}


def test_what_stands_in_a_content_control_is_read(path):
    document = docx.Document()
    document.add_paragraph(LETTER[0])
    inner = f"<w:p {SPACE}><w:r><w:t>{LETTER[1]}</w:t></w:r></w:p>"
    control = f"<w:sdt {SPACE}><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control))
    document.save(path)
    assert [line.text for line in read_word_pages(path, Limits())[0].lines] == list(LETTER[:2])
    assert leftover(path) == []


def test_a_picture_in_a_cell_is_left_over(path):
    from PIL import Image

    Image.new("L", (20, 20)).save(path.with_suffix(".png"))
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "ลายมือชื่อ"
    cell.paragraphs[0].add_run().add_picture(str(path.with_suffix(".png")))
    document.save(path)
    assert leftover(path) == [(IslandKind.PICTURE, "")]
