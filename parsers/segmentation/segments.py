"""Pages of lines → letters and what lies between them.

One file may hold a covering letter, the letter it passes on, and their annexes. A letter begins at its head and goes
on, over pages without a head, to the last line of its foot. What no letter claims is left for the annexes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.field import PageNumber
from models.letter import LetterKind
from models.ocr import OcrPage
from parsers.letter.cues import Label
from parsers.segmentation.letter_starts import HEAD_DEPTH, PageCues, find_letter_starts
from parsers.segmentation.page_cues import continued, form_pages, later_pages
from parsers.segmentation.stamped_lines import (
    is_stamped,
    receipt_stamps,
    split_stamps,
    take_printed_parts,
    take_receipt_stamp,
)
from parsers.text_span import PagedLine, pieces

__all__ = ["PagedLine", "Segment", "SegmentKind", "segment"]

_FOOT_GAP = 4
"""Lines of no known sort, such as the caption of a QR code, that may stand within a foot."""
_LABEL_START = 0.3
"""Share of the page's width left of which the subject and the salutation begin."""


class SegmentKind(StrEnum):
    """What a run of lines is."""

    LETTER = "letter"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of lines that belong together.

    Attributes:
        lines: In reading order. At the head of a letter what stands side by side is parted.
        receipt: The lines of the receipt stamp that belongs to the letter.
        title: The kind that a printed title names, if there is one.
    """

    kind: SegmentKind
    lines: tuple[PagedLine, ...]
    receipt: tuple[PagedLine, ...] = ()
    title: LetterKind | None = None


def segment(pages: Sequence[OcrPage]) -> tuple[Segment, ...]:
    """Cut a document into letters and what is left over, in the order of the pages."""
    lines = [line for page in pages for line in _lines(page)]
    colored = receipt_stamps([line for line in lines if is_stamped(line)])
    printed = take_printed_parts([line for line in lines if not is_stamped(line)], colored)
    stream, stamps = split_stamps(printed)
    stamps = [*colored, *stamps]
    forms = form_pages(pages)
    starts = find_letter_starts(stream, PageCues(continued(pages), later_pages(pages), forms))
    found: list[Segment] = []
    leading = stream[: starts[0].index] if starts else stream
    if leading:
        found.append(Segment(SegmentKind.ANNEX, tuple(leading)))
    stops = [*(start.index for start in starts), len(stream)][1:]
    grids = _table_tops([page for page in pages if page.number not in forms])
    for start, stop in zip(starts, stops, strict=True):
        own, rest = _split_annex(stream[start.index : stop], grids)
        receipt = take_receipt_stamp(own, stream[stop:], stamps)
        found.append(Segment(SegmentKind.LETTER, tuple(own), receipt, start.title))
        if rest:
            found.append(Segment(SegmentKind.ANNEX, tuple(rest)))
    found.extend(Segment(SegmentKind.ANNEX, tuple(stamp)) for stamp in stamps)
    return tuple(found)


def _table_tops(pages: Sequence[OcrPage]) -> dict[PageNumber, float]:
    """Return where the first table of each page begins, of those that have one."""
    return {page.number: min(grid.box.y0 for grid in page.grids) for page in pages if page.grids}


def _lines(page: OcrPage) -> list[PagedLine]:
    """Return the lines of a page; where it has the head of a letter, the head in its pieces."""
    lines = [PagedLine(page.number, line, page.has_layout) for line in page.lines if line.text.strip()]
    if not page.has_layout:
        return lines
    depth = _head_depth(lines)
    parted: list[PagedLine] = []
    for line in lines:
        parted.extend(pieces(line) if line.box.y1 <= depth else [line])
    return parted


def _head_depth(lines: Sequence[PagedLine]) -> float:
    """Return down to where the unlabeled head of a page reaches; 0 where it has none."""
    own = [line for line in lines if not is_stamped(line)]
    labeled = [
        line for line in own if line.cues.part in {Label.SUBJECT, Label.SALUTATION} and line.box.x0 < _LABEL_START
    ]
    if not labeled or labeled[0].box.y0 > HEAD_DEPTH:
        return 0.0
    return labeled[0].box.y0 + labeled[0].box.height / 2


def _split_annex(lines: Sequence[PagedLine], grids: dict[int, float]) -> tuple[list[PagedLine], list[PagedLine]]:
    """Return a letter's own lines, and those after its end or on pages that are an annex's."""
    first = lines[0].page
    ends = {line.page for line in lines if line.cues.closing or line.cues.signer_name}
    annexed = {page for page in grids if page != first and page not in ends}
    body = [line for line in lines if line.page not in annexed]
    stop = _end(body, grids)
    own = body[:stop]
    kept = set(map(id, own))
    return own, [line for line in lines if id(line) not in kept]


def _end(lines: Sequence[PagedLine], grids: dict[int, float]) -> int:
    """Return the index after the last line of a letter's foot, or all of it where no foot is seen."""
    signed = _signed_at(lines)
    if signed is None:
        return len(lines)
    end = signed
    for index in range(end, len(lines)):
        line = lines[index]
        signed = index if line.cues.signer_name else signed  # the next name is that of who certified the copy
        if index - end > _FOOT_GAP or _past_grid(lines[end], line, grids):
            break
        if _is_foot(line, index - signed):
            end = index
    return end + 1


def _signed_at(lines: Sequence[PagedLine]) -> int | None:
    """Return the line of the signer's name below the closing or the labels, else that of the closing."""
    closing = next((i for i, line in enumerate(lines) if line.cues.closing), None)
    labeled = max((i for i, line in enumerate(lines) if line.cues.part), default=-1)
    above = labeled if closing is None else closing
    return next((i for i, line in enumerate(lines) if i > above and line.cues.signer_name), closing)


def _past_grid(foot: PagedLine, line: PagedLine, grids: dict[int, float]) -> bool:
    """Tell whether a ruled table stands between the foot so far and a line."""
    if line.page in grids and line.page == foot.page:
        return foot.box.y1 <= grids[line.page] < line.box.y0
    return any(foot.page <= page <= line.page and page != foot.page for page in grids)


def _is_foot(line: PagedLine, below_name: int) -> bool:
    known = line.cues
    return (
        0 <= below_name <= 2
        or known.begins_unit
        or known.contact is not None
        or known.copies_start is not None
        or known.signer_name is not None
    )
