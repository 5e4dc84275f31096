"""The picture of a page → what it says: level it, find its tables, read text and cells."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from core.limits import Limits
from ingest.handwriting.date_time_group import read_clocks
from ingest.handwriting.fill_in_recognition import fill_in
from ingest.preprocessing import orientation
from ingest.preprocessing.border_noise import rim_of
from ingest.preprocessing.ink_separation import separate
from ingest.recognition.qr_codes import read_codes
from ingest.recognition.tesseract import Recognizer, TesseractFailedError
from ingest.recognition.text_lines import down_the_page, read_lines
from ingest.sources.page_image import Gray, Picture
from ingest.stamps.layered_recognition import Parted, read_layers
from ingest.tables.cell_recognition import read_tables
from ingest.tables.rule_removal import take_apart, without_specks
from ingest.tables.table_detection import Table, find_rules, find_tables
from models.field import Source
from models.ocr import Code, Grid, OcrPage

_BLANK = 0.0004
"""Share of ink below which a page is blank; a line of text on A4 is ten times that."""
_DARK = 60.0
_UPRIGHT_CONFIDENCE = 0.72
"""Mean confidence under which the page may stand on its head; level print reads at 0.85 and more."""
_LYING = 0.55
"""The same under which it may lie on a side as well, as a table that has no rules between its rows does unseen."""
_CHANCE = 0.3
"""Confidence at which print that lies on its side or its head is read as something."""
_WAYS = (0, 180, 90, 270)


def read_picture(page: Picture, number: int, recognizer: Recognizer, folder: Path, limits: Limits) -> OcrPage:
    """Return what one page says.

    Args:
        page: The pixels.
        number: Page of the document, from 1.
        recognizer: What reads it.
        folder: An empty folder for temporary pictures.
        limits: `tool_seconds` bounds each run of the recognizer.

    Raises:
        TesseractFailedError: The recognizer failed or ran out of time, or the page is no paper.
    """
    gray, turned = page.gray, 0
    if float(np.percentile(gray, 90)) < _DARK:
        raise TesseractFailedError("the page is dark all over: a negative, or not a page")
    if np.count_nonzero(orientation.binarize(gray)) < _BLANK * gray.size:
        return blank_page(number, recognizer.engine, gray.shape)
    if orientation.lies_on_its_side(gray):
        page, turned = _turned(page, 90), 90
    result = _read_level(page, number, recognizer, folder, limits)
    confidence = _mean_confidence(result)
    if confidence < _UPRIGHT_CONFIDENCE:
        ways = {way: _turned(page, way) if way else page for way in ((0, 180) if confidence > _LYING else _WAYS)}
        best = max(ways, key=lambda way: _sample(ways[way], recognizer, folder, limits))
        if best:
            turned = (turned + best) % 360
            result = _read_level(ways[best], number, recognizer, folder, limits)
    return result.model_copy(update={"rotation": (page.rotation + turned) % 360})


def blank_page(number: int, engine: str, shape: tuple[int, ...] = (1, 1)) -> OcrPage:
    """Return a page on which nothing was read."""
    return OcrPage(number=number, engine=engine, width=shape[1], height=shape[0])


def _turned(page: Picture, clockwise: int) -> Picture:
    colors = page.colors
    turned = None if colors is None else orientation.quarter_turn(colors, clockwise)
    return replace(page, gray=orientation.quarter_turn(page.gray, clockwise), colors=turned)


def _read_level(page: Picture, number: int, recognizer: Recognizer, folder: Path, limits: Limits) -> OcrPage:
    rim = rim_of(page.gray, page.dpi)
    page = replace(
        page, gray=rim.cleared(page.gray), colors=rim.cleared(page.colors) if page.colors is not None else None
    )
    gray, skew = orientation.deskew(page.gray)
    ink = orientation.binarize(gray)
    tables, grids = _tables(gray, ink, page.dpi, recognizer, folder, limits)
    grids = read_clocks(grids, gray, page.dpi, recognizer, folder, limits.tool_seconds)
    codes = read_codes(gray, limits)
    rest = _without_codes(_without(gray, tables, page.dpi), codes)
    layers = None
    if page.colors is not None:
        colors = _without(orientation.turn(page.colors, skew) if skew else page.colors, tables, page.dpi)
        layers = separate(_without_codes(colors, codes), rest, page.dpi)
    parted = read_layers(rest, layers, page.dpi, recognizer, folder, limits.tool_seconds) if layers else None
    if parted is None:
        parted = Parted(read_lines(rest, page.dpi, recognizer, folder, limits.tool_seconds), ())
    height, width = gray.shape
    return OcrPage(
        number=number,
        engine=recognizer.engine,
        skew=skew,
        width=width,
        height=height,
        lines=down_the_page(fill_in(parted.lines, ink)),
        grids=grids,
        prepared=(*rim.found, *parted.prepared),
        codes=codes,
    )


def _tables(
    gray: Gray, ink: Gray, dpi: int, recognizer: Recognizer, folder: Path, limits: Limits
) -> tuple[list[Table], tuple[Grid, ...]]:
    rules = find_rules(ink, dpi)
    if not rules[0].any():
        return [], ()
    ink = without_specks(ink, dpi)
    pieces = take_apart(ink, rules, dpi)
    tables = find_tables(pieces, dpi)
    if not tables:
        return [], ()
    return tables, read_tables(gray, ink, pieces, tables, dpi, recognizer, folder, limits.tool_seconds)


def _without(picture: Gray, tables: Sequence[Table], dpi: int) -> Gray:
    """Return the page with its tables painted over in the color of the paper."""
    if not tables:
        return picture
    paper = int(np.percentile(picture, 90))
    rest = picture.copy()
    rim = max(4, dpi // 30)
    for table in tables:
        rows = slice(max(int(table.top) - rim, 0), int(table.bottom) + rim)
        columns = slice(max(int(table.left) - rim, 0), int(table.right) + rim)
        rest[rows, columns] = paper
    return rest


def _without_codes(picture: Gray, codes: Sequence[Code]) -> Gray:
    """Return the page with its QR codes painted over: read as letters, they would be boxes and crosses."""
    if not codes:
        return picture
    height, width = picture.shape[:2]
    rest = picture.copy()
    for code in codes:
        x0, y0, x1, y1 = code.box
        rest[int(y0 * height) : int(y1 * height) + 2, int(x0 * width) : int(x1 * width) + 2] = np.percentile(
            picture, 90
        )
    return rest


def _mean_confidence(page: OcrPage) -> float:
    words = [
        (word.confidence, len(word.text)) for line in page.lines if line.source is Source.PRINT for word in line.words
    ]
    words += [(cell.confidence, len(cell.text)) for grid in page.grids for cell in grid.cells if cell.text]
    weight = sum(length for _, length in words)
    return sum(confidence * length for confidence, length in words) / weight if weight else 0.0


def _sample(page: Picture, recognizer: Recognizer, folder: Path, limits: Limits) -> float:
    """Return how many letters read, and how well, in the half of a page that holds most ink."""
    half = max(page.gray.shape[0] // 2, 2 * page.dpi)
    inked = np.cumsum(np.pad((orientation.binarize(page.gray) > 0).sum(axis=1), (1, 0)))
    start = int(np.argmax(inked[half:] - inked[:-half])) if len(inked) > half else 0
    band = page.gray[start : start + half]
    lines = read_lines(np.ascontiguousarray(band), page.dpi, recognizer, folder, limits.tool_seconds)
    return sum(max(word.confidence - _CHANCE, 0.0) * len(word.text) for line in lines for word in line.words)
