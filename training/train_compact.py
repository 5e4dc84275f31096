"""Train the compact line network on shards of synthetic lines, on one core or two.

    python -m training.line_shards FACES SHARDS --until 200000 &      makes the lines, before or beside
    python -m training.align_lines SHARDS --until 12288               only before a network that knows nothing yet
    python -m training.train_compact FACES SHARDS --until 400000      goes on from the checkpoint of this repository

It saves every few minutes and goes on where it stopped. It reads the shards that were read least; those that the
makers add are taken up at once, and a line that comes again is stretched, moved and dimmed anew. Every few thousand
lines it reads lines of faces and words that are held out, and adds a row to the curve beside the checkpoint.
"""

import argparse
import csv
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch
from rapidfuzz.distance import Levenshtein
from torch.nn import functional

from ingest.recognition.line_normalization import HEIGHT
from training import characters, faces
from training.align_lines import find_places
from training.compact_network import DEFAULT_SHAPE, MARGIN, STEP, CompactNetwork, CompactShape
from training.line_shards import TrainingLine, find_shards, make_training_lines, read_shard, write_shard
from training.lines import LineMaker
from training.wear import Level

CHECKPOINT = Path(__file__).parent / "checkpoint" / "compact.pt"
"""Weights in half precision, small enough for the repository; the optimizer's state lies beside it, untracked."""
_BATCH = 32
_RATE, _LEAST_RATE = 2e-3, 2e-5
_WARM_UP_LINES = 3_000
_AVERAGED = 0.998
"""Share of the average of the weights, after each batch, that is the average before it: some 500 batches count."""
_CLIP = 2.0
_SAVE_SECONDS = 180.0
_EVALUATED_EVERY = 8_192
"""Lines between two rows of the curve."""
_ALIGNED_LINES = 16_384
"""Lines from the beginning on of which another network tells the places of the characters."""
_ALIGNED_WEIGHT = 3.0
"""Weight of what is said of each step, against CTC of each character: a line has three steps for each."""
_UNKNOWN = -100
"""Target of a step that nothing is said about, of PyTorch."""
_HELD_OUT_LINES = 12
"""Of each held-out face and wear, to draw the curve with: 288 lines in all."""

