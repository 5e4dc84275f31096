"""Print and stamps of one page, read apart, and put together again unless that reads worse."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from ingest.preprocessing import orientation
from ingest.preprocessing.ink_separation import Ink, Layers
from ingest.recognition.line_recognition import cuts_of, read_cuts
from ingest.recognition.tesseract import Recognizer
from ingest.recognition.text_lines import lines_of
from ingest.recognition.word_grouping import Token
from ingest.segmentation.line_detection import Layout, find_lines
from ingest.sources.page_image import Gray
from ingest.stamps.stamp_detection import fills, find_stamps, line_box
from models.field import Source
from models.ocr import Line

Rectangle = tuple[float, float, float, float]

_CHANCE = 0.6
"""Confidence that scribble reads with."""
_ALIKE = 0.97
"""Worth of two readings, as a ratio, that says the same: parted is better then, for it knows what is print."""
_TOUCHED = 12
"""Pixels of colored ink by which a line of the whole page differs from the same line of the print."""


@dataclass(frozen=True, slots=True)
class Parted:
    """What a page says.

    Attributes:
        lines: Its lines, in no order; those of colored ink have the source `stamp`.
        prepared: What was done: `ink.blue` and the like, with `ink.kept_together` where parting read worse somewhere.
    """

    lines: tuple[Line, ...]
    prepared: tuple[str, ...]


def read_layers(
    gray: Gray, layers: Layers, dpi: int, recognizer: Recognizer, folder: Path, seconds: float
) -> Parted | None:
    """Return what the print and the stamps of a page say; None where its colors are no stamps.

    The lines that colored ink runs into are read as they stand on paper, too. Where such a line says more, and more
    surely, than print and stamps apart, it is taken as it stands.

    Args:
        gray: The level page, without its tables.
        layers: The same, parted by ink, without its tables.
        dpi: Its resolution.
        recognizer: What reads it.
        folder: An empty folder for temporary pictures.
        seconds: Limit for one run of the recognizer.

    Raises:
        ingest.recognition.tesseract.TesseractFailedError: The recognizer ran out of time.
    """
    prepared = tuple(f"ink.{ink}" for ink in layers.inks) or ("ink.marker",)
    whole = find_lines(orientation.binarize(gray), dpi)
    printed, inks = _with_fills(gray, layers, dpi)
    stamps = [find_stamps(ink, dpi) for ink in inks.values()]
    if any(found is None for found in stamps):
        return None
    apart = [stamp for found in stamps for stamp in found or ()]
    print_lines = find_lines(orientation.binarize(printed), dpi)
    touched = _touched(whole, printed != gray)
    cuts = [
        *cuts_of(print_lines, printed),
        *(cut for stamp in apart for cut in stamp.cuts()),
        *cuts_of(whole, gray, touched),
    ]
    tokens = read_cuts(cuts, dpi, recognizer, folder, seconds)
    size = (gray.shape[1], gray.shape[0])
    first_stamp, first_whole = len(print_lines.lines), len(cuts) - len(touched)
    boxes = [
        *(line_box(line) for line in print_lines.lines),
        *(box for stamp in apart for box in stamp.boxes()),
        *(line_box(whole.lines[n]) for n in touched),
    ]
    dropped = _dropped(boxes, [_worth(line) for line in tokens], first_whole)
    kept = [n for n in range(first_stamp) if n not in dropped]
    again = [n for n in range(first_whole, len(cuts)) if n not in dropped]
    # What no print was dropped for is a stamp's own line, which only read better with its paper.
    inked = {n for n in again if not any(_overlap(boxes[n], boxes[m]) for m in dropped if m < first_stamp)}
    height = print_lines.height or whole.height
    lines = lines_of(
        [
            *(print_lines.lines[n] for n in kept),
            *(whole.lines[touched[n - first_whole]] for n in again if n not in inked),
        ],
        [tokens[n] for n in (*kept, *again) if n not in inked],
        height,
        size,
    )
    found, start = list(lines), first_stamp
    stamped = sorted(inked)
    found += lines_of(
        [whole.lines[touched[n - first_whole]] for n in stamped],
        [tokens[n] for n in stamped],
        height,
        size,
        Source.STAMP,
    )
    for stamp in apart:
        end = start + len(stamp.layout.lines)
        own = [[] if n in dropped else [stamp.on_page(token) for token in tokens[n]] for n in range(start, end)]
        found += lines_of(stamp.layout.lines, own, stamp.layout.height, size, Source.STAMP)
        start = end
    return Parted(tuple(found), (*prepared, "ink.kept_together") if again else prepared)


def _dropped(boxes: Sequence[Rectangle], worths: Sequence[float], first_whole: int) -> set[int]:
    """Return which lines are left out: of those that say the same twice, the parted or the whole, whichever says less.

    Args:
        boxes: Of the lines of print and stamps, and from `first_whole` on those of the page as it is.
        worths: How much each says, and how surely.
        first_whole: Index of the first line of the page as it is.
    """
    links = np.zeros((len(boxes), len(boxes)), np.int8)
    for n in range(first_whole, len(boxes)):
        for m in range(len(boxes)):
            links[n, m] = _overlap(boxes[n], boxes[m])
    _, groups = connected_components(csr_matrix(links), directed=False)
    dropped: set[int] = set()
    for group in {int(groups[n]) for n in range(first_whole, len(boxes))}:
        members = [int(n) for n in np.nonzero(groups == group)[0]]
        apart, together = ([n for n in members if (n < first_whole) is side] for side in (True, False))
        better = sum(worths[n] for n in apart) >= _ALIKE * sum(worths[n] for n in together)
        dropped.update(together if better else apart)
    return dropped


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _with_fills(gray: Gray, layers: Layers, dpi: int) -> tuple[Gray, dict[Ink, Gray]]:
    """Return the print with what is filled into its lines in color, and the inks without it."""
    ink = orientation.binarize(layers.print)
    lines = find_lines(ink, dpi).lines
    printed, inks = layers.print.copy(), dict[Ink, Gray]()
    for name, alone in layers.inks.items():
        own = np.where(alone < 255, 255, 0).astype(np.uint8)
        filled = fills(own, np.asarray(cv2.bitwise_and(ink, 255 - own), dtype=np.uint8), lines, dpi) > 0
        printed[filled] = gray[filled]
        inks[name] = np.where(filled, 255, alone).astype(np.uint8)
    return printed, inks


def _touched(whole: Layout, colored: npt.NDArray[np.bool_]) -> list[int]:
    """Return the lines of the whole page that have colored ink in them."""
    counts = np.bincount(whole.labels[colored], minlength=len(whole.owners))
    return [n for n, line in enumerate(whole.lines) if counts[list(line.parts)].sum() >= _TOUCHED]


def _worth(tokens: Sequence[Token]) -> float:
    """Return how much was read and how surely: the sum of confidences above chance of what are letters or digits."""
    return sum(max(token.confidence - _CHANCE, 0.0) * sum(char.isalnum() for char in token.text) for token in tokens)
