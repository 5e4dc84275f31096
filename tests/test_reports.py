"""Reports say what a comparison holds, all of it, and let nothing of a document become code."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree

from core.errors import MissingToolError, UsageError
from models.annex import Annex, BodyKind, BodyRef, Status
from models.change import Change, ChangeKind, Comparison, TotalChange
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Field
from models.finding import Finding, Outcome, Verdict
from models.issue import Issue, Message, Severity
from models.letter import Letter, LetterKind, NumberField
from models.snapshot import Place, Series, Snapshot, SnapshotRow
from models.summary import DocumentSummary
from reports import words
from reports.change_report import build
from reports.html import as_html
from reports.layout import Kind, shown, written
from reports.pdf import FaceError, as_pdf, face_of
from reports.pictures import pictures
from reports.render import extract_path, extracts, render
from reports.sheets import Book
from reports.table import changes_table, document_tables, documents_table, rounds_table, show, verdicts_table

FIRST, SECOND, TODAY = dt.date(2021, 4, 16), dt.date(2021, 4, 29), dt.date(2021, 4, 30)
DEADLINE = dt.date(2021, 5, 7)
SECTIONS = (
    "๑ สรุป",
    "๒ เรียบร้อยเพิ่ม",
    "๓ ถอยหลัง",
    "๔ หมายเหตุเปลี่ยน",
    "๕ เพิ่ม/หาย/เปลี่ยนชื่อ/ยกฐานะ",
    "๖ รายอำเภอ",
    "๗ ตามประเภท อปท.",
    "๘ บัญชีติดตาม",
    "๙ ผลตรวจสอบและข้อจำกัด",
)
C, P, N = Status.COMPLETE, Status.INCOMPLETE, Status.NOT_STARTED
EVIL = "<script>alert(1)</script>|=1+1"


def row(number, name, status, district="ปัว", kind=BodyKind.SAO, raw=None, **more):
    body = BodyRef(kind=kind, name=name)
    place = Place(document="ab" * 32, page=2, raw=raw if raw is not None else body.label)
    fields = {"sequence": number, "remark": "", "place": place, **more}
    return SnapshotRow(district=district, body=body, label=body.label, status=status, **fields)


def snapshot(as_of, rows, **more):
    fields = {"key": str(as_of), "series": "s", "title": "การบันทึกข้อมูล", "province": "น่าน", "document": "ab" * 32}
    return Snapshot(**{**fields, "annex": 0, "deadline": DEADLINE, **more}, as_of=as_of, rows=tuple(rows))


def change(kind, before, after, better=None, review=()):
    known = after or before
    return Change(
        kind=kind, body=known.label, district=known.district, before=before, after=after, better=better, review=review
    )


@pytest.fixture
def comparison():
    before = [
        row(1, "ริม", N, remark="ยังไม่บันทึกข้อมูล"),
        row(2, "ผาตอ", C),
        row(3, "จอมพระ", P, remark="แค่ปี ๒๕๖๒"),
        row(4, "เก่า", P),
        row(5, "กลางเวียง", P, district="เวียงสา"),
        row(6, "หายไป", N, district="เวียงสา"),
    ]
    after = [
        row(1, "ริม", C),
        row(2, "ผาตอ", N, remark=EVIL),
        row(3, "จอมพระ", P, remark="แค่ปี ๒๕๖๒-๒๕๖๓", raw="อบต.จอมพร", review=("register.near",)),
        row(4, "ใหม่", P),
        row(5, "กลางเวียง", None, district="เวียงสา"),
        row(6, "เพิ่มมา", N, district="เวียงสา", kind=BodyKind.TOWN),
    ]
    changes = (
        change(ChangeKind.STATUS, before[0], after[0], better=True),
        change(ChangeKind.STATUS, before[1], after[1], better=False),
        change(ChangeKind.REMARK, before[2], after[2], better=True, review=("register.near",)),
        change(ChangeKind.RENAMED, before[3], after[3], review=("match.uncertain",)),
        change(ChangeKind.STATUS, before[4], after[4], review=("status.unread",)),
        change(ChangeKind.ADDED, None, after[5]),
        change(ChangeKind.REMOVED, before[5], None),
    )
    return Comparison(
        before=snapshot(FIRST, before), after=snapshot(SECOND, after), changes=changes, warnings=("ฝ่าฝืน O02",)
    )


@pytest.fixture
def report(comparison):
    return build(comparison, TODAY, "สำนักงานท้องถิ่น")


class Reader(HTMLParser):
    """Gathers headings, tags and what the page would load."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.tags, self.loads, self.inside = [], [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.loads += [value for name, value in attrs if name in ("src", "href", "data", "action", "srcset")]
        self.inside = tag == "h2"

    def handle_data(self, data):
        if self.inside:
            self.headings.append(data)
            self.inside = False


