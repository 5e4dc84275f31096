"""Numbers as a hand writes them, made of digits that others drew."""

import cv2
import numpy as np
import pytest

from ingest.recognition.handwritten_digits import CHARACTERS, HEIGHT, WIDTH
from training.strokes import SIDE, NumberMaker, load, skeleton


def drawn():
    """A frame with a ring and a stroke, ten pixels thick."""
    image = np.zeros((SIDE, SIDE), np.uint8)
    image[10:54, 10:20] = 255
    image[10:20, 10:50] = 255
    return image


def sign(text):
    """Draw a sign that is like no other: digits are told from digits by their looks."""
    image = np.zeros((SIDE, SIDE), np.uint8)
    cv2.putText(image, text, (6, 56), cv2.FONT_HERSHEY_SIMPLEX, 2.0, 255, 6)
    return image


@pytest.fixture
def files(tmp_path):
    images = np.stack([sign(text) for text in "ABCDEFGHIJ" for _ in range(10)])
    np.savez(tmp_path / "thai.npz", images=images, labels=np.repeat(np.arange(10), 10))
    small = [cv2.resize(sign(text), (28, 28), interpolation=cv2.INTER_AREA) for text in "0123456789"]
    for part in ("train", "t10k"):
        pictures = np.stack([picture for picture in small for _ in range(4)]).tobytes()
        (tmp_path / f"{part}-images-idx3-ubyte").write_bytes(bytes(16) + pictures)
        (tmp_path / f"{part}-labels-idx1-ubyte").write_bytes(bytes(8) + bytes(np.repeat(np.arange(10), 4).tolist()))
    return tmp_path


def test_a_skeleton_is_one_pixel_wide_and_whole():
    thin = skeleton(drawn() > 0)
    assert 0 < np.count_nonzero(thin) < 120
    assert not (thin & np.roll(thin, 1, 0) & np.roll(thin, 2, 0) & np.roll(thin, 1, 1) & np.roll(thin, 2, 1)).any()
    assert not (thin & ~(drawn() > 0)).any()


def test_of_each_thai_digit_the_last_are_held_out(files):
    digits = load(files / "thai.npz", files)
    assert [len(found) for found in digits.training[:10]] == [8] * 10
    assert [len(found) for found in digits.held_out[:10]] == [2] * 10
    assert all(digits.training)
    assert all(digits.held_out)


def test_a_number_is_the_same_for_the_same_seed(files):
    digits = load(files / "thai.npz", files)
    one, other = (NumberMaker(digits.training, 3).make() for _ in range(2))
    assert np.array_equal(one[0], other[0])
    assert one[1] == other[1]


def test_numbers_have_ink_and_keep_to_one_script(files):
    maker = NumberMaker(load(files / "thai.npz", files).training, 1)
    for _ in range(60):
        picture, labels = maker.make()
        assert picture.shape == (HEIGHT, WIDTH)
        assert 0.005 < (picture > 0.3).mean() < 0.9
        assert 1 <= len(labels) <= 6
        assert len({CHARACTERS[label] < "๐" for label in labels}) == 1
