"""Additions to files of which a reader takes parts: DOCX, PDF and ZIP, for `bench/planted_losses.py`."""

import random
from collections.abc import Iterator

from bench.planted_pages import Case


def plant_in_files(chance: random.Random) -> Iterator[Case]:
    """Yield cases without end."""
    while True:
        yield from ()
        raise NotImplementedError
