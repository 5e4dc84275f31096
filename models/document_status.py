"""How reading a document ended, as its own record tells."""

from typing import Final

from pydantic import BaseModel

from models.document import Document, DocumentStatus
from models.field import Field
from models.finding import is_fault
from models.issue import Severity

ASKING_ISSUES: Final = frozenset(
    {
        *("page.text_layer_unproved", "page.table_not_an_annex"),
        *("sheet.no_table", "sheet.formula_unsaved", "sheet.hidden"),
        "decision.not_placed",
    }
)
"""Issues that keep a document from being `ok`: a part of it is not understood, nobody stands by it, or what a person
decided is not in it any more."""


def derive_status(document: Document) -> DocumentStatus:
    """Return how reading ended: never `ok` where an error, a doubt or a violated rule is in the record."""
    if any(issue.severity is Severity.ERROR for issue in document.issues):
        return DocumentStatus.PARTIAL if document.text.strip() else DocumentStatus.FAILED
    records = (*document.letters, *document.annexes)
    doubted = not records or bool(document.unaccounted) or any(map(asks_review, records))
    return DocumentStatus.NEEDS_REVIEW if doubted or _is_objected_to(document) else DocumentStatus.OK


def _is_objected_to(document: Document) -> bool:
    """Whether a rule is violated, or a part was not understood."""
    faults = (finding.severity is Severity.ERROR and is_fault(finding) for finding in document.findings)
    return any(faults) or any(issue.code in ASKING_ISSUES for issue in document.issues)


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
