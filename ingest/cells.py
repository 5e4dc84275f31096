"""The cells of ruled tables: which hold ink, which hold a mark, and what the rest says.

A ruled page is never read whole (a table's rules ruin the reading, docs/adr/0004): each inked cell is cut out, and
all cuts of a page go through one Tesseract process.
"""

import statistics
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from ingest import marks, picture
from ingest.picture import Grey
from ingest.ruling import CellBox, Table
from ingest.tesseract import Glyph, Recogniser, read_each
from ingest.words import Token, base_height, line_of
from models.field import Box
from models.ocr import Cell, Grid, Mark

_MARK_SHARE = 0.6
"""Share of a column's inked cells that must be shaped like a tick or a cross for it to be a column of marks."""
_SAMPLE = 4
_SURE_DIGIT = 0.8
_MARGIN_INCHES = 0.05
_READ_DPI = 300
"""Small print is read better when a cut of lower resolution is enlarged to this (76 → 84 % of cells at 150 dpi)."""


def read_tables(
    grey: Grey, ink: Grey, tables: Sequence[Table], dpi: int, recogniser: Recogniser, folder: Path, seconds: float
) -> tuple[Grid, ...]:
    """Return the tables of a page with what their cells hold.

    Args:
        grey: The level page.
        ink: The same, binarised (ink 255).
        tables: Where the tables and cells are, in pixels.
        dpi: Resolution of the page.
        recogniser: What reads the text.
        folder: An empty folder for the cuts.
        seconds: Limit for one run of the recogniser.

    Raises:
        ingest.tesseract.TesseractFailedError: The recogniser failed on the cuts.
    """
    looks = [[_look(ink, cell, dpi) for cell in table.cells] for table in tables]
    wanted: list[tuple[int, int]] = []
    for number, table in enumerate(tables):
        mark_columns = _mark_columns(table, looks[number])
        mark_columns -= _digit_columns(grey, table, looks[number], mark_columns, dpi, recogniser, folder, seconds)
        text_rows = _text_rows(table)
        for index, (cell, seen) in enumerate(zip(table.cells, looks[number], strict=True)):
            if seen.box is None:
                continue
            if cell.column in mark_columns and cell.row not in text_rows and seen.mark is not None:
                continue
            wanted.append((number, index))
    glyphs = _read(grey, [(tables[n].cells[i], looks[n][i]) for n, i in wanted], dpi, recogniser, folder, seconds)
    texts = dict(zip(wanted, glyphs, strict=True))
    size = (grey.shape[1], grey.shape[0])
    return tuple(
        _grid(table, looks[number], {i: texts[n, i] for n, i in wanted if n == number}, size)
        for number, table in enumerate(tables)
    )


