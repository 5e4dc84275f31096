"""The setting `reader`: who reads lines, and that each of them reads ๐ to ๙."""

import pytest

from core.settings import Settings
from pipeline.doctor import DIGITS, examine
from pipeline.reading import build_recognizer

ENGINES = {"fast": "onnxruntime ", "tesseract": "tesseract "}


@pytest.mark.ocr
@pytest.mark.parametrize("reader", ["fast", "tesseract", "both"])
def test_every_reader_reads_all_thai_digits_and_doctor_says_so(reader):
    checks = {check.name: check for check in examine(Settings(reader=reader, lang="en"))}
    assert checks["digits"].good
    assert checks["digits"].found == DIGITS
    assert build_recognizer(Settings(reader=reader)).engine == checks["recognizer"].found


@pytest.mark.ocr
@pytest.mark.parametrize("reader", ENGINES)
def test_the_engine_says_which_reader_it_was(reader):
    engine = build_recognizer(Settings(reader=reader)).engine
    assert engine.startswith(ENGINES[reader])
    assert engine != build_recognizer(Settings(reader="both")).engine


@pytest.mark.parametrize("reader", ["fast", "both"])
def test_our_own_readers_need_no_tesseract(monkeypatch, reader):
    monkeypatch.setenv("PATH", "")
    checks = {check.name: check for check in examine(Settings(reader=reader, lang="en"))}
    assert checks["recognizer"].good
    assert checks["digits"].good
