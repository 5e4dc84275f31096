"""Pages of lines → letters and what lies between them.

One file may hold a covering letter, the letter it passes on, and their annexes. A letter begins at its head and goes
on, over pages without a head, to the last line of its foot. What no letter claims is left for the annexes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.letter import LetterKind
from models.ocr import OcrPage
from parsers import letter_cues as cues
from parsers.letter_cues import Label
from parsers.passage import PagedLine, pieces
from parsers.stamped import is_stamped, receipt_stamps

__all__ = ["PagedLine", "Segment", "SegmentKind", "segment"]

_HEAD_DEPTH = 0.5
"""The head of a letter, down to its recipients, stands on this share of its first page."""
_HEAD_LINES = 12
_FOOT_GAP = 4
"""Lines of no known sort, such as the caption of a QR code, that may stand within a foot."""
_STAMP_LINES = 4


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


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a letter begins in the stream, and the kind that its title names."""

    index: int
    title: LetterKind | None


def segment(pages: Sequence[OcrPage]) -> tuple[Segment, ...]:
    """Cut a document into letters and what is left over, in the order of the pages."""
    lines = [line for page in pages for line in _lines(page)]
    stream, stamps = _part_stamps([line for line in lines if not is_stamped(line)])
    stamps = [*receipt_stamps([line for line in lines if is_stamped(line)]), *stamps]
    starts = _starts(stream)
    found: list[Segment] = []
    leading = stream[: starts[0].index] if starts else stream
    if leading:
        found.append(Segment(SegmentKind.ANNEX, tuple(leading)))
    stops = [*(start.index for start in starts), len(stream)][1:]
    grids = {page.number: min(grid.box.y0 for grid in page.grids) for page in pages if page.grids}
    for start, stop in zip(starts, stops, strict=True):
        own, rest = _part_annex(stream[start.index : stop], grids)
        receipt = _stamp_of(own, stream[stop:], stamps)
        found.append(Segment(SegmentKind.LETTER, tuple(own), receipt, start.title))
        if rest:
            found.append(Segment(SegmentKind.ANNEX, tuple(rest)))
    found.extend(Segment(SegmentKind.ANNEX, tuple(stamp)) for stamp in stamps)
    return tuple(found)


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
    """Return down to where the unlabelled head of a page reaches; 0 where it has none."""
    own = [line for line in lines if not is_stamped(line)]
    labelled = [line for line in own if _label(line) in {Label.SUBJECT, Label.SALUTATION} and line.box.x0 < 0.3]
    if not labelled or labelled[0].box.y0 > _HEAD_DEPTH:
        return 0.0
    return labelled[0].box.y0 + labelled[0].box.height / 2


def _label(line: PagedLine) -> Label | None:
    found = cues.label_of(line)
    return found[0] if found else None


def _part_stamps(stream: list[PagedLine]) -> tuple[list[PagedLine], list[list[PagedLine]]]:
    """Return the lines without those of receipt stamps, and the lines of each stamp."""
    stamps: list[list[PagedLine]] = []
    taken: set[int] = set()
    for index, line in enumerate(stream):
        if index in taken or not cues.is_receipt_number(line.text) or (line.has_layout and line.box.y0 > _HEAD_DEPTH):
            continue
        members = _stamp_by_place(stream, index) if line.has_layout else _stamp_by_order(stream, index)
        taken.update(members)
        stamps.append([stream[member] for member in members])
    return [line for index, line in enumerate(stream) if index not in taken], stamps


def _stamp_by_order(stream: list[PagedLine], number: int) -> list[int]:
    """Return the lines of a stamp in plain text: the office above its number, the date and time below."""
    members = [number]
    if number and cues.begins_unit(stream[number - 1].text):
        members.insert(0, number - 1)
    for index in range(number + 1, min(number + _STAMP_LINES, len(stream))):
        part = cues.receipt_part(stream[index].text)
        if part is None or part[0] == "number":
            break
        members.append(index)
    return members


def _stamp_by_place(stream: list[PagedLine], number: int) -> list[int]:
    """Return the lines of a stamp on a page: what stands close above and below its number."""
    cue = stream[number].box
    reach = 2.5 * cue.height
    members: list[int] = []
    for index, line in enumerate(stream):
        if line.page != stream[number].page:
            continue
        beside = line.box.x0 < cue.x1 and line.box.x1 > cue.x0 and line.box.x0 > cue.x0 - 0.15
        below = 0 < line.box.y0 - cue.y0 < 2 * reach and cues.receipt_part(line.text) is not None
        above = line.box.y1 <= cue.centre[1] and cue.y0 - line.box.y1 < reach / 2 and _is_office(line)
        if index == number or (beside and (below or above)):
            members.append(index)
    return members


def _is_office(line: PagedLine) -> bool:
    """Tell whether a line above a stamp's number may name the office, not another part of the head."""
    return cues.urgency_of(line.text) is None and not cues.is_number_head(line.text) and line.box.x0 > 0.3


def _stamp_of(own: list[PagedLine], later: list[PagedLine], stamps: list[list[PagedLine]]) -> tuple[PagedLine, ...]:
    """Return the stamp of a letter: the one on its first page, or in plain text the last one above its end."""
    if not own:
        return ()
    first = own[0]
    for stamp in stamps:
        head = stamp[0]
        if first.has_layout and head.page == first.page:
            stamps.remove(stamp)
            return tuple(stamp)
        if not first.has_layout and not head.has_layout and _place(head) < _place(first):
            stamps.remove(stamp)
            return tuple(stamp)
    if later or first.has_layout:
        return ()
    # A stamp below the last letter has no letter under it to belong to: it is the last letter's own.
    last = next((stamp for stamp in stamps if not stamp[0].has_layout), None)
    if last is None:
        return ()
    stamps.remove(last)
    return tuple(last)


