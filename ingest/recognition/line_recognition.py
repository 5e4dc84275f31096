"""Lines that were found → tokens: each line is cut out, and the recognizer gets all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.pixels import GrayImage
from ingest.recognition.recognizer import Glyph, TextRecognizer
from ingest.recognition.word_grouping import Token
from ingest.segmentation.line_detection import LineLayout


@dataclass(frozen=True, slots=True)
class LineImage:
    """The picture of a line, and its left upper corner in pixels of the picture that it was cut from."""

    gray: GrayImage
    corner: tuple[int, int]


def cut_lines(layout: LineLayout, gray: GrayImage, numbers: Sequence[int] | None = None) -> list[LineImage]:
    """Return lines of a layout as pictures: all of them, or those of the given numbers."""
    wanted = range(len(layout.lines)) if numbers is None else numbers
    return [LineImage(*layout.cut(gray, number)) for number in wanted]


def read_line_images(images: Sequence[LineImage], dpi: int, recognizer: TextRecognizer) -> list[list[Token]]:
    """Return the tokens of each line, in the place that it was cut from.

    Raises:
        core.errors.RecognitionError: The recognizer failed or ran out of time.
    """
    if not images:
        return []
    read = recognizer.read_lines([image.gray for image in images], dpi)
    return [place_glyphs(glyphs, image.corner) for glyphs, image in zip(read, images, strict=True)]


def place_glyphs(glyphs: Sequence[Glyph], corner: tuple[int, int]) -> list[Token]:
    """Return the glyphs of a line as tokens of the picture that it was cut from.

    Between two pieces of a row there is more than a space: the first token of a line always stands apart.
    """
    x, y = corner
    tokens = [
        Token(g.text, x + g.left, y + g.top, x + g.right, y + g.bottom, g.confidence, g.spaced, g.other) for g in glyphs
    ]
    return [replace(tokens[0], spaced=True), *tokens[1:]] if tokens else []
