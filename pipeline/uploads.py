"""Files that came in through the browser: kept apart until they are imported, in the background."""

import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from core.errors import LimitError, SarabanError
from core.settings import Settings
from pipeline.import_outcome import ImportOutcome, Result
from store.archive import Archive

if TYPE_CHECKING:
    from pipeline.import_control import ImportEvent

_COPY_BYTES: Final = 1 << 20
_NAME_CHARACTERS: Final = 70
"""Characters of an upload's name that are kept: in UTF-8, Thai ones are three bytes of 255."""
_KEPT: Final = 20
"""Imports that are remembered to be shown."""


@dataclass(slots=True)
class Import:
    """One import: how far it is, and what became of each file.

    Attributes:
        names: What came in; a ZIP counts as one.
        total, done: Files, and how many of them are finished.
        pages, pages_read: Pages of the files that were opened so far, and how many of them were read.
        current: The file that was finished last.
    """

    number: int
    names: tuple[str, ...]
    total: int = 0
    done: int = 0
    pages: int = 0
    pages_read: int = 0
    current: str = ""
    over: bool = False
    lines: list[ImportOutcome] = field(default_factory=list)

    def start(self, total: int, label: str) -> None:  # noqa: ARG002 - the protocol's
        """Take note of how many files there are."""
        self.total = total

    def advance(self, label: str = "") -> None:
        """Take note that a file is done."""
        self.done += 1
        self.current = label

    def note(self, event: "ImportEvent") -> None:
        """Take note of pages: those of a file that was opened, and one that was read."""
        self.pages += event.pages
        self.pages_read += event.kind == "page"

    def finish(self) -> None:
        """Nothing: `over` is set when the lines are whole."""


class ImportQueue:
    """Runs imports one after the other in a thread; only the newest are remembered."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._settings = settings
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._all: list[Import] = []

    @property
    def all(self) -> list[Import]:
        """The imports since the start, the newest first."""
        with self._lock:
            return self._all[::-1]

    def folder(self) -> Path:
        """Return a new, empty folder for what comes in, beside the originals, for us alone."""
        above = self._archive.folder / "uploads"
        above.mkdir(mode=0o700, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=above))

    def begin(self, folder: Path) -> Import:
        """Import what lies in a folder, which is deleted afterwards."""
        names = tuple(sorted(path.name for path in folder.iterdir()))
        with self._lock:
            job = Import(number=len(self._all) + 1, names=names)
            self._all.append(job)
            for old in self._all[:-_KEPT]:
                old.lines.clear()
        threading.Thread(target=self._run, args=(job, folder), daemon=True).start()
        return job

    def wait(self) -> None:
        """Return once no import runs."""
        while any(not job.over for job in self.all):
            with self._turn:
                pass

    def _run(self, job: Import, folder: Path) -> None:
        # What reads pages takes a second to load, which the start of the desk need not wait for.
        from pipeline.import_control import ImportControl
        from pipeline.importing import import_files
        from pipeline.reading import build_recognizer

        with self._turn:
            try:
                recognizer = build_recognizer(self._settings)
                control = ImportControl(note=job.note)
                for outcome in import_files([folder], self._archive, self._settings, recognizer, job, control=control):
                    job.lines.append(outcome)
            except SarabanError as error:
                job.lines.append(ImportOutcome("", "", Result.FAILED, error=error))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                job.over = True


def receive(name: str, stream: IO[bytes], folder: Path, settings: Settings) -> None:
    """Put one file that came in into a folder; a ZIP as it is, for importing looks into it.

    Args:
        name: As the browser calls it; only its last part counts.
        stream: Its bytes.
        folder: Where to.
        settings: `limits.file_bytes` is the most that is taken.

    Raises:
        LimitError: It is too large.
    """
    _write(stream, _free(folder, name), settings.limits.file_bytes)


def _write(stream: IO[bytes], target: Path, most: int) -> int:
    written = 0
    with target.open("xb") as copy:
        while chunk := stream.read(_COPY_BYTES):
            written += len(chunk)
            if written > most:
                raise LimitError(f"{target.name}: > {most}")
            copy.write(chunk)
    return written


def _free(folder: Path, name: str) -> Path:
    """Return a path within the folder that is free: the last part of a name without what no file name may hold."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').lstrip(".") or "file"
    stem, suffix = Path(plain).stem[-_NAME_CHARACTERS:], Path(plain).suffix[:9]
    target = folder / f"{stem}{suffix}"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{stem} ({number}){suffix}"
    return target
