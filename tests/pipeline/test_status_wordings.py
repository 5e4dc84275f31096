"""What people say that wordings of statuses mean: for every document, never over a person's value, taken back."""

import pytest

from core.errors import ConflictError, UsageError
from core.settings import Settings
from gazetteer.register import load
from models.annex import Status
from models.decision import Answer
from models.status_wording import StatusWording
from pipeline.deciding import decide, make_decision, put_back
from pipeline.status_wordings import confirm, lay_anew, list_given, list_unknown, preview, undo
from store import removals
from store.archive import Archive
from store.merging import merge
from tests.web.archives import put

SETTINGS = Settings()
DONE = StatusWording(text="ลุล่วง", column="สถานะ", status=Status.COMPLETE)
NAMES = ("ทต.ตรอน", "อบต.น้ำอ่าง", "อบต.วังแดง", "อบต.หาดสองแคว", "อบต.ข่อยสูง")


def write(folder, name, words, header="สถานะ"):
    lines = [f"จังหวัด,อำเภอ,ชื่อ อปท.,{header}"]
    lines += [f"อุตรดิตถ์,ตรอน,{body},{word}" for body, word in zip(NAMES, words, strict=True)]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def archive(tmp_path, either_database):
    with Archive.open(tmp_path / "archive") as opened:
        put(opened, write(tmp_path, "one.csv", ("ลุล่วง", "ลุล่วง", "คั่งค้าง", "คั่งค้าง", "ลุล่วง")))
        put(opened, write(tmp_path, "two.csv", ("คั่งค้าง", "ลุล่วง", "คั่งค้าง", "คั่งค้าง", "คั่งค้าง")))
        yield opened


def statuses(archive, name):
    return [row.status.value for row in archive.require_document(name).annexes[0].rows]


def test_what_is_not_understood_is_listed_once_with_its_counts(archive) -> None:
    found = {(each.column, each.text): (each.rows, dict(each.documents)) for each in list_unknown(archive)}
    assert found == {
        ("สถานะ", "ลุล่วง"): (4, {"one.csv": 3, "two.csv": 1}),
        ("สถานะ", "คั่งค้าง"): (6, {"one.csv": 2, "two.csv": 4}),
    }


def test_a_meaning_holds_for_every_document_and_keeps_the_words(archive) -> None:
    told = preview(archive, DONE, SETTINGS)
    assert statuses(archive, "one.csv") == [None] * 5
    recorded, effects = confirm(archive, DONE, "ก", SETTINGS, expected=4)
    assert told == effects
    assert {effect.name: effect.rows for effect in effects} == {"one.csv": 3, "two.csv": 1}
    assert statuses(archive, "one.csv") == [Status.COMPLETE, Status.COMPLETE, None, None, Status.COMPLETE]
    row = archive.require_document("one.csv").annexes[0].rows[0]
    assert (row.status.raw, row.status.review, row.review) == ("ลุล่วง", (), ())
    assert [(each.id, each.person) for each in list_given(archive)] == [(recorded.id, "ก")]
    assert [each.text for each in list_unknown(archive)] == ["คั่งค้าง"]


def test_the_issue_goes_when_nothing_is_left_to_ask(archive) -> None:
    codes = [issue.code for issue in archive.require_document("one.csv").issues]
    assert "annex.status_not_understood" in codes
    for wording in (DONE, DONE.model_copy(update={"text": "คั่งค้าง", "status": Status.INCOMPLETE})):
        confirm(archive, wording, "ก", SETTINGS)
    codes = [issue.code for issue in archive.require_document("one.csv").issues]
    assert "annex.status_not_understood" not in codes


def test_a_meaning_for_another_column_changes_nothing(archive) -> None:
    other = DONE.model_copy(update={"column": "ผลการตรวจ"})
    assert preview(archive, other, SETTINGS) == []


def test_documents_to_come_get_it_too(archive, tmp_path) -> None:
    confirm(archive, DONE, "ก", SETTINGS)
    put(archive, write(tmp_path, "three.csv", ("ลุล่วง", "คั่งค้าง", "ลุล่วง", "คั่งค้าง", "ลุล่วง")))
    assert statuses(archive, "three.csv")[:2] == [Status.COMPLETE, None]


