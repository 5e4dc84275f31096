"""Pieces of lines that were found and read → lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.recognition.line_recognition import cut_lines, read_line_images
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.word_grouping import PAGE_GAP, Token, build_line, is_legible, place_tokens
from ingest.segmentation.line_detection import TextLine, find_lines, rows
from ingest.sources.page_image import PageImage
from models.field import Source
from models.ocr import InkIsland, IslandKind, Line

_WRITING = 1.6
"""Length or height of illegible writing, in heights of a consonant: one sign is lower and narrower."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """What was read of a page or a layer of it.

    Attributes:
        lines: Its lines.
        illegible: Where a line seems to stand of which nobody could read anything: a signature, a scrawl. What the
            recognizer guessed of it is no text.
    """

    lines: tuple[Line, ...]
    illegible: tuple[InkIsland, ...] = ()


def join_readings(readings: Sequence[TextReading]) -> TextReading:
    """Return what was read of layers of one page as one reading, in their order."""
    return TextReading(
        tuple(line for reading in readings for line in reading.lines),
        tuple(island for reading in readings for island in reading.illegible),
    )


def read_text_lines(page: PageImage, recognizer: TextRecognizer) -> TextReading:
    """Return the lines of a level page, each cut out and read on its own, top to bottom.

    Raises:
        core.errors.RecognitionError: The recognizer failed or ran out of time.
    """
    layout = find_lines(page.ink, page.dpi)
    tokens = read_line_images(cut_lines(layout, page.gray), page.dpi, recognizer)
    reading = build_lines(layout.lines, tokens, layout.height, page.size)
    return replace(reading, lines=sort_down_the_page(reading.lines))


def sort_down_the_page(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines from the top of the page to its foot."""
    return tuple(sorted(lines, key=lambda line: line.box.y0 + line.box.y1))


def build_lines(
    pieces: Sequence[TextLine],
    tokens: Sequence[Sequence[Token]],
    height: float,
    size: tuple[int, int],
    source: Source = Source.PRINT,
) -> TextReading:
    """Return the lines of text that pieces of lines make: what stands side by side is one.

    Args:
        pieces: The pieces.
        tokens: What was read of each.
        height: Usual height of a consonant in pixels.
        size: Width and height of the page in pixels.
        source: By what means it was read.
    """
    joined = [[tokens[number] for number in row] for row in rows(pieces, height)]
    read = [[token for piece in row for token in piece] for row in joined if not _is_illegible(row, height)]
    found = (build_line(row, size, source, gap=PAGE_GAP) for row in read)
    illegible = (
        InkIsland(box=place_tokens([token for piece in row for token in piece], size), kind=IslandKind.WRITING)
        for row in joined
        if _is_illegible(row, height)
    )
    return TextReading(tuple(line for line in found if line is not None), tuple(illegible))


def _is_illegible(row: Sequence[Sequence[Token]], height: float) -> bool:
    """Whether nothing of a row is more than a guess at strokes.

    What stands beside print stays text, so that the line asks: its end may be crossed out. So does a single sign.
    """
    if any(is_legible(piece) for piece in row if piece):
        return False
    every = [token for piece in row for token in piece]
    if not every:
        return False
    sides = (
        max(token.right for token in every) - min(token.left for token in every),
        max(token.bottom for token in every) - min(token.top for token in every),
    )
    return max(sides) >= _WRITING * height
