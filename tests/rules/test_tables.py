"""Rules of totals within tables, of amounts, percentages and counts, with one thing put wrong."""

from typing import Any

import pytest

from models.annex import SubtotalKind
from models.field import Field
from models.finding import Outcome
from rules.engine.declaration import Case
from rules.runner import ALL
from tests.rules import builders as b
from tests.rules.judging import COULD_NOT_RUN, NOT_APPLICABLE, PASSED, VIOLATED, finding, of, outcome

DISTRICT, PAGE = SubtotalKind.DISTRICT, SubtotalKind.PAGE

CARRIED, BROUGHT = SubtotalKind.CARRIED_FORWARD, SubtotalKind.BROUGHT_FORWARD


def with_subtotals(*found: tuple[SubtotalKind, str, int | None, int], **changes: Any) -> Case:
    return of(subtotals=tuple(b.subtotal(*each) for each in found), **changes)


def unread_mark() -> Any:
    return b.rows(b.row(1, "น้ำหมัน", cells=b.cells(None, "")))


@pytest.mark.parametrize(
    ("rule", "case", "expected"),
    [
        ("T04", with_subtotals((DISTRICT, "c4", 2, 5)), PASSED),
        ("T04", with_subtotals((DISTRICT, "c4", 3, 5)), VIOLATED),
        ("T04", with_subtotals((DISTRICT, "c4", 2, 2), (DISTRICT, "c4", 0, 5)), PASSED),
        ("T04", with_subtotals((DISTRICT, "c4", 2, 2), (DISTRICT, "c4", 2, 5)), VIOLATED),
        ("T04", with_subtotals((DISTRICT, "c3", 5, 5)), PASSED),  # under the names it is the number of rows
        ("T04", with_subtotals((DISTRICT, "c3", 4, 5)), VIOLATED),
        ("T04", with_subtotals((DISTRICT, "c4", None, 5)), COULD_NOT_RUN),
        ("T04", with_subtotals((DISTRICT, "c4", 2, 5), rows=unread_mark()), COULD_NOT_RUN),
        ("T04", with_subtotals((DISTRICT, "c4", 3, 5), rows=unread_mark()), VIOLATED),
        ("T04", with_subtotals((PAGE, "c4", 3, 5)), NOT_APPLICABLE),
        ("T05", with_subtotals((CARRIED, "c4", 2, 3), (BROUGHT, "c4", 2, 3)), PASSED),
        ("T05", with_subtotals((CARRIED, "c4", 2, 3), (BROUGHT, "c4", 1, 3)), VIOLATED),
        ("T05", with_subtotals((PAGE, "c4", 1, 1), (PAGE, "c4", 1, 5)), PASSED),
        ("T05", with_subtotals((PAGE, "c4", 1, 1), (PAGE, "c4", 2, 5)), VIOLATED),
        ("T05", with_subtotals((PAGE, "c4", None, 1)), COULD_NOT_RUN),
        ("T06", of(totals=(b.total("c4", 3),)), NOT_APPLICABLE),  # without subtotals T02 says it
        ("T06", with_subtotals((DISTRICT, "c4", 1, 2), (DISTRICT, "c4", 1, 5)), PASSED),
        ("T06", with_subtotals((DISTRICT, "c4", 1, 2), (DISTRICT, "c4", 2, 5)), VIOLATED),
        ("T06", with_subtotals((DISTRICT, "c4", 1, 2), (DISTRICT, "c4", None, 5)), COULD_NOT_RUN),
    ],
)
def test_totals_within_a_table(rule: str, case: Case, expected: Outcome) -> None:
    assert outcome(rule, case) is expected


@pytest.mark.parametrize(("printed", "expected"), [(4, PASSED), (5, VIOLATED), (None, COULD_NOT_RUN)])
def test_provinces_add_up_to_the_country(printed: int | None, expected: Outcome) -> None:
    country = b.annex(province=b.text(None), totals=(b.total("c4", printed),), columns=b.COLUMNS)
    provinces = [b.annex(province=b.text(name), totals=(b.total("c4", 2),)) for name in ("อุตรดิตถ์", "อุดรธานี")]
    country = country.model_copy(update={"rows": b.rows()[:0]})
    case = b.case(annexes=(*provinces, country))
    found = [o for o in ALL["T06"].check(case) if any("annexes[2]" in place for place in o.evidence)]
    assert found[-1].outcome is expected


