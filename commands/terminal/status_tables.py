"""Wordings of statuses as tables on the terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from commands.terminal.archive_tables import plain_table
from core.errors import Language
from models.status_wording import StoredStatusWording
from pipeline.status_wordings import UnknownWording
from reports.labels import NONE, date_short, row_status

if TYPE_CHECKING:
    from rich.table import Table

_MOST_DOCUMENTS: Final = 5
"""Documents that are named for one wording."""


def unknown_table(unknown: Iterable[UnknownWording], language: Language = "th") -> "Table":
    """Return wordings that mean nothing known, one line each, with where they stand."""
    header = {
        "th": ("คอลัมน์", "คำ", "แถว", "เอกสาร"),
        "en": ("column", "wording", "rows", "documents"),
    }[language]
    rows = [(each.column or NONE, each.text, f"{each.rows:,}", _documents(each)) for each in unknown]
    return plain_table(header, rows, numbers=(2,))


def given_table(given: Iterable[StoredStatusWording], language: Language = "th") -> "Table":
    """Return meanings that people gave, one line each, with the number to take it back by."""
    header = {
        "th": ("เลขที่", "คอลัมน์", "คำ", "สถานะ", "เหตุผล", "ผู้ระบุ", "เมื่อ"),
        "en": ("number", "column", "wording", "status", "why", "who", "when"),
    }[language]
    rows = [
        (
            str(each.id),
            each.wording.column or NONE,
            each.wording.text,
            row_status(each.wording.status, language),
            each.wording.why,
            each.person,
            date_short(each.decided_at.date(), language),
        )
        for each in given
    ]
    return plain_table(header, rows)


def _documents(unknown: UnknownWording) -> str:
    named = [f"{name} ({rows:,})" for name, rows in unknown.documents[:_MOST_DOCUMENTS]]
    more = len(unknown.documents) - len(named)
    return ", ".join([*named, *([f"+{more:,}"] if more else [])])
