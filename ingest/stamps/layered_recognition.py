"""Print and stamps of one page, read apart, and put together again unless that reads worse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.pixels import GrayImage, Mask
from ingest.preprocessing.ink_separation import Ink, Layers
from ingest.recognition.line_recognition import LineImage, cut_lines, read_line_images
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.text_lines import TextReading, build_lines, join_readings
from ingest.recognition.word_grouping import Token
from ingest.segmentation.line_detection import LineLayout, TextLine, find_lines
from ingest.sources.page_image import PageImage
from ingest.stamps.stamp_detection import Stamp, find_fills, find_stamps, line_box
from models.field import Source
from models.ocr import InkIsland, Line

Rectangle = tuple[float, float, float, float]
Tokens = Sequence[Token]

_CHANCE = 0.6
"""Confidence that scribble reads with."""
_ALIKE = 0.97
"""Worth of two readings, as a ratio, that says the same: parted is better then, for it knows what is print."""
_TOUCHED = 12
"""Pixels of colored ink by which a line of the whole page differs from the same line of the print."""


@dataclass(frozen=True, slots=True)
class LayeredText:
    """What a page says.

    Attributes:
        lines: Its lines, in no order; those of colored ink have the source `stamp`.
        illegible: Where there is writing that nobody could read.
        prepared: What was done: `ink.blue` and the like, with `ink.kept_together` where parting read worse somewhere.
    """

    lines: tuple[Line, ...]
    illegible: tuple[InkIsland, ...]
    prepared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _LineCuts:
    """Lines that were found on one picture.

    Attributes:
        lines: The lines.
        images: What the recognizer gets of each.
        boxes: Left, top, right and bottom of each on the page.
        height: Usual height of a consonant in pixels.
    """

    lines: tuple[TextLine, ...]
    images: list[LineImage]
    boxes: list[Rectangle]
    height: float


def read_layers(page: PageImage, layers: Layers, recognizer: TextRecognizer) -> LayeredText | None:
    """Return what the print and the stamps of a page say; None where its colors are no stamps.

    The lines that colored ink runs into are read as they stand on paper, too. Where such a line says more, and more
    surely, than print and stamps apart, it is taken as it stands.

    Args:
        page: The level page, without its tables.
        layers: The same, parted by ink, without its tables.
        recognizer: What reads it.

    Raises:
        core.errors.RecognitionError: The recognizer failed or ran out of time.
    """
    printed, print_layout, inks = _move_fills(page, layers)
    stamps: list[Stamp] = []
    for ink in inks.values():
        found = find_stamps(ink, page.dpi)
        if found is None:
            return None
        stamps += found
    printed_cuts = _LineCuts(
        print_layout.lines,
        cut_lines(print_layout, printed),
        [line_box(line) for line in print_layout.lines],
        print_layout.height,
    )
    del print_layout
    whole_cuts = _cut_touched(page, printed)
    stamp_cuts = [
        _LineCuts(stamp.layout.lines, stamp.cut_lines(), stamp.boxes(), stamp.layout.height) for stamp in stamps
    ]
    every = [printed_cuts, *stamp_cuts, whole_cuts]
    tokens = read_line_images([image for cuts in every for image in cuts.images], page.dpi, recognizer)
    return _put_together(every, stamps, tokens, page, tuple(f"ink.{ink}" for ink in layers.inks) or ("ink.marker",))


def _put_together(
    every: Sequence[_LineCuts],
    stamps: Sequence[Stamp],
    tokens: Sequence[Tokens],
    page: PageImage,
    prepared: tuple[str, ...],
) -> LayeredText:
    """Return the lines of print, stamps and the whole page without those that say the same less well.

    Args:
        every: The lines of the print, of each stamp, and of the whole page where colored ink touches them.
        stamps: The stamps.
        tokens: What was read of all these lines, one after the other.
        page: The page.
        prepared: What was done to it.
    """
    found = [line for cuts in every for line in cuts.lines]
    choice = _choose(every, tokens)
    height = every[0].height or every[-1].height
    readings = list[TextReading]()
    for chosen, source in ((choice.printed, Source.PRINT), (choice.stamped, Source.STAMP)):
        pieces, said = [found[n] for n in chosen], [tokens[n] for n in chosen]
        readings.append(build_lines(pieces, said, height, page.size, source))
    start = len(every[0].lines)
    for stamp, cuts in zip(stamps, every[1:-1], strict=True):
        numbers = range(start, start + len(cuts.lines))
        read = [[] if n in choice.dropped else [stamp.on_page(token) for token in tokens[n]] for n in numbers]
        readings.append(build_lines(cuts.lines, read, cuts.height, page.size, Source.STAMP))
        start += len(cuts.lines)
    joined = join_readings(readings)
    done = (*prepared, "ink.kept_together") if choice.has_whole else prepared
    return LayeredText(joined.lines, joined.illegible, done)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which lines are taken, by their numbers among those of the print, of each stamp, and of the whole page.

    Attributes:
        printed: Lines of print, those of the whole page last.
        stamped: Lines of the whole page that are a stamp's.
        dropped: Lines that say the same as others, less well.
        has_whole: Whether some lines of the whole page were taken.
    """

    printed: list[int]
    stamped: list[int]
    dropped: set[int]
    has_whole: bool


