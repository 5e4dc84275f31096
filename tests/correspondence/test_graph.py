"""The chain of letters around a document: what is joined, why, in what order, and what is yet to be found."""

import datetime as dt
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import NotFoundError, UsageError
from core.limits import Limits
from correspondence.graph import build_thread
from models.filed_letter import Citation, FiledLetter
from models.thread import Relation, Thread
from pipeline.thread import find_thread
from store.archive import Archive
from tests.commands.test_cli import saraban
from tests.rules import builders as b

DLA, PROVINCE, DISTRICT = "กรมส่งเสริมการปกครองท้องถิ่น", "ศาลากลางจังหวัดน่าน", "ที่ว่าการอำเภอปัว"
SUBJECT = "การบันทึกข้อมูล"


def day(number: int, month: int = 4) -> dt.date:
    return dt.date(2021, month, number)


def refers(number: str | None, on: dt.date | None, title: str = "หนังสือจังหวัดน่าน") -> Citation:
    return Citation(cited_as="reference", title=title, number=number, date=on)


def sends(number: str, on: dt.date | None) -> Citation:
    return Citation(cited_as="enclosure", title=f"สำเนาหนังสือ{DLA}", number=number, date=on)


def letter(document: str, number: str | None, on: dt.date | None, *cites: Citation, **more) -> FiledLetter:
    fields = {"index": 0, "name": f"{document}.pdf", "subject": SUBJECT, "issuer": PROVINCE, "recipients": ()}
    return FiledLetter(document=document, number=number, date=on, cites=cites, **fields | more)


CIRCULAR = letter("a", "มท 0810.2/ว 856", day(26), issuer=DLA)
COVER = letter(
    "b",
    "นน 0023.3/ว 1774",
    day(29),
    refers("นน 0023.3/ว 853", dt.date(2020, 10, 7)),
    sends("มท 0810.2/ว 856", day(26)),
    recipients=("นายอำเภอปัว",),
)
REPLY = letter(
    "c",
    "นน 0523/77",
    day(6, 5),
    refers("นน 0023.3/ว 1774", day(29)),
    issuer=DISTRICT,
    recipients=("ผู้ว่าราชการจังหวัดน่าน",),
)
STRANGER = letter("z", "กค 0402.5/ว 135", day(1), issuer="กรมบัญชีกลาง")
ALL = (REPLY, STRANGER, COVER, CIRCULAR)


def told(thread: Thread) -> set[tuple[str | None, str, str | None, str]]:
    numbers = [each.number for each in thread.letters]
    return {(numbers[link.source], link.relation.value, numbers[link.target], link.basis) for link in thread.links}


@pytest.mark.parametrize("document", ["a", "b", "c"])
def test_the_chain_is_the_same_from_each_of_its_letters(document: str) -> None:
    thread = build_thread(ALL, document, 99)
    assert [each.number for each in thread.letters] == [
        "นน 0023.3/ว 853",
        "มท 0810.2/ว 856",
        "นน 0023.3/ว 1774",
        "นน 0523/77",
    ]
    assert told(thread) == {
        ("นน 0023.3/ว 1774", "refers_to", "นน 0023.3/ว 853", "not_found"),
        ("นน 0023.3/ว 1774", "encloses", "มท 0810.2/ว 856", "same"),
        ("นน 0523/77", "answers", "นน 0023.3/ว 1774", "same"),
    }
    assert [each.copies == () for each in thread.letters] == [True, False, False, False]
    assert [each.number for each in thread.letters if each.in_focus] == [
        next(each.number for each in ALL if each.document == document)
    ]


def test_a_letter_that_nothing_names_stands_alone() -> None:
    thread = build_thread(ALL, "z", 99)
    assert ([each.number for each in thread.letters], thread.links) == (["กค 0402.5/ว 135"], ())


def test_copies_of_a_letter_are_one() -> None:
    again = CIRCULAR.model_copy(update={"document": "b", "name": "b.pdf", "index": 1})
    [circular] = [each for each in build_thread((*ALL, again), "c", 99).letters if each.number == CIRCULAR.number]
    assert [(copy.name, copy.index) for copy in circular.copies] == [("a.pdf", 0), ("b.pdf", 1)]


@pytest.mark.parametrize(
    ("cited", "changes", "basis"),
    [
        (refers("มท 0810.2/ว 456", day(26)), {}, "misread"),
        (refers("มท 0810.2/ว 856", day(25)), {}, "other_date"),
        (refers("มท 0810.2/ว 856", None), {}, "undated"),
        (refers(None, day(26), f"หนังสือ{DLA}"), {}, "number_unread"),
        (refers("มท 0810.2/ว 99", day(26), f"หนังสือ{DLA}"), {}, "subject"),
        (refers("มท 0810.2/ว 99", day(26), f"หนังสือ{DLA}"), {"subject": "เรื่องอื่น"}, "not_found"),
        (refers("มท 0810.2/ว 856", dt.date(2020, 1, 5)), {}, "not_found"),
        (refers("มท 0810.2/ว 456", day(25)), {}, "not_found"),
    ],
)
def test_a_letter_that_is_named_a_little_otherwise_is_probable_and_says_why(cited, changes, basis: str) -> None:
    naming = letter("n", "นน 0023.3/ว 1800", day(30), cited)
    thread = build_thread((CIRCULAR.model_copy(update=changes), naming), "n", 99)
    assert [link.basis for link in thread.links] == [basis]
    assert [bool(each.copies) for each in thread.letters if each.number != naming.number] == [basis != "not_found"]


