"""Files that came in through the browser: kept apart until they are imported, in the background."""

import fcntl
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from core.errors import InputError, LimitError, NotFoundError, SarabanError, StoreError
from core.settings import Settings
from ingest.sources.listing import InputFile, Listing
from pipeline.import_outcome import ImportOutcome, Result
from reports.file_names import shorten_name
from store.archive import Archive

if TYPE_CHECKING:
    from pipeline.import_control import ImportEvent

_LOG = logging.getLogger(__name__)
_FOLDER: Final = "uploads"
"""Where in the archive what comes in waits for its import."""
_INCOMING: Final = "incoming-"
"""How a folder begins whose files are not whole yet."""
_ACCEPTED: Final = "accepted-"
"""How a folder begins whose files are whole, as the browser was told: it stays until all of them are accounted for."""
_ORIGIN: Final = "upload:"
"""Stands before the name of a file that came in so, where others have their path."""
_COPY_BYTES: Final = 1 << 20
_SUFFIX_CHARACTERS: Final = 9
"""Characters of a suffix that are kept, its point among them."""
_KEPT: Final = 20
"""Imports that are over and remembered to be shown."""
Entries = AbstractContextManager[Sequence[InputFile]]


@dataclass(slots=True)
class Import:
    """One import: how far it is, and what became of each file.

    Attributes:
        names: What came in; a ZIP counts as one.
        total, done: Files, and how many of them are finished.
        pages, pages_read: Pages of the files that were opened so far, and how many of them were read.
        current: The file that was finished last.
        is_broken: Whether it ended before all was accounted for; what came in is kept, and read at the next start.
    """

    number: int
    names: tuple[str, ...]
    total: int = 0
    done: int = 0
    pages: int = 0
    pages_read: int = 0
    current: str = ""
    over: bool = False
    is_broken: bool = False
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
    """Runs imports one after the other in a thread; of those that are over the newest are remembered."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._settings = settings
        self._folder = archive.folder / _FOLDER
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._begun = 0
        self._all: list[Import] = []

    @property
    def all(self) -> list[Import]:
        """The imports since the start, the newest first."""
        with self._lock:
            return self._all[::-1]

    def take_in(self, files: Iterable[tuple[str, IO[bytes]]]) -> Import:
        """Keep files that came in, all or none, and begin to import them.

        Args:
            files: What the browser calls each, and its bytes; a ZIP as it is, for importing looks into it.

        Raises:
            InputError: There is none, or one is too large (`LimitError`).
            StoreError: They cannot be written.
        """
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=self._folder))
            lock = _lock(folder)
            try:
                self._receive_all(files, folder)
                accepted = folder.with_name(_ACCEPTED + folder.name.removeprefix(_INCOMING))
                return self._begin_folder(folder.rename(accepted), lock)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
                raise
        except OSError as error:
            raise StoreError(f"{self._folder}: {error.strerror or error}") from error

    def read_again(self, entry: InputFile) -> Import:
        """Begin to read a kept original once more."""
        return self._begin((entry.name,), lambda: nullcontext([entry]))

    def resume(self) -> None:
        """Begin what an earlier desk took in and did not finish; what another one is at, or half received, is left."""
        for folder in sorted(self._folder.glob("*/")):
            try:
                lock = _lock(folder)
            except OSError:  # another desk holds it, or it is gone by now
                continue
            if folder.name.startswith(_INCOMING):  # nobody was told that it came in
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
            else:
                self._begin_folder(folder, lock)

    def wait(self) -> None:
        """Return once no import runs."""
        while any(not job.over for job in self.all):
            with self._turn:
                pass

    def _receive_all(self, files: Iterable[tuple[str, IO[bytes]]], folder: Path) -> None:
        for name, stream in files:
            receive(name, stream, folder, self._settings)
        if not any(folder.iterdir()):
            raise NotFoundError("–")

    def _begin_folder(self, folder: Path, lock: int) -> Import:
        names = tuple(sorted(path.name for path in folder.iterdir()))
        return self._begin(names, lambda: _uploaded(folder, lock, self._settings))

    def _begin(self, names: tuple[str, ...], open_entries: Callable[[], Entries]) -> Import:
        with self._lock:
            self._begun += 1
            job = Import(number=self._begun, names=names)
            self._all.append(job)
            over = [each for each in self._all if each.over]
            for old in over[:-_KEPT]:
                self._all.remove(old)
        threading.Thread(target=self._run, args=(job, open_entries), daemon=True).start()
        return job

    def _run(self, job: Import, open_entries: Callable[[], Entries]) -> None:
        # What reads pages takes a second to load, which the start of the desk need not wait for.
        from pipeline.import_control import ImportControl
        from pipeline.importing import Importer
        from pipeline.reading import build_recognizer

        with self._turn:
            try:
                recognizer = build_recognizer(self._settings)
                control = ImportControl(note=job.note)
                importer = Importer(self._archive, self._settings, recognizer, job, control=control)
                with open_entries() as entries:
                    for outcome in importer.run(entries):
                        job.lines.append(outcome)
            except Exception as error:  # noqa: BLE001 - whatever it is, who uploaded must be told
                _LOG.exception("import %d", job.number)
                fault = error if isinstance(error, SarabanError) else SarabanError(f"{type(error).__name__}: {error}")
                names = ", ".join(job.names)
                job.lines.append(ImportOutcome(names, names, Result.FAILED, error=fault))
                job.is_broken = not isinstance(error, InputError)
            finally:
                job.over = True


@contextmanager
def _uploaded(folder: Path, lock: int, settings: Settings) -> Iterator[Sequence[InputFile]]:
    """Give the entries of a folder that came in; it goes with the block, unless that breaks off."""
    is_done = False
    try:
        with Listing(sorted(folder.iterdir()), settings.limits) as listing:
            yield [replace(each, origin=_name_origin(each.origin, folder)) for each in listing.entries]
        is_done = True
    except InputError:  # it is refused as a whole
        is_done = True
        raise
    finally:
        if is_done:
            shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _name_origin(origin: str, folder: Path) -> str:
    """Return where an entry came from for good: not from our folder, which goes, but by the name that it came under."""
    return _ORIGIN + origin.partition(f"/{folder.name}/")[2]


def _lock(folder: Path) -> int:
    """Lock a folder for as long as the handle that is returned stays open.

    Raises:
        OSError: Another process holds it, or it is gone.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


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
    plain = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').lstrip(". ") or "file"
    stem, suffix = shorten_name(Path(plain).stem), Path(plain).suffix[:_SUFFIX_CHARACTERS]
    target = folder / f"{stem}{suffix}"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{stem} ({number}){suffix}"
    return target
