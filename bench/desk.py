"""How fast the desk and the command are over a large archive of invented letters.

    python -m bench.desk FOLDER --letters 100000     # makes the archive, where it is not there, and measures
    python -m bench.desk FOLDER --only pages         # one part: start, pages, searches, decisions, command

Prints the median and the 95th percentile by the clock and of the processor: of each page within this process (no
network), of searches and decisions; how long a new process takes to its first page and the command to its first
screenful; the memory of each; and how large tables and indexes are. The letters: `bench.invented_letters`.
"""

import argparse
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Final

from fastapi.testclient import TestClient

from bench.invented_letters import SEED, fill, name_sha
from core.settings import Settings
from gazetteer.register import load
from models.decision import Answer
from pipeline.deciding import decide, make_decision
from pipeline.searching import search_archive
from store import inbox
from store.archive import Archive
from store.search import Query
from web.app import create_app

PARTS: Final = ("start", "pages", "searches", "decisions", "command", "sizes")
_SCREENFUL: Final = 50
"""Lines of the command's answer that are waited for."""
_PORT: Final = 8799
_SEARCHES: Final = (
    ("ความตกลงระหว่างประเทศ", False), ("ว 4821", False), ("งบประมาน", False), ("งบประมาณ", True), ("มท", False),
    ("ครั้งที่ 77777", False), ("ไม่มีคำนี้เลย", False), ("ฮฮ", False), ("ติดตาม ฮฮ", False), ("เทศบาล ประชุม เร่งรัด", False),
)  # fmt: skip


