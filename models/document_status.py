"""How reading a document ended, as its own record tells."""

from typing import Final

from pydantic import BaseModel

from models.document import Document, DocumentStatus
from models.field import Field
from models.finding import Outcome
from models.issue import Severity

ASKING_ISSUES: Final = frozenset({"page.text_layer_unproved", "sheet.no_table", "sheet.formula_unsaved"})
"""Warnings that keep a document from being `ok`: a part of it is not understood, or nobody stands by it."""


def derive_status(document: Document) -> DocumentStatus:
    """Return how reading ended: never `ok` where an error, a doubt or a violated rule is in the record."""
    errors = [issue for issue in document.issues if issue.severity is Severity.ERROR]
    if errors and not document.text.strip():
        return DocumentStatus.FAILED
    if errors:
        return DocumentStatus.PARTIAL
    violated = any(
        finding.outcome is Outcome.VIOLATED and finding.severity is Severity.ERROR for finding in document.findings
    )
    if violated or any(asks_review(part) for part in (*document.letters, *document.annexes)):
        return DocumentStatus.NEEDS_REVIEW
    asking = any(issue.code in ASKING_ISSUES for issue in document.issues)
    if asking or document.unaccounted or not (document.letters or document.annexes):
        return DocumentStatus.NEEDS_REVIEW
    return DocumentStatus.OK


def asks_review(record: BaseModel) -> bool:
    """Whether any field within a record asks for review."""
    if isinstance(record, Field):
        return bool(record.review)
    for name in type(record).model_fields:
        value = getattr(record, name)
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        if any(isinstance(part, BaseModel) and asks_review(part) for part in parts):
            return True
    return False


def lost_parts(document: Document) -> int:
    """Return how many parts of a document could not be read: its errors, or more than any for one that failed."""
    if document.status is DocumentStatus.FAILED:
        return len(document.pages) + len(document.issues) + 1
    return sum(issue.severity is Severity.ERROR for issue in document.issues)
