"""What the pipeline itself decides: how a document ended, what asks for review, and which files are read."""

import datetime as dt
from typing import Any

import pytest

from core.limits import Limits
from core.settings import Settings
from ingest.page_image_reader import blank_page
from ingest.page_reader import PageReading
from models.annex import Annex, BodyRef, Row, Status
from models.document import Document, DocumentStatus, SourceDocument
from models.document_status import asks_review, derive_status
from models.field import Box, Field
from models.finding import Finding, Outcome
from models.issue import Issue, Message, Severity
from models.letter import Deadline, Letter, LetterKind, NumberField, Reference
from models.ocr import Cell, Grid, Line, Mark, OcrPage
from pipeline.reading import assemble

SAYING = Message(th="ทดสอบ", en="test")
SOURCE = SourceDocument(name="scan.pdf", sha256="0" * 64, media_type="application/pdf", pages=1)
CLEAR = Letter(kind=LetterKind.EXTERNAL_LETTER, pages=(1,))
DOUBTFUL = CLEAR.model_copy(update={"subject": Field[str](value="ทดสอบ", review=("low_confidence",))})


def document(**parts: Any) -> Document:
    return Document(**{"source": SOURCE, "status": "ok", "text": "ทดสอบ", "pages": (), "letters": (CLEAR,)} | parts)


def issue(severity: Severity) -> Issue:
    return Issue(code="page.test", severity=severity, stage="ingest", message=SAYING)


def finding(severity: Severity, outcome: Outcome = Outcome.VIOLATED) -> Finding:
    return Finding(rule="T01", severity=severity, outcome=outcome, message=SAYING)


def row(**parts: Any) -> Row:
    whole: dict[str, Any] = {
        "sequence": Field[int](value=1),
        "district": Field[str](value="เมือง"),
        "body": Field[BodyRef](),
        "cells": {"c1": Field[int | str](value="๑")},
        "status": Field[Status](),
        "remark": Field[str](),
    }
    return Row(**whole | parts)


def annex(*rows: Row, **parts: Any) -> Annex:
    whole: dict[str, Any] = {
        "title": Field[str](),
        "province": Field[str](),
        "as_of": Field[dt.date](),
        "pages": (1,),
        "shape": "marks",
        "columns": (),
    }
    return Annex(rows=rows, **whole | parts)


# --- how a document ended ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({}, DocumentStatus.OK),
        ({"letters": (), "annexes": (annex(row()),)}, DocumentStatus.OK),
        ({"issues": (issue(Severity.WARNING), issue(Severity.INFO))}, DocumentStatus.OK),
        ({"findings": (finding(Severity.WARNING),)}, DocumentStatus.OK),
        ({"findings": (finding(Severity.ERROR, Outcome.COULD_NOT_RUN),)}, DocumentStatus.OK),
        ({"findings": (finding(Severity.ERROR),)}, DocumentStatus.NEEDS_REVIEW),
        ({"letters": (CLEAR, DOUBTFUL)}, DocumentStatus.NEEDS_REVIEW),
        ({"annexes": (annex(row(remark=Field[str](review=("unreadable",)))),)}, DocumentStatus.NEEDS_REVIEW),
        ({"letters": ()}, DocumentStatus.NEEDS_REVIEW),
        ({"issues": (issue(Severity.WARNING), issue(Severity.ERROR))}, DocumentStatus.PARTIAL),
        ({"issues": (issue(Severity.ERROR),), "letters": (DOUBTFUL,)}, DocumentStatus.PARTIAL),
        ({"issues": (issue(Severity.ERROR),), "text": " \n\f"}, DocumentStatus.FAILED),
    ],
)
def test_the_status_tells_the_worst_of_a_document(parts: dict[str, Any], status: DocumentStatus) -> None:
    assert derive_status(document(**parts)) is status


def test_a_document_in_which_nothing_was_read_has_failed_and_says_so() -> None:
    read = assemble(SOURCE, [PageReading(page=blank_page(1, "test"))], Settings())
    assert read.status is DocumentStatus.FAILED
    assert [each.code for each in read.issues] == ["document.nothing_read"]


def test_a_lost_page_beside_a_read_one_makes_the_document_partial() -> None:
    text = OcrPage(number=1, engine="test", width=1, height=1, lines=(line("บันทึกช่วยจำ", 0),))
    lost = PageReading(page=blank_page(2, "test"), issues=(issue(Severity.ERROR),))
    read = assemble(SOURCE, [PageReading(page=text), lost], Settings())
    assert read.status is DocumentStatus.PARTIAL
    assert read.text == "บันทึกช่วยจำ\f"
    assert [page.number for page in read.pages] == [1, 2]


