"""Labeled cells of ruled forms: a label and what was filled in beside it, below it, or in the same cell.

A form says what a field is by a printed label, not by its place in a letter. The value stands in the label's own
cell, on its line or on the lines below it; where that holds nothing but the label, in the cell to the right, or in
the one underneath if the right one is a label, too.
"""

from collections.abc import Mapping
from typing import TypeVar

from models.field import Box
from models.ocr import Cell, Grid, Line, OcrPage
from parsers.text_span import PagedLine
from thai.labels import fuzzy_label

Key = TypeVar("Key")

_LONG = 8
"""Letters from which a label needs no gap behind it."""
_GAPS = " :.\t-–"


def label_at(text: str, labels: Mapping[str, Key]) -> tuple[Key, int] | None:
    """Return the label that a text begins with, and where its value begins; None where it begins with none.

    Args:
        text: A line.
        labels: What each label, spelt right, is the label of.
    """
    lead = len(text) - len(text.lstrip())
    found = fuzzy_label(text[lead:], labels)
    if found is None:
        return None
    name, end = found[0], found[1] + lead
    rest = text[end:]
    if len(name) < _LONG and rest and rest[0] not in _GAPS:
        return None
    return labels[name], end + len(rest) - len(rest.lstrip(_GAPS))


def filled_cells(page: OcrPage, grid: Grid, labels: Mapping[str, Key]) -> dict[Key, list[PagedLine]]:
    """Return what a form says at each of its labels, as lines; an empty list where nothing was filled in.

    Of two cells with the same label the first that says something counts.

    Args:
        page: The page that the form is on.
        grid: The form.
        labels: What each label, spelt right, is the label of.
    """
    found: dict[Key, list[PagedLine]] = {}
    for cell in grid.cells:
        lines = cell_lines(page, cell)
        starts = [(n, at) for n, line in enumerate(lines) if (at := label_at(line.text, labels)) is not None]
        stops = [*(n for n, _ in starts), len(lines)][1:]
        for (n, (key, begin)), stop in zip(starts, stops, strict=True):
            own = [after(lines[n], begin), *lines[n + 1 : stop]]
            content = [line for line in own if _says(line.text)]
            if not content and stop == len(lines):
                content = _beside(page, grid, cell, labels)
            if not found.get(key):
                found[key] = content
    return found


def cell_lines(page: OcrPage, cell: Cell) -> list[PagedLine]:
    """Return the lines of a cell, each in its share of the cell's height."""
    texts = cell.text.split("\n") if cell.text else []
    step = cell.box.height / max(len(texts), 1)
    return [
        PagedLine(
            page.number,
            Line(text=text, box=_share(cell.box, n * step, step), confidence=cell.confidence, source=cell.source),
            page.has_layout,
        )
        for n, text in enumerate(texts)
    ]


def after(line: PagedLine, begin: int) -> PagedLine:
    """Return what follows a label on its line."""
    rest = line.line.model_copy(update={"text": line.text[begin:], "words": ()})
    return PagedLine(line.page, rest, line.has_layout)


def _beside(page: OcrPage, grid: Grid, cell: Cell, labels: Mapping[str, Key]) -> list[PagedLine]:
    """Return the lines of the cell to the right of a label, or of the one below where a label stands to the right."""
    right = grid.at(cell.row, cell.column + cell.column_span)
    below = grid.at(cell.row + cell.row_span, cell.column)
    if below is not None and (below.column, below.column_span) != (cell.column, cell.column_span):
        below = None  # a row of another make
    for other in (right, below):
        lines = cell_lines(page, other) if other is not None else []
        if other is not None and not any(label_at(line.text, labels) for line in lines):
            return [line for line in lines if _says(line.text)]
    return []


def _says(text: str) -> bool:
    """Tell whether a text is more than the dash or the dots of a space that was left open."""
    return any(character.isalnum() for character in text)


def _share(box: Box, start: float, height: float) -> Box:
    return Box(box.x0, box.y0 + start, box.x1, min(box.y0 + start + height, box.y1))
