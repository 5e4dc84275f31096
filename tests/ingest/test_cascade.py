"""Two networks as one recognizer: what is read twice, and what comes of it."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MissingToolError
from fixtures import lines as kept
from ingest.recognition import cascade, line_network
from ingest.recognition.cascade import CascadeRecognizer, find_cascade, order_middles
from ingest.recognition.ctc_decoding import BestPath, locate_characters
from ingest.recognition.joint_confidence import JointConfidence
from ingest.recognition.line_network import LineNetwork, NetworkLine
from ingest.recognition.recognizer import UNREAD
from tests.ingest.test_joint_decoding import CHARACTERS, write_reading

STEP = 3


class ScriptedNetwork:
    """Reads a line as the gray level of its picture tells."""

    characters, step = CHARACTERS, STEP

    def __init__(self, texts, sure=0.99):
        self.texts, self.sure, self.asked = texts, sure, []

    def read(self, lines):
        self.asked += sorted(lines)
        return {number: write_reading(self.texts[number], self.sure).probabilities for number in lines}


@pytest.fixture
def read(monkeypatch):
    """Reads lines by two networks of which each says what it is told to."""

    def reading(first, second, sure=0.99):
        networks = {Path("first"): ScriptedNetwork(first, sure), Path("second"): ScriptedNetwork(second)}
        monkeypatch.setattr(cascade, "load_network", lambda model: networks[model])
        images = [np.full((48, 600), 255, np.uint8) for _ in first]
        seen = {number: np.ones((48, 600), np.float32) for number in range(len(first))}
        monkeypatch.setattr(
            LineNetwork,
            "read_normal_lines",
            lambda self, images: {
                number: NetworkLine(seen[number], probabilities)
                for number, probabilities in networks[Path("first")].read(seen).items()
            },
        )
        both = CascadeRecognizer(
            LineNetwork(Path("first"), "one 1"),
            LineNetwork(Path("second"), "two 2"),
            JointConfidence(0.5, 0.0, (3.0, 0.5, 0.5, 0.0), (-1.0, 0.0, 0.0, 0.0), (-1.0, 0.0, 0.0, 0.0)),
            "both",
        )
        return both.read_lines(images, 200), networks[Path("second")].asked

    return reading


def text(line):
    return "".join(glyph.text for glyph in line)


def test_only_digits_and_doubtful_lines_are_read_again(read):
    found, again = read(["กข", "ก๑", ""], ["xx", "ก๑", "ก"])
    assert again == [1, 2]
    assert [text(line) for line in found[:2]] == ["กข", "ก๑"]
    _, again = read(["กข"], ["กข"], sure=0.7)
    assert again == [0]


def test_agreement_is_more_than_a_dispute(read):
    [line], _ = read(["๑๒๓"], ["๑๔๓"])
    assert text(line) == "๑๒๓"
    assert [glyph.other for glyph in line] == [None, "๔", None]
    assert line[1].confidence < 0.5 < min(line[0].confidence, line[2].confidence)


def test_what_only_the_second_reads_is_beside_what_stands_there(read):
    [line], _ = read(["๒๕๙"], ["๒๕๕๙"])
    assert text(line) == "๒๕๙"
    assert "".join(glyph.text if glyph.other is None else glyph.other for glyph in line) == "๒๕๕๙"
    assert min(glyph.confidence for glyph in line) < 0.5


def test_a_line_that_the_first_finds_empty_is_not_lost(read):
    [line], _ = read([""], ["ก"])
    assert text(line) in ("", "ก")
    assert text(line) != UNREAD


def test_both_networks_must_be_there_and_know_the_same_characters(tmp_path, monkeypatch):
    shipped = find_cascade("saraban")
    for file in shipped.first.model.parent.glob("*.onnx*"):
        shutil.copy(file, tmp_path)
    with pytest.raises(MissingToolError, match=r"saraban\.compact\.confidence\.json"):
        find_cascade("saraban", tmp_path)
    shutil.copy(shipped.first.model.with_suffix(".compact.confidence.json"), tmp_path)
    assert find_cascade("saraban", tmp_path).engine == shipped.engine
    (tmp_path / "compact.onnx").unlink()
    with pytest.raises(MissingToolError, match="compact"):
        find_cascade("saraban", tmp_path)


@given(st.lists(st.integers(0, 59), min_size=1, max_size=40), st.integers(0, 30))
def test_characters_that_two_networks_place_across_each_other_have_boxes_all_the_same(middles, black):
    ordered = order_middles(middles, 60)
    assert (np.diff(ordered) > 0).all()
    assert 0 <= ordered[0] <= ordered[-1] < 60
    line = np.ones((48, 60), np.float32)
    line[10:40, black : black + 20] = -1
    path = BestPath(np.full(len(middles), 3), ordered, np.ones(len(middles), np.float32))
    assert locate_characters(path, line).shape == (4, len(middles))


@pytest.mark.parametrize("middles", [[5, 5], [9, 4, 4], [59, 59, 59], [0]])
def test_middles_that_rise_stay_and_others_are_moved_least(middles):
    assert list(order_middles([3, 7, 20], 60)) == [3, 7, 20]
    assert (np.diff(order_middles(middles, 60)) > 0).all()


@pytest.mark.slow
def test_both_together_read_better_than_the_first_alone():
    some = kept.load()
    images = [line.picture for line in some]
    both = find_cascade("saraban")
    wrong = {}
    for reader in (both, both.first):
        texts = [text(line).replace(" ", "") for line in reader.read_lines(images, 200)]
        wrong[reader is both] = sum(t != line.text.replace(" ", "") for t, line in zip(texts, some, strict=True))
    assert wrong[True] <= wrong[False]
    assert line_network.load_network(both.first.model).step == STEP