def test_one_that_is_meant_for_sure_leaves_no_room_for_likely_ones() -> None:
    near = letter("d", "มท 0810.2/ว 456", day(26), issuer=DLA)
    naming = letter("n", "นน 0023.3/ว 1800", day(30), refers("มท 0810.2/ว 856", day(26)))
    assert {basis for *_, basis in told(build_thread((CIRCULAR, near, naming), "n", 99))} == {"same"}


def test_the_letter_behind_a_cover_is_taken_for_what_it_sends_where_its_number_is_misread() -> None:
    behind = letter("b", "นท 0810.2/ว 499", None, index=1, issuer=DLA)
    assert ("นน 0023.3/ว 1774", "encloses", "นท 0810.2/ว 499", "next_in_file") in told(
        build_thread((COVER, behind), "b", 99)
    )


def test_one_missing_letter_that_two_name_is_one_though_one_of_them_is_misread() -> None:
    one = letter("n", "นน 0023.3/ว 1800", day(30), refers("มท 0810.2/ว 75", day(15, 1)))
    two = letter("o", "นน 0023.3/ว 1801", day(30), refers("นท 0810.2/ว 75", day(15, 1)))
    thread = build_thread((one, two), "n", 99)
    assert len(thread.letters) == 3
    assert sorted(link.basis for link in thread.links) == ["misread", "not_found"]


def test_laws_are_no_letters_to_find() -> None:
    naming = letter("n", "นน 0023.3/ว 1800", day(30), refers(None, None, "พระราชบัญญัติเทศบาล"))
    assert len(build_thread((naming,), "n", 99).letters) == 1


def test_a_province_that_refers_to_its_own_letter_answers_nobody() -> None:
    naming = letter("n", "นน 0023.3/ว 1800", day(30), refers("นน 0023.3/ว 1774", day(29)), recipients=("นายอำเภอปัว",))
    [link] = [each for each in build_thread((COVER, naming), "n", 99).links if each.basis == "same"]
    assert link.relation is Relation.REFERS_TO


def test_a_limit_keeps_the_nearest_letters_and_says_how_many_it_left_out() -> None:
    replies = [letter(f"r{n}", f"นน 0523/{n}", day(7, 5), refers("นน 0023.3/ว 1774", day(29))) for n in range(9)]
    thread = build_thread((*ALL, *replies), "c", 4)
    assert len(thread.letters) == 4
    assert {"นน 0523/77", "นน 0023.3/ว 1774"} <= {each.number for each in thread.letters}
    assert thread.left_out == 9


@pytest.mark.slow
def test_a_large_archive_is_not_compared_letter_by_letter() -> None:
    many = [
        letter(f"m{n}", f"นน 0023.3/{n}", day(1 + n % 28), refers(f"นน 0523/{n}", day(1 + n % 28)), issuer=f"อำเภอ{n}")
        for n in range(1000)
    ]
    began = time.process_time()
    build_thread((*many, *ALL), "c", 99)
    assert time.process_time() - began < 10


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as store:
        for name, letters in (("one.pdf", (b.cover(), b.circular())), ("none.pdf", ())):
            path = tmp_path / name
            path.write_text(name)
            document = b.case(letters).document
            source = document.source.model_copy(update={"sha256": store.keep_original(path), "name": name})
            store.put_document(document.model_copy(update={"source": source}), "test", ())
        yield store


def test_the_archive_gives_its_letters_with_what_they_name(archive: Archive) -> None:
    cover, circular = archive.letters()
    assert [(each.cited_as, each.number) for each in cover.cites] == [
        ("reference", "อต 0023.3/ว 853"),
        ("enclosure", "มท 0810.2/ว 856"),
    ]
    assert (cover.deadline, cover.recipients) == (dt.date(2021, 5, 7), ("นายอำเภอทุกอำเภอ",))
    assert circular.index == 1


def test_what_has_no_chain_is_said(archive: Archive) -> None:
    with pytest.raises(NotFoundError):
        find_thread(archive, "nothing.pdf", Limits())
    with pytest.raises(UsageError, match="no letter"):
        find_thread(archive, "none.pdf", Limits())


def test_the_command_prints_the_chain(archive: Archive) -> None:
    def run(*options: str, **environment: str) -> str:
        done = saraban("thread", "one.pdf", "--archive", archive.folder, *options, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    table = run(SARABAN_LANG="th")
    assert "ไม่มีในคลัง (ต้องค้นหา)" in table
    assert "ส่งลำดับที่ ๒ มาด้วย" in table
    assert json.loads(run("--format", "json"))["letters"][0]["number"] == "อต 0023.3/ว 853"
    assert saraban("thread", "one.pdf", "--archive", archive.folder, "--format", "xml").returncode == 2
