"""From bytes to pages, without the recognizer: formats, limits, geometry, tables and marks on drawn pictures."""

import io

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from core.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LimitError,
    MissingToolError,
    NotFoundError,
    UnknownEncodingError,
    UnknownFormatError,
)
from core.limits import Limits
from ingest.page_reader import describe
from ingest.preprocessing import orientation
from ingest.preprocessing.binarization import binarize
from ingest.recognition.tesseract import TesseractFailedError, _parse, find_recognizer, read_files
from ingest.recognition.word_grouping import Token, build_line
from ingest.sources import page_loading
from ingest.sources.file_type import MediaType, identify
from ingest.sources.plain_text import read_pages
from ingest.tables import check_marks, table_detection
from ingest.tables.rule_removal import find_components
from ingest.text_layer.extraction import find_distrust_reasons
from models.ocr import Mark

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def png(width=20, height=20) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (width, height), 255).save(stream, format="PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("scan.pdf", b"%PDF-1.7\n", MediaType.PDF),
        ("named-wrongly.pdf", png(), MediaType.PNG),
        ("x.tif", b"II*\x00rest", MediaType.TIFF),
        ("x.jpg", b"\xff\xd8\xff\xe0rest", MediaType.JPEG),
        ("x.txt", "ที่ มท".encode(), MediaType.TEXT),
    ],
)
def test_a_file_is_what_its_bytes_say(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    assert identify(tmp_path / name, Limits()) is expected


def test_each_bad_input_has_its_own_error(tmp_path):
    empty, html, short = tmp_path / "empty.pdf", tmp_path / "page.pdf", tmp_path / "cut.pdf"
    empty.touch()
    html.write_text("<html><body>404</body></html>")
    short.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")
    with pytest.raises(EmptyFileError):
        describe(empty, Limits())
    with pytest.raises(UnknownFormatError):
        describe(html, Limits())
    with pytest.raises(DamagedFileError):
        describe(short, Limits())
    with pytest.raises(NotFoundError):
        describe(tmp_path / "nothing.pdf", Limits())
    with pytest.raises(LimitError):
        describe(html, Limits(file_bytes=5))


def test_an_encrypted_pdf_says_so(tmp_path):
    path = tmp_path / "secret.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(EncryptedFileError) as caught:
        describe(path, Limits())
    assert "qpdf" in caught.value.hint("en")


def test_a_pdf_without_pages_is_damaged(tmp_path):
    path = tmp_path / "none.pdf"
    with pikepdf.new() as pdf:
        pdf.save(path)
    with pytest.raises(DamagedFileError):
        describe(path, Limits())


def test_a_picture_above_the_limit_is_not_decoded(tmp_path):
    path = tmp_path / "huge.png"
    path.write_bytes(png(300, 300))
    with pytest.raises(LimitError):
        page_loading.load_frame(path, 1, Limits(page_pixels=1000))


def test_a_cut_off_picture_is_damaged(tmp_path):
    path = tmp_path / "cut.png"
    path.write_bytes(png(200, 200)[:60])
    with pytest.raises(DamagedFileError):
        page_loading.load_frame(path, 1, Limits())


def test_every_frame_of_a_tiff_is_a_page(tmp_path):
    path = tmp_path / "many.tif"
    frames = [Image.new("L", (30, 40), shade) for shade in (0, 100, 200)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert describe(path, Limits()).pages == 3
    assert int(page_loading.load_frame(path, 2, Limits()).gray.mean()) == 100


def test_text_in_tis_620_and_utf_8_reads_the_same(tmp_path):
    text = "ที่ อต ๐๐๒๓.๓/ว ๑\n๑\tตรอน\n๒\tลับแล\n"
    pages = []
    for encoding in ("utf-8", "tis-620", "utf-8-sig"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.encode(encoding))
        pages.append(read_pages(path, Limits()))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0][0].grids[0].rows == 2
    assert pages[0][0].lines[0].text.startswith("ที่ อต")


def test_text_in_neither_encoding_is_refused(tmp_path):
    path = tmp_path / "odd.txt"
    path.write_bytes("ที่".encode("utf-32-be"))
    with pytest.raises(UnknownEncodingError):
        read_pages(path, Limits())


def test_a_missing_recognizer_names_the_file(tmp_path):
    with pytest.raises(MissingToolError, match=r"nothing\.traineddata"):
        find_recognizer("nothing", tmp_path)
    with pytest.raises(MissingToolError):
        find_recognizer("../../etc/passwd")


def test_confidence_keeps_its_decimals_and_text_is_never_a_number():
    row = "5\t1\t1\t1\t1\t1\t10\t20\t5\t8\t93.297\t007"
    [(picture, glyph)] = _parse(f"{HEADER}\n1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n{row}\n", 1)
    assert (picture, glyph.text) == (0, "007")
    assert glyph.confidence == pytest.approx(0.93297)
    assert (glyph.left, glyph.top, glyph.right, glyph.bottom) == (10, 20, 15, 28)


def test_output_that_is_no_tsv_or_lacks_a_picture_is_a_failure():
    with pytest.raises(TesseractFailedError):
        _parse("Segmentation fault", 1)
    with pytest.raises(TesseractFailedError):
        _parse(f"{HEADER}\n1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n", 2)


@pytest.mark.slow
def test_a_missing_picture_stops_nothing_silently(tmp_path):
    with pytest.raises(TesseractFailedError, match="no such picture"):
        read_files([tmp_path / "gone.pgm"], find_recognizer("saraban"), segmentation=7, dpi=300)


def test_thai_glyphs_join_into_words_by_their_gaps():
    def glyph(text, left, width=20):
        return Token(text, left, 0, left + width, 26, 0.9)

    line = build_line(
        [glyph("ท", 0), glyph("ี", 10, 10), glyph("่", 15, 5), glyph("อ", 60), glyph("ต", 84)], (1000.0, 1000.0)
    )
    assert line is not None
    assert line.text == "ที่ อต"
    assert line.words[1].box.x0 == pytest.approx(0.06)


def test_a_combining_mark_never_begins_a_word():
    line = build_line([Token("ส", 0, 0, 20, 26, 0.9), Token("ำ", 60, 0, 80, 26, 0.9)], (1000.0, 1000.0))
    assert line is not None
    assert line.text == "สำ"


@pytest.mark.parametrize(
    ("text", "faces", "why"),
    [
        ("", [], "empty"),
        ("ตามที่จังหวัดได้แจ้งให้องค์กร\ue001\ue002ปกครองส่วนท้องถิ่น", [], "private_use"),
        ("ด้วย " + "การบันทึกข้อมูลของท้องถิ่น ที่ทาการ รายงาน " * 20, [], "sara_am"),
        ("บันทึกข้อความ ส่วนราชการ วันที่ 12 มกราคม 2562", ["ABCDEF+THSarabunIT๙"], "digit_face"),
        ("ข้อความ ัผิด ่ผิด ้ผิด ิผิด ีผิด ในชั้นข้อความ", [], "lone_marks"),
    ],
)
def test_a_text_layer_that_lies_is_found_out(text, faces, why):
    assert why in find_distrust_reasons(text, faces)


def test_a_sound_text_layer_is_trusted():
    assert find_distrust_reasons("จึงเรียนมาเพื่อทราบและพิจารณาดำเนินการต่อไป ที่ มท ๐๘๑๐.๒/ว ๘๕๖", ["THSarabunNew"]) == ()


def ruled(rows=5, columns=4, merged=False):
    """Draw a table at 200 dpi: 60 px rows, 200 px columns; with `merged`, the first column's rows 1–2 are one."""
    page = np.full((rows * 60 + 200, columns * 200 + 200), 255, np.uint8)
    for row in range(rows + 1):
        left = 300 if merged and row == 2 else 100
        cv2.line(page, (left, 100 + 60 * row), (100 + 200 * columns, 100 + 60 * row), 0, 2)
    for column in range(columns + 1):
        cv2.line(page, (100 + 200 * column, 100), (100 + 200 * column, 100 + 60 * rows), 0, 2)
    return page


def tables_of(ink):
    return table_detection.find_tables(find_components(ink, table_detection.find_ruling_lines(ink, 200), 200), 200)


@pytest.mark.parametrize("skew", [-1.5, 0.0, 0.7])
def test_every_cell_of_a_ruled_table_is_found_even_when_skewed(skew):
    level, turned = orientation.deskew(orientation.turn(ruled(rows=12), skew))
    [table] = tables_of(binarize(level))
    assert (table.rows, table.columns, len(table.cells)) == (12, 4, 48)
    assert turned == pytest.approx(-skew, abs=0.15)


def test_a_merged_cell_keeps_its_span():
    [table] = tables_of(binarize(ruled(merged=True)))
    spans = {(cell.row, cell.column): cell.row_span for cell in table.cells}
    assert spans[1, 0] == 2
    assert len(table.cells) == 5 * 4 - 1


def test_text_without_rules_is_no_table():
    page = np.full((800, 800), 255, np.uint8)
    cv2.putText(page, "no table here", (100, 400), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0, 3)
    assert tables_of(binarize(page)) == []


def cell_with(draw):
    cell = np.zeros((56, 190), np.uint8)
    draw(cell)
    return check_marks.measure_cell_ink(cell, 200)


def test_a_cross_and_a_tick_are_told_apart():
    def cross(cell):
        cv2.line(cell, (80, 15), (102, 40), 255, 4)
        cv2.line(cell, (102, 15), (80, 40), 255, 4)

    def tick(cell):
        cv2.line(cell, (80, 30), (88, 40), 255, 4)
        cv2.line(cell, (88, 40), (106, 14), 255, 4)

    assert cell_with(cross).mark is Mark.CROSS
    assert cell_with(tick).mark is Mark.TICK


def test_dust_and_a_rest_of_a_rule_are_no_mark():
    def dirt(cell):
        cv2.line(cell, (0, 0), (189, 1), 255, 1)
        cell[30, 90] = 255

    assert cell_with(dirt).box is None
    assert cell_with(lambda cell: None).box is None
