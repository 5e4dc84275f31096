"""The network that ships for onnxruntime is the one that ships for Tesseract."""

import shutil
from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
runtime = pytest.importorskip("onnxruntime")

from ingest.recognition.line_normalization import HEIGHT  # noqa: E402
from training.characters import characters  # noqa: E402
from training.export_onnx import build, read_weights  # noqa: E402

TESSDATA = Path(__file__).parents[2] / "ingest/tessdata"
WIDTH = 150

pytestmark = [
    pytest.mark.ocr,
    pytest.mark.skipif(shutil.which("combine_tessdata") is None, reason="Tesseract's tools are not installed"),
]


@pytest.fixture(scope="module")
def weights():
    return read_weights(TESSDATA / "saraban.traineddata")


def run(model, lines, steps):
    session = runtime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"lines": lines, "steps": np.array(steps, np.int32)})[0]


def noise(*shape):
    return np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32)


def test_the_file_in_the_package_is_made_from_the_traineddata_in_the_package(weights):
    made, shipped = build(weights, quantized=True), onnx.load(TESSDATA / "saraban.onnx")
    assert [c.name for c in made.graph.initializer] == [c.name for c in shipped.graph.initializer]
    for one, other in zip(made.graph.initializer, shipped.graph.initializer, strict=True):
        assert np.array_equal(onnx.numpy_helper.to_array(one), onnx.numpy_helper.to_array(other))
    assert {entry.key: entry.value for entry in shipped.metadata_props}["characters"].split("\n") == [*characters()]


def test_bytes_say_what_floating_point_says_to_a_percent_or_so(weights):
    lines = noise(1, 1, HEIGHT, WIDTH)
    exact = run(build(weights, quantized=False), lines, [WIDTH // 3])
    rough = run(build(weights, quantized=True), lines, [WIDTH // 3])
    assert np.allclose(exact.sum(axis=-1), 1, atol=1e-4)
    assert np.abs(exact - rough).mean() < 0.002


def test_a_line_among_wider_ones_has_the_probabilities_it_has_alone(weights):
    model, short = build(weights, quantized=True), 90
    lines = noise(2, 1, HEIGHT, WIDTH)
    lines[1, :, :, short:] = 0
    together = run(model, lines, [WIDTH // 3, short // 3])
    alone = run(model, lines[1:, :, :, :short], [short // 3])
    assert np.array_equal(together[: short // 3, 1], alone[:, 0])
