"""What the top and the foot of a page say of its place: a page number, the catchword of the page before, a form.

The second and later pages of a letter have their number at the top middle (- ๒ -), and at the foot of the page before
stands how the next one begins, after a stroke: /ทั้งนี้ … .
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from models.field import PageNumber
from models.ocr import Line, OcrPage
from parsers.letter.radio_message import is_form, message_page_number
from thai.numerals import to_arabic

_NUMBER = re.compile(r"^\W{0,3}(?:หน้า(?:ที่)?\s*)?(?P<number>[0-9]{1,3})\W{0,3}$")
_BEGINNING = r"(?:[(๐-๙0-9.)]{1,8}\s*)?[ก-ฮเ-ไ][ก-ฮะ-๎]{2}[^()]{0,30}"
_CATCHWORD = re.compile(rf"^\s*/\s*{_BEGINNING}$|^{_BEGINNING}\s?(?:\.{{3,}}|…+)\s*$")
_TOP, _MIDDLE = 0.12, (0.35, 0.65)
"""A page number stands above this share of the page, its middle between these shares of the width."""
_RIGHT = 0.55
"""A catchword stands right of this share of the width."""
_FIRST_LINES = 2
"""Lines at the top of a page that may say which page it is."""


def printed_page_number(page: OcrPage) -> int | None:
    """Return the number printed at the top of a page, or None."""
    for line in _in_order(page)[:_FIRST_LINES]:
        match = _NUMBER.match(to_arabic(line.text))
        if match and (not page.has_layout or _at_top(line)):
            return int(match["number"])
    return None


def has_catchword(page: OcrPage) -> bool:
    """Tell whether the last line of a page says how the next one begins."""
    lines = _in_order(page)
    if not lines:
        return False
    last = lines[-1]
    if page.has_layout and last.box.x0 < _RIGHT:
        return False
    return _CATCHWORD.match(last.text) is not None and (page.has_layout or last.text.lstrip().startswith("/"))


def form_pages(pages: Sequence[OcrPage]) -> frozenset[PageNumber]:
    """Return the pages that hold the ruled form of a radio message."""
    return frozenset(page.number for page in pages if any(is_form(grid, page) for grid in page.grids))


def later_pages(pages: Sequence[OcrPage]) -> frozenset[PageNumber]:
    """Return the pages whose form says that they are the second or a later one of their radio message."""
    return frozenset(page.number for page in pages if (message_page_number(page) or 1) > 1)


def continued(pages: Sequence[OcrPage]) -> frozenset[PageNumber]:
    """Return the pages that say that they go on with what the page before them holds."""
    found = set()
    for before, page in pairwise(pages):
        number = printed_page_number(page)
        numbered = number is not None and number > 1 and (printed_page_number(before) or 1) == number - 1
        if numbered or has_catchword(before):
            found.add(page.number)
    return frozenset(found)


def _in_order(page: OcrPage) -> list[Line]:
    return sorted((line for line in page.lines if line.text.strip()), key=lambda line: line.box.y0)


def _at_top(line: Line) -> bool:
    return line.box.y1 < _TOP and _MIDDLE[0] < line.box.center[0] < _MIDDLE[1]
