"""No text from outside becomes a formula of a spreadsheet; programs get values as they are."""

import pytest

from reports.csv_safety import as_plain_csv, as_spreadsheet_csv, guard


@pytest.mark.parametrize(
    "text", ["=1+1", "＝1+1", "＋1", "－x", "＠x", " =1", "\u00a0=1", "\ufeff=1", "\u200b+x", "\tx"]
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["", "-", "-12.5", "๑๒", "อบต.น้ำหมัน", "a=b", -3, None])
def test_what_is_no_formula_stays(cell: str | int | None) -> None:
    assert guard(cell) == cell


def test_programs_get_values_as_they_are() -> None:
    assert as_plain_csv(["a"], [["=1"]]) == "a\r\n=1\r\n"
    assert as_spreadsheet_csv(["a"], [["=1"]]) == "\ufeffa\r\n'=1\r\n"
