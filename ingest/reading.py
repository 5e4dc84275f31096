"""The picture of a page → what it says: level it, find its tables, read text and cells."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from core.limits import Limits
from ingest import picture, upright
from ingest.cells import read_tables
from ingest.handwriting import fill_in
from ingest.picture import Grey, Picture
from ingest.ruling import Table, find_tables
from ingest.tesseract import RAW_LINE, Glyph, Recogniser, TesseractFailedError, read_each
from ingest.textlines import find_lines, rows
from ingest.words import PAGE_GAP, Token, line_of
from models.ocr import Line, OcrPage

_BLANK = 0.0004
"""Share of ink below which a page is blank; a line of text on A4 is ten times that."""
_DARK = 60.0
_UPRIGHT_CONFIDENCE = 0.72
"""Mean confidence under which the page may stand on its head; level print reads at 0.85 and more."""


def read_picture(page: Picture, number: int, recogniser: Recogniser, folder: Path, limits: Limits) -> OcrPage:
    """Return what one page says.

    Args:
        page: The pixels.
        number: Page of the document, from 1.
        recogniser: What reads it.
        folder: An empty folder for temporary pictures.
        limits: `tool_seconds` bounds each run of the recogniser.

    Raises:
        ingest.tesseract.TesseractFailedError: The recogniser failed or ran out of time, or the page is no paper.
    """
    grey, turned = page.grey, 0
    if float(np.percentile(grey, 90)) < _DARK:
        raise TesseractFailedError("the page is dark all over: a negative, or not a page")
    if np.count_nonzero(upright.binarise(grey)) < _BLANK * grey.size:
        return blank_page(number, recogniser.engine, grey.shape)
    if upright.lies_on_its_side(grey):
        grey, turned = upright.quarter_turn(grey, 90), 90
    result = _read_level(replace(page, grey=grey), number, recogniser, folder, limits)
    if _mean_confidence(result) < _UPRIGHT_CONFIDENCE:
        over = replace(page, grey=upright.quarter_turn(grey, 180))
        if _sample(over, recogniser, folder, limits) > _sample(replace(page, grey=grey), recogniser, folder, limits):
            turned = (turned + 180) % 360
            result = _read_level(over, number, recogniser, folder, limits)
    return result.model_copy(update={"rotation": (page.rotation + turned) % 360})


def blank_page(number: int, engine: str, shape: tuple[int, ...] = (1, 1)) -> OcrPage:
    """Return a page on which nothing was read."""
    return OcrPage(number=number, engine=engine, width=shape[1], height=shape[0])


def _read_level(page: Picture, number: int, recogniser: Recogniser, folder: Path, limits: Limits) -> OcrPage:
    grey, skew = upright.deskew(page.grey)
    ink = upright.binarise(grey)
    tables = find_tables(ink, page.dpi)
    grids = read_tables(grey, ink, tables, page.dpi, recogniser, folder, limits.tool_seconds) if tables else ()
    rest = _without(grey, tables, page.dpi)
    height, width = grey.shape
    lines = read_lines(rest, page.dpi, recogniser, folder, limits.tool_seconds)
    return OcrPage(
        number=number,
        engine=recogniser.engine,
        skew=skew,
        width=width,
        height=height,
        lines=_down_the_page(fill_in(lines, ink)),
        grids=grids,
    )


def _without(grey: Grey, tables: Sequence[Table], dpi: int) -> Grey:
    """Return the page with its tables painted over in the colour of the paper."""
    if not tables:
        return grey
    paper = int(np.percentile(grey, 90))
    rest = grey.copy()
    rim = max(4, dpi // 30)
    for table in tables:
        rows = slice(max(int(table.top) - rim, 0), int(table.bottom) + rim)
        columns = slice(max(int(table.left) - rim, 0), int(table.right) + rim)
        rest[rows, columns] = paper
    return rest


def read_lines(grey: Grey, dpi: int, recogniser: Recogniser, folder: Path, seconds: float) -> tuple[Line, ...]:
    """Return the lines of a level page, each cut out and read on its own, top to bottom.

    Raises:
        ingest.tesseract.TesseractFailedError: The recogniser ran out of time.
    """
    layout = find_lines(upright.binarise(grey), dpi)
    cuts = [layout.cut(grey, number) for number in range(len(layout.lines))]
    files = [picture.save(cut, folder / f"text-{number:04d}.pgm") for number, (cut, _) in enumerate(cuts)]
    tokens: list[list[Token]] = [[] for _ in cuts]
    for glyph in read_each(files, recogniser, segmentation=RAW_LINE, dpi=dpi, seconds=seconds):
        token = _token(glyph, cuts[glyph.picture][1])
        # Between two pieces of a row there is more than a space.
        tokens[glyph.picture].append(token if tokens[glyph.picture] else replace(token, spaced=True))
    size = (grey.shape[1], grey.shape[0])
    found = []
    for row in rows(layout.lines, layout.height):
        line = line_of([token for number in row for token in tokens[number]], size, gap=PAGE_GAP)
        if line is not None:
            found.append(line)
    return _down_the_page(found)


def _down_the_page(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.box.y0 + line.box.y1))


def _token(glyph: Glyph, corner: tuple[int, int]) -> Token:
    x, y = corner
    box = (x + glyph.left, y + glyph.top, x + glyph.right, y + glyph.bottom)
    return Token(glyph.text, *box, glyph.confidence, glyph.spaced)


def _mean_confidence(page: OcrPage) -> float:
    words = [(word.confidence, len(word.text)) for line in page.lines for word in line.words]
    words += [(cell.confidence, len(cell.text)) for grid in page.grids for cell in grid.cells if cell.text]
    weight = sum(length for _, length in words)
    return sum(confidence * length for confidence, length in words) / weight if weight else 0.0


def _sample(page: Picture, recogniser: Recogniser, folder: Path, limits: Limits) -> float:
    """Return how well some of a page reads: the sum of confidences above chance."""
    height = page.grey.shape[0]
    band = page.grey[height // 4 : 3 * height // 4] if height > 4 * page.dpi else page.grey
    lines = read_lines(np.ascontiguousarray(band), page.dpi, recogniser, folder, limits.tool_seconds)
    return sum(word.confidence - 0.6 for line in lines for word in line.words)