# --- what asks for review -------------------------------------------------------------------------------------------

DOUBT = ("low_confidence",)
SURE_NUMBER, SURE_DATE = NumberField(value="มท 0810.2/ว 856"), Field[dt.date](value=dt.date(2021, 4, 29))


@pytest.mark.parametrize(
    "record",
    [
        Field[str](review=DOUBT),
        NumberField(review=DOUBT),
        CLEAR.model_copy(update={"number": NumberField(review=DOUBT)}),
        CLEAR.model_copy(update={"recipients": (Field[str](), Field[str](review=DOUBT))}),
        CLEAR.model_copy(
            update={"references": (Reference(title=Field[str](review=DOUBT), number=SURE_NUMBER, date=SURE_DATE),)}
        ),
        CLEAR.model_copy(update={"deadlines": (Deadline(date=SURE_DATE, weekday=Field[int](review=DOUBT)),)}),
        row(cells={"c1": Field[str](), "c2": Field[str](review=DOUBT)}),
        annex(row(), row(body=Field[BodyRef](review=DOUBT))),
        annex(row(), as_of=Field[dt.date](review=("missing",))),
        document(letters=(CLEAR, DOUBTFUL)),
    ],
)
def test_a_doubt_anywhere_within_a_record_is_found(record: Any) -> None:
    assert asks_review(record)


@pytest.mark.parametrize(
    "record",
    [
        Field[str](),
        CLEAR,
        CLEAR.model_copy(
            update={
                "recipients": (Field[str](value="นายอำเภอ"),),
                "references": (Reference(title=Field[str](), number=SURE_NUMBER, date=SURE_DATE),),
            }
        ),
        annex(row(), row()),
        document(findings=(finding(Severity.ERROR),)),
    ],
)
def test_a_record_without_a_doubt_asks_for_nothing(record: Any) -> None:
    assert not asks_review(record)


# --- the text of a page ---------------------------------------------------------------------------------------------


def line(text: str, y: float) -> Line:
    return Line(text=text, box=Box(0, y, 1, y + 0.02), confidence=1)


def cell(row: int, column: int, text: str = "", mark: Mark | None = None, **spans: int) -> Cell:
    return Cell(row=row, column=column, box=Box(0, 0, 1, 1), text=text, mark=mark, **spans)


def page(lines: tuple[Line, ...] = (), grids: tuple[Grid, ...] = ()) -> OcrPage:
    return OcrPage(number=1, engine="test", width=1, height=1, lines=lines, grids=grids)


def test_the_text_of_a_page_runs_downwards_with_a_table_in_its_place() -> None:
    cells = (cell(1, 1, mark=Mark.TICK), cell(0, 0, "ลำดับ"), cell(1, 0, "๑"), cell(0, 1, "ครบ\nถ้วน"))
    grid = Grid(box=Box(0, 0.3, 1, 0.6), rows=2, columns=2, cells=cells)
    lines = (line("หัวเรื่อง", 0.1), line("หมายเหตุ", 0.7), line("จังหวัด", 0.2))
    assert page(lines, (grid,)).text == "หัวเรื่อง\nจังหวัด\nลำดับ\tครบ ถ้วน\n๑\t✓\nหมายเหตุ"


def test_empty_and_spanned_cells_keep_the_columns_in_step() -> None:
    cells = (cell(0, 0, "เมือง", row_span=2), cell(0, 1), cell(0, 2, "ก"), cell(1, 1, "ข"), cell(1, 2))
    grid = Grid(box=Box(0, 0, 1, 1), rows=2, columns=3, cells=cells)
    assert page(grids=(grid,)).text == "เมือง\t\tก\n\tข\t"


def test_lines_at_one_height_keep_their_order() -> None:
    assert page((line("ข", 0.1), line("ก", 0.1))).text == "ข\nก"


def test_a_page_without_anything_has_no_text() -> None:
    assert page().text == ""


def test_a_limit_of_reports_makes_no_reading_out_of_date() -> None:
    plain = Limits().of_reading()
    assert Limits(report_crops=1, crop_pixels=1, thread_letters=1).of_reading() == plain
    assert Limits(page_pixels=1).of_reading() != plain
