"""The sums within a table of money, down its lines and across its columns, and whether they agree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from models.annex import Annex, Column
from models.field import Field
from rules.engine.record_paths import unread
from rules.totals.figures import SUMMED, figure
from rules.totals.sum_hierarchy import TableLine, build_lines, families
from thai.numerals import to_arabic
from thai.text import skeleton

_ALL = {skeleton(word) for word in ("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด")}
_POINT = re.compile(r"(?P<whole>\d+)[.,]{1,2}(?P<part>\d{1,2}|\d{4,})$")
_LEAST_ACROSS: Final = 2
"""Columns that one called รวม must have beside it to be their sum."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure and those that it is the sum of.

    Attributes:
        relation: The same for all figures of one line, or of one column of totals across.
        label: What the line is called.
        column: Where the figure stands.
        whole: The figure.
        parts: What it is the sum of, each with its sign.
        paths: Where all of them stand in the record, the figure first.
    """

    relation: str
    label: str
    column: Column
    whole: Field[Any]
    parts: tuple[tuple[int, Field[Any]], ...]
    paths: tuple[str, ...]

    @property
    def is_stated(self) -> bool:
        """Whether a figure stands there at all."""
        return bool(self.whole.raw.strip())

    @property
    def added(self) -> Decimal | None:
        """What the parts come to; None where one is no number."""
        figures = [(sign, _likely(each)) for sign, each in self.parts]
        known = [sign * each for sign, each in figures if each is not None]
        return sum(known, Decimal(0)) if len(known) == len(figures) else None

    @property
    def printed(self) -> Decimal | None:
        """What is printed; None where it is no number."""
        return _likely(self.whole)

    @property
    def agrees(self) -> bool | None:
        """Whether the two agree but for rounding, half a unit of the last printed digit a part; None if not known.

        Numbers that were hardly read are right where they agree, but may not accuse others where they do not.
        """
        added, printed = self.added, self.printed
        if added is None or printed is None:
            return None
        exponent = printed.as_tuple().exponent
        unit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
        if abs(added - printed) <= unit * len(self.parts) / 2:
            return True
        fields = (self.whole, *(part for _, part in self.parts))
        return None if any(field.review or unread(field) for field in fields) else False


def _likely(field: Field[Any]) -> Decimal | None:
    """Return the number of a cell, a comma that cannot part thousands being a point that was misread."""
    found = _POINT.match(to_arabic(field.raw.strip()))
    return Decimal(f"{found['whole']}.{found['part']}") if found else figure(field)


def find_sums(annex: Annex, path: str) -> list[Sum]:
    """Return the figures of an annex that are sums, down its lines and across its columns.

    Args:
        annex: The annex.
        path: Where it stands in the document.
    """
    lines = build_lines(annex, path)
    columns = [column for column in annex.columns if column.kind in SUMMED]
    found = (*_sums_down(lines, columns), *_sums_across(lines, columns))
    return [each for each in found if each.is_stated]


def _sums_down(lines: Sequence[TableLine], columns: Sequence[Column]) -> Iterator[Sum]:
    for number, (line, parts) in enumerate(families(lines)):
        for column in columns:
            key = column.key
            if key in line.cells and all(key in part.cells for _, part in parts):
                yield Sum(
                    f"{number} down",
                    line.label,
                    column,
                    line.cells[key],
                    tuple((sign, part.cells[key]) for sign, part in parts),
                    (line.paths[key], *(part.paths[key] for _, part in parts)),
                )


def _sums_across(lines: Sequence[TableLine], columns: Sequence[Column]) -> Iterator[Sum]:
    for column in columns:
        others = [other.key for other in columns if other is not column]
        if skeleton(column.header.split(" ")[-1]) not in _ALL or len(others) < _LEAST_ACROSS:
            continue
        for line in lines:
            keys = [key for key in others if key in line.cells]
            if column.key in line.cells and keys:
                yield Sum(
                    f"{column.key} across",
                    line.label,
                    column,
                    line.cells[column.key],
                    tuple((1, line.cells[key]) for key in keys),
                    (line.paths[column.key], *(line.paths[key] for key in keys)),
                )


def is_nested(annex: Annex, path: str) -> bool:
    """Whether some rows of an annex are sums of other rows, so that its rows do not add up to its total."""
    return any(line.total_scope is None and parts for line, parts in families(build_lines(annex, path)))
