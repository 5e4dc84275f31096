"""Statuses from a table's own words and signs, alike from every input."""

import pytest

from models.annex import Annex, ColumnKind, Status
from models.sheet import Sheet
from models.table_facts import TableFacts
from parsers.annex.status_columns import CONTRADICTED, NOT_UNDERSTOOD, REPAIRED
from parsers.annex.status_issues import unread_statuses
from parsers.annex.workbook_annexes import build_annexes
from tests.parsers.annex.builders import line, one, page, table

DONE, PART, NOT_YET = Status.COMPLETE, Status.INCOMPLETE, Status.NOT_STARTED
BEFORE, PLAIN = ["ลำดับ", "อำเภอ", "ชื่อ อปท."], "การรายงานข้อมูล"


def from_sheet(values: list[list[str]], headers: list[str], remarks: list[str] | None = None) -> Annex:
    remarks = remarks or [""] * len(values)
    rows = [[str(n), "ตัวอย่าง", f"อบต.สมมติ{n}", *said, remarks[n]] for n, said in enumerate(values)]
    table_rows = [[*BEFORE, *headers, "หมายเหตุ"], *rows]
    [annex], _ = build_annexes([Sheet(rows=tuple(map(tuple, table_rows)))], "ตัวอย่าง", TableFacts())
    return annex


def from_paper(values: list[list[str]], headers: list[str]) -> Annex:
    rows = [[str(n), "ตัวอย่าง", f"อบต.สมมติ{n}", *said, ""] for n, said in enumerate(values, start=1)]
    return one([page(1, table([[*BEFORE, *headers, "หมายเหตุ"], *rows]))])


PAIRS = [
    ("/", "-"), ("✓", "✗"), ("✓", "×"), ("☑", "☐"), ("●", "○"), ("ü", "û"), ("P", "O"), ("P", "-"),
    ("มี", "ไม่มี"), ("ส่งแล้ว", "ยังไม่ส่ง"), ("ครบถ้วน", "ไม่ครบถ้วน"), ("ผ่าน", "ไม่ผ่าน"),
    ("ส่งแผนพัฒนาแล้ว", "ยังไม่ได้ส่งแผนพัฒนา"), ("ใช่", "ไม่ใช่"), ("อนุมัติ", "ไม่อนุมัติ"),
]  # fmt: skip


@pytest.mark.parametrize("read", [from_sheet, from_paper])
@pytest.mark.parametrize("pair", PAIRS)
def test_what_excludes_each_other_in_one_column_is_understood(read, pair: tuple[str, str]) -> None:
    yes, no = pair
    annex = read([[yes], [no], [no], [yes], [no], [yes]], [PLAIN])
    assert [row.status.value for row in annex.rows] == [DONE, PART, PART, DONE, PART, DONE]
    assert [row.status.raw for row in annex.rows] == [yes, no, no, yes, no, yes]
    assert not any(row.status.review for row in annex.rows)
    assert annex.shape == "marks"


@pytest.mark.parametrize("read", [from_sheet, from_paper])
def test_ones_and_noughts_are_a_status_where_the_header_says_so(read) -> None:
    annex = read([["1"], ["0"], ["0"], ["1"]], ["รายงานแล้ว"])
    assert [row.status.value for row in annex.rows] == [DONE, PART, PART, DONE]
    counted = read([["1"], ["0"], ["0"], ["1"]], ["จำนวนโครงการ"])
    assert [row.status.value for row in counted.rows] == [None] * 4
    assert not any(row.status.review for row in counted.rows)


@pytest.mark.parametrize("read", [from_sheet, from_paper])
@pytest.mark.parametrize("sign", ["/", "☑", "P"])
def test_two_columns_named_by_states(read, sign: str) -> None:
    annex = read([[sign, ""], ["", sign], ["", sign], [sign, ""]], ["รายงานแล้ว", "ยังไม่รายงาน"])
    assert [row.status.value for row in annex.rows] == [DONE, PART, PART, DONE]
    both = read([[sign, ""], ["", sign], [sign, sign], ["", ""]], ["รายงานแล้ว", "ยังไม่รายงาน"])
    assert [row.status.review for row in both.rows[2:]] == [("mark.several",), ("mark.none",)]


