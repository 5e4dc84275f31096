"""What the comparison with other tools counts as right, lost and invented, and what it takes from their text."""

import argparse
from pathlib import Path

import pytest

from bench.grids import align, join_rows, marked_columns, parse_table, wrong_cells
from bench.peer_cases import CASES, Case, page_count
from bench.peer_fields import fields
from bench.peers import Answer, judged
from models.field import Field

LETTER = """ด่วนมาก
ที่ อต ๐๐๒๓.๓/ว ๑๗๗๔        ศาลากลางจังหวัดอุตรดิตถ์
                         ๒๙ เมษายน ๒๕๖๔
เรือง  การบันทึกข้อมูล
       ในระบบข้อมูลกลาง ปี ๒๕๖๔
เรียน  นายอำเภอทุกอำเภอ
อ้างถึง หนังสือจังหวัด ลงวันที่ ๗ ตุลาคม ๒๕๖๓
"""
PRINTED = (("1", "กะปง", "ทต.ท่านา", "✓", "", ""), ("2", "กะปง", "อบต.รมณีย์", "", "✗", "ยังไม่ได้จัดส่ง"))


def test_header_fields_are_taken_from_text_that_lost_a_tone_mark() -> None:
    assert fields(LETTER) == {
        "number": "อต0023.3/ว1774",
        "date": "2021-04-29",
        "subject": "การบันทึกข้อมูลในระบบข้อมูลกลางปี๒๕๖๔",
        "urgency": "ด่วนมาก",
    }


def test_a_stamp_over_the_date_does_not_give_the_date_of_a_letter() -> None:
    stamped = LETTER.replace("ด่วนมาก\n", "ด่วนมาก\nรับวันที่ ๓๐ เมษายน ๒๕๖๔ เวลา ๑๔.๐๐ น.\n")
    assert fields(stamped)["date"] == "2021-04-29"


@pytest.mark.parametrize("text", ["", "ประกาศ", "๓๑ กุมภาพันธ์ ๒๕๖๔"])
def test_what_a_text_does_not_say_is_missing(text: str) -> None:
    assert fields(text)["date"] is None
    assert fields(text)["number"] is None


def test_cells_are_compared_by_what_they_say() -> None:
    marks = marked_columns(PRINTED)
    assert marks == {3, 4}
    assert wrong_cells(PRINTED[0], ("๑", "กะ ปง", "ทต ท่านา", "/", "", "-"), marks) == []
    assert wrong_cells(PRINTED[0], ("๗", "กะปง", "ทต.ท่าน", "", "x", ""), marks) == [0, 2, 3, 4]
    assert wrong_cells(("๑๐.๕",), ("๑๐๕",), frozenset()) == [0]
    assert wrong_cells(PRINTED[0], ("1", "กะปง"), marks) == [2, 3, 4, 5]


def test_rows_lost_and_invented_do_not_shift_the_others() -> None:
    third = ("3", "ตะกั่วทุ่ง", "อบต.หล่อยูง", "✓", "", "")
    strange = ("9", "x", "ฮฮฮฮฮ", "", "", "")
    assert align([*PRINTED, third], [PRINTED[0], strange, third]) in (
        [(0, 0), (1, None), (None, 1), (2, 2)],
        [(0, 0), (None, 1), (1, None), (2, 2)],
    )
    assert align(PRINTED, []) == [(0, None), (1, None)]


def test_rows_are_taken_from_tables_as_tools_give_them() -> None:
    header, total = ["ลำดับ", "อำเภอ", "อปท."], ["รวม", "", "๒"]
    table = [header, ["๑", "กะปง", "ทต.ท่านา"], ["๒", "", "อบต.รมณีย์"], total]
    wanted = [("๑", "กะปง", "ทต.ท่านา"), ("๒", "กะปง", "อบต.รมณีย์")]
    assert join_rows([table], 3) == wanted
    assert join_rows([[[*row[:1], "", *row[1:]] for row in table]], 3) == wanted
    assert join_rows([[[*table[1], *table[2]]]], 3) == [wanted[0], ("๒", "", "อบต.รมณีย์")]
    headed = [["ลำดับ", "อปท."], ["อำเภอกะปง", "อำเภอกะปง"], ["๑", "ทต.ท่านา"]]
    assert join_rows([headed], 3, headed=True) == [("๑", "กะปง", "ทต.ท่านา")]
    assert join_rows([[["ก", "ข", "ค", "ง"]]], 3) == []


def test_lines_of_text_are_parted_at_wide_gaps() -> None:
    assert parse_table("บัญชี\n๑   กะปง | ทต.ท่านา    ๒,๕๐๐\n", 5) == [["๑", "กะปง", "ทต.ท่านา", "๒,๕๐๐", ""]]


def test_a_peer_is_silent_where_it_is_wrong_and_nobody_is_misled_by_nothing() -> None:
    case = Case(
        Path("a.pdf"), {0: {"number": "มท 1/2", "date": "2021-04-29", "subject": "ก", "urgency": None}}, PRINTED
    )
    wrong = {"number": Field(value="มท 1/3"), "date": Field(value="2021-04-29"), "subject": Field[str]()}
    rows: list[tuple[tuple[str, ...], bool]] = [
        (PRINTED[0], False),
        (("2", "กะปง", "อบต.รมณีย", "", "x", "ยังไม่ได้จัดส่ง"), True),
    ]
    doubted = {name: field.model_copy(update={"review": ("digits",)}) for name, field in wrong.items()}

    def verdicts(answer: Answer, *, silent: bool) -> list[str]:
        kinds = ("field", "row")
        return [verdict for verdict, _ in judged(case, answer, silent=silent) if verdict.startswith(kinds)]

    fields_said = ["field right", "field missing", "field right"]
    assert verdicts(Answer({0: wrong}, rows, False, 1, 0), silent=True) == [
        "field silent", *fields_said, "row right", "row silent"
    ]  # fmt: skip
    assert verdicts(Answer({0: doubted}, rows, False, 1, 0), silent=False) == [
        "field flagged", *fields_said, "row right", "row flagged"
    ]  # fmt: skip
    assert verdicts(Answer({}, [], False, 1, 0), silent=True)[-2:] == ["row missing", "row missing"]
    assert verdicts(Answer({}, rows[:1], False, 1, 0), silent=True)[-1] == "row lost, silent"


def test_every_committed_document_of_the_comparison_is_there_with_its_rows() -> None:
    nothing = argparse.Namespace()
    for name in ("fixtures", "shapes", "digital"):
        for case in CASES[name](nothing):
            assert page_count(case.file) >= 1
            assert len({len(row) for row in case.rows}) == 1
