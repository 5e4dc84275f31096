"""The report as a page: its sections, pictures and digits; nothing of a document becomes code."""

import datetime as dt
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from models.change import ChangeKind
from reports.change_report import build
from reports.chart_geometry import pictures
from reports.html import as_html
from reports.report_layout import CellFormat, shown, written
from tests.reports.builders import FIRST, SECOND, SECTIONS, TODAY, N, row, snapshot


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


class TestPictures:
    def test_the_bands_add_up_to_both_rounds(self, report):
        for side, head in (("before", report.before), ("after", report.after)):
            counts: Counter[str] = Counter()
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
        assert shown("บ้าน 9", CellFormat.RAW, "thai") == "บ้าน 9"
