"""The network by onnxruntime on lines it was never trained on: as right as Tesseract with the same weights.

The lines are those of `fixtures/lines.py`; spaces are not compared. Tesseract's own limits: test_tesseract.py.
"""

import io
import pickle
import re
from functools import cache
from importlib import resources

import numpy as np
import pytest
from PIL import Image

from bench.recognizer import Score, bare
from core.errors import MissingToolError
from fixtures import lines
from ingest.recognition.line_network import find_line_network
from ingest.recognition.model_files import MissingModelError, read_digit_model
from ingest.recognition.recognizer import UNREAD
from training.wear import Level

LINES = lines.load()
IMAGES = [line.picture for line in LINES]
# Measured with saraban 5458c7cc: CER 1.06, 1.81 and 5.66 %; a quarter more is let pass.
MOST_ERRORS = {Level.CLEAN: 0.0135, Level.OFFICE: 0.023, Level.POOR: 0.071}
SURE = 0.97
NUMBER = re.compile(r"[๐-๙]{3,}")


@cache
def reader():
    return find_line_network("saraban")


@cache
def glyphs():
    return reader().read_lines(IMAGES, 200)


def text(line):
    return "".join(glyph.text for glyph in line)


@pytest.mark.slow
@pytest.mark.parametrize("level", list(Level))
def test_it_reads_lines_in_faces_never_trained_on(level):
    found = Score()
    for line, read in zip(LINES, glyphs(), strict=True):
        if line.level is level:
            found.add(bare(line.text), bare(text(read)))
    assert found.error_rate <= MOST_ERRORS[level]


def test_it_reads_all_ten_thai_digits():
    with Image.open(io.BytesIO((resources.files("ingest") / "tessdata" / "digits.png").read_bytes())) as picture:
        [line] = reader().read_lines([np.asarray(picture.convert("L"))], 300)
    assert text(line) == "๐๑๒๓๔๕๖๗๘๙"


def test_a_line_is_read_alike_alone_and_among_others():
    some = [3, 40, 70, 100, 159]
    for number in some:
        assert reader().read_lines([IMAGES[number]], 200) == [glyphs()[number]]


def test_white_on_black_is_read_as_black_on_white():
    clean = [n for n, line in enumerate(LINES) if line.level is Level.CLEAN and len(line.text) > 20][:6]
    read = reader().read_lines([255 - IMAGES[n] for n in clean], 200)
    assert [text(line) for line in read] == [text(glyphs()[n]) for n in clean]


def test_boxes_stand_in_the_image_from_left_to_right():
    for image, line in zip(IMAGES, glyphs(), strict=True):
        height, width = image.shape
        for glyph in line:
            assert 0 <= glyph.left < glyph.right <= width
            assert 0 <= glyph.top < glyph.bottom <= height
        assert [glyph.left for glyph in line] == sorted(glyph.left for glyph in line)


def test_a_number_can_be_cut_out_by_its_boxes_and_says_the_same():
    cuts, expected = [], []
    for image, line, truth in zip(IMAGES, glyphs(), LINES, strict=True):
        if truth.level is not Level.CLEAN or bare(truth.text) != bare(text(line)):
            continue
        for match in NUMBER.finditer(text(line)):
            number = line[match.start() : match.end()]
            cut = image[:, max(number[0].left - 2, 0) : number[-1].right + 2]
            cuts.append(np.pad(cut, ((0, 0), (8, 8)), constant_values=int(np.percentile(image, 90))))
            expected.append(match.group())
    again = [text(line) for line in reader().read_lines(cuts, 200)]
    assert len(cuts) > 40
    assert sum(a == b for a, b in zip(again, expected, strict=True)) >= 0.95 * len(cuts)


def test_a_space_stands_before_the_first_glyph_of_a_word():
    number = next(n for n, line in enumerate(LINES) if line.text == "จำนวน ๒๘ แห่ง คิดเป็นร้อยละ ๘๔.๒๘")
    words = "".join((" " if glyph.spaced else "") + glyph.text for glyph in glyphs()[number])
    assert words.strip() == LINES[number].text


def test_what_it_is_sure_of_is_right():
    sure = [
        bare(line.text) == bare(text(read))
        for line, read in zip(LINES, glyphs(), strict=True)
        if min((glyph.confidence for glyph in read), default=0) >= SURE
    ]
    assert len(sure) > 30
    assert sum(sure) >= 0.95 * len(sure)


def test_images_that_are_no_lines_are_told_of_or_empty():
    rule, dot, paper = np.zeros((3, 4000), np.uint8), np.zeros((1, 1), np.uint8), np.full((60, 200), 255, np.uint8)
    read = reader().read_lines([rule, dot, paper], 200)
    assert [text(line) for line in read] == [UNREAD, UNREAD, ""]
    assert reader().read_lines([], 200) == []


def test_it_goes_to_a_worker_and_its_engine_names_program_and_model():
    assert pickle.loads(pickle.dumps(reader())) == reader()  # noqa: S301 - as it goes to a worker
    assert re.fullmatch(r"onnxruntime [\d.]+ saraban [0-9a-f]{8}", reader().engine)


def test_a_model_that_is_missing_or_none_is_said_so(tmp_path):
    with pytest.raises(MissingToolError):
        find_line_network("saraban", tmp_path)
    (tmp_path / "other.onnx").write_bytes(b"no network")
    with pytest.raises(MissingToolError):
        find_line_network("other", tmp_path).read_lines(IMAGES[:1], 200)


def test_without_the_network_for_digits_that_is_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    with pytest.raises(MissingModelError, match=r"digits\.onnx"):
        read_digit_model()
