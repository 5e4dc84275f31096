"""The hostile corpus: how each case ends, what it takes, and whether a good letter beside it is read.

    python -m bench.hostile [FOLDER] [--only g07,n-xlsx] [--alone] [--list] [--json FILE]

Cases of `fixtures.hostile_cases` that need no surroundings of their own are imported together, forty at once, which is
quick; `--alone` imports each by itself, and tells what it takes. A good letter is always beside them, named last.
Limits are lower than usual, so that what is endless ends soon. A case is *wrong* where the command ends by a signal,
with exit code 1 or another one than is right, where an entry ends otherwise than it may, where the letter is not in the
archive, a process takes more than 1.5 GB, the archive does not verify, temporary files or processes stay, or a control
character reaches the output; it *hung* where it took more processor time than it may, or ten minutes.
"""

import argparse
import json
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.bulk_processes import find_session, kill, name_process
from fixtures.hostile_cases import CASES
from fixtures.hostile_cases.case import MOST_MB, Command, HostileCase
from store.archive import Archive
from store.verification import verify

LETTER: Final = "z-good.txt"
_GOOD: Final = "ที่ มท ๐๘๑๐.๒/ว ๑๐๐\n\nเรื่อง การบันทึกข้อมูล\n"
_CLOCK_SECONDS: Final = 600.0
"""Longest that a command may take, on however busy a machine."""
_ADDRESS_BYTES: Final = 8_000_000_000
"""Address space of any process: what would take all of the machine fails instead, and is counted as wrong."""
_DYING_SECONDS: Final = 1.0
"""How long a process that was ended may take to be gone."""
_AT_ONCE: Final = 40
"""Cases that are imported together."""
_SARABAN: Final = (sys.executable, "-m", "cli")
_SKIPPED: Final = 77
"""Exit code of a shell that cannot try its case here."""
_LIMITS: Final = {"PAGE_SECONDS": "30", "OPEN_SECONDS": "20", "DOCUMENT_SECONDS": "30", "STALL_SECONDS": "120"}
_CONTROL: Final = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
_READ: Final = ("imported", "unchanged", "skipped")


@dataclass(slots=True)
class End:
    """How a case ended.

    Attributes:
        faults: What is wrong with it; nothing where it ended as it should.
        ends: The ends of its entries.
    """

    faults: list[str] = field(default_factory=list)
    ends: set[str] = field(default_factory=set)
    exit_code: int = 0
    seconds: float = 0.0
    megabytes: int = 0
    has_hung: bool = False
    is_skipped: bool = False

    @property
    def verdict(self) -> str:
        """`ok`, `wrong`, `hung` or `skipped`."""
        return "skipped" if self.is_skipped else "hung" if self.has_hung else "wrong" if self.faults else "ok"


def run_case(case: HostileCase, place: Path) -> End:
    """Run a case in a new folder and return how it ended."""
    folder, archive = _prepare(place)
    case.write(folder)
    end = End()
    paths = [str(folder / path) for path in (*case.paths, LETTER)] if case.paths else [str(folder)]
    command = [*_SARABAN, "import", "--json", "--jobs", "2", *paths, "--archive", str(archive)]
    output = _run(case, command, place, end)
    if end.has_hung or end.is_skipped:
        return end
    entries = _parse_entries(output)
    lost = _judge(case, end, [entry for entry in entries if entry["path"] != str(folder / LETTER)])
    if not case.shell and case.imports_letter:
        end.faults += _check_letter(entries, folder / LETTER)
    right = case.exits or frozenset({5 if lost else 0})
    if end.exit_code not in right:
        end.faults.append(f"exit code {end.exit_code} and not {' or '.join(map(str, sorted(right)))}")
    for each in case.after:
        _run_after(case, each, place, end)
    if case.imports_letter and not case.shell:
        _check_archive(archive, end)
    _check_temporary(place, end)
    return end


def run_together(cases: Sequence[HostileCase], place: Path) -> tuple[list[End], End]:
    """Import the files of several cases at once, and return how each ended, and all of them together."""
    folder, archive = _prepare(place)
    for case in cases:
        (folder / case.name).mkdir()
        case.write(folder / case.name)
    whole, plain = End(), HostileCase("together", lambda _folder: None, frozenset())
    command = [*_SARABAN, "import", "--json", "--jobs", "2", str(folder), "--archive", str(archive)]
    entries = _parse_entries(_run(plain, command, place, whole, _CLOCK_SECONDS * len(cases)))
    ends = [End() for _ in cases]
    for case, end in zip(cases, ends, strict=True):
        own = [entry for entry in entries if entry["path"].startswith(f"{folder / case.name}/")]
        _judge(case, end, own)
        end.faults += [] if own else ["no entry of it"]
    whole.has_hung = whole.seconds > sum(case.most_cpu_seconds for case in cases) / 2
    whole.faults += _check_letter(entries, folder / LETTER)
    if whole.exit_code not in (0, 5):
        whole.faults.append(f"exit code {whole.exit_code}: {_tail(place)}")
    if any(case.after for case in cases):
        _run_after(plain, (("export", "pdf", "{out}"), frozenset({0, 5})), place, whole)
        _run_after(plain, (("export", "ecms", "{out}"), frozenset({0, 5})), place, whole)
    _check_archive(archive, whole)
    _check_temporary(place, whole)
    return ends, whole


