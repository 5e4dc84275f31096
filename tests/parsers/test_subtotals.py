"""Totals of districts and pages: read as what they are, and held against the rows they count."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import Settings
from models.annex import SubtotalKind
from models.document import Document
from models.finding import Outcome
from parsers.annex.subtotals import subtotal_district, subtotal_kind
from pipeline.judging import judge_document
from tests.paper import Line, Paper, build_paper
from thai.numerals import to_thai

HEAD = "ลำดับ\tอำเภอ\tอปท.\tบันทึกข้อมูลเรียบร้อยแล้ว (แห่ง)\tยังไม่บันทึกข้อมูล (แห่ง)\tหมายเหตุ"
PAGE = 40


def counts(lines: list[Line]) -> tuple[int, int]:
    done = sum(bool(line.done) for line in lines)
    return done, len(lines) - done


def total(label: str, lines: list[Line], off: int = 0) -> str:
    done, left = counts(lines)
    return f"{label}\t\t\t{to_thai(str(done + off))}\t{to_thai(str(left))}\t"


def by_district(paper: Paper, wrong: str = "") -> Iterator[str]:
    for name in dict.fromkeys(line.district for line in paper.lines):
        lines = [line for line in paper.lines if line.district == name]
        yield from (line.text() for line in lines)
        yield total(f"รวม อ.{name}", lines, off=name == wrong)


def by_page(paper: Paper, off: int = 0) -> Iterator[str]:
    for start in range(0, len(paper.lines), PAGE):
        if start:
            yield total("ยอดยกไป", list(paper.lines[:start]))
            yield f"\f{HEAD}"
            yield total("ยอดยกมา", list(paper.lines[:start]), off)
        yield from (line.text() for line in paper.lines[start : start + PAGE])


class Rewritten(Paper):
    """A paper whose rows are written in another way."""

    rows: list[str]

    def text(self) -> str:
        plain = Paper.text(self)
        return plain.replace("\n".join(line.text() for line in self.lines), "\n".join(self.rows))


def read(paper: Paper, rows: Iterator[str], folder: Path) -> Document:
    other = Rewritten(**{name: getattr(paper, name) for name in Paper.__dataclass_fields__})
    object.__setattr__(other, "rows", list(rows))
    return other.read(folder)


def outcomes(document: Document) -> dict[str, Outcome]:
    return {verdict.rule: verdict.outcome for verdict in judge_document(document, Settings())}


@pytest.fixture(scope="module")
def paper() -> Paper:
    return build_paper("อุตรดิตถ์")


@pytest.mark.slow
def test_totals_of_districts_are_no_rows_and_agree(paper: Paper, tmp_path: Path) -> None:
    document = read(paper, by_district(paper), tmp_path)
    [annex] = document.annexes
    assert len(annex.rows) == 80
    assert {each.kind for each in annex.subtotals} == {SubtotalKind.DISTRICT}
    assert len(annex.subtotals) == 18
    assert [each.district.value for each in annex.subtotals[:4:2]] == ["เมืองอุตรดิตถ์", "ตรอน"]
    assert [each.value.value for each in annex.totals] == list(paper.totals)
    found = outcomes(document)
    assert (found["T01"], found["T04"], found["T06"]) == (Outcome.PASSED,) * 3
    assert document.findings == ()


@pytest.mark.slow
def test_a_total_of_a_district_that_is_off_is_found(paper: Paper, tmp_path: Path) -> None:
    found = read(paper, by_district(paper, wrong="ตรอน"), tmp_path).findings
    assert {finding.rule for finding in found} == {"T04", "T06"}
    assert "ตรอน" in next(finding.message.th for finding in found if finding.rule == "T04")


@pytest.mark.slow
def test_totals_carried_over_a_page_are_no_rows_and_agree(paper: Paper, tmp_path: Path) -> None:
    document = read(paper, by_page(paper), tmp_path)
    [annex] = document.annexes
    assert len(annex.rows) == 80
    assert [each.kind for each in annex.subtotals] == [SubtotalKind.CARRIED_FORWARD] * 2 + [
        SubtotalKind.BROUGHT_FORWARD
    ] * 2
    assert {each.rows_above for each in annex.subtotals} == {PAGE}
    assert outcomes(document)["T05"] is Outcome.PASSED
    assert document.findings == ()


@pytest.mark.slow
def test_a_total_brought_forward_that_is_off_is_found(paper: Paper, tmp_path: Path) -> None:
    found = read(paper, by_page(paper, off=-1), tmp_path).findings
    assert {finding.rule for finding in found} == {"T05"}


@pytest.mark.parametrize(
    ("label", "kind", "district"),
    [
        ("รวม อ.ตรอน", SubtotalKind.DISTRICT, "ตรอน"),
        ("รวมอำเภอเมืองฯ", SubtotalKind.DISTRICT, "เมืองฯ"),
        ("ยอดยกไป", SubtotalKind.CARRIED_FORWARD, ""),
        ("ยกยอดมา", SubtotalKind.BROUGHT_FORWARD, ""),
        ("รวมหน้านี้", SubtotalKind.PAGE, ""),
        ("รวมทั้งสิ้น", None, ""),
        ("รวม", None, ""),
    ],
)
def test_labels(label: str, kind: SubtotalKind | None, district: str) -> None:
    assert (subtotal_kind(label), subtotal_district(label)) == (kind, district)
