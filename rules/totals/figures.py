"""The numbers of an annex: of a cell, of a printed total, of a column over some rows."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from models.annex import CellValue, Column, ColumnKind, Row
from models.field import Field, Source
from rules.engine.record_paths import unread
from thai.numerals import parse_decimal

_UNCLEAR = "mark.unclear"
NO_MARK = frozenset({"", "-", "–", "—"})
"""What stands in a cell that holds no mark, and in one of numbers where there is nothing to count."""
SUMMED = frozenset({ColumnKind.COUNT, ColumnKind.AMOUNT})
"""Columns whose total is the sum of their cells; that of a column of marks is their number."""


def is_marked(cell: Field[CellValue] | None) -> bool | None:
    """Whether a cell of a mark column holds a mark; None where that was not made out. A dash means none."""
    if cell is None or unread(cell) or _UNCLEAR in cell.review:
        return None
    return str(cell.value).strip() not in NO_MARK


def figure(field: Field[Any] | None) -> Decimal | None:
    """Return the number of a cell or a total, nothing and a dash counting as 0; None where it was not read as one.

    The text comes first: the value of a printed total is a whole number, and amounts have satang.
    """
    if field is None or (field.value is None and not field.raw.strip()):
        return None
    if field.source is not Source.PERSON and field.raw.strip():
        read = parse_decimal(field.raw.strip())
        if read is not None:
            return read
    if field.value is None:
        return None
    if isinstance(field.value, int | float):
        return Decimal(str(field.value))
    text = str(field.value).strip()
    return Decimal(0) if text in NO_MARK else parse_decimal(text)


def counted(rows: Iterable[Row], column: Column) -> tuple[Decimal, int]:
    """Return what a column comes to over some rows, and in how many of them that was not made out.

    Marks are counted, numbers added up; in any other column a total is the number of rows.
    """
    sure, unsure = Decimal(0), 0
    for row in rows:
        cell = row.cells.get(column.key)
        if column.kind is ColumnKind.MARK:
            marked = is_marked(cell)
            unsure += marked is None
            sure += bool(marked)
        elif column.kind in SUMMED:
            number = None if cell is None or unread(cell) else figure(cell)
            unsure += number is None
            sure += number or 0
        else:
            sure += 1
    return sure, unsure


def doubted_cells(path: str, rows: Iterable[Row], column: Column, first: int = 0) -> tuple[str, ...]:
    """Return the paths of the cells of a column that ask for review: where a sum is off, they are to be looked at.

    Args:
        path: Of the annex.
        rows: Those that were counted.
        column: Whose cells.
        first: The place in the annex of the first of them.
    """
    cells = ((index, row.cells.get(column.key)) for index, row in enumerate(rows, start=first))
    return tuple(f"{path}.rows[{i}].cells.{column.key}" for i, cell in cells if cell is not None and cell.review)


def agrees(printed: Decimal, column: Column, sure: Decimal, unsure: int) -> bool | None:
    """Whether a printed total agrees with what was counted; None where unread cells leave it open.

    An unread mark is one or none, so that totals out of reach are wrong whatever it is; an unread number may be any.
    """
    if not unsure:
        return printed == sure
    if column.kind is ColumnKind.MARK and not sure <= printed <= sure + unsure:
        return False
    return None


def plain(number: Decimal) -> str:
    """Return a number as tables print it: thousands parted by commas, no zeros that say nothing."""
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.normalize():,f}"
