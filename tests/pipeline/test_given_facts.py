"""What a person said of a table when it was given in holds in every later reading, until something else is said."""

import datetime as dt
import json

import pytest
from sqlalchemy import insert, text

from core.progress import NullProgress
from core.settings import Settings
from models.table_facts import GivenDay, TableFacts
from pipeline.import_control import ImportControl
from pipeline.import_outcome import Result
from pipeline.importing import Importer, import_files
from pipeline.merging import take_in
from pipeline.planning import plan_import
from pipeline.rereading import find_kept, list_failed, open_failed
from store import table_facts
from store.archive import Archive
from store.backup import back_up, back_up_server
from store.schema import failures
from tests.pipeline.test_importing import NOBODY

DAY = TableFacts(as_of=GivenDay(day=dt.date(2022, 12, 31), text="2565"))
TITLE = TableFacts(title="เรื่องที่ให้ไว้")
ALL = TableFacts(as_of=DAY.as_of, title=TITLE.title, province="อุตรดิตถ์", columns={"name": "หน่วย", "district": "ท้องที่"})
TABLE = "ท้องที่,หน่วย,ผล\nตรอน,ทต.ตรอน,ผ่าน\n"
SETTINGS = Settings(jobs=1)
pytestmark = pytest.mark.slow


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "ก.csv"
    path.write_text(TABLE, "utf-8")
    return path


def give(archive, path, facts=None, **settings):
    said = () if facts is None else (facts,)
    options = Settings(jobs=1, **settings)
    return [each.result for each in import_files([path], archive, options, NOBODY, NullProgress(), *said)]


def read_again(archive, entries=None, **control):
    importer = Importer(archive, SETTINGS, NOBODY, NullProgress(), control=ImportControl(**control))
    return [each.result for each in importer.run(list(find_kept(archive)) if entries is None else entries)]


def stands(archive):
    """What the record says that could be given: day, what was typed for it, title, province and the body's column."""
    [annex] = archive.require_document("ก.csv").annexes
    return annex.as_of.value, annex.as_of.raw, annex.title.value, annex.province.value, annex.rows[0].body.raw


GIVEN = (dt.date(2022, 12, 31), "2565", "เรื่องที่ให้ไว้", "อุตรดิตถ์", "ทต.ตรอน")


def test_every_later_reading_has_it(archive, table):
    assert give(archive, table, ALL) == [Result.IMPORTED]
    assert stands(archive) == GIVEN
    assert give(archive, table) == [Result.UNCHANGED]
    assert plan_import([table], archive, SETTINGS, NOBODY).known == 1
    assert read_again(archive, again=True) == [Result.IMPORTED]
    assert stands(archive) == GIVEN
    assert give(archive, table, review_confidence=0.7) == [Result.IMPORTED]  # as by another engine
    assert stands(archive) == GIVEN


def test_of_each_fact_the_last_word_holds(archive, table):
    give(archive, table, ALL)
    later = TableFacts(as_of=GivenDay(day=dt.date(2023, 12, 31), text="2566"))
    assert give(archive, table, later) == [Result.IMPORTED]
    assert stands(archive) == (dt.date(2023, 12, 31), "2566", *GIVEN[2:])
    assert give(archive, table, TableFacts(title=None)) == [Result.IMPORTED]
    assert stands(archive)[1:4] == ("2566", "ก", "อุตรดิตถ์")
    assert give(archive, table) == [Result.UNCHANGED]


def test_what_names_no_column_of_a_table_is_not_kept(archive, table):
    give(archive, table, ALL)
    assert give(archive, table, TableFacts(columns={"name": "ไม่มี"})) == [Result.FAILED]
    read_again(archive, again=True)
    assert stands(archive) == GIVEN


def test_a_file_that_failed_is_tried_again_with_it(archive, table):
    table.write_text('หน่วย,ผล\n"ก,ข\n', "utf-8")
    assert give(archive, table, ALL) == [Result.FAILED]
    assert give(archive, table) == [Result.FAILED]
    for content, result in (('หน่วย,ผล\n"ก,ข\n', Result.FAILED), (TABLE, Result.IMPORTED)):
        table.write_text(content, "utf-8")
        listing, failed = open_failed(archive, SETTINGS.limits)
        with listing:
            assert read_again(archive, list(list_failed(listing, failed)), retries=True) == [result]
    assert stands(archive) == GIVEN