def test_taking_it_back_leaves_what_was_read(archive) -> None:
    before = archive.require_document("one.csv")
    confirm(archive, DONE, "ก", SETTINGS)
    _, effects = undo(archive, "ข", SETTINGS)
    assert sum(each.rows for each in effects) == 4
    after = archive.require_document("one.csv")
    assert (after.annexes, after.status) == (before.annexes, before.status)
    with pytest.raises(UsageError):
        undo(archive, "ข", SETTINGS)


def test_never_over_what_a_person_set(archive) -> None:
    path = "annexes[0].rows[0].status"
    document = archive.require_document("one.csv")
    own = make_decision(document, path, Answer.CORRECTED, load(), "not_started")
    decide(archive, document.source.sha256, [own], "ก", SETTINGS)
    confirm(archive, DONE, "ข", SETTINGS)
    assert statuses(archive, "one.csv")[:2] == [Status.NOT_STARTED, Status.COMPLETE]
    undo(archive, "ข", SETTINGS)
    assert statuses(archive, "one.csv")[:2] == [Status.NOT_STARTED, None]


def test_another_meaning_of_the_same_takes_its_place(archive) -> None:
    confirm(archive, DONE, "ก", SETTINGS)
    confirm(archive, DONE.model_copy(update={"status": Status.INCOMPLETE}), "ก", SETTINGS)
    assert statuses(archive, "one.csv")[0] is Status.INCOMPLETE
    assert len(list_given(archive)) == 1


def test_nothing_is_kept_where_other_rows_change_than_was_told(archive) -> None:
    with pytest.raises(ConflictError):
        confirm(archive, DONE, "ก", SETTINGS, expected=3)
    assert list_given(archive) == []
    assert statuses(archive, "one.csv") == [None] * 5


def test_a_column_that_was_not_taken_for_statuses_is_named(archive, tmp_path) -> None:
    put(archive, write(tmp_path, "odd.csv", ("ก้อย", "ขิง", "ข่า", "ก้อย", "ตะไคร้"), header="ข้อสังเกตจากจังหวัด"))
    confirm(archive, StatusWording(text="ก้อย", column="ข้อสังเกตจากจังหวัด", status=Status.COMPLETE), "ก", SETTINGS)
    row = archive.require_document("odd.csv").annexes[0].rows[0]
    assert (row.status.value, row.status.raw) == (Status.COMPLETE, "ก้อย")


def test_a_document_that_is_put_back_has_what_was_said_meanwhile(archive) -> None:
    sha = archive.require_document("one.csv").source.sha256
    confirm(archive, DONE.model_copy(update={"text": "คั่งค้าง", "status": Status.INCOMPLETE}), "ก", SETTINGS)
    with archive.writing() as connection:
        removals.note(connection, sha, "ซ้ำ", removed=True)
    undo(archive, "ก", SETTINGS)
    confirm(archive, DONE, "ก", SETTINGS)
    put_back(archive, sha, "ไม่ซ้ำ", SETTINGS)
    assert statuses(archive, "one.csv") == [Status.COMPLETE, Status.COMPLETE, None, None, Status.COMPLETE]
    frozen = [one for one in archive.snapshots() if one.document == sha]
    assert [row.status for row in frozen[-1].rows] == statuses(archive, "one.csv")


def test_merging_carries_meanings_and_what_was_taken_back(archive, tmp_path, either_database) -> None:
    confirm(archive, DONE, "ก", SETTINGS)
    confirm(archive, DONE.model_copy(update={"text": "คั่งค้าง", "status": Status.INCOMPLETE}), "ก", SETTINGS)
    undo(archive, "ก", SETTINGS)
    with Archive.open(tmp_path / "other") as target:
        put(target, write(tmp_path, "own.csv", ("ลุล่วง", "คั่งค้าง", "ลุล่วง", "คั่งค้าง", "ลุล่วง")))
        for _ in range(2):
            merge(archive, target)
            lay_anew(target, SETTINGS)
        assert [each.wording.text for each in list_given(target)] == ["ลุล่วง"]
        assert statuses(target, "own.csv")[:2] == [Status.COMPLETE, None]
        assert statuses(target, "one.csv")[0] is Status.COMPLETE
