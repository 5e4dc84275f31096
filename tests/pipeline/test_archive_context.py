"""A document is judged beside the letters that may bear on it as it is beside all of the archive."""

import random

import pytest

from bench.invented_letters import SEED, fill, invent_letter, name_sha
from core.settings import Settings
from models.finding import Outcome
from pipeline.archive_context import ArchiveContext
from pipeline.checking import judge
from pipeline.judging import Context, judge_document
from store.archive import Archive
from store.decisions import put_record

LETTERS = 50
MISREAD = 20


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    chance = random.Random(SEED + 5)  # noqa: S311 - invented letters
    with Archive.open(tmp_path_factory.mktemp("context") / "archive") as opened:
        fill(opened, LETTERS)
        with opened.writing() as connection:
            for number in range(LETTERS, LETTERS + MISREAD):
                put_record(connection, _misread(invent_letter(number, chance), number), "bench")
        yield opened


def _misread(document, number):
    """Return a letter under the number of an earlier one, its prefix, its circular sign or its day another."""
    [letter] = document.letters
    earlier = invent_letter(number - MISREAD, random.Random(1)).letters[0]  # noqa: S311
    value = earlier.number.value
    value = (value.replace("มท", "นท"), value, value.replace("ว ", ""))[number % 3]
    changed = {"number": letter.number.model_copy(update={"value": value, "review": ()})}
    if number % 2:
        changed["date"] = earlier.date
    return document.model_copy(update={"letters": (letter.model_copy(update=changed),)})


def test_rules_say_the_same_as_beside_the_whole_archive(archive) -> None:
    settings = Settings()
    whole = Context(filed=tuple(archive.letters()))
    known = ArchiveContext(archive, settings)
    applied = set()
    for sha in archive.iterate_shas():
        document = archive.require_document(sha)
        verdicts = judge_document(document, settings, known.build_context(document))
        assert [_tell(each) for each in verdicts] == [
            _tell(each) for each in judge_document(document, settings, whole)
        ], sha
        applied |= {each.rule for each in verdicts if each.outcome is not Outcome.NOT_APPLICABLE}
    assert {"N09", "N10", "N12", "N13"} <= applied


def _tell(verdict):
    return verdict.rule, verdict.outcome, verdict.passes, sorted(each.message.en for each in verdict.findings)


def test_the_first_verdict_does_not_read_the_archive(archive, monkeypatch) -> None:
    asked = []
    whole = Archive.letters

    def letters(self, of=None):
        asked.append(of)
        return whole(self, of)

    monkeypatch.setattr(Archive, "letters", letters)
    next(judge(archive, [], Settings()))
    assert None not in asked
    assert 0 < max(map(len, asked)) < LETTERS / 2
    assert next(archive.iterate_shas()) == name_sha(0)
