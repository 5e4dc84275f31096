"""What came of a piece of work, packed by the process that did it: the same on one machine and on a cluster."""

import pickle
from abc import ABC, abstractmethod
from typing import Final, Generic, TypeVar

from core.errors import SarabanError
from pipeline.worker_pool import WorkItem

T = TypeVar("T")

ATTEMPTS: Final = 2
"""How often work is begun whose worker dies of it."""
TASKS: Final = 500
"""How much work a worker does before a new one takes its place: what libraries keep for good stays small."""


class PackedWork(ABC, Generic[T]):
    """Work that a pool was given, until something came of it: a result, an error, or that it was given up."""

    def __init__(self, item: WorkItem[T]) -> None:
        self.item = item
        self.attempts = 1
        self._packed: bytes | None = None
        self._error: BaseException | None = None

    @property
    def is_over(self) -> bool:
        """Whether something came of it."""
        return self._packed is not None or self._error is not None

    @abstractmethod
    def done(self) -> bool:
        """Whether `result` would return at once. Asking moves it on where a worker died."""

    @abstractmethod
    def wait(self) -> None:
        """Wait a moment for it."""

    def end(self, packed: bytes) -> None:
        """Take over what the worker made of it."""
        self._packed = packed

    def fail(self, error: BaseException) -> None:
        """Take over what the worker raised."""
        self._error = error

    def give_up(self, code: str, detail: str) -> None:
        """Have it end as work that is lost does; see `WorkItem.lost`."""
        try:
            self.end(pickle.dumps(self.item.lost(code, detail)))
        except SarabanError as error:
            self.fail(error)

    def result(self) -> T:
        """Return what came of it, waiting for it.

        Raises:
            core.errors.SarabanError: The worker raised it: a missing tool, or a file that cannot be opened.
        """
        while not self.done():
            self.wait()
        if self._error is not None:
            raise self._error
        result: T = pickle.loads(self._packed or b"")  # noqa: S301 - packed by a process of ours
        return result