def _look(ink: Grey, cell: CellBox, dpi: int) -> marks.Ink:
    inset = max(1, dpi // 100)
    inside = ink[
        int(cell.top) + inset : max(int(cell.bottom) - inset, int(cell.top) + inset + 1),
        int(cell.left) + inset : max(int(cell.right) - inset, int(cell.left) + inset + 1),
    ]
    seen = marks.look(np.ascontiguousarray(inside), dpi)
    if seen.box is None:
        return seen
    left, top, right, bottom = seen.box
    x, y = int(cell.left) + inset, int(cell.top) + inset
    return marks.Ink(seen.share, (left + x, top + y, right + x, bottom + y), seen.mark, seen.confidence)


def _mark_columns(table: Table, looks: Sequence[marks.Ink]) -> set[int]:
    """Return the columns whose inked cells are mostly ticks and crosses; header cells are outvoted."""
    found = set()
    for column in range(1, table.columns):
        inked = [
            seen
            for cell, seen in zip(table.cells, looks, strict=True)
            if cell.column == column and cell.column_span == 1 and seen.box is not None
        ]
        signs = sum(1 for seen in inked if seen.mark in (Mark.TICK, Mark.CROSS))
        if len(inked) >= 2 and signs >= _MARK_SHARE * len(inked):
            found.add(column)
    return found


def _digit_columns(  # noqa: PLR0913, PLR0917 - as read_tables, for one table
    grey: Grey,
    table: Table,
    looks: Sequence[marks.Ink],
    columns: set[int],
    dpi: int,
    recogniser: Recogniser,
    folder: Path,
    seconds: float,
) -> set[int]:
    """Return the columns that only look like marks: single digits, as a few of their cells read for certain.

    In some faces ๑, ๓ and ๕ have the arms of a cross or the lean of a tick.
    """
    sample = [
        (cell, seen)
        for column in sorted(columns)
        for cell, seen in [
            (c, s) for c, s in zip(table.cells, looks, strict=True) if c.column == column and s.mark is not None
        ][:_SAMPLE]
    ]
    files, _ = _cuts(grey, [(cell, seen) for cell, seen in sample], dpi, 1.0, folder)
    digits: dict[int, int] = dict.fromkeys(columns, 0)
    for glyph in read_each(files, recogniser, segmentation=7, dpi=dpi, seconds=seconds):
        if glyph.text.isdecimal() and glyph.confidence >= _SURE_DIGIT:
            digits[sample[glyph.picture][0].column] += 1
    return {column for column, found in digits.items() if found >= _SAMPLE // 2}


def _text_rows(table: Table) -> set[int]:
    """Return the rows that may hold totals under a column of marks: the last one, and those with a merged cell."""
    return {table.rows - 1, *(cell.row for cell in table.cells if cell.column_span > 1)}


def _read(
    grey: Grey,
    cells: Sequence[tuple[CellBox, marks.Ink]],
    dpi: int,
    recogniser: Recogniser,
    folder: Path,
    seconds: float,
) -> list[list[Token]]:
    """Return the tokens of each cell in page pixels, reading single lines and blocks in two runs."""
    heights = [seen.box[3] - seen.box[1] for _, seen in cells if seen.box is not None]
    usual = statistics.median(heights) if heights else 0.0
    tokens: list[list[Token]] = [[] for _ in cells]
    enlarged = max(1.0, _READ_DPI / dpi)
    blocks = [i for i, (_, seen) in enumerate(cells) if seen.box is not None and _several_lines(seen.box, usual, dpi)]
    lines = [i for i in range(len(cells)) if i not in set(blocks)]
    # What an enlarged cut did not show is tried once more in its own size: a short number is sometimes lost.
    for picked, mode, scale in ((blocks, 6, enlarged), (lines, 7, enlarged), (None, 7, 1.0 if enlarged > 1.0 else 1.5)):
        unread = [i for i, found in enumerate(tokens) if not found] if picked is None else picked
        cuts, corners = _cuts(grey, [cells[i] for i in unread], dpi, scale, folder)
        for glyph in read_each(cuts, recogniser, segmentation=mode, dpi=round(dpi * scale), seconds=seconds):
            tokens[unread[glyph.picture]].append(_placed(glyph, corners[glyph.picture], scale))
    return tokens


def _cuts(
    grey: Grey, cells: Sequence[tuple[CellBox, marks.Ink]], dpi: int, scale: float, folder: Path
) -> tuple[list[Path], list[tuple[int, int]]]:
    """Write the cut of each cell, and return the files and the corners of the cuts on the page."""
    margin = max(2, round(_MARGIN_INCHES * dpi))
    files, corners = [], []
    for index, (cell, seen) in enumerate(cells):
        cut, corner = _cut(grey, cell, seen, margin)
        if scale != 1.0:
            cut = np.asarray(cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
        files.append(picture.save(cut, folder / f"cell-{index:05d}.pgm"))
        corners.append(corner)
    return files, corners


def _several_lines(box: tuple[int, int, int, int], usual: float, dpi: int) -> bool:
    """Whether the ink of a cell stands in more than one line: taller than 1.6 usual cells and than a line can be."""
    return box[3] - box[1] > max(1.6 * usual, 0.22 * dpi)


def _cut(grey: Grey, cell: CellBox, seen: marks.Ink, margin: int) -> tuple[Grey, tuple[int, int]]:
    """Return the ink of a cell with a white margin, and its corner on the page."""
    assert seen.box is not None  # noqa: S101 - only inked cells are cut
    left, top = max(seen.box[0] - margin, int(cell.left) + 1), max(seen.box[1] - margin, int(cell.top) + 1)
    right, bottom = min(seen.box[2] + margin, int(cell.right) - 1), min(seen.box[3] + margin, int(cell.bottom) - 1)
    cut = grey[top:bottom, left:right]
    paper = int(np.percentile(cut, 90)) if cut.size else 255
    framed = np.pad(cut, margin, constant_values=paper)
    return np.ascontiguousarray(framed), (left - margin, top - margin)


def _placed(glyph: Glyph, corner: tuple[int, int], scale: float) -> Token:
    x, y = corner
    return Token(
        glyph.text,
        x + glyph.left / scale,
        y + glyph.top / scale,
        x + glyph.right / scale,
        y + glyph.bottom / scale,
        glyph.confidence,
        glyph.spaced,
    )


def _grid(table: Table, looks: Sequence[marks.Ink], texts: dict[int, list[Token]], size: tuple[int, int]) -> Grid:
    width, height = size
    cells = []
    for index, (cell, seen) in enumerate(zip(table.cells, looks, strict=True)):
        text, confidence = _text(texts.get(index, []), size)
        unread = seen.box is not None and index in texts and not text
        cells.append(
            Cell(
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                box=Box(cell.left / width, cell.top / height, cell.right / width, cell.bottom / height),
                text=text,
                confidence=0.0 if unread else confidence,
                ink=seen.share if seen.box is not None else 0.0,
                mark=seen.mark,
                mark_confidence=seen.confidence if seen.mark is not None else 1.0,
            )
        )
    box = Box(table.left / width, table.top / height, table.right / width, table.bottom / height)
    return Grid(box=box, rows=table.rows, columns=table.columns, cells=tuple(cells))


def _text(tokens: Sequence[Token], size: tuple[int, int]) -> tuple[str, float]:
    """Return the text of a cell, a newline between lines, and the least confidence of its words."""
    if not tokens:
        return "", 1.0
    lines = [line_of(group, size) for group in _lines(tokens)]
    read = [line for line in lines if line is not None]
    words = [word.confidence for line in read for word in line.words]
    return "\n".join(line.text for line in read), min(words, default=1.0)


def _lines(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split tokens, which come in reading order, where they jump back to the left."""
    unit = base_height(tokens)
    lines: list[list[Token]] = []
    for token in tokens:
        if lines and token.left >= lines[-1][-1].left - 2.0 * max(unit, 1.0):
            lines[-1].append(token)
        else:
            lines.append([token])
    return lines
