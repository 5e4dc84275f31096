"""The date-time group of a radio message's form (หมู่ - วัน - เวลา), which is filled in by hand when it is sent.

Before the printed month stand six digits: the day, the hour and the minute, as in ๒๓๑๕๔๕ เม.ย. ๖๗. The recognizer of
print makes little of them; the reader of handwritten digits gives several readings, of which only those that are a day
of that month and a time of day can be. What is taken asks for review, as everything that a hand wrote.
"""

import calendar
import re
from collections.abc import Sequence

import cv2
import numpy as np

from ingest.pixels import GrayImage
from ingest.recognition.handwritten_digits import Reading, read_number, score_digits
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.text_lines import read_text_lines
from ingest.sources.page_image import PageImage
from models.field import Source
from models.ocr import Cell, Grid, Line
from thai.months import parse_month
from thai.numerals import to_arabic

_LABEL = re.compile(r"หม.{0,3}\s*-?\s*วัน\s*-?\s*เวลา")
_MONTH = re.compile(r"(?P<month>[ก-ฮเ][ก-ฮะ-๎]{0,8}\.? ?[ก-ฮ][ก-ฮะ-๎]{0,8}\.?)\s*(?P<year>\d{4}|\d\d)\W*$")
_GROUP = re.compile(r"\d{6}")
_SURE = 0.9
"""Confidence of print from which a group that is well formed is not read as handwriting."""
_RIM = 50
"""Pixels an inch for each that the rules around a cell take: a fiftieth of an inch."""
_MARGIN = 30
"""Pixels of paper around a group that is cut out, as the network saw them."""
_LEAST_INK = 0.25
"""Height of a piece of ink, in that of the month, below which it is a dot or dust."""


def read_date_time_groups(grids: Sequence[Grid], page: PageImage, recognizer: TextRecognizer) -> tuple[Grid, ...]:
    """Return the grids of a level page, with the date-time group of a radio message's form read as handwriting.

    Args:
        grids: As they were read.
        page: What they were read from.
        recognizer: What finds the printed month.

    Raises:
        core.errors.RecognitionError: The recognizer failed or ran out of time.
    """
    result = []
    for grid in grids:
        cells = tuple(_read(cell, page, recognizer) if _LABEL.search(cell.text) else cell for cell in grid.cells)
        result.append(grid.model_copy(update={"cells": cells}))
    return tuple(result)


def _read(cell: Cell, page: PageImage, recognizer: TextRecognizer) -> Cell:
    picture = cut_cell(cell, page)
    lines = read_text_lines(picture, recognizer).lines
    found = next(((line, match) for line in lines if (match := _MONTH.search(to_arabic(line.text)))), None)
    if found is None:
        return cell
    line, match = found
    month = parse_month(match["month"])
    printed = to_arabic(line.text[: match.start()].strip())
    if month is None or (is_group(printed, month[0]) and line.confidence >= _SURE):
        return cell
    ink = _ink_before(line, match.start(), picture)
    best = find_likeliest_group(read_number(score_digits(ink)), month[0]) if ink is not None else None
    if best is None:
        return cell
    told = f"{best.text} {line.text[match.start() :]}"
    said = cell.text.split("\n")
    at = next((n for n, each in enumerate(said) if n and _MONTH.search(to_arabic(each.strip()))), None)
    # where the cell's own reading has no such line, the group goes below its label and nothing is taken away
    said[1 if at is None else at : 1 if at is None else at + 1] = [told]
    text = "\n".join(said)
    return cell.model_copy(
        update={"text": text, "confidence": min(best.probability, 1.0), "source": Source.HANDWRITING}
    )


def find_likeliest_group(readings: Sequence[Reading], month: int) -> Reading | None:
    """Return the likeliest of some readings that is a date-time group of a month (1 to 12), or None."""
    valid = [reading for reading in readings if is_group(to_arabic(reading.text), month)]
    return max(valid, key=lambda reading: reading.probability, default=None)


def is_group(digits: str, month: int) -> bool:
    """Tell whether Arabic digits are a day of a month, an hour and a minute."""
    if not _GROUP.fullmatch(digits):
        return False
    day, hour, minute = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    leap_year = 2000
    return 1 <= day <= calendar.monthrange(leap_year, month)[1] and hour < 24 and minute < 60


def cut_cell(cell: Cell, page: PageImage) -> PageImage:
    """Return the picture of a cell within its rules, with paper around it."""
    width, height = page.size
    rim = max(page.dpi // _RIM, 2)
    rows = slice(int(cell.box.y0 * height) + rim, int(cell.box.y1 * height) - rim)
    columns = slice(int(cell.box.x0 * width) + rim, int(cell.box.x1 * width) - rim)
    return PageImage(np.pad(page.gray[rows, columns], _MARGIN, constant_values=int(page.paper)), page.dpi)


def _ink_before(line: Line, begin: int, picture: PageImage) -> GrayImage | None:
    """Return the ink left of the month on its line, or None where there is none."""
    words, at = list(line.words), 0
    month = None
    for word in words:
        if at >= begin:
            month = word
            break
        at += len(word.text) + 1
    if month is None:
        return None
    width, height = picture.size
    tall = month.box.height * height
    top = max(int((month.box.y0 - month.box.height) * height), 0)
    bottom = min(int((month.box.y1 + month.box.height) * height), height)
    ink = picture.ink[top:bottom]
    _, labels, stats, middles = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left = [
        n
        for n in range(1, len(stats))
        if middles[n][0] < month.box.x0 * width and stats[n][cv2.CC_STAT_HEIGHT] >= _LEAST_INK * tall
    ]
    alone = np.where(np.isin(labels, left), 255, 0).astype(np.uint8)
    rows, columns = np.nonzero(alone)
    if not len(rows):
        return None
    return np.ascontiguousarray(alone[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])
