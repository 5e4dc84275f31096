"""What makes a value ask: how surely its own words were read, and whether a hand filled it in."""

from collections.abc import Sequence

import pytest

from models.field import Box, Field
from models.letter import NumberField
from models.ocr import Line, Word
from parsers.fields import FieldBuilder, first_number
from parsers.text_span import PagedLine, TextSpan, join_lines

MAKE = FieldBuilder(0.8)
Parts = Sequence[tuple[str, float, float]]
"""Words of a line: text, confidence, height in shares of the page."""


def build_span(words: Parts) -> TextSpan:
    placed = [
        Word(text=text, box=Box(0.1 * at, 0.2, 0.1 * at + 0.09, 0.2 + height), confidence=confidence)
        for at, (text, confidence, height) in enumerate(words, start=1)
    ]
    text = " ".join(word.text for word in placed)
    box = Box(0.1, 0.2, 0.9, 0.2 + max(word.box.height for word in placed))
    line = Line(text=text, box=box, confidence=min(word.confidence for word in placed), words=tuple(placed))
    return join_lines([PagedLine(1, line, True)])


def read_text(label: float, own: float) -> Field[str]:
    span = build_span([("เรื่อง", label, 0.01), ("การทดสอบ", own, 0.01)])
    return MAKE.text(span.slice(len("เรื่อง")))


@pytest.mark.parametrize(
    ("label", "own", "asks"),
    [(0.95, 0.95, False), (0.4, 0.95, False), (0.4, 0.85, True), (0.95, 0.6, True)],
)
def test_a_label_that_was_hardly_read_does_not_doubt_what_was_read_surely(
    label: float, own: float, *, asks: bool
) -> None:
    assert bool(read_text(label, own).review) == asks


def read_number(heights: tuple[float, float, float, float]) -> NumberField:
    words = zip(("ที่", "มท", "๐๘๑๐.๒/ว", "๘๕๖"), (0.98,) * 4, heights, strict=True)
    span = build_span(list(words))
    found = first_number(span)
    assert found is not None
    return MAKE.number(span, found)


def test_a_running_number_higher_than_all_print_of_its_line_may_be_handwritten() -> None:
    assert read_number((0.021, 0.01, 0.01, 0.03)).review == ("handwriting.suspected",)


def test_a_running_number_as_high_as_the_highest_word_of_its_line_is_print() -> None:
    assert read_number((0.021, 0.01, 0.01, 0.021)).review == ()


def test_the_second_reading_of_a_value_is_that_of_its_own_words() -> None:
    words = (("เรื่อง", "เรือง"), ("การ", ""), ("ทดสอบ", "ทดลอบ"))
    box = Box(0.1, 0.2, 0.9, 0.22)
    line = Line(
        text=" ".join(text for text, _ in words),
        box=box,
        confidence=0.6,
        words=tuple(Word(text=text, box=box, confidence=0.6, other=other) for text, other in words),
    )
    span = join_lines([PagedLine(1, line, True)])
    assert span.other == "เรือง การ ทดลอบ"
    subject = span.slice(len("เรื่อง"))
    assert subject.other == "การ ทดลอบ"
    assert MAKE.text(subject).other == "การ ทดลอบ"
    assert span.slice(0, len("เรื่อง การ")).slice(len("เรื่อง")).other == ""
    assert span.slice(len("เรื่อง การ ท")).other == ""