def test_a_header_that_negates_turns_the_signs_round() -> None:
    annex = from_sheet([["/"], ["-"], ["-"]], ["ยังไม่รายงาน"])
    assert [row.status.value for row in annex.rows] == [PART, DONE, DONE]


def test_of_three_states_not_yet_is_the_one_that_nothing_was_begun_in() -> None:
    annex = from_sheet([["ส่งแล้ว"], ["ส่งบางส่วน"], ["ยังไม่ส่ง"]], [PLAIN])
    assert [row.status.value for row in annex.rows] == [DONE, PART, NOT_YET]


@pytest.mark.parametrize("read", [from_sheet, from_paper])
def test_words_that_mean_nothing_known_ask_and_one_issue_counts_them(read) -> None:
    annex = read([["เขียว"], ["แดง"], ["เขียว"], ["แดง"], ["เขียว"]], ["สถานะ"])
    assert [row.status.value for row in annex.rows] == [None] * 5
    assert all(NOT_UNDERSTOOD in row.status.review and NOT_UNDERSTOOD in row.review for row in annex.rows)
    [issue] = unread_statuses(annex)
    assert "สถานะ" in issue.message.th
    assert "“เขียว” ๓ แถว “แดง” ๒ แถว" in issue.message.th


@pytest.mark.parametrize("values", [["x", "-"], ["-", "-"], ["ผ่าน", "กำกวม"]])
def test_a_sign_without_its_opposite_and_an_odd_word_are_no_status_and_ask(values: list[str]) -> None:
    annex = from_sheet([[value] for value in values * 3], ["ผลการรายงาน"])
    assert all(row.status.review or row.status.value is DONE for row in annex.rows)
    assert {row.status.raw for row in annex.rows if row.status.review} == set(values) - {"ผ่าน"}
    assert all(row.status.value is None for row in annex.rows if row.status.review)


def test_an_empty_cell_among_statuses_is_missing() -> None:
    annex = from_sheet([["ผ่าน"], [""], ["ไม่ผ่าน"]], ["ผล"])
    assert annex.rows[1].status.review == ("missing",)


def test_remarks_of_what_is_wanting_beside_ticks_contradict_them() -> None:
    annex = from_sheet([["/"], ["-"], ["/"]], ["ผล"], ["ยังไม่บันทึก", "", "ยังไม่ส่ง"])
    assert all(CONTRADICTED in row.status.review for row in annex.rows)


def test_groups_of_another_sort_are_no_status() -> None:
    annex = from_sheet([["เล็ก"], ["ใหญ่"], ["เล็ก"], ["ใหญ่"]], ["ขนาด อปท."])
    assert not any(row.status.review or row.status.value for row in annex.rows)


def test_amounts_are_numbers_and_one_that_is_none_asks() -> None:
    annex = from_sheet([["300,000.00"], ["12,5OO"], ["-"], ["๔๕,๐๐๐"]], ["งบประมาณ (บาท)"])
    column = next(column for column in annex.columns if column.kind is ColumnKind.AMOUNT)
    cells = [row.cells[column.key] for row in annex.rows]
    assert [cell.value for cell in cells] == [300000.0, "12,5OO", "-", 45000.0]
    assert [cell.raw for cell in cells] == ["300,000.00", "12,5OO", "-", "๔๕,๐๐๐"]
    assert [cell.review for cell in cells] == [(), ("unreadable",), (), ()]
    assert "unreadable" in annex.rows[1].review


def test_titles_above_the_header_and_totals_below_are_no_bodies() -> None:
    rows = [
        ["รายงานผล จังหวัดอุตรดิตถ์", "", "", "", ""],
        ["ลำดับ", "จังหวัด", "อำเภอ", "ชื่อ อปท.", "จำนวนเงิน"],
        ["1", "อุตรดิตถ์", "ตรอน", "ทต.ตรอน", "5"],
        ["2", "", "", "ทต.บ้านแก่ง", "7"],
        ["", "", "", "รวมทั้งสิ้น", "12"],
    ]
    [annex], _ = build_annexes([Sheet(rows=tuple(map(tuple, rows)))], "ตัวอย่าง", TableFacts())
    assert [(row.district.value, row.body.raw) for row in annex.rows] == [("ตรอน", "ทต.ตรอน"), ("ตรอน", "ทต.บ้านแก่ง")]
    assert [total.value.value for total in annex.totals] == [12]


