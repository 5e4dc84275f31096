"""Connected components → pieces of lines: consonants in a row, headlines, and the dashes between two numbers.

Everything is measured in heights of a usual consonant, so that nothing depends on the resolution or the face.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ingest.components import LabeledInk
from ingest.ink_runs import InkRuns, join_runs
from ingest.pixels import Mask, Stats

Members = npt.NDArray[np.int64]
"""Labels of some components."""

_LEAST_BASE, _MOST_BASE = 0.035, 0.30
"""Height of a consonant in inches: 7-point print to a headline."""
BASE_SHARE, TALL, _HEADLINE = 0.6, 2.3, 5.0
"""Of the usual height: what is lower is a mark, what is higher a headline or no print (a stamp, lines that touch)."""
_ROW_SPACE = 2.2
"""Gap over which what stands in one row is still read together, in heights."""
_LIKE_SIZED = 1.8
"""Print this much larger beside other print is a piece of its own."""
_NARROWEST, _WIDEST, _LEAST_LETTERS = 0.3, 2.5, 3
"""Width of what is like a letter, in its heights, and how many are needed to say how high letters are."""
_HEADLINE_NARROWEST, _HEADLINE_WIDEST, _HEADLINE_LENGTH = 0.25, 5.0, 1.5
"""Width of a piece of a headline, whose letters may touch, and the least sum of them, in heights."""
_MARKS_INTO = 0.6
"""How far marks may reach down into the line that carries them, in its heights."""
_DASH_HEIGHT, _DASH_LENGTH, _HALF_WAY = 0.45, 0.4, 0.2
"""Greatest height and least length of a dash, and how far from the top and foot of its line it stands, in heights."""
_SHARED = 0.6
"""Share of the lower of two pieces that stands beside the other where they are of one row."""
_RULE_LENGTH, _RULE_HEIGHT = 6.0, 0.3
"""Least length and greatest height of a rule or underline, in heights."""
_SPACE = 2.2
"""Gap, in heights, over which ink is still one piece of a line."""
_MARKS_TALL = 1.3
"""A vowel and a tone mark that touch stand as high as this, in heights of the consonants they stand on."""


def find_text_rules(stats: Stats, usual: float) -> Mask:
    """Return which components are rules or underlines, by the usual height of a consonant in pixels."""
    return np.asarray((stats[:, 3] < _RULE_HEIGHT * usual) & (stats[:, 2] > _RULE_LENGTH * usual))


def find_consonants(stats: Stats, usual: float) -> Mask:
    """Return which components may be consonants, by the usual height of one in pixels."""
    heights = stats[:, 3]
    bases = (heights >= BASE_SHARE * usual) & (heights <= TALL * usual) & ~find_text_rules(stats, usual)
    bases[0] = False
    return np.asarray(bases)


def measure_consonants(boxes: Stats, dpi: int) -> float:
    """Return the height of most consonants in pixels: the median over letter-like ink, wide ink counting more.

    Args:
        boxes: Left, top, width and height of components, without the paper.
        dpi: Resolution.
    """
    widths, heights = boxes[:, 2], boxes[:, 3]
    letters = (heights >= _LEAST_BASE * dpi) & (heights <= _MOST_BASE * dpi)
    letters &= (widths >= _NARROWEST * heights) & (widths <= _WIDEST * heights)
    if np.count_nonzero(letters) < _LEAST_LETTERS:
        return 0.0
    order = np.argsort(heights[letters])
    weight = np.cumsum(widths[letters][order])
    return float(heights[letters][order][np.searchsorted(weight, weight[-1] / 2)])


def group_by_rows(ink: LabeledInk, bases: Mask, usual: float) -> list[Members]:
    """Return the consonants of each piece of a line: those that touch once each is widened by half a gap."""
    members = np.nonzero(bases)[0]
    if not len(members):
        return []
    wanted = bases[ink.owners]
    runs, owners = ink.runs.select(wanted), ink.owners[wanted]
    joined = _close_gaps(runs, int(_SPACE * usual) // 2)
    groups = join_runs(joined, corners=False)
    # Any pixel of a component tells its group: the first one in reading order.
    first = np.zeros(len(bases), np.int64)
    first[owners[::-1]] = runs.starts[::-1]
    return split_by_owner(members, groups[joined.find_run(first[members])])


def _close_gaps(runs: InkRuns, half: int) -> InkRuns:
    """Return runs with those of one row joined that are at most twice so many pixels apart, or once from the border."""
    gaps = runs.starts[1:] - runs.stops[:-1]
    apart = (gaps > 2 * half) | (np.diff(runs.rows) > 0)
    rows, width = runs.rows * runs.stride, runs.shape[1]
    starts = np.where(runs.lefts <= half, rows, runs.starts)[np.append(True, apart)]
    stops = np.where(runs.rights >= width - half, rows + width, runs.stops)[np.append(apart, True)]
    return InkRuns(starts, stops, runs.stride, runs.shape)


def split_by_owner(members: Members, owners: npt.NDArray[np.integer]) -> list[Members]:
    """Return the members of each owner that has some, owners in rising order, members in theirs."""
    order = np.argsort(owners, kind="stable")
    return np.split(members[order], np.flatnonzero(np.diff(owners[order])) + 1) if len(members) else []


def measure_span(boxes: Stats) -> tuple[int, int]:
    """Return how far some components reach, from the left to the right."""
    return int(boxes[:, 0].min()), int((boxes[:, 0] + boxes[:, 2]).max())


def measure_core(boxes: Stats) -> tuple[float, float]:
    """Return the usual top and foot of the consonants among some components."""
    letters = boxes[boxes[:, 3] >= 0.5 * _median(boxes[:, 3])]  # dashes have no height to speak of
    return _median(letters[:, 1]), _median(letters[:, 1] + letters[:, 3])


def _median(values: npt.NDArray[np.int64]) -> float:
    """Return the median; `np.median` takes ten times as long on the few components of a line."""
    ordered = np.sort(values)
    return (int(ordered[(len(ordered) - 1) // 2]) + int(ordered[len(ordered) // 2])) / 2


def find_headlines(ink: LabeledInk, usual: float) -> list[Members]:
    """Return rows of much larger print, as the words of urgency and secrecy are: several letters of one height."""
    widths, heights = ink.stats[:, 2], ink.stats[:, 3]
    large = (heights > TALL * usual) & (heights <= _HEADLINE * usual)
    large &= (widths >= _HEADLINE_NARROWEST * heights) & (widths <= _HEADLINE_WIDEST * heights)
    large[0] = False
    found = []
    for members in group_by_rows(ink, large, 2 * usual):
        tall = heights[members]
        if widths[members].sum() >= _HEADLINE_LENGTH * tall.max() and tall.max() <= _LIKE_SIZED * tall.min():
            found.append(members)
    return found


def split_off_marks(pieces: Sequence[Members], boxes: Stats) -> tuple[list[Members], list[int]]:
    """Return the pieces that are lines, and the labels of those that are but the marks over larger print."""
    if not pieces:
        return [], []
    tops, feet = np.array([measure_core(boxes[members]) for members in pieces]).T
    lefts, rights = np.array([measure_span(boxes[members]) for members in pieces]).T
    heights = feet - tops
    lines, marks = [], list[int]()
    for members, foot, height, left, right in zip(pieces, feet, heights, lefts, rights, strict=True):
        gap = tops - foot
        carries = (height < _MARKS_TALL * heights) & (gap > -_MARKS_INTO * heights) & (gap < 0.5 * heights)
        carries &= (lefts - heights <= left) & (right <= rights + heights)
        if carries.any():
            marks.extend(int(member) for member in members)
        else:
            lines.append(members)
    return lines, marks


def add_dashes(pieces: Sequence[Members], stats: Stats, usual: float) -> list[Members]:
    """Return the pieces with the dashes that stand before or behind them at half height, a space away.

    Without them "๒๕๕๐ – ๒๕๕๕" in a typewriter face is two numbers with nothing between.
    """
    if not pieces:
        return []
    widths, heights = stats[:, 2], stats[:, 3]
    flat = (heights < _DASH_HEIGHT * usual) & (widths >= _DASH_LENGTH * usual) & (widths >= 2 * heights)
    dashes = np.nonzero(flat & ~find_text_rules(stats, usual))[0]
    tops, feet = np.array([measure_core(stats[members]) for members in pieces]).T
    lefts, rights = np.array([measure_span(stats[members]) for members in pieces]).T
    tall = feet - tops
    found = [list(members) for members in pieces]
    for dash in dashes[np.argsort(stats[dashes, 0])]:
        left, top, width, height = (int(value) for value in stats[dash, :4])
        middle = top + height / 2
        level = np.flatnonzero((tops + _HALF_WAY * tall <= middle) & (middle <= feet - _HALF_WAY * tall))
        if not len(level):
            continue
        distances = np.maximum(lefts[level] - left - width, left - rights[level]) / tall[level]
        distances[distances < 0] = np.inf
        nearest = int(np.argmin(distances))
        if distances[nearest] < _ROW_SPACE:
            number = level[nearest]
            found[number].append(int(dash))
            lefts[number], rights[number] = min(lefts[number], left), max(rights[number], left + width)
    return [np.array(members) for members in found]


def join_pieces(pieces: Sequence[Members], boxes: Stats) -> list[Members]:
    """Return the pieces, those of one row and near each other as one: broken print leaves gaps where letters were."""
    if not pieces:
        return []
    order = sorted(pieces, key=lambda members: int(boxes[members, 0].min()))
    found: list[Members] = []
    tops, feet, rights = (np.zeros(len(order)) for _ in range(3))
    for members in order:
        top, foot = measure_core(boxes[members])
        left, right = measure_span(boxes[members])
        others = slice(0, len(found))
        heights = feet[others] - tops[others]
        low, high = np.minimum(heights, foot - top), np.maximum(heights, foot - top)
        shared = np.minimum(foot, feet[others]) - np.maximum(top, tops[others])
        alike = (shared >= _SHARED * low) & (high <= _LIKE_SIZED * low) & (left - rights[others] <= _ROW_SPACE * high)
        if alike.any():
            place = int(np.argmax(alike))
            found[place] = np.concatenate([found[place], members])
            top, foot = measure_core(boxes[found[place]])
            right = max(right, int(rights[place]))
        else:
            place = len(found)
            found.append(members)
        tops[place], feet[place], rights[place] = top, foot, right
    return found
