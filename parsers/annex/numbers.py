"""The numbers of an annex: what a cell of a column of counts, amounts or percents comes to."""

from models.annex import CellValue, ColumnKind
from thai.numerals import parse_decimal, parse_int, to_arabic

NUMERIC = (ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.PERCENT)
"""Columns whose cells are numbers."""
NUMBER_UNREADABLE = "unreadable"
_NIL = frozenset({"", "-", "–", "—"})


def parse_number(kind: ColumnKind, text: str) -> CellValue:
    """Return the number that a cell states; its text where it is empty, a dash for nil, or no single number.

    An amount or a percent is a float, `300000.0`; a count without decimals is an integer.
    """
    said = text.strip()
    count = parse_int(said) if kind is ColumnKind.COUNT else None
    if count is not None:
        return count
    number = parse_decimal(to_arabic(said))
    return float(number) if number is not None else text


def is_number_or_nil(text: str) -> bool:
    """Tell whether a cell of numbers is plain: a number, one over its percentage, nothing, or a dash."""
    said = text.strip()
    if said in _NIL:
        return True
    return all(parse_decimal(value.strip()) is not None for value in said.removesuffix(")").split("("))
