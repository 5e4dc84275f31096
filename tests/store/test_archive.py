"""The archive keeps what it is given: whole, once, and for good."""

import datetime as dt
import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from core.errors import NotFoundError, StoreError, UsageError
from core.fingerprint import sha256_file
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Field
from models.letter import Letter, LetterKind, NumberField
from models.ocr import OcrPage
from models.snapshot import Snapshot
from store import originals, sqlite
from store.archive import Archive
from store.database import writing
from store.migrate import upgrade
from store.opening import open_file
from store.page_results import PageResult
from store.schema import REVISION, metadata

SHA = "ab" * 32
ENGINE = "tesseract 5.3.0 saraban a1b2c3d4"
DAY = dt.date(2021, 4, 16)


def make_document(sha=SHA, name="หนังสือ.pdf", subject="การบันทึกข้อมูล", status=DocumentStatus.OK):
    letter = Letter(
        kind=LetterKind.EXTERNAL_LETTER,
        pages=(1,),
        number=NumberField(value="มท 0810.2/ว 856", raw="มท ๐๘๑๐.๒/ว ๘๕๖"),
        date=Field[dt.date](value=dt.date(2021, 4, 26)),
        subject=Field[str](value=subject),
    )
    return Document(
        source=SourceDocument(name=name, sha256=sha, media_type="application/pdf", pages=1),
        status=status,
        text="ข้อความ",
        pages=(Page(number=1, text="ข้อความ", engine=ENGINE),),
        letters=(letter,),
    )


def make_snapshot(key="k1", document=SHA, annex=0, as_of=DAY, series="s"):
    return Snapshot(
        key=key, series=series, title="ก", province="น่าน", as_of=as_of, document=document, annex=annex, rows=()
    )


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def dump(archive):
    with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


class TestOpening:
    @pytest.mark.sqlite
    def test_a_new_archive_has_the_tables_that_the_code_expects(self, archive):
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        engine = sqlite.connect(archive.folder / "saraban.db")
        with engine.connect() as connection:
            # SQLite keeps the tables of a full-text index under its name.
            outside = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("passage_index")}
            differences = compare_metadata(MigrationContext.configure(connection, opts=outside), metadata)
            found = {name for name in inspect(connection).get_table_names() if not name.startswith("passage_index")}
        engine.dispose()
        assert differences == []
        assert found == {*metadata.tables, "alembic_version"}

    @pytest.mark.sqlite
    def test_opening_again_changes_nothing(self, archive):
        before = dump(archive)
        Archive.open(archive.folder, create=False).close()
        assert dump(archive) == before

    @pytest.mark.sqlite
    def test_the_pragmas_hold(self, archive):
        engine = sqlite.connect(archive.folder / "saraban.db")
        with engine.connect() as connection:
            values = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
            ]
        engine.dispose()
        assert values == ["wal", 1, 1, 30000, 0]

    @pytest.mark.sqlite
    def test_an_archive_of_a_newer_version_is_refused_and_left_alone(self, archive):
        with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        before = dump(archive)
        with pytest.raises(StoreError, match="9999"):
            Archive.open(archive.folder)
        assert dump(archive) == before

    def test_no_archive_is_an_error_unless_it_may_be_made(self, tmp_path):
        with pytest.raises(StoreError):
            Archive.open(tmp_path / "none", create=False)
        assert not (tmp_path / "none").exists()

    def test_a_file_that_is_no_database_is_a_store_error(self, tmp_path):
        (tmp_path / "saraban.db").write_bytes(b"not a database at all, not at all" * 40)
        with pytest.raises(StoreError, match=r"saraban\.db"):
            Archive.open(tmp_path)

    def test_a_file_in_the_way_of_the_folder_is_a_store_error(self, tmp_path):
        (tmp_path / "archive").write_text("x")
        with pytest.raises(StoreError):
            Archive.open(tmp_path / "archive")

    def test_a_migration_that_fails_leaves_nothing_behind(self, tmp_path, monkeypatch):
        from alembic import op

        def fail(*args, **kwargs):
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(op, "execute", fail)
        with pytest.raises(StoreError, match="full"):
            open_file(tmp_path, create=True)
        monkeypatch.undo()
        open_file(tmp_path, create=True).engine.dispose()
        with Archive.open(tmp_path, create=False) as opened:
            assert opened.documents() == []

    def test_upgrade_runs_twice(self, tmp_path):
        engine = sqlite.connect(tmp_path / "x%20.db")
        made = []
        for _ in range(2):
            upgrade(writing(engine))
            with engine.connect() as connection:
                made.append(connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all())
                version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        engine.dispose()
        assert made[0] == made[1]
        assert version == REVISION
        assert [path.name for path in tmp_path.iterdir()] == ["x%20.db"]


