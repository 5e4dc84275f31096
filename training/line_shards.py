"""Synthetic lines made beforehand: a folder of shards that a trainer reads again and again, in place of a queue.

    python -m training.line_shards FACES SHARDS --until 200000        goes on after the shards that are there

Making a line costs a core as much as learning from it. Kept on the disk, a line serves more than one epoch, and the
makers may run before the trainer, after it, or beside it. A shard has some 30 MB; the folder stands outside the
repository, for it can be made again: shard n is the same whenever it is made.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.recognition.line_normalization import HEIGHT, normalize_line
from training import characters
from training.lines import LineMaker
from training.wear import Level

SHARD_LINES = 1024
"""Lines of one shard."""
WIDEST = 1_300
"""Pixels, at the height of the network, of the widest line: one of 84 characters in a usual face."""
_LEAST_SIDE = 8
"""Pixels of a cut-out line below which there is nothing to learn from."""
_SEED = 7_000_000
_STEP, _ROOM = 4, 1.1
"""Columns for each output step, and how many steps a character needs at least: CTC needs one between two alike."""
_STYLED = 0.10
"""Share of lines that are not printed black on white."""
_PLAIN_SHARDS = 155
"""Shards of lines as offices have them; those after them have more of what the network read worst by then."""
_HARDER_STYLED, _HARDER_NUMBERS, _HARDER_EVENNESS = 0.15, 0.45, 0.6
"""Of the shards after them: shares of lines not black on white and of numbers, and how alike the faces count."""

NormalLine = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A line as the network sees it.

    Attributes:
        seen: 48 × width; 0 stands for the line's black (-1.0), 255 for its paper (1.0).
        text: What it says.
    """

    seen: NormalLine
    text: str


def write_shard(path: Path, lines: list[TrainingLine]) -> None:
    """Write lines as one file, which appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part.npz")
    np.savez(
        beside,
        pixels=np.concatenate([line.seen.ravel() for line in lines]),
        widths=np.array([line.seen.shape[1] for line in lines], np.int32),
        texts=np.array([line.text for line in lines]),
    )
    beside.replace(path)


def read_shard(path: Path) -> list[TrainingLine]:
    """Return the lines of a shard."""
    with np.load(path, allow_pickle=False) as content:
        pixels, widths, texts = content["pixels"], content["widths"], content["texts"]
    ends = np.cumsum(widths.astype(np.int64) * HEIGHT)
    starts = np.append(0, ends[:-1])
    return [
        TrainingLine(pixels[start:end].reshape(HEIGHT, -1), str(text))
        for start, end, text in zip(starts, ends, texts, strict=True)
    ]


def find_shards(folder: Path) -> list[Path]:
    """Return the shards of a folder, in the order of their numbers."""
    return sorted(path for path in folder.glob("shard-*.npz") if ".part" not in path.name)


def make_training_lines(maker: LineMaker, level: Level | None = None) -> Iterator[TrainingLine]:
    """Yield lines that can be learnt from, without end."""
    while True:
        line = maker.make(level)
        if not characters.is_writable(line.text) or min(line.picture.shape) < _LEAST_SIDE:
            continue
        seen = normalize_line(line.picture)
        if seen.shape[1] <= WIDEST and seen.shape[1] // _STEP >= _ROOM * len(line.text) + 2:
            yield TrainingLine(np.rint((seen + 1) * 127.5).astype(np.uint8), line.text)


def get_line_maker(folder: Path, number: int) -> LineMaker:
    """Return what makes the lines of a shard.

    Args:
        folder: Where `training.faces` put the faces.
        number: Of the shard.
    """
    seed = _SEED + number
    if number < _PLAIN_SHARDS:
        return LineMaker(folder, seed, styled=_STYLED)
    return LineMaker(folder, seed, styled=_HARDER_STYLED, numbers=_HARDER_NUMBERS, evenness=_HARDER_EVENNESS)


def main() -> None:
    """Make the shards that are missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path, help="folder that training.faces filled")
    parser.add_argument("shards", type=Path)
    parser.add_argument("--until", type=int, default=200_000, help="lines in all")
    parser.add_argument("--maker", type=int, default=0, help="number of this process, where several make shards")
    parser.add_argument("--makers", type=int, default=1)
    arguments = parser.parse_args()
    for number in range(arguments.maker, -(-arguments.until // SHARD_LINES), arguments.makers):
        path = arguments.shards / f"shard-{number:05}.npz"
        if not path.is_file():
            endless = make_training_lines(get_line_maker(arguments.faces, number))
            write_shard(path, [next(endless) for _ in range(SHARD_LINES)])


if __name__ == "__main__":
    main()