def test_circles_beside_crosses_may_be_boxes_and_ask() -> None:
    """An empty box and a ticked one look so in a picture, and say the contrary of ○ and ✗."""
    annex = from_paper([["○"], ["✗"], ["✗"], ["○"]], ["ส่งรายงานแล้ว"])
    assert all(CONTRADICTED in row.status.review for row in annex.rows)


@pytest.mark.parametrize("read", [from_sheet, from_paper])
@pytest.mark.parametrize(
    "pair",
    [
        ("เห็นชอบแล้ว", "รอการพิจารณา"),
        ("ประกาศใช้แล้ว", "อยู่ระหว่างจัดทำ"),
        ("รายงานครบ", "รายงานไม่ครบ"),
        ("ดำเนินการเรียบร้อยแล้ว", "ยังไม่จัดทำแผน"),
        ("ครบถ้วนถูกต้อง", "ข้อมูลไม่ถูกต้อง"),
        ("ส่งแล้ว", "ค้างส่ง"),
    ],
)
def test_what_waits_or_lacks_something_is_told_from_what_is_done(read, pair: tuple[str, str]) -> None:
    annex = read([[pair[0]], [pair[1]], [pair[0]], [pair[1]]], [PLAIN])
    assert [row.status.value is DONE for row in annex.rows] == [True, False, True, False]
    assert not any(row.status.review for row in annex.rows)


@pytest.mark.parametrize("pair", [("ยกเลิกแล้ว", "อยู่ระหว่างดำเนินการ"), ("ปลูกต้นไม้", "รอบที่สอง")])
def test_what_was_called_off_or_only_begins_alike_asks(pair: tuple[str, str]) -> None:
    annex = from_sheet([[text] for text in pair * 3], [PLAIN])
    assert [row.status.value for row in annex.rows if row.status.raw == pair[0]] == [None] * 3
    assert all(NOT_UNDERSTOOD in row.status.review for row in annex.rows if row.status.raw == pair[0])


def test_a_misread_wording_is_told_by_those_of_other_rows_and_asks() -> None:
    annex = from_paper([["เข้าร่วม"], ["ไม่เข้าร่วม"], ["เม่เข้าร่วม"], ["ม่เข้าร่วม"], ["เข้าร่วม"]], ["การเข้าร่วม"])
    assert [row.status.value for row in annex.rows] == [DONE, PART, PART, None, DONE]
    assert [row.status.review for row in annex.rows[2:4]] == [(REPAIRED,), (NOT_UNDERSTOOD,)]


GROUPED = ["ผล แล้วเสร็จ", "ผล อยู่ระหว่าง ดำเนินการ", "ผล ยังไม่ ดำเนินการ"]


def test_three_columns_under_one_heading_are_states() -> None:
    annex = from_sheet([["/", "", ""], ["", "/", ""], ["", "", "/"], ["/", "", ""]], GROUPED)
    assert [row.status.value for row in annex.rows] == [DONE, PART, NOT_YET, DONE]
    assert not any(row.status.review for row in annex.rows)


def test_columns_that_exclude_each_other_under_names_that_mean_nothing_ask() -> None:
    annex = from_sheet([["/", ""], ["", "/"], ["/", ""], ["", "/"]], ["กลุ่มสี ฟ้า", "กลุ่มสี เขียว"])
    assert [row.status.raw for row in annex.rows] == ["ฟ้า", "เขียว", "ฟ้า", "เขียว"]
    assert all(row.status.review == (NOT_UNDERSTOOD,) for row in annex.rows)
    both = from_sheet([["/", "/"], ["", "/"], ["/", ""], ["/", "/"]], ["ด้านที่ ๑", "ด้านที่ ๒"])
    assert not any(row.status.review for row in both.rows)


BOXES = [["☑"], ["☐"], ["☑"], ["☐"]]


