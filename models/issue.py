"""Trouble as data: what went wrong with a page or a document, without stopping the batch."""

from enum import StrEnum

from models.field import PageNumber, Record


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Message(Record):
    """One statement in both languages."""

    th: str
    en: str


class Issue(Record):
    """One piece of trouble met on the way.

    Attributes:
        code: Stable slug, such as `page.timeout` or `annex.rows_missing`.
        severity: An `error` keeps the document from being `ok`.
        stage: Where it arose: `ingest`, `parse`, `reconcile`, `rules`, `store`.
        page: The page it concerns, if one.
        message: What happened, for a person.
    """

    code: str
    severity: Severity
    stage: str
    message: Message
    page: PageNumber | None = None
