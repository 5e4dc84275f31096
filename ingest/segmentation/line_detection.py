"""The lines of text of a page, found by their ink: each with its own marks above and below, and no other's.

Tesseract's own line finder is made for scripts on one floor. On Thai it takes a row of tone marks for a line, and a
line without it for another, so that both are read wrong (measured: docs/adr/0010). Here the consonants make the
lines, each mark goes to the line it belongs to, and a line is cut out without its neighbors' ink.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.segmentation.component_grouping import (
    BASE_SHARE,
    TALL,
    Labeled,
    consonants,
    core_of,
    headlines,
    in_rows,
    joined,
    rules_among,
    span,
    usual_consonant,
    with_dashes,
    without_marks,
)
from ingest.segmentation.touching_components import Boxes, Labels, untangle
from ingest.sources.page_image import Gray

_SPECK = 0.13
"""Ink smaller than this square, in heights, is dust; a full point is three times as large."""
_ABOVE, _BELOW = 1.4, 0.9
"""How far above and below its line's consonants a mark may stand, in heights."""
_ROOM_ABOVE, _ROOM_BELOW = 0.5, 0.25
"""What a cut shows over and under the consonants even where nothing stands there, in heights."""
_RIM = 4
"""Pixels around a cut: what Tesseract leaves itself, and what the recognizer was trained on."""
_SURELY_A_LINE = 3
"""So many consonants in a row are text."""
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class TextLine:
    """A piece of a line: as far as it goes without a gap.

    Attributes:
        left, top, right, bottom: Box of its ink with all its marks, in pixels of the page.
        core: Top and bottom of its consonants.
        parts: The labels of its pieces of ink.
    """

    left: int
    top: int
    right: int
    bottom: int
    core: tuple[float, float]
    parts: frozenset[int]

    @property
    def middle(self) -> float:
        """Half way up its consonants."""
        return (self.core[0] + self.core[1]) / 2

    @property
    def height(self) -> float:
        """Height of its consonants."""
        return self.core[1] - self.core[0]


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page, and the page in labeled pieces of ink to cut them out with."""

    lines: tuple[TextLine, ...]
    labels: Labels
    owners: Labels
    height: float

    def cut(self, gray: Gray, number: int) -> tuple[Gray, tuple[int, int]]:
        """Return the picture of a line without the ink of other lines, and its corner on the page."""
        line = self.lines[number]
        up = min(line.top, round(line.core[0] - _ROOM_ABOVE * line.height))
        down = max(line.bottom, round(line.core[1] + _ROOM_BELOW * line.height))
        top, left = max(up - _RIM, 0), max(line.left - 2 * _RIM, 0)
        window = (slice(top, down + _RIM), slice(left, line.right + 2 * _RIM))
        picture = gray[window].copy()
        owner = self.owners[self.labels[window]]
        foreign = ((owner != number) & (owner != _NOBODY)).astype(np.uint8)
        if foreign.any():
            mine = cv2.dilate((owner == number).astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
            spread = cv2.dilate(foreign, np.ones((5, 5), np.uint8)).astype(bool)
            picture[spread & ~mine] = int(np.percentile(picture, 90))
        return np.ascontiguousarray(picture), (left, top)


def usual_height(ink: Gray, dpi: int) -> float:
    """Return the height of most consonants in some ink, in pixels; 0.0 where there is nothing like letters."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return usual_consonant(stats[1:, :4].astype(np.int64), dpi)


