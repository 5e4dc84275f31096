"""The report in every format that it is written in."""

import csv
import io
import json
import re
import zipfile

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree
from PIL import Image

from core.errors import MissingToolError, UsageError
from models.change import ChangeKind
from reports.change_report import build
from reports.pdf import FACES, FaceError, as_pdf, find_face
from reports.render import render
from reports.report_layout import Digits, written
from reports.workbook_writer import WorkbookWriter
from tests.reports.builders import EVIL, SECTIONS, TODAY, N, P, change, row


class TestFormats:
    def test_the_suffix_chooses(self, comparison, tmp_path):
        for suffix, sign in ((".html", "<!doctype html>"), (".md", "## ๙"), (".json", '"title"'), (".CSV", "ส่วน")):
            path = tmp_path / f"รายงาน{suffix}"
            render(build(comparison, TODAY), path)
            assert sign in path.read_text(encoding="utf-8")
        assert len(list(tmp_path.iterdir())) == 4

    def test_another_suffix_or_no_folder_is_a_usage_error(self, comparison, tmp_path):
        for path in (tmp_path / "a.exe", tmp_path / "none" / "a.html"):
            with pytest.raises(UsageError):
                render(build(comparison, TODAY), path)
        assert list(tmp_path.iterdir()) == []

    def test_csv_has_every_change_and_no_formula(self, comparison, tmp_path):
        remark = row(1, "ริม", P, remark="=HYPERLINK(1)")
        planted = change(ChangeKind.REMARK, row(1, "ริม", P, remark="-"), remark)
        comparison = comparison.model_copy(update={"changes": (*comparison.changes, planted)})
        render(build(comparison, TODAY), tmp_path / "a.csv")
        raw = (tmp_path / "a.csv").read_bytes()
        assert raw.startswith("\ufeff".encode())
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert len(rows) == 1 + len(comparison.changes)
        assert {len(cells) for cells in rows} == {len(rows[0])}
        assert {"'=HYPERLINK(1)", "-"} <= set(rows[5])
        assert not [cell for cells in rows for cell in cells if cell.startswith(("=", "+", "@"))]

    def test_json_holds_the_report(self, comparison, tmp_path):
        render(build(comparison, TODAY, "ก"), tmp_path / "a.json")
        loaded = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
        assert loaded == build(comparison, TODAY, "ก").model_dump(mode="json")

    def test_markdown_has_the_sections_and_escapes(self, comparison, tmp_path):
        render(build(comparison, TODAY), tmp_path / "a.md")
        text = (tmp_path / "a.md").read_text(encoding="utf-8")
        assert tuple(re.findall(r"^## (.*)$", text, flags=re.M)) == SECTIONS
        assert "<script" not in text
        assert "ฝ่าฝืน O02" in text
        tables = [line for line in text.splitlines() if line.startswith("|")]
        columns = {len(re.findall(r"(?<!\\)\|", line)) for line in tables if EVIL[1:7] in line}
        assert columns == {6, 9}


