"""The compact line network in PyTorch: three convolutions that pool early, two LSTM layers both ways, CTC.

Chosen for how fast a CPU learns and reads it (training/README.md has what else was tried): a line 48 pixels high is
cut into overlapping patches by the first convolution, so that no layer works on the whole picture, and there is an
output step for every four columns.
"""

from dataclasses import dataclass

import torch
from torch import nn

from ingest.recognition.line_normalization import HEIGHT

STEP = 4
"""Columns for each output step."""
MARGIN = 16
"""Columns of zeros behind the widest line of a batch: no step of any line sees beyond them."""


@dataclass(frozen=True, slots=True)
class CompactShape:
    """How large the network is.

    Attributes:
        channels: What each of the three convolutions hands on.
        features: Numbers for each step that the recurrent layers read.
        units: Of each recurrent layer, in each direction.
        layers: Recurrent layers.
    """

    channels: tuple[int, int, int] = (32, 64, 96)
    features: int = 128
    units: int = 96
    layers: int = 2


DEFAULT_SHAPE = CompactShape()
"""0.55 million weights; chosen by what a CPU learns and reads in a second."""


class CompactNetwork(nn.Module):  # type: ignore[misc]  # PyTorch has no types here, see pyproject.toml
    """Lines in, a score for each character at each step out."""

    def __init__(self, outputs: int, shape: CompactShape = DEFAULT_SHAPE) -> None:
        super().__init__()
        first, second, third = shape.channels
        self.convolutions = nn.Sequential(
            _convolution(1, first, (7, 5), (4, 2)),
            _convolution(first, second, (3, 3), (2, 2)),
            _convolution(second, third, (3, 3), (2, 1)),
        )
        rows = HEIGHT // 16
        self.column = nn.Sequential(nn.Linear(third * rows, shape.features), nn.ReLU(inplace=True))
        inputs = [shape.features] + [2 * shape.units] * (shape.layers - 1)
        self.forth = nn.ModuleList(nn.LSTM(count, shape.units, batch_first=True) for count in inputs)
        self.back = nn.ModuleList(nn.LSTM(count, shape.units, batch_first=True) for count in inputs)
        self.out = nn.Linear(2 * shape.units, outputs)

    def forward(self, lines: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
        """Return the scores before the softmax.

        Args:
            lines: Batch × 1 × 48 × width, a multiple of 4, zeros behind the end of each line.
            steps: Output steps of each line, its width divided by 4.

        Returns:
            Batch × steps × outputs.
        """
        seen = self.convolutions(lines.to(memory_format=torch.channels_last))
        read = self.column(seen.permute(0, 3, 1, 2).flatten(2))
        turn = _reversal(steps, read.shape[1])[:, :, None]
        for forth, back in zip(self.forth, self.back, strict=True):
            backwards = back(read.gather(1, turn.expand_as(read)))[0]
            read = torch.cat([forth(read)[0], backwards.gather(1, turn.expand_as(backwards))], dim=2)
        scores: torch.Tensor = self.out(read)
        return scores


def _convolution(inputs: int, outputs: int, kernel: tuple[int, int], stride: tuple[int, int]) -> nn.Sequential:
    padding = (kernel[0] // 2, kernel[1] // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


def _reversal(steps: torch.Tensor, width: int) -> torch.Tensor:
    """Return indices that turn each line round within its own length, and leave the padding."""
    places = torch.arange(width)[None, :]
    turned = steps[:, None] - 1 - places
    return torch.where(turned >= 0, turned, places.expand(len(steps), width))
