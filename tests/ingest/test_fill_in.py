"""Numbers and days that are filled in by hand: found by their ink, marked, never passed off as print.

The pages are drawn: print and hand are lines of OpenCV's own face, the hand's larger, leaning and off the line.
"""

import datetime as dt
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from ingest.handwriting import fill_in_recognition
from ingest.handwriting.fill_in_fields import FillInKind, find_fill_in_fields
from ingest.handwriting.fill_in_ink import extract_fill_in_ink
from ingest.handwriting.fill_in_recognition import is_print, propose, read_fill_ins
from ingest.recognition import handwritten_digits
from ingest.recognition.handwritten_digits import (
    CHARACTERS,
    HEIGHT,
    WIDTH,
    Reading,
    framed,
    likelihoods,
    read_number,
    score_digits,
)
from models.field import Box, Source
from models.ocr import Line, OcrPage, Word
from parsers.letters import parse_letters

WIDE, HIGH = 2400, 600
FOOT = 300


class Page:
    """A page with one line on it: what is drawn is ink, and what is said to be read there are words."""

    def __init__(self):
        self.ink: Any = np.zeros((HIGH, WIDE), np.uint8)
        self.words = []

    def draw(self, text, left, tall=30, foot=FOOT, thick=3, lean=0.0):
        """Draw characters and return where they end."""
        scale = tall / 21.0
        (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 2)
        layer: Any = np.zeros_like(self.ink)
        cv2.putText(layer, text, (left, foot), cv2.FONT_HERSHEY_SIMPLEX, scale, 255, 2)
        layer = cv2.dilate(layer, np.ones((thick - 1, thick - 1), np.uint8))
        turn = np.array([[1, -lean, lean * foot], [0, 1, 0]], np.float32)
        self.ink |= cv2.warpAffine(layer, turn, (WIDE, HIGH), flags=cv2.INTER_NEAREST)
        return left + width

    def say(self, text, left, right, confidence=0.93):
        """Say that a word was read between two columns; its box has room for marks above, as Tesseract's have."""
        box = Box(left / WIDE, (FOOT - 55) / HIGH, right / WIDE, (FOOT + 15) / HIGH)
        self.words.append(Word(text=text, box=box, confidence=confidence))

    @property
    def line(self):
        box = self.words[0].box.union(self.words[-1].box)
        text = " ".join(word.text for word in self.words)
        return Line(text=text, box=box, confidence=min(w.confidence for w in self.words), words=tuple(self.words))

    def letter(self):
        """Return the letter that the page is, after what was filled in was looked for."""
        lines = [self.line] if self.words[0].text == "ที่" else [line_of("ที่ นม 0037.6/123"), self.line]
        lines.append(line_of("เรื่อง ขอเชิญประชุม", 0.9))
        page = OcrPage(number=1, engine="test", width=WIDE, height=HIGH, lines=read_fill_ins(lines, self.ink))
        return parse_letters([page])[0][0]


def number_page(hand, read, confidence=0.4, **style):
    """A number whose office is printed; a style of {} prints the running number, too."""
    page = Page()
    page.say("ที่", 200, 240)
    page.say("นม", 260, 310)
    end = page.draw("0037.6/", 330)
    after = page.draw(hand, end + 25, **style) if hand else end
    page.say("0037.6/" + read, 330, after, confidence)
    return page


def date_page(hand, read, confidence=0.4, gap=40, **style):
    page = Page()
    after = page.draw(hand, 1200, **style) if hand else 1200
    if read:
        page.say(read, 1200, after, confidence)
    month = after + gap
    for n in range(8):  # letters
        cv2.rectangle(page.ink, (month + 22 * n, FOOT - 30), (month + 22 * n + 15, FOOT), 255, 3)
    page.say("พฤศจิกายน", month, month + 176)
    end = page.draw("2553", month + 200)
    page.say("2553", month + 200, end)
    return page


HAND = {"tall": 44, "foot": FOOT + 8, "thick": 2, "lean": 0.25}


def the_place(page, kind):
    return next(place for place in find_fill_in_fields(page.line) if place.kind is kind)


# --- where something is left open