class TestOriginals:
    def test_bytes_are_kept_as_they_are(self, archive, tmp_path):
        source = tmp_path / "หนังสือ.PDF"
        source.write_bytes(bytes(range(256)) * 9000)
        sha = archive.keep_original(source)
        kept = archive.original(sha)
        assert kept == archive.folder / "originals" / sha[:2] / f"{sha}.pdf"
        assert kept.read_bytes() == source.read_bytes()
        assert sha == sha256_file(source)

    def test_the_same_bytes_are_kept_once(self, archive, tmp_path):
        for name in ("a.pdf", "b.tiff", "c"):
            (tmp_path / name).write_bytes(b"same")
            archive.keep_original(tmp_path / name)
        assert len([path for path in (archive.folder / "originals").rglob("*") if path.is_file()]) == 1

    def test_a_strange_suffix_does_not_become_part_of_a_path(self, archive, tmp_path):
        source = tmp_path / "x.p d;f"
        source.write_bytes(b"1")
        assert archive.original(archive.keep_original(source)).suffix == ""

    @pytest.mark.parametrize("failing", ["fsync", "replace"])
    def test_a_full_disk_leaves_no_half_file(self, tmp_path, monkeypatch, failing):
        source = tmp_path / "a.pdf"
        source.write_bytes(b"bytes")

        def full(*args):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(*((os, "fsync", full) if failing == "fsync" else (Path, "replace", full)))
        with pytest.raises(StoreError, match="No space"):
            originals.keep(source, tmp_path / "kept")
        assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []

    def test_a_file_that_changes_while_it_is_copied_is_known_by_what_was_copied(self, tmp_path, monkeypatch):
        source = tmp_path / "a.pdf"
        source.write_bytes(b"first")
        real = originals._write

        def changed(path, handle):
            path.write_bytes(b"second")
            return real(path, handle)

        monkeypatch.setattr(originals, "_write", changed)
        sha = originals.keep(source, tmp_path / "kept")
        assert originals.find(sha, tmp_path / "kept").read_bytes() == b"second"
        kept = originals.find(sha, tmp_path / "kept")
        assert kept
        assert sha256_file(kept) == sha

    def test_a_copy_that_does_not_read_back_is_refused_and_leaves_nothing(self, tmp_path, monkeypatch):
        source = tmp_path / "a.pdf"
        source.write_bytes(b"first")
        monkeypatch.setattr(originals, "_write", lambda path, handle: "0" * 64)
        with pytest.raises(StoreError, match="read back"):
            originals.keep(source, tmp_path / "kept")
        assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize("damage", [b"", b"firsT", b"fir"])
    def test_a_damaged_original_is_mended_by_the_true_file(self, archive, tmp_path, damage):
        source = tmp_path / "a.pdf"
        source.write_bytes(b"first")
        kept = archive.original(archive.keep_original(source))
        kept.chmod(0o600)
        kept.write_bytes(damage)
        assert not originals.is_sound(kept)
        assert archive.original(archive.keep_original(source)).read_bytes() == b"first"

    def test_bytes_that_are_no_document_are_let_go_and_those_of_one_are_not(self, archive, tmp_path):
        for name, content in (("a.pdf", b"one"), ("b.pdf", b"two")):
            (tmp_path / name).write_bytes(content)
        first, second = (archive.keep_original(tmp_path / name) for name in ("a.pdf", "b.pdf"))
        archive.put_document(make_document(first), ENGINE)
        archive.discard_original(first)
        archive.discard_original(second)
        assert archive.original(first) is not None
        assert archive.original(second) is None

    def test_bytes_that_another_process_reads_are_not_let_go(self, archive, tmp_path):
        (tmp_path / "a.pdf").write_bytes(b"one")
        sha = archive.keep_original(tmp_path / "a.pdf")
        with Archive.open(archive.folder) as other, other.hold_original(sha):
            archive.discard_original(sha)
            assert archive.original(sha) is not None
        archive.discard_original(sha)
        assert archive.original(sha) is None
        with pytest.raises(StoreError):
            archive.hold_original(sha)

    def test_no_file_is_no_store_error(self, archive, tmp_path):
        with pytest.raises(NotFoundError):
            archive.keep_original(tmp_path / "none.pdf")


