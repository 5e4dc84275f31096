"""Text that knows where it stands: a run of lines, cut anywhere, still knows its words, page and boxes."""

import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.field import Box, PageNumber, Source
from models.ocr import Line, Word
from parsers.letter.line_cues import LineCues
from thai.text import LETTER

_ENDS_THAI = re.compile(rf"[{LETTER}]\s*$")
_BEGINS_THAI = re.compile(rf"^\s*[{LETTER}]")
_PARAGRAPH = re.compile(r"^\s*(?:[0-9๐-๙]{1,2}[.)]\s*\D|จึง(?:กราบ)?(?:เรียน|เสนอ)มา)")
_ENDS_PARAGRAPH = re.compile(r"(?:\s|แล้ว)นั้น\s*$")
_SURE_WORDS = 0.90
"""Confidence of its least sure word from which a text is not doubted for the rest of its line."""
_INDENT = 0.05
"""How far the first line of a paragraph is set in at least, as a share of the page's width."""


@dataclass(frozen=True)
class PagedLine:
    """A line and the page it stands on.

    Attributes:
        page: Page of the document, from 1.
        has_layout: False where its box only tells the order of lines.
    """

    page: PageNumber
    line: Line
    has_layout: bool

    @cached_property
    def cues(self) -> LineCues:
        """What the line is, by its words."""
        return LineCues(self.text, self.box.x0 if self.has_layout else None)

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.line.text

    @property
    def box(self) -> Box:
        """The box of the line on its page."""
        return self.line.box


