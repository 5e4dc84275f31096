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
from ingest.headline import read_large_print
from ingest.picture import Grey, Picture
from ingest.ruling import Table, find_tables
from ingest.tesseract import Glyph, Recogniser, TesseractFailedError, read_each, read_pictures
from ingest.words import PAGE_GAP, Token, base_height, line_of
from models.ocr import Line, OcrPage

_BLANK = 0.0004
"""Share of ink below which a page is blank; a line of text on A4 is ten times that."""
_DARK = 60.0
_UPRIGHT_CONFIDENCE = 0.72
"""Mean confidence under which the page may stand on its head; level print reads at 0.85 and more."""
_SPECK_CONFIDENCE = 0.30
_SURE = 0.80
_LIKE = 85.0
_MOST_REREAD = 16
_REREAD_DPI = 400
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
    rest, corner = _inked(_without(grey, tables, page.dpi), page.dpi)
    glyphs: list[Glyph] = []
    if rest.size:
        file = picture.save(rest, folder / "page.pgm")
        glyphs = read_pictures([file], recogniser, segmentation=6, dpi=page.dpi, seconds=limits.tool_seconds)
    height, width = grey.shape
    lines = without_echoes(lines_of(glyphs, (width, height), corner))
    lines = reread(lines, grey, page.dpi, recogniser, folder, limits.tool_seconds)
    large = read_large_print(grey, ink, lines, page.dpi, recogniser, folder, limits.tool_seconds)
    return OcrPage(
        number=number,
        engine=recogniser.engine,
        skew=skew,
        width=width,
        height=height,
        lines=_down_the_page((*large, *lines)),
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
    lines = [line_of(tokens, size, gap=PAGE_GAP) for tokens in groups.values()]
    return _down_the_page([line for line in lines if line is not None])


def _down_the_page(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.box.y0 + line.box.y1))


def without_echoes(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Drop the marks above and below a line that were read once more as a line of their own.

    Such an echo stands within the height of a real line, and has next to no confidence or is all single signs.
    """

    def is_echo(line: Line) -> bool:
        doubtful = line.confidence < _SPECK_CONFIDENCE or _is_crumbs(line)
        return doubtful and any(
            other is not line
            and not _is_crumbs(other)
            and other.confidence > 2 * _SPECK_CONFIDENCE
            and other.box.width > 0.5 * line.box.width
            and min(line.box.y1, other.box.y1) - max(line.box.y0, other.box.y0) > 0.25 * line.box.height
            and min(line.box.x1, other.box.x1) - max(line.box.x0, other.box.x0) > 0.5 * line.box.width
            for other in lines
        )

    return tuple(line for line in lines if not is_echo(line))


def _is_crumbs(line: Line) -> bool:
    long = sum(1 for word in line.words if len(word.text) > 2)
    return len(line.words) >= 2 and long <= 0.2 * len(line.words)


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


def reread(
    lines: tuple[Line, ...], grey: Grey, dpi: int, recogniser: Recogniser, folder: Path, seconds: float
) -> tuple[Line, ...]:
    """Read lines with a doubtful word once more, cut out and enlarged, and keep the surer of two like readings.

    A line that is doubtful all over is noise or handwriting, which a second look does not mend.
    """
    doubtful = [i for i, line in enumerate(lines) if _is_worth_rereading(line)][:_MOST_REREAD]
    height, width = grey.shape
    scale = max(1.0, _REREAD_DPI / dpi)
    files = []
    for index in doubtful:
        box, rim = lines[index].box, dpi // 20
        top, left = max(int(box.y0 * height) - rim, 0), max(int(box.x0 * width) - rim, 0)
        cut = grey[top : int(box.y1 * height) + rim, left : int(box.x1 * width) + rim]
        larger = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        files.append(picture.save(np.asarray(larger, dtype=np.uint8), folder / f"line-{index:04d}.pgm"))
    found: dict[int, list[Token]] = {}
    for glyph in read_each(files, recogniser, segmentation=7, dpi=round(dpi * scale), seconds=seconds):
        box, rim = lines[doubtful[glyph.picture]].box, dpi // 20
        x, y = max(int(box.x0 * width) - rim, 0), max(int(box.y0 * height) - rim, 0)
        found.setdefault(doubtful[glyph.picture], []).append(
            Token(
                glyph.text,
                x + glyph.left / scale,
                y + glyph.top / scale,
                x + glyph.right / scale,
                y + glyph.bottom / scale,
                glyph.confidence,
            )
        )
    result = list(lines)
    for index, tokens in found.items():
        second = line_of(tokens, (width, height), gap=PAGE_GAP)
        if second is not None and second.confidence > lines[index].confidence and _alike(lines[index], second):
            result[index] = second
    return tuple(result)


def _is_worth_rereading(line: Line) -> bool:
    sure = sum(len(word.text) for word in line.words if word.confidence >= _SURE)
    return line.confidence < _SURE and sure >= 0.5 * len(line.text.replace(" ", ""))


def _alike(first: Line, second: Line) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(first.text.replace(" ", ""), second.text.replace(" ", "")) >= _LIKE


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
    glyphs = read_each([file], recogniser, segmentation=6, dpi=page.dpi, seconds=limits.tool_seconds)
    return sum(glyph.confidence - 0.6 for glyph in glyphs)
