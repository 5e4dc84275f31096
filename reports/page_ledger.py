"""The pages of a document with the owner of each part in color, as one HTML page: for people who doubt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from pydantic import BaseModel

from core.errors import Language
from models.annex import Row
from models.document import Document, Page
from models.field import Box, Field
from thai.numerals import to_thai

PagePicture = Callable[[Document, int], str | None]
"""Gives the upright picture of a page as a `data:` address, or None where there is none."""

UNACCOUNTED: Final = "unaccounted"
_GROUPS: Final = {
    "number": ("number", "date", "urgency", "secrecy", "receipt"),
    "office": ("issuer", "address", "unit", "contacts", "signer", "endorsements", "closing"),
    "subject": ("subject", "salutation", "recipients", "references", "enclosures", "copies_to", "qr", "qr_captions"),
    "body": ("body", "deadlines"),
    "annex": ("title", "province", "as_of", "totals", "subtotals", "notes", "rows"),
    "table": ("tables",),
}
"""Parts of a record by the color they are drawn in."""
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "number": ("เลขที่ วันที่ และชั้นความเร็ว", "number, date and urgency"),
    "office": ("ส่วนราชการและผู้ลงนาม", "office and signer"),
    "subject": ("เรื่อง ผู้รับ และสิ่งที่อ้างถึง", "subject, recipients and references"),
    "body": ("เนื้อความ", "body"),
    "annex": ("บัญชี", "annex"),
    "table": ("ตารางอื่น", "other tables"),
    UNACCOUNTED: ("ยังไม่มีค่าใดรองรับ", "held by no value"),
}


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part as it is drawn: where in per cent of the page, its color group, whether it is doubted, what it says."""

    left: float
    top: float
    width: float
    height: float
    group: str
    doubted: bool
    caption: str


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as it is drawn."""

    number: int
    picture: str | None
    parts: tuple[DrawnPart, ...]
    unplaced: tuple[str, ...]


def as_html(document: Document, picture: PagePicture, language: Language) -> str:
    """Return the pages with every value's place in color, and in red what no value holds.

    Args:
        document: The record.
        picture: What gives the pictures of its pages.
        language: Of the words on it.
    """
    pages = [_draw(document, page, picture(document, page.number)) for page in document.pages]
    words = {group: both[language == "en"] for group, both in _WORDS.items()}
    return _template().render(document=document, pages=pages, words=words, language=language, digits=_digits(language))


def _digits(language: Language) -> Callable[[int], str]:
    return (lambda number: to_thai(str(number))) if language == "th" else str


def _draw(document: Document, page: Page, picture: str | None) -> DrawnPage:
    owned = [part for part in _parts(document) if part[0] == page.number]
    left_over = [part for part in document.unaccounted if part.page == page.number]
    drawn = [_drawn(box, group, text, doubted=doubted) for _, box, group, text, doubted in owned]
    drawn += [_drawn(part.box, UNACCOUNTED, part.text, doubted=True) for part in left_over if part.box is not None]
    unplaced = tuple(part.text for part in left_over if part.box is None)
    return DrawnPage(page.number, picture, tuple(drawn), unplaced)


def _drawn(box: Box, group: str, text: str, *, doubted: bool) -> DrawnPart:
    left, top, width, height = (100 * side for side in (box.x0, box.y0, box.width, box.height))
    return DrawnPart(left, top, width, height, group, doubted, text)


def _parts(document: Document) -> Iterator[tuple[int, Box, str, str, bool]]:
    for name in ("letters", "annexes"):
        for index, record in enumerate(getattr(document, name)):
            yield from _fields(record, f"{name}[{index}]", "annex" if name == "annexes" else "body")
    for index, table in enumerate(document.tables):
        yield table.page, table.box, "table", f"tables[{index}]", False


def _fields(value: Any, path: str, group: str) -> Iterator[tuple[int, Box, str, str, bool]]:  # noqa: ANN401
    if isinstance(value, Field):
        if value.page is not None and value.box is not None:
            yield value.page, value.box, group, f"{path}: {value.raw}", bool(value.review)
        return
    if isinstance(value, BaseModel):
        names = ("cells",) if isinstance(value, Row) else type(value).model_fields
        for name in names:
            own = next((key for key, members in _GROUPS.items() if name in members and group != "annex"), group)
            yield from _fields(getattr(value, name), f"{path}.{name}", own)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _fields(item, f"{path}.{key}", group)
    elif isinstance(value, tuple) and not isinstance(value, Box):
        for index, item in enumerate(value):
            yield from _fields(item, f"{path}[{index}]", group)


@cache
def _template() -> Template:
    environment = Environment(loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page_ledger.html.j2")
