"""The ink that fills a part left open of a number or date, told from the print, dots and strokes around it."""

import re
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.handwriting.fill_in_fields import FillInField, FillInKind
from ingest.pixels import GrayImage
from models.field import Box

Pieces = npt.NDArray[np.int64]
"""Left, top, width, height, area and label of pieces of ink, from left to right."""
Rectangle = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels of the page."""

_LOOK_UP, _LOOK_DOWN = 2.0, 1.6
"""How far over and under the middle of the print a hand goes, in heights of its digits."""
_BODY_UP, _BODY_DOWN = 0.6, 0.35
"""Ink wholly above or below this, in heights from the middle of the line, belongs to another line."""
_LEAST, _MOST_HEIGHT = 0.25, 3.0
"""Smaller ink is a dot of the dotted line or dust, larger a stamp's ring or a ruled line, in heights."""
_LEAST_DIGIT = 0.5
"""Where no ink is as high as this, nothing was filled in."""
_FIRST_GAP, _GAP, _MOST_WIDTH = 5.0, 1.7, 12.0
"""Widest gap before what was filled in, and within it, and its greatest width, in heights."""
_STROKE_WIDTH, _STROKE_HEIGHT, _STROKE_LEANS = 0.9, 0.7, 0.85
"""Greatest width and least height of a slanting stroke, in heights of a digit, and how much it correlates to lean."""
_THAI_TO_ARABIC = 1.25
"""How much higher Arabic digits are than Thai ones of the same face."""
_WIDTHS = {".": 0.5, " ": 0.4, "/": 0.65}
"""Widths of characters, in those of a digit."""
_DOT, _DASH, _DOTS, _REGULAR = 0.2, 0.6, 10, 0.6
"""A dotted line: height of its dots, their length and distance, both in heights, how many there are at least, and the
share that stands at one distance, unlike dust."""
_LEAST_FOOT, _MOST_FOOT = 0.15, 0.9
"""How far apart the strokes stand that a digit's foot on the dots joins, in heights of a digit."""
_EVEN = (0.5, 1.5)
"""Between which shares of the usual distance two dots of a line stand apart."""
_MARKS_ABOVE, _MARKS_BELOW = 0.2, 0.1
"""Shares of the height of a word's box that are room for marks above and below its digits."""
_REACHES = 0.5
"""How far left of a month, in heights of a digit, ink begins that is none of its letters."""
_STROKE_OVERHANG = 0.2
"""How far the head of a slanting stroke reaches over what was filled in behind it, in heights of a digit."""
_NARROWEST_STROKE = 3
"""Least width of a slanting stroke in pixels: from less no lean can be told."""
_PACE = 1.6
"""Greatest distance from digit to digit of one number, in widths of a digit; more is a gap."""
_CUT_UP, _CUT_ASIDE, _CUT_SHIFT = 0.7, 0.4, 0.25
"""Where print is cut from a hand: how far over and under the middle of the print ink counts, and how far from the end
that is expected a cut may be, both in heights of a digit; and the pixels of ink that a pixel from there weighs."""
_AS_HIGH = 0.55
"""Least height of a digit, in that of the highest ink of its word."""
_LOWEST_DIGIT, _HIGHEST_DIGIT = 0.7, 1.4
"""Height of a digit, in the usual one beside it."""
_DOTS_DEPTH, _DOTS_LEVEL = 1.2, 0.08
"""How far under the middle of the print dots may begin, and how far from level they may stand, in heights."""


@dataclass(frozen=True, slots=True)
class FillInInk:
    """Ink in a part left open.

    Attributes:
        box: Around it.
        ink: The ink in this box and none beside it, 255 on 0.
        pieces: Its pieces of ink.
        print, print_ink: The same of the digits printed beside it.
        tall: Height of an Arabic digit of this print in pixels.
    """

    box: Rectangle
    ink: GrayImage
    pieces: Pieces
    print: Pieces
    print_ink: GrayImage
    tall: float


