"""Lists without a rule → tables of two columns."""

from models.field import Box
from models.ocr import Line, OcrPage, Word
from parsers.annex.unruled_lists import add_unruled_list
from parsers.annexes import parse_annexes
from parsers.text_span import PagedLine

NAMES = ("อบจ.", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล", "อบต.")


def lines(*numbers: str, header: bool = True) -> list[PagedLine]:
    said = ([("ประเภท", "จำนวน")] if header else []) + list(zip(NAMES, numbers, strict=True))
    found = []
    for at, (name, number) in enumerate(said):
        y = 0.2 + 0.03 * at
        words = (
            Word(text=name, box=Box(0.1, y, 0.3, y + 0.02), confidence=0.95),
            Word(text=number, box=Box(0.8, y, 0.9, y + 0.02), confidence=0.95),
        )
        found.append(Line(text=f"{name} {number}", box=Box(0.1, y, 0.9, y + 0.02), confidence=0.95, words=words))
    return [PagedLine(1, line, True) for line in found]


def page() -> OcrPage:
    return OcrPage(number=1, engine="test", width=1000, height=1400)


def test_a_line_whose_number_was_not_read_stays_and_asks_for_review() -> None:
    [annex] = parse_annexes([page()], lines("๑", "๒", "๑O๐", "๒๐", "๓๐"), 0.8)
    assert len(annex.rows) == 5
    assert ["unreadable" in row.review for row in annex.rows] == [False, False, True, False, False]


def test_without_a_line_above_it_the_first_line_is_a_row() -> None:
    [annex] = parse_annexes([page()], lines("๑", "๒", "๑๐", "๒๐", "๓๐", header=False), 0.8)
    assert len(annex.rows) == 5
    assert all("annex.no_header" in row.review for row in annex.rows)


def test_three_lines_that_end_with_a_number_are_no_list() -> None:
    some = lines("๑", "๒", "๑๐", "๒๐", "๓๐")[:3]
    assert add_unruled_list(page(), some).grids == ()
