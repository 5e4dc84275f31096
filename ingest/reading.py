"""The picture of a page → what it says: level it, find its tables, read text and cells."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from core.limits import Limits
from ingest import picture, upright
from ingest.cells import read_tables
from ingest.picture import Grey, Picture
from ingest.ruling import Table, find_tables
from ingest.tesseract import Glyph, Recogniser, read_pictures
from ingest.words import Token, base_height, line_of
from models.ocr import Line, OcrPage

_BLANK = 0.0004
"""Share of ink below which a page is blank; a line of text on A4 is ten times that."""
_UPRIGHT_CONFIDENCE = 0.72
"""Mean confidence under which the page may stand on its head; level print reads at 0.85 and more."""
_SPECK_CONFIDENCE = 0.30
_SPECK_HEIGHTS = 0.45


def read_picture(page: Picture, number: int, recogniser: Recogniser, folder: Path, limits: Limits) -> OcrPage:
    """Return what one page says.

    Args:
        page: The pixels.
        number: Page of the document, from 1.
        recogniser: What reads it.
        folder: An empty folder for temporary pictures.
        limits: `tool_seconds` bounds each run of the recogniser.

    Raises:
        ingest.tesseract.TesseractFailedError: The recogniser failed or ran out of time.
    """
    grey, turned = page.grey, 0
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
    rest, corner = _inked(_without(grey, tables, page.dpi), page.dpi)
    glyphs: list[Glyph] = []
    if rest.size:
        file = picture.save(rest, folder / "page.pgm")
        glyphs = read_pictures([file], recogniser, segmentation=6, dpi=page.dpi, seconds=limits.tool_seconds)
    height, width = grey.shape
    return OcrPage(
        number=number,
        engine=recogniser.engine,
        skew=skew,
        width=width,
        height=height,
        lines=lines_of(glyphs, (width, height), corner),
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


def _inked(grey: Grey, dpi: int) -> tuple[Grey, tuple[int, int]]:
    """Return the part of a page that holds ink, and its corner: read empty paper, and its grain becomes letters."""
    ink = cv2.morphologyEx(upright.binarise(grey), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    across, down = np.nonzero(ink.sum(axis=0) > 2 * 255)[0], np.nonzero(ink.sum(axis=1) > 2 * 255)[0]
    if across.size < 3 or down.size < 3 or np.count_nonzero(ink) < _BLANK / 4 * grey.size:
        return grey[:0, :0], (0, 0)
    margin = dpi // 8
    left, top = max(int(across[0]) - margin, 0), max(int(down[0]) - margin, 0)
    return np.ascontiguousarray(grey[top : int(down[-1]) + margin, left : int(across[-1]) + margin]), (left, top)


def lines_of(glyphs: Sequence[Glyph], size: tuple[int, int], corner: tuple[int, int] = (0, 0)) -> tuple[Line, ...]:
    """Return glyphs of one picture as lines, top to bottom, without specks that were taken for text.

    Args:
        glyphs: What was read.
        size: Width and height of the page.
        corner: Where on the page the picture that was read begins.
    """
    usual = base_height([_token(glyph, corner) for glyph in glyphs])
    groups: dict[tuple[int, int, int], list[Token]] = {}
    for glyph in glyphs:
        if not _is_speck(glyph, usual):
            groups.setdefault(glyph.line, []).append(_token(glyph, corner))
    lines = [line_of(tokens, size) for tokens in groups.values()]
    return tuple(sorted((line for line in lines if line is not None), key=lambda line: line.box.y0 + line.box.y1))


def _token(glyph: Glyph, corner: tuple[int, int]) -> Token:
    x, y = corner
    return Token(glyph.text, x + glyph.left, y + glyph.top, x + glyph.right, y + glyph.bottom, glyph.confidence)


def _is_speck(glyph: Glyph, usual: float) -> bool:
    """Whether dust was read as a sign: tiny in both directions and no sure point, or almost no confidence at all."""
    if unicodedata.category(glyph.text[0]) == "Mn":
        return False  # a vowel or tone mark is small by nature
    tiny = max(glyph.bottom - glyph.top, glyph.right - glyph.left) < _SPECK_HEIGHTS * usual
    return (tiny and glyph.confidence < 2 * _SPECK_CONFIDENCE) or (
        len(glyph.text) <= 2 and glyph.confidence < _SPECK_CONFIDENCE / 2
    )


def _mean_confidence(page: OcrPage) -> float:
    words = [(word.confidence, len(word.text)) for line in page.lines for word in line.words]
    words += [(cell.confidence, len(cell.text)) for grid in page.grids for cell in grid.cells if cell.text]
    weight = sum(length for _, length in words)
    return sum(confidence * length for confidence, length in words) / weight if weight else 0.0


def _sample(page: Picture, recogniser: Recogniser, folder: Path, limits: Limits) -> float:
    """Return how well some of a page reads: the sum of confidences above chance."""
    inked, _ = _inked(page.grey, page.dpi)
    if not inked.size:
        return 0.0
    height = inked.shape[0]
    band = np.ascontiguousarray(inked[height // 4 : 3 * height // 4]) if height > 4 * page.dpi else inked
    file = picture.save(band, folder / "sample.pgm")
    glyphs = read_pictures([file], recogniser, segmentation=6, dpi=page.dpi, seconds=limits.tool_seconds)
    return sum(glyph.confidence - 0.6 for glyph in glyphs)
