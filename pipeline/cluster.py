"""Work on the nodes of a Ray cluster, behind what `pipeline.workers` is on one machine.

The process that imports schedules and alone writes; where it dies, Ray ends its work, and the next import goes on from
the archive. A worker, or a node, that dies costs its pages one more try. Workers are processes that Ray keeps, with
their models loaded; the same program must be installed on every node. An original that a node does not see under its
path, where the archive is on no shared folder, travels to it as bytes.
"""

import math
import os
import signal
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from core.errors import MissingToolError
from core.limits import Limits
from models.issue import IssueCode
from pipeline.packed_work import ATTEMPTS, TASKS, PackedWork
from pipeline.worker_bounds import Job, end_group, prepare_worker, run_bounded
from pipeline.worker_pool import LOOK_SECONDS, FinishedWork, Work, WorkItem

T = TypeVar("T")

_LOOK_SECONDS: Final = 0.5
"""How often a worker is asked whether it exceeds a bound."""
_LATER: Final = 10.0
"""Seconds by which the kernel's own bounds are wider: ours ends the worker first and says so."""
_FOLDER: Final = "saraban-node-"
"""How a worker's folder for temporary files begins; its process id follows, and what nobody can guess."""


class MissingRayError(MissingToolError):
    """Ray is not installed, or there is no cluster where one was named."""

    slug = "tool.ray"
    th = "ใช้คลัสเตอร์ไม่ได้"
    en = "the cluster cannot be used"
    hint_th = "ติดตั้งด้วย pip install 'saraban[cluster]' และเริ่มคลัสเตอร์ด้วย ray start --head"
    hint_en = "pip install 'saraban[cluster]', and begin a cluster with ray start --head"


class ClusterPool:
    """Workers on a cluster.

    Args:
        address: `local` for a cluster of this machine alone, begun here; `auto` for one that this machine is part of;
            or its address, such as `10.0.0.1:6379` or `ray://head:10001`.
        jobs: How many workers, where the cluster is begun here.
        limits: Bound the memory of each, how long it may stand still, and what it hands back.

    Raises:
        MissingRayError: Ray is not installed, or there is no such cluster.
    """

    def __init__(self, address: str, jobs: int, limits: Limits) -> None:
        self.limits = limits
        self.ray = _connect(address, jobs)
        self._run = self.ray.remote(num_cpus=1, max_retries=0, max_calls=TASKS)(run_on_node)
        self._finished = FinishedWork()
        self._waiting: dict[ClusterWork[Any], None] = {}
        self._under_way: set[ClusterWork[Any]] = set()
        self._originals: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def width(self) -> int:
        """How many pieces of work are done at once: processors of the cluster."""
        return max(1, int(self.ray.cluster_resources().get("CPU", 1)))

    def begin(self, work: WorkItem[T]) -> "ClusterWork[T]":
        """Begin a piece of work."""
        return ClusterWork(self, work)

    def schedule(self, work: "ClusterWork[Any]") -> None:
        """Have work done once a processor is free."""
        self._waiting[work] = None
        self.hand_over()

    def hand_over(self) -> None:
        """Give Ray as much work as it has processors, and no more: it does not tell which of its work was begun."""
        free = self.width - len(self._under_way) if self._waiting else 0
        for work in list(self._waiting)[: max(0, free)]:
            del self._waiting[work]
            self._under_way.add(work)
            job = Job(work.item.run, work.item.task, work.item.cpu_seconds, self.limits.result_bytes)
            original = [self._original(work.item.task)]
            work.begin(self._run.remote(job, self.limits, original, work.note).future())

    def withdraw(self, work: "ClusterWork[Any]") -> bool:
        """Take work back that was not given to Ray yet, and return whether it was taken back."""
        return self._waiting.pop(work, work) is None

    def note_end(self, work: "ClusterWork[Any]") -> None:
        """Note, from any thread, that Ray is done with work."""
        self._under_way.discard(work)
        self._finished.add(work)

    def take_note(self, note: str) -> str | None:
        """Return which bound a worker said that it died of, if it did."""
        from ray.experimental import internal_kv

        found = internal_kv._internal_kv_get(note)
        return found.decode() if found else None

    def wait_for_finished(self) -> list[Work[Any]]:
        """Wait for half a second at most until work ends, and return what ended since this was asked last."""
        self.hand_over()
        return self._finished.wait()

    def list_finished(self) -> list[Work[Any]]:
        """Return what ended since this was asked last, without waiting."""
        self.hand_over()
        return self._finished.take()

    def stop(self) -> None:
        """Leave the cluster; Ray ends what is still being done."""
        self.ray.shutdown()

    def _original(self, task: object) -> Any:  # noqa: ANN401 - a reference of Ray's
        """Return where a node gets the original from that does not see it; the newest are kept with Ray."""
        path = _find_path(task)
        if path is None:
            return None
        if path.name not in self._originals:
            while len(self._originals) > 2 * self.width:
                del self._originals[next(iter(self._originals))]
            self._originals[path.name] = self.ray.put(path.read_bytes())
        return self._originals[path.name]


