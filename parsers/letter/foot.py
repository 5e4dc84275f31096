"""The foot of a letter: closing, signer, owner unit, contacts, copies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.field import Field
from models.letter import Contact, Signer
from parsers.fields import MISSING, FieldBuilder
from parsers.letter import cues
from parsers.letter.line_cues import LineCues
from parsers.text_span import PagedLine, TextSpan, join_lines, pieces, same_row
from thai.numerals import to_arabic
from thai.phones import find_phones

_AUTHORITY = re.compile(
    r"(?P<plain>ปฏิบัติราชการแทน|รักษาราชการแทน|รักษาการในตำแหน่ง|รักษาการแทน|ทำการแทน|ปฏิบัติหน้าที่แทน|ปฏิบัติหน้าที่)"
)
_POSITION_LABEL = re.compile(r"\s*ตำแหน่ง\s+")
POSITION_SPLIT = "signer.position_split"
"""Something stands beside the position that may belong to it."""
_POSITION_LINES = 4
"""Lines of a signer's position at most: his own, for whom he signs, and that one's."""
_NAME_REACH = 3
"""Lines below the date of issue within which the signer's name stands: a signature or a rank may be read above it."""
_BARE_NAME = re.compile(
    r"^\s*(?!รัฐมนตรี|ปลัด|อธิบดี|นายก(?:เท|องค์|รัฐ)|นายอำเภอ|ผู้|ประธาน|เลขา|รอง|หัวหน้า|ปฏิบัติ|รักษา)"
    r"[ก-ฮเ-ไ][ก-๎.]{1,20}(?:\s+[ก-ฮเ-ไ][ก-๎.]{1,25}){1,3}\s*$"
)
"""A name of two to four words of letters, a rank among them; no position."""
_NOTE = re.compile(r"^\s*(?:[-–•]|เห็นควร|เห็นชอบ|อนุมัติ|อนุญาต|ทราบ|ชอบ|เรียน|มอบ|ดำเนินการ|ลงนาม|หมายเหตุ)")
"""How begins what may stand below a signer: a note on a memo on its way up, an approval, reasons of a regulation."""
_NOTE_LINES, _NOTE_POSITION = 5, 2
"""Lines of such a note above its signer's name at most, and lines of a position below it."""
_NOTE_WIDTH = 0.25
"""Share of the page's width that the middles of its lines are apart at most."""
_LINE_REACH = 2.5
"""Heights of a line between two that belong together at most."""
_CENTERED = 0.15
"""Share of the page's width that the middles of lines below each other may be apart."""
_FLUSH = 0.01
"""Share of the page's width that the beginnings of lines of one left margin may be apart: 2 mm of A4."""
_LEFT_MARGIN = 0.35
"""Share of the page's width left of which contacts stand, and right of which a signer."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE_DIGITS = 10
"""Digits of a mobile number; one of a fixed line has nine."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The fields of the foot."""

    closing: Field[str]
    signer: Signer | None
    unit: Field[str]
    contacts: tuple[Contact, ...]
    endorsements: tuple[Field[str], ...]
    copies_to: tuple[Field[str], ...]


def parse_foot(lines: Sequence[PagedLine], make: FieldBuilder, *, bracketed: bool = True) -> Foot:
    """Return the fields of the foot of a letter.

    Args:
        lines: Its lines.
        make: Makes the fields.
        bracketed: Whether a signer's name stands in parentheses always; else one below ประกาศ ณ วันที่ is one, too.
    """
    parted = [piece for line in lines for piece in pieces(line)]
    closing = _closing(parted, make)
    named = _name_at(parted, bracketed=bracketed)
    below = parted[named + 1 :] if named is not None else parted[bool(closing.value) :]
    positions = _positions(parted[named], below) if named is not None else []
    others = [line for line in below if line not in positions]
    endorsements = _find_endorsements(others) if named is not None else []
    endorsed = [line for block in endorsements for line in block]
    rest = [line for line in others if line not in endorsed]
    return Foot(
        closing=closing,
        signer=_signer(parted[named], positions, others, make) if named is not None else None,
        unit=make.text(join_lines(_unit(rest))),
        contacts=parse_contacts(rest, make),
        endorsements=tuple(make.text(join_lines(block)) for block in endorsements),
        copies_to=_copies_to(rest, make),
    )


