"""Numbers of a row that confirm each other: a percentage and its two counts, a sum and its two parts.

Three numbers of which one follows from the others are hardly misread in a way that fits: where nearly all rows of a
table show such a relation, the rows in which it holds need not be asked for what was not clearly read.
"""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Final

from models.annex import CellValue, Column, ColumnKind
from models.field import Field
from parsers.annex.numbers import NUMERIC

Cells = Mapping[str, Field[CellValue]]
_LEAST_ROWS: Final = 5
"""Rows in which a relation must hold before it is taken for one of the table."""
_FITTING: Final = 0.8
"""Share of the rows with all three numbers in which it must hold; the others are misread, or wrong on paper."""
_HALF_UNIT: Final = 0.006
"""Half a unit of the second decimal, to which percentages are rounded, and a little for binary fractions."""
_UNSURE: Final = "low_confidence"


def confirm_by_relations(columns: Sequence[Column], rows: Sequence[Cells]) -> list[dict[str, Field[CellValue]]]:
    """Return the cells of each row, those not doubted for low confidence that a relation of the table confirms.

    Args:
        columns: The columns of the table.
        rows: The cells of each row by column key.
    """
    confirmed = [dict(row) for row in rows]
    numeric = [column for column in columns if column.kind in NUMERIC]
    for triple in permutations(numeric, 3):
        holds = [_holds(triple, row) for row in rows]
        known = [held for held in holds if held is not None]
        if known.count(True) < max(_LEAST_ROWS, _FITTING * len(known)):
            continue
        for row, held in zip(confirmed, holds, strict=True):
            for column in triple if held else ():
                cell = row[column.key]
                kept = tuple(code for code in cell.review if code != _UNSURE)
                row[column.key] = cell.model_copy(update={"review": kept})
    return confirmed


def _holds(triple: Sequence[Column], row: Cells) -> bool | None:
    """Tell whether the first number of a row is the percentage, or the sum, of the others; None where one is none."""
    first, second, third = (row[column.key].value for column in triple)
    if not isinstance(first, int | float) or not isinstance(second, int | float) or not isinstance(third, int | float):
        return None
    if triple[0].kind is ColumnKind.PERCENT:
        return third > 0 and second > 0 and abs(first - 100 * second / third) < _HALF_UNIT
    if any(column.kind is ColumnKind.PERCENT for column in triple) or min(second, third) <= 0:
        return None
    return abs(first - second - third) < _HALF_UNIT