def extract_fill_in_ink(field: FillInField, ink: GrayImage) -> FillInInk | None:
    """Return the ink in a part left open, or None where nothing is, or no print beside it.

    Args:
        field: The part, in a line of the page.
        ink: The binarized page, ink 255.
    """
    height, width = ink.shape
    word = field.print[0].box
    high = word.height * height
    top = max(int(word.y0 * height - high), 0)
    band = ink[top : int(word.y1 * height + high)].copy()
    middles = _middles(word, height, top)
    digits = _digits(band, field, width, middles)
    if not len(digits):
        return None
    thai = re.search("[๐-๙]", "".join(part.text for part in field.print))
    tall = float(np.median(digits[:, 3])) * (_THAI_TO_ARABIC if thai else 1.0)
    middle = float(np.median(digits[:, 1] + digits[:, 3] / 2))
    if _without_dots(band, tall, middle):
        digits = _digits(band, field, width, middles)
        if not len(digits):
            return None
    printed = _cut_ink(_pieces(band)[1], digits)
    if field.kind is FillInKind.RUNNING:
        chosen, labels = _rightwards(band, field, digits, middle, tall)
    else:
        boxes, labels = _pieces(band)
        chosen = _leftwards(_of_line(boxes, middle, tall), field, width, tall)
    if not len(chosen) or chosen[:, 3].max() < _LEAST_DIGIT * tall:
        return None
    return FillInInk(
        _moved(_around(chosen), top), _cut_ink(labels, chosen), _lowered(chosen, top), _lowered(digits, top),
        printed, tall,
    )  # fmt: skip


def _pieces(band: GrayImage) -> tuple[Pieces, npt.NDArray[np.int32]]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(band, connectivity=8)
    boxes = np.column_stack([stats, np.arange(len(stats))])[1:].astype(np.int64)
    return boxes[np.argsort(boxes[:, 0])], np.asarray(labels, np.int32)


def _middles(word: Box, height: int, top: int) -> tuple[float, float]:
    """Return between which rows the middle of a word's digits lies: its box has room for marks above."""
    return (word.y0 + _MARKS_ABOVE * word.height) * height - top, (word.y1 - _MARKS_BELOW * word.height) * height - top


def _digits(band: GrayImage, field: FillInField, width: int, middles: tuple[float, float]) -> Pieces:
    """Return the digits printed beside a part: ink as high as most of it, where the middle of its line is.

    Where a year is only a few letters' share of a word, its place in it is not known; then the month's letters, which
    are as high, stand for it.
    """
    boxes, _ = _pieces(band)
    middle = boxes[:, 1] + boxes[:, 3] / 2
    boxes = boxes[(middle > middles[0]) & (middle < middles[1])]
    end = field.print[-1].box.x1 * width
    found = _between(boxes, field.print[0].box.x0 * width, end)
    if not len(found) and field.kind is FillInKind.DAY:
        found = _between(boxes, field.after[0].box.x0 * width, end)
    found = found[found[:, 3] >= _AS_HIGH * max(found[:, 3], default=0)]
    usual = np.median(found[:, 3]) if len(found) else 0
    return found[(found[:, 3] >= _LOWEST_DIGIT * usual) & (found[:, 3] <= _HIGHEST_DIGIT * usual)]


def _without_dots(band: GrayImage, tall: float, middle: float) -> bool:
    """Take the dotted line under a row out of the digits that stand on it; return whether there was one."""
    boxes, _ = _pieces(band)
    small = (boxes[:, 3] < _DOT * tall) & (boxes[:, 2] < _DASH * tall)
    dots = boxes[small & (boxes[:, 1] > middle) & (boxes[:, 1] < middle + _DOTS_DEPTH * tall)]
    rows = [dots[np.abs(dots[:, 1] - row) <= _DOTS_LEVEL * tall + 1] for row in np.unique(dots[:, 1])]
    dots = max(rows, key=len, default=dots)
    steps = np.diff(dots[:, 0])
    usual = np.median(steps) if len(steps) else 0.0
    regular = np.count_nonzero((steps > _EVEN[0] * usual) & (steps < _EVEN[1] * usual))
    if len(dots) < _DOTS or usual > _DASH * tall or regular < _REGULAR * len(steps):
        return False
    first, last = max(int(dots[:, 1].min()) - 1, 0), int((dots[:, 1] + dots[:, 3]).max()) + 1
    # Only what is no higher than the dots: a digit's stroke that runs through them stays.
    thick = cv2.morphologyEx(band, cv2.MORPH_OPEN, np.ones((last - first + 2, 1), np.uint8))
    thin = cv2.subtract(band[first:last], thick[first:last])
    band[first:last] = thick[first:last]
    _restore_feet(band, np.asarray(thin, np.uint8), first, tall)
    return True


