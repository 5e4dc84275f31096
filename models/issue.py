"""Trouble as data: what went wrong with a page or a document, without stopping the batch."""

from enum import StrEnum

from models.field import PageNumber, Record


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class IssueCode(StrEnum):
    """What kind of trouble it is; the words for each are in `reports.code_labels`."""

    PAGE_BLANK = "page.blank"
    PAGE_TABLE_NOT_AN_ANNEX = "page.table_not_an_annex"
    PAGE_TEXT_LAYER_DISTRUSTED = "page.text_layer_distrusted"
    PAGE_TEXT_LAYER_UNPROVED = "page.text_layer_unproved"
    PAGE_TIMEOUT = "page.timeout"
    PAGE_UNREAD = "page.unread"
    PAGE_WORKER_DIED = "page.worker_died"
    DOCUMENT_NOTHING_READ = "document.nothing_read"
    ANNEX_PROVINCE_UNKNOWN = "annex.province_unknown"
    ANNEX_SEQUENCE_GAP = "annex.sequence_gap"
    ANNEX_STATUS_NOT_UNDERSTOOD = "annex.status_not_understood"
    ANNEX_UNDATED = "annex.undated"
    DECISION_NOT_PLACED = "decision.not_placed"
    DECISION_READING_CHANGED = "decision.reading_changed"
    SHEET_FORMULA_UNSAVED = "sheet.formula_unsaved"
    SHEET_HIDDEN = "sheet.hidden"
    SHEET_NO_TABLE = "sheet.no_table"


class Message(Record):
    """One statement in both languages."""

    th: str
    en: str


class Issue(Record):
    """One piece of trouble met on the way.

    Attributes:
        code: One of `IssueCode`; a record of an older version may hold another.
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
