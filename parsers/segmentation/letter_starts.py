"""Where in a stream of lines a letter begins: at its head, on a new page or after the end of the one before."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from models.field import PageNumber
from models.letter import LetterKind
from parsers.letter.cues import Label
from parsers.letter.kinds import KINDS
from parsers.text_span import PagedLine

HEAD_DEPTH = 0.5
"""The head of a letter, down to its recipients, stands on this share of its first page."""
_TITLE_DEPTH, _CENTERED = 0.35, 0.28
"""A title stands above this share of the height and right of this share of the width."""
_NUMBER_START = 0.4
"""The number of a letter begins left of this share of the width."""
_HEAD_LINES = 12
"""Lines of a letter's head at most."""
_CERTIFICATE_HEAD = 4
"""Lines above the title of a certificate, which has its number and office there."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a letter begins in the stream, and the kind that its title names."""

    index: int
    title: LetterKind | None


@dataclass(frozen=True, slots=True)
class PageCues:
    """Pages that go on from the one before as they say, later pages of a radio message, and pages with its form."""

    going_on: Set[PageNumber]
    later: Set[PageNumber]
    forms: Set[PageNumber]


def find_letter_starts(stream: Sequence[PagedLine], places: PageCues) -> list[Start]:
    """Return where letters begin."""
    starts: list[Start] = []
    for index, line in enumerate(stream):
        previous = starts[-1] if starts else None
        open_letter = stream[previous.index : index] if previous else None
        if open_letter and line.page in places.later:
            continue
        begun = _begins(stream, index, open_letter, on_form=line.page in places.forms)
        goes_on = open_letter and line.page in places.going_on and not has_ended(open_letter)
        if begun is None or (goes_on and not _is_surely_head(stream, index)):
            continue
        first = _first_line(stream, index, previous, begun.title)
        if previous is not None and first <= previous.index:
            if previous.title is None and begun.title is not None:
                starts[-1] = Start(previous.index, begun.title)
            continue
        starts.append(Start(first, begun.title))
    return starts


def _begins(
    stream: Sequence[PagedLine], index: int, open_letter: Sequence[PagedLine] | None, *, on_form: bool
) -> Start | None:
    """Return a start where the line shows the head of a letter that may begin here.

    Args:
        stream: All lines.
        index: The line.
        open_letter: The lines of the letter that is open; None where there is none.
        on_form: Whether its page holds the ruled form of a radio message.
    """
    line = stream[index]
    free = open_letter is None or _may_follow(open_letter, line)
    at_head = not line.has_layout or line.box.y0 < HEAD_DEPTH
    if not free or not at_head:
        return None
    if on_form and (index == 0 or stream[index - 1].page != line.page):
        return Start(index, LetterKind.RADIO_MESSAGE)
    title = _title(stream, index)
    if title is not None:
        return Start(index, title)
    return Start(index, None) if _shows_untitled_head(stream, index, open_letter) else None


def _title(stream: Sequence[PagedLine], index: int) -> LetterKind | None:
    """Return the kind that a line names as a title, or as the heading that goes on below it."""
    line = stream[index]
    title = KINDS.find_titled(line.text)
    if title is None and (not line.has_layout or line.box.y0 < _TITLE_DEPTH):
        title = KINDS.find_headed(line.text, [near.text for near in stream[index + 1 : index + 5]])
    return title


def _shows_untitled_head(stream: Sequence[PagedLine], index: int, open_letter: Sequence[PagedLine] | None) -> bool:
    """Tell whether a line is the number of a letter's head, or its subject above a salutation."""
    line = stream[index]
    labels = _labels_below(stream, index)
    if line.cues.is_number_head and (not line.has_layout or line.box.x0 < _NUMBER_START):
        # In an open letter a number at the start of a line may be one that is cited.
        return not open_letter or has_ended(open_letter) or not {Label.SUBJECT, Label.SALUTATION}.isdisjoint(labels)
    return labels[0] is Label.SUBJECT and Label.SALUTATION in labels[:5]


def _labels_below(stream: Sequence[PagedLine], index: int) -> list[Label | None]:
    page = stream[index].page
    return [near.cues.part for near in stream[index : index + _HEAD_LINES] if near.page == page]


def _is_surely_head(stream: Sequence[PagedLine], index: int) -> bool:
    """Tell whether a head is one even behind a catchword, for pages get lost: it is whole, or a title in the middle."""
    line, labels = stream[index], _labels_below(stream, index)
    titled = line.has_layout and line.box.x0 > _CENTERED and line.box.y0 < _TITLE_DEPTH
    begun = Label.SUBJECT in labels or line.cues.is_number_head
    return titled or (begun and Label.SALUTATION in labels)


def _may_follow(open_letter: Sequence[PagedLine], line: PagedLine) -> bool:
    """Tell whether a new letter may begin after these lines: the open one has ended, or a new page has begun.

    A title or number that follows only the marks of urgency and secrecy belongs to the same head.
    """
    if all(seen.cues.urgency or seen.cues.secrecy for seen in open_letter):
        return True
    if open_letter and (line.page != open_letter[-1].page or open_letter[0].page != line.page):
        return not _within_head(open_letter, line)
    return has_ended(open_letter)


def has_ended(letter: Sequence[PagedLine]) -> bool:
    """Tell whether the lines of a letter have come to its end: a closing, a signer, or the date at its foot."""
    if any(line.cues.closing or line.cues.signer_name or line.cues.states_issue_date for line in letter):
        return True
    stamped = any((found := line.cues.label) and found[1] == "ถึง" for line in letter[:_HEAD_LINES])
    return stamped and any(line.cues.is_date_alone for line in letter)


def _within_head(open_letter: Sequence[PagedLine], line: PagedLine) -> bool:
    """Tell whether the page is one that an open letter goes on over, because text fills it above the line."""
    above = [seen for seen in open_letter if seen.page == line.page and seen.box.y1 < line.box.y0]
    return len(above) > _HEAD_LINES


def _first_line(stream: Sequence[PagedLine], index: int, previous: Start | None, title: LetterKind | None) -> int:
    """Return the first line of the head that a line belongs to: its page's top, or the marks just above it."""
    line = stream[index]
    first = index
    floor = previous.index if previous else 0
    while first > floor:
        above = stream[first - 1]
        if above.page != line.page:
            break
        if not line.has_layout and not _is_head_mark(above):
            break
        first -= 1
    if title is LetterKind.CERTIFICATE and not line.has_layout:
        numbered = (at for at in range(max(index - _CERTIFICATE_HEAD, floor), first) if stream[at].cues.own_number)
        first = next(numbered, first)
    return first


def _is_head_mark(line: PagedLine) -> bool:
    """Tell whether a line above a head belongs to it: urgency, secrecy, what kind of copy it is, the Gazette's head."""
    copy = line.text.strip(" ()-") in {"สำเนา", "คู่ฉบับ", "สำเนาคู่ฉบับ", "ครุฑ"}
    return copy or line.cues.is_stamped_word or line.cues.is_gazette_header or line.cues.is_page_number
