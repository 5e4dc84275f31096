"""The date-time group of a radio message's form."""

from pathlib import Path

import numpy as np
import pytest

from ingest.handwriting import date_time_group
from ingest.handwriting.date_time_group import find_likeliest_group, is_group, read_date_time_groups
from ingest.recognition.handwritten_digits import Reading
from ingest.recognition.tesseract import TesseractRecognizer
from ingest.recognition.text_lines import TextReading
from ingest.sources.page_image import PageImage
from models.field import Box, Source
from models.ocr import Cell, Grid, Line, Word

NOBODY = TesseractRecognizer("none", Path(), "none")


@pytest.mark.parametrize(
    ("digits", "month", "right"),
    [
        ("231545", 4, True),
        ("310000", 4, False),
        ("290000", 2, True),
        ("302460", 1, False),
        ("112400", 8, False),
        ("11100", 8, False),
        ("001000", 8, False),
    ],
)
def test_a_day_of_the_month_and_a_time_of_day(digits: str, month: int, *, right: bool) -> None:
    assert is_group(digits, month) is right


def test_of_several_readings_the_likeliest_that_can_be() -> None:
    readings = [Reading("๓๑๐๐๐๐", 0.4), Reading("๒๓๑๕๔๕", 0.2), Reading("๒๓๑๕๔๑", 0.1), Reading("๒๓๑๕", 0.3)]
    assert find_likeliest_group(readings, 4) == readings[1]
    assert find_likeliest_group(readings[:1], 4) is None


def form(text: str) -> Grid:
    cell = Cell(row=0, column=0, box=Box(0.1, 0.1, 0.9, 0.9), text=text, confidence=0.3)
    return Grid(box=cell.box, rows=1, columns=1, cells=(cell,))


def read(monkeypatch: pytest.MonkeyPatch, text: str, printed: str, *, confidence: float, month: str = "เม.ย.") -> Cell:
    """Return the cell of a form after what stands left of its month was read as handwriting.

    Ink stands at the left of the middle of the page, as a hand writes it before the printed month.
    """
    gray = np.full((400, 800), 255, np.uint8)
    gray[190:220, 200:380:20] = 0
    words = [(printed, 0.2, 0.5), (month, 0.55, 0.7), ("๖๗", 0.75, 0.85)]
    boxed = tuple(Word(text=t, box=Box(x0, 0.45, x1, 0.55), confidence=confidence) for t, x0, x1 in words if t)
    line = Line(
        text=" ".join(word.text for word in boxed), box=Box(0.2, 0.45, 0.85, 0.55), confidence=confidence, words=boxed
    )
    monkeypatch.setattr(date_time_group, "read_text_lines", lambda *_: TextReading((line,)))
    monkeypatch.setattr(date_time_group, "read_number", lambda _: [Reading("๓๑๑๕๔๕", 0.5), Reading("๒๓๑๕๔๕", 0.4)])
    (grid,) = read_date_time_groups((form(text),), PageImage(gray, 200), NOBODY)
    return grid.cells[0]


LABELED = "หมู่ - วัน - เวลา\n(๒๙๑๕๔@ เม.ย. ๖๗"


def test_the_group_is_taken_from_the_hand_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = read(monkeypatch, LABELED, "(๒๙๑๕๔@", confidence=0.3)
    assert (cell.text, cell.source) == ("หมู่ - วัน - เวลา\n๒๓๑๕๔๕ เม.ย. ๖๗", Source.HANDWRITING)


def test_a_group_that_was_printed_stays_print(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = "หมู่ - วัน - เวลา\n๒๐๐๗๔๕ เม.ย. ๖๗"
    assert read(monkeypatch, typed, "๒๐๐๗๔๕", confidence=0.97).source is Source.PRINT


def test_other_cells_and_months_that_are_none_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, "จาก\nกองทดสอบ", "๒๐", confidence=0.3).text == "จาก\nกองทดสอบ"
    assert read(monkeypatch, LABELED, "(๒๙", confidence=0.3, month="กขค.งจ.").text == LABELED
