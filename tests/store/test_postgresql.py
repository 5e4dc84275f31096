"""The archive on a PostgreSQL server: from the command line, by several at once, and to and from copies."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import NoArchiveError, StoreError, UsageError
from store import postgresql
from store.archive import Archive
from store.backup import back_up_server, restore_on_server
from store.merging import merge
from store.verification import verify
from tests.pipeline.test_importing import LETTER, TABLE
from tests.store.test_archive import ENGINE, SHA, make_document, make_snapshot
from tests.store.test_merging import rows

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.postgresql


@pytest.fixture
def address(postgresql_databases, tmp_path) -> str:
    return postgresql_databases.address(tmp_path)


@pytest.fixture
def archive(address, tmp_path):
    with Archive.open(tmp_path / "archive", address=address) as opened:
        yield opened


def command(archive: Path, address: str | None, *arguments: object) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), *map(str, arguments), "--archive", str(archive)]


def environment(address: str | None) -> dict[str, str]:
    given = {"SARABAN_LANG": "en", "SARABAN_JOBS": "1", **({"SARABAN_DATABASE": address} if address else {})}
    return {**os.environ, **given}


def letters(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{number}.txt" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(LETTER.format(number), "utf-8")
    (folder / "t.csv").write_text(TABLE, "utf-8")
    return [*files, folder / "t.csv"]


@pytest.mark.slow
def test_four_importers_at_once_make_what_one_makes(archive, address, tmp_path) -> None:
    files = letters(tmp_path / "in", 11)
    at_once = [
        subprocess.Popen(
            command(archive.folder, address, "import", *files[number::4]),
            env=environment(address), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]  # fmt: skip
    assert [importer.communicate()[1] and importer.returncode for importer in at_once] == [0] * 4
    alone = tmp_path / "alone"
    subprocess.run(command(alone, None, "import", *files), env=environment(None), check=True, capture_output=True)
    with Archive.open(alone) as other:
        assert rows(archive) == rows(other)
    listed = subprocess.run(
        command(archive.folder, address, "list"), env=environment(address), check=True, capture_output=True, text=True
    )
    assert "0.txt" in listed.stdout


def test_what_is_append_only_is_refused_by_the_server(archive) -> None:
    archive.put_document(make_document(), ENGINE, frozen=(make_snapshot(),))
    for statement in ("UPDATE snapshots SET version = 7", "DELETE FROM snapshots", "TRUNCATE snapshots"):
        with pytest.raises(StoreError, match="append-only"), archive.writing() as connection:
            connection.execute(text(statement))


def test_a_copy_has_all_and_goes_back(archive, postgresql_databases, tmp_path) -> None:
    original = tmp_path / "ก.txt"
    original.write_text("ก", "utf-8")
    sha = archive.keep_original(original)
    archive.put_document(make_document(sha=sha), ENGINE)
    assert back_up_server(archive, tmp_path / "copy").documents == 1
    with Archive.open(tmp_path / "copy", create=False) as copy:
        assert rows(copy) == rows(archive)
        assert list(verify(copy)) == []
    with pytest.raises(StoreError):
        back_up_server(archive, tmp_path / "copy")
    with pytest.raises(StoreError):
        restore_on_server(tmp_path / "copy", archive)
    other = postgresql_databases.address(tmp_path / "other")
    with Archive.open(tmp_path / "other", address=other) as restored:
        assert restore_on_server(tmp_path / "copy", restored).documents == 1
        assert rows(restored) == rows(archive)
        assert list(verify(restored)) == []
        assert merge(archive, restored).known == 1


def test_a_reader_sees_one_state_and_cannot_write(archive) -> None:
    with archive.reading() as connection:
        count = text("SELECT count(*) FROM documents")
        assert connection.execute(count).scalar() == 0
        archive.put_document(make_document(), ENGINE)
        assert connection.execute(count).scalar() == 0
    with pytest.raises(StoreError, match="read-only"), archive.reading() as connection:
        connection.execute(text("DELETE FROM doubts"))


def test_a_character_that_the_server_cannot_hold_is_left_out(archive) -> None:
    archive.put_document(make_document(subject="ก\0ข"), ENGINE)
    assert archive.documents()[0].subject == "กข"
    assert archive.require_document(SHA).letters[0].subject.value == "ก\0ข"


def test_an_address_that_is_none_and_a_database_without_tables_say_so(postgresql_databases, tmp_path) -> None:
    for said in ("nonsense", "mysql://x/y", "postgresql://x/y"):
        with pytest.raises(UsageError, match="SARABAN_DATABASE"):
            postgresql.connect(said)
    nowhere = "postgresql+psycopg://saraban:secret@127.0.0.1:1/none"
    with pytest.raises(StoreError) as raised:
        Archive.open(tmp_path / "a", address=nowhere)
    assert "secret" not in str(raised.value)
    empty = postgresql_databases.empty(tmp_path)
    with pytest.raises(NoArchiveError):
        Archive.open(tmp_path / "b", create=False, address=empty)
