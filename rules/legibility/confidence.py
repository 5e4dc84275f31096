"""Q: whether the reading itself can be relied on: low confidence, text that repeats itself, rows of nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from models.annex import Annex, Column, ColumnKind, Row
from models.field import Field, Source
from models.issue import Severity
from models.letter import Letter
from models.part_names import describe_part
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote, rows_en, rows_th, thai
from rules.engine.record_paths import annexes, letters, reading, rows

_TELLING = re.compile(r"[^\W_]{2,}")
_REPEATED_WORD = re.compile(r"(?P<word>[^\s.…_\-–=*]{3,40})(?:\s+(?P=word)){2,}")
_RULED_ON = frozenset(
    {
        *(ColumnKind.SEQUENCE, ColumnKind.BODY, ColumnKind.MARK),
        *(ColumnKind.COUNT, ColumnKind.AMOUNT, ColumnKind.PERCENT),
    }
)


@rule(
    "Q05",
    th="ความเชื่อมั่น OCR ไม่ต่ำในช่องที่กฎใช้",
    en="values that other rules rest on were read with confidence",
    severity=Severity.WARNING,
    needs="confidence of the reading",
    source="the least confidence is a setting (rules.rule_confidence)",
    about_reading=True,
)
def surely_read(case: Case) -> Iterator[Observation]:
    """Values that rules compare were read with the confidence that the setting asks for.

    Only values with a place on the page have one that was measured; those of a text file have none. A value that a
    person gave is sure. The cells of a column are told of together.
    """
    least = case.settings.rule_confidence
    for place, field in _compared(case):
        if _is_low(field, least):
            yield _unsure(place, field)
        elif _is_measured(field):
            yield passed(place)
    for path, annex in annexes(case):
        yield from _unsure_cells(path, annex, least)


def _unsure(place: str, field: Field[Any]) -> Observation:
    percent, part = round(field.confidence * 100), describe_part(place)
    return violated(
        f"{thai(part.th)} {quote(reading(field))} อ่านด้วยความเชื่อมั่นร้อยละ {thai(percent)}",
        f"{part.en} {quote(reading(field))} was read with a confidence of {percent} percent",
        [place],
    )


def _unsure_cells(path: str, annex: Annex, least: float) -> Iterator[Observation]:
    """Tell of the cells of each column together."""
    low: dict[str, list[tuple[str, int]]] = defaultdict(list)
    measured = False
    for place, number, column, cell in _ruled_on(path, annex):
        measured = measured or _is_measured(cell)
        if _is_low(cell, least):
            low[column.header or column.key].append((place, number))
    for header, found in low.items():
        numbers = [number for _, number in found]
        yield violated(
            f"คอลัมน์ {quote(header)} {rows_th(numbers)} อ่านได้ไม่แน่ชัด",
            f"column {quote(header)}, {rows_en(numbers)}: read with low confidence",
            [place for place, _ in found],
        )
    if measured and not low:
        yield passed(f"{path}.rows")


def _ruled_on(path: str, annex: Annex) -> Iterator[tuple[str, int, Column, Field[Any]]]:
    """Yield the cells that rules count or compare, each with its place, the number of its row, and its column."""
    ruled = [column for column in annex.columns if column.kind in _RULED_ON]
    for where, number, row in rows(path, annex):
        for column in ruled:
            if (cell := row.cells.get(column.key)) is not None:
                yield f"{where}.cells.{column.key}", number, column, cell


@rule(
    "Q06",
    th="ไม่มีผลลัพธ์ซ้ำวนหรือแถวลอย",
    en="no repetitions that no text has, no rows of nothing",
    severity=Severity.ERROR,
    needs="text, rows",
    source="readers that run wild repeat themselves and make rows of nothing; a setting says how often (rules.repeats)",
    about_reading=True,
)
def no_repetitions(case: Case) -> Iterator[Observation]:
    """No line and no word follows itself again and again, no body fills row after row, and no row is empty."""
    most = case.settings.repeats
    for index, page in enumerate(case.document.pages):
        again = [*_repeated_lines(page.text.splitlines(), most), *_repeated_words(page.text, most)]
        for text, times in again:
            yield violated(
                f"{quote(text)} ซ้ำติดกัน {thai(times)} ครั้ง",
                f"{quote(text)} comes {times} times on end",
                [f"pages[{index}].text"],
            )
        if page.text.strip() and not again:
            yield passed(f"pages[{index}].text")
    for path, annex in annexes(case):
        if annex.rows:
            yield from _rows(path, annex, most)


def _rows(path: str, annex: Annex, most: int) -> Iterator[Observation]:
    empty = [index for index, row in enumerate(annex.rows) if _is_empty(row)]
    if empty:
        numbers = [index + 1 for index in empty]
        yield violated(
            f"{rows_th(numbers)} ของตารางว่างเปล่า อาจไม่มีในเอกสาร",
            f"{rows_en(numbers)} of the table: nothing was read, there may be no such rows",
            [f"{path}.rows[{index}]" for index in empty],
        )
    runs = [
        (name, list(places))
        for name, places in groupby(range(len(annex.rows)), key=lambda i: reading(annex.rows[i].body))
    ]
    repeated = [(name, places) for name, places in runs if name.strip() and len(places) >= most]
    for name, places in repeated:
        yield violated(
            f"{quote(name)} ซ้ำติดกัน {thai(len(places))} แถว",
            f"{quote(name)} fills {len(places)} rows on end",
            [f"{path}.rows[{index}].body" for index in places],
        )
    if not empty and not repeated:
        yield passed(f"{path}.rows")


def _is_empty(row: Row) -> bool:
    return row.sequence.value is None and not any(cell.raw.strip() or cell.value for cell in row.cells.values())


def _repeated_lines(lines: Sequence[str], most: int) -> Iterator[tuple[str, int]]:
    """Yield lines that follow themselves; table rows, and lines of dots and dashes, may well do."""
    telling = (line.strip() for line in lines if line.strip())
    for line, found in groupby(telling):
        times = len(list(found))
        if times >= most and "\t" not in line and _TELLING.search(line):
            yield line, times


def _repeated_words(text: str, most: int) -> Iterator[tuple[str, int]]:
    for match in _REPEATED_WORD.finditer(text):
        times = len(match.group().split())
        if times > most and _TELLING.search(match["word"]) and "\n" not in match.group() and "\t" not in match.group():
            yield match["word"], times


def _is_measured(field: Field[Any]) -> bool:
    return field.box is not None and field.source is not Source.PERSON and bool(field.raw.strip())


def _is_low(field: Field[Any], least: float) -> bool:
    return _is_measured(field) and field.confidence < least


def _compared(case: Case) -> Iterator[tuple[str, Field[Any]]]:
    """Yield the values, cells aside, that other rules compare."""
    for path, letter in letters(case):
        yield from ((f"{path}.{name}", field) for name, field in _letter_fields(letter))
    for path, annex in annexes(case):
        yield f"{path}.as_of", annex.as_of
        yield from ((f"{path}.totals[{index}].value", total.value) for index, total in enumerate(annex.totals))
        yield from ((f"{path}.subtotals[{index}].value", each.value) for index, each in enumerate(annex.subtotals))


def _letter_fields(letter: Letter) -> Iterable[tuple[str, Field[Any]]]:
    yield "number", letter.number
    yield "date", letter.date
    for index, reference in enumerate(letter.references):
        yield f"references[{index}].number", reference.number
        yield f"references[{index}].date", reference.date
    for index, enclosure in enumerate(letter.enclosures):
        yield f"enclosures[{index}].number", enclosure.number
        yield f"enclosures[{index}].date", enclosure.date
    for index, deadline in enumerate(letter.deadlines):
        yield f"deadlines[{index}].date", deadline.date
    if letter.receipt is not None:
        yield "receipt.date", letter.receipt.date
