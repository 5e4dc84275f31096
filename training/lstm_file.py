"""Tesseract's `.lstm` files: a network and its weights, in integers or in floating point.

The form is that of Tesseract 5's `Network::Serialize` and `WeightMatrix::Serialize`, read as far as the network of
Debian's `tha` needs it.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

_TRAILER = 24
"""Bytes behind the flags of the training: its counts, the null character and three rates."""
_CONTAINERS = ("Series", "ConvSeries", "XYTranspose", "RTLReversed")
_INTEGER, _ADAM, _DOUBLE = 1, 4, 128
"""Flags of a matrix: its weights are bytes with a scale for each row; kept for Adam; written in double precision."""
_RATES = 64
"""Flag of a layer: a learning rate for each of its parts follows."""
_INTEGER_NETWORK = 1
"""Flag among the training flags: the whole network computes in integers."""


@dataclass(frozen=True, slots=True)
class LstmFile:
    """A network as it lies in a file: pieces that stay as they are, with the matrices of weights between them.

    Attributes:
        pieces: Bytes, and in their places the matrices, which are written in floating point.
        outputs: Which pieces are a layer's number of outputs, for the layers that end in the characters.
        counts: Which pieces are the number of weights of those layers.
    """

    pieces: tuple[bytes | Matrix, ...]
    outputs: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def matrices(self) -> list[Matrix]:
        """The weights in the order of the file; the last are those of the characters."""
        return [piece for piece in self.pieces if not isinstance(piece, bytes)]

    def with_matrices(self, matrices: list[Matrix]) -> "LstmFile":
        """Return the network with other weights; the last matrix may have another number of characters.

        Raises:
            ValueError: The shapes do not fit.
        """
        old = self.matrices
        new, wanted = [m.shape for m in matrices], [m.shape for m in old]
        if len(new) != len(wanted) or new[:-1] != wanted[:-1] or new[-1][1:] != wanted[-1][1:]:
            raise ValueError("the matrices are not those of this network")
        rest = iter(matrices)
        pieces = [piece if isinstance(piece, bytes) else next(rest) for piece in self.pieces]
        more = matrices[-1].size - old[-1].size
        for place in self.outputs:
            pieces[place] = struct.pack("<i", len(matrices[-1]))
        for place in self.counts:
            before = pieces[place]
            if isinstance(before, bytes):
                pieces[place] = struct.pack("<i", struct.unpack("<i", before)[0] + more)
        return LstmFile(tuple(pieces), self.outputs, self.counts)

    def write(self, path: Path) -> None:
        """Write the network in floating point."""
        path.write_bytes(b"".join(p if isinstance(p, bytes) else _float_matrix(p) for p in self.pieces))


def read(path: Path) -> LstmFile:
    """Return the network in a file; weights in integers become what they stand for.

    Raises:
        ValueError: It is no such file, or has a layer that is not known.
    """
    reader = _Reader(path.read_bytes())
    reader.layer()
    reader.keep(reader.number())  # the network in Tesseract's notation
    flags = struct.unpack("<i", reader.take(4))[0]
    reader.pieces.append(struct.pack("<i", flags & ~_INTEGER_NETWORK))
    reader.keep(_TRAILER)
    if reader.at != len(reader.content):
        raise ValueError("the .lstm file goes on behind its end")
    return LstmFile(tuple(reader.pieces), tuple(reader.outputs), tuple(reader.counts))


def _float_matrix(weights: Matrix) -> bytes:
    head = struct.pack("<Bii", _DOUBLE, *weights.shape) + struct.pack("<d", 0.0)
    return head + np.ascontiguousarray(weights, "<f8").tobytes()


class _Reader:
    """Walks over a file and takes it to pieces."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0
        self.pieces: list[bytes | Matrix] = []
        self.outputs: list[int] = []
        self.counts: list[int] = []

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.content):
            raise ValueError("the .lstm file ends too early")
        self.at += count
        return self.content[self.at - count : self.at]

    def keep(self, count: int) -> bytes:
        self.pieces.append(self.take(count))
        kept: bytes = self.pieces[-1]  # type: ignore[assignment]
        return kept

    def number(self) -> int:
        return int(struct.unpack("<i", self.keep(4))[0])

    def layer(self, depth: int = 0) -> None:
        self.keep(1)
        kind = self.keep(self.number()).decode()
        self.keep(2)
        flags = self.number()
        self.keep(4)  # inputs
        if depth == 0 or kind == "Softmax":
            self.outputs.append(len(self.pieces))
            self.counts.append(len(self.pieces) + 1)
        self.keep(4)
        self.keep(4)
        self.keep(self.number())  # the layer's name
        if kind in _CONTAINERS:
            for _ in range(self.number()):
                self.layer(depth + 1)
            if flags & _RATES:
                self.keep(4 * self.number())
        elif kind in ("Convolve", "Maxpool"):
            self.keep(8)
        elif kind == "Input":
            self.keep(20)
        elif kind in ("Tanh", "Softmax"):
            self.matrix()
        elif kind in ("LSTM", "SummLSTM"):
            self.keep(4)
            for _ in range(4):
                self.matrix()
        else:
            raise ValueError(f"layer {kind!r} is not known")

    def matrix(self) -> None:
        mode, rows, columns = struct.unpack("<Bii", self.take(9))
        if not mode & _DOUBLE or rows <= 0 or columns <= 0:
            raise ValueError(f"matrix of mode {mode}, {rows}×{columns}")
        if mode & _INTEGER:
            self.take(1)
            weights = np.frombuffer(self.take(rows * columns), np.int8).reshape(rows, columns).astype(np.float64)
            count = int(struct.unpack("<I", self.take(4))[0])
            scales = np.frombuffer(self.take(8 * count), "<f8")[:rows]
            self.pieces.append(weights * scales[:, None])
        else:
            self.take(8)
            self.pieces.append(np.frombuffer(self.take(8 * rows * columns), "<f8").reshape(rows, columns).copy())
            if mode & _ADAM:
                raise ValueError("the file holds the state of a training; stop it first with lstmtraining")
