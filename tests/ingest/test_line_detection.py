"""Finding lines on pages of drawn boxes: consonants, the marks over and under them, rules, specks and large print."""

import cv2
import numpy as np
import pytest

from ingest.segmentation.line_detection import find_lines, rows

DPI = 200
HIGH, WIDE, GAP = 30, 22, 8
PAPER = 250


class Page:
    """A page to draw on: what is drawn in one tone can be told from the rest."""

    def __init__(self, height=500, width=1400):
        self.gray = np.full((height, width), PAPER, np.uint8)

    def box(self, left, top, wide, high, tone=0):
        self.gray[top : top + high, left : left + wide] = tone

    def row(self, top, left=100, count=20, high=HIGH, wide=WIDE, gap=GAP, tone=0):
        """Draw consonants and return their left edges."""
        lefts = [left + number * (wide + gap) for number in range(count)]
        for each in lefts:
            self.box(each, top, wide, high, tone)
        return lefts

    def find(self, dpi=DPI):
        return find_lines(np.where(self.gray < 200, 255, 0).astype(np.uint8), dpi)


def owner(layout, left, top):
    """Return which line owns the ink at a place."""
    assert layout.labels[top, left] > 0
    return int(layout.owners[layout.labels[top, left]])


def edges(line):
    return line.left, line.top, line.right, line.bottom


def test_a_row_of_consonants_is_one_line_with_the_marks_above_and_below():
    page = Page()
    lefts = page.row(200)
    for left in lefts[::3]:
        page.box(left + 8, 186, 14, 8)  # a vowel
        page.box(left + 14, 172, 6, 9)  # a tone mark over it
    for left in lefts[1::4]:
        page.box(left + 10, 236, 8, 10)
    layout = page.find()
    [line] = layout.lines
    assert edges(line) == (100, 172, lefts[-1] + WIDE, 246)
    assert line.core == (200, 230)
    assert (line.middle, line.height, layout.height) == (215, HIGH, HIGH)
    assert len(line.parts) == 20 + 7 + 7 + 5