class TestDocuments:
    def test_a_document_comes_back_as_it_was(self, archive):
        archive.put_document(make_document(), ENGINE)
        for name in (SHA, SHA[:4], SHA[:9].upper(), "หนังสือ.pdf"):
            assert archive.document(name) == make_document()
        for name in ("abc", "ffff", "หนังสือ", "%", "ab_%", "หนังสือ.pdf' OR 1=1 --"):
            assert archive.document(name) is None

    @pytest.mark.sqlite
    def test_doing_it_twice_changes_nothing(self, archive):
        snapshot = make_snapshot()
        archive.put_document(make_document(), ENGINE, (snapshot,))
        before = dump(archive)
        archive.put_document(make_document(), ENGINE, (snapshot,))
        assert dump(archive) == before

    def test_a_later_reading_takes_the_place_of_the_earlier(self, archive):
        archive.put_document(make_document(subject="เก่า"), ENGINE)
        first = archive.documents()[0]
        archive.put_document(make_document(subject="ใหม่"), "engine 2")
        (second,) = archive.documents()
        assert (first.subject, second.subject) == ("เก่า", "ใหม่")
        assert second.imported_at == first.imported_at
        assert archive.document(SHA).letters[0].subject.value == "ใหม่"

    def test_the_summary_tells_of_the_first_letter(self, archive):
        archive.put_document(make_document(), ENGINE)
        (summary,) = archive.documents()
        assert (summary.letters, summary.annexes, summary.pages) == (1, 0, 1)
        assert (summary.number, summary.date) == ("มท 0810.2/ว 856", dt.date(2021, 4, 26))
        assert summary.status is DocumentStatus.OK
        assert summary.imported_at.tzinfo is not None

    def test_a_failure_half_way_keeps_nothing(self, archive):
        orphan = make_snapshot(document="cd" * 32)
        with pytest.raises(StoreError):
            archive.put_document(make_document(), ENGINE, (orphan,))
        assert archive.documents() == []
        assert archive.document(SHA) is None

    @pytest.mark.parametrize(
        ("status", "current"),
        [
            (DocumentStatus.OK, True),
            (DocumentStatus.NEEDS_REVIEW, True),
            (DocumentStatus.PARTIAL, False),
            (DocumentStatus.FAILED, False),
        ],
    )
    def test_what_was_read_to_its_end_is_current(self, archive, status, current):
        assert not archive.is_current(SHA, ENGINE)
        archive.put_document(make_document(status=status), ENGINE)
        assert archive.is_current(SHA, ENGINE) is current
        assert not archive.is_current(SHA, "another engine")

    def test_the_same_bytes_under_another_name_are_the_same_document(self, archive, tmp_path):
        (tmp_path / "a.pdf").write_bytes(b"same")
        (tmp_path / "b.pdf").write_bytes(b"same")
        sha = archive.keep_original(tmp_path / "a.pdf")
        archive.put_document(make_document(sha=sha, name="a.pdf"), ENGINE)
        archive.keep_original(tmp_path / "b.pdf")
        assert archive.names(sha) == ["a.pdf", "b.pdf"]
        assert archive.document("b.pdf") == archive.document("a.pdf") is not None
        assert len(archive.documents()) == 1

    def test_a_name_that_several_documents_bear_is_ambiguous(self, archive):
        archive.put_document(make_document(sha="abcd" + "0" * 60), ENGINE)
        archive.put_document(make_document(sha="abcd" + "1" * 60), ENGINE)
        for name in ("หนังสือ.pdf", "abcd"):
            with pytest.raises(UsageError):
                archive.document(name)
        assert archive.document("abcd0").source.sha256.startswith("abcd0")

    @pytest.mark.sqlite
    def test_a_damaged_record_is_a_store_error(self, archive):
        archive.put_document(make_document(), ENGINE)
        with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
            connection.execute("""UPDATE documents SET record = '{"schema": "saraban/9"}'""")
        connection.close()
        with pytest.raises(StoreError, match="Document"):
            archive.document(SHA)

    @pytest.mark.sqlite
    def test_a_full_disk_is_a_store_error(self, archive, monkeypatch):
        pages = sqlite3.connect(archive.folder / "saraban.db")
        limit = pages.execute("PRAGMA page_count").fetchone()[0] + 2
        pages.close()
        monkeypatch.setattr(sqlite, "_PRAGMAS", (*sqlite._PRAGMAS, f"max_page_count={limit}"))
        with Archive.open(archive.folder) as small:
            with pytest.raises(StoreError, match="full"):
                small.put_document(make_document(subject="ก" * 100_000), ENGINE)
            assert small.documents() == []


