"""Train the recognizer on synthetic lines, on one core, while another makes the lines.

    python -m training.train FACES --until 400000            go on from the checkpoint of this repository
    python -m training.train FACES --until 450000 --cool 50000    the last lines at a falling rate

The run goes on from its checkpoint where it was stopped: weights, optimizer and the number of lines are in it. Its
lines follow from that number and from how many processes make them.
"""

import argparse
import multiprocessing
import os
import queue
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from ingest.recognition.line_normalization import STEP, normalize_line
from training import characters
from training.lines import LineMaker
from training.network import Network

CHECKPOINT = Path(__file__).parent / "checkpoint" / "saraban.pt"
"""Weights in floating point, small enough for the repository; the optimizer's state lies beside it, untracked."""

_BATCH = 32
_BATCHES_SORTED_TOGETHER = 12
_RATE, _LEAST_RATE = 8e-4, 1e-5
_WARM_UP_LINES = 4_000
_NEW_OUTPUTS_LEARN = 3.0
"""The last layer has outputs that never were trained, and may move faster than the rest."""
_WIDEST = 960
_SAVE_SECONDS = 240.0
_CLIP = 5.0
_SEED_STRIDE = 1_000_003

Sample = tuple[npt.NDArray[np.float32], list[int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of about one width, padded to the widest."""

    lines: torch.Tensor
    steps: torch.Tensor
    labels: torch.Tensor
    lengths: torch.Tensor


def samples(folder: Path, seed: int) -> Iterator[Sample]:
    """Yield lines that can be learnt from, without end: prepared, with their outputs."""
    maker = LineMaker(folder, seed)
    while True:
        line = maker.make()
        if not characters.is_writable(line.text) or min(line.picture.shape) < 8:
            continue
        seen, labels = normalize_line(line.picture), characters.encode(line.text)
        # CTC needs a step for every character and one between two alike.
        if seen.shape[1] <= _WIDEST and seen.shape[1] // STEP >= 1.15 * len(labels) + 2:
            yield seen, labels


def collate(group: list[Sample]) -> Batch:
    """Return lines as one batch, padded with paper."""
    width = max(seen.shape[1] for seen, _ in group)
    lines = np.ones((len(group), 1, 48, width), np.float32)
    for index, (seen, _) in enumerate(group):
        lines[index, 0, :, : seen.shape[1]] = seen
    return Batch(
        torch.from_numpy(lines),
        torch.tensor([seen.shape[1] // STEP for seen, _ in group]),
        torch.tensor([label for _, labels in group for label in labels]),
        torch.tensor([len(labels) for _, labels in group]),
    )


def _make(folder: Path, seed: int, into: "multiprocessing.Queue[list[Sample]]") -> None:
    """Fill a queue with batches: lines of like width together, in an order that is mixed again."""
    os.nice(5)
    endless = samples(folder, seed)
    random = np.random.default_rng(seed)
    while True:
        pool = [next(endless) for _ in range(_BATCH * _BATCHES_SORTED_TOGETHER)]
        pool.sort(key=lambda sample: sample[0].shape[1])
        groups = [pool[start : start + _BATCH] for start in range(0, len(pool), _BATCH)]
        for number in random.permutation(len(groups)):
            into.put(groups[number])


def rate(done: int, since: int, until: int, cool: int) -> float:
    """Return the learning rate after `done` lines: up from nothing, level, and down over the last `cool` lines."""
    warm = min(1.0, (done - since + _BATCH) / _WARM_UP_LINES)
    left = min(1.0, max(until - done, 0) / cool) if cool else 1.0
    return max(_LEAST_RATE, _RATE * warm * left)


def train(folder: Path, checkpoint: Path, until: int, cool: int, makers: int) -> None:
    """Train until so many lines were seen in all, saving every few minutes."""
    torch.set_num_threads(1)
    network = Network(len(characters.characters()))
    state = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(state["network"])
    done = since = int(state["lines"])
    groups = [
        {"params": [value for name, value in network.named_parameters() if not name.startswith("out")], "by": 1.0},
        {"params": list(network.out.parameters()), "by": _NEW_OUTPUTS_LEARN},
    ]
    optimizer = torch.optim.AdamW(groups, lr=_RATE, betas=(0.9, 0.99), weight_decay=1e-4)
    beside = checkpoint.with_suffix(".optimizer.pt")
    if beside.is_file():
        optimizer.load_state_dict(torch.load(beside, weights_only=True))
        since -= _WARM_UP_LINES
    made: multiprocessing.Queue[list[Sample]] = multiprocessing.Queue(40)
    for number in range(makers):
        seed = done * _SEED_STRIDE + number
        multiprocessing.Process(target=_make, args=(folder, seed, made), daemon=True).start()
    smooth, saved, began = 0.0, time.monotonic(), time.monotonic()
    first = done
    while done < until:
        try:
            batch = collate(made.get(timeout=120))
        except queue.Empty:
            sys.exit("no lines were made for two minutes")
        for group in optimizer.param_groups:
            group["lr"] = rate(done, since, until, cool) * group["by"]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch.lines, batch.steps)
        likely = scores.float().log_softmax(-1).transpose(0, 1)
        loss = functional.ctc_loss(
            likely, batch.labels, batch.steps, batch.lengths, blank=characters.NULL, zero_infinity=True
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
        optimizer.step()
        done += len(batch.steps)
        smooth = 0.99 * smooth + 0.01 * loss.item() if smooth else loss.item()
        if (done // _BATCH) % 50 == 0:
            pace = (done - first) / (time.monotonic() - began)
            print(f"{done:,} lines, loss {smooth:.4f}, {pace:.0f} lines/s", flush=True)
        if time.monotonic() - saved > _SAVE_SECONDS or done >= until:
            saved = time.monotonic()
            _save(beside, optimizer.state_dict())
            _save(checkpoint, {"network": network.state_dict(), "lines": done})


def _save(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(content, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path, help="folder that training.faces filled")
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    parser.add_argument("--until", type=int, required=True, help="lines seen in all, those of earlier runs counted")
    parser.add_argument("--cool", type=int, default=0, help="of these, the last ones at a falling rate")
    parser.add_argument("--makers", type=int, default=1, help="processes that make lines")
    arguments = parser.parse_args()
    train(arguments.faces, arguments.checkpoint, arguments.until, arguments.cool, arguments.makers)


if __name__ == "__main__":
    main()
