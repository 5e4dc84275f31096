"""Documents in brief, in the order that is asked for."""

import datetime as dt
import random

import pytest

from bench.invented_letters import invent_letter
from models.document import DocumentStatus
from models.field import Field
from models.letter import NumberField
from models.null_reason import NullReason
from store import summaries
from store.archive import Archive
from store.summaries import SortKey

DAYS = (dt.date(2021, 4, 9), None, dt.date(2020, 1, 31))
STATES = (DocumentStatus.OK, DocumentStatus.FAILED, DocumentStatus.NEEDS_REVIEW)
NAMES = ("ข.pdf", "ค.pdf", "ก.pdf")


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        for number, (day, state, name) in enumerate(zip(DAYS, STATES, NAMES, strict=True)):
            opened.put_document(_invent(number, day, state, name), "test")
        yield opened


def _invent(number, day, state, name):
    document = invent_letter(number, random.Random(1))  # noqa: S311 - invented letters
    [letter] = document.letters
    dated = (
        Field[dt.date](value=day, raw="", confidence=0.9)
        if day
        else Field[dt.date](value=None, raw="", confidence=0.0, null_reason=NullReason.ABSENT)
    )
    numbered = NumberField(value=f"มท 0810.2/ว {9 - number}", raw="", confidence=0.9)
    source = document.source.model_copy(update={"sha256": str(number) * 64, "name": name})
    changed = letter.model_copy(update={"date": dated, "number": numbered})
    return document.model_copy(update={"source": source, "status": state, "letters": (changed,)})


@pytest.mark.parametrize(
    ("sort", "reverse", "order"),
    [
        (SortKey.IMPORTED, False, "012"),
        (SortKey.IMPORTED, True, "210"),
        (SortKey.NAME, False, "201"),
        (SortKey.DATE, False, "201"),
        (SortKey.DATE, True, "021"),
        (SortKey.NUMBER, False, "210"),
        (SortKey.STATUS, False, "120"),
        (SortKey.STATUS, True, "021"),
    ],
)
def test_the_order_is_the_one_asked_for_and_what_has_no_date_comes_last(archive, sort, reverse, order) -> None:
    found = archive.iterate_documents(None, sort, reverse=reverse)
    assert "".join(document.sha256[0] for document in found) == order


def test_one_status_and_not_more_than_so_many(archive) -> None:
    [found] = archive.iterate_documents(DocumentStatus.OK)
    assert (found.name, found.letters, found.number) == ("ข.pdf", 1, "มท 0810.2/ว 9")
    assert [each.name for each in archive.iterate_documents(limit=2)] == ["ข.pdf", "ค.pdf"]
    assert list(archive.iterate_shas()) == ["0" * 64, "1" * 64, "2" * 64]


def test_documents_come_whole_in_the_order_of_their_import(archive, monkeypatch) -> None:
    monkeypatch.setattr(summaries, "_RECORDS_AT_ONCE", 2)
    assert list(archive.iterate_records()) == [archive.require_document(sha) for sha in archive.iterate_shas()]


def test_what_has_no_letter_or_an_equal_date_comes_in_the_order_of_its_import(archive) -> None:
    archive.put_document(_invent(3, DAYS[0], DocumentStatus.OK, "ง.pdf"), "test")
    bare = _invent(4, None, DocumentStatus.OK, "จ.pdf").model_copy(update={"letters": ()})
    archive.put_document(bare, "test")
    for reverse, order in ((False, "20314"), (True, "03214")):
        found = archive.iterate_documents(None, SortKey.DATE, reverse=reverse)
        assert "".join(document.sha256[0] for document in found) == order
    found = archive.iterate_documents(DocumentStatus.OK, SortKey.NUMBER)
    assert "".join(document.sha256[0] for document in found) == "304"
