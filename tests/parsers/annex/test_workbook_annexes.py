"""Workbooks as people keep them: every sheet, title rows, merged cells, rows of totals, formulas without values."""

import datetime as dt
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.limits import Limits
from core.settings import Settings
from ingest.recognition.tesseract import TesseractRecognizer
from ingest.sources.file_type import identify
from ingest.sources.spreadsheet import read_sheets
from models.annex import ColumnKind
from models.document import DocumentStatus
from models.field import Source
from models.table_facts import GivenDay, TableFacts
from parsers.annex.from_spreadsheet import is_total
from parsers.annex.sheet_tables import find_tables
from parsers.annex.workbook_annexes import build_annexes
from pipeline.reading import read_document

CASES = Path(__file__).parents[2] / "data" / "cases"
HEADER = ("ลำดับ", "อำเภอ", "ชื่อ อปท.", "จำนวน")
NOBODY = TesseractRecognizer("none", Path("/nonexistent"), "no engine")


def build(path, as_of=None, **facts):
    said = TableFacts(as_of=GivenDay(day=as_of) if as_of else None, **facts)
    return build_annexes(read_sheets(path, identify(path, Limits()), Limits()), path.stem, said)


def book(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def codes(issues):
    return [issue.code for issue in issues]


class TestCases:
    def test_a_sheet_for_each_district_is_one_annex_of_all_bodies(self):
        expected = json.loads((CASES / "h03-sheet-per-district.json").read_text("utf-8"))
        [annex], issues = build(CASES / "h03-sheet-per-district.xlsx", as_of=dt.date(2022, 12, 31))
        assert (len(annex.rows), len(annex.pages)) == (expected["rows"], expected["sheets"])
        pages = [row.body.page for row in annex.rows]
        assert [pages.count(number) for number in annex.pages] == expected["per_sheet"]
        assert issues == []

    def test_merged_cells_are_filled_and_a_row_of_totals_is_no_body(self):
        expected = json.loads((CASES / "h37-merged.json").read_text("utf-8"))
        annexes, issues = build(CASES / "h37-merged.xlsx", as_of=dt.date(2022, 12, 31))
        assert [len(annex.rows) for annex in annexes] == [expected["rows"], 1]
        assert [annex.province.value for annex in annexes] == [expected["province_of_all"], "แพร่"]
        assert {row.district.value for row in annexes[0].rows} == {expected["district_of_all"]}
        assert [note.value for note in annexes[0].notes] == ["รวม"]
        assert codes(issues) == ["sheet.hidden", "sheet.formula_unsaved"]

    def test_rows_of_totals_of_a_csv_file_are_told_and_no_bodies(self):
        [annex], _ = build(CASES / "h39-total-row.csv")
        assert len(annex.rows) == 12
        assert [note.value for note in annex.notes] == ["รวมทั้งสิ้น 12 แห่ง", "อุตรดิตถ์ รวม ผ่าน 5"]
        document = read_document(CASES / "h39-total-row.csv", Settings(), NOBODY)
        assert not any("รวม" in row.body.raw for row in document.annexes[0].rows)


def test_title_rows_give_title_province_and_day(tmp_path):
    titles = [("บัญชีผลการดำเนินงาน จังหวัดน่าน",), ("ข้อมูล ณ วันที่ ๓๐ มิถุนายน ๒๕๖๔",), ()]
    path = book(tmp_path / "t.xlsx", ก=[*titles, HEADER, (1, "ปัว", "ทต.ปัว", 5)])
    [annex], issues = build(path)
    assert annex.title.value == "บัญชีผลการดำเนินงาน จังหวัดน่าน ข้อมูล ณ วันที่ ๓๐ มิถุนายน ๒๕๖๔"
    assert (annex.province.value, annex.as_of.value, issues) == ("น่าน", dt.date(2021, 6, 30), [])
    assert annex.as_of.source is Source.DATA
    [told], _ = build(path, as_of=dt.date(2021, 7, 1), title="เรื่อง")
    assert (told.as_of.value, told.title.value, told.as_of.source) == (dt.date(2021, 7, 1), "เรื่อง", Source.PERSON)


def test_totals_and_subtotals_keep_their_numbers(tmp_path):
    rows = [
        HEADER,
        (1, "ปัว", "ทต.ปัว", 5),
        (2, "ปัว", "อบต.วรนคร", 6),
        (None, "รวมอำเภอปัว", None, 11),
        (3, "นาน้อย", "ทต.นาน้อย", 7),
        (None, "รวมอำเภอนาน้อย", None, 7),
        (None, "รวมทั้งสิ้น", None, 18),
    ]
    [annex], _ = build(book(tmp_path / "t.xlsx", ก=rows), province="น่าน")
    assert [row.sequence.value for row in annex.rows] == [1, 2, 3]
    assert [(total.column, total.value.value) for total in annex.totals] == [("c4", 18)]
    parts = [(part.rows_above, part.district.value, part.value.value) for part in annex.subtotals]
    assert parts == [(2, "ปัว", 11), (3, "นาน้อย", 7)]


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("รวม", True),
        ("รวมทั้งสิ้น 12 แห่ง", True),
        ("รวมอำเภอปัว", True),
        ("รวม ๑๒ แห่ง", True),
        ("Total", True),
        ("อบต.รวมไทยพัฒนา", False),
        ("รวมไทยพัฒนา", False),
        ("ทต.รวม", False),
    ],
)
def test_a_row_of_totals_is_known_by_its_label(label, total):
    [table] = find_tables([HEADER, ("", "", label, "1"), ("1", "ปัว", "ทต.ปัว", "5")])
    assert is_total(("", "", label, "1"), table.layout) is total


