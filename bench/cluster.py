"""An import on a Ray cluster of this machine, with a worker killed and then the coordinator, against the local pool.

    python -m bench.cluster FOLDER [--documents 60] [--jobs 2]

The same documents as those of `bench/bulk.py`. Told are the time to start, processor time and memory of all processes
(those of Ray among them), and whether the archives are equal to the row.
"""

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.archive_rows import compare
from bench.bulk_corpus import write_corpus
from bench.bulk_processes import find_descendants, kill, measure, measure_cpu, name_process

ROOT = Path(__file__).parent.parent
_LOOK_SECONDS: Final = 0.5
"""Time between two looks at the processes."""


@dataclass(slots=True)
class Usage:
    """What the processes of an import took.

    Attributes:
        cpu: Processor time by process, in seconds.
        memory: The most that all of them held at once, in MB.
        first: Seconds until the first page was kept.
    """

    cpu: dict[int, float] = field(default_factory=dict)
    memory: float = 0.0
    first: float = 0.0
    wall: float = 0.0

    def look(self, parent: int) -> None:
        """Measure all processes of a parent."""
        pids = [parent, *find_descendants(parent)]
        self.cpu |= {pid: spent for pid in pids if (spent := measure_cpu(pid))}
        self.memory = max(self.memory, sum(map(measure, pids)))

    def __str__(self) -> str:
        spent = f"{sum(self.cpu.values()):.1f} CPU s"
        return f"{self.wall:.0f} s, first page after {self.first:.0f} s, {spent}, {self.memory:.0f} MB at once"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where documents and archives go")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    folder: Path = arguments.folder / f"cluster-{arguments.documents}"
    write_corpus(folder / "in", arguments.documents)
    for name in ("local", "ray", "killed"):
        shutil.rmtree(folder / name, ignore_errors=True)
    options = ["--jobs", str(arguments.jobs)]
    print(f"local pool: {_import(folder / 'local', options)}", flush=True)
    pages = _count_pages(folder / "local")
    options += ["--cluster", "local"]
    print(f"Ray: {_import(folder / 'ray', options)}; {_describe(folder, 'ray')}", flush=True)
    usage = _import(folder / "killed", options, kill_worker_at=pages // 4, kill_parent_at=pages // 2)
    print(f"Ray, killed: {usage}")
    print(f"and again: {_import(folder / 'killed', options)}; {_describe(folder, 'killed')}")


def _import(
    archive: Path, options: list[str], kill_worker_at: int | None = None, kill_parent_at: int | None = None
) -> Usage:
    """Import the documents beside an archive, and kill a worker and the parent once so many pages are kept."""
    usage, began = Usage(), time.monotonic()
    command = [sys.executable, "-m", "cli", "import", str(archive.parent / "in"), "--archive", str(archive), *options]
    with archive.with_suffix(".txt").open("ab") as told:
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told, start_new_session=True)  # noqa: S603
        while process.poll() is None:
            usage.look(process.pid)
            pages = _count_pages(archive)
            usage.first = usage.first or (time.monotonic() - began if pages else 0.0)
            if kill_worker_at is not None and pages >= kill_worker_at:
                workers = [pid for pid in find_descendants(process.pid) if "ray::run_on_node" in name_process(pid)]
                if workers:
                    kill(random.choice(workers))  # noqa: S311
                    print(f"  a worker was killed after {pages} pages", flush=True)
                    kill_worker_at = None
            elif kill_parent_at is not None and pages >= kill_parent_at:
                kill(process.pid)
                print(f"  the coordinator was killed after {pages} pages", flush=True)
                kill_parent_at = None
            time.sleep(_LOOK_SECONDS)
    usage.wall = time.monotonic() - began
    return usage


def _count_pages(archive: Path) -> int:
    with suppress(sqlite3.Error):
        database = sqlite3.connect(f"file:{archive / 'saraban.db'}?mode=ro", uri=True)
        try:
            return int(database.execute("SELECT count(*) FROM page_results").fetchone()[0])
        finally:
            database.close()
    return 0


def _describe(folder: Path, name: str) -> str:
    found = compare(folder / "local", folder / name)
    return f"differs from the local archive: {found}" if found else "equal to the local archive to the row"


if __name__ == "__main__":
    main()
