"""Rows, totals and amounts of a table that once left without a word."""

from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font
from PIL import Image

from core.limits import Limits
from ingest.sources.file_type import MediaType
from ingest.sources.spreadsheet import read_sheets
from models.accounting import PartKind
from models.annex import Annex, ColumnKind, Status, SubtotalKind
from models.field import Source
from models.sheet import Sheet
from models.table_facts import TableFacts
from parsers.annex.workbook_annexes import build_annexes
from parsers.sheet_accounting import find_unaccounted_rows

HEADER = ("ลำดับ", "จังหวัด", "อำเภอ", "อปท.", "จัดทำแล้ว", "ยังไม่จัดทำ", "หมายเหตุ")
PLACE = ("น่าน", "เมืองน่าน")


def build_annex(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Annex:
    [annex], _ = build_annexes([Sheet(rows=(header, *rows))], "ตัวอย่าง", TableFacts())
    return annex


def make_picture() -> BytesIO:
    picture = BytesIO()
    Image.new("RGB", (30, 20)).save(picture, "PNG")
    return picture


def test_a_row_without_a_name_stays_a_row_and_asks() -> None:
    annex = build_annex(("1", *PLACE, "อบต.บ่อสวก", "/", "", ""), ("2", *PLACE, "", "", "/", "ไม่มีชื่อ"))
    assert [row.body.review for row in annex.rows] == [(), ("missing",)]
    assert not annex.notes


def test_a_row_that_has_its_number_alone_stays_a_row() -> None:
    annex = build_annex(("1", *PLACE, "อบต.บ่อสวก", "/", "", ""), ("2", *PLACE, "", "", "", ""))
    assert len(annex.rows) == 2


def test_a_row_marked_in_both_columns_asks_though_another_row_has_a_cross() -> None:
    annex = build_annex(
        ("1", *PLACE, "อบต.บ่อสวก", "/", "/", ""),
        ("2", *PLACE, "อบต.กองควาย", "", "", ""),
        ("3", *PLACE, "อบต.ถืมตอง", "X", "", ""),
    )
    assert [(row.status.value, row.status.review) for row in annex.rows] == [
        (None, ("mark.several",)),
        (None, ("mark.none",)),
        (None, ("status.not_understood",)),
    ]


def test_totals_are_kept_where_everybody_is_done() -> None:
    rows = [(str(number), *PLACE, name, "/", "", "") for number, name in ((1, "อบต.บ่อสวก"), (2, "อบต.ถืมตอง"))]
    total = ("รวม", "", "", "", "1", "1", "")
    annex = build_annex(*rows, total)
    assert [total.value.value for total in annex.totals] == [1, 1]
    assert [note.value for note in annex.notes] == ["รวม 1 1"]
    assert {row.status.value for row in annex.rows} == {Status.COMPLETE}
    assert find_unaccounted_rows([Sheet(rows=(HEADER, *rows, total))], [annex], ()) == ()


def test_an_amount_that_is_no_number_asks() -> None:
    header = ("ลำดับ", "จังหวัด", "อำเภอ", "อปท.", "งบประมาณ (บาท)")
    annex = build_annex(("1", *PLACE, "อบต.บ่อสวก", "3OO,000"), ("2", *PLACE, "อบต.ถืมตอง", "200,000"), header=header)
    assert annex.columns[-1].kind is ColumnKind.AMOUNT
    assert [row.cells["c5"].review for row in annex.rows] == [("unreadable",), ()]


def test_a_circle_beside_a_tick_asks() -> None:
    header = ("ลำดับ", "จังหวัด", "อำเภอ", "อปท.", "ผลการรายงาน")
    annex = build_annex(("1", *PLACE, "อบต.บ่อสวก", "/"), ("2", *PLACE, "อบต.ถืมตอง", "O"), header=header)
    assert [row.status.review for row in annex.rows] == [("status.not_understood",)] * 2


def test_a_body_whose_name_begins_as_a_total_does_stays_a_body() -> None:
    header = ("ลำดับ", "จังหวัด", "อำเภอ", "ประเภท", "ชื่อ", "ผลการรายงาน")
    annex = build_annex(
        ("1", "ตาก", "พบพระ", "อบต.", "รวมไทยพัฒนา", "ส่งแล้ว"),
        ("2", "ตาก", "พบพระ", "อบต.", "คีรีราษฎร์", "ยังไม่ส่ง"),
        header=header,
    )
    assert [row.body.raw for row in annex.rows] == ["อบต.รวมไทยพัฒนา", "อบต.คีรีราษฎร์"]


def test_sums_carried_over_a_page_are_subtotals() -> None:
    header = ("ลำดับ", "จังหวัด", "อำเภอ", "อปท.", "ผู้สูงอายุ (คน)")
    annex = build_annex(
        ("1", *PLACE, "อบต.บ่อสวก", "10"),
        ("ยอดยกไป", "", "", "", "10"),
        ("ยอดยกมา", "", "", "", "10"),
        ("2", *PLACE, "อบต.ถืมตอง", "5"),
        ("รวมทั้งสิ้น", "", "", "", "15"),
        header=header,
    )
    assert [(each.kind, each.rows_above, each.value.value) for each in annex.subtotals] == [
        (SubtotalKind.CARRIED_FORWARD, 1, 10),
        (SubtotalKind.BROUGHT_FORWARD, 1, 10),
    ]
    assert [total.value.value for total in annex.totals] == [15]


def test_a_comment_and_a_hidden_row_of_a_workbook_are_told_of(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    table = book.active
    for row in (HEADER, ("1", *PLACE, "อบต.บ่อสวก", "/", "", ""), ("2", *PLACE, "อบต.ถืมตอง", "/", "", "")):
        table.append(row)
    table["E3"].comment = Comment("รายงานใหม่ <ยังไม่ส่ง>", "ก")
    table.row_dimensions[3].hidden = True
    path = tmp_path / "บัญชี.xlsx"
    book.save(path)
    sheets = read_sheets(path, MediaType.XLSX, Limits())
    annexes, issues = build_annexes(sheets, "ตัวอย่าง", TableFacts())
    [left] = find_unaccounted_rows(sheets, annexes, ())
    assert (left.kind, left.text) == (PartKind.ANNOTATION, "E3: รายงานใหม่ <ยังไม่ส่ง>")
    assert [issue.message.en for issue in issues if issue.code == "sheet.hidden"] == [
        "sheet “Sheet” hides rows or columns 3; they were read, too: check whether they are meant"
    ]
    assert len(annexes[0].rows) == 2


def test_what_stands_beside_the_cells_of_a_sheet_is_told_of(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    table = book.active
    for row in (HEADER, ("1", *PLACE, "อบต.บ่อสวก", "/", "", ""), ("2", *PLACE, "อบต.ถืมตอง", "", "/", "")):
        table.append(row)
    table.add_image(SheetImage(make_picture()), "J2")
    table.add_chart(BarChart(), "J9")
    table.oddHeader.center.text = "&14ลับมาก"
    table.oddFooter.right.text = "หน้าที่ &P จาก &N"
    book.create_chartsheet("แผนภูมิ").add_chart(BarChart())
    book.save(tmp_path / "บัญชี.xlsx")
    sheets = read_sheets(tmp_path / "บัญชี.xlsx", MediaType.XLSX, Limits())
    annexes, _ = build_annexes(sheets, "ตัวอย่าง", TableFacts())
    left = find_unaccounted_rows(sheets, annexes, ())
    assert [(part.kind, part.text) for part in left] == [
        (PartKind.ANNOTATION, "ลับมาก"),
        *[(PartKind.PICTURE, "")] * 3,
    ]


def test_a_workbook_that_holds_nothing_but_a_picture_is_not_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.add_image(SheetImage(make_picture()), "A1")
    book.save(tmp_path / "สแกน.xlsx")
    [sheet] = read_sheets(tmp_path / "สแกน.xlsx", MediaType.XLSX, Limits())
    assert (sheet.is_empty, sheet.pictures) == (True, 1)


def test_a_status_that_is_struck_out_asks_and_a_hidden_column_is_told_of(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    table = book.active
    for row in (HEADER, ("1", *PLACE, "อบต.บ่อสวก", "/", "", ""), ("2", *PLACE, "อบต.ถืมตอง", "", "/", "")):
        table.append(row)
    table["E2"].font = Font(strike=True)
    table["F3"].font = Font(bold=True)
    table.column_dimensions["C"].hidden = True
    table.column_dimensions["K"].hidden = True
    book.save(tmp_path / "บัญชี.xlsx")
    sheets = read_sheets(tmp_path / "บัญชี.xlsx", MediaType.XLSX, Limits())
    [annex], issues = build_annexes(sheets, "ตัวอย่าง", TableFacts())
    assert [row.review for row in annex.rows] == [("cell.struck_out",), ()]
    assert annex.rows[0].cells["c5"].review == ("cell.struck_out",)
    [hidden] = [issue.message.en for issue in issues if issue.code == "sheet.hidden"]
    assert "columns C;" in hidden


def test_tables_side_by_side_are_one_annex_with_all_their_rows() -> None:
    header = ("ที่", "อำเภอ", "อปท.", "สถานะ")
    gap = ("", "")
    rows = (
        ("บัญชีสถานะ จังหวัดน่าน", *[""] * 9),
        (*header, *gap, *header),
        ("1", "เมืองน่าน", "อบต.บ่อสวก", "ส่งแล้ว", *gap, "3", "ปัว", "อบต.สถาน", "ยังไม่ส่ง"),
        ("2", "เมืองน่าน", "อบต.ถืมตอง", "ยังไม่ส่ง", *gap, "4", "ปัว", "อบต.วรนคร", "ส่งแล้ว"),
        ("", "", "รวม", "1", *gap, "", "", "รวม", "1"),
    )
    sheets = [Sheet(rows=rows, struck=("J3",))]
    [annex], _ = build_annexes(sheets, "ตัวอย่าง", TableFacts())
    assert [(row.sequence.value, row.district.value, row.body.raw, row.status.value) for row in annex.rows] == [
        (1, "เมืองน่าน", "อบต.บ่อสวก", Status.COMPLETE),
        (2, "เมืองน่าน", "อบต.ถืมตอง", Status.INCOMPLETE),
        (3, "ปัว", "อบต.สถาน", Status.INCOMPLETE),
        (4, "ปัว", "อบต.วรนคร", Status.COMPLETE),
    ]
    assert [row.review for row in annex.rows] == [(), (), ("cell.struck_out",), ()]
    assert find_unaccounted_rows(sheets, [annex], ()) == ()
    lost = annex.model_copy(update={"rows": annex.rows[:3]})
    assert len(find_unaccounted_rows(sheets, [lost], ())) == 1


def test_the_title_of_each_sheet_names_the_district_of_its_rows() -> None:
    header = ("ที่", "อปท.", "สถานะ")
    sheets = [
        Sheet(number=1, rows=(("จังหวัดน่าน อำเภอเมืองน่าน", "", ""), header, ("1", "อบต.บ่อสวก", "ส่งแล้ว"))),
        Sheet(number=2, rows=(("จังหวัดน่าน อำเภอปัว", "", ""), header, ("1", "อบต.สถาน", "ยังไม่ส่ง"))),
    ]
    [annex], _ = build_annexes(sheets, "ตัวอย่าง", TableFacts())
    assert [(row.district.value, row.body.raw) for row in annex.rows] == [("เมืองน่าน", "อบต.บ่อสวก"), ("ปัว", "อบต.สถาน")]
    assert [row.district.source for row in annex.rows] == [Source.DERIVED] * 2


def test_what_each_state_adds_up_to_is_no_body_and_is_kept() -> None:
    header = ("ลำดับ", "จังหวัด", "อำเภอ", "อปท.", "สถานะ")
    rows = [("1", *PLACE, "อบต.บ่อสวก", "แล้ว"), ("2", *PLACE, "อบต.ถืมตอง", "ยัง")]
    totals = [("", "", "", "รวมส่งแล้ว", "1"), ("", "", "", "รวมยังไม่ส่ง", "1")]
    annex = build_annex(*rows, *totals, header=header)
    assert [(row.body.raw, row.status.value) for row in annex.rows] == [
        ("อบต.บ่อสวก", Status.COMPLETE),
        ("อบต.ถืมตอง", Status.INCOMPLETE),
    ]
    assert [note.value for note in annex.notes] == ["รวมส่งแล้ว 1", "รวมยังไม่ส่ง 1"]
    assert find_unaccounted_rows([Sheet(rows=(header, *rows, *totals))], [annex], ()) == ()
