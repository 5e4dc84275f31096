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

from ingest.components import LabeledInk, label_components
from ingest.pixels import GrayImage, Labels, Mask, Stats
from ingest.preprocessing.binarization import paper_level
from ingest.segmentation.component_grouping import (
    BASE_SHARE,
    TALL,
    Members,
    add_dashes,
    find_consonants,
    find_headlines,
    find_text_rules,
    group_by_rows,
    join_pieces,
    measure_consonants,
    measure_core,
    measure_span,
    split_by_owner,
    split_off_marks,
)
from ingest.segmentation.touching_components import split_touching_components

_SPECK = 0.13
"""Ink smaller than this square, in heights, is dust; a full point is three times as large."""
_ABOVE, _BELOW = 1.4, 0.9
"""How far above and below its line's consonants a mark may stand, in heights."""
_ROOM_ABOVE, _ROOM_BELOW = 0.5, 0.25
"""What a cut shows over and under the consonants even where nothing stands there, in heights."""
_ROW_APART = 0.7
"""How far apart the middles of lines side by side lie at most, in heights."""
_MARKS_BESIDE = 1.5
"""How far beside the ends of a line a mark may stand and be of it, in heights."""
_RIM = 4
"""Pixels around a cut: what Tesseract leaves itself, and what the recognizer was trained on."""
_SURELY_A_LINE = 3
"""So many consonants in a row are text."""
_NOBODY = -1
"""Owner of ink that is part of no line."""
_MARKS_AT_ONCE = 256
"""Marks that are compared with all lines in one step: a page of dust has many, and each takes memory by the line."""


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
class LineLayout:
    """The lines of a page, and the page in labeled pieces of ink to cut them out with."""

    lines: tuple[TextLine, ...]
    ink: LabeledInk
    owners: Labels
    height: float

    @property
    def labels(self) -> Labels:
        """The piece of ink of each pixel."""
        return self.ink.labels

    def cut(self, gray: GrayImage, number: int) -> tuple[GrayImage, tuple[int, int]]:
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
            picture[spread & ~mine] = int(paper_level(picture))
        return np.ascontiguousarray(picture), (left, top)


def measure_print(ink: GrayImage, dpi: int) -> float:
    """Return the height of most consonants in some ink, in pixels; 0.0 where there is nothing like letters."""
    return measure_consonants(label_components(ink).stats[1:], dpi)


def find_lines(ink: GrayImage, dpi: int, usual: float | None = None) -> LineLayout:
    """Return the lines of a level page, or of a part of one.

    Args:
        ink: The binarized page, ink 255.
        dpi: Its resolution.
        usual: Height of most consonants; None to find it out, which takes some letters.
    """
    found = label_components(ink)
    usual = measure_consonants(found.stats[1:], dpi) if usual is None else usual
    if usual <= 0:
        return LineLayout((), found, np.full(len(found.stats), _NOBODY, np.int32), 0.0)
    large = find_headlines(found, usual)
    pieces = group_by_rows(found, find_consonants(found.stats, usual), usual)
    torn = _split_touching(found, pieces, large, usual)
    if torn is not found:
        whole = len(found.stats)
        pieces = [p for p in group_by_rows(torn, find_consonants(torn.stats, usual), usual) if p.min() < whole]
    return _layout(torn, [*pieces, *large], usual)


def _layout(ink: LabeledInk, pieces: list[Members], usual: float) -> LineLayout:
    """Return the lines that pieces of lines make, with the marks that belong to each."""
    stats = ink.stats
    pieces, large_marks = split_off_marks(pieces, stats)
    pieces = join_pieces(add_dashes(pieces, stats, usual), stats)
    owners = np.full(len(stats), _NOBODY, np.int32)
    for number, members in enumerate(pieces):
        owners[members] = number
    cores = [measure_core(stats[members]) for members in pieces]
    spans = [measure_span(stats[members]) for members in pieces]
    small = (stats[:, 3] < BASE_SHARE * usual) & ~find_text_rules(stats, usual)
    small &= stats[:, 4] >= (_SPECK * usual) ** 2
    small[0] = False
    marks = np.concatenate([np.nonzero(small)[0], np.array(large_marks, np.int64)])
    if pieces:
        owners[marks] = _nearest_lines(stats[marks], np.array(cores), np.array(spans))
    lines = []
    owned = np.nonzero(owners != _NOBODY)[0]
    # Every piece has a member of its own, unless a later one took it, which no component allows: it is in one piece.
    for parts, core in zip(split_by_owner(owned, owners[owned]), cores, strict=True):
        own = stats[parts]
        left, right = measure_span(own)
        box = (left, int(own[:, 1].min()), right, int((own[:, 1] + own[:, 3]).max()))
        lines.append(TextLine(*box, core, frozenset(int(part) for part in parts)))
    return LineLayout(tuple(lines), ink, owners, usual)


def _split_touching(ink: LabeledInk, pieces: list[Members], large: list[Members], usual: float) -> LabeledInk:
    """Return the ink with the letters of its lines taken out of the rings and strokes that run through them."""
    stats = ink.stats
    touching: Mask = stats[:, 3] > TALL * usual
    touching[0] = False
    for members in large:
        touching[members] = False
    bands = [(*measure_span(stats[p]), *measure_core(stats[p])) for p in pieces if len(p) >= _SURELY_A_LINE]
    return split_touching_components(ink, touching, bands, usual)


def rows(lines: Sequence[TextLine], height: float) -> list[list[int]]:
    """Return which lines stand side by side, each row from left to right, the rows down the page."""
    found: list[list[int]] = []
    for number in sorted(range(len(lines)), key=lambda n: lines[n].middle):
        line = lines[number]
        for row in reversed(found[-6:]):
            near = abs(float(np.mean([lines[n].middle for n in row])) - line.middle) < _ROW_APART * height
            free = all(line.right <= lines[n].left + height or line.left >= lines[n].right - height for n in row)
            if near and free:
                row.append(number)
                break
        else:
            found.append([number])
    return [sorted(row, key=lambda n: lines[n].left) for row in found]


def _nearest_lines(marks: Stats, cores: npt.NDArray[np.float64], spans: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """Return the line that each mark belongs to, or nobody's: marks above stand further off than those below.

    Args:
        marks: Boxes of the marks.
        cores: Lines × (top, foot) of their consonants.
        spans: Lines × (left, right).
    """
    heights = cores[:, 1] - cores[:, 0]
    owners = np.full(len(marks), _NOBODY, np.int32)
    for start in range(0, len(marks), _MARKS_AT_ONCE):
        some = slice(start, start + _MARKS_AT_ONCE)
        left, top, width, height = (marks[some, side, None] for side in range(4))
        middle = left + width / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            above, below = (cores[:, 0] - top - height) / (_ABOVE * heights), (top - cores[:, 1]) / (_BELOW * heights)
        distance = np.maximum(np.maximum(above, below), 0.0)
        beside = (middle < spans[:, 0] - _MARKS_BESIDE * heights) | (middle > spans[:, 1] + _MARKS_BESIDE * heights)
        distance[beside] = np.inf
        nearest = distance.argmin(axis=1)
        near = distance[np.arange(len(nearest)), nearest] < 1.0
        owners[some][near] = nearest[near]
    return owners
