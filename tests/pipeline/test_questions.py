"""A doubt as a question: Enter takes nothing that is disputed, and the right answer is among those to pick."""

import random

import pytest

from gazetteer.register import load
from models.doubt import find_doubts
from models.field import Candidate, Repair
from models.letter import NumberParts
from models.record_path import get_field, put_part
from pipeline.deciding import decide, keep_reading, with_decisions
from pipeline.questions import ask
from pipeline.reading import mark_disagreements
from store.archive import Archive
from tests.pipeline.test_deciding import NUMBER, SETTINGS, answer, reading
from tests.store.test_archive import SHA

PLANTED = 50
OTHER = Candidate(value="มท 0810.2/ว 858", cost=1.0)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive") as opened:
        yield opened


def question(archive, document, language="th"):
    doubt = next(each for each in find_doubts(document) if each.path == NUMBER)
    return ask(archive, document, doubt, load(), language)


def plain(**changes):
    """A number that is only hard to read."""
    document = reading(number="มท 0810.2/ว 856", raw="มท ๐๘๑๐.๒/ว ๘๕๖")
    field = document.letters[0].number.model_copy(update=changes)
    return put_part(document, NUMBER, field)


def test_enter_takes_what_is_only_hard_to_read(archive) -> None:
    asked = question(archive, plain())
    assert asked.by_default
    assert [(choice.typed, choice.confirms) for choice in asked.choices] == [("มท 0810.2/ว 856", True)]


def test_where_two_readers_differ_a_person_chooses_between_both_readings(archive) -> None:
    document = mark_disagreements(plain(review=("low_confidence",), other="มท ๐๘๑๐.๒/ว ๘๕๘"))
    asked = question(archive, document, "en")
    assert "readers.differ" in asked.doubt.codes
    assert "two readers differ" in asked.reasons
    assert not asked.by_default
    assert [choice.typed for choice in asked.choices] == ["มท 0810.2/ว 856", "มท 0810.2/ว 858"]
    assert asked.choices[1].origin == "by the second reader"


def test_a_value_that_is_not_unsure_asks_nothing_because_readers_differ() -> None:
    document = plain(review=(), other="มท ๐๘๑๐.๒/ว ๘๕๘")
    assert mark_disagreements(document) == document


def test_of_planted_wrong_values_enter_takes_none_and_the_right_one_can_be_picked(archive) -> None:
    chance = random.Random(7)  # noqa: S311 - invented values
    right = "มท 0810.2/ว 856"
    for _ in range(PLANTED):
        places = [index for index, character in enumerate(right) if character.isdigit()]
        place = chance.choice(places)
        wrong = right[:place] + chance.choice("0123456789".replace(right[place], "")) + right[place + 1 :]
        asked = question(archive, plain(value=wrong))
        assert not asked.by_default, wrong
        assert right in [choice.typed for choice in asked.choices]


@pytest.mark.parametrize(
    "changes",
    [
        {"repair": Repair(rule="sequence.neighbours", cost=1.0)},
        {"repair": Repair(rule="sequence.neighbours", cost=0.0, candidates=(OTHER,))},
        {"review": ("number.malformed",)},
        {"value": None},
    ],
)
def test_what_is_disputed_is_to_be_chosen(archive, changes) -> None:
    assert not question(archive, plain(**changes)).by_default


def test_a_violated_rule_is_said_and_disputes_the_value(archive) -> None:
    parts = NumberParts(prefix="นท", unit="0810.2", circular=True, running="856")
    document = with_decisions(plain(value="นท 0810.2/ว 856", raw="นท ๐๘๑๐.๒/ว ๘๕๖", parts=parts), (), SETTINGS)
    asked = question(archive, document)
    assert any(reason.startswith("Q05") for reason in asked.reasons)
    assert not asked.by_default  # N02 does not know the code


def test_a_low_confidence_alone_is_said_and_disputes_nothing(archive) -> None:
    parts = NumberParts(prefix="มท", unit="0810.2", circular=True, running="856")
    asked = question(archive, with_decisions(plain(parts=parts), (), SETTINGS))
    assert any(reason.startswith("Q05") for reason in asked.reasons)
    assert asked.by_default


def test_what_was_confirmed_in_this_archive_is_proposed_with_how_often(archive) -> None:
    keep_reading(archive, with_decisions(reading(), (), SETTINGS), "e", SETTINGS)
    decide(archive, SHA, [answer(archive.document(SHA))], "ก", SETTINGS)
    asked = question(archive, reading(), "en")
    assert ("มท 0810.2/ว 856", "1 times in this archive") in [(each.typed, each.origin) for each in asked.choices]


def test_a_number_that_was_confirmed_says_nothing_of_one_that_is_like_it(archive) -> None:
    keep_reading(archive, with_decisions(reading(), (), SETTINGS), "e", SETTINGS)
    decide(archive, SHA, [answer(archive.document(SHA))], "ก", SETTINGS)
    other = get_field(reading(), "letters[0].number")
    other = other.model_copy(update={"raw": other.raw.replace("๖", "๙").replace("6", "9")})
    asked = question(archive, put_part(reading(), "letters[0].number", other), "en")
    assert "1 times in this archive" not in [each.origin for each in asked.choices]


def test_a_status_is_edited_in_words_and_read_back() -> None:
    from models.annex import Status
    from pipeline.typed_values import parse_status
    from pipeline.value_text import edited_text

    assert edited_text(Status.NOT_STARTED) == "ยังไม่บันทึก"
    assert [parse_status(edited_text(status)) for status in Status] == list(Status)
    assert (edited_text("คำ"), edited_text(None)) == ("คำ", "")