class TestBuild:
    def test_the_figures(self, report):
        assert (report.before.tally.complete, report.before.tally.total) == (1, 6)
        assert report.after.tally.model_dump() == {
            "total": 6,
            "complete": 1,
            "incomplete": 2,
            "not_started": 2,
            "unread": 1,
        }
        assert (report.gained, report.remaining, report.days_left, report.needed_a_day) == (0, 5, 7, 0.8)

    def test_every_change_stands_in_exactly_one_section(self, report, comparison):
        lines = [*report.newly_complete, *report.fell_back, *report.remarks, *report.bodies, *report.corrected]
        assert sorted((line.kind, line.body) for line in lines) == sorted((c.kind, c.body) for c in comparison.changes)
        assert [line.body for line in report.newly_complete] == ["อบต.ริม"]
        assert [line.body for line in report.fell_back] == ["อบต.ผาตอ"]
        assert [line.body for line in report.remarks] == ["อบต.จอมพระ", "อบต.กลางเวียง"]

    def test_no_day_is_left(self, comparison):
        for today, left in ((DEADLINE, 0), (DEADLINE + dt.timedelta(3), -3)):
            late = build(comparison, today)
            assert (late.days_left, late.needed_a_day) == (left, None)

    def test_equals_share_a_rank(self):
        rows = [row(i, f"ก{i}", status, district=d) for i, (status, d) in enumerate([(C, "ก"), (C, "ข"), (P, "ค")])]
        old = [row(i, f"ก{i}", P if d == "ก" else C, district=d) for i, d in enumerate("กขค")]
        built = build(Comparison(before=snapshot(FIRST, old), after=snapshot(SECOND, rows), changes=()), TODAY)
        assert [(each.name, each.rank_before, each.rank_after) for each in built.districts] == [
            ("ก", 3, 1),
            ("ข", 1, 1),
            ("ค", 1, 3),
        ]
        assert all(each.few for each in built.districts)

    def test_kinds_stand_in_their_official_order(self, report):
        assert [(line.name, line.before.total, line.after.total) for line in report.kinds] == [
            ("ทม.", 0, 1),
            ("อบต.", 6, 5),
        ]

    def test_who_is_behind_and_for_how_long(self, comparison):
        first = snapshot(dt.date(2021, 3, 1), [row(3, "จอมพระ", N), row(4, "เก่า", C), row(2, "ผาตอ", N)])
        chase = {line.body: line.rounds for line in build(comparison, TODAY, earlier=[first]).chase}
        assert chase == {"อบต.ผาตอ": 1, "อบต.จอมพระ": 3, "อบต.ใหม่": 2, "ทม.เพิ่มมา": 1}

    def test_not_started_comes_before_incomplete_within_a_district(self, report):
        assert [(line.district, line.status) for line in report.chase] == [
            ("ปัว", N),
            ("ปัว", P),
            ("ปัว", P),
            ("เวียงสา", N),
        ]

    def test_doubts_and_repairs_are_listed(self, report):
        assert [(line.body, line.review) for line in report.doubts] == [
            ("อบต.จอมพระ", ("register.near",)),
            ("อบต.กลางเวียง", ("status.unread",)),
        ]
        assert [(line.raw, line.body) for line in report.repairs] == [("อบต.จอมพร", "อบต.จอมพระ")]

    def test_empty_rounds(self):
        empty = build(Comparison(before=snapshot(None, []), after=snapshot(None, []), changes=()), TODAY)
        assert empty.after.tally.percent is None
        assert all(heading in as_html(empty) for heading in SECTIONS)


