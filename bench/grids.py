"""Rows of a table as cells of text: how a tool gave them, against how they were printed.

Cells are compared without spaces and without dots but those of decimals, digits as Arabic ones, a dash as nil, and any
text in a column of marks as a mark, so that a tool is measured by what it read and not by how it writes it.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz

from models.annex import Annex, ColumnKind, Row, Status
from thai.numerals import to_arabic
from thai.text import normalize

Cells = tuple[str, ...]
_ALIKE = 40.0
_LACKS = "a column that is not there"
_SIGNS = frozenset("✓✗")
_LONE_DOT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_GAP = re.compile(r"\s{2,}|\s*\|\s*")


def bare(text: str) -> str:
    """Return a text as it is compared: normalized, digits as Arabic ones, without spaces."""
    return "".join(to_arabic(normalize(text)).split())


def marked_columns(rows: Sequence[Cells]) -> frozenset[int]:
    """Return the columns that hold ticks and crosses, from 0."""
    return frozenset(column for row in rows for column, text in enumerate(row) if text in _SIGNS)


def wrong_cells(wanted: Cells, got: Cells, marks: frozenset[int]) -> list[int]:
    """Return the columns, from 0, where a row does not say what was printed; a column that it lacks is wrong."""
    pairs = enumerate(zip(wanted, (*got, *[_LACKS] * len(wanted)), strict=False))
    return [column for column, (a, b) in pairs if b is _LACKS or _said(a, column in marks) != _said(b, column in marks)]


def _said(text: str, mark: bool) -> str:  # noqa: FBT001 - a cell is one or is not
    plain = _LONE_DOT.sub("", bare(text))
    return str(bool(plain)) if mark else "" if plain in {"-", "–"} else plain


def align(wanted: Sequence[Cells], got: Sequence[Cells]) -> list[tuple[int | None, int | None]]:
    """Pair rows in their order so that they are as alike as can be; None stands for a row lost or invented."""
    a, b = [bare("".join(row)) for row in wanted], [bare("".join(row)) for row in got]
    alike = np.array([[fuzz.ratio(x, y) for y in b] for x in a]).reshape(len(a), len(b))
    best = np.zeros((len(a) + 1, len(b) + 1))
    for i, j in np.ndindex(alike.shape):
        paired = best[i, j] + alike[i, j] if alike[i, j] >= _ALIKE else 0.0
        best[i + 1, j + 1] = max(best[i, j + 1], best[i + 1, j], paired)
    pairs: list[tuple[int | None, int | None]] = []
    pair: tuple[int | None, int | None]
    i, j = len(a), len(b)
    while i or j:
        if i and best[i, j] == best[i - 1, j]:
            i, pair = i - 1, (i - 1, None)
        elif j and best[i, j] == best[i, j - 1]:
            j, pair = j - 1, (None, j - 1)
        else:
            i, j, pair = i - 1, j - 1, (i - 1, j - 1)
        pairs.append(pair)
    return pairs[::-1]


def said(annex: Annex) -> list[Cells]:
    """Return what we say of each row, column by column as printed; normalized where the column is known."""
    return [tuple(_cell(row, column.key, column.kind) for column in annex.columns) for row in annex.rows]


def _cell(row: Row, key: str, kind: ColumnKind) -> str:
    normalized = {
        ColumnKind.SEQUENCE: row.sequence.value,
        ColumnKind.DISTRICT: row.district.value,
        ColumnKind.BODY: row.body.value.label if row.body.value else None,
    }.get(kind)
    cell = row.cells[key]
    is_other = isinstance(cell.value, int | float) or kind is ColumnKind.DATE  # a number or a day is not as printed
    read = cell.raw if is_other else cell.value or ""
    return str(read if normalized is None else normalized)


def status_cells(row: Row) -> Cells:
    """Return what we say of a row of bodies with two columns of marks: sequence, district, body, marks, remark."""
    done, status = row.status.value is Status.COMPLETE, row.status.value
    marks = ("✓" if done else "", "" if done or status is None else "✗")
    body = row.body.value.label if row.body.value else row.body.raw or ""
    return (str(row.sequence.value or ""), row.district.value or "", body, *marks, row.remark.value or "")


def join_rows(tables: Sequence[Sequence[Sequence[str]]], columns: int, *, headed: bool = False) -> list[Cells]:
    """Return the rows of a peer's tables that have the columns of the print; how many it had, they are told.

    Empty columns are dropped where that helps, lists side by side put under each other, districts that stand once
    over their rows (`headed`, then the second column) or in a merged cell written into each, headers and totals left.
    """
    width = columns - headed
    if width < 1:  # a letter has no table
        return []
    rows: list[Cells] = []
    for table in tables:
        kept = [[cell.strip() for cell in row] for row in table]
        if kept and len(kept[0]) % width:
            used = [any(column) for column in zip(*kept, strict=True)]
            kept = [[cell for cell, use in zip(row, used, strict=True) if use] for row in kept]
        if kept and kept[0] and not len(kept[0]) % width:
            for start in range(0, len(kept[0]), width):
                rows += _bodies([row[start : start + width] for row in kept], headed=headed)
    return rows


def _bodies(table: Sequence[Sequence[str]], *, headed: bool) -> Iterator[Cells]:
    district = ""
    for row in table:
        text = bare("".join(dict.fromkeys(row)))
        if "รวม" in text or "ลำดับ" in text or not text:
            continue
        if headed and text.startswith("อำเภอ"):
            district = text.removeprefix("อำเภอ")
        elif headed:
            yield (row[0], district, *row[1:])
        else:
            district = row[1] or district if len(row) > 1 else ""
            yield (row[0], district, *row[2:])


def parse_table(text: str, columns: int) -> list[list[str]]:
    """Return the lines of a text that begin with a number as rows: split at wide gaps, filled up on the right."""
    split = [[part for part in _GAP.split(line.strip()) if part] for line in text.splitlines()]
    rows = [parts for parts in split if len(parts) >= 2 and any(c.isdigit() for c in parts[0])]
    return [[*parts[: columns - 1], "".join(parts[columns - 1 :]), *[""] * columns][:columns] for parts in rows]
