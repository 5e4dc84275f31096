"""A shelf of files → the archive. Resumes at the page, and doing it twice changes nothing."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.errors import InputError, LimitError, NotFoundError
from core.fingerprint import fingerprint
from core.limits import Limits
from core.progress import Progress
from core.settings import Settings
from ingest.page_reader import PageReading, PageTask, describe, engine_of
from ingest.recognition.tesseract import Recognizer
from ingest.sources.file_type import SUFFIXES, MediaType
from models.confirmation import Confirmation
from models.document import Document, SourceDocument
from pipeline.deciding import keep_reading
from pipeline.reading import assemble, engine_key, page_tasks
from pipeline.workers import LocalPool, PendingPage
from store.archive import Archive


class Result(StrEnum):
    """What became of one file."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Imported:
    """One file of an import: what became of it, its record if it was read now, the error if it could not be."""

    path: Path
    result: Result
    document: Document | None = None
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document whose pages are being read."""

    path: Path
    source: SourceDocument
    pages: tuple[PageReading | PendingPage, ...]


def find_files(paths: Sequence[Path], limits: Limits) -> list[Path]:
    """Return the files to import: those named, and below the folders named every one with a known suffix.

    Raises:
        NotFoundError: Nothing is there, or a folder holds no documents.
        LimitError: More than `limits.files`.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        if not inside:
            raise NotFoundError(f"{path}/")
        found.extend(inside)
    found = list(dict.fromkeys(found))
    if len(found) > limits.files:
        raise LimitError(f"{len(found)} > files {limits.files}")
    return found


def import_files(
    files: Sequence[Path], archive: Archive, settings: Settings, recognizer: Recognizer, progress: Progress
) -> Iterator[Imported]:
    """Read files into the archive, and tell of each as it is done.

    Pages of several documents are read side by side; only this process writes. A file that cannot be read is told
    of, and the others go on.

    Raises:
        core.errors.StoreError: The archive cannot be written.
        core.errors.MissingToolError: The recognizer vanished.
    """
    confirmed = tuple(each.confirmation for each in archive.confirmations())
    with LocalPool(settings.jobs) as pool:
        waiting: deque[_Begun] = deque()
        progress.start(len(files), "import")
        try:
            for path in files:
                begun = _begin(path, archive, settings, recognizer, pool, confirmed)
                if isinstance(begun, _Begun):
                    waiting.append(begun)
                else:
                    progress.advance(path.name)
                    yield begun
                while len(waiting) > 2 * settings.jobs:
                    yield _finish(waiting.popleft(), archive, settings, recognizer, progress, confirmed)
            while waiting:
                yield _finish(waiting.popleft(), archive, settings, recognizer, progress, confirmed)
        finally:
            progress.finish()


def _begin(
    path: Path,
    archive: Archive,
    settings: Settings,
    recognizer: Recognizer,
    pool: LocalPool,
    confirmed: Sequence[Confirmation],
) -> _Begun | Imported:
    try:
        source = describe(path, settings.limits)
    except InputError as error:
        return Imported(path, Result.FAILED, error=error)
    try:
        archive.keep_original(path)
    except FileNotFoundError:
        return Imported(path, Result.FAILED, error=NotFoundError(str(path)))
    if archive.is_current(source.sha256, engine_key(MediaType(source.media_type), recognizer, settings, confirmed)):
        known = archive.document(source.sha256)
        if known is not None and known.source.name != source.name:
            archive.note_name(source.sha256, source.name)
        return Imported(path, Result.UNCHANGED, known)
    pages: list[PageReading | PendingPage] = []
    for task in page_tasks(path, source, recognizer, settings):
        done = archive.page(_page_key(source, task))
        pages.append(pool.submit(task) if done is None else PageReading(page=done))
    return _Begun(path, source, tuple(pages))


def _finish(
    begun: _Begun,
    archive: Archive,
    settings: Settings,
    recognizer: Recognizer,
    progress: Progress,
    confirmed: Sequence[Confirmation],
) -> Imported:
    tasks = page_tasks(begun.path, begun.source, recognizer, settings)
    try:
        readings = tuple(_collect(begun, tasks, archive))
    except InputError as error:
        progress.advance(begun.path.name)
        return Imported(begun.path, Result.FAILED, error=error)
    document = assemble(begun.source, readings, settings, confirmed)
    key = engine_key(MediaType(begun.source.media_type), recognizer, settings, confirmed)
    document = keep_reading(archive, document, key, settings)
    progress.advance(begun.path.name)
    return Imported(begun.path, Result.IMPORTED, document)


def _collect(begun: _Begun, tasks: Iterable[PageTask], archive: Archive) -> Iterator[PageReading]:
    """Wait for the pages; each is kept as soon as it is there, so that a stopped run resumes at the page."""
    for page, task in zip(begun.pages, tasks, strict=True):
        if isinstance(page, PageReading):
            yield page
            continue
        reading = page.result()
        if not reading.issues:
            archive.put_page(_page_key(begun.source, task), begun.source.sha256, reading.page)
        yield reading


def _page_key(source: SourceDocument, task: PageTask) -> str:
    limits = task.limits.of_reading()
    return fingerprint(source.sha256, str(task.number), engine_of(task.media_type, task.recognizer), limits)
