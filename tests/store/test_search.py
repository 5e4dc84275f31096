"""Search finds text as people type it, and never drops a term of a query without a word."""

from typing import Any

import pytest

from gazetteer.register import load
from models.document import Page
from pipeline.searching import locate, search_archive, with_body
from store.archive import Archive
from store.search import Query, compact, loosen
from tests.rules import builders
from tests.store.test_archive import ENGINE, make_document

TEXT = "ที่ มท ๐๘๑๐.๒/ว ๘๕๖\nเรื่อง การบันทึกข้อมูลของข้าวในระบบ\nข้อมูลกลาง 100% a_b\nด่วนที่สุด"


def stored(sha, text, name="ก.pdf"):
    document = make_document(sha=sha, name=name)
    return document.model_copy(update={"text": text, "pages": (Page(number=1, text=text, engine=ENGINE),)})


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        opened.put_document(stored("ab" * 32, TEXT), ENGINE)
        opened.put_document(stored("cd" * 32, "ที่ กค ๐๔๐๕/๑๒๓๔ ข่าวสาร", "ข.pdf"), ENGINE)
        yield opened


def names(archive, text, **filters):
    return {hit.name for hit in search_archive(archive, Query(text=text, **filters), 50)}


FOUND: dict[str, set[str]] = {
    "0810.2": {"ก.pdf", "ข.pdf"},  # both letters of the fixture bear it as a value
    "๐๘๑๐.๒/ว๘๕๖": {"ก.pdf", "ข.pdf"},
    "ระบบข้อมูลกลาง": {"ก.pdf"},  # over a line break
    "ข้าว": {"ก.pdf"},  # tone marks are exact
    "ข่าว": {"ข.pdf"},
    "กค": {"ข.pdf"},  # two characters
    "กค ๑๒๓๔": {"ข.pdf"},
    "กค ข้าว": set(),  # a short term beside a long one still counts
    "ด่วน": {"ก.pdf"},
    "100%": {"ก.pdf"},
    "a_b": {"ก.pdf"},
    "axb": set(),
    '"ข้อมูล กลาง"': {"ก.pdf"},
    "ไม่มีคำนี้": set(),
    "": set(),
    "   ": set(),
}


def test_what_is_found(archive) -> None:
    assert {text: names(archive, text) for text in FOUND} == FOUND


SHORT: dict[tuple[str, bool], set[str]] = {
    ("ฬ", False): set(),
    ("ฟฟ", False): set(),
    ("/ว", False): {"ก.pdf", "ข.pdf"},
    ("%", False): {"ก.pdf"},
    ("a_", False): {"ก.pdf"},
    ("ก่", False): set(),
    ("ข่", False): {"ข.pdf"},
    ("ข่", True): {"ก.pdf", "ข.pdf"},
    ("่า", False): {"ก.pdf", "ข.pdf"},  # the values of both letters have it
    ("่", False): set(),  # a mark alone is no term
    ("กค ๑", False): {"ข.pdf"},
}
"""Term, and whether tone marks are forgiven."""


def test_short_terms(archive) -> None:
    assert {(text, loose): names(archive, text, loose=loose) for text, loose in SHORT} == SHORT


@pytest.mark.sqlite
def test_short_terms_are_looked_up_and_not_looked_for(archive) -> None:
    """The plan of the query leads by the index: a term that stands nowhere costs nothing, however large the archive."""
    from sqlalchemy import text as sql

    from store.search import _statement

    statement = _statement(Query(text="ฟฟ"), "sqlite").limit(5).compile(compile_kwargs={"literal_binds": True})
    with archive.reading() as connection:
        plan = [row[3] for row in connection.execute(sql(f"EXPLAIN QUERY PLAN {statement}"))]
    assert plan[0].startswith("SCAN passage_index_pairs VIRTUAL TABLE")
    assert not any(line.startswith("SCAN passages") for line in plan)


def test_a_page_that_was_read_anew_is_found_by_its_new_short_terms_alone(archive) -> None:
    archive.put_document(stored("ab" * 32, "ฬฬ"), ENGINE)
    assert names(archive, "ฬฬ") == {"ก.pdf"}
    assert names(archive, "a_") == set()


ODD = [
    '"',
    '""',
    "*",
    "NEAR(a b)",
    "ข้าว AND",
    "-ข้าว",
    "ข้าว:1",
    "^",
    "'; DROP TABLE documents; --",
    "\x00",
    "ก" * 10_000,
]


def test_no_query_is_syntax(archive) -> None:
    for text in ODD:
        names(archive, text)
    assert names(archive, "ข้าว") == {"ก.pdf"}


def test_tone_marks_are_forgiven_where_that_is_asked_for(archive) -> None:
    assert names(archive, "ข้าว", loose=True) == {"ก.pdf", "ข.pdf"}
    assert names(archive, "ด๋วน", loose=True) == {"ก.pdf"}


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({"kind": "external_letter"}, 2),
    ({"kind": "order"}, 0),
    ({"year": 2564}, 2),
    ({"year": 2560}, 0),
    ({"office": "มท"}, 2),
    ({"status": "ok"}, 2),
    ({"status": "failed"}, 0),
]


def test_filters(archive) -> None:
    assert [(filters, len(names(archive, "", **filters))) for filters, _ in FILTERS] == FILTERS


def test_a_document_that_is_read_again_is_found_by_its_new_text_alone(archive) -> None:
    archive.put_document(stored("ab" * 32, "ข้อความใหม่"), ENGINE)
    assert names(archive, "ข้าว") == set()
    assert names(archive, "ข้อความใหม่") == {"ก.pdf"}


