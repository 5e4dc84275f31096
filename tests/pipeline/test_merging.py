"""What people said in two archives, when one is taken into the other: nothing is lost, or it is told."""

import pytest

from core.settings import Settings
from gazetteer.register import load
from models.annex import BodyRef, Status
from models.confirmation import Confirmation
from models.decision import Answer
from models.document import DocumentStatus
from models.field import Source
from models.issue import Issue, IssueCode, Message, Severity
from models.record_path import get_field
from models.snapshot import RoundCorrection
from models.status_wording import StatusWording
from pipeline.deciding import decide, history, keep_reading, make_decision, undo
from pipeline.merging import take_in
from pipeline.reading import read_document
from pipeline.status_wordings import confirm as confirm_wording
from pipeline.status_wordings import list_given
from pipeline.status_wordings import undo as undo_wording
from store import removals
from store.archive import Archive
from tests.pipeline.test_frozen_readings import NAMES, complete, correct, read_table
from tests.web.archives import SMALL, NoRecognizer

SETTINGS = Settings()
SUBJECT, NUMBER = "letters[0].subject", "letters[0].number"


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "ก.txt"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def both(tmp_path, letter, either_database):
    """Two archives that hold the same letter."""
    with Archive.open(tmp_path / "one") as one, Archive.open(tmp_path / "other") as other:
        for archive in (one, other):
            put(archive, letter)
        yield one, other


def put(archive, path, **changed):
    document = read_document(path, SETTINGS, NoRecognizer()).model_copy(update=changed)
    archive.keep_original(path)
    keep_reading(archive, document, "engine", SETTINGS)
    return document.source.sha256


def say(archive, path, text):
    document = archive.require_document("ก.txt")
    decision = make_decision(document, path, Answer.CORRECTED, load(), text)
    [outcome] = decide(archive, document.source.sha256, [decision], "ก", SETTINGS)
    return outcome


def take_back(archive):
    undo(archive, archive.require_document("ก.txt").source.sha256, "ก", SETTINGS)


def value(archive, path):
    field = get_field(archive.require_document("ก.txt"), path)
    return field.value, field.source


def count(archive):
    return len(history(archive, archive.require_document("ก.txt").source.sha256))


def test_a_better_reading_from_elsewhere_keeps_what_people_decided_here(tmp_path, letter, either_database):
    lost = Issue(code=IssueCode.PAGE_UNREAD, severity=Severity.ERROR, stage="x", message=Message(th="ก", en="a"))
    with Archive.open(tmp_path / "one") as one, Archive.open(tmp_path / "other") as other:
        put(one, letter, issues=(lost,), status=DocumentStatus.PARTIAL)
        put(other, letter)
        say(one, SUBJECT, "เรื่องที่ถูก")
        take_in(other, one, SETTINGS)
        assert one.require_document("ก.txt").issues == ()
        assert value(one, SUBJECT) == ("เรื่องที่ถูก", Source.PERSON)
        take_back(one)
        assert value(one, SUBJECT) == value(other, SUBJECT)


def test_decisions_from_elsewhere_are_laid_beside_those_from_here(both):
    one, other = both
    say(one, SUBJECT, "เรื่องที่ถูก")
    say(other, NUMBER, "อต 0023.3/ว 1")
    for _ in range(2):
        assert take_in(other, one, SETTINGS).disputed == []
        assert (value(one, SUBJECT)[0], value(one, NUMBER)[0]) == ("เรื่องที่ถูก", "อต 0023.3/ว 1")
        assert count(one) == 2


def test_of_one_value_what_was_said_here_stands_and_that_is_told(both):
    one, other = both
    say(one, SUBJECT, "ของที่นี่")
    say(other, SUBJECT, "ของที่อื่น")
    for _ in range(2):
        assert take_in(other, one, SETTINGS).disputed == ["ก.txt"]
        assert (value(one, SUBJECT)[0], count(one)) == ("ของที่นี่", 1)


