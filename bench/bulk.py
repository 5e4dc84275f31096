"""An import of many documents that is killed again and again, against one that nobody disturbs.

    python -m bench.bulk FOLDER [--documents 60] [--kills 6] [--jobs 2] [--no-scans] [--seed 1]

Documents are varied by `bench/bulk_corpus.py`, a tenth of them broken. One archive is made undisturbed; another while
the parent or a worker is killed (`kill -9`) at random moments, after which the same command is given again. Then both
are compared to the row. Told are, too: how much work was done twice, memory over time, the processor time of the whole
import against that of the work in the workers, and what a second import of the same files costs.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from bench.archive_rows import compare, count_rows, list_read
from bench.bulk_corpus import write_corpus
from bench.bulk_processes import Sample, find_children, find_session, kill, measure, measure_cpu, measure_peak

ROOT = Path(__file__).parent.parent
_LOOK_SECONDS: Final = 0.2
"""Time between two looks at the processes."""
_WAIT_SECONDS: Final = 60.0
"""Longest that what a killed parent left behind may take to be gone."""


@dataclass(slots=True)
class Outcome:
    """What one import, with all its kills, was like.

    Attributes:
        starts: How often the command was given.
        cpu: Processor time of all its processes, in seconds.
        cpu_parents: Of the parents among them, about.
        peak_parent, peak_worker: Most memory of any, in MB.
        samples: Memory over time.
        left_seconds: The longest that a worker outlived a killed parent.
        exits: How the commands ended.
    """

    starts: int = 0
    cpu: float = 0.0
    cpu_parents: float = 0.0
    wall: float = 0.0
    peak_parent: float = 0.0
    peak_worker: float = 0.0
    samples: list[Sample] = field(default_factory=list)
    left_seconds: float = 0.0
    exits: list[int] = field(default_factory=list)


class Kill(NamedTuple):
    """A kill to come: once so many pieces of work are done, and whether it is the parent that dies."""

    after: int
    is_parent: bool


class Log:
    """What the workers noted.

    Args:
        path: Of the log.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines = 0
        self._offset = 0

    def count_done(self) -> int:
        """Return how many pieces of work were done so far."""
        if self.path.exists():
            with self.path.open("rb") as log:
                log.seek(self._offset)
                new = log.read()
            self._offset += len(new)
            self._lines += new.count(b"end ")
        return self._lines

    def count_begun(self, kind: str) -> Counter[str]:
        """Return how often each piece of work of a kind was begun."""
        return Counter(line[2] + " " + line[3] for line in self._parts() if line[:2] == ["begin", kind])

    def sum_cpu(self) -> float:
        """Return the processor time of all work that was done, in seconds."""
        return sum(float(line[4]) for line in self._parts() if line[0] == "end")

    def _parts(self) -> Iterator[list[str]]:
        return (line.split() for line in self.path.read_text().splitlines())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where documents and archives go")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-scans", action="store_true", help="cheap documents alone")
    arguments = parser.parse_args()
    folder: Path = arguments.folder / f"{arguments.documents}{'-cheap' if arguments.no_scans else ''}"
    corpus = folder / "in"
    write_corpus(corpus, arguments.documents, scans=not arguments.no_scans)
    calm = Log(folder / "calm.log")
    if not (folder / "calm").exists():
        calm.path.unlink(missing_ok=True)
        _print_calm(_run(folder / "calm", corpus, calm, arguments.jobs, []), calm)
    _print_again(_run(folder / "calm", corpus, Log(folder / "again.log"), arguments.jobs, []))
    if arguments.kills:
        shutil.rmtree(folder / "killed", ignore_errors=True)
        killed = Log(folder / "killed.log")
        killed.path.unlink(missing_ok=True)
        kills = _choose_kills(arguments.kills, calm.count_done(), arguments.seed)
        outcome = _run(folder / "killed", corpus, killed, arguments.jobs, kills)
        _print_killed(outcome, killed, arguments.kills, arguments.jobs, list_read(folder / "killed"))
        _print_comparison(folder / "calm", folder / "killed")


def _choose_kills(count: int, work: int, seed: int) -> list[Kill]:
    chance = random.Random(seed)  # noqa: S311
    moments = sorted(chance.sample(range(1, work), count))
    return [Kill(moment, chance.random() < 0.5) for moment in moments]