def _prepare(place: Path) -> tuple[Path, Path]:
    """Make the folders of a run, with the letter, and return where files go, and where the archive will be."""
    shutil.rmtree(place, ignore_errors=True)
    for name in ("in", "tmp"):
        (place / name).mkdir(parents=True)
    (place / "in" / LETTER).write_text(_GOOD, "utf-8")
    return place / "in", place / "archive"


def _run(case: HostileCase, command: list[str], place: Path, end: End, longest: float = _CLOCK_SECONDS) -> str:
    """Run a command, note what it took, and return what it printed."""
    if case.shell:
        shell = case.shell.format(command=shlex.join(command), archive=shlex.quote(str(place / "archive")))
        command = ["bash", "-c", shell]
    with (place / "out").open("w+b") as out, (place / "err").open("w+b") as err:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, cwd=place.parent, env=_environment(case, place),
            start_new_session=True, preexec_fn=_bound,  # noqa: PLW1509 - there are no threads
        )  # fmt: skip
        usage = _wait(process, end, longest)
        out.seek(0), err.seek(0)
        printed = out.read().decode("utf-8", "replace")
        told = err.read().decode("utf-8", "replace")
    spent = usage.ru_utime + usage.ru_stime
    end.seconds, end.exit_code = end.seconds + spent, process.returncode
    end.megabytes = max(end.megabytes, usage.ru_maxrss // 1024)
    end.is_skipped = process.returncode == _SKIPPED
    end.has_hung = end.has_hung or spent > case.most_cpu_seconds
    if usage.ru_maxrss // 1024 > MOST_MB:
        end.faults.append(f"{usage.ru_maxrss // 1024:,} MB")
    if find_session(process.pid):
        time.sleep(_DYING_SECONDS)
    stayed = {pid: name_process(pid)[:60] for pid in find_session(process.pid)}
    for pid in stayed:
        kill(pid)
    end.faults += [f"{len(stayed)} processes stayed: {', '.join(sorted(set(stayed.values())))}"] if stayed else []
    if _CONTROL & set(printed + told):
        end.faults.append("control characters in the output")
    return printed


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_BYTES, _ADDRESS_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def _environment(case: HostileCase, place: Path) -> dict[str, str]:
    limits = {f"SARABAN_LIMITS__{name}": value for name, value in _LIMITS.items()}
    root = str(Path(__file__).parents[1])
    known = {"folder": str(place / "in"), "path": os.environ["PATH"]}
    own = {name: value.format_map(_Kept(known)) for name, value in case.environment.items()}
    plain = {"TMPDIR": str(place / "tmp"), "SARABAN_LANG": "en", "PYTHONPATH": root}
    return os.environ | limits | plain | own


class _Kept(dict[str, str]):
    """Words for places of a text; what is no word of them stays."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _wait(process: "subprocess.Popen[bytes]", end: End, longest: float) -> resource.struct_rusage:
    """Wait for a process, end it where it takes too long, and return what it and its children took."""
    until = time.monotonic() + longest
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return usage
        if time.monotonic() > until:
            end.has_hung = True
            for each in find_session(process.pid):
                kill(each)
            os.kill(process.pid, signal.SIGKILL)
            until = float("inf")
        time.sleep(0.05)


def _parse_entries(output: str) -> list[dict[str, Any]]:
    entries = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [entry for entry in entries if "path" in entry]


def _judge(case: HostileCase, end: End, entries: Sequence[dict[str, Any]]) -> bool:
    """Note what is wrong with how the entries of a case ended, and return whether any was lost."""
    for entry in entries:
        labels = _label(entry)
        end.ends |= labels
        if not labels & case.ends:
            end.faults.append(f"ended as {' '.join(sorted(labels))}: {entry.get('detail', '')}")
    return any(entry["result"] not in _READ or entry.get("status") == "partial" for entry in entries)


def _check_letter(entries: Sequence[dict[str, Any]], letter: Path) -> list[str]:
    results = [entry["result"] for entry in entries if entry["path"] == str(letter)]
    return [] if results == ["imported"] else [f"the letter: {' '.join(results) or 'not told of'}"]


def _label(entry: dict[str, Any]) -> set[str]:
    told = {entry["result"], entry.get("reason"), entry.get("status"), *(entry.get("reasons") or ())}
    return {label for label in told if label} - {"imported"}


_KEPT: Final = frozenset({"ok", "needs_review", "partial", "failed"})
_NOTHING: Final = 4
"""Exit code of an export of what is not there: the case was refused."""


def _run_after(case: HostileCase, after: Command, place: Path, end: End) -> None:
    """Run a command on the archive and note what is wrong with how it ends."""
    words, right = after
    told, out = End(), str(place / f"out-{'-'.join(words[:2])[:40].replace('/', '_')}")
    command = [*_SARABAN, *(word.replace("{out}", out) for word in words)]
    where = {**case.environment, "SARABAN_ARCHIVE": str(place / "archive")}
    _run(HostileCase(case.name, case.write, frozenset(), environment=where), command, place, told)
    end.seconds, end.megabytes = end.seconds + told.seconds, max(end.megabytes, told.megabytes)
    end.has_hung = end.has_hung or told.has_hung
    is_empty = words[0] == "export" and told.exit_code == _NOTHING and not end.ends & _KEPT
    what = " ".join(words)[:60]
    if told.exit_code not in right and not is_empty:
        end.faults.append(f"{what}: exit code {told.exit_code}: {_tail(place)}")
    end.faults += [f"{what}: {fault}" for fault in told.faults]


def _tail(place: Path) -> str:
    return (place / "err").read_text("utf-8", "replace")[-200:].strip()


def _check_archive(place: Path, end: End) -> None:
    with Archive.open(place) as archive:
        end.faults += [
            f"archive verify: {fault.kind} {fault.detail}" for fault in verify(archive) if not fault.is_harmless
        ]


def _check_temporary(place: Path, end: End) -> None:
    left = [path.name for path in (place / "tmp").iterdir()]
    end.faults += [f"left in TMPDIR: {' '.join(left)}"] if left else []


def is_plain(case: HostileCase) -> bool:
    """Whether a case needs nothing but its files, so that others may be imported with it."""
    return not (case.paths or case.environment or case.shell or case.exits) and case.imports_letter and bool(case.ends)


def main() -> None:
    """Run the cases and print a line for each, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="a folder for the cases; else one that goes again")
    parser.add_argument("--only", default="", help="beginnings of names, joined with commas")
    parser.add_argument("--alone", action="store_true", help="import each case by itself")
    parser.add_argument("--list", action="store_true", help="print the names alone")
    parser.add_argument("--json", type=Path, help="a file for all figures, a case a line")
    arguments = parser.parse_args()
    cases = [case for case in CASES if case.name.startswith(tuple(arguments.only.split(",")))]
    if arguments.list:
        print("\n".join(case.name for case in cases))
        return
    counts = Counter[str]()
    with tempfile.TemporaryDirectory(prefix="saraban-hostile-") as name:
        for case, end in _run_all(cases, arguments.folder or Path(name), alone=arguments.alone):
            counts[end.verdict] += 1
            _tell(case, end)
            if arguments.json:
                with arguments.json.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps({"name": case} | asdict(end) | {"ends": sorted(end.ends)}) + "\n")
    print(", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items())), f"of {counts.total()}")
    sys.exit(1 if counts["wrong"] or counts["hung"] else 0)


def _run_all(cases: Sequence[HostileCase], place: Path, *, alone: bool) -> Iterator[tuple[str, End]]:
    """Yield what the cases, and the imports of several at once, are called, and how they ended."""
    together = [] if alone else [case for case in cases if is_plain(case)]
    for start in range(0, len(together), _AT_ONCE):
        some = together[start : start + _AT_ONCE]
        ends, whole = run_together(some, place / f"together-{start}")
        yield from zip((case.name for case in some), ends, strict=True)
        yield f"{len(some)} cases together", whole
        if whole.verdict == "ok" and all(end.verdict == "ok" for end in ends):
            shutil.rmtree(place / f"together-{start}", ignore_errors=True)
    for case in cases:
        if alone or not is_plain(case):
            end = run_case(case, place / case.name)
            yield case.name, end
            if end.verdict == "ok":
                shutil.rmtree(place / case.name, ignore_errors=True)


def _tell(name: str, end: End) -> None:
    spent = f"{end.seconds:6.1f} CPU s {end.megabytes:6,} MB" if end.seconds else " " * 22
    print(
        f"{name:40} {end.verdict:7} {spent}  {' '.join(sorted(end.ends))[:90] or f'exit {end.exit_code}'}", flush=True
    )
    for fault in end.faults:
        print(f"    {fault[:300]!r}", flush=True)


if __name__ == "__main__":
    main()