def test_a_file_that_took_the_place_of_one_that_failed_is_not_dated_by_it(archive, table):
    table.write_text('หน่วย,ผล\n"ก,ข\n', "utf-8")
    give(archive, table, ALL)
    table.write_text("จังหวัด,อำเภอ,ชื่อ อปท.,ผล\nอุตรดิตถ์,ตรอน,ทต.ตรอน,ผ่าน\n", "utf-8")
    assert give(archive, table) == [Result.IMPORTED]
    assert stands(archive)[:3] == (None, "", "ก")


def test_a_copy_has_it(archive, table, tmp_path, either_database):
    give(archive, table, ALL)
    if either_database == "sqlite":
        back_up(archive.folder, tmp_path / "copy")
    else:
        back_up_server(archive, tmp_path / "copy")
    with Archive.open(tmp_path / "copy", create=False) as copy:
        assert give(copy, table) == [Result.UNCHANGED]
        read_again(copy, again=True)
        assert stands(copy) == GIVEN


@pytest.fixture
def other(tmp_path, either_database):
    with Archive.open(tmp_path / "other") as opened:
        yield opened


def test_a_reading_with_what_was_said_elsewhere_takes_the_place_of_one_without(archive, other, table):
    bare = ALL.model_copy(update={"as_of": None, "title": None})
    give(archive, table, bare)
    give(other, table, ALL)
    for _ in range(2):
        merged = take_in(other, archive, SETTINGS)
        assert (merged.unread, merged.disputed) == ([], [])
        assert stands(archive) == GIVEN
        assert [one.as_of for one in archive.snapshots()][-1] == GIVEN[0]
    assert give(archive, table) == [Result.UNCHANGED]


def test_what_was_said_in_each_holds_from_the_next_reading_on_and_that_is_told(archive, other, table):
    columns = TableFacts(columns=ALL.columns, province=ALL.province)
    give(archive, table, DAY.over(columns))
    give(other, table, TITLE.over(columns))
    assert take_in(other, archive, SETTINGS).unread == ["ก.csv"]
    assert stands(archive)[1:3] == ("2565", "ก")
    assert give(archive, table) == [Result.IMPORTED]
    assert stands(archive) == GIVEN


def test_of_one_fact_what_was_said_here_stands_and_that_is_told(archive, other, table):
    give(archive, table, ALL)
    give(other, table, TableFacts(title="อื่น").over(ALL))
    for _ in range(2):
        assert take_in(other, archive, SETTINGS).disputed == ["ก.csv"]
        assert stands(archive) == GIVEN


def test_an_archive_from_before_has_what_its_readings_show(archive, table, tmp_path, either_database):
    give(archive, table, ALL)
    with archive.writing() as connection:
        row = {"origin": "ข", "path": "ข", "name": "ข", "slug": "x", "detail": "", "attempts": 1}
        connection.execute(insert(failures).values(row | {"first_at": "2026-01-01", "last_at": "2026-01-01"}))
        connection.execute(text("DROP TABLE table_facts"))
        if either_database == "postgresql":
            connection.execute(text("DROP FUNCTION table_facts_refuse"))
        connection.execute(text("ALTER TABLE failures DROP COLUMN facts"))
        connection.execute(text("ALTER TABLE documents DROP COLUMN frozen_with"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0011'"))
    Archive.open(tmp_path / "archive", create=False).close()
    sha = archive.require_document("ก.csv").source.sha256
    with archive.reading() as connection:
        assert table_facts.in_force(connection, sha) == DAY.over(TITLE)
        kept = connection.execute(text("SELECT payload FROM table_facts ORDER BY id")).scalars().all()
    assert [list(json.loads(payload)) for payload in kept] == [["as_of"], ["title"]]
