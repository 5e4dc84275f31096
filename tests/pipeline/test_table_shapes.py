"""One annex of each shape that offices use, born digital and scanned, through the whole pipeline."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from core.settings import Settings
from models.annex import Annex, CellValue, ColumnKind
from models.document import Document
from models.field import Field
from pipeline.reading import build_recognizer, read_document

pytestmark = pytest.mark.slow

SHAPES = Path(__file__).parents[2] / "fixtures" / "shapes"
TRUTH: dict[str, dict[str, Any]] = json.loads((SHAPES / "truth.json").read_text(encoding="utf-8"))
LETTERS_WRONG = 0.02
"""Share of the letters of a scan's words that may be misread; numbers and marks may not."""


@cache
def read(name: str, suffix: str) -> Document:
    """Read a file once for all tests of this module: records are frozen."""
    settings = Settings()
    return read_document(SHAPES / f"{name}{suffix}", settings, build_recognizer(settings))


def said(annex: Annex) -> list[list[str]]:
    kinds = {column.key: column.kind for column in annex.columns}
    return [[bare(as_printed(field, kinds[key])) for key, field in row.cells.items()] for row in annex.rows]


def as_printed(field: Field[CellValue], kind: ColumnKind) -> str:
    normalized = isinstance(field.value, int | float) or kind is ColumnKind.DATE
    return field.raw if normalized else str(field.value or "")


def bare(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("name", TRUTH)
def test_of_a_born_digital_annex_every_cell_is_read(name: str) -> None:
    [annex] = read(name, ".pdf").annexes
    assert said(annex) == [[bare(text) for text in row] for row in TRUTH[name]["rows"]]


@pytest.mark.ocr
@pytest.mark.parametrize("name", TRUTH)
def test_of_a_scanned_annex_every_row_number_and_mark_is_read_and_nearly_every_letter(name: str) -> None:
    [annex] = read(name, ".tif").annexes
    rows = TRUTH[name]["rows"]
    worded = {index for index, column in enumerate(annex.columns) if column.kind in WORDS}
    got, wanted = said(annex), [[bare(text) for text in row] for row in rows]
    assert [len(row) for row in got] == [len(row) for row in wanted]
    wrong = letters = 0
    for read_row, row in zip(got, wanted, strict=True):
        for column, (a, b) in enumerate(zip(read_row, row, strict=True)):
            if column in worded:
                wrong, letters = wrong + Levenshtein.distance(a, b), letters + len(b)
            else:
                assert a == b or (a, b) == ("", "-")
    assert wrong <= LETTERS_WRONG * letters


WORDS = {ColumnKind.TEXT, ColumnKind.REMARK, ColumnKind.BODY, ColumnKind.DISTRICT}


@pytest.mark.ocr
@pytest.mark.parametrize("suffix", [".pdf", ".tif"])
@pytest.mark.parametrize("name", [name for name, truth in TRUTH.items() if truth["totals"]])
def test_printed_totals_are_read_under_their_columns(name: str, suffix: str) -> None:
    [annex] = read(name, suffix).annexes
    totals = {total.column: bare(total.value.raw) for total in annex.totals}
    assert {column: totals.get(column) for column in TRUTH[name]["totals"]} == TRUTH[name]["totals"]


def test_the_subtotal_of_each_district_is_kept_apart_from_its_rows() -> None:
    [annex] = read("districts", ".pdf").annexes
    names = [subtotal.district.value for subtotal in annex.subtotals]
    assert list(dict.fromkeys(names)) == ["เกาะยาว", "กะปง", "ตะกั่วทุ่ง"]


def test_three_rows_of_headers_name_each_column() -> None:
    [annex] = read("three-headers", ".pdf").annexes
    assert annex.columns[2].header == "ถนนในความรับผิดชอบ คอนกรีต สาย"
    assert annex.columns[-1].header == "ถนนในความรับผิดชอบ ลูกรัง ชำรุด"


def test_two_lists_side_by_side_are_one() -> None:
    [annex] = read("names", ".pdf").annexes
    assert [row.sequence.value for row in annex.rows] == list(range(1, 13))


@pytest.mark.ocr
@pytest.mark.parametrize("clockwise", [90, 180, 270])
@pytest.mark.parametrize("name", ["nested", "quantities"])
def test_a_page_lies_as_it_may(name: str, clockwise: int, tmp_path: Path) -> None:
    lying = tmp_path / "lying.tif"
    with Image.open(SHAPES / f"{name}.tif") as picture:
        picture.rotate(-clockwise, expand=True).save(lying, dpi=(200, 200))
    settings = Settings()
    document = read_document(lying, settings, build_recognizer(settings))
    assert document.pages[0].rotation == (360 - clockwise) % 360
    assert [len(annex.rows) for annex in document.annexes] == [len(TRUTH[name]["rows"])]
