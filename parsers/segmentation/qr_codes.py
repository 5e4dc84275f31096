"""QR codes and what is printed below them → the letters that they stand on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from models.field import Box, Field, PageNumber
from models.ocr import Code, OcrPage
from parsers.fields import FieldBuilder
from parsers.segmentation.segments import Segment
from parsers.segmentation.stamped_lines import is_stamped
from parsers.text_span import PagedLine, join_lines, pieces

_CAPTION_GAP = 1.5
"""Heights of a line that may lie between a code and its caption, or between two lines of that."""
_CAPTION_WIDTH = 2.5
"""How many times as wide as its code a caption is at most: a wider line is text beside it."""


@dataclass(slots=True)
class LetterCodes:
    """The QR codes of one letter, and their captions (แบบสรุปข้อมูล, สแกนเพื่อดาวน์โหลด), in the order of the pages."""

    codes: list[Field[str]] = field(default_factory=list)
    captions: list[Field[str]] = field(default_factory=list)


def assign_qr_codes(parts: Sequence[Segment], pages: Sequence[OcrPage], make: FieldBuilder) -> list[LetterCodes]:
    """Return the codes of each letter: those on its pages, below its first line where a page holds several letters.

    Args:
        parts: The letters.
        pages: All pages of the document.
        make: Makes the captions.
    """
    found = [LetterCodes() for _ in parts]
    for page in pages:
        for code in page.codes:
            owner = _owner(parts, page.number, code)
            if owner is None:
                continue
            found[owner].codes.append(_field(code, page.number))
            caption = join_lines(list(_find_caption(page, code.box)))
            if caption:
                found[owner].captions.append(make.text(caption))
    return found


def _find_caption(page: OcrPage, code: Box) -> Iterator[PagedLine]:
    """Yield the lines that stand close below a code, in the middle of it and not much wider."""
    lines = [PagedLine(page.number, line, page.has_layout) for line in page.lines]
    parted = [piece for line in lines if not is_stamped(line) for piece in pieces(line)]
    bottom = code.y1
    for line in sorted(parted, key=lambda line: line.box.y0):
        box = line.box
        is_centered = code.x0 <= box.center[0] <= code.x1 and box.width <= _CAPTION_WIDTH * code.width
        if is_centered and bottom < box.center[1] and box.y0 - bottom <= _CAPTION_GAP * box.height:
            yield line
            bottom = box.y1


def _owner(parts: Sequence[Segment], page: PageNumber, code: Code) -> int | None:
    tops = {
        index: min(line.box.y0 for line in part.lines if line.page == page)
        for index, part in enumerate(parts)
        if any(line.page == page for line in part.lines)
    }
    above = [index for index, top in tops.items() if top <= code.box.y0]
    return max(above or tops, key=lambda index: tops[index], default=None)


def _field(code: Code, page: PageNumber) -> Field[str]:
    # A code that was decoded at all is right: it checks itself.
    review = ("qr.cut",) if code.cut else ()
    return Field[str](value=code.payload, raw=code.payload, confidence=1.0, page=page, box=code.box, review=review)
