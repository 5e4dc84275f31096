"""Probabilities along a line → characters, how sure they are, and where they stand."""

import numpy as np
import pytest

from ingest.recognition.ctc_decoding import NULL, SPACE, decode_best_path, locate_characters
from ingest.recognition.line_normalization import HEIGHT, STEP

A, B, C = 3, 4, 5


def steps(*rows):
    """Probabilities of six outputs; each row names some, and the rest goes to nothing in particular."""
    found = np.zeros((len(rows), 6), np.float32)
    for row, shares in zip(found, rows, strict=True):
        for output, share in shares.items():
            row[output] = share
    return found


def test_repeats_are_one_character_unless_a_blank_parts_them():
    path = decode_best_path(steps({A: 1}, {A: 1}, {NULL: 1}, {A: 1}, {SPACE: 1}, {1: 1}, {B: 1}, {NULL: 1}))
    assert path.outputs.tolist() == [A, A, SPACE, B]
    assert path.probabilities.tolist() == [1, 1, 1, 1]
    assert path.middles.tolist() == [1 * STEP, int(3.5 * STEP), int(4.5 * STEP), int(6.5 * STEP)]


def test_nothing_but_blanks_is_no_character():
    assert decode_best_path(steps({NULL: 1}, {NULL: 1})).outputs.tolist() == []


def test_a_rival_makes_a_character_doubtful_and_a_neighbor_does_not():
    shared = decode_best_path(steps({A: 1}, {A: 0.5, B: 0.5}, {B: 1}))
    rival = decode_best_path(steps({A: 1}, {NULL: 1}, {B: 0.6, C: 0.4}))
    assert shared.probabilities.tolist() == [1, 1]
    assert rival.probabilities == pytest.approx([1, 0.36])


def test_a_character_that_may_be_missing_makes_the_next_one_doubtful():
    path = decode_best_path(steps({A: 1}, {NULL: 0.6, C: 0.4}, {B: 1}))
    assert path.outputs.tolist() == [A, B]
    assert path.probabilities == pytest.approx([1, 0.6])


def test_characters_part_at_the_emptiest_column_and_boxes_are_close():
    line = np.ones((HEIGHT, 10 * STEP), np.float32)
    line[10:30, 2:13] = -1
    line[20:40, 15:28] = -1
    path = decode_best_path(steps({NULL: 1}, {NULL: 1}, {A: 1}, *[{NULL: 1}] * 3, {B: 1}, *[{NULL: 1}] * 3))
    assert locate_characters(path, line).T.tolist() == [[2, 10, 13, 30], [15, 20, 28, 40]]


def test_a_character_without_ink_has_the_place_between_its_partings():
    line = np.ones((HEIGHT, 4 * STEP), np.float32)
    path = decode_best_path(steps({A: 1}, {NULL: 1}, {B: 1}, {NULL: 1}))
    (left, _, right, _), (other, top, end, bottom) = locate_characters(path, line).T.tolist()
    assert left == 0 < right == other < end == 4 * STEP
    assert top < bottom
