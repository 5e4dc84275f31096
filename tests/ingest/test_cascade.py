"""Two readings of a line → one, and what is read twice."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.recognition.cascade import CascadeRecognizer, mark_disagreement
from ingest.recognition.recognizer import Glyph


def glyphs(text, confidence=0.98, by=10):
    """Glyphs side by side; a list of confidences for some that differ."""
    values = confidence if isinstance(confidence, list) else [confidence] * len(text)
    return [Glyph(n * by, 0, n * by + by, 20, c, v) for n, (c, v) in enumerate(zip(text, values, strict=True))]


def text(line):
    return "".join(glyph.text for glyph in line)


@dataclass(frozen=True)
class Scripted:
    engine: str
    lines: tuple[Any, ...]

    def read_lines(self, images, dpi):
        return [self.lines[int(image[0, 0])] for image in images]


def test_agreement_keeps_the_first_reading():
    assert mark_disagreement(glyphs("๑๒๓"), glyphs("๑๒๓", 0.6)) == glyphs("๑๒๓")


def test_of_two_readings_the_first_stays_and_nobody_stands_by_it():
    line = mark_disagreement(glyphs("๑๔๓", [0.98, 0.7, 0.98]), glyphs("๑๕๓", 0.9))
    assert text(line) == "๑๔๓"
    assert [glyph.confidence for glyph in line] == [0.98, 0.5, 0.98]


def test_what_only_one_reads_is_in_dispute_and_so_is_what_stands_beside_it():
    more = mark_disagreement(glyphs("๒๕๕๙"), glyphs("๒๕๙"))
    assert text(more) == "๒๕๕๙"
    assert min(glyph.confidence for glyph in more) == 0.5
    less = mark_disagreement(glyphs("๒๕๙"), glyphs("๒๕๕๙"))
    assert text(less) == "๒๕๙"
    assert [glyph.confidence for glyph in less].count(0.5) == 2


def test_something_missed_at_the_head_of_a_line_is_not_lost_silently():
    line = mark_disagreement(glyphs("๒๕"), glyphs("๑๒๕"))
    assert min(glyph.confidence for glyph in line) <= 0.5


def test_a_piece_of_several_characters_is_compared_by_characters():
    piece = [Glyph(0, 0, 40, 20, "๑๒๓๔", 0.9)]
    assert mark_disagreement(glyphs("๑๒๓๔"), piece) == glyphs("๑๒๓๔")
    assert [glyph.confidence for glyph in mark_disagreement(piece, glyphs("๑๒๙๔"))] == [0.5]


def test_only_digits_and_doubtful_lines_are_read_again():
    images = [np.full((20, 40), number, np.uint8) for number in range(4)]
    first = Scripted("one 1", (glyphs("กข"), glyphs("ก๑"), glyphs("กข", 0.9), []))
    second = Scripted("two 2", (glyphs("XX"), glyphs("ก๒"), glyphs("คข", 0.97), glyphs("ก")))
    both = CascadeRecognizer(first, second)
    read = both.read_lines(images, 200)
    assert both.engine == "one 1 + two 2"
    assert text(read[0]) == "กข"
    assert [glyph.confidence for glyph in read[1]] == [0.98, 0.5]
    assert text(read[2]) == "กข"
    assert text(read[3]) == "ก"
    assert read[3][0].confidence == 0.5
