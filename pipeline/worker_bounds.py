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
from dataclasses import dataclass
from typing import Any, Final

from core.errors import LimitError

OVER_TIME: Final = -int(signal.SIGXCPU)
"""Exit code of a worker that used up its processor time."""


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
        memory_bytes: Most memory of this process and of each tool that it starts, apart from files that are mapped.
    """
    os.setpgid(0, 0)
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are for the parent
    signal.signal(signal.SIGTERM, _leave)
    _limit(resource.RLIMIT_DATA, memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, amount: int) -> None:
    """Set a limit of this process, at most to what it may be set to."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))


def _leave(*_: object) -> None:
    """End a worker that is stopped, by an exception, so that its temporary folders go with it; first its tools."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    sys.exit(1)
