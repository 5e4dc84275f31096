"""From what Tesseract says to words: what its confidence is worth, where it wrote spaces, what joins and what parts."""

import json
import shutil
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.recognition import tesseract
from ingest.recognition.confidence_curve import calibrate
from ingest.recognition.recognizer import Glyph
from ingest.recognition.tesseract import _with_spaces, find_recognizer
from ingest.recognition.word_grouping import Token, build_line, join

CURVE = ((0.2, 0.1), (0.6, 0.5), (1.0, 0.98))
HEIGHT, GAP = 20.0, 8.0
SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


@st.composite
def rising_curves(draw):
    said = draw(st.lists(SHARES, min_size=1, max_size=8, unique=True).map(sorted))
    right = draw(st.lists(SHARES, min_size=len(said), max_size=len(said)).map(sorted))
    return tuple(zip(said, right, strict=True))


@given(SHARES)
def test_without_a_curve_a_confidence_is_taken_as_it_is(confidence):
    assert calibrate(confidence, ()) == confidence


@pytest.mark.parametrize(
    ("confidence", "expected"), [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.7, 0.62), (1.0, 0.98), (1.5, 0.98)]
)
def test_a_confidence_is_worth_what_the_curve_says_and_beyond_its_ends_what_the_end_says(confidence, expected):
    assert calibrate(confidence, CURVE) == pytest.approx(expected)


@given(rising_curves(), st.lists(st.floats(0, 1), min_size=2).map(sorted))
def test_on_a_rising_curve_who_is_surer_is_never_worth_less(curve, confidences):
    found = [calibrate(confidence, curve) for confidence in confidences]
    assert all(less <= more + 1e-12 for less, more in pairwise(found))
    assert [calibrate(said, curve) for said, _ in curve] == pytest.approx([right for _, right in curve])


def spaced(glyphs, text):
    """What is known of the space before each of some glyphs, which are read one after the other."""
    return [g.spaced for _, g in _with_spaces([(0, Glyph(0, 0, 9, 9, glyph, 0.9)) for glyph in glyphs], text)]


@pytest.mark.parametrize(
    ("glyphs", "text", "expected"),
    [
        ("ที่อต", "ที่ อต\n", [False, False, False, True, False]),
        ("กข", "  ก \u00a0ข", [True, True]),
        ("กขค", "กข\n ค\n", [False, False, True]),
        ("กขคง", "ก ข\n\f\nค\n\fง\n\f", [False, True, True, True]),
        (["กข", "ค"], "กข ค", [False, True]),
        ("", "\f", []),
    ],
)
def test_a_space_is_where_the_text_of_the_same_run_has_one(glyphs, text, expected):
    assert spaced(glyphs, text) == expected


@pytest.mark.parametrize(("glyphs", "text"), [("กข", "ก ค"), ("กข", "ก"), ("ขก", "กข"), (["กข"], "ก ข"), ("กข", "")])
def test_where_text_and_boxes_do_not_agree_nothing_is_said_of_spaces(glyphs, text):
    assert spaced(glyphs, text) == [None] * len(glyphs)


@pytest.fixture
def tessdata(tmp_path, monkeypatch):
    """A folder with the model alone; no Tesseract is needed to look into it."""
    monkeypatch.setattr(tesseract, "_version", lambda: "5.0")
    shutil.copy(str(resources.files("ingest") / "tessdata" / "saraban.traineddata"), tmp_path)
    return tmp_path


def test_the_curve_beside_a_model_is_read_and_is_part_of_the_engine(tessdata):
    bare = find_recognizer("saraban", tessdata)
    beside = tessdata / "saraban.confidence.json"
    beside.write_text(json.dumps({"curve": CURVE}))
    measured = find_recognizer("saraban", tessdata)
    beside.write_text(json.dumps({"curve": CURVE[1:]}))
    again = find_recognizer("saraban", tessdata)
    assert (bare.curve, measured.curve, again.curve) == ((), CURVE, CURVE[1:])
    assert len({bare.engine, measured.engine, again.engine}) == 3


def test_a_curve_of_another_model_is_not_read(tessdata):
    bare = find_recognizer("saraban", tessdata)
    (tessdata / "tha.confidence.json").write_text(json.dumps({"curve": CURVE}))
    assert find_recognizer("saraban", tessdata) == bare


def parted(distance, spaced, text="ข"):
    """Whether a token stands in a word of its own, so far from the one before it."""
    tokens = [Token("ก", 0, 0, 10, HEIGHT, 0.9), Token(text, 10 + distance, 0, 20 + distance, HEIGHT, 0.9, spaced)]
    return len(join(tokens, GAP, HEIGHT)) == 2


@pytest.mark.parametrize(
    ("distance", "spaced", "expected"),
    [
        (GAP - 1, None, False),
        (GAP + 1, None, True),
        (GAP + 1, False, False),
        (1, True, True),
        (-3, True, True),
        (1.2 * HEIGHT - 0.1, False, False),
        (1.2 * HEIGHT + 0.1, False, True),
    ],
)
def test_a_written_space_counts_more_than_a_gap_unless_the_gap_is_very_wide(distance, spaced, expected):
    assert parted(distance, spaced) is expected


@pytest.mark.parametrize("sign", "ะัาำิฺ็่์ๆฯ")
@pytest.mark.parametrize(("distance", "spaced"), [(1, True), (GAP + 1, None), (2 * HEIGHT, False)])
def test_a_sign_that_follows_never_begins_a_word(distance, spaced, sign):
    assert not parted(distance, spaced, sign)


def confidence_of(text, confidence):
    tokens = [Token(sign, 10 * n, 0, 10 * n + 10, HEIGHT, confidence) for n, sign in enumerate(text)]
    line = build_line(tokens, (1000.0, 1000.0))
    assert line is not None
    [word] = line.words
    return word.confidence


@pytest.mark.parametrize("text", ["กิิ", "่ก", "กะ่", "เ", "น่่า"])
def test_a_word_that_thai_cannot_spell_is_not_trusted_however_sure_the_recognizer_is(text):
    assert confidence_of(text, 0.99) == pytest.approx(0.3)
    assert confidence_of(text, 0.1) == pytest.approx(0.1)


@pytest.mark.parametrize("text", ["กิน", "ที่", "น้ำ", "เกาะ", "๒๕๖๔", "Excel"])
def test_a_word_that_thai_can_spell_is_as_sure_as_its_signs(text):
    assert confidence_of(text, 0.99) == pytest.approx(0.99)
