"""Ink that gave no line is told of with its place, and nothing else is."""

import cv2
import numpy as np
import pytest

from ingest.segmentation.leftover_ink import find_leftover_ink
from ingest.sources.page_image import PageImage
from models.field import Box, Source
from models.ocr import InkIsland, IslandKind, Line, Word

DPI, WIDTH, HEIGHT = 100, 827, 1169
BLACK, BLUE = (0, 0, 0), (40, 60, 200)


def paper():
    return np.full((HEIGHT, WIDTH, 3), 255, np.uint8)


def scrawl(picture, left, top, width=120, height=60, color=BLACK):
    points = np.array([(left + n * width // 12, top + (n % 2) * height) for n in range(13)], np.int32)
    cv2.polylines(picture, [points], False, color, 3)


def found(picture, *lines, colors=True, illegible=()):
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return find_leftover_ink(PageImage(gray, DPI, stored_colors=picture if colors else None), lines, illegible)


def writing(left, top, width, height):
    """Return illegible writing, in pixels."""
    box = Box(left / WIDTH, top / HEIGHT, (left + width) / WIDTH, (top + height) / HEIGHT)
    return InkIsland(box=box, kind=IslandKind.WRITING)


def test_a_scrawl_is_told_of_in_its_place():
    picture = paper()
    scrawl(picture, 500, 800)
    [island] = found(picture)
    assert island.kind is IslandKind.INK
    assert island.box == pytest.approx((500 / WIDTH, 800 / HEIGHT, 620 / WIDTH, 860 / HEIGHT), abs=0.01)


def test_colored_ink_is_a_stamp():
    picture = paper()
    scrawl(picture, 500, 300, color=BLUE)
    assert [island.kind for island in found(picture)] == [IslandKind.STAMP]
    assert [island.kind for island in found(picture, colors=False)] == [IslandKind.INK]


def test_a_photograph_is_a_picture():
    picture = paper()
    picture[300:500, 200:400] = np.random.default_rng(3).integers(0, 120, (200, 200, 1))
    assert [island.kind for island in found(picture)] == [IslandKind.PICTURE]


def test_what_a_line_says_is_not_left_over():
    picture = paper()
    scrawl(picture, 500, 300, height=40)
    box = Box(495 / WIDTH, 300 / HEIGHT, 625 / WIDTH, 340 / HEIGHT)
    line = Line(text="คำ", box=box, confidence=0.9, words=(Word(text="คำ", box=box, confidence=0.9),))
    assert found(picture, line) == ()


def test_rules_specks_and_the_rim_are_nothing():
    picture = paper()
    cv2.rectangle(picture, (100, 100), (700, 400), BLACK, 2)
    cv2.line(picture, (100, 600), (700, 600), BLACK, 3)
    cv2.circle(picture, (400, 800), 6, BLACK, -1)
    picture[300:700, :15] = 0
    assert found(picture) == ()


def test_a_page_that_is_drawn_on_all_over_is_told_of_once():
    picture = paper()
    for n in range(16):
        scrawl(picture, 60 + 190 * (n % 4), 100 + 250 * (n // 4))
    [island] = found(picture)
    assert island.kind is IslandKind.PICTURE
    assert island.box.height > 0.6


def test_the_rings_of_one_seal_are_one():
    picture = paper()
    cv2.circle(picture, (400, 600), 80, BLUE, 4)
    scrawl(picture, 370, 580, 60, 40, BLUE)
    assert [island.kind for island in found(picture)] == [IslandKind.STAMP]


def test_illegible_writing_is_told_of_unless_a_hand_was_read_there():
    note, filled = writing(100, 300, 40, 15), writing(100, 500, 40, 15)
    word = Word(text="๒๖๐", box=filled.box, confidence=0.5, source=Source.HANDWRITING)
    line = Line(text="๒๖๐", box=filled.box, confidence=0.5, words=(word,))
    assert found(paper(), line, illegible=(note, filled)) == (note,)


def test_what_stands_beside_a_word_that_a_hand_wrote_is_told_of():
    note = writing(100, 500, 120, 15)
    box = note.box._replace(x0=note.box.x0 + (note.box.x1 - note.box.x0) / 3)
    word = Word(text="๒๖๐", box=box, confidence=0.5, source=Source.HANDWRITING)
    line = Line(text="๒๖๐", box=box, confidence=0.5, words=(word,))
    assert [island.box for island in found(paper(), line, illegible=(note,))] == [note.box._replace(x1=box.x0)]


def test_writing_two_lines_high_is_told_of_whole_where_words_of_its_upper_line_were_read():
    note = writing(100, 500, 120, 40)
    boxes = [writing(100 + 42 * n, 500, 36, 19).box for n in range(3)]
    words = tuple(Word(text="๒๖๐", box=box, confidence=0.5, source=Source.HANDWRITING) for box in boxes)
    line = Line(text="๒๖๐ ๒๖๐ ๒๖๐", box=boxes[0].union(boxes[-1]), confidence=0.5, words=words)
    assert [island.box for island in found(paper(), line, illegible=(note,))] == [note.box]


def test_writing_all_over_a_page_is_told_of_once_as_writing():
    notes = [writing(100, 100 + 60 * n, 200, 20) for n in range(14)]
    [island] = found(paper(), illegible=notes)
    assert (island.kind, island.box) == (IslandKind.WRITING, notes[0].box.union(notes[-1].box))
