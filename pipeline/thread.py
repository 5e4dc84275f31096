"""The chain of letters around one document of an archive."""

from collections.abc import Iterable

from core.errors import UsageError
from core.limits import Limits
from correspondence.graph import build_thread
from models.filed_letter import FiledLetter
from models.thread import Thread
from store import mentions
from store.archive import Archive


def find_thread(archive: Archive, name: str, limits: Limits) -> Thread:
    """Return the chain of letters around a document of the archive.

    Letters that share no number and no date with the chain cannot be of it, and are not read.

    Args:
        archive: Where the letters are.
        name: A file name, or the first digits of a SHA-256.
        limits: `thread_letters` bounds the chain; the letters nearest to the document come first.

    Raises:
        UnknownDocumentError: The document is not in the archive.
        UsageError: No letter was read of it.
    """
    document = archive.require_document(name)
    sha = document.source.sha256
    if not document.letters:
        raise UsageError(f"{name}: ไม่มีหนังสือในเอกสารนี้", f"{name}: no letter was read of this document")
    documents, asked = {sha}, mentions.Mentions()
    while True:
        letters = archive.letters(documents)
        thread = build_thread(letters, sha, limits.thread_letters)
        new = _list_mentions(thread, letters) - asked
        if not new:
            return thread
        with archive.reading() as connection:
            found = mentions.find_documents(connection, new)
        asked |= new
        documents |= found


def _list_mentions(thread: Thread, letters: Iterable[FiledLetter]) -> mentions.Mentions:
    """Return the numbers and dates of the letters of a chain, and those that they name."""
    within = {(copy.document, copy.index) for letter in thread.letters for copy in letter.copies}
    own = [letter for letter in letters if (letter.document, letter.index) in within]
    named = [cited for letter in own for cited in letter.cites]
    pairs = [(letter.number, letter.date) for letter in thread.letters]
    pairs += [(cited.number, cited.date) for cited in named]
    return mentions.Mentions(
        numbers=frozenset(number for number, _ in pairs if number),
        dates=frozenset(day for _, day in pairs if day),
    )