def _closing(lines: Sequence[PagedLine], make: FieldBuilder) -> Field[str]:
    name = lines[0].cues.closing if lines else None
    return make.text(join_lines(lines[:1]), value=name) if name else Field[str]()


def _name_at(lines: Sequence[PagedLine], *, bracketed: bool) -> int | None:
    """Return which line is the signer's name, in parentheses or, where they are not needed, without."""
    named = next((i for i, line in enumerate(lines) if line.cues.signer_name), None)
    return named if named is not None or bracketed else _unbracketed_name(lines)


def _unbracketed_name(lines: Sequence[PagedLine]) -> int | None:
    """Return the line that is a name and nothing else, next below the date of issue; None where there is none."""
    given = next((i for i, line in enumerate(lines) if line.cues.states_issue_date), None)
    if given is None:
        return None
    near = range(given + 1, min(given + 1 + _NAME_REACH, len(lines)))
    return next((i for i in near if _BARE_NAME.match(lines[i].text) and not lines[i].cues.begins_unit), None)


def parse_contacts(lines: Sequence[PagedLine], make: FieldBuilder) -> tuple[Contact, ...]:
    """Return the ways to reach the office that some lines name, in order."""
    contacts: list[Contact] = []
    for line in lines:
        place = join_lines([line])
        starts = cues.contact_starts(place.text)
        ends = [*(start for _, start, _ in starts), len(place.text)][1:]
        shared: list[str] = []
        for (kind, label, begin), end in zip(starts, ends, strict=True):
            shared.append(kind)
            # โทร./โทรสาร: one number under two labels.
            if end < len(place.text) and not any(character.isalnum() for character in place.text[begin:end]):
                continue
            for each in shared:
                contacts.extend(_contacts(each, place.slice(label, end), place.slice(begin, end), make))
            shared.clear()
    return tuple(contacts)


def _contacts(kind: str, labeled: TextSpan, value: TextSpan, make: FieldBuilder) -> list[Contact]:
    """Return what one label names: numbers, or a name with its number, or an address."""
    if not value:
        return []
    phones = find_phones(labeled.text)
    if kind in {"phone", "fax"} and not phones:
        return [Contact(kind=kind, value=make.digits(value, to_arabic(value.text)))]
    found = []
    if kind == "person":
        name = labeled.slice(labeled.text.find(value.text), phones[0].span[0] if phones else None)
        if name:
            found.append(Contact(kind=kind, value=make.text(name.slice(0, len(name.text.rstrip(" .:"))))))
    for phone in phones:
        spoken = phone.digits + (f" ต่อ {phone.extension}" if phone.extension else "")
        field = make.digits(labeled.slice(*phone.span), spoken, *phone.problems)
        sort = "fax" if kind == "fax" else "mobile" if len(phone.digits) == _MOBILE_DIGITS else "phone"
        found.append(Contact(kind=sort, value=field))
    if kind in {"email", "line"}:
        mail = _MAIL.search(value.text)
        place = value.slice(*mail.span()) if mail else value
        return [Contact(kind=kind, value=make.text(place))]
    return found


def _positions(named: PagedLine, lines: Sequence[PagedLine]) -> list[PagedLine]:
    """Return the lines of the signer's position, which stand under the name."""
    found: list[PagedLine] = []
    for line in lines[: _POSITION_LINES + 2]:
        ends = line.cues.contact or line.cues.copies_start is not None
        ends = ends or line.cues.signer_name is not None or _NOTE.match(line.text) is not None
        open_ended = found and _AUTHORITY.search(found[-1].text) and _AUTHORITY.split(found[-1].text)[-1].strip() == ""
        if ends or len(found) == _POSITION_LINES:
            break
        if line.has_layout and not _is_below(line, [named, *found][-1]):
            continue
        if found and not line.has_layout and not open_ended and _is_whole(found, line):
            break
        found.append(line)
    return found


def _is_below(line: PagedLine, above: PagedLine) -> bool:
    """Tell whether a line is set centered under another, close to it."""
    near = 0 < line.box.y1 - above.box.y1 < _LINE_REACH * max(above.box.height, line.box.height)
    return line.page == above.page and near and abs(line.box.center[0] - above.box.center[0]) < _CENTERED