class ClusterWork(PackedWork[T]):
    """Work that the cluster is at. `done` and `result` begin it once more where its worker or its node died."""

    def __init__(self, pool: ClusterPool, item: WorkItem[T]) -> None:
        super().__init__(item)
        self._pool = pool
        self._future: Future[bytes] | None = None
        self._schedule()

    def _schedule(self) -> None:
        self.note, self._future = uuid.uuid4().hex, None
        self._pool.schedule(self)

    def begin(self, future: Future[bytes]) -> None:
        """Take note that Ray was given it."""
        self._future = future
        future.add_done_callback(lambda _: self._pool.note_end(self))

    def done(self) -> bool:
        """Whether `result` would return at once."""
        if not self.is_over and self._future is not None and self._future.done():
            self._take_over(self._future)
        return self.is_over

    def _take_over(self, future: Future[bytes]) -> None:
        exceptions = self._pool.ray.exceptions
        try:
            self.end(future.result())
        except exceptions.RayTaskError as error:
            if isinstance(error.cause, MemoryError):
                self.give_up(IssueCode.PAGE_WORKER_DIED, f"memory_bytes {self._pool.limits.memory_bytes:,}")
            else:
                self.fail(error.cause)
        except exceptions.RayError as error:  # the worker, the node, or what was to be read is gone
            if bound := self._pool.take_note(self.note):
                self.give_up(IssueCode.PAGE_TIMEOUT, bound)
            elif self.attempts == ATTEMPTS:
                self.give_up(IssueCode.PAGE_WORKER_DIED, type(error).__name__)
            else:
                self.attempts += 1
                self._schedule()

    def withdraw(self) -> bool:
        """Take it back where Ray was not given it yet, and return whether it was taken back."""
        return self._pool.withdraw(self)

    def wait(self) -> None:
        """Wait a moment for it."""
        self._pool.hand_over()
        if self._future is None:
            time.sleep(LOOK_SECONDS)
        else:
            wait([self._future], timeout=LOOK_SECONDS)


def run_on_node(job: Job, limits: Limits, original: list[Any], note: str) -> bytes:
    """Do a piece of work in a worker of Ray, and return its result packed.

    Args:
        job: The work.
        limits: Bound the memory of the worker and how long it may stand still.
        original: One reference to the bytes of its original, or None.
        note: Under which key a worker that exceeds a bound leaves word of it, for Ray does not say what one died of.
    """
    folder = Path(tempfile.gettempdir())
    if not folder.name.startswith(_FOLDER):
        _remove_left(folder)
        folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))  # a name that nobody can take before us
        prepare_worker(str(folder), limits.memory_bytes)
    # Where code holds Python's lock, nobody here can look: then the kernel ends the worker, a little later.
    kept_by_kernel = replace(job, cpu_seconds=job.cpu_seconds + _LATER)
    signal.alarm(math.ceil(limits.stall_seconds + _LATER))
    with _watched(job.cpu_seconds, limits.stall_seconds, note):
        try:
            path = _find_path(job.task)
            if path is not None and not path.exists():
                return run_bounded(replace(kept_by_kernel, task=_move(job.task, _fetch(path, folder, original[0]))))
            return run_bounded(kept_by_kernel)
        finally:
            signal.alarm(0)


@contextmanager
def _watched(cpu_seconds: float, stall_seconds: float, note: str) -> Iterator[None]:
    """Within it, a thread ends this worker once it exceeds a bound, and leaves word of it with the cluster."""
    is_over = threading.Event()
    most_cpu, latest = time.process_time() + cpu_seconds, time.monotonic() + stall_seconds

    def look() -> None:
        while not is_over.wait(_LOOK_SECONDS):
            if time.process_time() > most_cpu:
                _leave(note, f"{cpu_seconds:.0f} s CPU")
            elif time.monotonic() > latest:
                _leave(note, f"stall_seconds {stall_seconds:.0f}")

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


def _leave(note: str, bound: str) -> None:
    """End this worker and its tools at once, whatever it is at."""
    from ray.experimental import internal_kv

    internal_kv._internal_kv_put(note, bound)
    end_group()
    os.kill(os.getpid(), signal.SIGKILL)


def _connect(address: str, jobs: int) -> Any:  # noqa: ANN401 - a module that few have
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody outside
    try:
        import ray
    except ImportError as error:
        raise MissingRayError("ray") from error
    options: dict[str, Any] = {"log_to_driver": False, "configure_logging": False}
    if address == "local":
        options |= {"num_cpus": jobs, "include_dashboard": False}
    try:
        ray.init(address=address, **options)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise MissingRayError(f"{address}: {error}") from error
    return ray


def _find_path(task: object) -> Path | None:
    """Return where the original lies that work is to be done with."""
    table = getattr(task, "table", None)
    path = getattr(table if table is not None else task, "path", None)
    return path if isinstance(path, Path) else None


def _move(task: Any, path: Path) -> Any:  # noqa: ANN401 - one of several kinds
    """Return a task with its original elsewhere."""
    if getattr(task, "table", None) is not None:
        return replace(task, table=replace(task.table, path=path))
    return replace(task, path=path)


def _fetch(path: Path, folder: Path, original: Any) -> Path:  # noqa: ANN401 - a reference of Ray's
    """Return a copy of an original on this node; the copy of another one before goes."""
    import ray

    copy = folder / path.name
    if not copy.exists():
        for other in folder.glob(f"*{path.suffix}"):
            other.unlink()
        copy.write_bytes(ray.get(original))
    return copy


def _remove_left(parent: Path) -> None:
    """Remove the folders of workers that are no more."""
    import shutil

    for folder in parent.glob(f"{_FOLDER}*"):
        process, _, _ = folder.name.removeprefix(_FOLDER).partition("-")
        if not Path(f"/proc/{process}").exists():
            shutil.rmtree(folder, ignore_errors=True)
