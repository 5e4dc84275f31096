"""Archives become one: what two hosts read, each its own part, equals what one reads alone."""

import pytest

from core.errors import UsageError
from core.progress import NullProgress
from core.settings import Settings
from models.document import DocumentStatus
from pipeline.import_control import ImportControl, Shard
from pipeline.importing import import_files
from store.archive import Archive
from store.merging import merge
from store.schema import metadata
from store.verification import verify
from tests.pipeline.test_importing import LETTER, NOBODY, TABLE
from tests.store.test_archive import ENGINE, make_document

TIMES = ("imported_at", "first_seen", "frozen_at", "id", "version", "read_at")
TABLES = [
    "documents",
    "document_names",
    "document_origins",
    "letters",
    "page_results",
    "snapshots",
    "record_digests",
    "passages",
    "letter_fields",
    "status_rows",
    "findings",
]


def rows(archive):
    """All rows without times and ids."""
    with archive.reading() as connection:
        return {
            table: sorted(
                str(sorted((key, value) for key, value in row.items() if key not in TIMES))
                for row in connection.execute(metadata.tables[table].select()).mappings()
            )
            for table in TABLES
        }


@pytest.mark.slow
def test_shards_merged_equal_the_whole(tmp_path, either_database):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(LETTER.format(number), "utf-8")
    (folder / "t.csv").write_text(TABLE, "utf-8")
    archives = [Archive.open(tmp_path / name) for name in ("whole", "one", "two", "merged")]
    whole, one, two, merged = archives
    for archive, shard in ((whole, None), (one, Shard(1, 2)), (two, Shard(2, 2))):
        control = ImportControl(shard=shard)
        done = list(import_files([folder], archive, Settings(jobs=1), NOBODY, NullProgress(), control=control))
        assert len(done) == 7
    assert 0 < len(one.documents()) < 7
    assert len(one.documents()) + len(two.documents()) == 7
    for part in (one, two, one):
        outcome = merge(part, merged)
        assert outcome.faults == []
    assert (outcome.added, outcome.known) == (0, len(one.documents()))
    assert rows(merged) == rows(whole)
    assert list(verify(merged)) == []
    for archive in archives:
        archive.close()


def test_the_better_reading_stays(tmp_path, either_database):
    path = tmp_path / "ก.txt"
    path.write_text("ก", "utf-8")
    with Archive.open(tmp_path / "a") as good, Archive.open(tmp_path / "b") as bad:
        for archive, status in ((good, DocumentStatus.OK), (bad, DocumentStatus.FAILED)):
            sha = archive.keep_original(path)
            archive.put_document(make_document(sha, "ก.txt", status=status), ENGINE)
        merge(bad, good)
        assert good.status(sha) is DocumentStatus.OK


@pytest.mark.parametrize("said", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2"])
def test_what_is_no_shard_is_refused(said):
    with pytest.raises(UsageError):
        Shard.parse(said)


def test_every_file_is_of_exactly_one_shard():
    for sha in (f"{number:064x}"[::-1] for number in range(100)):
        assert sum(Shard(index, 7).holds(sha) for index in range(1, 8)) == 1
