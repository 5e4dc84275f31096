"""The same circular in two documents is found by number and date, and stays two documents."""

import datetime as dt

import pytest

from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Field
from models.letter import Letter, LetterKind, NumberField
from pipeline.copies import find_copies
from store import copies, removals
from store.archive import Archive

DAY = dt.date(2021, 4, 26)
TEXT = "ที่ มท ๐๘๑๐.๒/ว ๘๕๖ เรื่อง การบันทึกข้อมูล เรียน ผู้ว่าราชการจังหวัด"


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def put(archive, sha, *letters):
    """Keep a document of letters, each a number, a date and its text, one a page."""
    made = tuple(
        Letter(
            kind=LetterKind.EXTERNAL_LETTER,
            pages=(page,),
            number=NumberField(value=number, raw=number or ""),
            date=Field[dt.date](value=date),
        )
        for page, (number, date, _) in enumerate(letters, start=1)
    )
    pages = tuple(Page(number=page, text=text, engine="e") for page, (_, _, text) in enumerate(letters, start=1))
    source = SourceDocument(name=f"{sha[0]}.pdf", sha256=sha, media_type="application/pdf", pages=len(pages))
    document = Document(source=source, status=DocumentStatus.OK, text="", pages=pages, letters=made)
    archive.put_document(document, "e")
    return document


def shared(archive, document):
    return [(each.shared.letter, each.shared.name, each.shared.other) for each in find_copies(archive, document)]


@pytest.fixture
def pair(archive):
    first = put(archive, "a" * 64, ("มท 0810.2/ว 856", DAY, TEXT))
    second = put(archive, "b" * 64, ("อต 0023.3/ว 1774", DAY, "ปะหน้า"), ("มท 0810.2/ว 856", DAY, TEXT + " รับแล้ว"))
    return first, second


def test_the_same_letter_is_found_from_either_document_and_both_stay(archive, pair):
    first, second = pair
    assert shared(archive, first) == [(0, "b.pdf", 1)]
    assert shared(archive, second) == [(1, "a.pdf", 0)]
    with archive.reading() as connection:
        assert copies.count(connection, list(archive.iterate_shas())) == {"a" * 64: 1, "b" * 64: 1}
    assert len(archive.documents()) == 2


@pytest.mark.parametrize(
    "letter",
    [("มท 0810.2/ว 857", DAY, TEXT), ("มท 0810.2/ว 856", dt.date(2021, 4, 27), TEXT), (None, DAY, TEXT)],
    ids=["other number", "other day", "no number"],
)
def test_another_letter_is_none_however_alike_the_texts_are(archive, pair, letter):
    assert shared(archive, put(archive, "c" * 64, letter)) == []


def test_texts_that_differ_under_one_number_show_in_the_likeness(archive, pair):
    found = find_copies(archive, put(archive, "c" * 64, ("มท 0810.2/ว 856", DAY, "ขอเชิญประชุม ณ ห้องประชุมใหญ่")))
    assert [each.shared.name for each in found] == ["a.pdf", "b.pdf"]
    assert all(each.likeness < 0.7 for each in found)
    assert find_copies(archive, pair[0])[0].likeness > 0.8


def test_a_document_that_was_taken_out_is_no_copy(archive, pair):
    with archive.writing() as connection:
        removals.note(connection, "b" * 64, "ซ้ำ", removed=True)
    assert shared(archive, pair[0]) == []
