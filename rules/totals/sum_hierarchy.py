"""The outline of a table of money: which of its lines are the sums of which others, as their labels say.

A total is followed by what it totals; a number such as 2. by its parts 2.1 and 2.2, or by lines without a number; a
line without a number by those with a dash. รวมเงินงบประมาณ sums up all lines called เงินงบประมาณ, and (3.-4.) says
for itself what it is. What a label does not say is not guessed from the numbers.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.annex import Annex, ColumnKind
from models.field import Field
from thai.numerals import to_arabic
from thai.text import skeleton

_TOTAL = re.compile(r"^\s*(?:ยอด)?รวม\s*(?P<of>.*)")
_GRAND = {skeleton(word) for word in ("", "ทั้งสิ้น", "ทั้งหมด")}
_NUMBERED = re.compile(r"^\s*(?P<number>\d+(?:\.\d+)*)(?:\.\s*|\s+)(?=\D)")
_DASHED = re.compile(r"^\s*[-–—]")
_FORMULA = re.compile(r"\((?P<terms>\d+\.?(?:[+-]\d+\.?)+)\)")
_TERM = re.compile(r"(?P<sign>[+-]?)(?P<number>\d+)")
_OF_BODIES = {ColumnKind.BODY, ColumnKind.DISTRICT, ColumnKind.SEQUENCE, ColumnKind.MARK}


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table: what it is called, its cells by column key, and where each stands in the record."""

    label: str
    cells: Mapping[str, Field[Any]]
    paths: Mapping[str, str]

    @property
    def number(self) -> tuple[int, ...]:
        """Its number, such as (2, 1) for 2.1; empty where it has none."""
        found = _NUMBERED.match(to_arabic(self.label))
        return tuple(int(part) for part in found["number"].split(".")) if found else ()

    @property
    def total_scope(self) -> str | None:
        """What it totals, as a skeleton; None where it is no total, and nothing where it totals all."""
        found = _TOTAL.match(self.label)
        if found is None or _FORMULA.search(to_arabic(self.label)):
            return None
        of = skeleton(found["of"])
        return "" if of in _GRAND else of

    @property
    def is_dashed(self) -> bool:
        """Whether it begins with a dash."""
        return _DASHED.match(self.label) is not None

    @property
    def is_plain(self) -> bool:
        """Whether it has neither number nor dash, and totals nothing."""
        return not self.number and not self.is_dashed and self.total_scope is None


Parts = list[tuple[int, TableLine]]


def build_lines(annex: Annex, path: str) -> list[TableLine]:
    """Return the lines of an annex from top to bottom, totals among them; none where it lists bodies or has no labels.

    Args:
        annex: The annex.
        path: Where it stands in the document.
    """
    kinds = [column.kind for column in annex.columns]
    if ColumnKind.TEXT not in kinds or _OF_BODIES & set(kinds):
        return []
    label = annex.columns[kinds.index(ColumnKind.TEXT)].key
    found = [
        TableLine(
            str(row.cells[label].value or ""),
            row.cells,
            {key: f"{path}.rows[{index}].cells.{key}" for key in row.cells},
        )
        for index, row in enumerate(annex.rows)
    ]
    groups: dict[tuple[str, int], tuple[dict[str, Field[Any]], dict[str, str]]] = {}
    for index, sub in enumerate(annex.subtotals):
        cells, paths = groups.setdefault((sub.district.raw, sub.rows_above), ({}, {}))
        cells[sub.column], paths[sub.column] = sub.value, f"{path}.subtotals[{index}].value"
    for index, total in enumerate(annex.totals):
        cells, paths = groups.setdefault(("รวม", -1), ({}, {}))
        cells[total.column], paths[total.column] = total.value, f"{path}.totals[{index}].value"
    found += [TableLine(said, cells, paths) for (said, _), (cells, paths) in groups.items()]
    placed = [(_place(line), line) for line in found]
    return [line for place, line in sorted(placed, key=lambda each: each[0] or (0, 0.0)) if place is not None]


def _place(line: TableLine) -> tuple[int, float] | None:
    return min(
        ((cell.page, cell.box.y0) for cell in line.cells.values() if cell.page is not None and cell.box is not None),
        default=None,
    )


def families(lines: Sequence[TableLine]) -> Iterator[tuple[TableLine, Parts]]:
    """Yield each line that is a sum with the lines that it sums up, each with its sign."""
    for index, line in enumerate(lines):
        below = lines[index + 1 :]
        parts = [(1, each) for each in _below(line, below, lines)] if below else []
        formula = _FORMULA.search(to_arabic(line.label).replace(" ", ""))
        if formula:
            by_number = {each.number: each for each in lines}
            terms = [(-1 if t["sign"] == "-" else 1, (int(t["number"]),)) for t in _TERM.finditer(formula["terms"])]
            parts = [(sign, by_number[number]) for sign, number in terms if number in by_number]
            parts = parts if len(parts) == len(terms) else []
        if parts:
            yield line, parts


def _below(line: TableLine, below: Sequence[TableLine], lines: Sequence[TableLine]) -> list[TableLine]:
    """Return the lines that a line sums up, of those below it; for a total of named lines, of all."""
    if line.total_scope is not None:
        return _below_total(line.total_scope, below, lines)
    until_total = _until(below, lambda other: other.total_scope is not None)
    if line.is_plain and below[0].number == (1,):
        return [other for other in until_total if len(other.number) == 1]
    if line.number:
        return _of_number(line, until_total)
    return _dashed(below) if line.is_plain else []


def _below_total(total_scope: str, below: Sequence[TableLine], lines: Sequence[TableLine]) -> list[TableLine]:
    """Return what a total sums up: the lines of its name, totals that follow it, numbered items, or plain lines."""
    if total_scope:
        return [other for other in lines if skeleton(other.label) == total_scope]
    if below[0].total_scope:
        return _until(below, lambda other: not other.total_scope)
    until_total = _until(below, lambda other: other.total_scope is not None)
    if below[0].number == (1,):
        return [other for other in until_total if len(other.number) == 1]
    heads = {id(head) for head, first in itertools.pairwise(below) if first.number == (1,)}
    own = _until(until_total, lambda other: bool(other.number))
    return [other for other in own if other.is_plain and id(other) not in heads]


def _of_number(line: TableLine, below: Sequence[TableLine]) -> list[TableLine]:
    depth = len(line.number)
    own = _until(below, lambda each: bool(each.number) and len(each.number) <= depth)
    deeper = [each for each in own if len(each.number) == depth + 1 and each.number[:depth] == line.number]
    return deeper or _dashed(own) or _until(own, lambda each: not each.is_plain)


def _dashed(lines: Sequence[TableLine]) -> list[TableLine]:
    return _until(lines, lambda each: not each.is_dashed)


def _until(lines: Sequence[TableLine], ends: Callable[[TableLine], bool]) -> list[TableLine]:
    found = []
    for line in lines:
        if ends(line):
            break
        found.append(line)
    return found