class TestHtml:
    def test_the_nine_sections_in_their_order(self, report):
        assert tuple(Reader(as_html(report)).headings) == SECTIONS

    def test_nothing_of_a_document_becomes_code_and_nothing_is_loaded(self, report):
        page = as_html(report)
        assert "&lt;script&gt;" in page
        assert "script" not in Reader(page).tags
        assert Reader(page).loads == []
        assert re.findall(r"url\(|@import|https?:", page.replace('xmlns="http://www.w3.org/2000/svg"', "")) == []

    def test_every_table_has_a_caption_and_every_heading_cell_a_scope(self, report):
        page = as_html(report)
        assert page.count("<table") == page.count("<caption") > 5
        assert re.findall(r"<th(?! scope=)[\s>]", page) == []
        assert '<html lang="th">' in page

    def test_numbers_and_dates_are_thai(self, report):
        page = as_html(report)
        assert "วันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔" in page
        assert "เหลือ ๗ วัน" in page
        assert "๑/๖\u00a0(๑๖.๖๗\u00a0%)" in page
        text = re.sub(r"<style>.*?</style>|<[^>]+>|sha256-[0-9a-f]{12}", "", page, flags=re.S)
        assert re.findall(r"\d+", text, flags=re.A) == ["02"]  # of rule O02

    def test_what_is_not_sure_says_so(self, report):
        page = as_html(report)
        doubted = [table for table in re.findall("<table.*?</table>", page, re.S) if "ต้องยืนยัน</th>" in table]
        assert len(doubted) == 3  # remarks, bodies, and who is to be followed up
        assert "จับคู่ข้ามรอบจากชื่อที่คล้ายกัน" in page
        assert "ฝ่าฝืน O02" in page

    def test_a_correction_is_not_told_as_a_change(self, comparison):
        corrected = tuple(each.model_copy(update={"kind": ChangeKind.CORRECTED}) for each in comparison.changes)
        page = as_html(build(comparison.model_copy(update={"changes": corrected}), TODAY))
        assert "มิใช่ข้อเท็จจริงที่เปลี่ยนแปลง" in page
        assert "ผลต่างระหว่างการอ่านสองครั้ง ๗ แห่ง" in page


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
        for digits, first in (("thai", "๑ สรุป"), ("arabic", "1 สรุป")):
            render(report, tmp_path / "a.xlsx", digits)
            sheets, _ = sheets_of(tmp_path / "a.xlsx")
            assert sheets["สรุป"][0] == first
            assert {"6", "1"} <= set(sheets["สรุป"])

    def test_names_of_sheets_are_legal_and_told_apart(self):
        book = Book("thai")
        names = [book.sheet("เพิ่ม/หาย: [ก]*" + "ย" * 40).name for _ in range(3)]
        assert len(set(names)) == 3
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
        assert book.bytes().startswith(b"PK")


class TestMemo:
    def test_the_memo_names_its_face_for_thai_and_holds_every_section(self, report, tmp_path):
        render(report, tmp_path / "a.docx")
        document = docx.Document(tmp_path / "a.docx")
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert text.startswith("บันทึกข้อความ")
        assert "จึงเรียนมาเพื่อโปรดทราบ" in text
        assert all(section in text for section in SECTIONS)
        fonts = document.styles["Normal"].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs")} == {"TH Sarabun New"}
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert any("<script>" in cell for cell in cells)
        assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)