def line_of(text, top=0.1):
    words = tuple(
        Word(text=word, box=Box(0.1 + 0.05 * n, top, 0.14 + 0.05 * n, top + 0.02), confidence=0.95)
        for n, word in enumerate(text.split())
    )
    return Line(text=text, box=Box(0.1, top, 0.9, top + 0.02), confidence=0.95, words=words)


@pytest.mark.parametrize(
    ("text", "kind", "before", "within", "after"),
    [
        ("ที่ นม ๐๐๓๗.๖/๘๔๗๑", FillInKind.RUNNING, "ที่ นม ๐๐๓๗.๖/", "๘๔๗๑", ""),
        ("ที่ มท 0809.2/ว A.9", FillInKind.RUNNING, "ที่ มท 0809.2/ว", "A.9", ""),
        ("ที่ มท 0809.2ว15ฯ", FillInKind.RUNNING, "ที่ มท 0809.2ว", "15ฯ", ""),
        ("ที่ นม 0037.6/", FillInKind.RUNNING, "ที่ นม 0037.6/", "", ""),
        ("ที่ นม 0117/42 ที่ทำการองค์การบริหาร", FillInKind.RUNNING, "ที่ นม 0117/", "42", "ที่ทำการองค์การบริหาร"),
        ("ที่ นม 0117/ @ ๓๓๑ที่ทำการองค์การ", FillInKind.RUNNING, "ที่ นม 0117/", "@ ๓๓๑", "ที่ทำการองค์การ"),
        ("ที่ กห ๐๓๐๑/๒ วันที่ ๓ พ.ค. ๖๗", FillInKind.RUNNING, "ที่ กห ๐๓๐๑/", "๒", "วันที่ ๓ พ.ค. ๖๗"),
        ("ที่ กห ๐๓๐๑/๒ วันที่ ๓ พ.ค. ๖๗", FillInKind.DAY, "ที่ กห ๐๓๐๑/๒ วันที่", "๓", "พ.ค. ๖๗"),
        ("๑๒พฤศจิกายน ๒๕๕๓", FillInKind.DAY, "", "๑๒", "พฤศจิกายน ๒๕๕๓"),
        ("ฏ พฤศจิกายน 2553", FillInKind.DAY, "", "ฏ", "พฤศจิกายน 2553"),
        ("พฤศจิกายน 2553", FillInKind.DAY, "", "", "พฤศจิกายน 2553"),
        ("สั่ง ณ วันที่ ๗ มกราคม พ.ศ. ๒๕๖๔", FillInKind.DAY, "สั่ง ณ วันที่", "๗", "มกราคม พ.ศ. ๒๕๖๔"),
    ],
)
def test_a_place_is_found_by_the_print_beside_it(text, kind, before, within, after):
    (place,) = (place for place in find_fill_in_fields(line_of(text)) if place.kind is kind)
    read = [" ".join(word.text for word in words) for words in (place.before, place.words, place.after)]
    assert read == [before, within, after]


@pytest.mark.parametrize(
    "text",
    [
        "ตามหนังสือจังหวัด ที่ นม 0036.7/7724 ลงวันที่ 14 ตุลาคม 2553",
        "รายงานให้อำเภอทราบภายในวันที่ 18 ตุลาคม 2553",
        "ตั้งแต่เดือนกันยายน ถึง ๓๑ ธันวาคม ๒๕๕๓",
        "ถึง ๓๑ ธันวาคม ๒๕๕๓",
        "7 พฤศจิกายน 2550 มีมติเห็นชอบกำหนดแนวทางปฏิบัติ",
        "",
    ],
)
def test_running_text_leaves_nothing_open(text):
    assert find_fill_in_fields(line_of(text)) == []


def test_a_line_as_long_as_a_page_is_no_trap():
    """With an unbounded pattern this takes minutes."""
    assert find_fill_in_fields(line_of("ก" * 20_000 + "๒๕๖๔")) == []


# --- print or hand, by picture


def test_print_is_left_as_it_was_read():
    page = number_page("8253", "8253", 0.95)
    assert read_fill_ins([page.line], page.ink) == (page.line,)


@pytest.mark.parametrize(
    "style",
    [
        {"tall": 42},
        {"foot": FOOT + 12},
        {"thick": 7},
        HAND,
    ],
    ids=["taller", "off the line", "heavier", "all of it"],
)
def test_ink_unlike_the_print_beside_it_is_no_print(style):
    page = number_page("8253", "8253", **style)
    filling = extract_fill_in_ink(the_place(page, FillInKind.RUNNING), page.ink)
    assert filling
    assert not is_print(filling)