@pytest.mark.sqlite
def test_the_database_is_its_owners_alone_in_an_open_folder_too(tmp_path):
    tmp_path.chmod(0o755)
    open_file(tmp_path, create=True).engine.dispose()
    assert (tmp_path / "saraban.db").stat().st_mode & 0o077 == 0


class TestPages:
    def test_a_page_comes_back_and_outlives_the_run(self, archive):
        page = OcrPage(number=2, engine=ENGINE, width=10, height=20)
        result = PageResult("key", SHA, page)
        assert archive.known_pages(SHA, ["key"]) == {}
        archive.put_pages([result])
        archive.put_pages([result, result])
        with Archive.open(archive.folder) as again:
            assert again.known_pages(SHA, ["key", "other"]) == {"key": result}

    @pytest.mark.sqlite
    def test_a_page_of_an_older_shape_is_read_again(self, archive):
        archive.put_pages([PageResult("key", SHA, OcrPage(number=2, engine=ENGINE, width=10, height=20))])
        with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
            connection.execute("""UPDATE page_results SET payload = '{"number": 2}'""")
        connection.close()
        assert archive.known_pages(SHA, ["key"]) == {}


class TestSnapshots:
    @pytest.fixture(autouse=True)
    def _documents(self, archive):
        archive.put_document(make_document(), ENGINE)
        archive.put_document(make_document(sha="cd" * 32, name="b.pdf"), ENGINE)

    @pytest.mark.parametrize("statement", ["UPDATE snapshots SET version = 7", "DELETE FROM snapshots"])
    @pytest.mark.sqlite
    def test_they_cannot_be_changed_or_deleted(self, archive, statement):
        archive.put_snapshot(make_snapshot())
        connection = sqlite3.connect(archive.folder / "saraban.db")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
        connection.close()
        assert [kept.version for kept in archive.snapshots()] == [1]

    def test_the_same_reading_is_kept_once(self, archive):
        first = archive.put_snapshot(make_snapshot())
        assert archive.put_snapshot(make_snapshot()) == first == make_snapshot()
        assert archive.snapshots() == [first]

    def test_another_reading_of_the_same_round_is_the_next_version(self, archive):
        archive.put_snapshot(make_snapshot())
        same_paper = archive.put_snapshot(make_snapshot(key="k2", series="title read otherwise"))
        other_scan = archive.put_snapshot(make_snapshot(key="k3", document="cd" * 32))
        assert (same_paper.version, other_scan.version) == (2, 2)

    def test_another_round_begins_at_one(self, archive):
        archive.put_snapshot(make_snapshot())
        later = archive.put_snapshot(make_snapshot(key="k2", document="cd" * 32, as_of=DAY + dt.timedelta(7)))
        undated = archive.put_snapshot(make_snapshot(key="k3", document="cd" * 32, annex=1, as_of=None))
        undated_too = archive.put_snapshot(make_snapshot(key="k4", document="cd" * 32, annex=2, as_of=None))
        assert [later.version, undated.version, undated_too.version] == [1, 1, 1]

    def test_a_series_can_be_asked_for(self, archive):
        kept = archive.put_snapshot(make_snapshot())
        archive.put_snapshot(make_snapshot(key="k2", series="t", document="cd" * 32))
        assert archive.snapshots("s") == [kept]
        assert len(archive.snapshots()) == 2
        assert archive.snapshots("none") == []


def test_what_a_killed_process_had_half_copied_goes_and_what_another_copies_stays(archive, tmp_path):
    folder = archive.folder / "originals"
    folder.mkdir(exist_ok=True)
    (folder / ".keep-abandoned").write_bytes(b"half")
    with originals._unfinished_copy(folder) as (_, copying):
        archive.remove_abandoned()
        assert [path.name for path in folder.glob(".keep-*")] == [copying.name]