class TestPdf:
    @pytest.fixture(autouse=True)
    def _needs_a_face(self):
        try:
            face_of()
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

    def test_the_same_report_gives_the_same_bytes(self, report):
        assert as_pdf(report) == as_pdf(report)

    def test_nothing_of_a_document_is_read_as_markup(self, comparison):
        evil = row(2, "ผาตอ", N, remark="#panic() $x$ *a* _b_ \\ @c <d> = e")
        planted = comparison.model_copy(update={"changes": (change(ChangeKind.REMARK, evil, evil),)})
        assert as_pdf(build(planted, TODAY)).startswith(b"%PDF")


def test_without_a_thai_face_the_next_step_is_named(monkeypatch, report):
    monkeypatch.setattr("reports.pdf.FACES", (("No such face", 1.0),))
    face_of.cache_clear()
    with pytest.raises(MissingToolError) as caught:
        as_pdf(report)
    face_of.cache_clear()
    assert "apt-get install" in caught.value.hint("en")


class TestPictures:
    def test_the_bands_add_up_to_both_rounds(self, report):
        for side, head in (("before", report.before), ("after", report.after)):
            counts = Counter()
            for flow in report.movement:
                counts[getattr(flow, side)] += flow.count
            assert counts["complete"] == head.tally.complete
            assert counts.total() - counts["absent"] == head.tally.total

    def test_the_grid_has_every_body_and_rings_what_changed(self, report):
        cells = [cell for line in report.grid for cell in line.cells]
        assert len(cells) == report.after.tally.total
        assert {cell.body for cell in cells if cell.changed} == {"อบต.ริม", "อบต.ผาตอ", "อบต.กลางเวียง", "ทม.เพิ่มมา"}

    def test_what_nobody_could_read_is_not_drawn(self, report):
        assert set(pictures(report, "thai")) == {"districts", "grid", "movement", "trend"}
        assert [len(parts) for parts in pictures(report, "thai").values()] == [1, 1, 1, 1]
        some = report.model_copy(update={"districts": report.districts * 15, "grid": report.grid * 20})
        assert {name: len(parts) for name, parts in pictures(some, "thai").items()} == {
            "districts": 2,
            "movement": 1,
            "trend": 1,
            "grid": 2,
        }
        many = report.model_copy(update={"districts": report.districts * 100, "grid": report.grid * 500})
        assert set(pictures(many, "thai")) == {"movement", "trend"}

    def test_the_trend_has_every_round(self, comparison):
        first = snapshot(dt.date(2021, 3, 1), [row(1, "ริม", N)])
        trend = build(comparison, TODAY, earlier=[first]).trend
        assert [point.as_of for point in trend] == [first.as_of, FIRST, SECOND]


class TestDigits:
    def test_arabic_digits_as_asked(self, report):
        page = as_html(report, "arabic")
        assert "วันศุกร์ที่ 7 พฤษภาคม 2564" in page
        assert re.findall("[๐-๙]", page) == []

    @pytest.mark.parametrize(
        ("text", "thai"),
        [
            ("21/80 (26.25 %)", "๒๑/๘๐ (๒๖.๒๕ %)"),
            ("กฎ O02 และ T01", "กฎ O02 และ T01"),
            ("มท 0810.2/ว 856", "มท ๐๘๑๐.๒/ว ๘๕๖"),
        ],
    )
    def test_a_code_with_letters_keeps_its_digits(self, text, thai):
        assert written(text, "thai") == thai

    def test_what_was_read_keeps_its_digits(self):
        assert shown("บ้าน 9", Kind.RAW, "thai") == "บ้าน 9"


