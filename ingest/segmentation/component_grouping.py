"""Pieces of ink → pieces of lines: consonants in a row, headlines, and the dashes between two numbers.

Everything is measured in heights of a usual consonant, so that nothing depends on the resolution or the face.
"""

import cv2
import numpy as np
import numpy.typing as npt

from ingest.segmentation.touching_components import Boxes, Labels

Labeled = npt.NDArray[np.int64]
"""Labels of some pieces of ink."""
Which = npt.NDArray[np.bool_]

_LEAST_BASE, _MOST_BASE = 0.035, 0.30
"""Height of a consonant in inches: 7-point print to a headline."""
BASE_SHARE, TALL, _HEADLINE = 0.6, 2.3, 5.0
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


def rules_among(stats: Boxes, usual: float) -> Which:
    """Return which pieces of ink are rules or underlines."""
    return np.asarray((stats[:, 3] < _RULE_HEIGHT * usual) & (stats[:, 2] > _RULE_LENGTH * usual))


def consonants(stats: Boxes, usual: float) -> Which:
    """Return which pieces of ink may be consonants."""
    heights = stats[:, 3]
    bases = (heights >= BASE_SHARE * usual) & (heights <= TALL * usual) & ~rules_among(stats, usual)
    bases[0] = False
    return np.asarray(bases)


def usual_consonant(boxes: Boxes, dpi: int) -> float:
    """Return the height of most consonants: the median over letter-like ink, wide ink counting more."""
    widths, heights = boxes[:, 2], boxes[:, 3]
    letters = (heights >= _LEAST_BASE * dpi) & (heights <= _MOST_BASE * dpi)
    letters &= (widths >= 0.3 * heights) & (widths <= 2.5 * heights)
    if np.count_nonzero(letters) < 3:
        return 0.0
    order = np.argsort(heights[letters])
    weight = np.cumsum(widths[letters][order])
    return float(heights[letters][order][np.searchsorted(weight, weight[-1] / 2)])


def in_rows(labels: Labels, bases: Which, usual: float) -> list[Labeled]:
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


def span(boxes: Boxes) -> tuple[int, int]:
    """Return how far some pieces of ink reach, from the left to the right."""
    return int(boxes[:, 0].min()), int((boxes[:, 0] + boxes[:, 2]).max())


def core_of(boxes: Boxes) -> tuple[float, float]:
    """Return the usual top and foot of the consonants among some pieces of ink."""
    letters = boxes[boxes[:, 3] >= 0.5 * np.median(boxes[:, 3])]  # dashes have no height to speak of
    tops, bottoms = letters[:, 1], letters[:, 1] + letters[:, 3]
    return float(np.median(tops)), float(np.median(bottoms))


def headlines(labels: Labels, boxes: Boxes, usual: float) -> list[Labeled]:
    """Return rows of much larger print, as the words of urgency and secrecy are: several letters of one height."""
    widths, heights = boxes[:, 2], boxes[:, 3]
    large = (heights > TALL * usual) & (heights <= _HEADLINE * usual)
    large &= (widths >= 0.25 * heights) & (widths <= 5 * heights)
    large[0] = False
    found = []
    for members in in_rows(labels, large, 2 * usual):
        tall = heights[members]
        if widths[members].sum() >= 1.5 * tall.max() and tall.max() <= _LIKE_SIZED * tall.min():
            found.append(members)
    return found


def without_marks(pieces: list[Labeled], boxes: Boxes) -> tuple[list[Labeled], list[int]]:
    """Return the pieces that are lines, and the ink of those that are but the marks over larger print."""
    cores = [core_of(boxes[members]) for members in pieces]
    spans = [span(boxes[members]) for members in pieces]
    lines, marks = [], list[int]()
    for members, (top, bottom), (left, right) in zip(pieces, cores, spans, strict=True):
        small = bottom - top

        def carries(
            number: int, small: float = small, bottom: float = bottom, own: tuple[int, int] = (left, right)
        ) -> bool:
            other_top, other_bottom = cores[number]
            tall = other_bottom - other_top
            inside = spans[number][0] - tall <= own[0] and own[1] <= spans[number][1] + tall
            return inside and small < _MARKS_TALL * tall and -0.6 * tall < other_top - bottom < 0.5 * tall

        if any(carries(number) for number in range(len(pieces))):
            marks.extend(int(member) for member in members)
        else:
            lines.append(members)
    return lines, marks


def with_dashes(pieces: list[Labeled], stats: Boxes, usual: float) -> list[Labeled]:
    """Return the pieces with the dashes that stand before or behind them at half height, a space away.

    Without them "๒๕๕๐ – ๒๕๕๕" in a typewriter face is two numbers with nothing between.
    """
    widths, heights = stats[:, 2], stats[:, 3]
    flat = (heights < 0.45 * usual) & (widths >= 0.4 * usual) & (widths >= 2 * heights)
    dashes = np.nonzero(flat & ~rules_among(stats, usual))[0]
    cores = [core_of(stats[members]) for members in pieces]
    found = [list(members) for members in pieces]
    for dash in dashes[np.argsort(stats[dashes, 0])]:
        left, top, width, height = (int(value) for value in stats[dash, :4])
        best, nearest = _ROW_SPACE, None
        for number, (core_top, core_bottom) in enumerate(cores):
            high = core_bottom - core_top
            if not core_top + 0.2 * high <= top + height / 2 <= core_bottom - 0.2 * high:
                continue
            start, end = span(stats[found[number]])
            distance = max(start - left - width, left - end) / high
            if 0 <= distance < best:
                best, nearest = distance, number
        if nearest is not None:
            found[nearest].append(int(dash))
    return [np.array(members) for members in found]


def joined(pieces: list[Labeled], boxes: Boxes) -> list[Labeled]:
    """Return the pieces, those of one row and near each other as one: broken print leaves gaps where letters were."""
    order = sorted(pieces, key=lambda members: int(boxes[members, 0].min()))
    found: list[Labeled] = []
    for members in order:
        top, bottom = core_of(boxes[members])
        left = int(boxes[members, 0].min())
        for place, other in enumerate(found):
            other_top, other_bottom = core_of(boxes[other])
            low, high = sorted((bottom - top, other_bottom - other_top))
            shared = min(bottom, other_bottom) - max(top, other_top)
            gap = left - int((boxes[other, 0] + boxes[other, 2]).max())
            if shared >= 0.6 * low and high <= _LIKE_SIZED * low and gap <= _ROW_SPACE * high:
                found[place] = np.concatenate([other, members])
                break
        else:
            found.append(members)
    return found
