"""The twin of Tesseract's network, what it sees of a line, and the rate it learns at."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

torch = pytest.importorskip("torch")

from ingest.recognition.line_normalization import normalize_line  # noqa: E402
from training import lstm_file  # noqa: E402 - the rest needs torch
from training.characters import characters, decode  # noqa: E402
from training.network import Network, load, unload  # noqa: E402
from training.train import collate, rate  # noqa: E402

MODEL = Path(__file__).resolve().parents[2] / "ingest" / "tessdata" / "saraban.traineddata"
OUTPUTS = 20


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def twin(seed=0):
    """Return a network of random weights, so strong that what it sees shows in its scores."""
    torch.manual_seed(seed)
    network = Network(OUTPUTS)
    with torch.no_grad():
        for weights in network.parameters():
            weights.mul_(4)
    return network


def lines(*widths, seed=0):
    random = np.random.default_rng(seed)
    return [random.uniform(-1, 1, (48, width)).astype(np.float32) for width in widths]


def scores(network, *them):
    batch = collate([(line, [3]) for line in them])
    with torch.no_grad():
        return network(batch.lines, batch.steps).numpy()


def drawn(text, ink=0, paper=255, size=30):
    sheet = Image.new("L", (19 * len(text) + 16, 44), paper)
    ImageDraw.Draw(sheet).text((8, 4), text, fill=ink, font=ImageFont.load_default(size))
    return np.asarray(sheet)


def test_a_step_is_three_pixels_and_has_a_score_for_every_output():
    assert scores(twin(), *lines(90, 92)).shape == (2, 30, OUTPUTS)


def test_weights_taken_out_and_put_in_again_score_the_same():
    one, other, [line] = twin(), twin(1), lines(121)
    assert not np.allclose(scores(one, line), scores(other, line), atol=0.1)
    load(other, unload(one))
    np.testing.assert_allclose(scores(other, line), scores(one, line), atol=1e-5)


def test_matrices_have_the_shapes_of_tesseracts_file_with_the_bias_at_the_end():
    network = twin()
    matrices = unload(network)
    gates = [(64, 81), (96, 161), (96, 193), (384, 481)]
    assert [m.shape for m in matrices] == [(16, 10), *(gate for gate in gates for _ in range(4)), (OUTPUTS, 385)]
    assert np.array_equal(matrices[-1][:, -1], network.out.bias.detach().double().numpy())
    put_in = twin(1)
    load(put_in, matrices)
    assert all(np.allclose(a, b, atol=1e-7) for a, b in zip(unload(put_in), matrices, strict=True))


# Not 60: its last step would look one column beyond the line, which is nothing alone and paper in a batch.
@pytest.mark.parametrize("width", [61, 62])
def test_padding_changes_no_score_of_a_line(width):
    line, longer = lines(width, 120)
    alone = scores(twin(), line)[0]
    np.testing.assert_allclose(scores(twin(), line, longer)[0, : width // 3], alone, atol=1e-5)
    line[:, -6:] = 1
    assert np.abs(scores(twin(), line)[0, 0] - alone[0]).max() > 1e-3  # what its end shows matters from the start


def test_a_batch_is_padded_with_paper_and_knows_each_length():
    short, long = lines(31, 60)
    batch = collate([(short, [5, 6]), (long, [7])])
    assert batch.lines.shape == (2, 1, 48, 60)
    assert np.array_equal(batch.lines[0, 0, :, :31], short)
    assert (batch.lines[0, 0, :, 31:] == 1).all()
    assert [batch.steps.tolist(), batch.labels.tolist(), batch.lengths.tolist()] == [[10, 20], [5, 6, 7], [2, 1]]


@pytest.mark.parametrize("shape", [(20, 50), (48, 100), (96, 300), (200, 3), (5, 1)])
def test_a_line_is_seen_48_pixels_high_between_black_and_paper(shape):
    height, width = shape
    seen = normalize_line(np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8))
    assert seen.shape == (48, max(3, round(width * 48 / height)))
    assert seen.dtype == np.float32
    assert seen.min() >= -1
    assert seen.max() <= 1
    for shade in (0, 255):
        assert np.isfinite(normalize_line(np.full(shape, shade, np.uint8))).all()


def test_pale_print_is_seen_as_black_print_is():
    black, pale = normalize_line(drawn("Saraban 2564")), normalize_line(drawn("Saraban 2564", ink=120, paper=220))
    assert np.median(black) == 1
    assert np.median(pale) > 0.8  # the sharpening leaves brighter rims on gray paper
    assert black.min() == pale.min() == -1
    assert np.abs(black - pale).mean() < 0.2


@pytest.mark.ocr
def test_the_twin_reads_with_the_weights_of_the_shipped_model(tmp_path):
    subprocess.run(["combine_tessdata", "-u", MODEL, f"{tmp_path}/saraban."], check=True, capture_output=True)
    network = Network(len(characters()))
    load(network, lstm_file.read(tmp_path / "saraban.lstm").matrices)
    for text in ("Saraban 2564", "www.dla.go.th"):
        best = scores(network, normalize_line(drawn(text)))[0].argmax(axis=-1)
        assert decode(best.tolist()) == text


def test_the_rate_rises_stays_and_falls_and_is_never_negative():
    since, until, cool = 10_000, 100_000, 30_000
    rates = [rate(done, since, until, cool) for done in range(since, until + 20_000, 32)]
    top = max(rates)
    first, last = rates.index(top), len(rates) - 1 - rates[::-1].index(top)
    warm_up, level, cooling = rates[: first + 1], rates[first : last + 1], rates[last:]
    assert warm_up == sorted(warm_up)
    assert len(set(warm_up)) > 100
    assert set(level) == {top}
    assert since + 32 * last == pytest.approx(until - cool, abs=64)
    assert cooling == sorted(cooling, reverse=True)
    assert rate(until - cool // 2, since, until, cool) == pytest.approx(top / 2)
    assert rates[-1] == rate(until, since, until, cool) == min(rates) > 0


def test_without_cooling_the_rate_stays_and_a_run_that_goes_on_needs_no_warming():
    assert rate(99_999, 0, 100_000, 0) == rate(50_000, 0, 100_000, 0) > rate(0, 0, 100_000, 0)
    assert rate(50_000, 46_000, 100_000, 0) == rate(50_000, 0, 100_000, 0)