ROWS = (("1", "4", "25.0", "1,000.00"), ("3", "4", "75.0", "200.00"), ("1", "3", "33.3", "34.50"))


def money(at: int, column: int, value: str, **changes: Any) -> Case:
    lines = [list(line) for line in ROWS]
    lines[at][column] = value
    return b.case(annexes=(b.money(*map(tuple, lines), **changes),), page=b.MONEY_WORDS)


@pytest.mark.parametrize(
    ("rule", "case", "expected"),
    [
        ("T07", money(0, 2, "25.0"), PASSED),
        ("T07", money(0, 2, "๒๕.๐๐"), PASSED),
        ("T07", money(2, 2, "33.4"), PASSED),  # rounded up: one unit of the last digit is let through
        ("T07", money(0, 2, "186.12"), VIOLATED),
        ("T08", money(0, 3, "1,000.00"), PASSED),
        ("T08", money(0, 3, "1,000.50"), VIOLATED),
        ("T08", money(0, 3, "x"), COULD_NOT_RUN),
        ("T08", money(0, 3, "1,000.00", totals=(b.total_of("c7", "๑,๒๔๓.๕๐"),)), VIOLATED),
        ("T08", money(0, 3, "1,000.00", totals=()), NOT_APPLICABLE),
        ("T02", money(0, 0, "2"), VIOLATED),
    ],
)
def test_amounts_and_percentages(rule: str, case: Case, expected: Outcome) -> None:
    assert outcome(rule, case) is expected


def test_a_percentage_is_recomputed_where_most_rows_tell_of_what() -> None:
    bodies = [("1", "4", "25.0", "0")] * 3
    case = b.case(annexes=(b.money(*bodies),))
    rows = case.document.annexes[0].rows
    more = tuple(row.model_copy(update={"sequence": Field[int](value=n)}) for n, row in enumerate(rows * 2, start=1))
    wrong = more[0].cells | {"c6": Field[Any](value="52.0", raw="52.0")}
    annex = case.document.annexes[0].model_copy(
        update={"rows": (more[0].model_copy(update={"cells": wrong}), *more[1:])}
    )
    found = finding("T07", b.case(annexes=(annex,)))
    assert found.suggestion == "๒๕"
    assert found.evidence[0] == "annexes[0].rows[0].cells.c6"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("จำนวน ๑,๒๓๔.๕๐ บาท (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)", PASSED),
        ("จำนวน 1,234.50 บาท (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)", PASSED),
        ("จำนวน ๑,๒๔๓.๕๐ บาท (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)", VIOLATED),
        ("จำนวน ๒๐๐ บาท (สองร้อยสองร้อยบาทถ้วน)", COULD_NOT_RUN),
        ("จำนวน ๒๐๐ บาท", NOT_APPLICABLE),
    ],
)
def test_an_amount_in_a_letter_agrees_with_its_words(body: str, expected: Outcome) -> None:
    assert outcome("T08", b.case((b.cover(body=b.text(body)),))) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("มีองค์กรปกครองส่วนท้องถิ่นทั้งหมด ๕ แห่ง", PASSED),
        ("มีองค์กรปกครองส่วนท้องถิ่นทั้งหมด ๔ แห่ง", VIOLATED),
        ("บันทึกเรียบร้อยแล้ว ๒ แห่ง ยังไม่บันทึก ๓ แห่ง", PASSED),
        ("บันทึกเรียบร้อยแล้ว ๓ แห่ง", VIOLATED),
        ("ยังไม่บันทึกข้อมูล จำนวน ๒ แห่ง", VIOLATED),
        ("แจ้งให้ ๓ แห่งทราบ", PASSED),
        ("แจ้งให้ ๔ แห่งทราบ", VIOLATED),
        ("ติดต่อได้ทุกแห่ง", NOT_APPLICABLE),
    ],
)
def test_a_number_of_bodies_in_a_letter(body: str, expected: Outcome) -> None:
    assert outcome("T09", b.case((b.cover(body=b.text(body)),), (b.annex(),))) is expected


def test_a_number_of_bodies_names_the_one_of_the_table() -> None:
    case = b.case((b.cover(body=b.text("มีทั้งสิ้น ๑๕ แห่ง")),), (b.annex(totals=()),))
    assert finding("T09", case).suggestion == "๕"