def _choose(every: Sequence[_LineCuts], tokens: Sequence[Tokens]) -> _Choice:
    """Return which lines say a page best; arguments are those of `_put_together`."""
    boxes = [box for cuts in every for box in cuts.boxes]
    first_whole = len(boxes) - len(every[-1].lines)
    overlaps = _find_overlaps(boxes, boxes[first_whole:])
    dropped = _choose_dropped(overlaps, [_measure_worth(line) for line in tokens], first_whole)
    print_lines = range(len(every[0].lines))
    together = [n for n in range(first_whole, len(boxes)) if n not in dropped]
    lost_print = [n for n in print_lines if n in dropped]
    # What no print was dropped for is a stamp's own line, which only read better with its paper.
    own = [n for n in together if not overlaps[lost_print, n - first_whole].any()]
    typed = [n for n in together if n not in own]
    return _Choice([*(n for n in print_lines if n not in dropped), *typed], own, dropped, bool(together))


def _find_overlaps(boxes: Sequence[Rectangle], others: Sequence[Rectangle]) -> npt.NDArray[np.bool_]:
    """Return boxes × others: whether two of them share some of the page."""
    left, top, right, bottom = (np.array(boxes, np.float64).reshape(-1, 4)[:, side, None] for side in range(4))
    x0, y0, x1, y1 = np.array(others, np.float64).reshape(-1, 4).T
    return np.asarray((left < x1) & (x0 < right) & (top < y1) & (y0 < bottom))


def _choose_dropped(overlaps: npt.NDArray[np.bool_], worths: Sequence[float], first_whole: int) -> set[int]:
    """Return which lines are left out: of those that say the same twice, the parted or the whole, whichever says less.

    Args:
        overlaps: Lines of print, stamps and whole page × lines of the whole page: whether they share a place.
        worths: How much each line says, and how surely.
        first_whole: Index of the first line of the page as it is.
    """
    dropped: set[int] = set()
    for boxes, wholes in _group_overlapping(overlaps):
        apart = np.flatnonzero(boxes[:first_whole]).tolist()
        together = (first_whole + np.flatnonzero(wholes)).tolist()
        better = sum(worths[n] for n in apart) >= _ALIKE * sum(worths[n] for n in together)
        dropped.update(together if better else apart)
    return dropped


def _group_overlapping(overlaps: npt.NDArray[np.bool_]) -> Iterator[tuple[Mask, Mask]]:
    """Yield which boxes and which others share a place with one of the others, or with what shares one with it."""
    left = np.ones(overlaps.shape[1], np.bool_)
    while left.any():
        others = np.arange(len(left)) == np.argmax(left)
        count = 0
        while count != (count := int(np.count_nonzero(others))):
            boxes = np.asarray(overlaps[:, others].any(axis=1))
            others |= overlaps[boxes].any(axis=0)
        left &= ~others
        yield boxes, others


def _move_fills(page: PageImage, layers: Layers) -> tuple[GrayImage, LineLayout, dict[Ink, GrayImage]]:
    """Return the print with what is filled into its lines in color, its lines, and the inks without what is filled in.

    Args:
        page: The page as it is.
        layers: The page parted by ink.
    """
    ink = PageImage(layers.print, page.dpi).ink
    layout = find_lines(ink, page.dpi)
    printed, inks = layers.print, dict[Ink, GrayImage]()
    for name, alone in layers.inks.items():
        own = np.asarray(cv2.threshold(alone, 254, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
        fills = find_fills(own, np.asarray(cv2.bitwise_and(ink, ink, mask=255 - own), np.uint8), layout.lines, page.dpi)
        inks[name] = alone
        if fills.any():
            inks[name] = np.asarray(cv2.bitwise_or(alone, fills), np.uint8)  # white where it is filled in
            printed = np.where(fills > 0, page.gray, printed)
    if printed is not layers.print:
        layout = find_lines(PageImage(printed, page.dpi).ink, page.dpi)
    return printed, layout, inks


def _cut_touched(page: PageImage, printed: GrayImage) -> _LineCuts:
    """Return the lines of the whole page that have colored ink in them.

    Args:
        page: The page as it is.
        printed: The same without its colored ink.
    """
    whole = find_lines(page.ink, page.dpi)
    counts = np.bincount(whole.labels[printed != page.gray], minlength=len(whole.owners))
    numbers = [n for n, line in enumerate(whole.lines) if counts[list(line.parts)].sum() >= _TOUCHED]
    lines = tuple(whole.lines[n] for n in numbers)
    return _LineCuts(lines, cut_lines(whole, page.gray, numbers), [line_box(line) for line in lines], whole.height)


def _measure_worth(tokens: Tokens) -> float:
    """Return how much was read and how surely: the sum of confidences above chance of what are letters or digits."""
    return sum(max(token.confidence - _CHANCE, 0.0) * sum(char.isalnum() for char in token.text) for token in tokens)
