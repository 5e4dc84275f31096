"""Names of bodies under odd headers, and parted from their kinds."""

from models.annex import ColumnKind
from tests.parsers.annex.builders import one, page, table


def test_names_under_a_header_that_speaks_of_money_are_names() -> None:
    rows = [[str(n), "ปัว", f"อบต.สมมติ{n}", f"{n},000.00"] for n in range(1, 5)]
    annex = one([page(1, table([["ที่", "อำเภอ", "หน่วยรับงบประมาณ", "จำนวนเงิน (บาท)"], *rows]))])
    assert [column.kind for column in annex.columns[2:]] == [ColumnKind.BODY, ColumnKind.AMOUNT]
    assert [row.body.raw for row in annex.rows] == [f"อบต.สมมติ{n}" for n in range(1, 5)]


def test_a_kind_in_a_column_of_its_own_stands_before_the_name() -> None:
    rows = [[str(n), "เทศบาลตำบล" if n % 2 else "อบต.", f"สมมติ{n}", "ปัว", "ผ่าน"] for n in range(1, 5)]
    annex = one([page(1, table([["ที่", "ประเภท", "ชื่อ อปท.", "อำเภอ", "ผล"], *rows]))])
    assert [row.body.raw for row in annex.rows] == ["เทศบาลตำบลสมมติ1", "อบต.สมมติ2", "เทศบาลตำบลสมมติ3", "อบต.สมมติ4"]


def test_signs_that_were_read_as_letters_tell_a_column_of_marks() -> None:
    rows = [[str(n), "ปัว", f"อบต.สมมติ{n}", "✓" if n % 2 else "–"] for n in range(1, 7)]
    annex = one([page(1, table([["ที่", "อำเภอ", "อปท.", "การรายงาน"], *rows]))])
    assert annex.columns[3].kind is ColumnKind.MARK
    assert [row.status.value.value for row in annex.rows] == ["complete", "incomplete"] * 3
