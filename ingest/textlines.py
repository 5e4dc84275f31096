"""The lines of text of a page, found by their ink: each with its own marks above and below, and no other's.

Tesseract's own line finder is made for scripts on one floor. On Thai it takes a row of tone marks for a line, and a
line without it for another, so that both are read wrong (measured: docs/adr/0010). Here the consonants make the
lines, each mark goes to the line it belongs to, and a line is cut out without its neighbours' ink.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.picture import Grey
from ingest.tangles import Boxes, Labels, untangle

Labelled = npt.NDArray[np.int64]
"""Labels of some pieces of ink."""
Which = npt.NDArray[np.bool_]

_LEAST_BASE, _MOST_BASE = 0.035, 0.30
"""Height of a consonant in inches: 7-point print to a headline."""
_BASE_SHARE, _TALL, _HEADLINE = 0.6, 2.3, 5.0
"""Of the usual height: what is lower is a mark, what is higher a headline or no print (a stamp, lines that touch)."""
_ROW_SPACE = 2.2
"""Gap over which what stands in one row is still read together, in heights."""
_LIKE_SIZED = 1.8
"""Print this much larger beside other print is a piece of its own."""
_RULE_LENGTH, _RULE_HEIGHT = 6.0, 0.3
_SPACE = 2.2
"""Gap, in heights, over which ink is still one piece of a line."""
_MARKS_TALL = 1.3
"""A vowel and a tone mark that touch stand as high as this, in heights of the consonants they stand on."""
_SPECK = 0.13
"""Ink smaller than this square, in heights, is dust; a full point is three times as large."""
_ABOVE, _BELOW = 1.4, 0.9
"""How far above and below its line's consonants a mark may stand, in heights."""
_ROOM_ABOVE, _ROOM_BELOW = 0.5, 0.25
"""What a cut shows over and under the consonants even where nothing stands there, in heights."""
_RIM = 4
"""Pixels around a cut: what Tesseract leaves itself, and what the recogniser was trained on."""
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
    """The lines of a page, and the page in labelled pieces of ink to cut them out with."""

    lines: tuple[TextLine, ...]
    labels: Labels
    owners: Labels
    height: float

    def cut(self, grey: Grey, number: int) -> tuple[Grey, tuple[int, int]]:
        """Return the picture of a line without the ink of other lines, and its corner on the page."""
        line = self.lines[number]
        up = min(line.top, round(line.core[0] - _ROOM_ABOVE * line.height))
        down = max(line.bottom, round(line.core[1] + _ROOM_BELOW * line.height))
        top, left = max(up - _RIM, 0), max(line.left - 2 * _RIM, 0)
        window = (slice(top, down + _RIM), slice(left, line.right + 2 * _RIM))
        picture = grey[window].copy()
        owner = self.owners[self.labels[window]]
        foreign = ((owner != number) & (owner != _NOBODY)).astype(np.uint8)
        if foreign.any():
            mine = cv2.dilate((owner == number).astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
            spread = cv2.dilate(foreign, np.ones((5, 5), np.uint8)).astype(bool)
            picture[spread & ~mine] = int(np.percentile(picture, 90))
        return np.ascontiguousarray(picture), (left, top)


def usual_height(ink: Grey, dpi: int) -> float:
    """Return the height of most consonants in some ink, in pixels; 0.0 where there is nothing like letters."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return _usual_height(stats[1:, :4].astype(np.int64), dpi)


def find_lines(ink: Grey, dpi: int, usual: float | None = None) -> Layout:
    """Return the lines of a level page, or of a part of one.

    Args:
        ink: The binarised page, ink 255.
        dpi: Its resolution.
        usual: Height of most consonants; None to find it out, which takes some letters.
    """
    _, marked, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels, stats = np.asarray(marked, dtype=np.int32), found.astype(np.int64)
    usual = _usual_height(stats[1:, :4], dpi) if usual is None else usual
    if usual <= 0:
        return Layout((), labels, np.full(len(stats), _NOBODY, np.int32), 0.0)
    headlines = _headlines(labels, stats, usual)
    pieces = _pieces(labels, _bases(stats, usual), usual)
    labels, stats = _taken_apart(labels, stats, pieces, headlines, usual)
    if len(stats) > len(found):
        pieces = [p for p in _pieces(labels, _bases(stats, usual), usual) if p.min() < len(found)]
    return _layout(labels, stats, [*pieces, *headlines], usual)


def _layout(labels: Labels, stats: Boxes, pieces: list[Labelled], usual: float) -> Layout:
    """Return the lines that pieces of ink make, with the marks that belong to each."""
    pieces, large_marks = _without_marks(pieces, stats)
    pieces = _joined(_with_dashes(pieces, stats, usual), stats)
    owners = np.full(len(stats), _NOBODY, np.int32)
    for number, members in enumerate(pieces):
        owners[members] = number
    cores = [_core(stats[members]) for members in pieces]
    spans = [_span(stats[members]) for members in pieces]
    small = (stats[:, 3] < _BASE_SHARE * usual) & ~_rules(stats, usual) & (stats[:, 4] >= (_SPECK * usual) ** 2)
    small[0] = False
    for mark in (*np.nonzero(small)[0], *large_marks):
        owners[mark] = _nearest(stats[mark, :4], cores, spans)
    lines = []
    for number, core in enumerate(cores):
        parts = np.nonzero(owners == number)[0]
        own = stats[parts]
        left, right = _span(own)
        box = (left, int(own[:, 1].min()), right, int((own[:, 1] + own[:, 3]).max()))
        lines.append(TextLine(*box, core, frozenset(int(part) for part in parts)))
    return Layout(tuple(lines), labels, owners, usual)


def _taken_apart(
    labels: Labels, stats: Boxes, pieces: list[Labelled], headlines: list[Labelled], usual: float
) -> tuple[Labels, Boxes]:
    """Return the ink with the letters of its lines taken out of the rings and strokes that run through them."""
    tangled = stats[:, 3] > _TALL * usual
    tangled[0] = False
    for members in headlines:
        tangled[members] = False
    bands = [(*_span(stats[p]), *_core(stats[p])) for p in pieces if len(p) >= _SURELY_A_LINE]
    return untangle(labels, stats, tangled, bands, usual)


def _rules(stats: Boxes, usual: float) -> Which:
    return np.asarray((stats[:, 3] < _RULE_HEIGHT * usual) & (stats[:, 2] > _RULE_LENGTH * usual))


def _bases(stats: Boxes, usual: float) -> Which:
    """Return which pieces of ink may be consonants."""
    heights = stats[:, 3]
    bases = (heights >= _BASE_SHARE * usual) & (heights <= _TALL * usual) & ~_rules(stats, usual)
    bases[0] = False
    return np.asarray(bases)


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


def _usual_height(boxes: Boxes, dpi: int) -> float:
    """Return the height of most consonants: the median over letter-like ink, wide ink counting more."""
    widths, heights = boxes[:, 2], boxes[:, 3]
    letters = (heights >= _LEAST_BASE * dpi) & (heights <= _MOST_BASE * dpi)
    letters &= (widths >= 0.3 * heights) & (widths <= 2.5 * heights)
    if np.count_nonzero(letters) < 3:
        return 0.0
    order = np.argsort(heights[letters])
    weight = np.cumsum(widths[letters][order])
    return float(heights[letters][order][np.searchsorted(weight, weight[-1] / 2)])


def _pieces(labels: Labels, bases: Which, usual: float) -> list[Labelled]:
    """Return the consonants of each piece of a line: those that touch once each is widened by half a gap."""
    mask = bases[labels].astype(np.uint8)
    reach = int(_SPACE * usual) | 1  # odd, or closing would shift what it joins
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _, groups = cv2.connectedComponents(joined, connectivity=4)
    members = np.nonzero(bases)[0]
    # Any pixel of a piece of ink tells its group: the first one in reading order.
    flat = labels.ravel()
    first = np.zeros(len(bases), np.int64)
    places = np.nonzero(mask.ravel())[0][::-1]
    first[flat[places]] = places
    group_of = groups.ravel()[first[members]]
    return [members[group_of == group] for group in np.unique(group_of)]


def _span(boxes: Boxes) -> tuple[int, int]:
    return int(boxes[:, 0].min()), int((boxes[:, 0] + boxes[:, 2]).max())


def _core(boxes: Boxes) -> tuple[float, float]:
    letters = boxes[boxes[:, 3] >= 0.5 * np.median(boxes[:, 3])]  # dashes have no height to speak of
    tops, bottoms = letters[:, 1], letters[:, 1] + letters[:, 3]
    return float(np.median(tops)), float(np.median(bottoms))


def _headlines(labels: Labels, boxes: Boxes, usual: float) -> list[Labelled]:
    """Return rows of much larger print, as the words of urgency and secrecy are: several letters of one height."""
    widths, heights = boxes[:, 2], boxes[:, 3]
    large = (heights > _TALL * usual) & (heights <= _HEADLINE * usual)
    large &= (widths >= 0.25 * heights) & (widths <= 5 * heights)
    large[0] = False
    found = []
    for members in _pieces(labels, large, 2 * usual):
        tall = heights[members]
        if widths[members].sum() >= 1.5 * tall.max() and tall.max() <= _LIKE_SIZED * tall.min():
            found.append(members)
    return found


def _without_marks(pieces: list[Labelled], boxes: Boxes) -> tuple[list[Labelled], list[int]]:
    """Return the pieces that are lines, and the ink of those that are but the marks over larger print."""
    cores = [_core(boxes[members]) for members in pieces]
    spans = [_span(boxes[members]) for members in pieces]
    lines, marks = [], list[int]()
    for members, (top, bottom), (left, right) in zip(pieces, cores, spans, strict=True):
        small = bottom - top

        def carries(
            number: int, small: float = small, bottom: float = bottom, span: tuple[int, int] = (left, right)
        ) -> bool:
            other_top, other_bottom = cores[number]
            tall = other_bottom - other_top
            inside = spans[number][0] - tall <= span[0] and span[1] <= spans[number][1] + tall
            return inside and small < _MARKS_TALL * tall and -0.6 * tall < other_top - bottom < 0.5 * tall

        if any(carries(number) for number in range(len(pieces))):
            marks.extend(int(member) for member in members)
        else:
            lines.append(members)
    return lines, marks


def _with_dashes(pieces: list[Labelled], stats: Boxes, usual: float) -> list[Labelled]:
    """Return the pieces with the dashes that stand before or behind them at half height, a space away.

    Without them "๒๕๕๐ – ๒๕๕๕" in a typewriter face is two numbers with nothing between.
    """
    widths, heights = stats[:, 2], stats[:, 3]
    flat = (heights < _RULE_HEIGHT * usual) & (widths >= 0.5 * usual) & (widths >= 2 * heights)
    dashes = np.nonzero(flat & ~_rules(stats, usual))[0]
    cores = [_core(stats[members]) for members in pieces]
    found = [list(members) for members in pieces]
    for dash in dashes[np.argsort(stats[dashes, 0])]:
        left, top, width, height = (int(value) for value in stats[dash, :4])
        best, owner = _ROW_SPACE, _NOBODY
        for number, (core_top, core_bottom) in enumerate(cores):
            high = core_bottom - core_top
            if not core_top + 0.2 * high <= top + height / 2 <= core_bottom - 0.2 * high:
                continue
            start, end = _span(stats[found[number]])
            distance = max(start - left - width, left - end) / high
            if 0 <= distance < best:
                best, owner = distance, number
        if owner != _NOBODY:
            found[owner].append(int(dash))
    return [np.array(members) for members in found]


def _joined(pieces: list[Labelled], boxes: Boxes) -> list[Labelled]:
    """Return the pieces, those of one row and near each other as one: broken print leaves gaps where letters were."""
    order = sorted(pieces, key=lambda members: int(boxes[members, 0].min()))
    found: list[Labelled] = []
    for members in order:
        top, bottom = _core(boxes[members])
        left = int(boxes[members, 0].min())
        for place, other in enumerate(found):
            other_top, other_bottom = _core(boxes[other])
            low, high = sorted((bottom - top, other_bottom - other_top))
            shared = min(bottom, other_bottom) - max(top, other_top)
            gap = left - int((boxes[other, 0] + boxes[other, 2]).max())
            if shared >= 0.6 * low and high <= _LIKE_SIZED * low and gap <= _ROW_SPACE * high:
                found[place] = np.concatenate([other, members])
                break
        else:
            found.append(members)
    return found


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