def _is_whole(found: Sequence[PagedLine], line: PagedLine) -> bool:
    """Tell whether a position in plain text ends before a line, since nothing says that it goes on."""
    return line.cues.begins_unit or _AUTHORITY.search(" ".join(seen.text for seen in found)) is not None


def _signer(
    named: PagedLine, positions: Sequence[PagedLine], others: Sequence[PagedLine], make: FieldBuilder
) -> Signer:
    """Return who signed; a position that is not there, or a principal that the authority lacks, asks for review.

    So does a position that others of the lines below the name stand beside.
    """
    split = any(same_row(one, other) for one in positions for other in others if one.has_layout)
    doubts = (POSITION_SPLIT,) if split else ()
    span = named.cues.signer_name or (0, len(named.text))
    line = join_lines([named])
    lead = len(named.text) - len(named.text.lstrip())
    position = join_lines(positions)
    label = _POSITION_LABEL.match(position.text)
    position = position.slice(label.end()) if label else position
    authority = _AUTHORITY.search(position.text)
    own = position.slice(0, authority.start()) if authority else position
    principal = position.slice(authority.end()) if authority else TextSpan()
    return Signer(
        name=make.text(line.slice(span[0] - lead, span[1] - lead)),
        position=make.text(own, *(doubts if own else (MISSING,))),
        authority=make.text(position.slice(*authority.span())) if authority else Field[str](),
        principal=make.text(principal, *(doubts if principal else (MISSING,))) if authority else Field[str](),
    )


def _find_endorsements(lines: Sequence[PagedLine]) -> list[list[PagedLine]]:
    """Return the blocks below the signer in which others approve or pass on: what they say, their name and position."""
    blocks: list[list[PagedLine]] = []
    for line in lines:
        is_signed = bool(blocks) and _lines_below_name(blocks[-1]) is not None
        if _NOTE.match(line.text) and (is_signed or not blocks):
            blocks.append([line])
        elif blocks and _belongs_to(blocks[-1], line):
            blocks[-1].append(line)
    return [block for block in blocks if _lines_below_name(block) is not None]


def _belongs_to(block: Sequence[PagedLine], line: PagedLine) -> bool:
    """Tell whether a line goes on with a block: up to a name, and below it with a position of two lines at most."""
    below = _lines_below_name(block)
    is_full = len(block) > _NOTE_LINES if below is None else below >= _NOTE_POSITION or line.cues.begins_unit
    is_other = line.cues.contact or line.cues.copies_start is not None or (below is not None and line.cues.signer_name)
    first = block[0]
    is_apart = line.has_layout and abs(line.box.center[0] - first.box.center[0]) > _NOTE_WIDTH
    return not (is_full or is_other or is_apart) and line.page == first.page


def _lines_below_name(block: Sequence[PagedLine]) -> int | None:
    """Return how many lines stand below the name in a block; None where it has none yet."""
    named = next((index for index, line in enumerate(block) if line.cues.signer_name), None)
    return None if named is None else len(block) - 1 - named


def _unit(lines: Sequence[PagedLine]) -> list[PagedLine]:
    """Return the lines that name the owner of the matter: a run that begins as an office does."""
    found: list[PagedLine] = []
    above: PagedLine | None = None
    for line in lines:
        if line.cues.contact or line.cues.copies_start is not None:
            if found:
                break
        elif line.has_layout and line.box.x0 > _LEFT_MARGIN:
            continue
        elif line.cues.begins_unit:
            # One that does not begin as an office does was misread.
            found.extend([line] if found or above is None or not _is_flush(line, above) else [above, line])
        elif found:
            break
        else:
            above = line
    return found


def _is_flush(line: PagedLine, above: PagedLine) -> bool:
    """Tell whether a line is set close below another and begins where that does."""
    near = 0 < line.box.y1 - above.box.y1 < _LINE_REACH * max(above.box.height, line.box.height)
    return line.has_layout and line.page == above.page and near and abs(line.box.x0 - above.box.x0) < _FLUSH


def _copies_to(lines: Sequence[PagedLine], make: FieldBuilder) -> tuple[Field[str], ...]:
    for index, line in enumerate(lines):
        start = line.cues.copies_start
        if start is None:
            continue
        place = join_lines([line])
        found = [place.slice(start), *(join_lines([below]) for below in lines[index + 1 : index + 10])]
        return tuple(make.text(copy) for copy in found if copy and not LineCues(copy.text, None).contact)
    return ()
