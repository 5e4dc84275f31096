"""The text of pages with what a person settled in the place of what was misread, for papers that are searched.

Whoever searches for a letter by its number looks for the number it has, not for the one that was read first.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from models.annex import BodyRef, Row
from models.document import Document
from models.field import Box, Field, Source
from models.ocr import Line, OcrPage
from models.record_path import iterate_fields
from reports.labels import date_long
from thai.numerals import to_thai

_THAI_DIGIT: Final = re.compile("[๐-๙]")


def put_settled(document: Document, pages: Sequence[OcrPage]) -> list[OcrPage]:
    """Return the pages of a document, with the values that a person gave where they were read otherwise.

    What was read is replaced where it stands as it was read; else the value is a line of its own in its place.
    """
    found: dict[int | None, list[Field[Any]]] = {}
    for field in _iterate_settled(document):
        found.setdefault(field.page, []).append(field)
    return [_put_on_page(page, found.get(page.number, [])) for page in pages]


def _iterate_settled(document: Document) -> Iterator[Field[Any]]:
    rows: list[Row] = [row for annex in document.annexes for row in annex.rows]
    for part in (*document.letters, *document.annexes, *rows):
        for field in iterate_fields(part):
            if field.source is Source.PERSON and field.box is not None and _show(field):
                yield field


def _put_on_page(page: OcrPage, fields: Sequence[Field[Any]]) -> OcrPage:
    for field in fields:
        page = _put(page, field)
    return page


def _put(page: OcrPage, field: Field[Any]) -> OcrPage:
    shown, box = _show(field), field.box
    if box is None or not shown:
        return page
    for index, line in enumerate(page.lines):
        if field.raw and field.raw in line.text and _holds(line.box, box):
            mended = line.model_copy(update={"text": line.text.replace(field.raw, shown, 1)})
            return page.model_copy(update={"lines": (*page.lines[:index], mended, *page.lines[index + 1 :])})
    for at, grid in enumerate(page.grids):
        for index, cell in enumerate(grid.cells):
            if field.raw and field.raw in cell.text and _holds(cell.box, box):
                mended_cell = cell.model_copy(update={"text": cell.text.replace(field.raw, shown, 1)})
                cells = (*grid.cells[:index], mended_cell, *grid.cells[index + 1 :])
                grids = (*page.grids[:at], grid.model_copy(update={"cells": cells}), *page.grids[at + 1 :])
                return page.model_copy(update={"grids": grids})
    return page.model_copy(update={"lines": (*page.lines, Line(text=shown, box=box, confidence=1.0))})


def _holds(outer: Box, inner: Box) -> bool:
    x, y = inner.center
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _show(field: Field[Any]) -> str:
    """Return a value as it stands on paper, in the digits that it was read in; "" where it is none that is searched."""
    value = field.value
    if isinstance(value, dt.date):
        return date_long(value)
    text = value.label if isinstance(value, BodyRef) else value if isinstance(value, str) else ""
    return to_thai(text) if _THAI_DIGIT.search(field.raw) else text
