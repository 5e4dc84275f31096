"""A watched folder: what settles is imported, and what is not read is told of, once."""

import shutil
import zipfile
from contextlib import suppress

import pytest

import pipeline.watching
from core.errors import DamagedFileError, EncryptedFileError, NotFoundError
from core.settings import Settings
from ingest.sources import listing, zip_members
from ingest.sources.listing import SkipReason
from pipeline.import_outcome import Result
from pipeline.watching import watch_folder
from store.archive import Archive
from tests.pipeline.test_importing import LETTER, NOBODY


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(tmp_path, inbox, monkeypatch):
    """Watches the folder, does each act between two looks, and returns what was told."""
    monkeypatch.setattr(pipeline.watching, "build_recognizer", lambda _settings: NOBODY)

    def watch(*acts):
        left = iter(acts)

        def wait(_seconds):
            act = next(left, None)
            if act is None:
                raise KeyboardInterrupt
            act()

        outcomes = []
        with Archive.open(tmp_path / "archive") as archive, suppress(KeyboardInterrupt):
            for outcome in watch_folder(inbox, archive, Settings(jobs=1), 0, wait):
                outcomes.append(outcome)
        return outcomes

    return watch


def nothing():
    pass


def test_what_is_not_read_is_told_of_once(inbox, watch):
    (inbox / "a.zip").write_bytes(b"no archive")
    (inbox / "b.doc").write_bytes(b"x")
    (inbox / "c.txt").write_text(LETTER.format("๑"), "utf-8")
    (inbox / "d.txt").write_bytes(b"")
    with zipfile.ZipFile(inbox / "e.zip", "w") as packed:
        packed.writestr("letter.txt", LETTER.format("๒"))
    data = bytearray((inbox / "e.zip").read_bytes())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + flags] |= 1  # says that it is encrypted
    (inbox / "e.zip").write_bytes(data)
    outcomes = watch(nothing, nothing, nothing)
    told = {outcome.name: outcome for outcome in outcomes}
    assert len(told) == len(outcomes) == 5
    assert isinstance(told["a.zip"].error, DamagedFileError)
    assert told["b.doc"].skipped is SkipReason.FORMAT
    assert told["c.txt"].result is Result.IMPORTED
    assert told["d.txt"].result is Result.FAILED
    assert isinstance(told["letter.txt"].error, EncryptedFileError)


def test_what_changed_is_told_of_again(inbox, watch):
    path = inbox / "a.zip"
    path.write_bytes(b"no archive")
    outcomes = watch(nothing, nothing, lambda: path.write_bytes(b"nor is this"), nothing)
    assert [outcome.name for outcome in outcomes] == ["a.zip", "a.zip"]


def test_a_folder_that_vanishes_is_told_of_and_read_when_it_is_back(inbox, watch):
    def come_back():
        inbox.mkdir()
        (inbox / "a.txt").write_text(LETTER.format("๑"), "utf-8")

    outcomes = watch(nothing, lambda: shutil.rmtree(inbox), nothing, come_back, nothing)
    assert [type(outcome.error) for outcome in outcomes] == [NotFoundError, type(None)]
    assert outcomes[1].result is Result.IMPORTED


def test_a_folder_that_is_empty_is_nothing_to_tell_of(watch):
    assert watch(nothing, nothing) == []


def test_zips_are_not_unpacked_at_every_look(inbox, watch, monkeypatch):
    inner = inbox.parent / "inner.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("letter.txt", LETTER.format("๑"))
    with zipfile.ZipFile(inbox / "outer.zip", "w") as packed:
        packed.write(inner, "inner.zip")
    unpacked = []

    def note(path, member, *others):
        unpacked.append(member.name)
        return zip_members.unpack(path, member, *others)

    monkeypatch.setattr(listing, "unpack", note)
    [outcome] = watch(nothing, nothing, nothing, nothing)
    assert outcome.result is Result.IMPORTED
    assert unpacked == ["inner.zip", "letter.txt"]
