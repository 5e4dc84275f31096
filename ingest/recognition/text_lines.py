"""Lines that were found and read, piece by piece → lines of text."""

from collections.abc import Sequence
from pathlib import Path

from ingest.preprocessing import orientation
from ingest.recognition.line_recognition import cuts_of, read_cuts
from ingest.recognition.tesseract import Recognizer
from ingest.recognition.word_grouping import PAGE_GAP, Token, line_of
from ingest.segmentation.line_detection import TextLine, find_lines, rows
from ingest.sources.page_image import Gray
from models.field import Source
from models.ocr import Line


def read_lines(gray: Gray, dpi: int, recognizer: Recognizer, folder: Path, seconds: float) -> tuple[Line, ...]:
    """Return the lines of a level page, each cut out and read on its own, top to bottom.

    Raises:
        ingest.recognition.tesseract.TesseractFailedError: The recognizer ran out of time.
    """
    layout = find_lines(orientation.binarize(gray), dpi)
    tokens = read_cuts(cuts_of(layout, gray), dpi, recognizer, folder, seconds)
    return down_the_page(lines_of(layout.lines, tokens, layout.height, (gray.shape[1], gray.shape[0])))


def down_the_page(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines from the top of the page to its foot."""
    return tuple(sorted(lines, key=lambda line: line.box.y0 + line.box.y1))


def lines_of(
    pieces: Sequence[TextLine],
    tokens: Sequence[Sequence[Token]],
    height: float,
    size: tuple[int, int],
    source: Source = Source.PRINT,
) -> tuple[Line, ...]:
    """Return the lines of text that pieces of lines make: what stands side by side is one.

    Args:
        pieces: The pieces.
        tokens: What was read of each.
        height: Usual height of a consonant.
        size: Width and height of the page in pixels.
        source: By what means it was read.
    """
    joined = [[token for number in row for token in tokens[number]] for row in rows(pieces, height)]
    found = (line_of(row, size, source, gap=PAGE_GAP) for row in joined)
    return tuple(line for line in found if line is not None)
