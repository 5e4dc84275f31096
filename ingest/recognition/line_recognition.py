"""Lines that were found → lines that are read: each is cut out, all of them are read by one process."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.recognition.tesseract import RAW_LINE, Glyph, Recognizer, read_each
from ingest.recognition.word_grouping import Token
from ingest.segmentation.line_detection import Layout
from ingest.sources import page_image
from ingest.sources.page_image import Gray


@dataclass(frozen=True, slots=True)
class Cut:
    """The picture of a line, and its corner on the picture that it was cut from."""

    gray: Gray
    corner: tuple[int, int]


def cuts_of(layout: Layout, gray: Gray, numbers: Sequence[int] | None = None) -> list[Cut]:
    """Return lines of a layout as pictures: all of them, or those named."""
    wanted = range(len(layout.lines)) if numbers is None else numbers
    return [Cut(*layout.cut(gray, number)) for number in wanted]


def read_cuts(cuts: Sequence[Cut], dpi: int, recognizer: Recognizer, folder: Path, seconds: float) -> list[list[Token]]:
    """Return the tokens of each cut, in the place that it was cut from.

    Raises:
        ingest.recognition.tesseract.TesseractFailedError: The recognizer ran out of time.
    """
    files = [page_image.save(cut.gray, folder / f"text-{number:04d}.pgm") for number, cut in enumerate(cuts)]
    tokens: list[list[Token]] = [[] for _ in cuts]
    for glyph in read_each(files, recognizer, segmentation=RAW_LINE, dpi=dpi, seconds=seconds):
        token = _token(glyph, cuts[glyph.picture].corner)
        # Between two pieces of a row there is more than a space.
        tokens[glyph.picture].append(token if tokens[glyph.picture] else replace(token, spaced=True))
    return tokens


def _token(glyph: Glyph, corner: tuple[int, int]) -> Token:
    x, y = corner
    box = (x + glyph.left, y + glyph.top, x + glyph.right, y + glyph.bottom)
    return Token(glyph.text, *box, glyph.confidence, glyph.spaced)