Picture = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of about one width, zeros behind their ends."""

    lines: torch.Tensor
    steps: torch.Tensor
    labels: torch.Tensor
    lengths: torch.Tensor
    places: torch.Tensor | None = None


def vary(line: TrainingLine, random: np.random.Generator) -> Picture:
    """Return a line a little narrower or wider, moved up or down, dimmed and grainy: cheap, and new each time."""
    seen: npt.NDArray[np.uint8] = line.seen
    if random.random() < 0.7:
        least = (1.1 * len(line.text) + 2) * STEP / seen.shape[1]
        width = round(seen.shape[1] * max(least, float(np.clip(random.normal(1.0, 0.07), 0.82, 1.2))))
        seen = np.asarray(cv2.resize(seen, (width, HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)
    if random.random() < 0.4:
        # A box that is a little too high or too low, or too tight.
        above, below = (int(value) for value in random.integers(-2, 4, 2))
        bare = seen[max(-above, 0) : HEIGHT - max(-below, 0)]
        framed = cv2.copyMakeBorder(bare, max(above, 0), max(below, 0), 0, 0, cv2.BORDER_REPLICATE)
        seen = np.asarray(cv2.resize(framed, (seen.shape[1], HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)
    found = seen.astype(np.float32) / 127.5 - 1
    if random.random() < 0.4:
        found = found * random.uniform(0.6, 1.1) + random.uniform(-0.1, 0.1)
    if random.random() < 0.3:
        found = found + random.standard_normal(found.shape, np.float32) * random.uniform(0.02, 0.2)
    return np.asarray(np.clip(found, -1, 1), np.float32)


def collate(pictures: Sequence[Picture], texts: Sequence[str]) -> Batch:
    """Return lines as one batch."""
    steps = [picture.shape[1] // STEP for picture in pictures]
    lines = np.zeros((len(pictures), 1, HEIGHT, (max(steps) + 1) * STEP + MARGIN), np.float32)
    for row, picture in zip(lines, pictures, strict=True):
        row[0, :, : picture.shape[1]] = picture
    labels = [characters.encode(text) for text in texts]
    return Batch(
        torch.from_numpy(lines),
        torch.tensor(steps),
        torch.tensor([label for line in labels for label in line]),
        torch.tensor([len(line) for line in labels]),
    )


def draw_batches(folder: Path, uses: dict[str, int], random: np.random.Generator) -> Iterator[Batch]:
    """Yield batches without end: always from the shard that was used least, and count the uses.

    Raises:
        FileNotFoundError: There is no shard.
    """
    while True:
        shards = find_shards(folder)
        if not shards:
            raise FileNotFoundError(folder / "shard-*.npz")
        shard = min(shards, key=lambda path: (uses.get(path.name, 0), path.name))
        lines = read_shard(shard)
        places = find_places(shard, len(lines))
        order = sorted(range(len(lines)), key=lambda number: lines[number].seen.shape[1])
        starts = range(0, len(lines), _BATCH)
        for place in random.permutation(len(starts)):
            chosen = order[starts[place] : starts[place] + _BATCH]
            pictures = [vary(lines[number], random) for number in chosen]
            batch = collate(pictures, [lines[number].text for number in chosen])
            stretched = [
                places[number] * picture.shape[1] / lines[number].seen.shape[1]
                for number, picture in zip(chosen, pictures, strict=True)
            ]
            yield replace(batch, places=_aim(batch, stretched))
        uses[shard.name] = uses.get(shard.name, 0) + 1


def _aim(batch: Batch, places: Sequence[npt.NDArray[np.float64]]) -> torch.Tensor | None:
    """Return the output that each step is to name, batch × steps, for the lines whose places are known."""
    if not any(len(line) for line in places):
        return None
    targets = torch.full((len(places), int(batch.lines.shape[3]) // STEP), _UNKNOWN)
    for row, line, steps, labels in zip(
        targets, places, batch.steps, batch.labels.split(batch.lengths.tolist()), strict=True
    ):
        if len(line):
            row[:steps] = characters.NULL
            row[torch.from_numpy(np.minimum(line / STEP, int(steps) - 1).astype(np.int64))] = labels
    return targets


def find_held_out_lines(folder: Path, shards: Path) -> dict[Level, list[TrainingLine]]:
    """Return the lines that the curve is drawn with, of faces and words never trained on; made once."""
    found: dict[Level, list[TrainingLine]] = {}
    for level in Level:
        path = shards / f"held-out-{level}.npz"
        if not path.is_file():
            made: list[TrainingLine] = []
            for face in faces.HELD_OUT:
                maker = LineMaker(folder, zlib.crc32(f"curve {face.file} {level}".encode()), (face,), held_out=True)
                made += islice(make_training_lines(maker, level), _HELD_OUT_LINES)
            write_shard(path, made)
        found[level] = read_shard(path)
    return found


def measure(network: CompactNetwork, lines: Sequence[TrainingLine]) -> tuple[float, float]:
    """Return characters wrong, as a share of all, and the share of Thai digits that are right."""
    network.eval()
    order = sorted(range(len(lines)), key=lambda number: lines[number].seen.shape[1])
    wrong = total = digits = digits_right = 0
    for start in range(0, len(order), _BATCH):
        chosen = [lines[number] for number in order[start : start + _BATCH]]
        batch = collate([line.seen.astype(np.float32) / 127.5 - 1 for line in chosen], [line.text for line in chosen])
        with torch.no_grad():
            best = network(batch.lines, batch.steps).argmax(-1)
        for line, row, steps in zip(chosen, best.tolist(), batch.steps.tolist(), strict=True):
            truth, read = (text.replace(" ", "") for text in (line.text, characters.decode(row[:steps])))
            edits = Levenshtein.editops(truth, read)
            missed = {edit.src_pos for edit in edits if edit.tag != "insert"}
            places = [place for place, character in enumerate(truth) if "๐" <= character <= "๙"]
            wrong, total = wrong + len(edits), total + len(truth)
            digits, digits_right = digits + len(places), digits_right + sum(place not in missed for place in places)
    network.train()
    return wrong / max(total, 1), digits_right / max(digits, 1)


class Trainer:
    """The network, its average, and where the run stands."""

    def __init__(self, checkpoint: Path, shape: CompactShape = DEFAULT_SHAPE) -> None:
        """Args:
        checkpoint: Where it goes on from, if it is there, and is saved to.
        shape: How large the network is.
        """  # noqa: D205
        self._path, outputs = checkpoint, len(characters.characters())
        self._network, self.average = CompactNetwork(outputs, shape), CompactNetwork(outputs, shape)
        self._optimizer = torch.optim.AdamW(self._network.parameters(), lr=_RATE, betas=(0.9, 0.99), weight_decay=1e-3)
        self.done, self.uses, self.loss = 0, dict[str, int](), 0.0
        if checkpoint.is_file():
            state = torch.load(checkpoint, weights_only=True)
            self._network.load_state_dict(state["network"])
            self.average.load_state_dict(state["average"])
            self.done, self.uses = int(state["lines"]), dict(state["uses"])
        else:
            self.average.load_state_dict(self._network.state_dict())
        self._since = self.done
        if self._beside.is_file():
            self._optimizer.load_state_dict(torch.load(self._beside, weights_only=True))
            self._since -= _WARM_UP_LINES

    @property
    def _beside(self) -> Path:
        return self._path.with_suffix(".optimizer.pt")

    def learn(self, batch: Batch, until: int, cool: int) -> None:
        """Take one step."""
        for group in self._optimizer.param_groups:
            group["lr"] = self.rate(until, cool)
        likely = self._network(batch.lines, batch.steps).log_softmax(-1)
        loss = functional.ctc_loss(
            likely.transpose(0, 1), batch.labels, batch.steps, batch.lengths, blank=characters.NULL, zero_infinity=True
        )
        self.loss = 0.98 * self.loss + 0.02 * loss.item() if self.loss else loss.item()
        if batch.places is not None and self.done < _ALIGNED_LINES:
            loss = loss + _ALIGNED_WEIGHT * functional.nll_loss(
                likely.flatten(0, 1), batch.places.flatten(), ignore_index=_UNKNOWN
            )
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), _CLIP)
        self._optimizer.step()
        self.done += len(batch.steps)
        # At the beginning the average follows faster: what the weights were at random counts for nothing.
        kept = min(_AVERAGED, 1 - 10 * _BATCH / (self.done + 10 * _BATCH))
        with torch.no_grad():
            for mean, value in zip(
                self.average.state_dict().values(), self._network.state_dict().values(), strict=True
            ):
                if mean.dtype.is_floating_point:
                    mean.lerp_(value, 1 - kept)

    def rate(self, until: int, cool: int) -> float:
        """Return the learning rate: up from nothing, level, and down over the last `cool` lines."""
        warm = min(1.0, (self.done - self._since + _BATCH) / _WARM_UP_LINES)
        left = min(1.0, max(until - self.done, 0) / cool) if cool else 1.0
        return max(_LEAST_RATE, _RATE * warm * left)

    def save(self) -> None:
        """Write the checkpoint in half precision, and the optimizer's state beside it."""
        half = [
            {name: value.half() if value.is_floating_point() else value for name, value in part.state_dict().items()}
            for part in (self._network, self.average)
        ]
        _save(self._beside, self._optimizer.state_dict())
        _save(self._path, {"network": half[0], "average": half[1], "lines": self.done, "uses": self.uses})


