"""Glyphs → words → lines, by geometry.

Tesseract reports Thai one character at a time and a PDF reports single characters, so a space is where the page has
a gap wide for the height of its glyphs, not where one token ends.
"""

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.field import Box, Source
from models.ocr import Line, Word
from thai.text import illegal_sequences, normalize

PAGE_GAP = 0.42
"""Gap that separates words on a page, in heights of a base glyph: glyphs stand up to 0.37 apart, words 0.45 and more
(measured on typeset letters at 200 dpi)."""
_TRACKING_GAP, _TRACKED, _NARROW_GAP = 0.15, 1.2, 0.31
"""In a cell that was enlarged and read as one line, boxes are coarser and small print narrower: a word ends where the
gap is wider than 0.31 heights, and than 0.15 beyond 1.2 of the usual gap between glyphs."""

_LEGIBLE = 0.35
"""Mean confidence of the tokens of a piece from which it is writing that was read. Measured: of 320 lines as poor as a
fax of a fax two have less, both misread; of what has less on 23 real pages nothing is print that was read (signatures,
scrawls, folds, two lines run into each other)."""
_ILLEGAL = 0.3
"""Most that a word with marks where Thai has none can be trusted."""
_SURELY_APART = 1.2
"""A gap of so many heights is a space, whatever the recognizer wrote."""

_BASES = frozenset("กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาเแ")

_FOLLOWERS = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๆฯ")
"""Signs that never begin a word, however wide the gap before them seems."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with its box in page units (pixels or points).

    Attributes:
        spaced: Whether a space stands before it; None where nothing but the gap tells.
        other: What a second reader makes of it; None where nothing differs.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    spaced: bool | None = None
    other: str | None = None


def base_height(tokens: Iterable[Token]) -> float:
    """Return the usual height of a base glyph; marks above and below do not count. 0.0 for nothing."""
    listed = list(tokens)
    heights = [token.bottom - token.top for token in listed if token.text in _BASES]
    if not heights:
        heights = [token.bottom - token.top for token in listed]
    return statistics.median(heights) if heights else 0.0


def is_legible(tokens: Sequence[Token]) -> bool:
    """Whether what was read of a piece of a line is more than a guess at strokes."""
    return not tokens or statistics.fmean(token.confidence for token in tokens) >= _LEGIBLE


def join(tokens: Sequence[Token], gap: float, height: float) -> list[list[Token]]:
    """Return tokens of one line as words: split at spaces, or where these are not known, at gaps wider than `gap`.

    A gap wider than a glyph is high is a space, even if the recognizer wrote none.
    """
    words: list[list[Token]] = []
    reach = 0.0
    for token in tokens:
        distance = token.left - reach
        apart = distance > gap if token.spaced is None else token.spaced or distance > _SURELY_APART * height
        if words and (not apart or token.text[0] in _FOLLOWERS):
            words[-1].append(token)
        else:
            words.append([token])
        reach = max(reach, token.right) if len(words[-1]) > 1 else token.right
    return words


def _usual_gap(tokens: Sequence[Token], height: float) -> float:
    gaps = [max(right.left - left.right, 0.0) for left, right in itertools.pairwise(tokens)]
    usual = statistics.median(gaps) if gaps else 0.0
    return max(_NARROW_GAP * height, _TRACKING_GAP * height + _TRACKED * usual)


def build_line(
    tokens: Sequence[Token],
    size: tuple[float, float],
    source: Source = Source.PRINT,
    gap: float | None = None,
) -> Line | None:
    """Return one line of text from its tokens in reading order, or None where nothing is left.

    Args:
        tokens: Tokens of the line, in reading order.
        size: Width and height of the page in the unit of the tokens.
        source: By what means they were read.
        gap: Gap that separates words, in heights of a base token; None for the coarse boxes of a cell.
    """
    height = base_height(tokens)
    widest = _usual_gap(tokens, height) if gap is None else gap * height
    words = [_word(group, size) for group in join(tokens, widest, height)]
    if not words:
        return None
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    # A line is as sure as its weakest word; a stray sign beside it says nothing of the text.
    confidence = min((w.confidence for w in words if len(w.text) > 1), default=words[0].confidence)
    return Line(
        text=" ".join(word.text for word in words), box=box, confidence=confidence, words=tuple(words), source=source
    )


def place_tokens(tokens: Sequence[Token], size: tuple[float, float]) -> Box:
    """Return the box of one token or more, as shares of a page of this width and height."""
    width, height = size
    return Box(
        _share(min(t.left for t in tokens), width),
        _share(min(t.top for t in tokens), height),
        _share(max(t.right for t in tokens), width),
        _share(max(t.bottom for t in tokens), height),
    )


def _word(tokens: Sequence[Token], size: tuple[float, float]) -> Word:
    text = "".join(t.text for t in tokens)
    other = "".join(t.text if t.other is None else t.other for t in tokens)
    confidence = min(t.confidence for t in tokens)
    # No Thai word is spelt so: whatever the recognizer says, something here was misread.
    return Word(
        text=normalize(text),
        box=place_tokens(tokens, size),
        confidence=min(confidence, _ILLEGAL) if illegal_sequences(text) else confidence,
        other=normalize(other) if other != text else "",
    )


def _share(value: float, whole: float) -> float:
    return min(max(value / whole, 0.0), 1.0) if whole > 0 else 0.0