def test_the_stroke_and_the_office_are_not_part_of_what_was_filled_in():
    page = number_page("88", "88", **HAND)
    filling = extract_fill_in_ink(the_place(page, FillInKind.RUNNING), page.ink)
    assert len(filling.pieces) == 2
    assert filling.box[0] > 330 + 7 * 20


def test_print_is_weighed_by_its_own_ink_where_no_stroke_was_found():
    """The ink is cut and labeled anew there; the print's labels are those from before."""
    page = Page()
    page.say("ที่", 200, 240)
    page.say("นม", 260, 310)
    end = page.draw("0037", 330)
    page.say("0037ว12", 330, page.draw("12", end + 60))
    page.ink[FOOT - 48 : FOOT - 44, end - 60 : end + 90] = 255
    filling = extract_fill_in_ink(the_place(page, FillInKind.RUNNING), page.ink)
    left, top = filling.print[:, 0].min(), filling.print[:, 1].min()
    high, wide = filling.print_ink.shape
    assert np.array_equal(filling.print_ink > 0, page.ink[top : top + high, left : left + wide] > 0)


def test_a_dotted_line_is_not_part_of_it():
    page = number_page("88", "88", **HAND)
    for x in range(150, 2200, 12):
        page.ink[FOOT + 18 : FOOT + 22, x : x + 4] = 255
    filling = extract_fill_in_ink(the_place(page, FillInKind.RUNNING), page.ink)
    assert filling.box[3] <= FOOT + 14


def test_print_that_stands_on_a_dotted_line_is_print():
    """Dots as high as a stroke run through its feet, which must stay."""
    page = Page()
    page.say("ที่", 200, 240)
    page.say("นม", 260, 310)
    for n in (0, 1, 2, 3, 5, 6, 7):
        cv2.ellipse(page.ink, (340 + 30 * n, FOOT - 15), (10, 15), 0, 0, 360, 255, 2)
    cv2.line(page.ink, (450, FOOT + 2), (466, FOOT - 32), 255, 2)
    page.say("0000/000", 330, 562)
    plain = extract_fill_in_ink(the_place(page, FillInKind.RUNNING), page.ink)
    for x in range(150, 2200, 7):
        page.ink[FOOT - 2 : FOOT + 2, x : x + 3] = 255
    dotted = extract_fill_in_ink(the_place(page, FillInKind.RUNNING), page.ink)
    assert plain is not None
    assert dotted is not None
    assert is_print(plain)
    assert is_print(dotted)
    assert np.count_nonzero(dotted.ink) > 0.97 * np.count_nonzero(plain.ink)


def test_a_day_that_reaches_over_the_month_is_found():
    """The recognizer of print began the month's word with the hand's tail."""
    page = date_page("7", "", gap=60, **HAND)
    page.ink[FOOT - 36 : FOOT - 33, 1215:1258] = 255
    month = page.words[0]
    page.words[0] = month.model_copy(update={"box": month.box._replace(x0=1228 / WIDE)})
    filling = extract_fill_in_ink(the_place(page, FillInKind.DAY), page.ink)
    assert filling is not None
    assert filling.box[0] < 1228 < filling.box[2] < 1262


@pytest.mark.parametrize("kind", [FillInKind.RUNNING, FillInKind.DAY])
def test_nothing_was_filled_in_where_there_is_no_ink(kind):
    page = number_page("", "") if kind is FillInKind.RUNNING else date_page("", "")
    assert extract_fill_in_ink(the_place(page, kind), page.ink) is None
    assert read_fill_ins([page.line], page.ink) == (page.line,)


def test_a_mark_of_the_next_line_and_dust_were_not_filled_in():
    page = number_page("", "")
    page.ink[FOOT + 40 : FOOT + 60, 560:580] = 255
    page.ink[FOOT - 20 : FOOT - 16, 540:544] = 255
    assert extract_fill_in_ink(the_place(page, FillInKind.RUNNING), page.ink) is None


# --- what the record says


