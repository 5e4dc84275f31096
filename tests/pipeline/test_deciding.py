"""Decisions of people: kept for good, laid over every reading, judged at once, and never lost to another's."""

import datetime as dt
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from core.errors import ConflictError, UsageError
from core.settings import Settings
from gazetteer.register import load
from models.decision import Answer, Decision, StoredDecision, left_for_later
from models.document import DocumentStatus
from models.doubt import find_doubts
from models.field import Box, Field, Source
from models.letter import NumberField
from models.null_reason import NullReason
from models.record_path import get_field, parse_path, put_part, walk_fields
from pipeline.deciding import (
    answer_finding,
    decide,
    find_alike,
    history,
    keep_reading,
    make_decision,
    undo,
    with_decisions,
)
from pipeline.overlay import answer_findings, apply_decisions
from store.archive import Archive
from tests.store.test_archive import SHA, make_document

NUMBER = "letters[0].number"
SETTINGS = Settings()
PLACE = Box(0.1, 0.1, 0.4, 0.12)


def reading(number="มท 0810.2/ว 356", raw="มท ๐๘๑๐.๒/ว ๓๕๖", box=PLACE, review=("low_confidence",), before=()):
    """One letter whose number is doubted; `before` are letters that come ahead of it."""
    document = make_document()
    field = NumberField(value=number, raw=raw, confidence=0.6, page=1, box=box, review=review)
    letter = document.letters[0].model_copy(update={"number": field})
    return document.model_copy(update={"letters": (*before, letter)})


def answer(document, path=NUMBER, kind=Answer.CORRECTED, text="มท 0810.2/ว 856", why=""):
    return make_decision(document, path, kind, load(), text, why)


def recorded(decision, number=1, person="ก"):
    when = dt.datetime(2026, 11, 29, tzinfo=dt.UTC)
    return StoredDecision(id=number, document=SHA, person=person, decided_at=when, decision=decision)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive") as opened:
        keep_reading(opened, with_decisions(reading(), (), SETTINGS), "e1", SETTINGS)
        yield opened


class TestOverlay:
    def test_a_corrected_value_is_the_persons_and_asks_for_nothing(self) -> None:
        document = reading()
        field = get_field(apply_decisions(document, [recorded(answer(document))]), NUMBER)
        assert (field.value, field.source, field.review) == ("มท 0810.2/ว 856", Source.PERSON, ())
        assert field.raw == "มท ๐๘๑๐.๒/ว ๓๕๖"
        assert field.parts.running == "856"

    def test_a_value_that_cannot_be_read_is_null_with_its_reason(self) -> None:
        document = reading()
        field = get_field(apply_decisions(document, [recorded(answer(document, kind=Answer.UNREADABLE))]), NUMBER)
        assert (field.value, field.review, field.repair.rule) == (None, (), "person.unreadable")

    def test_the_last_of_several_answers_holds(self) -> None:
        document = reading()
        first, second = answer(document, text="มท 0810.2/ว 1"), answer(document, text="มท 0810.2/ว 2")
        done = apply_decisions(document, [recorded(first), recorded(second, 2)])
        assert get_field(done, NUMBER).value == "มท 0810.2/ว 2"

    def test_left_for_later_takes_no_answer_back(self) -> None:
        document = reading()
        later = answer(document, kind=Answer.LATER)
        done = apply_decisions(document, [recorded(answer(document)), recorded(later, 2)])
        assert get_field(done, NUMBER).value == "มท 0810.2/ว 856"
        assert left_for_later([recorded(answer(document)), recorded(later, 2)]) == {NUMBER}
        assert left_for_later([recorded(later), recorded(answer(document), 2)]) == frozenset()
        finding = Decision(path="", rule="T01", answer=Answer.CONFIRMED, before="ก")
        kept = answer_findings(
            (), [recorded(finding), recorded(finding.model_copy(update={"answer": Answer.LATER}), 2)]
        )
        assert [each.answered for each in kept] == ["ก"]

    def test_a_decision_follows_its_place_when_letters_are_counted_otherwise(self) -> None:
        decision = answer(reading())
        other = make_document().letters[0]
        done = apply_decisions(reading(before=(other,)), [recorded(decision)])
        assert get_field(done, "letters[1].number").value == "มท 0810.2/ว 856"
        assert get_field(done, NUMBER) == other.number

    def test_it_says_where_the_reading_changed_under_a_decision(self) -> None:
        done = apply_decisions(reading(raw="มท ๐๘๑๐.๒/ว ๔๕๖", number="มท 0810.2/ว 456"), [recorded(answer(reading()))])
        assert get_field(done, NUMBER).value == "มท 0810.2/ว 856"
        assert [issue.code for issue in done.issues] == ["decision.reading_changed"]

    def test_it_says_that_a_place_is_gone_and_leaves_the_new_reading_alone(self) -> None:
        moved = reading(box=Box(0.5, 0.8, 0.9, 0.82))
        done = apply_decisions(moved, [recorded(answer(reading()))])
        assert get_field(done, NUMBER) == moved.letters[0].number
        assert [issue.code for issue in done.issues] == ["decision.not_placed"]

    def test_without_a_place_only_the_same_reading_is_the_same_value(self) -> None:
        decision = recorded(answer(reading(box=None)))
        assert get_field(apply_decisions(reading(box=None), [decision]), NUMBER).source is Source.PERSON
        other = reading(box=None, raw="กค ๐๔๐๕/๑")
        assert get_field(apply_decisions(other, [decision]), NUMBER) == other.letters[0].number


