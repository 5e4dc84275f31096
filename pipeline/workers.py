"""Pages in worker processes on one machine.

The pool outlives a killed worker, whose page is tried once more, and a page that never ends, which is given up: the
page becomes an issue of its document, and the batch goes on.
"""

import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from types import TracebackType

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from ingest.page_image_reader import blank_page
from ingest.page_reader import PageReading, PageTask, read_page
from models.issue import Issue, Message, Severity

_ATTEMPTS = 2


class LocalPool:
    """Worker processes that read pages; one page each at a time.

    Args:
        jobs: How many processes.
    """

    def __init__(self, jobs: int) -> None:
        self._pool = ProcessPool(max_workers=jobs, initializer=_leave_interrupts_to_the_parent)

    def __enter__(self) -> "LocalPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def submit(self, task: PageTask) -> "PendingPage":
        """Begin one page."""
        return PendingPage(self._pool, task)

    def run(self, tasks: Sequence[PageTask]) -> Iterator[PageReading]:
        """Read pages side by side; they come back in order."""
        pending = [self.submit(task) for task in tasks]
        return (page.result() for page in pending)


class PendingPage:
    """A page that a worker is reading."""

    def __init__(self, pool: ProcessPool, task: PageTask) -> None:
        self._pool, self._task = pool, task
        self._future = self._schedule()

    def _schedule(self) -> "ProcessFuture[PageReading]":
        return self._pool.schedule(read_page, args=[self._task], timeout=self._task.limits.page_seconds)

    def result(self) -> PageReading:
        """Return the page, waiting for it.

        Raises:
            core.errors.SarabanError: The worker raised it: a missing tool, or a file that cannot be opened.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                reading = self._future.result()
            except FutureTimeoutError:
                return self._lost("page.timeout", f"{self._task.limits.page_seconds:.0f} s")
            except ProcessExpired as error:
                if attempt == _ATTEMPTS:
                    return self._lost("page.worker_died", f"exit {error.exitcode}")
                self._future = self._schedule()
            else:
                return reading
        raise AssertionError  # pragma: no cover - the loop returns

    def _lost(self, code: str, detail: str) -> PageReading:
        issue = Issue(
            code=code,
            severity=Severity.ERROR,
            stage="ingest",
            page=self._task.number,
            message=Message(
                th=f"อ่านหน้านี้ไม่สำเร็จ ({detail}) หน้าอื่นอ่านต่อตามปกติ",
                en=f"this page could not be finished ({detail}); the other pages were read",
            ),
        )
        return PageReading(page=blank_page(self._task.number, self._task.recognizer.engine), issues=(issue,))


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A worker that is stopped leaves by an exception, so that its temporary folders go with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
