"""The number on a radio message's form."""

from pathlib import Path

import numpy as np
import pytest

from ingest.handwriting import fill_in_recognition, form_number
from ingest.handwriting.form_number import read_form_numbers
from ingest.recognition.handwritten_digits import Reading
from ingest.recognition.tesseract import TesseractRecognizer
from ingest.recognition.text_lines import TextReading
from ingest.sources.page_image import PageImage
from models.field import Box, Source
from models.ocr import Cell, Grid, Line, Word

NOBODY = TesseractRecognizer("none", Path(), "none")
LABEL = "ที่ของผู้ให้ข่าว"


def read(monkeypatch: pytest.MonkeyPatch, text: str, confidence: float) -> Cell:
    """Return the cell of a form after what stands behind its stroke was read as handwriting.

    Print is four boxes on one foot line and a stroke; what a hand wrote is twice as high.
    """
    gray = np.full((400, 1200), 255, np.uint8)
    for left in range(300, 420, 30):
        gray[180:210, left : left + 20] = 0
        gray[184:206, left + 4 : left + 16] = 255
    for row in range(40):
        gray[215 - row, 425 + row // 2 : 429 + row // 2] = 0
    for left in (470, 510):
        gray[150:220, left : left + 25] = 0
        gray[154:216, left + 4 : left + 21] = 255
    # the cell is cut out with its rim off and paper around, which moves what is in it by a few pixels
    words = [("กห", 0.15, 0.2), ("0317/0R", 0.25, 0.46)]
    boxed = tuple(Word(text=t, box=Box(x0, 0.43, x1, 0.56), confidence=confidence) for t, x0, x1 in words)
    line = Line(text="กห 0317/0R", box=Box(0.15, 0.43, 0.46, 0.56), confidence=confidence, words=boxed)
    monkeypatch.setattr(form_number, "read_text_lines", lambda *_: TextReading((line,)))
    monkeypatch.setattr(fill_in_recognition, "propose", lambda *_: Reading("88", 0.7))
    cell = Cell(row=0, column=0, box=Box(0.0, 0.0, 1.0, 1.0), text=text, confidence=confidence)
    grid = Grid(box=cell.box, rows=1, columns=1, cells=(cell,))
    (filled,) = read_form_numbers((grid,), PageImage(gray, 200), NOBODY)
    return filled.cells[0]


def test_what_a_hand_wrote_behind_the_stroke_is_read_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = read(monkeypatch, f"{LABEL}\nกห 0317/0R", 0.3)
    assert cell.text == f"{LABEL}\nกห 0317/ 88"
    assert cell.source is Source.HANDWRITING
    assert cell.confidence < 0.9


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([LABEL, "กห 0317/0R", "โทร. 02 241 0001/2"], [LABEL, "กห 0317/ 88", "โทร. 02 241 0001/2"]),
        ([LABEL, "ที่ กห 0317/0R", "สำนัก/กอง"], [LABEL, "กห 0317/ 88", "สำนัก/กอง"]),
    ],
)
def test_what_stands_below_the_number_stays(
    monkeypatch: pytest.MonkeyPatch, lines: list[str], expected: list[str]
) -> None:
    cell = read(monkeypatch, "\n".join(lines), 0.3)
    assert cell.text.split("\n") == expected


@pytest.mark.parametrize("lines", [[LABEL, "0R"], [LABEL, "โทร. 02 241 0001/2"], [LABEL, "กห 0317/0R", "กห 0318/12"]])
def test_a_cell_without_one_line_that_is_the_number_is_left(monkeypatch: pytest.MonkeyPatch, lines: list[str]) -> None:
    cell = read(monkeypatch, "\n".join(lines), 0.3)
    assert (cell.text.split("\n"), cell.source) == (lines, Source.PRINT)


def test_a_cell_that_print_is_sure_of_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = read(monkeypatch, f"{LABEL}\nกห 0317/88", 0.97)
    assert (cell.text, cell.source) == (f"{LABEL}\nกห 0317/88", Source.PRINT)


def test_a_cell_under_another_label_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, "จาก\nกห 0317/0R", 0.3).source is Source.PRINT