def test_a_hand_filled_number_is_read_marked_and_asks_for_review():
    number = number_page("8253", "7452", 0.1, **HAND).letter().number
    assert number.value == "นม 0037.6/8253"
    assert number.source is Source.HANDWRITING
    assert "handwriting.suspected" in number.review


def test_a_hand_filled_day_is_read_marked_and_asks_for_review():
    date = date_page("27", "p", **HAND).letter().date
    assert date.value == dt.date(2010, 11, 27)
    assert date.source is Source.HANDWRITING
    assert "handwriting.suspected" in date.review


def test_a_day_the_recognizer_saw_nothing_of_is_found_by_its_ink():
    date = date_page("5", "", **HAND).letter().date
    assert (date.value, date.source) == (dt.date(2010, 11, 5), Source.HANDWRITING)


@pytest.mark.parametrize("sure", [0.2, 0.93])
def test_however_sure_it_is_a_hand_asks_for_review(sure, monkeypatch):
    monkeypatch.setattr(fill_in_recognition, "propose", lambda *_: Reading("8253", 1.0))
    number = number_page("8253", "8253", sure, **HAND).letter().number
    assert number.source is Source.HANDWRITING
    assert "handwriting.suspected" in number.review


def test_what_nobody_can_read_is_marked_all_the_same(monkeypatch):
    monkeypatch.setattr(fill_in_recognition, "propose", lambda *_: None)
    number = number_page("8253", "", **HAND).letter().number
    assert number.source is Source.HANDWRITING
    assert "handwriting.suspected" in number.review
    assert number.parts is None or number.parts.running == ""


def test_the_word_keeps_the_box_of_the_ink():
    page = number_page("8253", "7452", **HAND)
    (line,) = read_fill_ins([page.line], page.ink)
    (word,) = (word for word in line.words if word.source is Source.HANDWRITING)
    columns = np.nonzero(page.ink[:, round(word.box.x0 * WIDE) : round(word.box.x1 * WIDE)].any(axis=0))[0]
    assert len(columns) > 60
    assert word.box.x1 * WIDE == np.nonzero(page.ink.any(axis=0))[0].max() + 1


def test_the_print_beside_it_stays_as_it_was_read():
    page = number_page("8253", "7452", **HAND)
    (line,) = read_fill_ins([page.line], page.ink)
    assert [word.text for word in line.words][:3] == ["ที่", "นม", "0037.6/"]
    assert all(word.source is None for word in line.words[:3])


def test_a_hand_that_was_read_as_a_line_of_its_own_is_not_read_twice():
    page = date_page("27", "", **HAND)
    box = Box(1200 / WIDE, (FOOT - 40) / HIGH, 1260 / WIDE, (FOOT + 8) / HIGH)
    own = Line(text="2P", box=box, confidence=0.2, words=(Word(text="2P", box=box, confidence=0.2),))
    lines = read_fill_ins([own, page.line], page.ink)
    assert [line.text for line in lines] == ["27 พฤศจิกายน 2553"]


def test_stamps_are_not_looked_at():
    page = number_page("8253", "7452", **HAND)
    stamp = page.line.model_copy(update={"source": Source.STAMP})
    assert read_fill_ins([stamp], page.ink) == (stamp,)


# --- what the network's output says


def sharp(text, sure=0.99):
    """Scores that spell a text, one step a digit and one between."""
    scores = np.full((2 * len(text) + 1, 1 + len(CHARACTERS)), (1 - sure) / len(CHARACTERS))
    scores[:, 0] = sure
    for n, character in enumerate(text):
        scores[2 * n + 1, 0] = (1 - sure) / len(CHARACTERS)
        scores[2 * n + 1, CHARACTERS.index(character) + 1] = sure
    return np.log(scores)[None]


@pytest.mark.parametrize("text", ["7", "55", "8253", "๘๓๓๑"])
def test_the_likeliest_number_is_the_one_spelt(text):
    readings = read_number(sharp(text))
    assert readings[0].text == text
    assert readings[0].probability > 0.8
    assert sum(reading.probability for reading in readings) <= 1.0 + 1e-9


def test_probabilities_of_all_texts_add_up_to_one():
    scores = np.log(np.random.default_rng(1).dirichlet(np.ones(21), (3, 2)))
    texts = ["", *CHARACTERS, *(a + b for a in CHARACTERS for b in CHARACTERS)]
    assert math.isclose(sum(map(math.exp, likelihoods(scores, texts))), 1.0, rel_tol=1e-9)


