"""The pages of a sheet are pages to the parsers, and places on the sheet to the record."""

from models.field import Box, Field, Source
from models.letter import Letter, LetterKind
from models.ocr import Line, OcrPage
from parsers.segmentation.sheets import Sheets


def page(number, gutter=None, *boxes):
    lines = tuple(Line(text=str(n), box=box, confidence=0.9) for n, box in enumerate(boxes))
    return OcrPage(number=number, engine="test", width=1000, height=700, lines=lines, gutter=gutter)


TWO = page(1, 0.5, Box(0.1, 0.1, 0.4, 0.2), Box(0.6, 0.1, 0.9, 0.2))


def test_each_half_is_a_page():
    pages = Sheets((TWO, page(2))).pages
    assert [each.number for each in pages] == [1, 2, 3]
    assert [[line.text for line in each.lines] for each in pages] == [["0"], ["1"], []]
    assert tuple(round(edge, 3) for edge in pages[1].lines[0].box) == (0.2, 0.1, 0.8, 0.2)


def test_a_record_names_the_sheet_and_the_place_on_it():
    sheets = Sheets((TWO, page(2)))
    subject = Field[str](
        value="1", raw="1", page=2, box=sheets.pages[1].lines[0].box, source=Source.PRINT, confidence=0.9
    )
    letter = Letter(kind=LetterKind.OTHER, pages=(2, 3), subject=subject)
    [restored] = sheets.restore((letter,))
    assert restored.pages == (1, 2)
    assert restored.subject.page == 1
    assert tuple(round(edge, 3) for edge in restored.subject.box) == (0.6, 0.1, 0.9, 0.2)
    assert [sheets.find_sheet(number) for number in (1, 2, 3)] == [1, 1, 2]


def test_a_document_of_single_pages_stays_what_it_is():
    sheets = Sheets((page(1), page(2)))
    letter = Letter(kind=LetterKind.OTHER, pages=(1,))
    assert sheets.pages is sheets.sheets
    assert sheets.restore((letter,))[0] is letter
