"""What keeps an archive whole: checks that name the document, copies, upgrades, removals that erase nothing."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import AmbiguousNameError, DamagedFileError, RemovedDocumentError, StoreError
from store import failures, originals, removals
from store.archive import Archive
from store.backup import back_up, restore
from store.verification import FaultKind, count_checked, verify
from tests.store.test_archive import ENGINE, dump, make_document, make_snapshot


@pytest.fixture
def archive(tmp_path, either_database):
    """Two documents with their originals."""
    with Archive.open(tmp_path / "archive") as opened:
        for name in ("ก.txt", "ข.txt"):
            path = tmp_path / name
            path.write_text(name, "utf-8")
            sha = opened.keep_original(path)
            opened.put_document(make_document(sha, name), ENGINE, (make_snapshot(sha, sha),))
        yield opened


def kinds(archive):
    return [(fault.kind, fault.name) for fault in verify(archive)]


def sha_of(archive, name):
    return archive.document(name).source.sha256


def change(archive, statement, **values):
    with archive.writing() as connection:
        connection.execute(text(statement), values)


def test_a_whole_archive_has_no_fault(archive):
    assert kinds(archive) == []


@pytest.mark.parametrize("content", [b"", b"other"])
def test_a_damaged_original_is_named(archive, content):
    kept = archive.original(sha_of(archive, "ข.txt"))
    kept.chmod(0o600)
    kept.write_bytes(content)
    assert kinds(archive) == [(FaultKind.ORIGINAL_DAMAGED, "ข.txt")]


def test_a_lost_original_is_named(archive):
    originals.discard(sha_of(archive, "ก.txt"), archive.folder / "originals")
    assert kinds(archive) == [(FaultKind.ORIGINAL_MISSING, "ก.txt")]


def test_a_changed_letter_in_a_record_is_named(archive):
    change(archive, "UPDATE documents SET record = replace(record, 'การบันทึก', 'การบันทัก') WHERE name = 'ข.txt'")
    assert kinds(archive) == [(FaultKind.RECORD_DAMAGED, "ข.txt")]


@pytest.mark.sqlite
def test_a_flipped_byte_in_the_file_names_the_document_and_the_others_are_looked_at(archive):
    sha = sha_of(archive, "ก.txt")
    folder = archive.folder
    archive.close()
    with closing(sqlite3.connect(folder / "saraban.db")) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [record] = connection.execute("SELECT record FROM documents WHERE sha256 = ?", (sha,)).fetchone()
    connection.close()
    path = folder / "saraban.db"
    content = bytearray(path.read_bytes())
    at = content.find(record[:60].encode())
    assert at > 0
    content[at + 2] ^= 0x80  # no UTF-8 any more
    path.write_bytes(content)
    with Archive.open(folder) as damaged:
        assert kinds(damaged) == [(FaultKind.RECORD_DAMAGED, "ก.txt")]


def test_what_a_stopped_import_leaves_is_told_and_is_no_loss(archive, tmp_path):
    path = tmp_path / "ค.txt"
    path.write_text("ค", "utf-8")
    archive.keep_original(path)
    change(archive, "INSERT INTO page_results VALUES ('k', 'feed', 1, '{}', '[]', '')")
    found = list(verify(archive))
    assert [fault.kind for fault in found] == [FaultKind.ORIGINAL_UNCLAIMED, FaultKind.PAGES_UNCLAIMED]
    assert all(fault.is_harmless for fault in found)


@pytest.mark.sqlite
def test_a_broken_reference_is_told(archive):
    with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
        connection.execute("INSERT INTO document_names VALUES ('feed', 'x', '')")
    connection.close()
    assert kinds(archive) == [(FaultKind.REFERENCE, None)]


@pytest.mark.sqlite
def test_a_copy_restores_the_archive_to_the_row(archive, tmp_path):
    made = back_up(archive.folder, tmp_path / "copy")
    assert (made.documents, made.originals, made.faults) == (2, 2, ())
    assert back_up(archive.folder, tmp_path / "copy").originals == 0
    restore(tmp_path / "copy", tmp_path / "new")
    with Archive.open(tmp_path / "new", create=False) as restored:
        assert dump(restored) == dump(archive)
        assert kinds(restored) == []


@pytest.mark.sqlite
def test_restoring_touches_nothing_beside_the_folder_that_is_named(archive, tmp_path, monkeypatch):
    back_up(archive.folder, tmp_path / "copy")
    beside = tmp_path / "new.part"
    beside.mkdir()
    (beside / "notes.txt").write_text("ของผู้ใช้", "utf-8")
    restore(tmp_path / "copy", tmp_path / "new")
    assert (beside / "notes.txt").read_text("utf-8") == "ของผู้ใช้"
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    restore(tmp_path / "copy", Path())
    for folder in ("new", "here"):
        assert sorted(path.name for path in (tmp_path / folder).iterdir()) == ["originals", "saraban.db"]
        with Archive.open(tmp_path / folder, create=False) as restored:
            assert kinds(restored) == []


@pytest.mark.sqlite
def test_a_damaged_original_does_not_reach_the_copy_and_is_told(archive, tmp_path):
    kept = archive.original(sha_of(archive, "ข.txt"))
    kept.chmod(0o600)
    kept.write_bytes(b"other")
    made = back_up(archive.folder, tmp_path / "copy")
    assert len(made.faults) == 1
    assert made.faults[0].startswith("ข.txt (")


@pytest.mark.sqlite
def test_nothing_is_restored_over_something_or_from_a_damaged_copy(archive, tmp_path):
    back_up(archive.folder, tmp_path / "copy")
    with pytest.raises(StoreError):
        restore(tmp_path / "copy", archive.folder)
    with Archive.open(tmp_path / "copy") as copy:
        change(copy, "UPDATE documents SET record = replace(record, 'การบันทึก', 'การบันทัก')")
    with pytest.raises(DamagedFileError):
        restore(tmp_path / "copy", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_copy_within_the_archive_is_refused(archive):
    with pytest.raises(StoreError):
        back_up(archive.folder, archive.folder / "copy")


@pytest.mark.sqlite
def test_a_newer_archive_is_refused_untouched_and_an_older_one_is_kept_as_it_was(archive, tmp_path):
    folder = archive.folder
    change(archive, "UPDATE alembic_version SET version_num = '9999'")
    archive.close()
    with pytest.raises(StoreError, match="9999"):
        Archive.open(folder)
    assert [path.name for path in folder.glob("saraban.db.*")] == []
    older = tmp_path / "older"
    shutil.copytree(folder, older)
    with closing(sqlite3.connect(older / "saraban.db")) as connection, connection:
        connection.executescript(
            "DROP TABLE record_digests; DROP TABLE failures; DROP TABLE removals;"
            "DROP TABLE letter_fields; DROP TABLE status_rows; DROP TABLE findings; DROP TABLE status_wordings;"
            "DROP TABLE table_facts;"
            "DROP INDEX ix_documents_index_version; DROP INDEX ix_letters_date;"
            "ALTER TABLE documents DROP COLUMN index_version; ALTER TABLE documents DROP COLUMN frozen_with;"
            " ALTER TABLE page_results DROP COLUMN read_at;"
            "DROP TABLE account_events; DROP TABLE sessions; DROP TABLE accounts;"
            "DROP TABLE passage_index_pairs; DROP VIEW passage_index_texts;"
            "DROP INDEX ix_decisions_batch; ALTER TABLE decisions DROP COLUMN batch;"
            "UPDATE alembic_version SET version_num = '0005'"
        )
    connection.close()
    with Archive.open(older) as upgraded:
        assert kinds(upgraded) == []
    with closing(sqlite3.connect(older / "saraban.db.0005")) as connection, connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (2,)
    connection.close()


def test_a_document_is_hidden_with_a_reason_and_comes_back(archive):
    sha = sha_of(archive, "ก.txt")
    with archive.writing() as connection:
        removals.note(connection, sha, "ซ้ำ", removed=True)
    assert [each.name for each in archive.documents()] == ["ข.txt"]
    assert [each.document for each in archive.letters()] == [sha_of(archive, "ข.txt")]
    assert len(archive.snapshots()) == 1
    with pytest.raises(RemovedDocumentError):
        archive.document("ก.txt")
    with archive.reading() as connection:
        assert [(each.name, each.reason) for each in removals.list_removed(connection)] == [("ก.txt", "ซ้ำ")]
    assert kinds(archive) == []  # nothing is erased
    assert count_checked(archive) == 2
    with archive.writing() as connection:
        removals.note(connection, sha, "ไม่ซ้ำ", removed=False)
    assert len(archive.documents()) == 2


def test_of_two_documents_of_one_name_the_one_that_was_not_taken_out_is_meant(archive, tmp_path):
    other = tmp_path / "other"
    other.write_text("other", "utf-8")
    sha = archive.keep_original(other)
    archive.put_document(make_document(sha, "ก.txt"), ENGINE)
    with pytest.raises(AmbiguousNameError):
        archive.document("ก.txt")
    with archive.writing() as connection:
        removals.note(connection, sha, "ซ้ำ", removed=True)
    assert archive.document("ก.txt").source.sha256 not in (sha, None)
    with archive.writing() as connection:
        removals.note(connection, archive.document("ก.txt").source.sha256, "ซ้ำ", removed=True)
    with pytest.raises(RemovedDocumentError):
        archive.document("ก.txt")


def test_removals_cannot_be_changed_or_deleted(archive):
    with archive.writing() as connection:
        removals.note(connection, sha_of(archive, "ก.txt"), "ซ้ำ", removed=True)
    for statement in ("UPDATE removals SET reason = ''", "DELETE FROM removals"):
        with pytest.raises(StoreError, match="append-only"):
            change(archive, statement)


def test_failures_are_counted_and_forgotten(archive):
    row = {"origin": "a/b.pdf", "path": "/a/b.pdf", "name": "b.pdf", "slug": "input.damaged", "detail": "x"}
    with archive.writing() as connection:
        failures.note(connection, row)
        failures.note(connection, {**row, "slug": "input.limit"})
        [found] = failures.list_failures(connection)
        assert (found.attempts, found.slug) == (2, "input.limit")
        failures.forget(connection, "a/b.pdf")
        assert failures.list_failures(connection) == []