def _save(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(content, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _note(curve: Path, trainer: Trainer, held_out: dict[Level, list[TrainingLine]], rate: float) -> None:
    """Add a row to the curve."""
    shares = {level: measure(trainer.average, lines) for level, lines in held_out.items()}
    row: dict[str, object] = {"lines": trainer.done, "shards": len(trainer.uses), "rate": f"{rate:.5f}"}
    row["loss"] = f"{trainer.loss:.4f}"
    for level, (wrong, digits) in shares.items():
        row |= {f"{level} CER %": f"{100 * wrong:.2f}", f"{level} Thai digits %": f"{100 * digits:.1f}"}
    begun = curve.is_file()
    with curve.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        if not begun:
            writer.writeheader()
        writer.writerow(row)
    print(row, flush=True)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path, help="folder that training.faces filled")
    parser.add_argument("shards", type=Path, help="folder that training.line_shards fills")
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    parser.add_argument("--until", type=int, required=True, help="lines seen in all, those of earlier runs counted")
    parser.add_argument("--cool", type=int, default=0, help="of these, the last ones at a falling rate")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    cv2.setNumThreads(1)
    held_out = find_held_out_lines(arguments.faces, arguments.shards)
    trainer = Trainer(arguments.checkpoint)
    batches = draw_batches(arguments.shards, trainer.uses, np.random.default_rng(trainer.done))
    saved = began = time.monotonic()
    first = trainer.done
    curve = arguments.checkpoint.with_suffix(".csv")
    while trainer.done < arguments.until:
        trainer.learn(next(batches), arguments.until, arguments.cool)
        if trainer.done // _BATCH % 25 == 0:
            pace = (trainer.done - first) / (time.monotonic() - began)
            print(f"{trainer.done:,} lines, loss {trainer.loss:.4f}, {pace:.0f} lines/s", flush=True)
        if trainer.done % _EVALUATED_EVERY < _BATCH or trainer.done >= arguments.until:
            _note(curve, trainer, held_out, trainer.rate(arguments.until, arguments.cool))
        if time.monotonic() - saved > _SAVE_SECONDS or trainer.done >= arguments.until:
            saved = time.monotonic()
            trainer.save()


if __name__ == "__main__":
    main()