def _place(line: PagedLine) -> tuple[int, float]:
    return line.page, line.box.y0


def _starts(stream: Sequence[PagedLine]) -> list[_Start]:
    """Return where letters begin."""
    starts: list[_Start] = []
    for index in range(len(stream)):
        previous = starts[-1] if starts else None
        begun = _begins(stream, index, previous)
        if begun is None:
            continue
        first = _first_line(stream, index, previous)
        if previous is not None and first <= previous.index:
            if previous.title is None and begun.title is not None:
                starts[-1] = _Start(previous.index, begun.title)
            continue
        starts.append(_Start(first, begun.title))
    return starts


def _begins(stream: Sequence[PagedLine], index: int, previous: _Start | None) -> _Start | None:
    """Return a start where the line shows the head of a letter that may begin here."""
    line = stream[index]
    free = previous is None or _may_follow(stream[previous.index : index], line)
    at_head = not line.has_layout or line.box.y0 < _HEAD_DEPTH
    if not free or not at_head:
        return None
    title = cues.title_of(line.text)
    if title is None and (not line.has_layout or line.box.y0 < 0.35):
        title = cues.heading_of(line.text, [near.text for near in stream[index + 1 : index + 5]])
    if title is not None:
        return _Start(index, title)
    if cues.is_number_head(line.text) and (not line.has_layout or line.box.x0 < 0.4):
        return _Start(index, None)
    if _label(line) is Label.SUBJECT and any(_label(near) is Label.SALUTATION for near in stream[index : index + 5]):
        return _Start(index, None)
    return None


def _may_follow(open_letter: Sequence[PagedLine], line: PagedLine) -> bool:
    """Tell whether a new letter may begin after these lines: the open one has ended, or a new page has begun.

    A title or number that follows only the marks of urgency and secrecy belongs to the same head.
    """
    if all(cues.urgency_of(seen.text) or cues.secrecy_of(seen.text) for seen in open_letter):
        return True
    new_page = line.has_layout and line.page != open_letter[-1].page if open_letter else False
    on_page = line.has_layout and any(seen.page == line.page for seen in open_letter)
    if new_page or (on_page and open_letter[0].page != line.page):
        return not _within_head(open_letter, line)
    return any(cues.closing_of(seen.text) or cues.name_span(seen.text) for seen in open_letter)


def _within_head(open_letter: Sequence[PagedLine], line: PagedLine) -> bool:
    """Tell whether the page is one that an open letter goes on over, because text fills it above the line."""
    above = [seen for seen in open_letter if seen.page == line.page and seen.box.y1 < line.box.y0]
    return len(above) > _HEAD_LINES


def _first_line(stream: Sequence[PagedLine], index: int, previous: _Start | None) -> int:
    """Return the first line of the head that a line belongs to: its page's top, or the marks just above it."""
    line = stream[index]
    first = index
    floor = previous.index if previous else 0
    while first > floor:
        above = stream[first - 1]
        if line.has_layout:
            if above.page != line.page:
                break
        elif not (cues.urgency_of(above.text) or cues.secrecy_of(above.text) or _is_head_mark(above.text)):
            break
        first -= 1
    return first


def _is_head_mark(text: str) -> bool:
    return text.strip(" ()-") in {"สำเนา", "คู่ฉบับ", "สำเนาคู่ฉบับ", "ครุฑ"}


def _part_annex(lines: Sequence[PagedLine], grids: dict[int, float]) -> tuple[list[PagedLine], list[PagedLine]]:
    """Return a letter's own lines, and those after its end or on pages that are an annex's."""
    first = lines[0].page
    ends = {line.page for line in lines if cues.closing_of(line.text) or cues.name_span(line.text)}
    annexed = {page for page in grids if page != first and page not in ends}
    body = [line for line in lines if line.page not in annexed]
    stop = _end(body, grids)
    own = body[:stop]
    kept = set(map(id, own))
    return own, [line for line in lines if id(line) not in kept]


def _end(lines: Sequence[PagedLine], grids: dict[int, float]) -> int:
    """Return the index after the last line of a letter's foot, or all of it where no foot is seen."""
    labelled = max((i for i, line in enumerate(lines) if _label(line)), default=-1)
    closing = next((i for i, line in enumerate(lines) if cues.closing_of(line.text)), None)
    above = labelled if closing is None else closing
    names = [i for i, line in enumerate(lines) if i > above and cues.name_span(line.text)]
    if closing is None and not names:
        return len(lines)
    signed = names[0] if names else closing
    end = signed if signed is not None else len(lines)
    for index in range(end, len(lines)):
        line = lines[index]
        if index - end > _FOOT_GAP or _past_grid(lines[end], line, grids):
            break
        if _is_foot(line, index - (signed or 0)):
            end = index
    return end + 1


def _past_grid(foot: PagedLine, line: PagedLine, grids: dict[int, float]) -> bool:
    """Tell whether a ruled table stands between the foot so far and a line."""
    if line.page in grids and line.page == foot.page:
        return foot.box.y1 <= grids[line.page] < line.box.y0
    return any(foot.page <= page <= line.page and page != foot.page for page in grids)


def _is_foot(line: PagedLine, below_name: int) -> bool:
    text = line.text
    return (
        0 <= below_name <= 2
        or cues.begins_unit(text)
        or cues.contact_of(text) is not None
        or cues.copies_start(text) is not None
        or cues.name_span(text) is not None
    )