def test_several_tables_of_a_sheet_and_a_sheet_without_one(tmp_path):
    rows = [HEADER, (1, "ปัว", "ทต.ปัว", 5), (), ("ตารางที่ ๒ จังหวัดแพร่",), HEADER, (1, "สอง", "ทต.สอง", 3)]
    path = book(tmp_path / "t.xlsx", สรุป=[("หมายเหตุประกอบ", "ข้อความ")], ข้อมูล=rows)
    annexes, issues = build(path, as_of=dt.date(2021, 6, 30))
    assert [[row.body.raw for row in annex.rows] for annex in annexes] == [["ทต.ปัว"], ["ทต.สอง"]]
    assert annexes[1].title.value == "ตารางที่ ๒ จังหวัดแพร่"
    assert [(issue.code, issue.page) for issue in issues] == [("sheet.no_table", 1)]
    document = read_document(path, Settings(), NOBODY)
    assert document.status is DocumentStatus.NEEDS_REVIEW
    assert [page.text.split()[0] for page in document.pages] == ["หมายเหตุประกอบ", "ลำดับ"]


def test_bodies_that_come_again_on_the_next_sheet_are_another_annex(tmp_path):
    rows = [HEADER, (1, "ปัว", "ทต.ปัว", 5)]
    annexes, _ = build(book(tmp_path / "t.xlsx", ปี2564=rows, ปี2565=rows), province="น่าน", title="ผล")
    assert [annex.title.value for annex in annexes] == ["ผล ปี2564", "ผล ปี2565"]


def test_a_header_of_two_rows(tmp_path):
    upper, lower = ("ลำดับ", "ชื่อ อปท.", "ผลการรายงาน", None), (None, None, "รอบแรก", "รอบสอง")
    [annex], _ = build(book(tmp_path / "t.xlsx", ก=[upper, lower, (1, "ทต.ปัว", 5, 6)]), province="น่าน")
    assert [column.header for column in annex.columns] == [
        "ลำดับ", "ชื่อ อปท.", "ผลการรายงาน รอบแรก", "ผลการรายงาน รอบสอง"
    ]  # fmt: skip
    assert len(annex.rows) == 1


def test_a_formula_without_a_value_asks_in_its_row(tmp_path):
    path = book(tmp_path / "t.xlsx", ก=[HEADER, (1, "ปัว", "ทต.ปัว", "=1+1"), (2, "ปัว", "อบต.วรนคร", 6)])
    [annex], issues = build(path, province="น่าน", as_of=dt.date(2021, 6, 30))
    assert codes(issues) == ["sheet.formula_unsaved"]
    assert [row.review for row in annex.rows] == [("formula.unsaved",), ()]
    assert annex.rows[0].cells["c4"].value is None


def test_a_hidden_sheet_is_read_and_told(tmp_path):
    made = Workbook()
    made.active.append(HEADER)
    made.active.append((1, "ปัว", "ทต.ปัว", 5))
    made.create_sheet("ลับ").append(("x", "y"))
    made["ลับ"].sheet_state = "hidden"
    made.save(tmp_path / "t.xlsx")
    _, issues = build(tmp_path / "t.xlsx", as_of=dt.date(2021, 6, 30))
    assert codes(issues) == ["sheet.hidden", "sheet.no_table"]


@pytest.mark.parametrize("names", ["รายชื่อหน่วยรับงบ", "ท้องถิ่น"])
def test_a_column_of_names_is_told_by_what_is_in_it(tmp_path, names):
    rows = [("ที่", "อำเภอ", names, "ผล"), (1, "ปัว", "ทต.ปัว", "ผ่าน"), (2, "ปัว", "อบต.วรนคร", "ไม่ผ่าน")]
    [annex], issues = build(book(tmp_path / "t.xlsx", ก=rows), province="น่าน", as_of=dt.date(2021, 6, 30))
    assert [row.body.raw for row in annex.rows] == ["ทต.ปัว", "อบต.วรนคร"]
    assert issues == []