def test_what_goes_on_elsewhere_from_what_is_known_here_is_taken_over(both):
    one, other = both
    say(other, SUBJECT, "แรก")
    take_in(other, one, SETTINGS)
    say(other, SUBJECT, "ถัดมา")
    assert take_in(other, one, SETTINGS).disputed == []
    assert value(one, SUBJECT)[0] == "ถัดมา"
    take_back(other)
    take_in(other, one, SETTINGS)
    assert value(one, SUBJECT)[0] == "แรก"


def test_what_was_taken_back_here_stays_so_and_that_is_told(both):
    one, other = both
    say(one, SUBJECT, "แรก")
    take_in(one, other, SETTINGS)
    take_back(one)
    read = value(one, SUBJECT)
    say(other, SUBJECT, "ถัดมา")
    for source, target, holds in ((other, one, read), (one, other, ("ถัดมา", Source.PERSON))) * 2:
        assert take_in(source, target, SETTINGS).disputed == ["ก.txt"]
        assert value(target, SUBJECT) == holds
    take_back(other)
    take_back(other)
    assert take_in(other, one, SETTINGS).disputed == []


def test_archives_that_took_back_another_number_of_decisions_dispute_what_is_left(both):
    one, other = both
    for text in ("แรก", "ถัดมา"):
        say(one, SUBJECT, text)
    take_in(one, other, SETTINGS)
    take_back(one)
    take_back(other)
    assert take_in(other, one, SETTINGS).disputed == []
    take_back(other)
    assert take_in(other, one, SETTINGS).disputed == ["ก.txt"]
    assert value(one, SUBJECT)[0] == "แรก"


def test_a_document_that_was_removed_in_both_archives_is_no_dispute_whatever_the_reasons(both):
    one, other = both
    sha = one.require_document("ก.txt").source.sha256
    for archive, reason in ((one, "ซ้ำ"), (other, "ผิดเรื่อง")):
        with archive.writing() as connection:
            removals.note(connection, sha, reason, removed=True)
    assert take_in(other, one, SETTINGS).disputed == []
    with one.reading() as connection:
        assert [removed.reason for removed in removals.list_removed(connection)] == ["ซ้ำ"]


def test_a_removal_and_a_correction_of_a_round_from_elsewhere_hold_here(both):
    one, other = both
    sha = one.require_document("ก.txt").source.sha256
    said = RoundCorrection(document=sha, annex=0, action="remove", reason="ผิด")
    other.put_round_corrections([said])
    with other.writing() as connection:
        removals.note(connection, sha, "ซ้ำ", removed=True)
    for _ in range(2):
        assert take_in(other, one, SETTINGS).disputed == []
        assert one.documents() == []
        assert one.round_corrections() == [said]


def test_the_rounds_of_an_older_reading_from_elsewhere_are_none_here(tmp_path, either_database):
    document = read_table(tmp_path, "a.csv", zip(NAMES, ("ครบ", "ครบ", "ไม่ครบ"), strict=True))
    [annex] = document.annexes
    older = document.model_copy(update={"annexes": (annex.model_copy(update={"rows": annex.rows[:1]}),)})
    with Archive.open(tmp_path / "one") as one, Archive.open(tmp_path / "other") as other:
        for archive, reading in ((one, document), (other, older)):
            archive.keep_original(tmp_path / "a.csv")
            keep_reading(archive, reading, "engine", SETTINGS)
        correct(one, document.source.sha256)
        assert complete(one) == [(3, 3)]
        take_in(other, one, SETTINGS)
        assert complete(one) == [(3, 3)]
        frozen = len(one.snapshots())
        take_in(other, one, SETTINGS)
        assert (complete(one), len(one.snapshots())) == ([(3, 3)], frozen)


def confirmed(archive):
    return [(each.confirmation.reading, each.confirmation.body.code) for each in archive.confirmations()]


