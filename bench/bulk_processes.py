"""The processes of an import from outside, as the kernel tells of them: which there are and what they hold."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")


class Sample(NamedTuple):
    """What the processes of an import held at one moment.

    Attributes:
        done: Pieces of work that were done by then.
        parent: Of the parent, in MB.
        workers: Of the largest worker, in MB.
    """

    done: int
    parent: float
    workers: float


def find_children(parent: int) -> list[int]:
    """Return the ids of a process's children."""
    return [pid for pid, above in _iterate_processes() if above == parent]


def find_session(leader: int) -> list[int]:
    """Return the ids of the processes that a leader of a session left, in whatever group they are."""
    found = []
    for pid, _ in _iterate_processes():
        with suppress(OSError):
            if os.getsid(pid) == leader and not _is_over(pid):
                found.append(pid)
    return found


def kill(pid: int) -> None:
    """End a process as a power cut would."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def measure(pid: int) -> float:
    """Return the resident memory of a process in MB; 0 where it is gone."""
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES / 1e6
    return 0.0


def measure_cpu(pid: int) -> float:
    """Return the processor time of a process in seconds; 0 where it is gone."""
    with suppress(OSError, IndexError):
        spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(spent[11]) + int(spent[12])) / _TICKS
    return 0.0


def measure_peak(pid: int | str) -> float:
    """Return the most that a process held so far, in MB; `self` is this one; 0 where it is gone."""
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    return 0.0


def _is_over(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def _iterate_processes() -> Iterator[tuple[int, int]]:
    """Yield the id of each process and of its parent."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError):
            yield int(stat.parent.name), int(stat.read_text().rpartition(")")[2].split()[1])


def find_descendants(parent: int) -> list[int]:
    """Return the ids of a process's children, their children, and so on."""
    below: dict[int, list[int]] = {}
    for pid, above in _iterate_processes():
        below.setdefault(above, []).append(pid)
    found, left = [], [parent]
    while left:
        left += (children := below.get(left.pop(), []))
        found += children
    return found


def name_process(pid: int) -> str:
    """Return what a process calls itself, with its arguments; nothing where it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""
