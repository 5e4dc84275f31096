"""What steers an import while it runs: which part of the files is its own, a wish to stop, and what it tells of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Self

from core.errors import UsageError
from pipeline.worker_pool import PoolFactory
from pipeline.workers import begin_local_pool

_SHARD: Final = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")
_DIGITS: Final = 12
"""Hexadecimal digits of a SHA-256 that choose the shard: even shares for any number of hosts."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of all files, by their bytes: every host finds its own without knowing of the others.

    Attributes:
        index: Which, from 1.
        count: Of how many.
    """

    index: int
    count: int

    @classmethod
    def parse(cls, said: str) -> Self:
        """Return the shard of `3/64`.

        Raises:
            UsageError: It is none.
        """
        found = _SHARD.fullmatch(said)
        if found is None or int(found[1]) > int(found[2]):
            raise UsageError(f"--shard {said}: 1/64 … 64/64")
        return cls(int(found[1]), int(found[2]))

    def holds(self, sha: str) -> bool:
        """Whether the file with this SHA-256 is of this part."""
        return int(sha[:_DIGITS], 16) % self.count == self.index - 1


@dataclass(frozen=True, slots=True)
class ImportEvent:
    """One step of an import.

    Attributes:
        kind: A document was opened and `pages` are to be read, a page was read, or an entry is done.
        name: What the file is called.
        pages: How many pages are to be read; those that were read before do not count.
        page: Which page was read.
        doubts: How many values of the document ask for review.
        result: What became of the entry.
    """

    kind: Literal["opened", "page", "done"]
    name: str
    pages: int = 0
    page: int | None = None
    doubts: int = 0
    result: str | None = None


def ignore(_event: ImportEvent) -> None:
    """Take no note of an event."""


@dataclass(frozen=True, slots=True)
class ImportControl:
    """How an import is to go.

    Attributes:
        shard: The part that is to be read; all where there is none.
        again: Read what was read before once more, whatever it was read by.
        retries: What was said of files that failed holds as if it were said again.
        must_stop: Asked between steps: whether to finish the pages under way and begin no other.
        note: Told of each step.
        open_pool: Begins the workers.
    """

    shard: Shard | None = None
    again: bool = False
    retries: bool = False
    must_stop: Callable[[], bool] = lambda: False
    note: Callable[[ImportEvent], None] = ignore
    open_pool: PoolFactory = begin_local_pool


AS_USUAL: Final = ImportControl()