class TestDeciding:
    def test_a_decision_that_finds_no_place_in_a_new_reading_is_asked_for(self, archive) -> None:
        sure = reading(box=None, review=())
        keep_reading(archive, sure, "e2", SETTINGS)
        decide(archive, SHA, [answer(archive.document(SHA))], "ก", SETTINGS)
        keep_reading(archive, reading(box=None, review=(), raw="กค ๐๔๐๕/๑", number="กค 0405/1"), "e3", SETTINGS)
        document = archive.document(SHA)
        [doubt] = [each for each in find_doubts(document) if each.rule == "decision.not_placed"]
        assert document.status is DocumentStatus.NEEDS_REVIEW
        decide(archive, SHA, [answer(document)], "ก", SETTINGS)
        assert doubt.target not in {each.target for each in find_doubts(archive.document(SHA))}
        assert get_field(archive.document(SHA), NUMBER).source is Source.PERSON

    def test_a_document_with_every_doubt_answered_is_ok(self, archive) -> None:
        document = archive.document(SHA)
        for _ in range(30):
            doubts = find_doubts(document)
            if not doubts:
                break
            [doubt] = doubts[:1]
            field = get_field(document, doubt.path)
            if doubt.rule is not None:
                message = doubt.target.removeprefix(f"{doubt.rule}: ")
                decision = answer_finding(document, doubt.rule, message, Answer.CONFIRMED)
            else:
                kind = Answer.UNREADABLE if field.value is None else Answer.CONFIRMED
                decision = answer(document, doubt.path, kind)
            [outcome] = decide(archive, SHA, [decision], "ก", SETTINGS)
            document = outcome.document
        assert (document.status, find_doubts(document)) == (DocumentStatus.OK, [])
        assert archive.documents()[0].status is DocumentStatus.OK

    def test_the_letter_is_found_by_its_right_number_at_once(self, archive) -> None:
        decide(archive, SHA, [answer(archive.document(SHA))], "ก", SETTINGS)
        assert archive.documents()[0].number == "มท 0810.2/ว 856"

    def test_a_decision_survives_a_newer_engine(self, archive) -> None:
        decide(archive, SHA, [answer(archive.document(SHA))], "ก", SETTINGS)
        keep_reading(archive, reading(raw="มท ๐๘๑๐.๒/ว ๘๕๖", number="มท 0810.2/ว 856", review=()), "e2", SETTINGS)
        assert get_field(archive.document(SHA), NUMBER).source is Source.PERSON
        keep_reading(archive, reading(raw="มท ๐๘๑๐.๒/ว ๙๙๙", number="มท 0810.2/ว 999"), "e3", SETTINGS)
        document = archive.document(SHA)
        assert get_field(document, NUMBER).value == "มท 0810.2/ว 856"
        assert [issue.code for issue in document.issues] == ["decision.reading_changed"]

    def test_undo_brings_the_reading_back_and_the_history_stays(self, archive) -> None:
        before = archive.document(SHA)
        decide(archive, SHA, [answer(before, why="ดูต้นฉบับแล้ว")], "ก", SETTINGS)
        undo(archive, SHA, "ข", SETTINGS)
        assert archive.document(SHA) == before
        [kept] = history(archive, SHA)
        assert (kept.revoked, kept.person, kept.decision.why) == (True, "ก", "ดูต้นฉบับแล้ว")
        with pytest.raises(UsageError):
            undo(archive, SHA, "ข", SETTINGS)

    def test_two_at_once_are_a_conflict_and_never_a_lost_edit(self, archive) -> None:
        both = [answer(archive.document(SHA), text=text) for text in ("มท 0810.2/ว 1", "มท 0810.2/ว 2")]
        decide(archive, SHA, both[:1], "ก", SETTINGS)
        with pytest.raises(ConflictError):
            decide(archive, SHA, both[1:], "ข", SETTINGS)
        assert get_field(archive.document(SHA), NUMBER).value == "มท 0810.2/ว 1"

    def test_people_who_decide_different_values_do_not_hinder_each_other(self, archive) -> None:
        document = archive.document(SHA)
        decisions = [answer(document), answer(document, "letters[0].subject", text="เรื่องใหม่")]
        with ThreadPoolExecutor(2) as people:
            list(people.map(lambda each: decide(archive, SHA, [each], "ก", SETTINGS), decisions))
        done = archive.document(SHA)
        assert [get_field(done, each.path).source for each in decisions] == [Source.PERSON] * 2

    def test_decisions_cannot_be_changed_or_deleted(self, archive) -> None:
        decide(archive, SHA, [answer(archive.document(SHA))], "ก", SETTINGS)
        with closing(sqlite3.connect(archive.folder / "saraban.db")) as connection, connection:
            for statement in ("DELETE FROM decisions", "UPDATE decisions SET person = 'x'"):
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    connection.execute(statement)
        connection.close()

    def test_all_of_several_decisions_are_kept_or_none(self, archive) -> None:
        document = archive.document(SHA)
        stale = answer(document).model_copy(update={"before": "อื่น"})
        with pytest.raises(ConflictError):
            decide(archive, SHA, [answer(document, "letters[0].subject", text="ก"), stale], "ก", SETTINGS)
        assert history(archive, SHA) == []


