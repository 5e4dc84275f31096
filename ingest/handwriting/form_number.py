"""The number on a radio message's form (ที่ของผู้ให้ข่าว), whose running part is filled in by hand when it is sent.

It stands in a ruled cell under its label, mostly without ที่. Only a cell that the recognizer of print is unsure of is
looked at, and of it the one line that is a number; what a hand wrote is read as on a letter, and asks for review as
everything there.
"""

import re
from collections.abc import Sequence

from ingest.handwriting.date_time_group import cut_cell
from ingest.handwriting.fill_in_fields import is_bare_number
from ingest.handwriting.fill_in_recognition import read_fill_ins
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.text_lines import read_text_lines
from ingest.sources.page_image import PageImage
from models.field import Source
from models.ocr import Cell, Grid

_LABEL = re.compile(r"ท\S{0,3}\s*ของผ\S{0,2}ให\S?ข\S?าว")
_SURE = 0.9
"""Confidence of print from which a cell is not looked at."""


def read_form_numbers(grids: Sequence[Grid], page: PageImage, recognizer: TextRecognizer) -> tuple[Grid, ...]:
    """Return the grids of a level page, with the running number of a radio message's form read as handwriting.

    Args:
        grids: As they were read.
        page: What they were read from.
        recognizer: What finds the print before it.

    Raises:
        core.errors.RecognitionError: The recognizer failed or ran out of time.
    """
    result = []
    for grid in grids:
        cells = tuple(
            _read(cell, page, recognizer) if cell.confidence < _SURE and _LABEL.search(cell.text) else cell
            for cell in grid.cells
        )
        result.append(grid.model_copy(update={"cells": cells}))
    return tuple(result)


def _read(cell: Cell, page: PageImage, recognizer: TextRecognizer) -> Cell:
    picture = cut_cell(cell, page)
    lines = read_fill_ins(read_text_lines(picture, recognizer).lines, picture.ink, bare_numbers=True)
    numbers = [line for line in lines if is_bare_number(line.text)]
    filled = next((line for line in numbers if any(word.source is Source.HANDWRITING for word in line.words)), None)
    printed = cell.text.split("\n")
    places = [place for place, text in enumerate(printed) if is_bare_number(text)]
    if filled is None or len(places) != 1:
        return cell
    printed[places[0]] = filled.text
    return cell.model_copy(
        update={"text": "\n".join(printed), "confidence": filled.confidence, "source": Source.HANDWRITING}
    )
