"""Lists without a rule → tables of two columns: what is counted, and how many.

Offices print such lists on a line each, the names indented under each other, the numbers one under the other at the
right (จำนวน อปท. by kind). Only lines that no letter took are looked at.
"""

import itertools
from collections.abc import Sequence
from statistics import median

from models.field import Box
from models.ocr import Cell, Grid, OcrPage, Word
from parsers.text_span import PagedLine
from thai.numerals import parse_decimal
from thai.text import normalize

_LEAST = 4
"""How many lines make a list; fewer are a sentence or two that end with a number."""
_ALIGNED = 0.015
"""How far the right ends of the numbers lie apart, as a share of the page's width."""
_APART = 0.04
"""Least gap between a name and its number, likewise."""
_LEVEL = 0.4
"""Share of their height that two words have in common where they stand on one line; a word lower than is usual on the
page, one of digits alone, counts as high as that."""


def add_unruled_list(page: OcrPage, lines: Sequence[PagedLine]) -> OcrPage:
    """Return a page with the list that stands on it as a table; unchanged where there is none, or a ruled one.

    Args:
        page: One page of a document.
        lines: Its lines that belong to no letter.
    """
    if page.grids or not page.has_layout:
        return page
    words = sorted((word for line in lines for word in line.line.words), key=lambda word: word.box.y0 + word.box.y1)
    rows = _rows(words)
    counted = [row for row in rows if _counts(row)]
    if len(counted) < _LEAST:
        return page
    edge = median(row[-1].box.x1 for row in counted)
    aligned = [row for row in counted if abs(row[-1].box.x1 - edge) <= _ALIGNED]
    if len(aligned) < _LEAST:
        return page
    first, last = rows.index(aligned[0]), rows.index(aligned[-1])
    if len(aligned) <= (last - first + 1) / 2:
        return page
    return page.model_copy(update={"grids": (_grid(_list_rows(rows, aligned, first, last)),)})


def _list_rows(rows: Sequence[list[Word]], aligned: Sequence[list[Word]], first: int, last: int) -> list[list[Word]]:
    """Return the rows of a list: between two of them a line is one, too, though its number was not read as one."""
    listed = [row for row in rows[first : last + 1] if row in aligned or _parted(row)]
    return [*(row for row in rows[max(first - 1, 0) : first] if _parted(row)), *listed]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Return words that stand side by side, from the top; each row from the left."""
    rows: list[list[Word]] = []
    usual = median(word.box.height for word in words) if words else 0.0
    for word in words:
        if rows and any(_beside(word.box, other.box, usual) for other in rows[-1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.box.x0) for row in rows]


def _beside(box: Box, other: Box, usual: float) -> bool:
    heights = max(box.height, usual), max(other.height, usual)
    apart = abs(box.center[1] - other.center[1])
    return sum(heights) / 2 - apart > _LEVEL * min(heights)


def _counts(row: Sequence[Word]) -> bool:
    """Whether a row is a name, a gap and a number."""
    return (
        _parted(row)
        and parse_decimal(normalize(row[-1].text)) is not None
        and parse_decimal(normalize(row[0].text)) is None
    )


def _parted(row: Sequence[Word]) -> bool:
    """Whether words stand at both sides of a gap."""
    return any(right.box.x0 - left.box.x1 >= _APART for left, right in itertools.pairwise(row))


def _grid(rows: Sequence[Sequence[Word]]) -> Grid:
    cells = []
    for number, row in enumerate(rows):
        gaps = [right.box.x0 - left.box.x1 for left, right in itertools.pairwise(row)]
        split = 1 + gaps.index(max(gaps)) if gaps else 1
        for column, part in enumerate((row[:split], row[split:])):
            cells.append(_cell(number, column, part, row))
    box = cells[0].box
    for cell in cells[1:]:
        box = Box.union(box, cell.box)
    return Grid(box=box, rows=len(rows), columns=2, cells=tuple(cells))


def _cell(row: int, column: int, words: Sequence[Word], beside: Sequence[Word]) -> Cell:
    box = (words or beside)[0].box
    for word in words[1:]:
        box = Box.union(box, word.box)
    return Cell(
        row=row,
        column=column,
        box=box,
        text=" ".join(word.text for word in words),
        confidence=min((word.confidence for word in words), default=1.0),
        ink=0.1 if words else 0.0,
    )
