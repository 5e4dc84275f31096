"""Print that is not black on white: it keeps its size, can be seen, and is drawn alike from the same seed."""

from typing import Any

import cv2
import numpy as np
import pytest

from ingest.recognition.line_normalization import normalize_line
from training.print_styles import PrintStyle, finish, print_ink

STROKE = 200 / 72
LEAST_ALIKE = 0.5
"""Correlation of a line in a style, as the network sees it, with the plain line: it says the same."""


def draw():
    sheet = np.full((60, 300), 255, np.uint8)
    cv2.putText(sheet, "2569/1047", (10, 42), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 4, cv2.LINE_AA)
    return sheet.astype(np.float32)


def restyle(style, seed):
    random = np.random.default_rng(seed)
    return finish(print_ink(draw(), style, STROKE, random), style, random)


@pytest.mark.parametrize("style", PrintStyle)
@pytest.mark.parametrize("seed", range(5))
def test_a_line_in_a_style_says_what_it_said(style, seed):
    styled = restyle(style, seed)
    assert styled.shape == draw().shape
    assert styled.dtype == np.float32
    assert 0 <= styled.min() < styled.max() <= 255
    seen = normalize_line(styled.astype(np.uint8))
    other: Any = normalize_line(draw().astype(np.uint8))
    alike = np.corrcoef(seen.ravel(), other.ravel())[0, 1]
    assert (-alike if style is PrintStyle.REVERSED else alike) > LEAST_ALIKE


@pytest.mark.parametrize("style", PrintStyle)
def test_the_same_seed_prints_alike_another_otherwise(style):
    assert np.array_equal(restyle(style, 1), restyle(style, 1))
    assert not np.array_equal(restyle(style, 1), restyle(style, 2))


def test_only_reversed_print_is_lighter_than_its_ground():
    for style in PrintStyle:
        styled = restyle(style, 3)
        assert (np.median(styled) < styled[draw() < 128].mean()) == (style is PrintStyle.REVERSED)
