"""The chain around a letter is found without reading the archive: it is the same as when all of it is read."""

import random
import sqlite3

import pytest

from bench.invented_letters import SEED, fill, invent_letter, name_sha
from core.limits import Limits
from correspondence.graph import build_thread
from pipeline.thread import find_thread
from store.archive import Archive
from store.decisions import put_record

LETTERS = 150
FEW = 25
TABLES = ("documents", "document_names", "record_digests", "letters", "doubts", "passages", "letter_fields", "findings")
MOMENTS = ("imported_at", "first_seen")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("thread") / "archive") as opened:
        fill(opened, LETTERS)
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("most", [200, 3])
def test_it_is_the_chain_that_the_whole_archive_gives(archive, most) -> None:
    limits = Limits(thread_letters=most)
    lengths = set()
    for number in range(LETTERS):
        found = find_thread(archive, name_sha(number), limits)
        assert found == build_thread(archive.letters(), name_sha(number), most)
        lengths.add(len(found.letters))
    assert max(lengths) >= 3
    assert 1 in lengths


def test_other_letters_are_not_read(archive, monkeypatch) -> None:
    asked = []
    whole = Archive.letters

    def letters(self, of=None):
        asked.append(of)
        return whole(self, of)

    monkeypatch.setattr(Archive, "letters", letters)
    find_thread(archive, name_sha(7), Limits())
    assert 0 < max(map(len, asked)) < LETTERS / 2


def test_an_archive_that_is_filled_at_once_is_like_one_that_is_filled_by_reading(archive, tmp_path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - invented letters
    with Archive.open(tmp_path / "archive") as slow:
        with slow.writing() as connection:
            for number in range(LETTERS):
                put_record(connection, invent_letter(number, chance), "bench")
        with (
            sqlite3.connect(archive.folder / "saraban.db") as one,
            sqlite3.connect(slow.folder / "saraban.db") as other,
        ):
            for table in TABLES:
                columns = [row[1] for row in one.execute(f"PRAGMA table_info({table})") if row[1] not in MOMENTS]
                query = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - our own tables
                assert set(one.execute(query)) == set(other.execute(query)), table


def test_a_chain_in_either_database(either_database, tmp_path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - invented letters
    with Archive.open(tmp_path / "archive") as opened:
        with opened.writing() as connection:
            for number in range(FEW):
                put_record(connection, invent_letter(number, chance), "bench")
        chains = [find_thread(opened, name_sha(number), Limits()) for number in range(FEW)]
        assert chains == [build_thread(opened.letters(), name_sha(number), 200) for number in range(FEW)]
        assert any(link.basis == "same" for chain in chains for link in chain.links)
