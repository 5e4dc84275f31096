"""Tables of money: their headers, their totals among the rows, and the sums that their labels tell of."""

import pytest

from models.annex import Annex, ColumnKind
from models.finding import Outcome
from models.ocr import Cell, Grid
from parsers.annexes import parse_annexes
from rules.totals.sums import find_sums, is_nested
from tests.parsers.annex.builders import DONE, HEADERS, REVIEW_BELOW, UNSURE, body, one, page, table
from tests.rules import builders as b
from tests.rules.judging import COULD_NOT_RUN, NOT_APPLICABLE, PASSED, VIOLATED, finding, outcome

HEAD = ["รายการ", "หน่วยนับ", "ปี 2564", "ปี 2565", "ปี 2566"]
UNIT = "ล้านบาท"
PARTS = [
    ["1. งานบุคลากร", UNIT, "20.5000", "21.0000", "22.0000"],
    ["2. งานบริการ", UNIT, "10.2500", "11.0000", "12.0000"],
    ["2.1 ฝึกอบรม", UNIT, "10.0000", "10.5000", "11.0000"],
    ["2.2 ประชาสัมพันธ์", UNIT, "0.2500", "0.5000", "1.0000"],
]
TOTAL = ["รวมทั้งสิ้น", UNIT, "30.7500", "32.0000", "34.0000"]


def money(*rows: list[str], unsure: tuple[int, int] | None = None) -> Annex:
    """Return an annex of money; `unsure` is the place in the table of a cell that was hardly read."""
    grid = table([HEAD, *rows])
    cells = tuple(
        cell.model_copy(update={"confidence": UNSURE}) if (cell.row, cell.column) == unsure else cell
        for cell in grid.cells
    )
    return one([page(1, grid.model_copy(update={"cells": cells}))])


def changed(row: int, column: int, text: str) -> list[list[str]]:
    rows = [list(each) for each in (TOTAL, *PARTS)]
    rows[row][column] = text
    return rows


def judged(annex: Annex) -> Outcome:
    return outcome("T06", b.case(annexes=(annex,)))


def test_a_table_after_another_keeps_its_header() -> None:
    bodies = table([HEADERS[:5], *(body(n)[:5] for n in (1, 2, 3))])
    first, second = parse_annexes([page(1, bodies), page(2, table([HEAD, TOTAL, *PARTS]))], [], REVIEW_BELOW)
    assert [column.header for column in second.columns] == HEAD
    assert [column.kind for column in second.columns] == [ColumnKind.TEXT] * 2 + [ColumnKind.COUNT] * 3
    assert (len(first.rows), len(second.rows)) == (3, 4)


def test_the_first_row_of_a_page_that_goes_on_is_no_header() -> None:
    [annex] = parse_annexes(
        [page(1, table([HEAD, TOTAL, *PARTS])), page(2, table([["3. งานอื่น", UNIT, "1", "2", "3"], *PARTS[2:]]))],
        [],
        REVIEW_BELOW,
    )
    assert [row.cells["c1"].value for row in annex.rows][4] == "3. งานอื่น"


def test_a_row_that_groups_columns_is_a_header() -> None:
    grid = table([["แหล่งเงิน", "งบรายจ่าย", "", ""], ["", "อื่น", "ลงทุน", "คงเหลือ"], *(p[1:] for p in PARTS)])
    cells: list[Cell] = []
    for cell in grid.cells:
        if (cell.row, cell.column) == (0, 0):
            cells.append(cell.model_copy(update={"row_span": 2}))
        elif (cell.row, cell.column) == (0, 1):
            cells.append(cell.model_copy(update={"column_span": 3}))
        elif cell.row > 1 or (cell.row, cell.column) not in {(0, 2), (0, 3), (1, 0)}:
            cells.append(cell)
    goes_on = Grid(box=grid.box, rows=grid.rows, columns=grid.columns, cells=tuple(cells))
    before = table([["ลำดับ", "อปท.", "ส่งแล้ว", "หมายเหตุ"], *([str(n), "อบต.สมมติ", "✓", ""] for n in (1, 2, 3))])
    annexes = parse_annexes([page(1, before), page(2, goes_on)], [], REVIEW_BELOW)
    headers = ["แหล่งเงิน", "งบรายจ่าย อื่น", "งบรายจ่าย ลงทุน", "งบรายจ่าย คงเหลือ"]
    assert [column.header for column in annexes[1].columns] == headers
    assert len(annexes[1].rows) == 4


def test_a_total_keeps_its_decimals_and_a_total_of_all_comes_first() -> None:
    part = ["รวมเงินงบประมาณ", UNIT, "30.7500", "32.0000", "34.0000"]
    annex = money(TOTAL, part, *PARTS)
    assert [(each.column, each.value.value, each.value.review) for each in annex.totals] == [
        ("c3", 30.75, ()),
        ("c4", 32.0, ()),
        ("c5", 34.0, ()),
    ]
    assert {each.district.raw for each in annex.subtotals} == {"รวมเงินงบประมาณ"}


