"""Numbers that confirm each other are not asked for, though they were hardly read; those that do not are."""

import pytest

from tests.parsers.annex.builders import UNSURE, one, page, table

PERCENTS = ["ที่", "อำเภอ", "อปท.", "จำนวนครัวเรือน", "สำรวจแล้ว", "ร้อยละ"]
SUMS = ["ที่", "อำเภอ", "อปท.", "จำนวนเงิน (บาท)", "เบิกจ่าย (บาท)", "คงเหลือ (บาท)"]


def read(headers: list[str], numbers: list[tuple[str, str, str]]):
    rows = [[str(n), "ปัว", f"อบต.สมมติ{n}", *said] for n, said in enumerate(numbers, start=1)]
    annex = one([page(1, table([headers, *rows], confidence=UNSURE))])
    return [any("low_confidence" in row.cells[key].review for key in ("c4", "c5", "c6")) for row in annex.rows]


@pytest.mark.parametrize(
    ("headers", "numbers", "wrong"),
    [
        (PERCENTS, [(str(400 + n), str(100 + n), f"{100 * (100 + n) / (400 + n):.2f}") for n in range(8)], "77.12"),
        (SUMS, [(f"{900 + n}.00", f"{200 + n}.00", "700.00") for n in range(8)], "701.00"),
    ],
)
def test_a_relation_of_the_table_confirms_its_rows_but_for_those_that_break_it(headers, numbers, wrong) -> None:
    assert not any(read(headers, numbers))
    broken = [*numbers[:3], (*numbers[3][:2], wrong), *numbers[4:]]
    assert read(headers, broken) == [n == 3 for n in range(8)]


def test_numbers_without_a_relation_ask_for_what_was_hardly_read() -> None:
    assert all(read(SUMS, [(f"{900 + 7 * n}.00", f"{200 + n * n}.00", f"{n + 1}.00") for n in range(8)]))