@pytest.mark.parametrize("merged", [True, False])
def test_a_district_in_a_row_of_its_own_is_that_of_the_rows_below(tmp_path, merged):
    header, rest = ("ลำดับ", "ชื่อ อปท.", "การส่งรายงาน"), ("อำเภอ",) * 2 if merged else (None, None)
    rows = [
        header,
        ("อำเภอปัว", *(text and "อำเภอปัว" for text in rest)),
        (1, "ทต.ปัว", 1),
        (2, "อบต.วรนคร", 0),
        ("อำเภอนาน้อย", *(text and "อำเภอนาน้อย" for text in rest)),
        (3, "ทต.นาน้อย", 1),
        ("อำเภอที่เหลือยังไม่ครบกำหนด", None, None),
    ]
    [annex], _ = build(book(tmp_path / "t.xlsx", ก=rows), province="น่าน", as_of=dt.date(2021, 6, 30))
    assert [(row.district.value, row.district.source) for row in annex.rows] == [
        ("ปัว", Source.DERIVED), ("ปัว", Source.DERIVED), ("นาน้อย", Source.DERIVED)
    ]  # fmt: skip
    assert [row.status.value.value for row in annex.rows] == ["complete", "incomplete", "complete"]
    assert [note.value for note in annex.notes] == ["อำเภอที่เหลือยังไม่ครบกำหนด"]


def test_a_hidden_sheet_of_the_same_form_is_an_annex_of_its_own_and_asks(tmp_path):
    made = Workbook()
    made.active.title = "ก"
    made.active.append(HEADER)
    made.active.append((1, "ปัว", "ทต.ปัว", 5))
    for name, body, state in (("ข", "ทต.ศิลาแลง", "visible"), ("เก่า", "อบต.ศิลาเพชร", "hidden")):
        sheet = made.create_sheet(name)
        sheet.append(HEADER)
        sheet.append((2, "ปัว", body, 5))
        sheet.sheet_state = state
    made.save(tmp_path / "t.xlsx")
    annexes, _ = build(tmp_path / "t.xlsx", as_of=dt.date(2021, 6, 30))
    assert [[row.body.raw for row in annex.rows] for annex in annexes] == [["ทต.ปัว", "ทต.ศิลาแลง"], ["อบต.ศิลาเพชร"]]
    assert annexes[1].title.value.endswith("เก่า")
    assert read_document(tmp_path / "t.xlsx", Settings(), NOBODY).status is DocumentStatus.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("cells", "values", "asking"),
    [
        ([dt.date(2022, 3, 12), dt.date(2022, 3, 13), ""], ["2022-03-12", "2022-03-13", ""], 0),
        ([dt.date(2565, 3, 12), dt.date(2565, 3, 13), "-"], ["2022-03-12", "2022-03-13", "-"], 0),
        (["๑๒ มี.ค. ๖๕", "13 March 2022", "ยังไม่ส่ง"], ["2022-03-12", "2022-03-13", "ยังไม่ส่ง"], 2),
        (["12/03/2565", "13/03/2022", "31/02/2565"], ["2022-03-12", "2022-03-13", "31/02/2565"], 2),
    ],
)
def test_a_column_of_dates_holds_days_and_what_is_none_asks(tmp_path, cells, values, asking):
    made = Workbook()
    made.active.append(("ลำดับ", "อำเภอ", "อปท.", "ข้อมูลส่วนนี้"))
    for number, (body, cell) in enumerate(zip(("ทต.ปัว", "ทต.ศิลาแลง", "อบต.ศิลาเพชร"), cells, strict=True), start=1):
        made.active.append((number, "ปัว", body, cell))
    made.save(tmp_path / "t.xlsx")
    [annex], _ = build(tmp_path / "t.xlsx", as_of=dt.date(2022, 6, 30))
    assert annex.columns[3].kind is ColumnKind.DATE
    assert [row.cells["c4"].value for row in annex.rows] == values
    assert sum(bool(row.review) for row in annex.rows) == asking


def test_a_few_days_that_part_the_bodies_are_no_status(tmp_path):
    rows: list[tuple[object, ...]] = [("ลำดับ", "อำเภอ", "อปท.", "วันที่ส่ง")]
    rows += [(n, "ปัว", f"ทต.ตัวอย่าง{n}", "12/03/2565" if n % 2 else "13/03/2565") for n in range(1, 7)]
    [annex], issues = build(book(tmp_path / "t.xlsx", ก=rows), as_of=dt.date(2022, 6, 30))
    assert annex.columns[3].kind is ColumnKind.DATE
    assert (codes(issues), [row.review for row in annex.rows]) == ([], [()] * 6)