class TestTypedValues:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("๒๙ เมษายน ๒๕๖๔", dt.date(2021, 4, 29)),
            ("29/4/2564", dt.date(2021, 4, 29)),
            ("2021-04-29", dt.date(2021, 4, 29)),
        ],
    )
    def test_a_date_may_be_typed_in_either_era(self, text, day) -> None:
        assert answer(reading(), "letters[0].date", text=text).after == day.isoformat()

    @pytest.mark.parametrize("text", ["", "เมื่อวาน", "31 กุมภาพันธ์ 2564", "29/4/2564 หรือ 30/4/2564"])
    def test_what_is_no_date_is_refused(self, text) -> None:
        with pytest.raises(UsageError):
            answer(reading(), "letters[0].date", text=text)

    @pytest.mark.parametrize("path", [NUMBER, "letters[0].subject"])
    @pytest.mark.parametrize("text", ["", " ", "\u200b"])
    def test_no_text_is_no_value_and_says_why(self, path, text) -> None:
        decision = answer(reading(), path, text=text)
        field = get_field(apply_decisions(reading(), [recorded(decision)]), path)
        assert (field.value, field.null_reason, field.source) == (None, NullReason.ABSENT, Source.PERSON)

    def test_thai_digits_of_a_number_become_its_one_form(self) -> None:
        assert answer(reading(), text="มท ๐๘๑๐.๒/ว ๘๕๗").after == "มท 0810.2/ว 857"

    @pytest.mark.parametrize(
        "path", ["", "letters", "letters[9].number", "__class__", "source.name", "letters[0]..number"]
    )
    def test_a_path_that_names_no_value_is_refused(self, path) -> None:
        with pytest.raises(UsageError):
            answer(reading(), path)


def test_alike_are_those_read_the_same_that_nobody_decided() -> None:
    document = reading(before=reading().letters)
    assert find_alike(document, NUMBER) == ["letters[1].number"]
    decided = apply_decisions(document, [recorded(answer(document, "letters[1].number"))])
    assert find_alike(decided, NUMBER) == []


def test_every_path_of_a_record_leads_back_to_its_field() -> None:
    document = reading()
    for path, field in walk_fields(document):
        assert get_field(document, path) is field
        assert parse_path(path)
    other = Field[str](value="ก")
    assert get_field(put_part(document, "letters[0].subject", other), "letters[0].subject") is other


def test_a_decision_says_what_was_shown() -> None:
    assert isinstance(answer(reading()), Decision)
    assert "low_confidence" in answer(reading()).shown
