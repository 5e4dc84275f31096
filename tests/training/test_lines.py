"""Synthetic lines in a face that Debian has."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from training import faces
from training.lines import KO_POINTS, LineMaker, _runs
from training.wear import Level

pytest.importorskip("fontTools")

FONTS = Path("/usr/share/fonts/truetype")
FACE = next(face for face in faces.TRAINED if face.file == "Laksaman.ttf")
NEEDED = [FONTS / "tlwg" / FACE.file, FONTS / "dejavu" / faces.SIGNS.file]
TEXT = "ที่ มท ๐๘๑๐.๒/ว ๘๕๖"

pytestmark = pytest.mark.skipif(
    not all(font.is_file() for font in NEEDED), reason="fonts-thai-tlwg-ttf or fonts-dejavu-core is not installed"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faces")
    for font in NEEDED:
        shutil.copyfile(font, folder / font.name)
    return folder


def made(folder, count, seed=1, **asked):
    maker = LineMaker(folder, seed, (FACE,))
    return [maker.make(**asked) for _ in range(count)]


def heights(folder, **asked):
    return [line.picture.shape[0] for line in made(folder, 30, level=Level.CLEAN, **asked)]


def test_a_line_says_what_was_asked_for_in_the_face_that_was_chosen(folder):
    [line] = made(folder, 1, text=TEXT, level=Level.OFFICE)
    assert (line.text, line.face, line.level) == (TEXT, "Laksaman.ttf", Level.OFFICE)
    assert line.picture.dtype == np.uint8
    assert line.picture.flags.c_contiguous
    height, width = line.picture.shape
    assert width > 4 * height
    assert np.mean(line.picture < np.percentile(line.picture, 90) - 40.0) > 0.02


def test_the_same_seed_makes_the_same_lines_and_another_seed_others(folder):
    once, again, other = (made(folder, 8, seed) for seed in (3, 3, 4))
    assert [line.text for line in once] == [line.text for line in again] != [line.text for line in other]
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(once, again, strict=True))
    assert len({line.text for line in once}) > 4


def test_another_text_of_the_same_seed_is_another_picture(folder):
    short, long, alike = (made(folder, 1, 2, text=text, dpi=200, points=16)[0].picture for text in ("กก", "กกกก", "ขข"))
    assert long.shape[1] > 1.5 * short.shape[1]
    assert short.shape != alike.shape or not np.array_equal(short, alike)


def test_lines_grow_with_the_resolution_and_with_the_print(folder):
    by_dpi = [np.median(heights(folder, text=TEXT, points=16, dpi=dpi)) for dpi in (150, 200, 300)]
    assert by_dpi == sorted(set(by_dpi))
    assert by_dpi[2] == pytest.approx(2 * by_dpi[0], rel=0.2)
    small, large = (np.median(heights(folder, text=TEXT, points=points, dpi=300)) for points in (10, 20))
    assert large == pytest.approx(2 * small, rel=0.25)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_cut_shows_a_rim_over_and_under_the_letters(folder, dpi):
    ko = round(KO_POINTS * dpi / 72)
    assert np.median(heights(folder, text="กก", points=16, dpi=dpi)) > ko + 4
    # Some are cut too close on purpose, and some faces made lower; never so that the letters are lost.
    assert min(heights(folder, text="กก", points=16, dpi=dpi)) > 0.65 * ko
    # Marks are in the cut with their letters: with them it is higher by more than half a consonant.
    assert np.median(heights(folder, text="กี่กู่", points=16, dpi=dpi)) > ko + 8 + ko / 2


@pytest.mark.parametrize("height", [8, 15, 22, 60])
def test_a_face_is_loaded_by_the_height_of_its_consonants(folder, height):
    _, top, _, bottom = faces.load(folder / FACE.file, height).getbbox("ก")
    assert bottom - top == pytest.approx(height, abs=1)


def test_what_a_face_lacks_is_drawn_from_the_face_of_signs(folder):
    thai, signs = folder / FACE.file, folder / faces.SIGNS.file
    assert _runs("ข้อ ✓☐ ๑", thai, signs) == [("ข้อ ", thai), ("✓☐", signs), (" ๑", thai)]
    [line] = made(folder, 1, text="✓✓✓", level=Level.CLEAN, dpi=300, points=16)
    assert line.picture.min() < 100


def test_even_a_text_without_ink_is_a_picture(folder):
    for text in ("", " ", "."):
        assert min(made(folder, 1, text=text)[0].picture.shape) > 0


def test_lines_to_measure_with_have_the_words_that_are_held_out(folder):
    trained, held_out = (LineMaker(folder, 1, (FACE,), held_out=held_out) for held_out in (False, True))
    assert not trained._writer._words.held_out
    assert held_out._writer._words.held_out


def test_a_held_out_face_which_has_no_weight_can_be_chosen(folder):
    maker = LineMaker(folder, 1, (faces.SIGNS, FACE))
    assert {maker.make(text="123", dpi=150).face for _ in range(60)} == {faces.SIGNS.file, FACE.file}
