"""Parsers of files from anywhere, given files that were damaged at random.

    python -m bench.fuzz [--seconds 60] [--seed 1] [--keep FOLDER]

Sound files of every kind have bytes changed, cut out, doubled or put in, and are opened, read and parsed by workers as
an import does it. Each must end as a record or as one of our own errors; anything else is printed, and kept with
`--keep`. A short run of it is among the tests (`tests/pipeline/test_fuzzed_files.py`).
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench.planted_pages import FIXTURES
from core.errors import SarabanError
from core.limits import Limits
from core.settings import Settings
from ingest.recognition.tesseract import TesseractRecognizer
from pipeline.document_work import read_in_workers
from pipeline.workers import LocalPool

SAMPLES: Final = (
    "cases/h31-slash-and-dash.pdf",
    "cases/h37-merged.xlsx",
    "cases/h39-total-row.csv",
    "cases/h07-announcement.txt",
    "round1/office-200-page1.png",
    "round1/office-200-page1.jpg",
    "shapes/names.tif",
)
"""A sound file of each kind, in the folder of fixtures."""
_HEAD: Final = 2_000
"""Bytes at the beginning, and at the end, in which one change in two falls: what a file says of itself stands there."""
_LONGEST: Final = 200
"""Most bytes that are cut out, doubled or put in."""
_MOST_CHANGES: Final = 12
_NOBODY: Final = TesseractRecognizer("none", Path("/nonexistent"), "no engine")
"""Reads no picture: what is tried here is what opens files."""


def damage(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few changes."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        place = _choose_place(len(damaged), chance)
        chance.choice(_CHANGES)(damaged, place, chance)
    return bytes(damaged)


def read_damaged(pool: LocalPool, path: Path, limits: Limits) -> str:
    """Read a file as an import does, and return how it ended.

    Raises:
        Exception: Anything but an error of ours, which is what is looked for.
    """
    try:
        document = read_in_workers(path, path.name, Settings(limits=limits), _NOBODY, pool)
    except SarabanError as error:
        return error.slug
    return document.status.value


def main() -> None:
    """Damage and read until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where files go that ended otherwise")
    arguments = parser.parse_args()
    chance, ends, until = random.Random(arguments.seed), Counter[str](), time.monotonic() + arguments.seconds  # noqa: S311
    limits = Limits(open_seconds=10, page_seconds=20, document_seconds=20)
    with tempfile.TemporaryDirectory() as name, LocalPool(2, limits) as pool:
        while time.monotonic() < until:
            sample = FIXTURES / chance.choice(SAMPLES)
            path = Path(name) / f"damaged{sample.suffix}"
            path.write_bytes(damage(sample.read_bytes(), chance))
            try:
                end = read_damaged(pool, path, limits)
            except Exception as error:  # noqa: BLE001 - what is looked for
                end = f"{type(error).__name__}: {error}"
                print(f"{sample.name}: {end}")
                if arguments.keep is not None:
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    (arguments.keep / f"{ends.total():06d}{sample.suffix}").write_bytes(path.read_bytes())
            ends[f"{sample.suffix} {end[:60]}"] += 1
    for end, count in sorted(ends.items()):
        print(f"{count:6,}  {end}")


def _choose_place(length: int, chance: random.Random) -> int:
    if chance.random() < 0.5:
        near = chance.randrange(min(length, _HEAD) + 1)
        return near if chance.random() < 0.5 else length - near
    return chance.randrange(length + 1)


def _change(data: bytearray, place: int, chance: random.Random) -> None:
    data[place : place + 1] = bytes((chance.randrange(256),))


def _cut(data: bytearray, place: int, chance: random.Random) -> None:
    del data[place : place + chance.randint(1, _LONGEST)]


def _double(data: bytearray, place: int, chance: random.Random) -> None:
    data[place:place] = data[place : place + chance.randint(1, _LONGEST)]


def _put_in(data: bytearray, place: int, chance: random.Random) -> None:
    data[place:place] = chance.choice((b"\x00", b"\xff" * 8, b"9" * 30, b"-1", b"%s%n", b"<" * 50, chance.randbytes(9)))


_CHANGES: Final[tuple[Callable[[bytearray, int, random.Random], None], ...]] = (
    _change,
    _change,
    _cut,
    _double,
    _put_in,
)

if __name__ == "__main__":
    main()
