"""Where on each line of a shard its characters stand, by the network that reads already: what a new one learns first.

    python -m training.align_lines SHARDS --until 12288

CTC alone finds out very slowly that there is anything but blanks: after 14,400 lines its loss was 4.1, with places
for the first 12,288 lines 2.8. Places are those of lines that the other network reads to the last character, spaces
among them, six in ten; after that, learning goes on without.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.recognition.ctc_decoding import decode_best_path
from ingest.recognition.line_network import find_line_network, load_network
from training.line_shards import SHARD_LINES, TrainingLine, find_shards, read_shard

Places = npt.NDArray[np.int64]
"""For each character of a line the column at which it is named; none of a line that was not read right."""


def align(lines: Sequence[TrainingLine], model: str = "saraban") -> list[Places]:
    """Return the places of the characters of each line."""
    network = load_network(find_line_network(model).model)
    readings = network.read({number: (line.seen / 127.5 - 1).astype(np.float32) for number, line in enumerate(lines)})
    found = []
    for number, line in enumerate(lines):
        path = decode_best_path(readings[number])
        right = "".join(network.characters[output] for output in path.outputs) == line.text
        found.append(path.middles if right else np.zeros(0, np.int64))
    return found


def write_places(path: Path, places: Sequence[Places]) -> None:
    """Write the places of a shard's lines as one file, which appears whole or not at all."""
    beside = path.with_suffix(".part.npz")
    np.savez_compressed(beside, places=np.concatenate(places), counts=np.array([len(line) for line in places]))
    beside.replace(path)


def find_places(shard: Path, lines: int) -> list[Places]:
    """Return the places of the characters of a shard's lines; none of any where it was not aligned."""
    path = name_places(shard)
    if not path.is_file():
        return [np.zeros(0, np.int64)] * lines
    with np.load(path, allow_pickle=False) as content:
        return np.split(content["places"], np.cumsum(content["counts"])[:-1])


def name_places(shard: Path) -> Path:
    """Return where the places of a shard's lines are kept."""
    return shard.with_name(shard.name.replace("shard-", "places-"))


def main() -> None:
    """Align the shards that are not yet aligned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shards", type=Path)
    parser.add_argument("--until", type=int, default=12 * SHARD_LINES, help="lines in all")
    arguments = parser.parse_args()
    for shard in find_shards(arguments.shards)[: -(-arguments.until // SHARD_LINES)]:
        if not name_places(shard).is_file():
            places = align(read_shard(shard))
            write_places(name_places(shard), places)
            print(f"{shard.name}: {sum(len(line) > 0 for line in places)} of {len(places)} lines", flush=True)


if __name__ == "__main__":
    main()