class TestAnAnnexOfNumbers:
    """Counts and amounts say of no body that it is complete; the report then speaks of numbers alone."""

    @pytest.fixture
    def numbers(self):
        old, new = (row(1, "ริม", None, values={"c3": value}) for value in (2, 1500.5))
        planted = change(ChangeKind.VALUE, old, new).model_copy(
            update={"column": "จำนวนโครงการ", "before_value": 2, "after_value": 1500.5}
        )
        totals = (TotalChange(column="จำนวนโครงการ", before=20, after=21),)
        before, after = snapshot(FIRST, [old], shape="counts"), snapshot(SECOND, [new], shape="counts")
        return build(Comparison(before=before, after=after, changes=(planted,), totals=totals), TODAY)

    def test_it_names_the_numbers_and_no_share(self, numbers):
        page = as_html(numbers)
        assert "จำนวนโครงการ" in page
        assert "๑,๕๐๐.๕๐" in page
        assert "ยอดรวมท้ายบัญชีที่เปลี่ยน" in page
        assert "ต้องได้เฉลี่ยวันละ" not in page
        assert numbers.doubts == ()

    def test_every_format_takes_it(self, numbers, tmp_path):
        for suffix in (".xlsx", ".docx", ".md", ".csv", ".json"):
            render(numbers, tmp_path / f"a{suffix}")
        assert "จำนวนเปลี่ยน" in (tmp_path / "a.csv").read_text("utf-8")


class TestExtracts:
    def test_one_a_district_with_its_own_bodies_and_its_rank_among_all(self, comparison, report):
        found = list(extracts(comparison, TODAY))
        assert [each.scope for each in found] == ["ปัว", "เวียงสา"]
        assert [each.after.tally.total for each in found] == [4, 2]
        assert [line.rank_after for each in found for line in each.districts] == [
            line.rank_after for line in report.districts
        ]
        for each in found:
            lines = [*each.newly_complete, *each.fell_back, *each.remarks, *each.bodies, *each.chase, *each.doubts]
            assert {line.district for line in lines} == {each.scope}
        assert "เฉพาะอำเภอปัว" in as_html(found[0])

    def test_their_names_say_the_district_and_leave_the_folder_never(self, tmp_path):
        path = tmp_path / "รายงาน.docx"
        assert extract_path(path, "เมืองน่าน").name == "รายงาน-อำเภอเมืองน่าน.docx"
        assert extract_path(path, "../../x/ย").parent == tmp_path


class TestWords:
    def test_dates(self):
        assert words.date_long(FIRST) == "๑๖ เมษายน ๒๕๖๔"
        assert words.date_short(FIRST) == "๑๖ เม.ย. ๒๕๖๔"
        assert words.date_short(FIRST, "en") == "2021-04-16"
        assert words.date_with_weekday(DEADLINE) == "วันศุกร์ที่ ๗ พฤษภาคม ๒๕๖๔"
        assert {words.date_long(None), words.date_short(None), words.date_with_weekday(None)} == {words.NONE}

    def test_numbers(self):
        assert [words.number(1234), words.number(0), words.number(26.25, 2), words.number(None)] == [
            "๑,๒๓๔",
            "๐",
            "๒๖.๒๕",
            words.NONE,
        ]

    def test_every_value_has_words_in_both_languages(self):
        for say, values in (
            (words.document_status, DocumentStatus),
            (words.row_status, [*Status, None]),
            (words.change_kind, ChangeKind),
            (words.outcome, Outcome),
            (words.severity, Severity),
        ):
            assert all(say(value, "th") and say(value, "en").isascii() for value in values)

    def test_a_reason_without_words_is_shown_as_it_is(self):
        assert words.review(("match.uncertain", "strange.code")).endswith("(strange.code)")
        assert words.review(()) == ""


def printed(capsys, *tables):
    for table in tables:
        show(table)
    return capsys.readouterr().out