def test_nobody_mixes_scripts_in_one_number():
    assert all(len({CHARACTERS.index(c) < 10 for c in reading.text}) == 1 for reading in read_number(sharp("1๒3")))


def test_of_some_texts_the_one_written_is_the_likeliest():
    assert int(np.argmax(likelihoods(sharp("31"), ["30", "31", "1"]))) == 1
    assert likelihoods(sharp("31"), []) == []


def test_a_day_must_be_one_of_its_month(monkeypatch):
    monkeypatch.setattr(fill_in_recognition, "score_digits", lambda _: sharp("31", 0.9))
    page = date_page("31", "31", **HAND)
    november = propose(page.ink, the_place(page, FillInKind.DAY), "", 0.0)
    assert november is None or november.text != "31"


def test_a_second_reader_decides_between_two_likely_numbers(monkeypatch):
    monkeypatch.setattr(fill_in_recognition, "score_digits", lambda _: np.concatenate([sharp("8253"), sharp("8263")]))
    place = the_place(number_page("8253", "8253", **HAND), FillInKind.RUNNING)
    ink = np.zeros((9, 9), np.uint8)
    assert propose(ink, place, "8263", 0.3).text == "8263"
    assert propose(ink, place, "8253", 0.3).text == "8253"
    assert propose(ink, place, "1111", 0.3).text in {"8253", "8263"}


def test_where_nothing_is_likely_nothing_is_proposed(monkeypatch):
    monkeypatch.setattr(fill_in_recognition, "score_digits", lambda _: np.full((1, 40, 21), -math.log(21)))
    place = the_place(number_page("8253", "8253", **HAND), FillInKind.RUNNING)
    assert propose(np.zeros((9, 9), np.uint8), place, "8253", 0.5) is None


def test_a_picture_is_framed_whatever_its_size():
    for shape in ((1, 1), (400, 3), (5, 4000), (64, 64)):
        picture = framed(np.full(shape, 255, np.uint8))
        assert picture.shape == (HEIGHT, WIDTH)
        assert picture.max() == 1.0
    assert not framed(np.zeros((50, 50), np.uint8)).any()


# --- the network itself


def test_it_is_small_and_has_an_output_for_each_digit():
    scores = score_digits(np.zeros((HEIGHT, WIDTH), np.uint8))
    assert scores.shape[2] == 1 + len(CHARACTERS)
    assert np.allclose(np.exp(scores).sum(axis=2), 1.0, atol=1e-4)
    assert (Path(handwritten_digits.__file__).parents[1] / "digits.onnx").stat().st_size < 2_000_000


@pytest.mark.slow
def test_it_reads_digits_of_a_face_it_never_saw():
    """OpenCV's own face, leaning, thin and thick: 19 of 40 numbers; guessing gets none of them."""
    chance = np.random.default_rng(5)
    right = 0
    for _ in range(40):
        text = "".join(str(d) for d in chance.integers(0, 10, int(chance.integers(1, 5))))
        page = Page()
        page.draw(text, 200, tall=44, thick=int(chance.integers(2, 6)), lean=float(chance.uniform(-0.1, 0.4)))
        readings = read_number(score_digits(page.ink))
        right += bool(readings) and readings[0].text == text
    assert right >= 15


@pytest.mark.slow
def test_it_reads_thai_digits_that_were_held_out():
    """The first six held out of each digit, about ten of the sixty by hands that wrote Arabic digits or a dash."""
    picture: Any = cv2.imread(str(Path(__file__).parents[1] / "data" / "thai_digits.png"), cv2.IMREAD_GRAYSCALE)
    sheet = 255 - picture
    right = 0
    for digit in range(10):
        for column in range(6):
            ink = sheet[64 * digit : 64 * digit + 64, 64 * column : 64 * column + 64]
            right += int(np.argmax(likelihoods(score_digits(ink), CHARACTERS[:10]))) == digit
    assert right >= 46


def test_its_file_is_read_once():
    handwritten_digits._network.cache_clear()
    first = handwritten_digits._network()
    assert handwritten_digits._network() is first
