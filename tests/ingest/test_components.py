"""Connected components from the runs of ink, held against OpenCV's."""

import cv2
import numpy as np
import pytest

from ingest.components import label_components
from ingest.ink_runs import find_runs, join_runs
from ingest.pixels import GrayImage

SHAPES = [(1, 1), (1, 64), (64, 1), (3, 63), (7, 65), (128, 128), (200, 333)]


def draw_noise(shape: tuple[int, int], share: float, grain: int = 1) -> GrayImage:
    """Return ink by chance, so many pixels of it at once."""
    noise = np.random.default_rng(2).random(shape)
    return (cv2.resize(noise, None, fx=grain, fy=grain) < share).astype(np.uint8) * 255


@pytest.mark.parametrize("grain", [1, 3])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_components_are_those_of_opencv(shape: tuple[int, int], share: float, grain: int) -> None:
    ink = draw_noise(shape, share, grain)
    found = label_components(ink)
    _, labels, stats, centers = cv2.connectedComponentsWithStats(ink, connectivity=8)
    assert np.array_equal(found.labels, labels)
    assert np.array_equal(found.stats[1:], stats[1:])
    assert np.allclose(found.centers[1:], centers[1:])
    odd = np.arange(len(stats)) % 2 > 0
    assert np.array_equal(found.draw(odd), np.where(odd[labels] & (labels > 0), 255, 0))


def test_what_touches_at_a_corner_only_is_one_component_or_two() -> None:
    ink = np.array([[1, 1, 0, 0], [0, 0, 1, 1]], np.uint8)
    assert len(label_components(ink).stats) == 2
    assert join_runs(find_runs(ink), corners=False).tolist() == [0, 1]


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_components_joined_at_sides_only_are_those_of_opencv(share: float) -> None:
    ink = draw_noise((150, 170), share, 2)
    runs = find_runs(ink)
    drawn = np.zeros(ink.size, np.int32)
    drawn[runs.list_pixels()] = np.repeat(join_runs(runs, corners=False) + 1, runs.lengths)
    assert np.array_equal(drawn.reshape(ink.shape), cv2.connectedComponents(ink, connectivity=4)[1])


def test_runs_end_with_their_row() -> None:
    ink = np.full((3, 64), 255, np.uint8)
    runs = find_runs(ink)
    assert [runs.rows.tolist(), runs.lefts.tolist(), runs.rights.tolist()] == [[0, 1, 2], [0, 0, 0], [64, 64, 64]]


def test_nothing_has_no_components() -> None:
    assert label_components(np.zeros((0, 5), np.uint8)).stats.tolist() == [[0, 0, 5, 0, 0]]
    assert label_components(np.zeros((4, 0), np.uint8)).labels.shape == (4, 0)


def test_many_components_have_labels_of_32_bits() -> None:
    assert label_components(draw_noise((650, 701), 0.1)).labels.dtype == np.uint16
    ink = np.zeros((520, 520), np.uint8)
    ink[::2, ::2] = 255
    assert label_components(ink).labels.max() == 260 * 260
