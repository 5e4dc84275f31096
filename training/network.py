"""A twin in PyTorch of the network in Debian's `tha`.

The network, in Tesseract's notation: [1,48,0,1 Ct3,3,16 Mp3,3 Lfys64 Lfx96 Lrx96 Lfx384 O1c]. A line 48 pixels high is
convolved and pooled by 3, each column is read from top to bottom into 64 numbers, and these along the line, back, and
along again. The twin trains four times as fast as `lstmtraining`, and gives the same text.
"""

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from ingest.recognition.line_normalization import STEP


class Network(nn.Module):  # type: ignore[misc]  # PyTorch has no types here, see pyproject.toml
    """The recognizer: lines in, a score for each character at each step out."""

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 16, 3, padding=1)
        self.column = nn.LSTM(16, 64, batch_first=True)
        self.first = nn.LSTM(64, 96, batch_first=True)
        self.back = nn.LSTM(96, 96, batch_first=True)
        self.last = nn.LSTM(96, 384, batch_first=True)
        self.out = nn.Linear(384, outputs)

    @property
    def lstms(self) -> tuple[nn.LSTM, ...]:
        """The four recurrent layers in the order of Tesseract's file."""
        return self.column, self.first, self.back, self.last

    def forward(self, lines: torch.Tensor, steps: torch.Tensor) -> torch.Tensor:
        """Return the scores before the softmax.

        Args:
            lines: Batch × 1 × 48 × width, as `normalize_line` gives them, padded at the right.
            steps: Output steps of each line, its width divided by 3.

        Returns:
            Batch × steps × outputs.
        """
        # The pool before the tanh: the same by monotony, for a ninth of the work.
        seen = torch.tanh(functional.max_pool2d(self.conv(lines.to(memory_format=torch.channels_last)), STEP))
        batch, channels, height, width = seen.shape
        columns = seen.permute(0, 3, 2, 1).reshape(batch * width, height, channels)
        read = self.column(columns)[1][0][0].view(batch, width, 64)
        read = self.first(read)[0]
        turn = _reversal(steps, width)[:, :, None].expand(-1, -1, 96)
        read = self.back(read.gather(1, turn))[0].gather(1, turn)
        scores: torch.Tensor = self.out(self.last(read)[0])
        return scores


def _reversal(steps: torch.Tensor, width: int) -> torch.Tensor:
    """Return indices that turn each line round within its own length, and leave the padding."""
    places = torch.arange(width)[None, :]
    turned = steps[:, None] - 1 - places
    return torch.where(turned >= 0, turned, places.expand(len(steps), width))


def load(network: Network, matrices: list[npt.NDArray[np.float64]]) -> None:
    """Put the matrices of a Tesseract file into the twin, whose outputs must be as many."""

    def put(target: torch.Tensor, values: npt.NDArray[np.float64]) -> None:
        target.copy_(torch.tensor(np.ascontiguousarray(values), dtype=torch.float32))

    rest = iter(matrices)
    with torch.no_grad():
        conv = next(rest)
        put(network.conv.weight, conv[:, :9].reshape(16, 3, 3).transpose(0, 2, 1)[:, None])
        put(network.conv.bias, conv[:, 9])
        for lstm in network.lstms:
            cell, enter, forget, leave = (next(rest) for _ in range(4))
            stacked = np.concatenate([enter, forget, cell, leave])
            put(lstm.weight_ih_l0, stacked[:, : lstm.input_size])
            put(lstm.weight_hh_l0, stacked[:, lstm.input_size : -1])
            put(lstm.bias_ih_l0, stacked[:, -1])
            lstm.bias_hh_l0.zero_()
        out = next(rest)
        put(network.out.weight, out[:, :-1])
        put(network.out.bias, out[:, -1])


def unload(network: Network) -> list[npt.NDArray[np.float64]]:
    """Return the twin's weights as the matrices of a Tesseract file: the reverse of `load`."""

    def take(tensor: torch.Tensor) -> npt.NDArray[np.float64]:
        return np.asarray(tensor.detach().double().numpy(), dtype=np.float64)

    conv = take(network.conv.weight)[:, 0].transpose(0, 2, 1).reshape(16, 9)
    matrices = [np.concatenate([conv, take(network.conv.bias)[:, None]], axis=1)]
    for lstm in network.lstms:
        bias = take(lstm.bias_ih_l0 + lstm.bias_hh_l0)[:, None]
        stacked = np.concatenate([take(lstm.weight_ih_l0), take(lstm.weight_hh_l0), bias], axis=1)
        enter, forget, cell, leave = np.split(stacked, 4)
        matrices += [cell, enter, forget, leave]
    matrices.append(np.concatenate([take(network.out.weight), take(network.out.bias)[:, None]], axis=1))
    return matrices
