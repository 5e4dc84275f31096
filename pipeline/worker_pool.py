"""What a pool of workers is, wherever its workers run: on this machine, or on the nodes of a cluster."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from core.limits import Limits
from ingest.page_image_reader import blank_page
from ingest.page_reader import PageReading, PageTask, read_page
from models.issue import Issue, Message, Severity

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LOOK_SECONDS: Final = 0.5
"""How long to wait before looking whether a pool still lives; work that a broken pool held never ends."""


@dataclass(frozen=True, slots=True)
class WorkItem(Generic[T]):
    """A piece of work and what it may cost.

    Attributes:
        run: What is done, a function of a module.
        task: What it is done with.
        cpu_seconds: Processor time that it may take.
        lost: What it is where it could not be done, by an issue code (`page.timeout` or `page.worker_died`) and a
            detail; or it raises a `SarabanError`.
    """

    run: Callable[[Any], T]
    task: object
    cpu_seconds: float
    lost: Callable[[str, str], T]


class Work(Protocol[T_co]):
    """Work that was given to a pool."""

    def done(self) -> bool:
        """Whether `result` would return at once. Asking moves it on where a worker died."""
        ...

    def withdraw(self) -> bool:
        """Take it back where no worker is at it yet, and return whether it was taken back: nothing comes of it then."""
        ...

    def result(self) -> T_co:
        """Return what came of it, waiting for it.

        Raises:
            core.errors.SarabanError: The worker raised it: a missing tool, or a file that cannot be opened.
        """
        ...


class WorkerPool(Protocol):
    """Workers that do one piece of work each at a time; it ends with the block that it is entered for."""

    @property
    def width(self) -> int:
        """How many pieces of work are done at once."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def begin(self, work: WorkItem[T]) -> Work[T]:
        """Begin a piece of work."""
        ...

    def wait_for_finished(self) -> list[Work[Any]]:
        """Wait a moment until work ends, and return what ended since this was asked last; it need not be done."""
        ...

    def list_finished(self) -> list[Work[Any]]:
        """Return what ended since this was asked last, without waiting."""
        ...

    def stop(self) -> None:
        """End all workers, whatever they are at; nothing can be begun any more."""
        ...


class FinishedWork:
    """What ended in a pool and was not asked for yet; any thread may tell of it."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Work[Any]] = SimpleQueue()

    def add(self, work: Work[Any]) -> None:
        """Note that a piece of work ended."""
        self._queue.put(work)

    def wait(self) -> list[Work[Any]]:
        """Wait for half a second at most until work ends, and return what ended since this was asked last."""
        try:
            return [self._queue.get(timeout=LOOK_SECONDS), *self.take()]
        except Empty:
            return []

    def take(self) -> list[Work[Any]]:
        """Return what ended since this was asked last, without waiting."""
        found = []
        with suppress(Empty):
            while True:
                found.append(self._queue.get_nowait())
        return found


class PoolFactory(Protocol):
    """Makes a pool that tells of finished work."""

    def __call__(self, jobs: int, limits: Limits) -> WorkerPool:
        """Return a pool of so many workers, where that is for us to say, within limits."""
        ...


def page_work(task: PageTask) -> WorkItem[PageReading]:
    """Return the work of reading one page; where it is lost it is a blank page with the issue."""

    def lost(code: str, detail: str) -> PageReading:
        message = Message(
            th=f"อ่านหน้านี้ไม่สำเร็จ ({detail}) หน้าอื่นอ่านต่อตามปกติ",
            en=f"this page could not be finished ({detail}); the other pages were read",
        )
        issue = Issue(code=code, severity=Severity.ERROR, stage="ingest", page=task.number, message=message)
        return PageReading(page=blank_page(task.number, task.recognizer.engine), issues=(issue,))

    return WorkItem(read_page, task, task.limits.page_seconds, lost)
