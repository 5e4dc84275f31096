"""Tesseract's file of a network: the shipped one taken apart, written again, widened and damaged."""

import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training import lstm_file
from training.characters import characters

ROOT = Path(__file__).resolve().parents[2]
TRAILER = 24
"""Bytes behind the training flags, which are kept unread."""

pytestmark = pytest.mark.ocr


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shipped")
    model = ROOT / "ingest" / "tessdata" / "saraban.traineddata"
    subprocess.run(["combine_tessdata", "-u", model, f"{folder}/saraban."], check=True, capture_output=True, timeout=60)
    return folder / "saraban.lstm"


@pytest.fixture(scope="module")
def network(shipped):
    return lstm_file.read(shipped)


def numbers(file, places):
    return [struct.unpack("<i", file.pieces[place])[0] for place in places]


def test_the_shipped_network_has_its_layers_and_an_output_for_every_character(network):
    gates = [(64, 16 + 64 + 1), (96, 64 + 96 + 1), (96, 96 + 96 + 1), (384, 96 + 384 + 1)]
    softmax = (len(characters()), 384 + 1)
    assert [m.shape for m in network.matrices] == [(16, 10), *(gate for gate in gates for _ in range(4)), softmax]
    assert numbers(network, network.outputs) == [len(characters())] * 2
    assert numbers(network, network.counts) == [sum(m.size for m in network.matrices), network.matrices[-1].size]


def test_weights_in_integers_become_what_they_stand_for(network):
    for matrix in network.matrices:
        assert np.isfinite(matrix).all()
        largest = np.abs(matrix).max(axis=1, keepdims=True)
        steps = matrix / largest * 127  # each row has a scale of its own, and its largest weight is 127 of it
        assert np.abs(steps - steps.round()).max() < 1e-6
        assert len(np.unique(largest)) > 1


def test_what_is_written_in_floating_point_reads_the_same(network, tmp_path):
    network.write(tmp_path / "float.lstm")
    again = lstm_file.read(tmp_path / "float.lstm")
    assert all(np.array_equal(a, b) for a, b in zip(again.matrices, network.matrices, strict=True))
    assert [p for p in again.pieces if isinstance(p, bytes)] == [p for p in network.pieces if isinstance(p, bytes)]
    again.write(tmp_path / "again.lstm")
    assert (tmp_path / "again.lstm").read_bytes() == (tmp_path / "float.lstm").read_bytes()


@pytest.mark.parametrize("outputs", [7, 250])
def test_another_number_of_characters_changes_the_counts_and_nothing_else(network, tmp_path, outputs):
    last = np.random.default_rng(0).normal(size=(outputs, 385))
    network.with_matrices([*network.matrices[:-1], last]).write(tmp_path / "wide.lstm")
    again = lstm_file.read(tmp_path / "wide.lstm")
    assert np.array_equal(again.matrices[-1], last)
    assert all(np.array_equal(a, b) for a, b in zip(again.matrices[:-1], network.matrices[:-1], strict=True))
    assert numbers(again, again.outputs) == [outputs] * 2
    assert numbers(again, again.counts) == [sum(m.size for m in again.matrices), last.size]
    patched = {*again.outputs, *again.counts}
    kept = [place for place, piece in enumerate(again.pieces) if isinstance(piece, bytes) and place not in patched]
    assert [again.pieces[place] for place in kept] == [network.pieces[place] for place in kept]
    assert numbers(network, network.outputs) == [len(characters())] * 2


def test_matrices_of_another_network_are_refused(network):
    first, *rest = network.matrices
    for wrong in ([first.T, *rest], rest, [first, *rest, first], []):
        with pytest.raises(ValueError, match="not those of this network"):
            network.with_matrices(wrong)


def test_a_last_matrix_that_takes_another_number_of_inputs_is_refused(network):
    with pytest.raises(ValueError, match="not those of this network"):
        network.with_matrices([*network.matrices[:-1], network.matrices[-1][:, :-1]])


def test_a_file_that_ends_too_early_is_refused(shipped, tmp_path):
    content, cut = shipped.read_bytes(), tmp_path / "cut.lstm"
    ends = {0, 1, 4, 20, len(content) - TRAILER - 1, *range(100, len(content) - TRAILER, 50_021)}
    for end in sorted(ends):
        cut.write_bytes(content[:end])
        with pytest.raises(ValueError, match="ends too early"):
            lstm_file.read(cut)


@pytest.mark.parametrize(
    ("change", "said"), [(lambda content: content[:-1], "too early"), (lambda c: c + b"x", "behind")]
)
def test_a_file_that_lacks_its_last_byte_or_has_one_more_is_refused(shipped, tmp_path, change, said):
    (tmp_path / "cut.lstm").write_bytes(change(shipped.read_bytes()))
    with pytest.raises(ValueError, match=said):
        lstm_file.read(tmp_path / "cut.lstm")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from([0, 60, 120]))
def test_bytes_that_are_no_network_are_refused(shipped, tmp_path, noise, kept):
    (tmp_path / "noise.lstm").write_bytes(shipped.read_bytes()[:kept] + noise)
    with pytest.raises(ValueError):  # noqa: PT011 - what is wrong first depends on the bytes
        lstm_file.read(tmp_path / "noise.lstm")


def test_a_layer_that_is_not_known_is_named(shipped, tmp_path):
    content = shipped.read_bytes()
    assert b"Convolve" in content
    (tmp_path / "odd.lstm").write_bytes(content.replace(b"Convolve", b"Convolvx"))
    with pytest.raises(ValueError, match="'Convolvx' is not known"):
        lstm_file.read(tmp_path / "odd.lstm")


def test_a_training_that_was_not_stopped_is_refused(network, tmp_path):
    network.write(tmp_path / "float.lstm")
    content = (tmp_path / "float.lstm").read_bytes()
    place = content.index(struct.pack("<Bii", 128, 16, 10))
    (tmp_path / "going.lstm").write_bytes(content[:place] + bytes([128 | 4]) + content[place + 1 :])
    with pytest.raises(ValueError, match="stop it first"):
        lstm_file.read(tmp_path / "going.lstm")
