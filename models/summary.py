"""One line of the archive's list of documents."""

import datetime as dt

from models.document import DocumentStatus
from models.field import Record


class DocumentSummary(Record):
    """A document in brief.

    Attributes:
        imported_at: When its bytes first came in, UTC.
        engine: What read it.
        letters, annexes: How many it holds.
        number, date, subject: Those of its first letter.
        unaccounted: How many parts were seen on its pages that no value holds.
    """

    sha256: str
    name: str
    media_type: str
    pages: int
    status: DocumentStatus
    imported_at: dt.datetime
    engine: str
    letters: int
    annexes: int
    number: str | None
    date: dt.date | None
    subject: str | None
    unaccounted: int = 0