def confirm(archive, code, reading="อบต.บุนฝ่าง"):
    body = BodyRef(kind="อบต.", name="ขุนฝาง", code=code)
    said = Confirmation(province="อุตรดิตถ์", district="เมืองอุตรดิตถ์", reading=reading, body=body)
    return archive.put_confirmation(said).id


def test_a_confirmed_name_that_was_taken_back_in_either_archive_stays_taken_back(both):
    one, other = both
    number = confirm(other, "1")
    confirm(other, "2", "อบต.คุ้งตะเภา")
    take_in(other, one, SETTINGS)
    assert confirmed(one) == [("อบต.บุนฝ่าง", "1"), ("อบต.คุ้งตะเภา", "2")]
    other.forget_confirmation(number)
    one.forget_confirmation(2)
    for _ in range(2):
        assert take_in(other, one, SETTINGS).disputed == []
        assert confirmed(one) == []


def test_a_name_that_was_taken_back_here_and_confirmed_anew_elsewhere_is_told(both):
    one, other = both
    confirm(other, "1")
    take_in(other, one, SETTINGS)
    one.forget_confirmation(1)
    confirm(other, "2")
    for _ in range(2):
        assert take_in(other, one, SETTINGS).disputed == ["อุตรดิตถ์ เมืองอุตรดิตถ์ อบต.บุนฝ่าง"]
        assert confirmed(one) == []


def test_of_one_name_what_was_confirmed_here_stands_and_that_is_told(both):
    one, other = both
    confirm(one, "1")
    confirm(other, "3")
    confirm(other, "2")
    for _ in range(2):
        assert take_in(other, one, SETTINGS).disputed == ["อุตรดิตถ์ เมืองอุตรดิตถ์ อบต.บุนฝ่าง"]
        assert confirmed(one) == [("อบต.บุนฝ่าง", "1")]


def test_what_goes_on_elsewhere_from_a_name_that_is_known_here_is_taken_over(both):
    one, other = both
    confirm(other, "1")
    take_in(other, one, SETTINGS)
    confirm(other, "2")
    assert take_in(other, one, SETTINGS).disputed == []
    assert confirmed(one) == [("อบต.บุนฝ่าง", "2")]


def test_the_same_said_in_both_archives_is_no_dispute_and_is_there_once(both):
    one, other = both
    for archive in both:
        confirm(archive, "1")
        say(archive, SUBJECT, "เรื่องที่ถูก")
    assert take_in(other, one, SETTINGS).disputed == []
    assert (len(confirmed(one)), count(one)) == (1, 1)


def test_of_one_wording_what_was_said_here_stands_and_that_is_told(both):
    one, other = both
    for archive, status in ((one, Status.COMPLETE), (other, Status.INCOMPLETE)):
        confirm_wording(archive, StatusWording(text="ลุล่วง", column="สถานะ", status=status), "ก", SETTINGS)
    for _ in range(2):
        assert take_in(other, one, SETTINGS).disputed == ["สถานะ ลุล่วง"]
        assert [each.wording.status for each in list_given(one)] == [Status.COMPLETE]


def test_a_wording_that_was_taken_back_elsewhere_is_laid_over_no_document_here(both, tmp_path):
    one, other = both
    lines = ["จังหวัด,อำเภอ,ชื่อ อปท.,สถานะ", *(f"อุตรดิตถ์,ตรอน,{name},ลุล่วง" for name in NAMES)]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", "utf-8")
    put(one, tmp_path / "t.csv")
    confirm_wording(other, StatusWording(text="ลุล่วง", status=Status.COMPLETE), "ก", SETTINGS)
    take_in(other, one, SETTINGS)
    assert one.require_document("t.csv").annexes[0].rows[0].status.value is Status.COMPLETE
    undo_wording(other, "ก", SETTINGS)
    take_in(other, one, SETTINGS)
    assert one.require_document("t.csv").annexes[0].rows[0].status.value is None