@dataclass(frozen=True, slots=True)
class SpanPart:
    """A piece of one line within a span: the span's text from `start` is the line's text from `offset`."""

    start: int
    length: int
    offset: int
    line: PagedLine

    def words(self, start: int, end: int) -> list[Word]:
        """Return the words of the line that a stretch of the span touches."""
        first = self.offset + max(start - self.start, 0)
        last = self.offset + min(end - self.start, self.length)
        return [word for begin, stop, word in _placed(self.line.line) if begin < last and stop > first]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A text taken from one or several lines."""

    text: str = ""
    parts: tuple[SpanPart, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def slice(self, start: int, end: int | None = None) -> "TextSpan":
        """Return a part of the span, without spaces at its ends."""
        stop = len(self.text) if end is None else end
        piece = self.text[start:stop]
        start += len(piece) - len(piece.lstrip())
        stop = max(start, start + len(piece.strip()))
        parts = []
        for part in self.parts:
            first, last = max(start, part.start), min(stop, part.start + part.length)
            if first < last:
                parts.append(SpanPart(first - start, last - first, part.offset + first - part.start, part.line))
        return TextSpan(self.text[start:stop], tuple(parts))

    @property
    def words(self) -> list[Word]:
        """The words it touches, as far as its lines have any."""
        return [word for part in self.parts for word in part.words(0, len(self.text))]

    @property
    def other(self) -> str:
        """The text as a second reader has it, where that differs in words that stand in the span as a whole; or ""."""
        text = self.text
        for part in reversed(self.parts):
            end = part.offset + part.length
            for start, stop, word in reversed(_placed(part.line.line)):
                if word.other and part.offset <= start and stop <= end:
                    moved = part.start - part.offset
                    text = text[: start + moved] + word.other + text[stop + moved :]
        return text if text != self.text else ""

    @property
    def page(self) -> PageNumber | None:
        """The page it begins on."""
        return self.parts[0].line.page if self.parts else None

    @property
    def box(self) -> Box | None:
        """Box around what stands on the page it begins on; None without layout."""
        boxes: list[Box] = []
        for part in self.parts:
            if part.line.page == self.page and part.line.has_layout:
                boxes.extend([word.box for word in part.words(0, len(self.text))] or [part.line.box])
        return _around(boxes)

    @property
    def line_confidence(self) -> float:
        """The least confidence of its lines; 0 for nothing.

        Where all words of its own were read surely, theirs counts: it was a label, or what stands beside it, that was
        hardly read.
        """
        least = min((part.line.line.confidence for part in self.parts), default=0.0)
        own = min((word.confidence for word in self.words), default=0.0)
        return max(least, own) if own >= _SURE_WORDS else least

    @property
    def word_confidence(self) -> float:
        """The least confidence of its words, for digits, where one wrong character is a wrong value."""
        return min((word.confidence for word in self.words), default=self.line_confidence)

    @property
    def source(self) -> Source:
        """By what means it was read; handwriting if any of it was."""
        sources = [part.line.line.source for part in self.parts]
        sources += [word.source for word in self.words if word.source is not None]
        return Source.HANDWRITING if Source.HANDWRITING in sources else next(iter(sources), Source.PRINT)


def with_space(_before: PagedLine, _after: PagedLine) -> str:
    """Join two lines by a space."""
    return " "


def reflowed(before: PagedLine, after: PagedLine) -> str:
    """Join two lines as running Thai text is: no space within a sentence, a line break where a paragraph begins."""
    indented = before.has_layout and before.page == after.page and after.box.x0 - before.box.x0 > _INDENT
    if indented or _PARAGRAPH.match(after.text) or _ENDS_PARAGRAPH.search(before.text):
        return "\n"
    return "" if _ENDS_THAI.search(before.text) and _BEGINS_THAI.match(after.text) else " "


def join_lines(lines: Iterable[PagedLine], joint: Callable[[PagedLine, PagedLine], str] = with_space) -> TextSpan:
    """Return the text of some lines as one span; empty lines are left out."""
    text = ""
    parts: list[SpanPart] = []
    for line in lines:
        if not line.text.strip():
            continue
        text += joint(parts[-1].line, line) if parts else ""
        parts.append(SpanPart(len(text), len(line.text), 0, line))
        text += line.text
    return TextSpan(text, tuple(parts)).slice(0)


def pieces(line: PagedLine, gap: float = 0.04) -> list[PagedLine]:
    """Return what stands side by side on one line: the line parted at gaps wider than a share of the page.

    Args:
        line: A line; without layout or words it is one piece.
        gap: Least width of a gap, as a fraction of the page's width. Four per cent are 8 mm of an A4 page, more
            than a space of justified text.
    """
    words = line.line.words
    if not line.has_layout or len(words) < 2:
        return [line]
    groups: list[list[Word]] = [[words[0]]]
    for word in words[1:]:
        if word.box.x0 - max(w.box.x1 for w in groups[-1]) > gap:
            groups.append([])
        groups[-1].append(word)
    if len(groups) == 1:
        return [line]
    return [PagedLine(line.page, line_from_words(group, line.line.source), True) for group in groups]


def joined(lines: Sequence[PagedLine]) -> PagedLine:
    """Return pieces of one row as one line again, left to right.

    Raises:
        ValueError: There are no pieces.
    """
    if not lines:
        raise ValueError("no pieces to join")
    if len(lines) == 1:
        return lines[0]
    ordered = sorted(lines, key=lambda piece: piece.box.x0)
    words = [word for piece in ordered for word in piece.line.words or (_as_word(piece.line),)]
    return PagedLine(ordered[0].page, line_from_words(words, ordered[0].line.source), ordered[0].has_layout)


def line_from_words(words: Sequence[Word], source: Source) -> Line:
    """Return a line made of some words, at least one."""
    letters = max(sum(len(word.text) for word in words), 1)
    confidence = sum(word.confidence * len(word.text) for word in words) / letters
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    text = " ".join(word.text for word in words)
    return Line(text=text, box=box, confidence=min(confidence, 1.0), words=tuple(words), source=source)


def same_row(one: PagedLine, other: PagedLine) -> bool:
    """Tell whether two pieces stand side by side: they share most of the height of the lower one."""
    if one.page != other.page:
        return False
    shared = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return shared > 0.5 * min(one.box.height, other.box.height)


def usual_height(words: Sequence[Word]) -> float:
    """Return the median height of words as a fraction of the page; 0 for none."""
    return statistics.median([word.box.height for word in words]) if words else 0.0


def _as_word(line: Line) -> Word:
    return Word(text=line.text, box=line.box, confidence=line.confidence)


def _placed(line: Line) -> list[tuple[int, int, Word]]:
    """Return the words with the indexes of the line's text that they cover."""
    placed: list[tuple[int, int, Word]] = []
    position = 0
    for word in line.words:
        found = line.text.find(word.text, position)
        if found < 0:
            continue
        position = found + len(word.text)
        placed.append((found, position, word))
    return placed


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    box = boxes[0]
    for other in boxes[1:]:
        box = box.union(other)
    return box
