"""Radio messages: the labeled form, ruled and unruled."""

import datetime as dt

from models.field import Box, Source
from models.letter import Letter, LetterKind
from models.ocr import Cell, Grid, Line, OcrPage
from parsers.letter.form_cells import filled_cells
from parsers.letters import parse_letters

HEAD = (
    # row, column, rows, columns, text
    (0, 0, 2, 1, "ลำดับความเร่งด่วน\nด่วนมาก"),
    (0, 1, 2, 1, "ชั้นความลับ"),
    (0, 2, 2, 1, "หมู่ - วัน - เวลา\n๒๓๐๙๔๕ เม.ย. ๖๗"),
    (0, 3, 1, 1, "หน้าที่ ๑ ของ ๒ หน้า"),
    (1, 3, 1, 1, "ที่ของผู้ให้ข่าว\nที่ กห ๐๓๙๙/๒๔"),
    (2, 0, 1, 1, "จาก"),
    (2, 1, 1, 3, "กทส.ทหาร"),
    (3, 0, 1, 1, "ถึง ผู้รับปฏิบัติ"),
    (3, 1, 1, 3, "กทก.ทหาร, กทข.ทหาร\nกทค.ทหาร และ กทง.ทหาร"),
    (4, 0, 1, 1, "ผู้รับทราบ"),
    (4, 1, 1, 3, "-"),
)
FOOT = (
    (0, 0, 1, 1, "QR Code/Email"),
    (0, 1, 1, 1, "หน่วย\nกทท.ทหาร"),
    (0, 2, 1, 1, "ผู้เขียนข่าว"),
    (0, 3, 1, 1, "นายทหารอนุมัติข่าว"),
    (1, 0, 1, 1, ""),
    (1, 1, 1, 1, "โทรศัพท์\n๐ ๒๐๐๐ ๐๐๐๐"),
    (1, 2, 1, 1, "น.อ.\n(ตัวอย่าง ผู้เขียน)\nหน้าที่ ผอ.กทท.ทหาร"),
    (1, 3, 1, 1, "พล.ต.\n(สมมติ ทดสอบดี)\nรอง จก.กทส.ทหาร ทำการแทน\nจก.กทส.ทหาร"),
)


def grid(cells: tuple[tuple[int, int, int, int, str], ...], top: float, bottom: float) -> Grid:
    rows = max(row + tall for row, _, tall, _, _ in cells)
    step = (bottom - top) / rows
    return Grid(
        box=Box(0.1, top, 0.9, bottom),
        rows=rows,
        columns=4,
        cells=tuple(
            Cell(
                row=row,
                column=column,
                row_span=tall,
                column_span=wide,
                box=Box(0.1 + 0.2 * column, top + row * step, 0.1 + 0.2 * (column + wide), top + (row + tall) * step),
                text=text,
                confidence=0.97,
            )
            for row, column, tall, wide, text in cells
        ),
    )


def line(text: str, left: float, top: float, right: float = 0.9) -> Line:
    return Line(text=text, box=Box(left, top, right, top + 0.02), confidence=0.97)


def message(number: int = 1, *, head: tuple = HEAD, foot: tuple = FOOT) -> OcrPage:  # type: ignore[type-arg]
    return OcrPage(
        number=number,
        engine="test",
        width=1000,
        height=1400,
        lines=(
            line("กระดาษเขียนข่าวร่วม (ทท.)", 0.35, 0.05, 0.65),
            line("๑. กทส.ทหาร กำหนดจัดการทดสอบ", 0.2, 0.4),
            line("ภายในวันที่ ๒๔ เม.ย. ๖๗", 0.12, 0.43),
        ),
        grids=tuple(grid(cells, top, top + 0.2) for cells, top in ((head, 0.1), (foot, 0.7)) if cells),
    )


def read(*pages: OcrPage) -> tuple[Letter, ...]:
    return parse_letters(pages)[0]


def test_the_ruled_form_gives_its_fields() -> None:
    (letter,) = read(message())
    assert letter.kind is LetterKind.RADIO_MESSAGE
    assert (letter.urgency.value, letter.secrecy.value) == ("ด่วนมาก", None)
    assert (letter.number.value, letter.date.value) == ("กห 0399/24", dt.date(2024, 4, 23))
    assert letter.issuer.value == "กทส.ทหาร"
    assert [f.value for f in letter.recipients] == ["กทก.ทหาร", "กทข.ทหาร", "กทค.ทหาร", "กทง.ทหาร"]
    assert letter.copies_to == ()
    assert letter.body.value == "๑. กทส.ทหาร กำหนดจัดการทดสอบภายในวันที่ ๒๔ เม.ย. ๖๗"
    assert [d.date.value for d in letter.deadlines] == [dt.date(2024, 4, 24)]
    assert letter.signer is not None
    assert (letter.signer.name.value, letter.signer.authority.value) == ("สมมติ ทดสอบดี", "ทำการแทน")
    assert (letter.signer.position.value, letter.signer.principal.value) == ("รอง จก.กทส.ทหาร", "จก.กทส.ทหาร")
    assert letter.unit.value == "กทท.ทหาร"
    assert [(c.kind, c.value.value) for c in letter.contacts] == [("phone", "020000000")]