def test_a_line_called_total_without_a_number_stays_a_row() -> None:
    annex = money(TOTAL, *PARTS, ["รวมเงินนอกงบประมาณ", UNIT, "", "", ""])
    assert annex.rows[-1].cells["c1"].value == "รวมเงินนอกงบประมาณ"
    assert [each.value.value for each in annex.totals] == [30.75, 32.0, 34.0]


@pytest.mark.parametrize(
    ("annex", "expected"),
    [
        (money(TOTAL, *PARTS), PASSED),
        (money(*changed(0, 4, "35.0000")), VIOLATED),
        (money(*changed(3, 4, "11.5000")), VIOLATED),
        (money(*changed(3, 4, "11.0001")), PASSED),  # two figures, each rounded by half of the last digit
        (money(*changed(3, 4, "11,0000")), PASSED),  # a point that was misread
        (money(*changed(3, 4, "11.5000"), unsure=(4, 4)), COULD_NOT_RUN),
        (money(*changed(3, 4, "11.0000"), unsure=(4, 4)), PASSED),
        (money(TOTAL, *PARTS[:2]), NOT_APPLICABLE),  # no row is a sum of others: T02 judges the total
    ],
    ids=["right", "a total off", "an item off", "rounded", "comma", "unsure", "unsure and right", "flat"],
)
def test_items_add_up_to_what_they_are_parts_of(annex: Annex, expected: Outcome) -> None:
    assert judged(annex) is expected


def test_one_item_off_names_the_figure_and_its_items() -> None:
    found = finding("T06", b.case(annexes=(money(*changed(3, 4, "11.5000")),)))
    assert found.message.en == "column “ปี 2566”: 2. งานบริการ is 12, its items add up to 12.5".replace(
        "2. งานบริการ", "“2. งานบริการ”"
    )
    assert found.evidence == tuple(f"annexes[0].rows[{at}].cells.c5" for at in (1, 2, 3))


def test_what_is_a_sum_in_no_other_column_is_not_held_to_be_one() -> None:
    rows = changed(2, 3, "99.0000")
    rows[2][4] = "98.0000"
    rows[0][3], rows[0][4] = "120.0000", "120.0000"
    assert judged(money(*rows)) is PASSED


def test_rows_that_are_sums_are_not_added_to_their_total_once_more() -> None:
    case = b.case(annexes=(money(TOTAL, *PARTS),))
    assert [outcome(rule, case) for rule in ("T02", "T04", "T08")] == [NOT_APPLICABLE] * 3


def labeled(*lines: tuple[str, str]) -> list[tuple[str, bool | None, int]]:
    annex = money(*([label, UNIT, value, "", ""] for label, value in lines))
    return [(each.label, each.agrees, len(each.parts)) for each in find_sums(annex, "") if each.printed]


def test_labels_tell_what_is_the_sum_of_what() -> None:
    assert labeled(("รวมทั้งสิ้น", "7"), ("เงินงบประมาณ", "5"), ("- งบลงทุน", "2"), ("- งบอื่น", "3"), ("เงินนอก", "2")) == [
        ("รวม", True, 2),
        ("เงินงบประมาณ", True, 2),
    ]
    assert labeled(("1. ยกมา", "4"), ("2. รายได้", "3"), ("3. รวมเงิน (1.+2.)", "7"), ("4. คงเหลือ (3.-2.)", "4")) == [
        ("3. รวมเงิน (1.+2.)", True, 2),
        ("4. คงเหลือ (3.-2.)", True, 2),
    ]
    assert labeled(
        ("รวมทั้งสิ้น", "5"),
        ("รวมเงินงบประมาณ", "5"),
        ("1. แผนงานแรก", ""),
        ("เงินงบประมาณ", "2"),
        ("2. แผนงานที่สอง", ""),
        ("เงินงบประมาณ", "3"),
    ) == [("รวม", True, 1), ("รวมเงินงบประมาณ", True, 2)]
    assert labeled(
        ("รวมทั้งสิ้น", "5"), ("งบก่อสร้าง", "5"), ("ส่วนราชการ", "5"), ("1. สำนักงานสมมติ", "2"), ("2. กองสมมติ", "3")
    ) == [
        ("รวม", True, 1),
        ("ส่วนราชการ", True, 2),
    ]


def test_a_list_of_bodies_has_no_outline() -> None:
    annex = one([page(1, table([HEADERS, body(1, DONE), body(2, DONE), body(3, DONE)]))])
    assert (is_nested(annex, ""), find_sums(annex, "")) == (False, [])
