"""What others put on a letter's page: the certification of a true copy, and the running head of the Royal Gazette.

Neither is the letter's own. The officer under สำเนาถูกต้อง did not sign the letter, and the day of the Gazette is not
that of the announcement printed in it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.field import Field
from parsers.fields import MISSING, FieldBuilder, first_date
from parsers.text_span import PagedLine, join_lines, same_row

_BLOCK_LINES = 5
"""Lines at most below สำเนาถูกต้อง that name who certified: a signature, a name, a position of two lines, a date."""
_BESIDE = 0.25
"""Lines of the block have their middle within this share of the page's width from that of สำเนาถูกต้อง."""


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The lines of a letter, and those that others put on its pages.

    Attributes:
        own: The letter's own lines.
        certification: สำเนาถูกต้อง and who certified it.
        gazette: Running heads of the Royal Gazette.
    """

    own: tuple[PagedLine, ...]
    certification: tuple[PagedLine, ...] = ()
    gazette: tuple[PagedLine, ...] = ()


def split_own_lines(lines: Sequence[PagedLine]) -> OwnLines:
    """Return a letter's lines without what others put on its pages."""
    gazette = _find_gazette_heads(lines)
    certification = _find_certification(lines)
    others = {id(line) for line in (*gazette, *certification)}
    return OwnLines(tuple(line for line in lines if id(line) not in others), tuple(certification), tuple(gazette))


def parse_certifier(certification: Sequence[PagedLine], make: FieldBuilder) -> Field[str]:
    """Return who certified the copy, with all of the certification as it was read.

    Missing where the copy is certified and no name was found; nothing where it is not certified.
    """
    if not certification:
        return Field[str]()
    named = next((line for line in certification if line.cues.signer_name), None)
    if named is None or named.cues.signer_name is None:
        return make.text(join_lines(certification), MISSING).model_copy(update={"value": None})
    start, end = named.cues.signer_name
    return make.text(join_lines(certification), value=named.text[start:end])


def parse_gazette_date(gazette: Sequence[PagedLine], make: FieldBuilder) -> Field[dt.date]:
    """Return the day of the Royal Gazette that running heads state, with all that they say, such as volume and part.

    Nothing where there is none.
    """
    for line in gazette:
        place = join_lines([line])
        found = first_date(place)
        if found is not None:
            heads = join_lines(gazette)
            return make.date(place, found).model_copy(update={"raw": heads.text, "page": heads.page, "box": heads.box})
    return Field[dt.date](review=(MISSING,)) if gazette else Field[dt.date]()


def _find_gazette_heads(lines: Sequence[PagedLine]) -> list[PagedLine]:
    """Return the running heads of the Royal Gazette, with what stands beside them, and the page numbers over them."""
    heads = [line for line in lines if line.cues.is_gazette_header]
    pages = {line.page for line in heads}
    return [
        line
        for line in lines
        if line in heads
        or (line.has_layout and any(same_row(line, head) for head in heads))
        or (line.page in pages and line.cues.is_page_number)
    ]


def _find_certification(lines: Sequence[PagedLine]) -> list[PagedLine]:
    at = next((i for i, line in enumerate(lines) if line.cues.certifies_copy), None)
    if at is None:
        return []
    block = [lines[at]]
    for line in lines[at + 1 : at + 1 + 2 * _BLOCK_LINES]:
        of_letter = line.cues.contact or line.cues.copies_start is not None or line.cues.closing
        if of_letter or line.cues.begins_unit or not _is_beside(line, lines[at]):
            continue
        block.append(line)
        if len(block) > _BLOCK_LINES:
            break
    return block


def _is_beside(line: PagedLine, above: PagedLine) -> bool:
    if not line.has_layout:
        return True
    return line.page == above.page and abs(line.box.center[0] - above.box.center[0]) < _BESIDE
