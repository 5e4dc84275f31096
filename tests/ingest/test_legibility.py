"""Strokes that a recognizer guessed at are no text: where they stand is told instead."""

import pytest

from ingest.recognition.text_lines import build_lines
from ingest.recognition.word_grouping import Token, is_legible
from ingest.segmentation.line_detection import TextLine
from models.field import Box, Source
from models.ocr import IslandKind

SIZE = (1000, 1000)


def piece(left, top, text, confidence):
    """Return a piece of a line, twenty pixels high, and what was read of it."""
    tokens = [
        Token(sign, left + 20 * n, top, left + 20 * n + 18, top + 20, confidence, spaced=not n)
        for n, sign in enumerate(text)
    ]
    right = left + 20 * len(text)
    return TextLine(left, top, right, top + 20, (top, top + 20), frozenset({left + top})), tokens


def reading(*pieces, source=Source.PRINT):
    lines, tokens = zip(*pieces, strict=True)
    return build_lines(lines, tokens, 20, SIZE, source)


@pytest.mark.parametrize("source", [Source.PRINT, Source.STAMP])
def test_what_nobody_could_read_is_no_line_but_is_told_of_with_its_place(source):
    found = reading(piece(100, 100, "พลตรี", 0.9), piece(100, 300, "pppno", 0.12), source=source)
    assert [line.text for line in found.lines] == ["พลตรี"]
    assert [(island.kind, island.box) for island in found.illegible] == [
        (IslandKind.WRITING, Box(0.1, 0.3, 0.198, 0.32))
    ]


def test_what_stands_beside_print_stays_text_so_that_its_line_asks():
    found = reading(piece(100, 100, "เรื่อง", 0.9), piece(400, 100, "๘๘e", 0.05))
    assert [line.text for line in found.lines] == ["เรื่อง ๘๘e"]
    assert found.lines[0].confidence == 0.05
    assert not found.illegible


def test_a_single_sign_stays_text_however_unsure():
    found = reading(piece(100, 100, "จำนวน", 0.9), piece(400, 300, "๗", 0.1))
    assert [line.text for line in found.lines] == ["จำนวน", "๗"]
    assert not found.illegible


def test_poor_print_stays_text_though_it_is_unsure():
    found = reading(piece(100, 100, "จึงเรียน", 0.45))
    assert [line.text for line in found.lines] == ["จึงเรียน"]
    assert not found.illegible


def test_ink_of_which_nothing_was_read_is_neither():
    found = reading(piece(100, 100, "", 0))
    assert not found.lines
    assert not found.illegible


@pytest.mark.parametrize(("confidences", "legible"), [([0.9, 0.9, 0.05], True), ([0.5, 0.1, 0.1], False), ([], True)])
def test_one_unsure_glyph_does_not_make_a_piece_illegible(confidences, legible):
    assert is_legible([Token("ก", 0, 0, 1, 1, confidence) for confidence in confidences]) is legible