class TestTables:
    def test_documents(self, capsys):
        summary = DocumentSummary(
            sha256="ab" * 32,
            name="หนังสือ.pdf",
            media_type="application/pdf",
            pages=4,
            status=DocumentStatus.NEEDS_REVIEW,
            imported_at=dt.datetime.now(dt.UTC),
            engine="e",
            letters=2,
            annexes=1,
            number="มท 0810.2/ว 856",
            date=FIRST,
            subject="ย" * 300,
        )
        out = printed(capsys, documents_table([summary]))
        assert "มท ๐๘๑๐.๒/ว ๘๕๖" in out
        assert "ย" * 300 in out
        assert "needs review" in printed(capsys, documents_table([summary], "en"))

    def test_verdicts(self, capsys):
        message = Message(th="ลำดับข้าม", en="gap")
        finding = Finding(
            rule="O01", severity=Severity.ERROR, outcome=Outcome.VIOLATED, message=message, suggestion="๔๗"
        )
        verdicts = [
            Verdict(
                rule="O01",
                severity=Severity.ERROR,
                statement=Message(th="ต่อเนื่อง", en="whole"),
                outcome=Outcome.VIOLATED,
                findings=(finding,),
            ),
            Verdict(
                rule="T01",
                severity=Severity.ERROR,
                statement=Message(th="ยอดรวมตรง", en="sums"),
                outcome=Outcome.PASSED,
                passes=1,
            ),
        ]
        out = printed(capsys, verdicts_table(verdicts, "th", "a.pdf"))
        assert "ลำดับข้าม → ๔๗" in out
        assert "a.pdf" in out
        assert "T01" not in out
        assert "sums" in printed(capsys, verdicts_table(verdicts, "en", every=True))

    def test_rounds_and_changes(self, capsys, comparison):
        series = Series(title="ก", province="น่าน", rounds=(comparison.before, comparison.after))
        out = printed(capsys, rounds_table([series]), changes_table(comparison))
        assert "๑/๖" in out
        assert "๑๖ เม.ย. ๒๕๖๔ → ๒๙ เม.ย. ๒๕๖๔" in out
        assert "ฝ่าฝืน O02" in out
        assert len([line for line in out.splitlines() if "อบต.ริม" in line]) == 1
        assert "renamed" in printed(capsys, changes_table(comparison, "en"))

    def test_a_document(self, capsys):
        letter = Letter(
            kind=LetterKind.EXTERNAL_LETTER,
            pages=(1,),
            number=NumberField(value="มท 1/ว 2", confidence=0.5, review=("low_confidence",)),
            date=Field[dt.date](value=FIRST),
        )
        annex = Annex(
            title=Field[str](value="บัญชี"),
            province=Field[str](value="น่าน"),
            as_of=Field[dt.date](value=FIRST),
            pages=(2,),
            shape="marks",
            columns=(),
            rows=(),
        )
        document = Document(
            source=SourceDocument(name="a", sha256="ab" * 32, media_type="text/plain", pages=1),
            status=DocumentStatus.NEEDS_REVIEW,
            text="",
            pages=(Page(number=1, text="", engine="e"),),
            letters=(letter,),
            annexes=(annex,),
            issues=(Issue(code="x.y", severity=Severity.ERROR, stage="parse", message=Message(th="เสีย", en="bad")),),
        )
        out = printed(capsys, *document_tables(document))
        assert "มท ๑/ว ๒" in out
        assert "low_confidence" in out
        assert "บัญชี (๑๖ เม.ย. ๒๕๖๔)" in out
        assert "เสีย" in out
        assert "bad" in printed(capsys, *document_tables(document, "en"))

    def test_nothing_in_a_cell_steers_the_terminal(self, capsys, comparison):
        evil = row(1, "ริม", P, remark="[red]a[/red]\x1b[2Jb")
        planted = comparison.model_copy(update={"changes": (change(ChangeKind.REMARK, evil, evil),)})
        out = printed(capsys, changes_table(planted))
        assert "[red]a[/red]" in out
        assert "\x1b" not in out
