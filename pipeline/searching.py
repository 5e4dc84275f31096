"""What a search finds, with the words around it and the place on the page."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, pairwise

from gazetteer.search import search as search_bodies
from models.document import Document
from models.field import Box, Record
from models.ocr import OcrPage
from models.record_path import walk_fields
from models.register import Register
from pipeline.near_matches import find_near
from store.archive import Archive
from store.search import Passage, Query, find, loosen
from thai.numerals import to_arabic
from thai.text import skeleton

_HANGING = frozenset("ะาำๅๆฯ" + "".join(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)))))
"""Signs of Thai that cannot begin a line."""
_OF_PASSAGE = set(Passage.model_fields)
_AROUND = 60
"""Characters of a snippet on either side of what was found."""


class Hit(Record):
    """One page that was found.

    Attributes:
        page: From 1; 0 where a value of the record was found that stands on no page as it is.
        snippet: Words around the first term.
        start, end: Where in the snippet the term stands; both 0 where a filter alone found the page.
        box: Where on the page; None where that is not known.
        near: Whether the terms do not stand there as they are, but what may be a misreading of them.
    """

    document: str
    name: str
    page: int
    snippet: str
    start: int = 0
    end: int = 0
    box: Box | None = None
    near: bool = False


def with_body(query: Query, body: str | None, register: Register) -> Query:
    """Return a query narrowed to documents with a row about a local body (อปท.), which is named by name or key."""
    if not body or not body.strip():
        return query
    is_key = any(each.code == body.strip() for each in register.bodies)
    keys = (body.strip(),) if is_key else tuple(dict.fromkeys(each.code for each in search_bodies(register, body)))
    return query.model_copy(update={"body": body.strip(), "body_keys": keys})


def search_archive(archive: Archive, query: Query, most: int, offset: int = 0, *, near: bool = False) -> list[Hit]:
    """Return the pages that a query finds, newest documents first.

    Where it finds none, or on request behind all that it finds, come pages on which the terms may stand misread, the
    nearest first.

    Args:
        archive: Where to look.
        query: What for.
        most: Hits at most.
        offset: Hits to leave out first; misread ones are never among them.
        near: Whether to add what may be misread, too.
    """
    hits = _list_hits(archive, query, most, offset)
    if (near or (not hits and not offset)) and len(hits) < most:
        hits += _list_near(archive, query, most - len(hits))
    return hits


def _list_near(archive: Archive, query: Query, most: int) -> list[Hit]:
    """Return misread hits; a value that stands on a page that was found, too, is left out."""
    found = find_near(archive, query, most)
    on_pages = {match.page.document for match in found if match.page.page}
    shown = [match for match in found if match.page.page or match.page.document not in on_pages]
    return [
        _hit(archive, Passage.model_validate(match.page.model_dump(include=_OF_PASSAGE)), match.found, near=True)
        for match in shown
    ]


def _list_hits(archive: Archive, query: Query, most: int, offset: int) -> list[Hit]:
    with archive.reading() as connection:
        passages = find(connection, query, most, offset)
    term = next(iter(query.terms), "")
    return [_hit(archive, passage, term, loose=query.loose) for passage in passages]


def _hit(archive: Archive, passage: Passage, term: str, *, loose: bool = True, near: bool = False) -> Hit:
    text = " ".join(passage.text.split())
    start, end = locate(text, term, loose=loose) if term else (0, 0)
    first = _begin_of_cluster(text, max(0, start - _AROUND))
    snippet = text[first : max(end, start) + _AROUND]
    lead = "…" if first else ""
    page, box = passage.page, None
    if term and page == 0:
        document = archive.document(passage.document)
        page, box = _place_of_value(document, term, loose=loose) if document else (0, None)
    elif term:
        box = next((_place_on_page(read, term, loose=loose) for read in archive.pages(passage.document, page)), None)
    return Hit(
        document=passage.document,
        name=passage.name,
        page=page,
        snippet=f"{lead}{snippet}{'…' if max(end, start) + _AROUND < len(text) else ''}",
        start=start - first + len(lead) if end else 0,
        end=end - first + len(lead) if end else 0,
        box=box,
        near=near,
    )


def _begin_of_cluster(text: str, index: int) -> int:
    """Return the next place at or after an index where no vowel or mark is torn off its consonant."""
    while index < len(text) and text[index] in _HANGING:
        index += 1
    return index


def locate(text: str, term: str, *, loose: bool = False) -> tuple[int, int]:
    """Return where a compared term stands in a text, as indices into it; (0, 0) where it does not.

    The text is looked at character by character, so that what comparing drops, such as spaces, can be skipped.
    """
    wanted = loosen(term) if loose else term
    forms = list(map(_compare_loosely if loose else _compare, text))
    at = "".join(forms).find(wanted)
    if at < 0 or not wanted:
        return 0, 0
    ends = list(accumulate(map(len, forms)))
    return bisect_right(ends, at), bisect_right(ends, at + len(wanted) - 1) + 1


@lru_cache(maxsize=4_096)
def _compare(character: str) -> str:
    """Return a character as search compares it, empty where comparing drops it; a page has few different ones."""
    return "".join(to_arabic(character).lower().split())


@lru_cache(maxsize=4_096)
def _compare_loosely(character: str) -> str:
    return skeleton(_compare(character))


def _place_of_value(document: Document, term: str, *, loose: bool) -> tuple[int, Box | None]:
    for _, field in walk_fields(document):
        value = getattr(field.value, "label", field.value)
        if isinstance(value, str) and locate(value, term, loose=loose)[1]:
            return field.page or 0, field.box
    return 0, None


def _place_on_page(page: OcrPage, term: str, *, loose: bool) -> Box | None:
    """Return the box of the line or cell where a term stands; of its first line where it is broken over two."""
    if not page.has_layout:
        return None
    parts = [(line.text, line.box) for line in page.lines]
    parts += [(cell.text, cell.box) for grid in page.grids for cell in grid.cells]
    for text, box in parts:
        if locate(text, term, loose=loose)[1]:
            return box
    for (text, box), (following, _) in pairwise(parts):
        if locate(f"{text} {following}", term, loose=loose)[1]:
            return box
    return None
