"""The page on tables says what is so, and its queries run."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from gazetteer.register import load
from models.decision import Answer
from pipeline.deciding import decide, make_decision
from store import data_dictionary
from store.archive import Archive
from store.schema import metadata
from tests.web.archives import SEED_LIKE, SETTINGS, put

PAGE = (Path(__file__).parents[2] / "docs" / "schema.md").read_text("utf-8")
QUERIES = [query.strip() for query in re.findall(r"(?:SELECT|select).*?;", PAGE, re.DOTALL)]


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        put(opened, SEED_LIKE)
        yield opened


def test_the_page_is_what_the_tables_are() -> None:
    assert data_dictionary.render_page(PAGE) == PAGE


def test_every_column_says_what_it_holds() -> None:
    assert [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if not column.doc
    ] == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_page_finds_something(archive, query) -> None:
    with archive.reading() as connection:
        assert connection.execute(text(query.replace("r.review = ''", "true"))).first() is not None


def test_tables_hold_what_the_record_holds(archive) -> None:
    [summary] = archive.documents()
    document = archive.require_document(summary.sha256)
    with archive.reading() as connection:
        statuses = connection.execute(text("SELECT status FROM status_rows ORDER BY annex, row")).scalars().all()
        number = connection.execute(
            text("SELECT value FROM letter_fields WHERE letter = 0 AND field = 'number'")
        ).scalar()
        rules = connection.execute(text("SELECT rule FROM findings ORDER BY idx")).scalars().all()
    rows = [row for annex in document.annexes for row in annex.rows]
    assert statuses == [row.status.value and row.status.value.value for row in rows]
    assert number == document.letters[0].number.value
    assert rules == [finding.rule for finding in document.findings]


def test_a_decision_reaches_the_tables(archive) -> None:
    [summary] = archive.documents()
    document = archive.require_document(summary.sha256)
    decision = make_decision(document, "letters[0].subject", Answer.CORRECTED, load(), "เรื่องใหม่", "")
    decide(archive, summary.sha256, [decision], "ผู้ทดสอบ", SETTINGS)
    query = "SELECT value, source FROM letter_fields WHERE letter = 0 AND field = 'subject'"
    with archive.reading() as connection:
        assert tuple(connection.execute(text(query)).one()) == ("เรื่องใหม่", "person")