def _restore_feet(band: GrayImage, thin: GrayImage, first: int, tall: float) -> None:
    """Put back what was taken for dots and joins two strokes of a digit: its foot, which is no higher than they are.

    Args:
        band: Rows of the page without the dotted line, changed in place.
        thin: What was taken, from row `first`.
        first: That row.
        tall: Height of a digit in pixels.
    """
    last = first + thin.shape[0]
    near = cv2.dilate(band[max(first - 1, 0) : last + 1], np.ones((3, 3), np.uint8))[min(first, 1) :][: thin.shape[0]]
    pieces, labels = _pieces(thin)
    for piece in pieces:
        of_piece = labels == piece[5]
        columns = np.flatnonzero((of_piece & (near > 0)).any(axis=0))
        if len(columns) and np.ptp(columns) >= _LEAST_FOOT * tall and np.ptp(columns) <= _MOST_FOOT * tall:
            of_piece[:, : columns[0]] = of_piece[:, columns[-1] + 1 :] = False
            band[first:last][of_piece] = 255


def _of_line(boxes: Pieces, middle: float, tall: float) -> Pieces:
    """Return the ink that may be digits of a row by its size and height on the page."""
    top, bottom = boxes[:, 1], boxes[:, 1] + boxes[:, 3]
    near = (top >= middle - _LOOK_UP * tall) & (bottom <= middle + _LOOK_DOWN * tall)
    body = (bottom > middle - _BODY_UP * tall) & (top < middle + _BODY_DOWN * tall)
    large = (boxes[:, 2] >= _LEAST * tall) | (boxes[:, 3] >= _LEAST * tall)
    return boxes[near & body & large & (boxes[:, 3] <= _MOST_HEIGHT * tall)]


def _rightwards(
    band: GrayImage, field: FillInField, digits: Pieces, middle: float, tall: float
) -> tuple[Pieces, npt.NDArray[np.int32]]:
    """Return the ink right of the stroke of a number, as far as it goes on."""
    width = band.shape[1]
    boxes, labels = _pieces(band)
    pieces = _of_line(boxes, middle, tall)
    left = field.print[0].box.x0 * width
    start = _estimate_print_end(field.lead, left, digits, field.before[-1].box.x1 * width)
    circular = field.lead.endswith("ว")
    strokes = [
        p for p in _between(pieces, left + tall, start + tall) if _is_stroke(p, labels, tall)
    ] if "/" in field.lead else []  # fmt: skip
    if strokes:
        right = float(strokes[0][0] + strokes[0][2]) - _STROKE_OVERHANG * tall
        pieces = pieces[(pieces[:, 0] > right) & (pieces[:, 5] != strokes[0][5])]
        # Behind the stroke of a circular's number there is a ว in print.
        start = float(pieces[0][0] + pieces[0][2]) if circular and len(pieces) else right
        pieces = pieces[1:] if circular else pieces
    else:
        # The stroke runs into a digit, or was not read: cut where it should end and least ink is.
        start = _least_ink(band, start, middle, tall)
        band[:, round(start) : round(start) + 2] = 0
        boxes, labels = _pieces(band)
        pieces = _of_line(boxes, middle, tall)
    end = min(field.after[0].box.x0 * width if field.after else float(width), start + _MOST_WIDTH * tall)
    chosen: list[npt.NDArray[np.int64]] = []
    reach = start
    for piece in _between(pieces, start, end):
        if piece[0] - reach > (_GAP if chosen else _FIRST_GAP) * tall:
            break
        chosen.append(piece)
        reach = max(reach, float(piece[0] + piece[2]))
    return np.array(chosen, np.int64).reshape(-1, 6), labels


