"""The documents of the archive as a list: which, in which order, one line each."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from commands.terminal.archive_tables import SHORT_SHA, plain_table
from core.errors import Language
from models.summary import DocumentSummary
from reports.code_labels import describe_unaccounted
from reports.labels import NONE, date_short, document_status
from thai.numerals import to_thai

if TYPE_CHECKING:
    from rich.table import Table

_NARROW_SHA: Final = 8
"""Digits of a SHA-256 where the terminal is narrow; enough in an archive of some thousand documents."""
_PART_ROWS: Final = 200
"""Rows of a long list whose columns are made equally wide together, and printed together."""
_WIDE: Final = 110
"""Columns of a terminal from which on number and subject stand in columns of their own."""


def documents_tables(
    documents: Iterable[DocumentSummary],
    language: Language,
    width: int | None,
    count_copies: Callable[[Sequence[str]], Mapping[str, int]] = lambda _: {},
) -> Iterator["Table"]:
    """Yield the list of documents in parts of some hundred rows, the first alone with a header.

    Of no documents there is one part, with the header alone.

    Args:
        documents: What is listed.
        language: Of headings and words.
        width: As `documents_table` has it.
        count_copies: Says in how many other documents the letters of some are, too, by SHA-256.
    """
    remaining = iter(documents)
    part = list(islice(remaining, _PART_ROWS))
    yield documents_table(part, language, width, count_copies([each.sha256 for each in part]))
    while part := list(islice(remaining, _PART_ROWS)):
        table = documents_table(part, language, width, count_copies([each.sha256 for each in part]))
        table.show_header = False
        yield table


def documents_table(
    documents: Iterable[DocumentSummary],
    language: Language,
    width: int | None,
    copied: Mapping[str, int] = MappingProxyType({}),
) -> "Table":
    """Return the list of documents; number, date and subject are those of the first letter.

    Args:
        documents: What is listed.
        language: Of headings and words.
        width: Columns of the terminal; None where nothing need be cut, as in a file or a pipe.
        copied: In how many other documents a letter of a document is, too, by SHA-256.
    """
    if width is None:
        return _whole(documents, language, copied)
    if width >= _WIDE:
        return _wide(documents, language, copied)
    return _narrow(documents, language, copied)


def get_terminal_width() -> int | None:
    """Return the columns of the terminal; None where the output goes to a file or a pipe."""
    from rich.console import Console

    return Console().width if sys.stdout.isatty() else None


def _whole(documents: Iterable[DocumentSummary], language: Language, copied: Mapping[str, int]) -> "Table":
    header = _pick(
        language,
        ("รหัส", "ไฟล์", "สถานะ", "หน้า", "หนังสือ", "บัญชี", "ที่", "ลงวันที่", "เรื่อง"),
        ("id", "file", "status", "pages", "letters", "annexes", "number", "date", "subject"),
    )
    rows = [
        (
            document.sha256[:SHORT_SHA],
            document.name,
            _status_and_reason(document, language, copied.get(document.sha256, 0)),
            _digits(document.pages, language),
            _digits(document.letters, language),
            _digits(document.annexes, language),
            _number(document, language),
            date_short(document.date, language),
            document.subject or NONE,
        )
        for document in documents
    ]
    return plain_table(header, rows, numbers=(3, 4, 5))


def _wide(documents: Iterable[DocumentSummary], language: Language, copied: Mapping[str, int]) -> "Table":
    header = _pick(
        language,
        ("รหัส", "ไฟล์", "สถานะ", "หน้า", "ที่", "ลงวันที่", "เรื่อง"),
        ("id", "file", "status", "pages", "number", "date", "subject"),
    )
    rows = [
        (
            document.sha256[:SHORT_SHA],
            document.name,
            _short_status(document, language, copied),
            _digits(document.pages, language),
            _number(document, language),
            date_short(document.date, language),
            document.subject or NONE,
        )
        for document in documents
    ]
    return plain_table(header, rows, numbers=(3,), cut={1: 24, 4: 22, 6: None})


def _narrow(documents: Iterable[DocumentSummary], language: Language, copied: Mapping[str, int]) -> "Table":
    header = _pick(
        language,
        ("รหัส", "ไฟล์", "สถานะ", "ลงวันที่", "ที่และเรื่อง"),
        ("id", "file", "status", "date", "number and subject"),
    )
    rows = [
        (
            document.sha256[:_NARROW_SHA],
            document.name,
            _short_status(document, language, copied),
            date_short(document.date, language),
            f"{_number(document, language)} {document.subject or ''}".strip(),
        )
        for document in documents
    ]
    return plain_table(header, rows, cut={1: 18, 4: None})


def _status_and_reason(document: DocumentSummary, language: Language, copied: int) -> str:
    """Say how reading ended, how much of the paper the record does not hold, and where else its letters are."""
    status = document_status(document.status, language)
    if document.unaccounted:
        status = f"{status}: {describe_unaccounted(document.unaccounted, language)}"
    if copied:
        also = f"ซ้ำกับเอกสารอื่น {_digits(copied, language)} ฉบับ" if language == "th" else f"also in {copied} others"
        status = f"{status} · {also}"
    return status


def _short_status(document: DocumentSummary, language: Language, copied: Mapping[str, int]) -> str:
    """Say how reading ended, with a sign where a letter is in other documents, too."""
    return document_status(document.status, language) + (" ≡" if copied.get(document.sha256) else "")


def _number(document: DocumentSummary, language: Language) -> str:
    number = document.number or NONE
    return to_thai(number) if language == "th" else number


def _digits(number: int, language: Language) -> str:
    return to_thai(str(number)) if language == "th" else str(number)


def _pick(language: Language, th: tuple[str, ...], en: tuple[str, ...]) -> tuple[str, ...]:
    return th if language == "th" else en