def find_lines(ink: Gray, dpi: int, usual: float | None = None) -> Layout:
    """Return the lines of a level page, or of a part of one.

    Args:
        ink: The binarized page, ink 255.
        dpi: Its resolution.
        usual: Height of most consonants; None to find it out, which takes some letters.
    """
    _, marked, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels, stats = np.asarray(marked, dtype=np.int32), found.astype(np.int64)
    usual = usual_consonant(stats[1:, :4], dpi) if usual is None else usual
    if usual <= 0:
        return Layout((), labels, np.full(len(stats), _NOBODY, np.int32), 0.0)
    large = headlines(labels, stats, usual)
    pieces = in_rows(labels, consonants(stats, usual), usual)
    labels, stats = _taken_apart(labels, stats, pieces, large, usual)
    if len(stats) > len(found):
        pieces = [p for p in in_rows(labels, consonants(stats, usual), usual) if p.min() < len(found)]
    return _layout(labels, stats, [*pieces, *large], usual)


def _layout(labels: Labels, stats: Boxes, pieces: list[Labeled], usual: float) -> Layout:
    """Return the lines that pieces of ink make, with the marks that belong to each."""
    pieces, large_marks = without_marks(pieces, stats)
    pieces = joined(with_dashes(pieces, stats, usual), stats)
    owners = np.full(len(stats), _NOBODY, np.int32)
    for number, members in enumerate(pieces):
        owners[members] = number
    cores = [core_of(stats[members]) for members in pieces]
    spans = [span(stats[members]) for members in pieces]
    small = (stats[:, 3] < BASE_SHARE * usual) & ~rules_among(stats, usual) & (stats[:, 4] >= (_SPECK * usual) ** 2)
    small[0] = False
    for mark in (*np.nonzero(small)[0], *large_marks):
        owners[mark] = _nearest(stats[mark, :4], cores, spans)
    lines = []
    for number, core in enumerate(cores):
        parts = np.nonzero(owners == number)[0]
        own = stats[parts]
        left, right = span(own)
        box = (left, int(own[:, 1].min()), right, int((own[:, 1] + own[:, 3]).max()))
        lines.append(TextLine(*box, core, frozenset(int(part) for part in parts)))
    return Layout(tuple(lines), labels, owners, usual)


def _taken_apart(
    labels: Labels, stats: Boxes, pieces: list[Labeled], large: list[Labeled], usual: float
) -> tuple[Labels, Boxes]:
    """Return the ink with the letters of its lines taken out of the rings and strokes that run through them."""
    tangled = stats[:, 3] > TALL * usual
    tangled[0] = False
    for members in large:
        tangled[members] = False
    bands = [(*span(stats[p]), *core_of(stats[p])) for p in pieces if len(p) >= _SURELY_A_LINE]
    return untangle(labels, stats, tangled, bands, usual)


def rows(lines: Sequence[TextLine], height: float) -> list[list[int]]:
    """Return which lines stand side by side, each row from left to right, the rows down the page."""
    found: list[list[int]] = []
    for number in sorted(range(len(lines)), key=lambda n: lines[n].middle):
        line = lines[number]
        for row in reversed(found[-6:]):
            near = abs(float(np.mean([lines[n].middle for n in row])) - line.middle) < 0.7 * height
            free = all(line.right <= lines[n].left + height or line.left >= lines[n].right - height for n in row)
            if near and free:
                row.append(number)
                break
        else:
            found.append([number])
    return [sorted(row, key=lambda n: lines[n].left) for row in found]


def _nearest(
    mark: npt.NDArray[np.int64], cores: Sequence[tuple[float, float]], spans: Sequence[tuple[int, int]]
) -> int:
    """Return the line that a mark belongs to, or nobody's: marks above stand further off than those below."""
    left, top, width, height = (int(value) for value in mark)
    middle, best, owner = left + width / 2, 1.0, _NOBODY
    for number, ((core_top, core_bottom), (start, end)) in enumerate(zip(cores, spans, strict=True)):
        usual = core_bottom - core_top
        if not start - 1.5 * usual <= middle <= end + 1.5 * usual:
            continue
        above, below = (core_top - top - height) / (_ABOVE * usual), (top - core_bottom) / (_BELOW * usual)
        distance = max(above, below, 0.0)
        if distance < best:
            best, owner = distance, number
    return owner
