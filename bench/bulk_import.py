"""`saraban` with a log of all work that its workers do: `python -m bench.bulk_import LOG import …`.

Each line of the log is one piece of work that was begun, or one that ended with what it cost, so that `bench/bulk.py`
can count what was done twice. Lines are appended in one write each: workers may be killed at any moment.
"""

import os
import sys
from typing import Any, Final

import cli
import pipeline.workers
from pipeline.worker_bounds import Job, run_bounded

_LOG: Final = "SARABAN_BULK_LOG"


def run_noted(job: Job) -> bytes:
    """Do a piece of work as a worker does, and note it."""
    subject = f"{job.work.__name__} {_name_task(job.task)}"
    _note(f"begin {subject}")
    before = _cpu()
    try:
        return run_bounded(job)
    finally:
        _note(f"end {subject} {_cpu() - before:.4f}")


def _cpu() -> float:
    """Return the processor time of this process and of the tools that it ran, in seconds."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _name_task(task: Any) -> str:  # noqa: ANN401 - work of any kind
    if source := getattr(task, "source", None):
        return f"{source.sha256} 0"
    return f"{task.path.name[:64]} {getattr(task, 'number', 0)}"


def _note(line: str) -> None:
    handle = os.open(os.environ[_LOG], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


if __name__ == "__main__":
    os.environ[_LOG] = sys.argv.pop(1)
    pipeline.workers.run_bounded = run_noted  # type: ignore[attr-defined]
    cli.main()