def _estimate_print_end(lead: str, left: float, digits: Pieces, otherwise: float) -> float:
    """Return where the print of a number should end, by the pace of its digits."""
    steps = np.diff(digits[:, 0])
    steps = steps[steps < _PACE * np.median(digits[:, 2])]
    if not len(steps):
        return otherwise
    return float(left + np.median(steps) * sum(_WIDTHS.get(character, 1.0) for character in lead))


def _least_ink(band: GrayImage, start: float, middle: float, tall: float) -> float:
    rows = slice(max(round(middle - _CUT_UP * tall), 0), round(middle + _CUT_UP * tall))
    columns = np.arange(max(round(start - _CUT_ASIDE * tall), 0), min(round(start + _CUT_ASIDE * tall), band.shape[1]))
    if not len(columns):
        return start
    ink = np.count_nonzero(band[rows][:, columns], axis=0)
    return float(columns[np.argmin(ink + _CUT_SHIFT * np.abs(columns - start))])


def _is_stroke(piece: npt.NDArray[np.int64], labels: npt.NDArray[np.int32], tall: float) -> bool:
    """Tell whether a piece of ink is the stroke of a number: one straight line that leans to the right."""
    if piece[2] > _STROKE_WIDTH * tall or piece[3] < _STROKE_HEIGHT * tall or piece[2] < _NARROWEST_STROKE:
        return False
    ys, xs = np.nonzero(labels[:, piece[0] : piece[0] + piece[2]] == piece[5])
    return float(np.corrcoef(xs, ys)[0, 1]) < -_STROKE_LEANS


def _leftwards(pieces: Pieces, field: FillInField, width: int, tall: float) -> Pieces:
    """Return the ink left of a month, as far as it goes on."""
    end = field.after[0].box.x0 * width
    # A hand may reach so far that it was read as part of the month; then the month begins with the next ink.
    reaching = (pieces[:, 0] < end - _REACHES * tall) & (pieces[:, 0] + pieces[:, 2] > end)
    later = pieces[pieces[:, 0] >= end - _REACHES * tall]
    if reaching.any() and len(later):
        end = max(end, float(later[0][0]))
    start = field.before[-1].box.x1 * width if field.before else 0.0
    chosen: list[npt.NDArray[np.int64]] = []
    reach = end
    for piece in _between(pieces, max(start, end - _MOST_WIDTH * tall), end)[::-1]:
        if reach - (piece[0] + piece[2]) > (_GAP if chosen else _FIRST_GAP) * tall:
            break
        chosen.append(piece)
        reach = min(reach, float(piece[0]))
    return np.array(chosen[::-1], np.int64).reshape(-1, 6)


def _between(boxes: Pieces, left: float, right: float) -> Pieces:
    middle = boxes[:, 0] + boxes[:, 2] / 2
    return boxes[(middle > left) & (middle < right)]


def _around(pieces: Pieces) -> Rectangle:
    left, top = pieces[:, 0].min(), pieces[:, 1].min()
    return int(left), int(top), int((pieces[:, 0] + pieces[:, 2]).max()), int((pieces[:, 1] + pieces[:, 3]).max())


def _moved(box: Rectangle, top: int) -> Rectangle:
    return box[0], box[1] + top, box[2], box[3] + top


def _lowered(pieces: Pieces, top: int) -> Pieces:
    lowered = pieces.copy()
    lowered[:, 1] += top
    return lowered


def _cut_ink(labels: npt.NDArray[np.int32], pieces: Pieces) -> GrayImage:
    left, top, right, bottom = _around(pieces)
    return np.where(np.isin(labels[top:bottom, left:right], pieces[:, 5]), 255, 0).astype(np.uint8)
