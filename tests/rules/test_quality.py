"""Rules of the reading itself: low confidence, and text or rows that repeat themselves."""

from typing import Any

import pytest

from models.field import Box, Field, Source
from models.finding import Outcome
from tests.rules import builders as b
from tests.rules.judging import NOT_APPLICABLE, PASSED, VIOLATED, finding, of, outcome


@pytest.mark.parametrize(
    ("box", "confidence", "source", "expected"),
    [
        (Box(0, 0, 1, 1), 0.41, Source.PRINT, VIOLATED),
        (Box(0, 0, 1, 1), 0.99, Source.PRINT, PASSED),
        (Box(0, 0, 1, 1), 0.41, Source.PERSON, NOT_APPLICABLE),
        (None, 0.41, Source.PRINT, NOT_APPLICABLE),
    ],
)
def test_low_confidence(box: Box | None, confidence: float, source: Source, expected: Outcome) -> None:
    number = b.number("อต ๐๐๒๓.๓/ว ๑๗๗", box=box, confidence=confidence, source=source)
    assert outcome("Q05", b.case((b.cover(number=number),))) is expected


def test_cells_of_low_confidence_are_told_of_by_column() -> None:
    unsure = {"c4": Field[Any](value="✓", raw="✓", confidence=0.3, box=Box(0, 0, 1, 1), page=3)}
    rows = b.rows(*(b.row(n, b.NAMES[n - 1], cells=b.cells("", "") | unsure) for n in (2, 3)))
    found = finding("Q05", of(rows=rows))
    assert found.evidence == ("annexes[0].rows[1].cells.c4", "annexes[0].rows[2].cells.c4")
    assert "rows 2–3" in found.message.en


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("จึงเรียนมาเพื่อทราบ\n" * 4, VIOLATED),
        ("จึงเรียนมาเพื่อทราบ\n" * 3, PASSED),
        ("๑\tตรอน\t✓\n" * 9, PASSED),
        ("..........\n" * 9, PASSED),
        ("องค์การ " * 5, VIOLATED),
        ("องค์การ " * 4, PASSED),
        ("", NOT_APPLICABLE),
    ],
)
def test_text_that_repeats_itself(page: str, expected: Outcome) -> None:
    assert outcome("Q06", b.case(page=page)) is expected


def test_rows_of_nothing_and_rows_that_repeat() -> None:
    empty = b.row(None, "น้ำหมัน", body=Field(), cells={"c4": Field[Any](value="", raw="")})
    assert "6" in finding("Q06", of(rows=(*b.rows(), empty))).message.en
    same = tuple(b.row(n, "น้ำหมัน") for n in range(1, 5))
    assert len(finding("Q06", of(rows=same)).evidence) == 4
