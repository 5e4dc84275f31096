"""Work in processes of its own on one machine.

The pool outlives a killed worker, whose work is tried once more, and work that never ends, which is given up: it
becomes an issue of its document, and the batch goes on. Where a worker dies while it waits for work, the whole pool is
beyond repair; it is made anew, and what it had yet to do is given to the new one.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, TypeVar

from pebble import ProcessExpired, ProcessPool

from core.limits import Limits
from ingest.page_reader import PageReading, PageTask
from models.issue import IssueCode
from pipeline.packed_work import ATTEMPTS, TASKS, PackedWork
from pipeline.worker_bounds import OVER_TIME, Job, prepare_worker, run_bounded
from pipeline.worker_pool import LOOK_SECONDS, FinishedWork, Work, WorkItem, page_work

T = TypeVar("T")

_POOLS: Final = 20
"""How often work is given to a new pool because the old one broke; more is no accident."""


class LocalPool:
    """Worker processes that do one piece of work each at a time.

    Args:
        jobs: How many processes.
        limits: Bound the memory of each, how long it may stand still, and what it hands back.
        tells: Whether `wait_for_finished` will be asked; what it has to tell is kept until then.
    """

    def __init__(self, jobs: int, limits: Limits | None = None, *, tells: bool = False) -> None:
        self._jobs = jobs
        self.limits = limits or Limits()
        self._folder = tempfile.mkdtemp(prefix="saraban-")
        self._tells = tells
        self._finished = FinishedWork()
        self._pool = self._begin()

    def _begin(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._jobs,
            max_tasks=TASKS,
            initializer=prepare_worker,
            initargs=(self._folder, self.limits.memory_bytes),
        )

    def __enter__(self) -> "LocalPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._pool.active:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        shutil.rmtree(self._folder, ignore_errors=True)  # what workers left that were killed

    @property
    def width(self) -> int:
        """How many pieces of work are done at once."""
        return self._jobs

    @property
    def current(self) -> ProcessPool:
        """The pool that lives; where it broke, a new one takes its place first."""
        if not self._pool.active:
            with suppress(Exception):  # what is left of it may be in any state
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
            self._pool = self._begin()
        return self._pool

    def stop(self) -> None:
        """End all workers, whatever they are at; nothing can be begun any more."""
        self._pool.stop()  # type: ignore[no-untyped-call]

    def begin(self, work: WorkItem[T]) -> "PendingWork[T]":
        """Begin a piece of work."""
        return PendingWork(self, work)

    def wait_for_finished(self) -> list[Work[Any]]:
        """Wait for half a second at most until work ends, and return what ended since this was asked last.

        None of it need be done: where a worker died, `PendingWork.done` begins it anew. And where the pool broke,
        none of its work is told of here; only asking each finds out.
        """
        return self._finished.wait()

    def list_finished(self) -> list[Work[Any]]:
        """Return what ended since this was asked last, without waiting."""
        return self._finished.take()

    def tell_finished(self, work: "PendingWork[Any]") -> None:
        """Note that a piece of work ended, from any thread."""
        if self._tells:
            self._finished.add(work)

    def run(self, tasks: Sequence[PageTask]) -> Iterator[PageReading]:
        """Read pages side by side; they come back in order."""
        pending = [self.begin(page_work(task)) for task in tasks]
        return (page.result() for page in pending)


def begin_local_pool(jobs: int, limits: Limits) -> LocalPool:
    """Return a pool on this machine that tells of finished work."""
    return LocalPool(jobs, limits, tells=True)


class PendingWork(PackedWork[T]):
    """Work that a worker is at. `done` and `result` move it on where a worker or the pool died."""

    def __init__(self, pool: LocalPool, item: WorkItem[T]) -> None:
        super().__init__(item)
        self._pool, self._pools = pool, 0
        self._schedule()

    def _schedule(self) -> None:
        limits = self._pool.limits
        job = Job(self.item.run, self.item.task, self.item.cpu_seconds, limits.result_bytes)
        while True:
            self._host = self._pool.current
            try:
                self.future = self._host.schedule(run_bounded, args=[job], timeout=limits.stall_seconds)
            except RuntimeError:  # it broke just now
                self._pools += 1
                if self._pools > _POOLS:
                    raise
            else:
                self.future.add_done_callback(lambda _: self._pool.tell_finished(self))
                return

    def done(self) -> bool:
        """Whether `result` would return at once."""
        if self.is_over:
            return True
        if self.future.done():
            self._take_over()
        elif not self._host.active or self._host is not self._pool.current:
            self._move()
        return self.is_over

    def _take_over(self) -> None:
        try:
            self.end(self.future.result())
        except FutureTimeoutError:
            self.give_up(IssueCode.PAGE_TIMEOUT, f"stall_seconds {self._pool.limits.stall_seconds:.0f}")
        except MemoryError:
            self.give_up(IssueCode.PAGE_WORKER_DIED, f"memory_bytes {self._pool.limits.memory_bytes:,}")
        except ProcessExpired as error:
            _end_tools(error.pid)
            if error.exitcode == OVER_TIME:
                self.give_up(IssueCode.PAGE_TIMEOUT, f"{self.item.cpu_seconds:.0f} s CPU")
            elif self.attempts == ATTEMPTS:
                self.give_up(IssueCode.PAGE_WORKER_DIED, f"exit {error.exitcode}")
            else:
                self.attempts += 1
                self._schedule()
        except (BrokenProcessPool, CancelledError):
            self._move()
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
            self.fail(error)

    def withdraw(self) -> bool:
        """Take it back where no worker is at it yet, and return whether it was taken back."""
        is_waiting = not (self.is_over or self.future.done() or self.future.running())
        if is_waiting:
            self.future.cancel()  # type: ignore[no-untyped-call]
        return is_waiting

    def _move(self) -> None:
        self._pools += 1
        if self._pools > _POOLS:
            self.give_up(IssueCode.PAGE_WORKER_DIED, f"{_POOLS} pools")
        else:
            self._schedule()

    def wait(self) -> None:
        """Wait a moment for it."""
        wait([self.future], timeout=LOOK_SECONDS)


def _end_tools(worker: int | None) -> None:
    """End the tools that a worker had running when it was killed: they are in its process group."""
    if worker:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(worker, signal.SIGKILL)