def sheets_of(path):
    """Every sheet of a workbook by name: its cells as (reference, type, value), and whether any is a formula."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as book:
        texts = [
            "".join(each.itertext())
            for each in etree.fromstring(book.read("xl/sharedStrings.xml")).iterfind("m:si", space)
        ]
        names = [each.get("name") for each in etree.fromstring(book.read("xl/workbook.xml")).iter("{*}sheet")]
        sheets = {}
        for index, name in enumerate(names, start=1):
            tree = etree.fromstring(book.read(f"xl/worksheets/sheet{index}.xml"))
            assert tree.findall(".//m:f", space) == []
            found = [(cell.get("t"), cell.findtext("m:v", namespaces=space)) for cell in tree.iter("{*}c")]
            sheets[name] = [texts[int(value)] if kind == "s" else value for kind, value in found]
        return sheets, book.namelist()


class TestWorkbook:
    def test_a_sheet_a_section_and_no_formula(self, report, tmp_path):
        render(report, tmp_path / "a.xlsx")
        sheets, files = sheets_of(tmp_path / "a.xlsx")
        assert len(sheets) == 9
        assert "บัญชีติดตาม" in sheets
        assert any(written(EVIL, "thai") in (value or "") for value in sheets["ถอยหลัง"])
        assert sum("charts/chart" in name for name in files) == 2

    def test_numbers_stay_numbers_whatever_their_digits(self, report, tmp_path):
        expected: tuple[tuple[Digits, str], ...] = (("thai", "๑ สรุป"), ("arabic", "1 สรุป"))
        for digits, first in expected:
            render(report, tmp_path / "a.xlsx", digits)
            sheets, _ = sheets_of(tmp_path / "a.xlsx")
            assert sheets["สรุป"][0] == first
            assert {"6", "1"} <= set(sheets["สรุป"])

    def test_names_of_sheets_are_legal_and_told_apart(self):
        book = WorkbookWriter("thai")
        names = [book.sheet("เพิ่ม/หาย: [ก]*" + "ย" * 40).name for _ in range(3)]
        assert len(set(names)) == 3
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
        assert book.bytes().startswith(b"PK")


class TestMemo:
    def test_the_memo_names_its_face_for_thai_and_holds_every_section(self, report, tmp_path):
        render(report, tmp_path / "a.docx")
        document = docx.Document(tmp_path / "a.docx")
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert document.tables[0].rows[0].cells[1].text == "บันทึกข้อความ"
        assert "จึงเรียนมาเพื่อโปรดทราบ" in text
        assert all(section in text for section in SECTIONS)
        fonts = document.styles["Normal"].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs")} == {"TH Sarabun New"}
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert any("<script>" in cell for cell in cells)
        assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables[1:])

    def read_memo(self, report, tmp_path, **more):
        render(report.model_copy(update=more), tmp_path / "a.docx")
        document = docx.Document(tmp_path / "a.docx")
        end = next(at for at, each in enumerate(document.paragraphs) if each.paragraph_format.page_break_before)
        return document, "\n".join(paragraph.text for paragraph in document.paragraphs[:end])

    def test_subject_and_telephone_stand_once(self, report, tmp_path):
        _, memo = self.read_memo(report, tmp_path, telephone="0 5500 0000")
        assert memo.count("เรื่อง") == 1
        assert memo.count("โทร.") == 1
        assert "โทร. ๐ ๕๕๐๐ ๐๐๐๐" in memo.replace("\u00a0", " ")

    def test_the_space_of_the_garuda_is_marked_where_no_picture_is_set_or_it_is_none(self, report, tmp_path):
        (tmp_path / "none.png").write_text("no picture")
        for garuda in (None, tmp_path / "gone.png", tmp_path / "none.png"):
            document, _ = self.read_memo(report, tmp_path, garuda=garuda)
            assert document.tables[0].rows[0].cells[0].text == "ที่สำหรับตราครุฑ"

    def test_the_garuda_of_the_office_is_as_tall_as_the_regulation_says(self, report, tmp_path):
        Image.new("L", (300, 400), 0).save(tmp_path / "garuda.png")
        document, _ = self.read_memo(report, tmp_path, garuda=tmp_path / "garuda.png")
        assert document.tables[0].rows[0].cells[0].text == ""
        emblem = next(iter(document.tables[0]._tbl.iter(qn("wp:extent"))))
        assert int(emblem.get("cy")) == Cm(1.5)

    def test_nothing_is_smaller_than_the_least_that_is_read_on_paper(self, report, tmp_path):
        document, _ = self.read_memo(report, tmp_path)
        sizes = {int(each.get(qn("w:val"))) / 2 for each in document.element.body.iter(qn("w:szCs"))}
        assert min(sizes) >= 12


class TestPdf:
    @pytest.fixture(autouse=True)
    def _needs_a_face(self):
        try:
            find_face()
        except FaceError:
            pytest.skip("no Thai font is installed")

    def test_its_text_is_copied_as_it_was_written(self, report, tmp_path):
        render(report, tmp_path / "a.pdf")
        document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert all(section in text for section in SECTIONS)
        assert "จัดทำ ณ วันที่" in text
        assert "๓๐ เมษายน ๒๕๖๔" in text
        assert "เรียบร้อยเพิ่ม" in text
        assert "ลำดับ" in text

    def test_no_face_is_set_smaller_than_twelve_points(self):
        assert min(size for _, size in FACES) >= 12

    def test_the_same_report_gives_the_same_bytes(self, report):
        assert as_pdf(report) == as_pdf(report)

    def test_nothing_of_a_document_is_read_as_markup(self, comparison):
        evil = row(2, "ผาตอ", N, remark="#panic() $x$ *a* _b_ \\ @c <d> = e")
        planted = comparison.model_copy(update={"changes": (change(ChangeKind.REMARK, evil, evil),)})
        assert as_pdf(build(planted, TODAY)).startswith(b"%PDF")

    def test_a_character_that_no_font_has_costs_no_report_and_is_told_of(self, comparison, tmp_path):
        odd = row(2, "ผาตอ", N, remark="ก ☐ ＝ 中 \ufffe \U00013000 ข")
        planted = comparison.model_copy(update={"changes": (change(ChangeKind.REMARK, odd, odd),)})
        render(build(planted, TODAY), tmp_path / "a.pdf")
        document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert "U+FFFE" in text
        assert "U+2610" not in text or "☐" not in text


def test_without_a_thai_face_the_next_step_is_named(monkeypatch, report):
    monkeypatch.setattr("reports.pdf.FACES", (("No such face", 1.0),))
    find_face.cache_clear()
    with pytest.raises(MissingToolError) as caught:
        as_pdf(report)
    find_face.cache_clear()
    assert "apt-get install" in caught.value.hint("en")
