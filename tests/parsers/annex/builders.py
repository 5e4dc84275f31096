"""Annexes as the parser meets them: ruled pages built in a line or two."""

from collections.abc import Sequence

from models.annex import Annex, Row
from models.field import Box
from models.ocr import Cell, Grid, Line, Mark, OcrPage
from parsers.annexes import parse_annexes
from parsers.text_span import PagedLine
from thai.numerals import to_thai

SURE, UNSURE, REVIEW_BELOW = 0.95, 0.5, 0.8
SIGNS = {mark.value: mark for mark in Mark}
HEADERS = ["ลำดับ", "อำเภอ", "อปท.", "บันทึกข้อมูลแล้ว", "ยังไม่ได้บันทึกข้อมูล", "หมายเหตุ"]
DONE, NOT_DONE = ("✓", ""), ("", "✓")
TOP, BOTTOM = 0.3, 0.8


def cell(text: str, row: int, column: int, row_span: int, shape: tuple[int, int], confidence: float) -> Cell:
    rows, columns = shape
    height, width = (BOTTOM - TOP) / rows, 0.8 / columns
    x, y = 0.1 + column * width, TOP + row * height
    return Cell(
        row=row,
        column=column,
        row_span=row_span,
        box=Box(x, y, x + width, y + height * row_span),
        text=text,
        confidence=confidence if text else 1.0,
        ink=0.1 if text else 0.0,
        mark=SIGNS.get(text),
        mark_confidence=SURE,
    )


def table(rows: Sequence[Sequence[str | None]], confidence: float = SURE) -> Grid:
    """Build a ruled table; None is a position that the cell above covers."""
    shape = len(rows), len(rows[0])
    cells = []
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            if text is None:
                continue
            span = 1
            while r + span < len(rows) and rows[r + span][c] is None:
                span += 1
            cells.append(cell(text, r, c, span, shape, confidence))
    return Grid(box=Box(0.1, TOP, 0.9, BOTTOM), rows=shape[0], columns=shape[1], cells=tuple(cells))


def page(number: int, *grids: Grid) -> OcrPage:
    return OcrPage(number=number, engine="test", width=1000, height=1400, grids=grids)


def line(text: str, number: int = 1, y: float = 0.1, confidence: float = SURE) -> PagedLine:
    return PagedLine(number, Line(text=text, box=Box(0.1, y, 0.9, y + 0.02), confidence=confidence), True)


def body(
    sequence: int | str, marks: tuple[str, str] = DONE, remark: str = "", district: str | None = "ตัวอย่าง"
) -> list[str | None]:
    number = to_thai(str(sequence)) if isinstance(sequence, int) else sequence
    return [number, district, f"อบต.สมมติ{sequence}", *marks, remark]


def one(pages: list[OcrPage], lines: list[PagedLine] | None = None) -> Annex:
    [annex] = parse_annexes(pages, lines or [], REVIEW_BELOW)
    return annex


def sequences(annex: Annex) -> list[int | None]:
    return [row.sequence.value for row in annex.rows]


def rows_of(*bodies: Sequence[str | None], confidence: float = SURE) -> tuple[Row, ...]:
    return one([page(1, table([HEADERS, *bodies], confidence))]).rows


def remarks_of(*remarks: str, confidence: float = SURE) -> list[Row]:
    return list(rows_of(*(body(n, NOT_DONE, text) for n, text in enumerate(remarks, start=1)), confidence=confidence))
