"""The same letter in several documents of an archive, with how alike their texts are."""

from rapidfuzz.distance import Indel

from models.document import Document
from models.field import Record
from store import copies
from store.archive import Archive
from store.copies import SharedLetter
from thai.text import search_form, skeleton


class LetterCopy(Record):
    """Another document that holds a letter, too.

    Attributes:
        shared: Which letter, and where.
        likeness: How alike the texts are, from 0 to 1. Two scans of one paper are above 0.95; where they differ much,
            a number or a date was misread.
    """

    shared: SharedLetter
    likeness: float


def find_copies(archive: Archive, document: Document) -> list[LetterCopy]:
    """Return where else the letters of a document are."""
    with archive.reading() as connection:
        found = copies.find(connection, document.source.sha256)
    return [LetterCopy(shared=each, likeness=_compare(archive, document, each)) for each in found]


def _compare(archive: Archive, document: Document, shared: SharedLetter) -> float:
    other = archive.document(shared.document)
    if other is None:
        return 0.0
    return Indel.normalized_similarity(_text(document, shared.letter), _text(other, shared.other))


def _text(document: Document, letter: int) -> str:
    pages = document.letters[letter].pages
    return skeleton(search_form("\n".join(page.text for page in document.pages if page.number in pages)))
