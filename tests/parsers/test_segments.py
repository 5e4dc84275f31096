"""Cutting a document into letters and annexes."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from models.field import Box
from models.ocr import Grid, Line, OcrPage, Word
from parsers.segmentation.segments import SegmentKind, segment
from parsers.text_span import PagedLine, join_lines, pieces, reflowed

HEAD = ["ที่ อต ๐๐๒๓.๓/ว ๑๐", "ศาลากลางจังหวัดอุตรดิตถ์", "๒๙ เมษายน ๒๕๖๔", "เรื่อง ทดสอบ", "เรียน นายอำเภอ"]
TAIL = ["ขอแสดงความนับถือ", "(นายสมมติ ตัวอย่าง)", "ผู้ว่าราชการจังหวัด", "สำนักงานจังหวัด", "โทร. ๐ ๕๕๐๐ ๐๐๐๐"]
LETTER = ["ด่วนมาก", *HEAD, "ด้วยมีการทดสอบ", *TAIL]


def text_page(lines: list[str], number: int = 1) -> OcrPage:
    step = 1 / max(len(lines), 1)
    return OcrPage(
        number=number,
        engine="test",
        width=1,
        height=len(lines) or 1,
        has_layout=False,
        lines=tuple(
            Line(text=text, box=Box(0, i * step, 1, (i + 1) * step), confidence=1.0) for i, text in enumerate(lines)
        ),
    )


def word(text: str, x0: float, y0: float, confidence: float = 0.95) -> Word:
    return Word(text=text, box=Box(x0, y0, min(x0 + 0.012 * len(text), 1), y0 + 0.02), confidence=confidence)


def line(*words: Word) -> Line:
    box = words[0].box
    for other in words[1:]:
        box = box.union(other.box)
    return Line(text=" ".join(w.text for w in words), box=box, confidence=min(w.confidence for w in words), words=words)


def scan(lines: list[Line], number: int = 1, grids: tuple[Grid, ...] = ()) -> OcrPage:
    return OcrPage(number=number, engine="test", width=1000, height=1400, lines=tuple(lines), grids=grids)


def scanned_letter(first: float = 0.12) -> list[Line]:
    return [
        line(word("ที่", 0.14, first), word("อต", 0.17, first), word("๐๐๒๓.๓/ว", 0.2, first), word("๑๐", 0.32, first)),
        line(word("๒๙", 0.45, 0.2), word("เมษายน", 0.48, 0.2), word("๒๕๖๔", 0.56, 0.2)),
        line(word("เรื่อง", 0.14, 0.25), word("การทดสอบ", 0.2, 0.25)),
        line(word("เรียน", 0.14, 0.28), word("นายอำเภอ", 0.2, 0.28)),
        line(word("ด้วยมีการทดสอบ", 0.25, 0.32)),
        line(word("ขอแสดงความนับถือ", 0.55, 0.5)),
        line(word("(นายสมมติ", 0.52, 0.6), word("ตัวอย่าง)", 0.66, 0.6)),
    ]


def texts(lines: tuple[PagedLine, ...]) -> list[str]:
    return [each.text for each in lines]


def test_two_letters_of_plain_text_with_their_marks_of_urgency() -> None:
    kinds = segment([text_page([*LETTER, *LETTER])])
    assert [part.kind for part in kinds] == [SegmentKind.LETTER] * 2
    assert [texts(part.lines) for part in kinds] == [LETTER, LETTER]


def test_a_cited_number_at_the_start_of_a_wrapped_line_begins_no_letter() -> None:
    lines = [*HEAD, "สิ่งที่ส่งมาด้วย สำเนาหนังสือกรม", "ที่ มท ๐๘๑๐.๒/ว ๕ ลงวันที่ ๑ เมษายน ๒๕๖๔", "ด้วยทดสอบ", *TAIL]
    assert len(segment([text_page(lines)])) == 1


def test_a_receipt_stamp_between_two_letters_belongs_to_the_one_below() -> None:
    stamp = ["สำนักงานท้องถิ่นจังหวัดทดสอบ", "เลขที่รับ..... ๓๒", "วันที่..... ๒๗ มกราคม ๒๕๖๔", "เวลา....."]
    first, second = segment([text_page([*LETTER, *stamp, *LETTER])])
    assert first.receipt == ()
    assert texts(second.receipt) == stamp
    assert texts(first.lines) == LETTER


def test_what_follows_the_foot_is_left_for_the_annex() -> None:
    title = ["สถานะการบันทึกข้อมูล", "จังหวัดทดสอบ", "ข้อมูล ณ วันที่ ๑๖ เมษายน ๒๕๖๔"]
    letter, annex = segment([text_page([*LETTER, *title])])
    assert texts(letter.lines) == LETTER
    assert (annex.kind, texts(annex.lines)) == (SegmentKind.ANNEX, title)


def test_a_document_without_a_letter_is_all_annex() -> None:
    (part,) = segment([text_page(["บัญชีรายชื่อ", "๑ ทดสอบ"])])
    assert part.kind is SegmentKind.ANNEX


def test_a_page_without_a_head_goes_on_and_a_page_with_a_table_does_not() -> None:
    first = scan(scanned_letter()[:5])
    second = scan([line(word("ต่อเนื่องจากหน้าก่อน", 0.14, 0.1)), line(word("ขอแสดงความนับถือ", 0.55, 0.3))], 2)
    table = Grid(box=Box(0.1, 0.2, 0.9, 0.9), rows=1, columns=1, cells=())
    third = scan([line(word("สถานะการบันทึก", 0.3, 0.1))], 3, (table,))
    letter, annex = segment([first, second, third])
    assert {each.page for each in letter.lines} == {1, 2}
    assert texts(annex.lines) == ["สถานะการบันทึก"]


def test_a_new_head_on_a_new_page_begins_a_letter_although_no_closing_was_read() -> None:
    parts = segment([scan(scanned_letter()[:5]), scan(scanned_letter(), 2)])
    assert [part.lines[0].page for part in parts] == [1, 2]


def test_a_stamp_at_the_top_right_of_a_page_is_parted_from_the_head() -> None:
    stamp = [
        line(word("อบต.ทดสอบ", 0.7, 0.03)),
        line(word("เลขรับ", 0.7, 0.055), word("๓๒", 0.78, 0.055)),
        line(word("ด่วนมาก", 0.14, 0.08), word("วันที่", 0.7, 0.08), word("๒๗ เม.ย. ๖๔", 0.76, 0.08)),
    ]
    (letter,) = segment([scan([*stamp, *scanned_letter(0.14)])])
    assert texts(letter.receipt) == ["อบต.ทดสอบ", "เลขรับ ๓๒", "วันที่ ๒๗ เม.ย. ๖๔"]
    assert letter.lines[0].text == "ด่วนมาก"


def test_a_cut_of_a_passage_knows_its_words_and_page() -> None:
    lines = [
        PagedLine(2, line(word("ภายใน", 0.1, 0.1), word("วันที่", 0.2, 0.1, 0.5)), True),
        PagedLine(2, line(word("๗", 0.1, 0.2), word("พฤษภาคม", 0.2, 0.2)), True),
    ]
    whole = join_lines(lines, reflowed)
    place = whole.slice(whole.text.index("๗"))
    assert (place.text, place.page, place.word_confidence) == ("๗ พฤษภาคม", 2, 0.95)
    assert place.box == lines[1].box
    assert whole.slice(6, 12).box == lines[0].line.words[1].box
    assert whole.word_confidence == 0.5


def test_running_text_joins_without_a_space_and_breaks_at_paragraphs() -> None:
    page = text_page(["การจัดทำ", "ความตกลง นั้น", "ต่อไป ๕", "แห่ง", "จึงเรียนมาเพื่อทราบ"])
    lines = [PagedLine(1, each, False) for each in page.lines]
    assert join_lines(lines, reflowed).text == "การจัดทำความตกลง นั้น\nต่อไป ๕ แห่ง\nจึงเรียนมาเพื่อทราบ"


def test_pieces_part_a_line_at_wide_gaps_only() -> None:
    whole = PagedLine(1, line(word("ที่", 0.14, 0.1), word("อต", 0.19, 0.1), word("ศาลากลาง", 0.6, 0.1)), True)
    assert texts(tuple(pieces(whole))) == ["ที่ อต", "ศาลากลาง"]
    assert pieces(PagedLine(1, whole.line, False)) == [PagedLine(1, whole.line, False)]


KNOWN = st.sampled_from([*LETTER, "เลขรับ ๓๒", "วันที่ ๒๗ มกราคม ๒๕๖๔", "เวลา", "บันทึกข้อความ", "สถานะการบันทึก", "กองทดสอบ"])


@given(st.lists(st.lists(KNOWN, max_size=25), max_size=3))
def test_no_line_of_a_text_is_lost_or_doubled(texts_of_pages: list[list[str]]) -> None:
    parts = segment([text_page(lines, number) for number, lines in enumerate(texts_of_pages, start=1)])
    cut = Counter(text for part in parts for text in texts((*part.lines, *part.receipt)))
    assert cut == Counter(text for lines in texts_of_pages for text in lines)
