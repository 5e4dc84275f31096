"""What one piece of work may cost the worker process that does it: memory, processor time, and what it hands back.

The kernel keeps the bounds, so that no library has to: a file that unpacks without end, or a loop that never ends,
ends its worker alone. Processor time is counted and not time on the wall: on a busy machine nothing is lost.
"""

import math
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Final

from core.errors import LimitError

OVER_TIME: Final = -int(signal.SIGXCPU)
"""Exit code of a worker that used up its processor time."""
_DATA_PAGES: Final = 5
"""Which number of `/proc/PID/statm` counts the pages of data, proc(5)."""

_LOOKS: Final = 20
"""How often what was left running is looked for."""
_LOOK_SECONDS: Final = 0.02
"""How long what was ended may take to be gone before it is looked for again."""
_GROUP: Final = 2
"""Which word of `/proc/PID/stat`, after the name, is the process group, proc(5)."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work as it travels to a worker.

    Attributes:
        work: What is done, a function of a module.
        task: What it is done with.
        cpu_seconds: Processor time that it may take, of the worker itself; tools that it starts have their own.
        result_bytes: Most bytes that its result may be, packed.
    """

    work: Callable[[Any], Any]
    task: object
    cpu_seconds: float
    result_bytes: int


def run_bounded(job: Job) -> bytes:
    """Do a piece of work in this process, a worker, and return its result packed.

    Raises:
        LimitError: The result is larger than it may be.
    """
    _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + job.cpu_seconds))
    packed = pickle.dumps(job.work(job.task), protocol=pickle.HIGHEST_PROTOCOL)
    if len(packed) > job.result_bytes:
        raise LimitError(f"{len(packed):,} > result_bytes {job.result_bytes:,}")
    return packed


def prepare_worker(folder: str, memory_bytes: int) -> None:
    """Set a new worker up: a process group for its tools, a temporary folder, and how much memory it may take.

    Args:
        folder: Where all workers of a pool put temporary files.
        memory_bytes: Most memory of this process and of each tool that it starts, apart from files that are mapped;
            where it is a copy of a large process, half as much beside what it began with.
    """
    os.setpgid(0, 0)
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are for the parent
    signal.signal(signal.SIGTERM, _leave)
    Finalize(None, _finish, exitpriority=0)
    _limit(resource.RLIMIT_DATA, max(memory_bytes, _measure_inherited() + memory_bytes // 2))
    _limit(resource.RLIMIT_CORE, 0)


def end_group() -> None:
    """End what the tools of this worker left running, whatever signals it ignores: it is in the worker's group.

    Looked for more than once, for a script goes on with its next command where only the one before was ended.
    """
    for _ in range(_LOOKS):
        if not _end_members():
            return
        time.sleep(_LOOK_SECONDS)


def _end_members() -> int:
    """End the other processes of this one's group, and return how many there were."""
    ended = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            pid, words = int(stat.parent.name), stat.read_text("utf-8").rpartition(")")[2].split()
            if int(words[_GROUP]) == os.getpid() and pid != os.getpid() and words[0] != "Z":
                os.kill(pid, signal.SIGKILL)
                ended += 1
    return ended


def _measure_inherited() -> int:
    """Return the bytes that this process began with, since it is a copy of its parent; 0 where nothing tells.

    Under a long-lived parent, such as the desk or a run of tests, they alone may be all that a worker may take.
    """
    try:
        statm = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:
        return 0
    return int(statm[_DATA_PAGES]) * resource.getpagesize()


def _limit(what: int, amount: int) -> None:
    """Set a limit of this process, at most to what it may be set to."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def _leave(*_: object) -> None:
    """End a worker that is stopped, by an exception, so that its temporary folders go with it; first its tools.

    They end here and not when the worker ends alone: one that is stopped just while it ends gets no further.
    """
    _finish()
    sys.exit(1)


def _finish() -> None:
    """End the tools of a worker that ends; whoever stops it meanwhile does not cut that short."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_group()