def test_two_rows_are_two_lines_and_a_cut_shows_no_ink_of_the_other():
    page = Page()
    upper, lower = 40, 90
    lefts = page.row(100, tone=upper)
    page.row(180, tone=lower)
    page.box(lefts[3] + 4, 132, 8, 17, upper)  # reaches down into the box of the lower line
    page.box(lefts[9] + 4, 145, 14, 12, lower)  # reaches up into the box of the upper one
    layout = page.find()
    first, second = layout.lines
    assert (edges(first)[1::2], edges(second)[1::2]) == ((100, 149), (145, 210))
    # Scanned ink has soft edges, which must go with it.
    soft = cv2.erode(page.gray, np.ones((3, 3), np.uint8))
    scan = np.where(page.gray == PAPER, np.minimum(PAPER, soft // 2 + 120), page.gray).astype(np.uint8)
    for number, own, foreign in ((0, upper, lower), (1, lower, upper)):
        cut, (left, top) = layout.cut(scan, number)
        window = scan[top : top + cut.shape[0], left : left + cut.shape[1]]
        assert np.count_nonzero(window == foreign) > 50
        assert np.count_nonzero(cut == own) == np.count_nonzero(scan == own)
        assert not np.isin(cut, [foreign, foreign // 2 + 120]).any()
        mine = cv2.dilate((window == own).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        assert np.array_equal(cut[mine], window[mine])


def test_a_cut_has_a_rim_and_room_for_marks_and_knows_its_place():
    page = Page()
    lefts = page.row(200)
    page.row(20, tone=90)
    layout = page.find()
    before = page.gray.copy()
    cut, corner = layout.cut(page.gray, 1)
    assert corner == (100 - 8, 200 - HIGH // 2 - 4)
    assert cut.shape == (HIGH + HIGH // 2 + round(HIGH / 4) + 2 * 4, lefts[-1] + WIDE - 100 + 16)
    assert cut.flags.c_contiguous
    cut[:] = 7
    assert np.array_equal(page.gray, before)


def test_a_line_at_the_edge_of_the_page_is_cut_at_the_edge():
    page = Page(height=60, width=600)
    page.row(2, left=1, count=10)
    cut, corner = page.find().cut(page.gray, 0)
    assert corner == (0, 0)
    assert cut.shape[0] == 2 + HIGH + round(HIGH / 4) + 4


def test_a_page_without_print_has_no_lines():
    page = Page()
    assert page.find().lines == ()
    for left in range(100, 1000, 60):
        page.box(left, 200, 2, 2)
    page.box(100, 300, 900, 4)
    layout = page.find()
    assert layout.lines == ()
    assert layout.height == 0
    assert rows(layout.lines, layout.height) == []


def test_a_rule_makes_no_line_and_belongs_to_none():
    page = Page()
    page.row(200)
    page.box(100, 240, 590, 5)
    page.box(100, 350, 900, 3)
    layout = page.find()
    [line] = layout.lines
    assert (line.top, line.bottom) == (200, 230)
    assert owner(layout, 300, 242) == owner(layout, 300, 351) == -1


def test_specks_are_nobodys_and_a_full_point_is_its_lines():
    page = Page()
    lefts = page.row(200)
    page.box(lefts[-1] + WIDE + 4, 223, 7, 7)
    page.box(lefts[5], 190, 3, 3)
    layout = page.find()
    [line] = layout.lines
    assert edges(line) == (100, 200, lefts[-1] + WIDE + 11, 230)
    assert owner(layout, lefts[5] + 1, 191) == -1


def test_a_mark_far_from_every_line_is_nobodys():
    page = Page()
    lefts = page.row(200)
    page.box(lefts[5], 120, 14, 10)
    page.box(lefts[5], 290, 14, 10)
    page.box(lefts[-1] + 200, 210, 14, 10)
    layout = page.find()
    [line] = layout.lines
    assert len(line.parts) == 20
    assert owner(layout, lefts[5] + 5, 125) == -1


def test_a_mark_between_two_lines_goes_to_the_nearer_and_marks_above_may_stand_further_off():
    page = Page()
    lefts = page.row(100)
    page.row(180)
    page.box(lefts[2], 134, 10, 10)
    page.box(lefts[6], 164, 10, 10)
    page.box(lefts[10], 151, 10, 8)  # as far from both
    layout = page.find()
    assert [owner(layout, lefts[number] + 2, top) for number, top in ((2, 137), (6, 167), (10, 154))] == [0, 1, 1]


def test_a_wide_gap_parts_pieces_which_are_one_row_from_left_to_right():
    page = Page()
    lefts = page.row(202, count=8)
    page.row(200, left=lefts[-1] + WIDE + 75, count=6)  # a little higher, and still to the right
    page.row(300, count=5)
    layout = page.find()
    assert len(layout.lines) == 3
    assert [[layout.lines[n].left for n in row] for row in rows(layout.lines, layout.height)] == [
        [100, lefts[-1] + WIDE + 75],
        [100],
    ]


@pytest.mark.parametrize("gap", [12, 40, 64])
def test_a_gap_that_may_be_a_space_or_a_lost_letter_parts_nothing(gap):
    page = Page()
    lefts = page.row(200, count=8)
    page.row(200, left=lefts[-1] + WIDE + gap, count=8)
    assert len(page.find().lines) == 1


def test_lines_one_above_the_other_are_no_row():
    page = Page()
    for top in (100, 150, 200):
        page.row(top, count=6)
    layout = page.find()
    assert [[layout.lines[n].core[0] for n in row] for row in rows(layout.lines, layout.height)] == [
        [100],
        [150],
        [200],
    ]


def test_a_word_in_much_larger_print_is_a_line_but_a_single_large_blot_is_none():
    page = Page()
    for top in (300, 380):
        page.row(top, count=30)
    page.row(100, left=600, count=4, high=90, wide=60, gap=15, tone=90)
    page.box(100, 80, 90, 90)
    layout = page.find()
    assert sorted(line.core for line in layout.lines) == [(100, 190), (300, 330), (380, 410)]
    [headline] = [line for line in layout.lines if line.height == 90]
    assert edges(headline) == (600, 100, 600 + 4 * 75 - 15, 190)
    assert owner(layout, 140, 120) == -1


def test_marks_over_and_under_large_print_as_high_as_small_letters_are_its_marks():
    page = Page()
    for top in (300, 380):
        page.row(top, count=30)
    lefts = page.row(130, left=600, count=5, high=90, wide=60, gap=15)
    for left in lefts[1:4]:
        page.box(left + 20, 90, 26, 30)  # would do for a consonant of the small print
    page.box(lefts[0], 228, 20, 16)
    layout = page.find()
    assert len(layout.lines) == 3
    [headline] = [line for line in layout.lines if line.height == 90]
    assert edges(headline) == (600, 90, lefts[-1] + 60, 244)
    assert len(headline.parts) == 5 + 3 + 1


def test_a_vowel_and_a_tone_mark_that_touch_are_no_line_of_their_own():
    page = Page()
    lefts = page.row(200)
    for left in lefts[2:12:3]:
        page.box(left + 6, 168, 16, 26)
    layout = page.find()
    [line] = layout.lines
    assert edges(line) == (100, 168, lefts[-1] + WIDE, 230)


def test_larger_print_beside_small_print_is_a_piece_of_its_own():
    page = Page()
    lefts = page.row(200)
    page.row(190, left=lefts[-1] + WIDE + 70, count=5, high=50, wide=40)
    page.row(300)
    page.row(290, left=lefts[-1] + WIDE + 100, count=5, high=56, wide=40)
    # 100 pixels are less than a space of the larger print: only the sizes part them.
    assert sorted((line.height, len(line.parts)) for line in page.find().lines) == [(30, 20), (30, 25), (56, 5)]


def test_ink_of_two_rows_that_touch_is_in_both_cuts():
    page = Page()
    page.row(100, tone=40)
    page.row(180, tone=90)
    page.box(415, 130, 4, 50, 10)  # a tail that reaches the letter below: one piece of ink, too high for a letter
    layout = page.find()
    assert [len(line.parts) for line in layout.lines] == [19, 19]
    assert owner(layout, 416, 150) == -1
    for number in (0, 1):
        assert np.count_nonzero(layout.cut(page.gray, number)[0] == 10) > 4 * 6


# The kernel that closes gaps must be odd. Were it even, ink would fall out of its piece at some heights, not at others.
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("high", range(16, 45, 2))
def test_at_every_height_each_consonant_belongs_to_its_row(dpi, high):
    page = Page(height=700)
    wide, gap = round(0.7 * high), round(0.3 * high)
    lefts = [page.row(top, count=12, high=high, wide=wide, gap=gap) for top in (100, 100 + 4 * high, 100 + 8 * high)]
    layout = page.find(dpi)
    assert layout.height == high
    assert [len(line.parts) for line in layout.lines] == [12, 12, 12]
    for number, them in enumerate(lefts):
        top = 100 + 4 * high * number
        assert {owner(layout, left, top) for left in them} == {number}
        assert edges(layout.lines[number]) == (100, top, them[-1] + wide, top + high)


def test_letters_that_a_ring_touches_still_belong_to_their_lines():
    page = Page()
    for top in (100, 180, 260):
        page.row(top, count=20)
    cv2.circle(page.gray, (560, 190), 150, 0, 4)
    layout = page.find()
    assert [line.core for line in layout.lines] == [(100, 130), (180, 210), (260, 290)]
    lasts = [line.right for line in layout.lines]
    assert min(lasts) >= 100 + 20 * (WIDE + GAP) - GAP
    for number, top in enumerate((100, 180, 260)):
        assert {owner(layout, 100 + n * (WIDE + GAP), top) for n in range(20)} <= {number}


def test_a_line_whose_end_lies_under_a_pen_stroke_is_cut_with_its_end():
    page = Page()
    lefts = page.row(200, count=20)
    for start in (14, 15, 16, 17, 18, 19):
        cv2.line(page.gray, (lefts[start] + 10, 120), (lefts[start] + 14, 320), 0, 3)
    cv2.line(page.gray, (lefts[14], 120), (lefts[19] + 20, 120), 0, 3)  # one scribble
    [line] = page.find().lines
    assert line.right >= lefts[19] + WIDE
    assert line.left == 100


def test_a_stroke_and_a_black_edge_beside_a_line_are_not_its_letters():
    page = Page()
    lefts = page.row(200, count=10)
    end = lefts[-1] + WIDE
    page.box(end + 20, 60, 6, 400)
    page.box(end + 60, 0, 60, 500)
    [line] = page.find().lines
    assert (line.left, line.right) == (100, end)


def test_a_ring_on_empty_paper_is_no_line():
    page = Page()
    page.row(60)
    cv2.circle(page.gray, (1000, 340), 120, 0, 4)
    assert len(page.find().lines) == 1


def test_a_dash_between_two_numbers_a_space_apart_is_in_the_line():
    page = Page()
    lefts = page.row(200, count=4)
    start = lefts[-1] + WIDE + 55
    page.box(start, 213, 26, 4)
    page.row(200, left=start + 26 + 55, count=4)
    layout = page.find()
    [line] = layout.lines
    assert owner(layout, start + 5, 214) == 0
    assert (line.core, line.right) == ((200, 230), start + 26 + 55 + 4 * (WIDE + GAP) - GAP)


@pytest.mark.parametrize(("top", "wide", "high"), [(228, 26, 4), (213, 6, 5), (195, 26, 4)])
def test_a_stroke_at_the_foot_a_speck_and_a_mark_are_no_dash(top, wide, high):
    page = Page()
    lefts = page.row(200, count=6)
    page.box(lefts[-1] + WIDE + 60, top, wide, high)
    [line] = page.find().lines
    assert line.right == lefts[-1] + WIDE