def test_what_is_filled_in_last_asks_for_review_on_a_picture_and_not_in_a_text_layer() -> None:
    (letter,) = read(message())
    assert "handwriting.suspected" in letter.number.review
    assert "handwriting.suspected" in letter.date.review
    typed = message()
    layer = tuple(
        g.model_copy(
            update={
                "cells": tuple(c.model_copy(update={"source": Source.TEXT_LAYER, "confidence": 1.0}) for c in g.cells)
            }
        )
        for g in typed.grids
    )
    (letter,) = read(typed.model_copy(update={"grids": layer}))
    assert letter.number.review == ()


def test_a_blank_left_open_has_no_value_and_says_so() -> None:
    empty = tuple((r, c, h, w, t.split("\n")[0] if c == 3 and r == 1 else t) for r, c, h, w, t in HEAD)
    (letter,) = read(message(head=empty))
    assert (letter.number.value, letter.number.review) == (None, ("missing",))


def test_the_second_page_of_a_message_is_the_same_letter() -> None:
    second = tuple((r, c, h, w, t.replace("หน้าที่ ๑", "หน้าที่ ๒")) for r, c, h, w, t in HEAD)
    assert [letter.pages for letter in read(message(foot=()), message(2, head=second))] == [(1, 2)]
    assert [letter.pages for letter in read(message(), message(2))] == [(1,), (2,)]


def test_a_form_whose_title_was_not_read_is_still_one() -> None:
    page = message()
    (letter,) = read(page.model_copy(update={"lines": page.lines[1:]}))
    assert (letter.kind, letter.number.value) == (LetterKind.RADIO_MESSAGE, "กห 0399/24")


def test_a_label_finds_its_value_in_its_cell_beside_it_or_below_it() -> None:
    cells = (
        (0, 0, 1, 1, "ที่ ๑๒/๒๕๖๗"),
        (0, 1, 1, 1, "จาก"),
        (0, 2, 1, 1, "กองทดสอบ"),
        (0, 3, 1, 1, "วันที่"),
        (1, 0, 1, 1, "ถึง"),
        (1, 1, 1, 1, "เรื่อง"),
        (1, 2, 1, 1, "หน่วย"),
        (1, 3, 1, 1, "๑ มกราคม ๒๕๖๗"),
        (2, 0, 1, 1, "กองสมมติ"),
        (2, 1, 1, 2, "ของทั้งแถว"),
        (2, 3, 1, 1, ""),
    )
    page = message()
    labels = {name: name for name in ("ที่", "จาก", "วันที่", "ถึง", "เรื่อง", "หน่วย")}
    found = filled_cells(page, grid(cells, 0.1, 0.3), labels)
    assert {key: [each.text for each in value] for key, value in found.items()} == {
        "ที่": ["๑๒/๒๕๖๗"],
        "จาก": ["กองทดสอบ"],
        "วันที่": ["๑ มกราคม ๒๕๖๗"],
        "ถึง": ["กองสมมติ"],
        "เรื่อง": [],
        "หน่วย": ["๑ มกราคม ๒๕๖๗"],
    }


def test_a_message_on_lines_is_read_by_the_same_labels() -> None:
    lines = (
        line("วิทยุในราชการกรมทดสอบท้องถิ่น", 0.3, 0.05, 0.7),
        line("ด่วนที่สุด", 0.1, 0.08, 0.25),
        line("จาก อธิบดีกรมทดสอบท้องถิ่น", 0.1, 0.12, 0.45),
        line("ถึง ผู้ว่าราชการจังหวัด ทุกจังหวัด", 0.1, 0.15, 0.5),
        line("ที่ มท ๐๘๙๙.๒/ว ๑๒๓ ลงวันที่ ๑๕ กันยายน ๒๕๕๒", 0.1, 0.18, 0.7),
        line("ด้วยกรมทดสอบท้องถิ่นขอให้จังหวัดแจ้งผลการทดสอบ", 0.18, 0.22),
        line("ภายในวันที่ ๓๐ กันยายน ๒๕๕๒", 0.1, 0.25, 0.5),
        line("(นายสมมติ นามตัวอย่าง)", 0.5, 0.4, 0.75),
        line("อธิบดีกรมทดสอบท้องถิ่น", 0.5, 0.43, 0.75),
        line("สำนักทดสอบ", 0.1, 0.5, 0.3),
        line("โทร. ๐ ๒๐๐๐ ๐๐๐๐", 0.1, 0.53, 0.3),
    )
    (letter,) = read(OcrPage(number=1, engine="test", width=1000, height=1400, lines=lines))
    assert letter.kind is LetterKind.RADIO_MESSAGE
    assert (letter.urgency.value, letter.issuer.value) == ("ด่วนที่สุด", "อธิบดีกรมทดสอบท้องถิ่น")
    assert [f.value for f in letter.recipients] == ["ผู้ว่าราชการจังหวัด ทุกจังหวัด"]
    assert (letter.number.value, letter.date.value) == ("มท 0899.2/ว 123", dt.date(2009, 9, 15))
    assert str(letter.body.value).startswith("ด้วยกรมทดสอบ")
    assert letter.signer is not None
    assert letter.signer.name.value == "นายสมมติ นามตัวอย่าง"
    assert letter.unit.value == "สำนักทดสอบ"
    assert [c.value.value for c in letter.contacts] == ["020000000"]