def _run(archive: Path, corpus: Path, log: Log, jobs: int, kills: Sequence[Kill]) -> Outcome:
    """Import a folder to the end, killing on the way."""
    outcome, left, chance = Outcome(), list(kills), random.Random(len(kills))  # noqa: S311
    began, before = time.monotonic(), os.times()
    while True:
        outcome.starts += 1
        command = [sys.executable, "-m", "bench.bulk_import", log.path, "import", corpus, "--archive", archive]
        told = archive.with_suffix(".txt").open("ab")
        process = subprocess.Popen(  # noqa: S603 - this program itself
            [*map(str, command), "--jobs", str(jobs)], cwd=ROOT, stdout=told, stderr=told, start_new_session=True
        )
        spent = 0.0
        while process.poll() is None:
            _look(process.pid, log, outcome)
            spent = measure_cpu(process.pid) or spent
            if left and log.count_done() >= left[0].after:
                time.sleep(chance.random() * _LOOK_SECONDS)
                if _kill(process.pid, left[0], chance):
                    left.pop(0)
            time.sleep(_LOOK_SECONDS)
        told.close()
        outcome.cpu_parents += spent
        outcome.exits.append(process.returncode)
        if process.returncode >= 0:
            break
        outcome.left_seconds = max(outcome.left_seconds, _wait_until_gone(process.pid))
    after = os.times()
    outcome.cpu = after.children_user + after.children_system - before.children_user - before.children_system
    outcome.wall = time.monotonic() - began
    return outcome


def _look(parent: int, log: Log, outcome: Outcome) -> None:
    workers = find_children(parent)
    outcome.peak_parent = max(outcome.peak_parent, measure_peak(parent))
    outcome.peak_worker = max(outcome.peak_worker, *map(measure_peak, workers), 0.0)
    outcome.samples.append(Sample(log.count_done(), measure(parent), max(map(measure, workers), default=0.0)))


def _kill(parent: int, this: Kill, chance: random.Random) -> bool:
    """Kill the parent or one of its workers; return whether there was one."""
    workers = find_children(parent)
    if not workers:
        return False
    kill(parent if this.is_parent else chance.choice(workers))
    return True


def _wait_until_gone(leader: int) -> float:
    """Wait for what a killed parent left, and return how long it took, in seconds."""
    began = time.monotonic()
    while find_session(leader):
        if time.monotonic() - began > _WAIT_SECONDS:
            raise TimeoutError(f"{find_session(leader)}: still there")
        time.sleep(_LOOK_SECONDS)
    return time.monotonic() - began


def _print_calm(outcome: Outcome, log: Log) -> None:
    pages, work = log.count_begun("read_page").total(), log.sum_cpu()
    print(f"undisturbed: exit {outcome.exits}, {pages} pages, {outcome.wall:.0f} s, {outcome.cpu:.1f} CPU s")
    times = outcome.cpu / work
    print(f"  work {work:.1f} CPU s, parent {outcome.cpu_parents:.1f}; all of it is {times:.3f} times the work")
    print(f"  most memory: parent {outcome.peak_parent:.0f} MB, worker {outcome.peak_worker:.0f} MB")
    busy = [sample for sample in outcome.samples if sample.done]
    for share in (0.1, 0.25, 0.5, 0.75, 1.0):
        done, parent, worker = busy[int(share * (len(busy) - 1))]
        print(f"  after {done:,} pieces of work: parent {parent:.0f} MB, largest worker {worker:.0f} MB")


def _print_again(outcome: Outcome) -> None:
    print(f"again, all known: exit {outcome.exits}, {outcome.wall:.1f} s, {outcome.cpu:.1f} CPU s")


def _print_killed(outcome: Outcome, log: Log, kills: int, jobs: int, read: set[str]) -> None:
    parents = outcome.starts - 1
    least = parents * jobs + kills - parents
    print(f"killed {kills} times, the parent {parents} times: exit {outcome.exits[-1]}, {outcome.starts} starts")
    for kind in ("read_page", "parse_document", "open_document"):
        begun = {name: times for name, times in log.count_begun(kind).items() if name.split()[0] in read}
        again = sum(begun.values()) - len(begun)
        print(
            f"  {kind}: {sum(begun.values())} for {len(begun)}, {again} again; under way at the kills: {least} at most"
        )
    print(f"  workers outlived their parent by {outcome.left_seconds:.1f} s at most")
    print(f"  most memory: parent {outcome.peak_parent:.0f} MB, worker {outcome.peak_worker:.0f} MB")


def _print_comparison(calm: Path, killed: Path) -> None:
    rows = sum(counted.total() for counted in count_rows(calm).values())
    found = compare(calm, killed)
    print(f"{rows:,} rows and originals compared: {'all equal' if not found else ''}")
    for table, (both, first, second) in found.items():
        print(f"  {table}: {both} in both, {first} undisturbed alone, {second} killed alone")


if __name__ == "__main__":
    main()
