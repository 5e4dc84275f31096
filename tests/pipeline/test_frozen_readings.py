"""What stands in a round is what its document says now: after a decision, after undoing it, and after a new reading."""

import datetime as dt

import pytest

from core.errors import NotFoundError
from core.settings import Settings
from gazetteer.register import load
from models.annex import AnnexShape, Status
from models.decision import Answer
from models.status_wording import StatusWording
from models.table_facts import GivenDay, TableFacts
from pipeline import batches, status_wordings
from pipeline.checking import judge
from pipeline.comparing import choose_rounds, correct_rounds, find_rounds, list_latest_rounds, series_in
from pipeline.deciding import decide, keep_reading, make_decision, undo
from pipeline.reading import read_document
from store import decisions, removals
from store.archive import Archive
from store.frozen_rounds import list_before
from tests.web.archives import NoRecognizer

SETTINGS = Settings()
DAY = dt.date(2021, 6, 30)
NAMES = ("ทต.ตรอน", "อบต.น้ำอ่าง", "อบต.วังแดง")
STATUS = "annexes[0].rows[{}].status"


def read_table(folder, name, rows, day=DAY):
    """Read a table of bodies and their statuses."""
    path = folder / name
    lines = ["จังหวัด,อำเภอ,ชื่อ อปท.,สถานะ", *(f"อุตรดิตถ์,ตรอน,{body},{word}" for body, word in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    facts = TableFacts(as_of=GivenDay(day=day, text=day.isoformat()))
    return read_document(path, SETTINGS, NoRecognizer(), facts=facts)


def put(archive, document, engine="test"):
    keep_reading(archive, document, engine, SETTINGS)
    return document.source.sha256


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def sha(archive, tmp_path):
    """A table of which one body is not complete, as the reading has it."""
    return put(archive, read_table(tmp_path, "a.csv", zip(NAMES, ("ครบ", "ครบ", "ไม่ครบ"), strict=True)))


def complete(archive):
    """Return, of each round, how many bodies are complete and how many there are."""
    found = [one for series in series_in(archive) for one in series.rounds]
    return [(sum(row.status is Status.COMPLETE for row in one.rows), len(one.rows)) for one in found]


def correct(archive, sha, row=2, text="complete", batch=None):
    decision = make_decision(archive.document(sha), STATUS.format(row), Answer.CORRECTED, load(), text)
    decide(archive, sha, [decision], "ก", SETTINGS, batch)


class TestGoingBack:
    def test_undoing_a_decision_reaches_the_round(self, archive, sha):
        assert complete(archive) == [(2, 3)]
        for _ in range(2):
            correct(archive, sha)
            assert complete(archive) == [(3, 3)]
            undo(archive, sha, "ก", SETTINGS)
            assert complete(archive) == [(2, 3)]
        frozen = len(archive.snapshots())
        assert complete(archive) == [(2, 3)]
        assert len(archive.snapshots()) == frozen == 5

    def test_taking_a_batch_back_reaches_the_round(self, archive, sha):
        correct(archive, sha, batch="b")
        assert complete(archive) == [(3, 3)]
        batches.take_back(archive, "b", "ก", SETTINGS)
        assert complete(archive) == [(2, 3)]

    def test_undoing_the_meaning_of_a_wording_reaches_the_round(self, archive, tmp_path):
        put(archive, read_table(tmp_path, "a.csv", zip(NAMES, ("ลุล่วง", "ลุล่วง", "ครบ"), strict=True)))
        assert complete(archive) == [(1, 3)]
        meaning = StatusWording(text="ลุล่วง", column="สถานะ", status=Status.COMPLETE)
        status_wordings.confirm(archive, meaning, "ก", SETTINGS)
        assert complete(archive) == [(3, 3)]
        status_wordings.undo(archive, "ก", SETTINGS)
        assert complete(archive) == [(1, 3)]

    def test_an_earlier_reading_that_is_right_again_is_the_newest(self, archive, sha):
        kept = archive.document(sha)
        [annex] = kept.annexes
        other = annex.model_copy(update={"rows": annex.rows[:1]})
        put(archive, kept.model_copy(update={"annexes": (other,)}), "other")
        assert complete(archive) == [(1, 1)]
        put(archive, kept, "test again")
        assert complete(archive) == [(2, 3)]


def list_due(archive):
    with archive.reading() as connection:
        return decisions.decided_since_frozen(connection)


def test_a_decision_that_changes_no_round_is_looked_at_once(archive, sha):
    frozen = archive.snapshots()
    decide(
        archive, sha, [make_decision(archive.document(sha), STATUS.format(0), Answer.CONFIRMED, load())], "ก", SETTINGS
    )
    assert list_due(archive) == [sha]
    assert complete(archive) == [(2, 3)]
    assert list_due(archive) == []
    correct(archive, sha)
    assert list_due(archive) == [sha]
    assert complete(archive) == [(3, 3)]
    undo(archive, sha, "ก", SETTINGS)
    assert list_due(archive) == [sha]
    assert complete(archive) == [(2, 3)]
    assert (list_due(archive), len(archive.snapshots())) == ([], len(frozen) + 2)


def test_a_removed_document_in_which_people_decided_keeps_nobody_from_the_rounds_of_the_others(archive, sha, tmp_path):
    other = put(archive, read_table(tmp_path, "b.csv", zip(NAMES, ("ครบ",) * 3, strict=True), DAY + dt.timedelta(7)))
    correct(archive, sha)
    with archive.writing() as connection:
        removals.note(connection, sha, "ซ้ำ", removed=True)
    assert complete(archive) == [(3, 3)]
    assert [document.source.sha256 for document, _ in judge(archive, [other], SETTINGS)] == [other]
    with archive.writing() as connection:
        removals.note(connection, sha, "ไม่ซ้ำ", removed=False)
    assert sorted(complete(archive)) == [(3, 3), (3, 3)]


class TestGoneAnnexes:
    @pytest.fixture
    def twice(self, archive, tmp_path):
        """A document with two annexes of two subjects, as it is read."""
        document = read_table(tmp_path, "a.csv", zip(NAMES, ("ครบ", "ครบ", "ไม่ครบ"), strict=True))
        [annex] = document.annexes
        other = annex.model_copy(update={"title": annex.title.model_copy(update={"value": "บัญชีอื่น", "raw": "บัญชีอื่น"})})
        put(archive, document.model_copy(update={"annexes": (annex, other)}))
        return document

    def test_an_annex_that_is_not_read_any_more_is_no_round(self, archive, twice, tmp_path):
        assert len(series_in(archive)) == 2
        put(archive, twice, "newer")
        assert complete(archive) == [(2, 3)]
        later = read_table(tmp_path, "b.csv", zip(NAMES, ("ครบ",) * 3, strict=True), DAY + dt.timedelta(7))
        put(archive, later)
        pair = choose_rounds(archive, "a.csv", "b.csv", latest=False)
        assert [len(side) for side in (pair.before, pair.after)] == [1, 1]
        assert len(list_latest_rounds(archive, 5)) == 1 + 1

    def test_nor_is_one_that_is_read_as_something_else(self, archive, twice):
        [annex] = twice.annexes
        put(archive, twice.model_copy(update={"annexes": (annex.model_copy(update={"shape": AnnexShape.OTHER}),)}), "n")
        assert series_in(archive) == []
        assert list_latest_rounds(archive, 5) == []
        put(archive, twice, "newest")
        assert complete(archive) == [(2, 3)]

    def test_a_day_that_is_read_otherwise_now_is_none_of_the_round_before(self, archive, tmp_path):
        wrong = put(archive, read_table(tmp_path, "a.csv", zip(NAMES, ("ครบ",) * 3, strict=True)))
        put(archive, read_table(tmp_path, "a.csv", zip(NAMES, ("ครบ",) * 3, strict=True), DAY + dt.timedelta(70)), "n")
        with archive.reading() as connection:
            own = archive.snapshots()[0].model_copy(update={"document": "another"})
            assert list_before(connection, own, DAY + dt.timedelta(7), 5) == []
            assert [each.document for each in list_before(connection, own, DAY + dt.timedelta(77), 5)] == [wrong]


class TestPapersOfOneDay:
    def test_files_of_other_bodies_are_one_round_and_none_is_lost(self, archive, tmp_path):
        others = ("อบต.หาดสองแคว", "อบต.ข่อยสูง")
        for folder, names in (("1", NAMES), ("2", others)):
            (tmp_path / folder).mkdir()
            put(archive, read_table(tmp_path / folder, "a.csv", zip(names, ("ครบ",) * 3, strict=False)))
        assert complete(archive) == [(5, 5)]
        [(one,)] = [series.rounds for series in series_in(archive)]
        assert [len(each.rows) for each in list_latest_rounds(archive, 5)] == [5]
        assert find_rounds(archive, one.key) == [one]
        reading = archive.snapshots()[0]
        assert find_rounds(archive, reading.key) == [reading]
        with pytest.raises(NotFoundError):
            find_rounds(archive, one.key, "none")

    def test_a_table_that_goes_on_in_a_second_annex_is_one_round(self, archive, tmp_path):
        document = read_table(tmp_path, "a.csv", zip(NAMES, ("ครบ",) * 3, strict=True))
        [annex] = document.annexes
        parts = tuple(annex.model_copy(update={"rows": rows}) for rows in (annex.rows[:2], annex.rows[2:]))
        put(archive, document.model_copy(update={"annexes": parts}))
        put(archive, read_table(tmp_path, "b.csv", zip(NAMES, ("ไม่ครบ",) * 3, strict=True), DAY + dt.timedelta(7)))
        assert complete(archive) == [(3, 3), (0, 3)]
        pair = choose_rounds(archive, "a.csv", "b.csv", latest=False)
        assert [len(one.rows) for side in (pair.before, pair.after) for one in side] == [3, 3]
        assert correct_rounds(archive, "remove", "a.csv", "ผิด") == 1
        assert complete(archive) == [(0, 3)]
