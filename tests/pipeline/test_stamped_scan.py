"""A letter under stamps, a seal and a pen, all the way from the scan to the record."""

import json
from pathlib import Path

import pytest

from core.settings import Settings
from models.field import Source
from pipeline.reading import build_recognizer, read_document

FOLDER = Path(__file__).parents[2] / "fixtures" / "stamped"


@pytest.mark.ocr
def test_the_letter_is_read_without_its_stamps_and_the_stamps_without_the_letter():
    truth = json.loads((FOLDER / "truth.json").read_text("utf-8"))
    wanted = truth["letters"][0]
    settings = Settings()
    document = read_document(FOLDER / "office-200.jpg", settings, build_recognizer(settings))
    [letter] = document.letters
    assert document.pages[0].prepared[:2] == ("ink.blue", "ink.red")
    assert letter.number.value == wanted["number"]
    assert str(letter.date.value) == wanted["date"]
    assert letter.subject.value is not None
    assert "".join(letter.subject.value.split()) == "".join(wanted["subject"].split())
    assert (letter.urgency.value, letter.urgency.source) == (wanted["urgency"], Source.STAMP)
    assert [recipient.value for recipient in letter.recipients] == wanted["recipients"]
    assert letter.receipt is not None
    assert letter.receipt.number.value == wanted["receipt"]["number"]
    assert str(letter.receipt.date.value) == wanted["receipt"]["date"]
    assert letter.receipt.office.source is Source.STAMP
    assert [code.value for code in letter.qr] == wanted["qr"]
    said = letter.body.value or ""
    assert not any(note in said for note in truth["notes"])
    assert all(note in document.text for note in truth["notes"])
