"""Pages on which what was looked for stands misread: letters taken for others that look alike, one lost or added.

A term that was misread in a few places still has a piece between them that was not. The index of the archive finds the
pages with such a piece, and each of the newest is held against the term.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from gazetteer.distance import distance, find_confused
from store.archive import Archive
from store.near_search import NearPage, find_candidates
from store.search import Query, loosen
from thai.letter_identity import find_alike_digits


@dataclass(frozen=True, slots=True)
class NearSettings:
    """How far what was found may be from what was looked for.

    Attributes:
        shortest: Characters of a term, without tone marks, at least; a shorter one has too many others near it, and
            must stand on the page as it is.
        one_edit: Characters from which on any one may be another, lost or added; below, one alone that looks alike.
        two_edits: Characters from which on that may be two.
        candidates: Pages that are held against the terms at most, the newest: what bounds the time.
    """

    shortest: int = 4
    one_edit: int = 6
    two_edits: int = 12
    candidates: int = 300


SETTINGS: Final = NearSettings()
_SHIFT: Final = 1
"""Characters by which the ends of what was misread may lie beside where the term's would be."""


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A page with what stands on it in place of the terms.

    Attributes:
        page: The page.
        found: What stands in place of the first term that may be misread, as search compares texts.
        cost: How far all terms are from what stands in their place; letters that look alike count half.
    """

    page: NearPage
    found: str
    cost: float


def find_near(archive: Archive, query: Query, most: int, settings: NearSettings = SETTINGS) -> list[NearMatch]:
    """Return pages on which the terms stand misread, the nearest first; those that have them as they are, are no such.

    Where all terms are too short for that, nothing is found.
    """
    exact = query.terms
    terms = [loosen(term) for term in exact]
    short = [term for term in terms if len(term) < settings.shortest]
    long = [term for term in terms if len(term) >= settings.shortest]
    if not long:
        return []
    with archive.reading() as connection:
        pieces = [[piece for _, piece in _list_pieces(term, settings)] for term in long]
        candidates = find_candidates(connection, query, pieces, short, settings.candidates)
    typed = terms if query.loose else exact
    unlike = (page for page in candidates if not _has_all(page.loose if query.loose else page.form, typed))
    found = [match for page in unlike if (match := _match(page, long, settings)) is not None]
    return sorted(found, key=lambda match: match.cost)[:most]


def _has_all(text: str, terms: Sequence[str]) -> bool:
    """Whether the terms stand in a text as they are looked for."""
    return all(term in text for term in terms)


def _list_pieces(term: str, settings: NearSettings) -> list[tuple[int, str]]:
    """Return pieces of which one stands wherever the term was misread no more than is allowed, with their offsets."""
    if len(term) < settings.one_edit:
        return [(0, term), *((0, varied) for varied in _vary(term))]
    parts = _most_edits(term, settings) + 1
    bounds = [round(index * len(term) / parts) for index in range(parts + 1)]
    return [(start, term[start:end]) for start, end in pairwise(bounds)]


def _vary(term: str) -> Iterator[str]:
    """Yield a term with one letter or digit taken for another that looks alike."""
    for index, character in enumerate(term):
        others = find_alike_digits(character) if character.isdigit() else find_confused(character)
        yield from (f"{term[:index]}{other}{term[index + 1 :]}" for other in others)


def _most_edits(term: str, settings: NearSettings) -> int:
    """Return in how many letters what is found may differ."""
    return 2 if len(term) >= settings.two_edits else 1


def _match(page: NearPage, terms: list[str], settings: NearSettings) -> NearMatch | None:
    places = [_find_place(page.loose, term, settings) for term in terms]
    found = [place for place in places if place is not None]
    if len(found) < len(terms):
        return None
    cost = sum(_weigh(place, term) for place, term in zip(found, terms, strict=True))
    return NearMatch(page, found[0], cost)


_weigh = lru_cache(maxsize=4_096)(distance)
"""The same misreading stands on many pages."""


def _find_place(text: str, term: str, settings: NearSettings) -> str | None:
    """Return what stands in a text in place of a term; None where nothing near it does."""
    if term in text:
        return term
    if len(term) < settings.one_edit:
        return next((varied for varied in _vary(term) if varied in text), None)
    pieces = _list_pieces(term, settings)
    windows = {window for offset, piece in pieces for window in _cut(text, len(term), offset, piece)}
    # In C and with a limit: thousands of windows are measured for one answer.
    found = extract(term, windows, scorer=Levenshtein.distance, score_cutoff=_most_edits(term, settings), limit=None)
    return min(((cost, window) for window, cost, _ in found), default=(0, None))[1]


def _cut(text: str, length: int, offset: int, piece: str) -> Iterator[str]:
    """Yield what may stand for a term of a length around the places where a piece of it stands."""
    at = text.find(piece)
    while at >= 0:
        begin = at - offset
        end = begin + length
        for first in range(max(0, begin - _SHIFT), max(0, begin + _SHIFT) + 1):
            for last in range(end - _SHIFT, end + _SHIFT + 1):
                yield text[first:last]
        at = text.find(piece, at + 1)
