"""Files that came in through the browser: kept apart until they are imported, in the background."""

import shutil
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from core.errors import DamagedFileError, LimitError, NotFoundError, SarabanError
from core.settings import Settings
from ingest.sources.file_type import SUFFIXES
from models.document import DocumentStatus
from pipeline.importing import Imported, find_files, import_files
from pipeline.reading import recognizer_of
from store.archive import Archive

_ENTRIES: Final = 2_000
"""Most files of one ZIP."""
_COPY_BYTES: Final = 1 << 20
_NAME_CHARACTERS: Final = 70
_KEPT: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file, for people; `document` is its SHA-256 where there is a record."""

    name: str
    state: str
    document: str | None = None
    status: DocumentStatus | None = None
    message_th: str = ""
    message_en: str = ""


@dataclass(slots=True)
class Import:
    """One import: how far it is, and what became of each file."""

    number: int
    names: tuple[str, ...]
    total: int = 0
    done: int = 0
    current: str = ""
    over: bool = False
    lines: list[Line] = field(default_factory=list)

    def start(self, total: int, label: str) -> None:  # noqa: ARG002 - the protocol's
        """Take note of how many files there are."""
        self.total = total

    def advance(self, label: str = "") -> None:
        """Take note that a file is done."""
        self.done += 1
        self.current = label

    def finish(self) -> None:
        """Nothing: `over` is set when the lines are whole."""


class Imports:
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
        with self._turn:
            try:
                job.lines += list(_skipped(folder))
                files = find_files([folder], self._settings.limits)
                recognizer = recognizer_of(self._settings)
                for item in import_files(files, self._archive, self._settings, recognizer, job):
                    job.lines.append(_line(item))
            except NotFoundError:
                pass  # nothing that we read; the lines say so of each
            except SarabanError as error:
                job.lines.append(_failed("", error))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                job.over = True


def receive(name: str, stream: IO[bytes], folder: Path, settings: Settings) -> None:
    """Put one file that came in into a folder; a ZIP as the files in it.

    Args:
        name: As the browser calls it; only its last part counts.
        stream: Its bytes.
        folder: Where to.
        settings: Limits of files.

    Raises:
        LimitError: It is too large, or a ZIP holds too much.
        DamagedFileError: A ZIP cannot be opened.
    """
    if Path(name).suffix.lower() == ".zip":
        _unpack(name, stream, folder, settings)
    else:
        _write(stream, _free(folder, name), settings.limits.file_bytes)


def _unpack(name: str, stream: IO[bytes], folder: Path, settings: Settings) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > _ENTRIES:
                raise LimitError(f"{name}: {len(entries)} > {_ENTRIES}")
            left = 5 * settings.limits.file_bytes
            for entry in entries:
                # The names in a ZIP are anybody's; only their last part is used, and never a link.
                with archive.open(entry) as inner:
                    left -= _write(inner, _free(folder, entry.filename), min(left, settings.limits.file_bytes))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise DamagedFileError(f"{name}: {error}") from error


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


def _skipped(folder: Path) -> Iterator[Line]:
    known: Iterable[str] = SUFFIXES
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in known:
            yield Line(
                path.name, "skipped", message_th="ชนิดไฟล์ที่ระบบไม่อ่าน", message_en="a kind of file that is not read"
            )


def _line(item: Imported) -> Line:
    if item.error is not None:
        return _failed(item.path.name, item.error)
    document = item.document
    if document is None:
        return Line(item.path.name, item.result.value)
    return Line(item.path.name, item.result.value, document.source.sha256, document.status)


def _failed(name: str, error: SarabanError) -> Line:
    return Line(name, "failed", message_th=error.message("th"), message_en=error.message("en"))
