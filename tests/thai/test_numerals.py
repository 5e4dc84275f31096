from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thai.numerals import mixed_digits, parse_decimal, parse_int, to_arabic, to_thai


def test_all_ten_digits() -> None:
    assert to_arabic("๐๑๒๓๔๕๖๗๘๙") == "0123456789"
    assert to_thai("0123456789") == "๐๑๒๓๔๕๖๗๘๙"


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_conversion_keeps_length_and_everything_that_is_no_digit(text: str) -> None:
    arabic = to_arabic(text)
    assert len(arabic) == len(text)
    assert to_thai(arabic) == to_thai(text)
    assert to_arabic(to_thai(text)) == arabic
    assert all(a == b for a, b in zip(text, arabic, strict=True) if b not in "0123456789")


@given(st.integers(min_value=0, max_value=10**15 - 1))
@settings(max_examples=100)
def test_whole_numbers_come_back(number: int) -> None:
    for written in (f"{number}", f"{number:,}", f"  {number} "):
        assert parse_int(written) == parse_int(to_thai(written)) == number
        assert parse_decimal(to_thai(written)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False))
@settings(max_examples=100)
def test_decimals_come_back(number: Decimal) -> None:
    for written in (f"{number:f}", f"{number:,.2f}"):
        assert parse_decimal(written) == parse_decimal(to_thai(written)) == number


@pytest.mark.parametrize(
    "doubtful",
    [
        "", " ", "-", "๑๒๓O", "๐๐๐6", "๑2", "1,23", "12,34,567", ",123", "1,234,", "0,123", "1 234", "-5", "+5", "๔๘๙ก",
        "٣", "²", "１２", "1e5", "0x1", "1_000", "๑" * 40, "9" * 5000, "½",
    ],
)  # fmt: skip
def test_doubtful_numbers_are_none(doubtful: str) -> None:
    assert parse_int(doubtful) is None
    assert parse_decimal(doubtful) is None


def test_a_point_makes_no_whole_number() -> None:
    assert parse_int("1.234") is None
    assert parse_decimal("1.234") == Decimal("1.234")
    assert parse_decimal("๑,๕๐๐.-") == 1500
    assert parse_decimal("๑๘๖.๑๒") == Decimal("186.12")
    assert parse_decimal("1.") is None
    assert parse_decimal(".5") is None


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("อต ๐๐๓๓๑๐๕/๐๐๐6", True),
        ("๒๕6๔", True),
        ("๑,234", True),
        ("๐๐๓๓.2", True),
        ("นม 0037.6/๘๔๗๑", False),
        ("๑ 2", False),
        ("๒๕๖๔ หรือ 2564", False),
        ("", False),
    ],
)
def test_mixed_digits_looks_at_one_number_at_a_time(*, text: str, mixed: bool) -> None:
    assert mixed_digits(text) is mixed


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_nothing_raises(text: str) -> None:
    assert parse_int(text) is None or parse_decimal(text) is not None
    assert isinstance(mixed_digits(text), bool)
