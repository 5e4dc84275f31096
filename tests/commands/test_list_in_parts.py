"""A long list comes in parts, with one header."""

import datetime as dt

from commands.terminal.archive_tables import show
from commands.terminal.document_list import _PART_ROWS, documents_tables
from models.document import DocumentStatus
from models.summary import DocumentSummary

MORE_THAN_TWO_PARTS = 2 * _PART_ROWS + 1


def summary(number: int) -> DocumentSummary:
    return DocumentSummary(
        sha256=f"{number:064x}",
        name=f"{number}.pdf",
        media_type="application/pdf",
        pages=1,
        status=DocumentStatus.OK,
        imported_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        engine="test",
        letters=0,
        annexes=0,
        number=None,
        date=None,
        subject=None,
    )


def test_every_document_is_listed_under_one_header(capsys) -> None:
    asked = []

    def documents():
        for number in range(MORE_THAN_TWO_PARTS):
            asked.append(number)
            yield summary(number)

    parts = documents_tables(documents(), "en", None)
    show(next(parts))
    assert len(asked) == _PART_ROWS  # the rest was not waited for
    for part in parts:
        show(part)
    text = capsys.readouterr().out
    assert text.count("status") == 1
    assert all(f" {number}.pdf" in text for number in range(MORE_THAN_TWO_PARTS))


def test_an_empty_archive_has_a_header(capsys) -> None:
    for part in documents_tables([], "en", None):
        show(part)
    assert "status" in capsys.readouterr().out
