"""The chain of letters around one document of an archive."""

from core.errors import UsageError
from core.limits import Limits
from correspondence.graph import build_thread
from models.thread import Thread
from store.archive import Archive


def find_thread(archive: Archive, name: str, limits: Limits) -> Thread:
    """Return the chain of letters around a document of the archive.

    Args:
        archive: Where the letters are.
        name: A file name, or the first digits of a SHA-256.
        limits: `thread_letters` bounds the chain; the letters nearest to the document come first.

    Raises:
        UnknownDocumentError: The document is not in the archive.
        UsageError: No letter was read of it.
    """
    document = archive.require_document(name)
    if not document.letters:
        raise UsageError(f"{name}: ไม่มีหนังสือในเอกสารนี้", f"{name}: no letter was read of this document")
    return build_thread(archive.letters(), document.source.sha256, limits.thread_letters)