def main() -> None:
    """Make the archive and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--letters", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", choices=PARTS)
    asked = parser.parse_args()
    with Archive.open(asked.folder) as archive:
        with archive.reading() as connection:
            is_empty = not inbox.list_documents(connection, most=1)
        if is_empty:
            fill(archive, asked.letters)
    chance = random.Random(SEED + 1)  # noqa: S311 - which letters are looked at
    shas = [name_sha(chance.randrange(asked.letters)) for _ in range(asked.times)]
    wanted = (asked.only,) if asked.only else PARTS
    if "start" in wanted:
        measure_start(asked.folder)
    with Archive.open(asked.folder) as archive:
        if "pages" in wanted:
            measure_pages(archive, shas, asked.times)
        if "searches" in wanted:
            measure_searches(archive, asked.times)
        if "decisions" in wanted:
            measure_decisions(archive, shas)
    print(f"memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if "command" in wanted:
        measure_command(asked.folder)
    if "sizes" in wanted:
        print_sizes(asked.folder)


def measure(name: str, work: Callable[[], object], times: int) -> None:
    """Print the median and 95th percentile of a piece of work, in milliseconds, by the clock and of the processor."""
    clock, processor = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    print(f"{name:<42} clock {_describe(clock)}   processor {_describe(processor)} ms", flush=True)


def _describe(figures: list[float]) -> str:
    slow = sorted(figures)[int(0.95 * (len(figures) - 1))]
    return f"median {statistics.median(figures):7.1f} p95 {slow:7.1f}"


def measure_start(folder: Path) -> None:
    """Print how long `saraban serve` takes to its first page, and what it holds then."""
    began = time.perf_counter()
    server = _command(folder, "serve", "--no-browser", "--port", str(_PORT))
    try:
        while True:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/", timeout=30) as answer:
                answer.read()
                break
            time.sleep(0.02)
        print(f"start: first page after {time.perf_counter() - began:.2f} s, {_describe_use(server.pid)}")
    finally:
        server.terminate()
        server.wait()


def measure_pages(archive: Archive, shas: list[str], times: int) -> None:
    """Print how long the pages take."""
    client = TestClient(create_app(archive, Settings(archive=archive.folder), "bench"), base_url="http://127.0.0.1")
    turns = cycle(shas)
    for path in (
        "/", "/documents", "/documents?status=needs_review&page=40", "/documents?page=1999",
        "/documents?code=low_confidence", "/documents?code=low_confidence&page=700", "/documents?code=O03", "/desk",
        "/batches?code=low_confidence", "/batches/made", "/rounds", "/upload", "/search?q=เทศบาล",
        "/documents/SHA", "/documents/SHA/thread", "/desk/SHA", "/api/documents/SHA", "/api/documents?limit=500",
    ):  # fmt: skip

        def get(path: str = path) -> None:
            client.get(path.replace("SHA", next(turns))).raise_for_status()

        measure(f"GET {path}", get, times)


def measure_searches(archive: Archive, times: int) -> None:
    """Print how long searches take."""
    for text, loose in _SEARCHES:
        look = partial(search_archive, archive, Query(text=text, loose=loose), 20)
        measure(f"search {text}{' loose' if loose else ''}", look, times)
    for text in ("ความตกลงระหวางประเทษ", "ติดตาน ประชุน", "ครั้งที่ 7777๗๗", "เทศบาร"):
        near = partial(search_archive, archive, Query(text=text), 20, near=True)
        measure(f"search near {text}", near, times)
    measure("search by year and office", lambda: search_archive(archive, Query(year=2560, office="กค"), 20), times)


def measure_decisions(archive: Archive, shas: list[str]) -> None:
    """Print how long a decision takes."""
    again, settings, register = iter(shas), Settings(archive=archive.folder), load()

    def confirm() -> None:
        document = archive.require_document(next(again))
        decision = make_decision(document, "letters[0].number", Answer.CONFIRMED, register)
        decide(archive, document.source.sha256, [decision], "bench", settings)

    measure("decision", confirm, len(shas))


def measure_command(folder: Path) -> None:
    """Print how long the command takes to its first screenful, and what it holds then."""
    for verb in (("list",), ("list", "--sort", "date"), ("check",), ("check", "--json"), ("search", "เทศบาล")):
        began = time.perf_counter()
        process = _command(folder, *verb)
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        for _ in range(_SCREENFUL):
            process.stdout.readline()
        print(
            f"saraban {' '.join(verb)}: {time.perf_counter() - began:.2f} s, {_describe_use(process.pid)}", flush=True
        )
        process.kill()
        process.wait()
    target = folder / "letters.csv"
    began = time.perf_counter()
    process = _command(folder, "export", "letters", str(target))
    while process.poll() is None and not (target.exists() and target.stat().st_size):
        time.sleep(0.02)
    use = _describe_use(process.pid) if process.poll() is None else ""
    print(f"saraban export letters: first rows after {time.perf_counter() - began:.2f} s {use}", flush=True)
    process.wait()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"saraban export letters: all after {time.perf_counter() - began:.1f} s; most of any command {peak:.0f} MB")


def print_sizes(folder: Path) -> None:
    """Print how large each table and index is."""
    with sqlite3.connect(folder / "saraban.db") as database:
        try:
            found = database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 20")
            for name, size in found:
                print(f"{name:<36} {size / 1e6:8.1f} MB")
        except sqlite3.OperationalError:  # built without dbstat
            pass
    print(f"archive {sum(size for size in _list_sizes(folder)) / 1e6:.0f} MB")


def _list_sizes(folder: Path) -> Iterator[int]:
    yield from (each.stat().st_size for each in folder.rglob("*") if each.is_file())


def _command(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    code = "from cli import main; main()"
    arguments = [sys.executable, "-c", code, words[0], *words[1:], "--archive", str(folder)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ})  # noqa: S603 - our own


def _describe_use(process: int) -> str:
    """Return memory and processor time of a process that runs; Linux alone tells."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return ""
    lines = dict(line.split(":", 1) for line in status.read_text("ascii", "replace").splitlines() if ":" in line)
    peak = lines.get("VmHWM", "0 kB").split()[0]  # a process that is over has none
    ticks = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    seconds = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return f"{seconds:.2f} s of the processor, {int(peak) / 1024:.0f} MB"


if __name__ == "__main__":
    main()
