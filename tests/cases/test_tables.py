"""Tables whose statuses once were null and `ok`; `fixtures/cases` says what is right."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from core.limits import Limits
from core.settings import Settings
from ingest.sources.spreadsheet import read_rows
from models.annex import Annex, Status
from models.ocr import OcrPage
from models.sheet import Sheet
from models.table_facts import TableFacts
from parsers.annex.workbook_annexes import build_annexes
from parsers.annexes import parse_annexes
from pipeline.reading import build_recognizer, read_document

CASES = Path("fixtures/cases")


def expected(name: str) -> dict[str, Any]:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def sheet(name: str) -> list[Annex]:
    rows = read_rows(CASES / name, Limits())
    return build_annexes([Sheet(rows=tuple(rows))], "ตัวอย่าง", TableFacts())[0]


def from_pages(name: str) -> Annex:
    stored = json.loads((CASES / f"{name}.pages.json").read_text("utf-8"))
    [annex] = parse_annexes([OcrPage.model_validate(page) for page in stored], [], 0.8)
    return annex


def complete(annex: Annex) -> list[str]:
    return [row.body.raw for row in annex.rows if row.status.value is Status.COMPLETE]


def test_a_stroke_and_a_dash_in_a_sheet() -> None:
    [first], [second] = sheet("h01-slash-round1.csv"), sheet("h01-slash-round2.csv")
    assert complete(first) == expected("h01-slash")["round1_complete"]
    assert {row.status.value for row in first.rows} == {Status.COMPLETE, Status.INCOMPLETE}
    before = {row.body.raw: row.status.value for row in first.rows}
    changed = {row.body.raw: (before[row.body.raw], row.status.value) for row in second.rows}
    told = {body: pair for body, pair in changed.items() if pair[0] is not pair[1]}
    right = {each["body"]: (each["from"], each["to"]) for each in expected("h01-slash")["changes"]}
    assert told == right


def test_a_stroke_and_a_dash_in_a_text_layer() -> None:
    annex = from_pages("h31-slash-and-dash")
    assert complete(annex) == expected("h31-slash-and-dash")["complete"]
    assert {row.status.value for row in annex.rows} == {Status.COMPLETE, Status.INCOMPLETE}
    assert not any(row.review for row in annex.rows)


@pytest.mark.parametrize("name", ["h39-total-row.csv", "h37-merged.xlsx"])
def test_a_total_row_is_no_body_and_merged_cells_go_on(name: str) -> None:
    annexes = sheet(name)
    assert len(annexes[0].rows) == 12
    assert annexes[0].province.value == "อุตรดิตถ์"
    assert {row.district.value for row in annexes[0].rows} == {"เมืองอุตรดิตถ์"}
    assert not any(row.body.raw.startswith("รวม") for row in annexes[0].rows)


def test_a_table_over_a_page_break_loses_no_row() -> None:
    annex, right = from_pages("h29-page-break"), expected("h29-page-break")
    assert len(annex.rows) == right["rows"]
    assert complete(annex) == right["complete"]
    assert annex.rows[7].body.raw == right["row_8"]
    assert {row.district.value for row in annex.rows} == {right["district_of_all"]}


@pytest.mark.ocr
def test_both_rows_of_a_header_over_signs_are_read_from_a_scan() -> None:
    right, settings = expected("h33-two-row-header-scan"), Settings()
    document = read_document(CASES / "h33-two-row-header-scan.pdf", settings, build_recognizer(settings))
    [annex] = document.annexes
    assert [column.header for column in annex.columns[3:5]] == right["header"]
    counts = Counter(row.status.value for row in annex.rows)
    assert counts == {Status.COMPLETE: right["complete"], Status.INCOMPLETE: right["incomplete"]}
    assert not any(row.status.review for row in annex.rows)
