"""The compact network: a tiny one learns, goes on where it stopped, and says in ONNX what it says in PyTorch."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from ingest.recognition.line_network import LineNetwork, load_network  # noqa: E402 - the rest needs torch
from ingest.recognition.line_normalization import HEIGHT  # noqa: E402
from training import characters, export_compact, train_compact  # noqa: E402
from training.align_lines import find_places, name_places, write_places  # noqa: E402
from training.compact_network import STEP, CompactNetwork, CompactShape  # noqa: E402
from training.line_shards import TrainingLine, find_shards, read_shard, write_shard  # noqa: E402

TINY = CompactShape(channels=(4, 6, 8), features=12, units=8)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def make_network(seed=0):
    torch.manual_seed(seed)
    network = CompactNetwork(len(characters.characters()), TINY)
    with torch.no_grad():
        for name, value in network.named_buffers():
            if value.dtype.is_floating_point:
                value.add_(torch.rand_like(value) * 0.3)  # as if it had learnt
            assert name
    return network.eval()


def make_line(width, text, seed=0):
    return TrainingLine(np.random.default_rng(seed).integers(0, 256, (HEIGHT, width), np.uint8), text)


@pytest.fixture
def exported(tmp_path):
    network = make_network()
    path = tmp_path / "tiny.onnx"
    path.write_bytes(export_compact.build(network).SerializeToString())
    return network, path


def test_onnx_says_what_pytorch_says(exported):
    network, path = exported
    widths = {0: 203, 1: 96, 2: 130}
    pictures = {n: np.random.default_rng(n).uniform(-1, 1, (HEIGHT, w)).astype(np.float32) for n, w in widths.items()}
    batch = train_compact.collate([*pictures.values()], ["ก"] * 3)
    with torch.no_grad():
        expected = network(batch.lines, batch.steps).softmax(-1)
    found = load_network(path).read(pictures)
    for number, width in widths.items():
        assert np.allclose(found[number], expected[number, : width // STEP].numpy(), atol=1e-5)


def test_a_line_has_among_wider_ones_the_probabilities_that_it_has_alone(exported):
    network = load_network(exported[1])
    pictures = {n: np.random.default_rng(n).uniform(-1, 1, (HEIGHT, 90 + 70 * n)).astype(np.float32) for n in range(4)}
    together = network.read(pictures)
    for number, picture in pictures.items():
        assert np.allclose(network.read({0: picture})[0], together[number], atol=1e-6)


def test_glyphs_of_a_network_of_another_step_stand_within_the_line(exported):
    image = np.random.default_rng(1).integers(0, 256, (40, 300), np.uint8)
    for glyph in LineNetwork(exported[1], "tiny").read_lines([image], 200)[0]:
        assert 0 <= glyph.left < glyph.right <= 300
    assert load_network(exported[1]).step == STEP


def test_a_run_goes_on_where_it_stopped(tmp_path):
    write_shard(tmp_path / "shard-00000.npz", [make_line(100 + n, "กขค", n) for n in range(40)])
    trainer = train_compact.Trainer(tmp_path / "tiny.pt", TINY)
    batches = train_compact.draw_batches(tmp_path, trainer.uses, np.random.default_rng(0))
    for _ in range(3):
        trainer.learn(next(batches), 1_000, 0)
    trainer.save()
    again = train_compact.Trainer(tmp_path / "tiny.pt", TINY)
    assert (again.done, again.uses) == (trainer.done, {"shard-00000.npz": 1}) == (72, trainer.uses)
    for one, other in zip(again.average.parameters(), trainer.average.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-3)  # half precision


def test_the_rate_rises_stays_and_falls(tmp_path):
    trainer = train_compact.Trainer(tmp_path / "tiny.pt", TINY)
    rates = []
    for trainer.done in (0, 3_000, 50_000, 95_000, 100_000):
        rates.append(trainer.rate(100_000, 10_000))
    assert rates[0] < rates[1] == rates[2] > rates[3] > rates[4] > 0


def test_the_shard_that_was_used_least_comes_next(tmp_path):
    for number in range(2):
        write_shard(tmp_path / f"shard-{number:05}.npz", [make_line(80, "ก", number)] * 3)
    uses = {"shard-00000.npz": 1}
    batches = train_compact.draw_batches(tmp_path, uses, np.random.default_rng(0))
    next(batches), next(batches)
    assert uses["shard-00001.npz"] == 1


def test_a_folder_without_shards_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        next(train_compact.draw_batches(tmp_path, {}, np.random.default_rng(0)))


def test_a_shard_gives_back_what_was_put_in(tmp_path):
    lines = [make_line(90, "๑๒ ก"), make_line(33, "ข")]
    write_shard(tmp_path / "shard-00007.npz", lines)
    [shard] = find_shards(tmp_path)
    for one, other in zip(lines, read_shard(shard), strict=True):
        assert one.text == other.text
        assert np.array_equal(one.seen, other.seen)


def test_known_places_are_aimed_at_and_unknown_ones_are_left_to_ctc(tmp_path):
    shard = tmp_path / "shard-00000.npz"
    write_shard(shard, [make_line(80, "กข"), make_line(80, "คง")])
    assert [len(line) for line in find_places(shard, 2)] == [0, 0]
    write_places(name_places(shard), [np.array([9, 41]), np.zeros(0, np.int64)])
    assert [list(line) for line in find_places(shard, 2)] == [[9, 41], []]
    [batch] = [next(train_compact.draw_batches(tmp_path, {}, np.random.default_rng(0)))]
    aimed = [row for row in batch.places.tolist() if set(row) != {train_compact._UNKNOWN}]
    assert len(aimed) == 1
    assert {characters.NULL, *characters.encode("กข")} == {output for output in aimed[0] if output >= 0}


def test_a_line_that_comes_again_is_another_picture_of_a_length_that_can_hold_its_text():
    line, random = make_line(60, "กขคงจฉชซญ"), np.random.default_rng(3)
    pictures = [train_compact.vary(line, random) for _ in range(20)]
    assert all(picture.shape[0] == HEIGHT and abs(picture).max() <= 1 for picture in pictures)
    assert all(picture.shape[1] // STEP >= len(line.text) for picture in pictures)
    assert len({picture.tobytes() for picture in pictures}) > 15
