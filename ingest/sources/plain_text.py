"""The text of an earlier OCR → pages. It has an order but no layout."""

import codecs
import re
from pathlib import Path

from core.errors import LimitError, UnknownEncodingError
from core.limits import Limits
from models.field import Box
from models.ocr import Cell, Grid, Line, Mark, OcrPage
from thai.encodings import decode_thai

ENGINE = "plain text"

_TABLE_LINES = 2
"""Lines with tabs in a row from which they are a table."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x80-\x9f]")
_MARKS = {
    "✓": Mark.TICK,
    "✔": Mark.TICK,
    "√": Mark.TICK,
    "✗": Mark.CROSS,
    "✘": Mark.CROSS,
    "x": Mark.CROSS,
    "X": Mark.CROSS,
    "×": Mark.CROSS,
    "/": Mark.SLASH,
    "○": Mark.CIRCLE,
    "●": Mark.DISC,
    "☐": Mark.BOX,
    "□": Mark.BOX,
    "☑": Mark.TICKED_BOX,
    "☒": Mark.CROSSED_BOX,
    "-": Mark.DASH,
}


def decode(data: bytes, name: str) -> str:
    """Return the text of a UTF-8, TIS-620 or marked UTF-16 file, as spreadsheets save what they call Unicode text.

    Raises:
        UnknownEncodingError: It is in neither, as control characters, bytes outside of both, or Thai letters that make
            no words show.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text: str | None = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        text = None if marked else decode_thai(data)
    if text is None or _CONTROLS.search(text):
        raise UnknownEncodingError(name)
    return text


def parse_mark(text: str) -> Mark | None:
    """Return the mark that a cell's text is, or None where it is no mark."""
    return _MARKS.get(text.strip())


def split_pages(text: str) -> list[str]:
    """Return the texts of the pages, which a form feed divides."""
    pages = text.replace("\r\n", "\n").split("\f")
    if len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    return pages


def read_pages(path: Path, limits: Limits) -> list[OcrPage]:
    """Return the pages of a text file.

    Raises:
        UnknownEncodingError: It is neither UTF-8 nor TIS-620.
        LimitError: A page has more than `limits.page_lines` lines, or a table more than `limits.page_cells` cells.
    """
    text = decode(path.read_bytes(), path.name)
    return [_page(number, page, limits, path.name) for number, page in enumerate(split_pages(text), start=1)]


def _page(number: int, text: str, limits: Limits, name: str) -> OcrPage:
    rows = text.split("\n")
    if len(rows) > limits.page_lines:
        raise LimitError(f"{name}: {len(rows):,} > page_lines {limits.page_lines:,}")
    height = max(len(rows), 1)
    lines: list[Line] = []
    grids: list[Grid] = []
    start = 0
    while start < len(rows):
        stop = start
        while stop < len(rows) and "\t" in rows[stop]:
            stop += 1
        if stop - start >= _TABLE_LINES:
            cells = (stop - start) * (1 + max(row.count("\t") for row in rows[start:stop]))
            if cells > limits.page_cells:
                raise LimitError(f"{name}: {cells:,} > page_cells {limits.page_cells:,}")
            grids.append(_grid(rows[start:stop], start, height))
            start = stop
            continue
        if rows[start].strip():
            box = Box(0.0, start / height, 1.0, (start + 1) / height)
            lines.append(Line(text=rows[start].replace("\t", " ").strip(), box=box, confidence=1.0))
        start += 1
    return OcrPage(
        number=number,
        engine=ENGINE,
        width=1,
        height=height,
        has_layout=False,
        lines=tuple(lines),
        grids=tuple(grids),
    )


def _grid(rows: list[str], first: int, height: int) -> Grid:
    split = [row.split("\t") for row in rows]
    columns = max(len(cells) for cells in split)
    cells = [
        Cell(
            row=index,
            column=column,
            box=Box(
                column / columns,
                (first + index) / height,
                (column + 1) / columns,
                (first + index + 1) / height,
            ),
            text=text.strip(),
            ink=float(bool(text.strip())),
            mark=parse_mark(text),
        )
        for index, texts in enumerate(split)
        for column, text in enumerate([*texts, *[""] * (columns - len(texts))])
    ]
    box = Box(0.0, first / height, 1.0, (first + len(rows)) / height)
    return Grid(box=box, rows=len(rows), columns=columns, cells=tuple(cells))