def test_boxes_on_paper_are_ticked_or_empty_and_a_cross_beside_them_asks() -> None:
    annex = from_paper(BOXES, [PLAIN])
    assert [row.status.value for row in annex.rows] == [DONE, PART, DONE, PART]
    assert not any(row.status.review for row in annex.rows)
    crossed = from_paper([*BOXES, ["✗"]], [PLAIN])
    assert [CONTRADICTED in row.status.review for row in crossed.rows] == [False] * 4 + [True]


def with_notes(read_sign: list[str], *notes: str) -> Annex:
    rows = [[str(n), "ตัวอย่าง", f"อบต.สมมติ{n}", sign] for n, sign in enumerate(read_sign, start=1)]
    table_rows = [[*BEFORE, PLAIN], *rows, *([note, "", "", ""] for note in notes)]
    [annex], _ = build_annexes([Sheet(rows=tuple(map(tuple, table_rows)))], "ตัวอย่าง", TableFacts())
    return annex


@pytest.mark.parametrize(
    "note",
    [
        "หมายเหตุ O หมายถึง รายงานแล้ว X หมายถึง ยังไม่รายงาน",
        "รวม ๕ แห่ง รายงานแล้ว ๓ แห่ง ยังไม่รายงาน ๒ แห่ง",
        "รวมทั้งสิ้น 5 แห่ง รายงานแล้ว 3 แห่ง",
    ],
)
def test_a_legend_or_printed_numbers_tell_what_two_signs_mean(note: str) -> None:
    annex = with_notes(["O", "X", "O", "X", "O"], note)
    assert [row.status.value for row in annex.rows] == [DONE, PART, DONE, PART, DONE]
    assert not any(row.status.review for row in annex.rows)


def test_printed_numbers_that_tell_signs_the_other_way_contradict_them() -> None:
    annex = with_notes(["✓", "✗", "✓", "✗", "✓"], "รายงานแล้ว 2 แห่ง ยังไม่รายงาน 3 แห่ง")
    assert all(row.status.review == (CONTRADICTED,) for row in annex.rows)


def test_numbers_that_fit_neither_or_both_signs_tell_nothing() -> None:
    for signs, note in ((["O", "X"] * 2, "รายงานแล้ว 2 แห่ง"), (["O", "X", "O"], "รายงานแล้ว 7 แห่ง")):
        assert all(row.status.review == (NOT_UNDERSTOOD,) for row in with_notes(signs, note).rows)


def test_printed_numbers_tell_circles_from_crosses_on_paper() -> None:
    rows = [[str(n), "ตัวอย่าง", f"อบต.สมมติ{n}", "○" if n % 3 else "✗", ""] for n in range(1, 7)]
    headed = table([[*BEFORE, PLAIN, "หมายเหตุ"], *rows])
    asked = one([page(1, headed)])
    assert all(CONTRADICTED in row.status.review for row in asked.rows)
    told = one([page(1, headed)], [line("รายงานแล้ว ๔ แห่ง ยังไม่รายงาน ๒ แห่ง", y=0.85)])
    assert [row.status.value for row in told.rows] == [DONE, DONE, PART] * 2
    assert not any(row.status.review for row in told.rows)


def test_two_columns_marked_by_crosses_alone_do_not_ask() -> None:
    annex = from_paper([["✗", ""], ["", "✗"], ["✗", ""], ["", "✗"]], ["ส่ง", "ไม่ส่ง"])
    assert [row.status.value for row in annex.rows] == [DONE, PART, DONE, PART]
    assert not any(row.status.review for row in annex.rows)


def test_a_legend_on_paper_tells_circles_though_it_is_read_as_a_nought() -> None:
    rows = [[str(n), "ตัวอย่าง", f"อบต.สมมติ{n}", "○" if n % 2 else "✗", ""] for n in range(1, 7)]
    headed = table([[*BEFORE, PLAIN, "หมายเหตุ"], *rows])
    annex = one([page(1, headed)], [line("หมายเหตุ 0 หมายถึง รายงานแล้ว X หมายถึง ยังไม่รายงาน", y=0.85)])
    assert [row.status.value for row in annex.rows] == [DONE, PART] * 3
    assert not any(row.status.review for row in annex.rows)
