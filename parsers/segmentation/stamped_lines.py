"""Lines in colored ink (`Source.STAMP`): which belong to the letter, which are its receipt stamp, which are notes.

An office that receives a letter stamps and writes on it: its receipt stamp at the top, below it who is to see it and
what they said. None of it is the letter's own text, however much "เรียน นายก" looks like a salutation. The sender's own
colored lines are few: the words of urgency and secrecy, a title, a number, and text as wide as a paragraph.
"""

from collections.abc import Sequence

from models.field import Box, Source
from parsers.letter.kinds import KINDS
from parsers.text_span import PagedLine
from thai.dates import find_dates

_HEAD = 0.34
"""A receipt stamp ends above this share of the page."""
_RIGHT = 0.4
"""It stands at the top right: its middle is beyond this share of the width."""
_GAP_X, _GAP_Y = 0.06, 0.018
"""Between lines of one stamp, in shares of the page: 12 and 5 mm of A4."""
_STAMP_LINES = 4
"""Lines of a receipt stamp: office, number, date, time."""
_HALF = 0.5
"""A printed receipt stamp stands in the upper half of a page."""
_REACH = 2.5
"""How far from its number the next line of a stamp is, in heights of the number."""
_HANGS_OUT, _OFFICE_START = 0.15, 0.3
"""How far left of its number a line of a stamp begins at most, and right of where its office does, in shares of the
width."""
_PARAGRAPH, _SURE = 0.5, 0.6
"""Width and confidence of colored text that is a paragraph of the letter."""


def is_stamped(line: PagedLine) -> bool:
    """Tell whether a line was read from colored ink and is no part of the letter's own text."""
    if line.line.source is not Source.STAMP:
        return False
    wide = line.box.width > _PARAGRAPH and line.line.confidence >= _SURE
    own = line.cues.is_stamped_word or line.cues.is_number_head or KINDS.find_titled(line.text)
    return not (own or wide)


def receipt_stamps(lines: Sequence[PagedLine]) -> list[list[PagedLine]]:
    """Return the lines of each receipt stamp among stamped lines, top to bottom."""
    head = [line for line in lines if line.has_layout and line.box.y1 < _HEAD]
    return [stamp for stamp in _clusters(head) if _is_receipt(stamp)]


def take_printed_parts(lines: Sequence[PagedLine], stamps: Sequence[list[PagedLine]]) -> list[PagedLine]:
    """Give each colored receipt stamp its date or time that was read as print beside it, and return the other lines.

    Its frame may touch the emblem of the letter, and the line in it then counts as black.
    """
    rest: list[PagedLine] = []
    for line in lines:
        labeled = line.has_layout and line.cues.receipt_part is not None and not line.cues.is_receipt_number
        owner = next((stamp for stamp in stamps if labeled and any(_near(line, part) for part in stamp)), None)
        if owner is None:
            rest.append(line)
        else:
            owner.append(line)
            owner.sort(key=lambda part: part.box.y0 + part.box.y1)
    return rest


def _is_receipt(stamp: Sequence[PagedLine]) -> bool:
    left, right = min(line.box.x0 for line in stamp), max(line.box.x1 for line in stamp)
    if (left + right) / 2 < _RIGHT:
        return False
    return any(line.cues.receipt_part or find_dates(line.text) for line in stamp)


def _clusters(lines: Sequence[PagedLine]) -> list[list[PagedLine]]:
    """Return lines in groups of those that stand near each other, each from top to bottom."""
    groups: list[list[PagedLine]] = []
    for line in sorted(lines, key=lambda each: (each.page, each.box.y0)):
        near = [group for group in groups if any(_near(line, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), line])
    return [sorted(group, key=lambda each: each.box.y0 + each.box.y1) for group in groups]


def _near(one: PagedLine, other: PagedLine) -> bool:
    a, b = one.box, other.box
    return one.page == other.page and _gap(a, b) <= _GAP_X and max(a.y0 - b.y1, b.y0 - a.y1) <= _GAP_Y


def _gap(a: Box, b: Box) -> float:
    return max(a.x0 - b.x1, b.x0 - a.x1, 0.0)


def split_stamps(stream: list[PagedLine]) -> tuple[list[PagedLine], list[list[PagedLine]]]:
    """Return the lines without those of receipt stamps, and the lines of each stamp."""
    stamps: list[list[PagedLine]] = []
    taken: set[int] = set()
    for index, line in enumerate(stream):
        if index in taken or not line.cues.is_receipt_number or (line.has_layout and line.box.y0 > _HALF):
            continue
        members = _stamp_by_place(stream, index) if line.has_layout else _stamp_by_order(stream, index)
        taken.update(members)
        stamps.append([stream[member] for member in members])
    return [line for index, line in enumerate(stream) if index not in taken], stamps


def _stamp_by_order(stream: list[PagedLine], number: int) -> list[int]:
    """Return the lines of a stamp in plain text: the office above its number, the date and time below."""
    members = [number]
    if number and stream[number - 1].cues.begins_unit:
        members.insert(0, number - 1)
    for index in range(number + 1, min(number + _STAMP_LINES, len(stream))):
        part = stream[index].cues.receipt_part
        if part is None or part[0] == "number":
            break
        members.append(index)
    return members


def _stamp_by_place(stream: list[PagedLine], number: int) -> list[int]:
    """Return the lines of a stamp on a page: what stands close above and below its number."""
    cue = stream[number].box
    reach = _REACH * cue.height
    members: list[int] = []
    for index, line in enumerate(stream):
        if line.page != stream[number].page:
            continue
        beside = line.box.x0 < cue.x1 and line.box.x1 > cue.x0 and line.box.x0 > cue.x0 - _HANGS_OUT
        below = 0 < line.box.y0 - cue.y0 < 2 * reach and line.cues.receipt_part is not None
        above = line.box.y1 <= cue.center[1] and cue.y0 - line.box.y1 < reach / 2 and _is_office(line)
        if index == number or (beside and (below or above)):
            members.append(index)
    return members


def _is_office(line: PagedLine) -> bool:
    """Tell whether a line above a stamp's number may name the office, not another part of the head."""
    return line.cues.urgency is None and not line.cues.is_number_head and line.box.x0 > _OFFICE_START


def take_receipt_stamp(
    own: list[PagedLine], later: list[PagedLine], stamps: list[list[PagedLine]]
) -> tuple[PagedLine, ...]:
    """Return the stamp of a letter: the one on its first page, or in plain text the last one above its end."""
    if not own:
        return ()
    first = own[0]
    for stamp in stamps:
        head = stamp[0]
        if first.has_layout and head.page == first.page:
            return tuple(_with_pieces(stamp, stamps))
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


def _with_pieces(stamp: list[PagedLine], stamps: list[list[PagedLine]]) -> list[PagedLine]:
    """Return a stamp with the others that stand within its reach, taken from the list: it was read in pieces."""
    stamps.remove(stamp)
    near = [other for other in stamps if any(_near(one, another) for one in stamp for another in other)]
    for other in near:
        stamps.remove(other)
    return sorted((line for part in (stamp, *near) for line in part), key=lambda line: line.box.y0 + line.box.y1)


def _place(line: PagedLine) -> tuple[int, float]:
    return line.page, line.box.y0
