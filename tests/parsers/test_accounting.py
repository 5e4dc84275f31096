"""The ledger of a page: whatever is taken from the parsers, or added that none of them knows, is told of."""

import datetime as dt
import random
from pathlib import Path

import pytest

from core.limits import Limits
from core.settings import Settings
from ingest.sources.plain_text import read_pages
from models.accounting import PartKind
from models.annex import Annex, AnnexShape, Column, ColumnKind
from models.field import Box, Field, Source
from models.null_reason import NullReason
from models.ocr import Cell, Code, Grid, Line, OcrPage, Word
from parsers.accounting import account_for_pages, build_tables, find_unaccounted
from parsers.annexes import parse_annexes
from parsers.letters import parse_letters

FIXTURES = Path(__file__).parents[2] / "fixtures"
REVIEW_BELOW = Settings().review_confidence
STRANGE = ("ฎฎ ยังไม่เคยเห็น", "XQ 9731 ZZ", "พิมพ์เพิ่มเติมนอกแบบ")


def account(seen, parsed):
    """Account for what was seen, where only some of it was given to the parsers."""
    letters, rest = parse_letters(parsed, REVIEW_BELOW)
    annexes = parse_annexes(parsed, rest, REVIEW_BELOW)
    tables = build_tables(seen, letters, annexes)
    parts = account_for_pages(seen, letters, annexes, tables)
    return find_unaccounted(parts, documented=bool(letters or annexes))


@pytest.fixture(scope="module")
def pages():
    return read_pages(FIXTURES / "seed-like" / "ocr.txt", Limits())


def line(text, top=0.5, source=Source.PRINT):
    words = text.split(" ")
    width = 0.8 / max(len(words), 1)
    boxes = [Box(0.1 + n * width, top, 0.1 + (n + 0.9) * width, top + 0.02) for n in range(len(words))]
    parts = tuple(Word(text=word, box=box, confidence=0.9) for word, box in zip(words, boxes, strict=True))
    return Line(text=text, box=Box(0.1, top, 0.9, top + 0.02), confidence=0.9, words=parts, source=source)


def sheet(*lines, **more):
    return OcrPage(number=1, engine="test", width=1000, height=1400, lines=lines, **more)


@pytest.mark.slow
def test_a_paper_whose_every_part_is_understood_has_nothing_left_over(pages):
    assert account(pages, pages) == ()


def without(page, index):
    return page.model_copy(update={"lines": page.lines[:index] + page.lines[index + 1 :]})


def said(text):
    return sum(character.isalnum() for character in text)


@pytest.mark.slow
def test_no_line_that_is_taken_from_the_parsers_goes_unsaid(pages):
    chance = random.Random(20261129)  # noqa: S311
    choices = [
        (page, index) for page in range(len(pages)) for index, own in enumerate(pages[page].lines) if said(own.text) > 3
    ]
    unsaid = []
    for page, index in chance.sample(choices, 8):
        given = [*pages[:page], without(pages[page], index), *pages[page + 1 :]]
        lost = pages[page].lines[index].text
        if not any(left.page == page + 1 for left in account(pages, given)):
            unsaid.append(lost)
    assert unsaid == []


@pytest.mark.slow
def test_what_no_parser_knows_is_told_of_with_its_place(pages):
    chance = random.Random(7)  # noqa: S311
    for text in STRANGE:
        page = chance.randrange(len(pages))
        own = pages[page]
        at = chance.randrange(len(own.lines))
        added = own.lines[at].model_copy(update={"text": text, "words": ()})
        seen = [*pages[:page], own.model_copy(update={"lines": (*own.lines, added)}), *pages[page + 1 :]]
        left = account(seen, pages)
        assert [part.page for part in left] == [page + 1]
        assert left[0].text == text


def test_of_two_equal_lines_one_that_was_lost_is_missed():
    twice = sheet(line("ประกาศสำคัญ", 0.3), line("ประกาศสำคัญ", 0.6))
    once = twice.model_copy(update={"lines": twice.lines[:1]})
    left = account([twice], [once])
    assert left
    assert twice.lines[1].box.y0 in {part.box.y0 for part in left if part.box}


def test_a_stamp_that_is_no_receipt_stamp_is_told_of():
    left = account([sheet(line("เพื่อโปรดทราบ", 0.9, Source.STAMP))], [sheet()])
    assert [(part.kind, part.text) for part in left] == [(PartKind.STAMP, "เพื่อโปรดทราบ")]


def test_a_code_without_a_letter_is_told_of():
    code = Code(payload="https://example.invalid/a", box=Box(0.1, 0.8, 0.2, 0.9))
    assert [part.kind for part in account([sheet(codes=(code,))], [sheet()])] == [PartKind.QR_CODE]


@pytest.mark.parametrize("text", ["- ๒ -", "(๓)", "หน้า ๒", "/ดังนั้น...", ". . . .", "เรียน"])
def test_what_belongs_to_the_form_has_an_owner(text):
    assert account([sheet(line(text, 0.05))], [sheet()]) == ()


def test_a_table_that_is_no_annex_is_kept_cell_by_cell():
    cells = tuple(
        Cell(
            row=row,
            column=column,
            box=Box(0.1 + column / 4, 0.1 + row / 10, 0.3 + column / 4, 0.18 + row / 10),
            text=text,
            ink=0.1,
        )
        for row, texts in enumerate((("รายการ", "บาท"), ("กระดาษ", "๑๐")))
        for column, text in enumerate(texts)
    )
    page = sheet(grids=(Grid(box=Box(0.1, 0.1, 0.6, 0.3), rows=2, columns=2, cells=cells),))
    letters, rest = parse_letters([page], REVIEW_BELOW)
    annexes = parse_annexes([page], rest, REVIEW_BELOW)
    [table] = build_tables([page], letters, annexes)
    assert [cell.text for cell in table.cells] == ["รายการ", "บาท", "กระดาษ", "๑๐"]
    owners = {part.owner for part in account_for_pages([page], letters, annexes, (table,))}
    assert owners == {"tables[0]"}


def test_headers_on_a_line_without_rules_belong_to_their_columns_and_once_only():
    columns = tuple(
        Column(key=f"c{n}", header=header, kind=ColumnKind.TEXT)
        for n, header in enumerate(("ประเภท", "ลักษณะงาน"), start=1)
    )
    nothing = Field[str](null_reason=NullReason.ABSENT)
    annex = Annex(
        title=nothing,
        province=nothing,
        as_of=Field[dt.date](null_reason=NullReason.ABSENT),
        pages=(1,),
        shape=AnnexShape.OTHER,
        columns=columns,
        rows=(),
    )
    page = sheet(line("ประเภท ลักษณะงาน", 0.2), line("ประเภท คนอื่น", 0.4))
    left = find_unaccounted(account_for_pages([page], [], [annex]), documented=True)
    assert [part.text for part in left] == ["ประเภท คนอื่น"]