def test_a_snippet_says_where_the_term_stands(archive) -> None:
    [hit] = search_archive(archive, Query(text="ข้อมูลกลาง"), 5)
    assert hit.snippet[hit.start : hit.end] == "ข้อมูลกลาง"
    [hit] = search_archive(archive, Query(text="ระบบข้อมูล"), 5)
    assert hit.snippet[hit.start : hit.end] == "ระบบ ข้อมูล"


def test_locating_skips_what_comparing_drops() -> None:
    assert locate("ก ๘ ๕ข", "85") == (2, 5)
    assert locate("ข้าว", "ขาว", loose=True) == (0, 4)
    assert locate("ข้าว", "ขาว") == (0, 0)


def test_a_query_that_is_too_long_says_so() -> None:
    assert Query(text="ก " * 40).cut
    assert not Query(text="ก ข").cut


@pytest.mark.sqlite
def test_what_an_older_version_kept_is_found_once_it_is_indexed(archive) -> None:
    from sqlalchemy import text

    from pipeline.deciding import index_outdated

    with archive.writing() as connection:
        connection.execute(text("INSERT INTO passage_index(passage_index) VALUES ('delete-all')"))
        connection.execute(text("DELETE FROM passages"))
        connection.execute(text("UPDATE documents SET index_version = 0"))
    assert names(archive, "ข้าว") == set()
    assert index_outdated(archive) == 2
    assert names(archive, "ข้าว") == {"ก.pdf"}
    assert index_outdated(archive) == 0


def test_pages_of_hits_are_full_and_none_is_out_of_reach(archive) -> None:
    for number in range(12):
        archive.put_document(stored(f"{number:02}" * 32, "บันทึกคำเดียวกัน มท", f"{number}.pdf"), ENGINE)
    query = Query(text="มท")  # it stands in the values of each, too
    parts = [search_archive(archive, query, 5, offset) for offset in (0, 5, 10, 15)]
    assert [len(part) for part in parts] == [5, 5, 4, 0]
    assert len({hit.document for part in parts for hit in part}) == 14


MISREAD: dict[str, str] = {
    "กรมภูมิสถาปัตย์": "กรมถูมิสถาบัตย์",  # ภ/ถ and ป/บ
    "ประชาสัมพันธ์": "ประชาสัมพันธ",
    "มาตรการ": "มาดรการ",
    "ว ๔๘๒๑": "ว ๕๘๒๑",
    "อุตรดิตถ์": "อุตรติตถ์",
    "เร่งรัดติดตาม": "เร่ง รัดคิดตาม",
}
"""What is looked for, and how it was read."""


@pytest.mark.parametrize("looked_for", MISREAD)
def test_what_was_misread_is_found_as_near(archive, looked_for) -> None:
    archive.put_document(stored("ef" * 32, f"เรื่อง {MISREAD[looked_for]} ตามหนังสือนี้", "ค.pdf"), ENGINE)
    [hit] = search_archive(archive, Query(text=looked_for), 50)
    assert (hit.name, hit.near, hit.page) == ("ค.pdf", True, 1)
    marked = hit.snippet[hit.start : hit.end]
    assert loosen(compact(marked)) in loosen(compact(MISREAD[looked_for]))


def test_near_matches_come_behind_what_is_found_and_only_on_request(archive) -> None:
    archive.put_document(stored("ef" * 32, "ประชาสัมพันธ์โครงการ", "ค.pdf"), ENGINE)
    archive.put_document(stored("ee" * 32, "ประชาสัมฟันธ์โครงการ", "ง.pdf"), ENGINE)
    query = Query(text="ประชาสัมพันธ์")
    assert [(hit.name, hit.near) for hit in search_archive(archive, query, 50)] == [("ค.pdf", False)]
    both = [(hit.name, hit.near) for hit in search_archive(archive, query, 50, near=True)]
    assert both == [("ค.pdf", False), ("ง.pdf", True)]
    assert len(search_archive(archive, query, 1, near=True)) == 1


@pytest.mark.parametrize("text", ["ฮฮ", "ฮฮฮ", "ไม่มีคำนี้เลยในคลัง", "", "ประชาสัมพันธ ฮฮ"])
def test_what_is_too_short_or_too_far_has_no_near_match(archive, text) -> None:
    archive.put_document(stored("ef" * 32, "ประชาสัมพันธ์โครงการ", "ค.pdf"), ENGINE)
    assert search_archive(archive, Query(text=text), 50, near=True) == []


def test_documents_about_a_local_body_are_found_by_its_name_and_key(tmp_path, either_database) -> None:
    register = load()
    document = builders.case((builders.cover(),), (builders.annex(),)).document
    keys = {row.body.value.code for annex in document.annexes for row in annex.rows}
    body = next(each for each in register.bodies if each.code in keys)
    with Archive.open(tmp_path / "archive") as opened:
        opened.put_document(document, ENGINE)
        for named in (body.code, body.label, body.name):
            found = search_archive(opened, with_body(Query(), named, register), 50)
            assert {hit.document for hit in found} == {document.source.sha256}, named
        assert search_archive(opened, with_body(Query(), "ไม่มี อปท. นี้", register), 50) == []


@pytest.mark.sqlite
def test_a_rare_short_term_leads(archive, monkeypatch) -> None:
    """A short term that stands nowhere is answered before a frequent word beside it is looked up."""
    from store import trigram_index

    monkeypatch.setattr(trigram_index, "narrow", lambda *_: pytest.fail("the frequent word was looked up"))
    assert names(archive, "ข้อมูล ฟฟ") == set()
