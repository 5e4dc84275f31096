"""What was read is known by the sources that read it."""

import sys
from pathlib import Path

import pytest

from core.settings import Settings
from ingest.recognition.tesseract import TesseractRecognizer
from ingest.sources.file_type import MediaType
from pipeline import versions
from pipeline.versions import READING, STAGES, digest_sources, engine_key


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two modules that is found as the real ones are."""
    root = tmp_path / "stagelike"
    (root / "inner").mkdir(parents=True)
    for name in ("__init__.py", "a.py", "inner/__init__.py", "inner/b.py"):
        (root / name).write_text("x = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield root
    digest_sources.cache_clear()


def digest(*names):
    digest_sources.cache_clear()
    return digest_sources(*names)


def test_a_changed_line_anywhere_below_changes_the_digest(package):
    before = digest("stagelike")
    assert digest("stagelike") == before
    (package / "inner" / "b.py").write_text("x = 2\n")
    after = digest("stagelike")
    assert after != before
    (package / "inner" / "b.py").rename(package / "inner" / "c.py")
    assert digest("stagelike") != after
    assert "stagelike" not in sys.modules


def test_a_module_alone_is_not_changed_by_its_siblings(package):
    before, inner = digest("stagelike.a"), digest("stagelike.inner")
    (package / "inner" / "b.py").write_text("x = 3\n")
    assert digest("stagelike.a") == before
    assert digest("stagelike.inner") != inner


def test_what_is_not_there_is_no_empty_digest(package):
    for name in ("nosuchpackage", "stagelike.nosuchmodule"):
        with pytest.raises(ModuleNotFoundError):
            digest(name)


def test_the_stages_are_there():
    assert digest(*READING) != digest(*STAGES)


def test_reading_anew_and_parsing_anew_are_two_things(monkeypatch):
    recognizer = TesseractRecognizer("none", Path(), "engine 1")

    def keys():
        return [engine_key(kind, recognizer, Settings()) for kind in (MediaType.TEXT, MediaType.PDF, MediaType.CSV)]

    before = keys()
    assert len(set(before)) == 3
    real = digest_sources
    monkeypatch.setattr(versions, "digest_sources", lambda *names: "other" if names == READING else real(*names))
    assert not set(keys()) & set(before)
    monkeypatch.setattr(versions, "digest_sources", lambda *names: "other" if names == STAGES else real(*names))
    assert not set(keys()) & set(before)
    monkeypatch.undo()
    assert engine_key(MediaType.CSV, recognizer, Settings(), spoken=("2565",)) != before[2]
