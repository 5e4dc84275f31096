"""A shelf of files → the archive. Resumes at the page, and doing it twice changes nothing.

Every file goes the same way: its bytes are kept first; what is read is read from the kept copy, under its hash; pages
are stored as they finish; a reading never takes the place of a better one. What cannot be read is an outcome with its
reason, and the others go on.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import DamagedFileError, InputError, MissingToolError, SarabanError, StoreError
from core.fingerprint import fingerprint
from core.progress import Progress
from core.settings import Settings
from ingest.page_reader import PageReading, PageTask, describe
from ingest.recognition.recognizer import TextRecognizer
from ingest.sources.file_type import MediaType, identify
from ingest.sources.listing import Entry, Listing, SkipReason, list_files
from models.confirmation import Confirmation
from models.document import Document, SourceDocument
from models.issue import Severity
from models.sheet import Sheet
from parsers.annex.workbook_annexes import TableFacts
from pipeline.data_files import NOTHING_SAID, SheetsTask, read_data
from pipeline.deciding import keep_reading
from pipeline.import_outcome import Outcome, Result
from pipeline.reading import assemble, assemble_sheets, is_data, page_tasks, sheets_task
from pipeline.versions import engine_key, reading_key
from pipeline.workers import LocalPool, PendingWork, wait_for_any
from store.archive import Archive

__all__ = ["Importer", "Listing", "Outcome", "Result", "SkipReason", "find_files", "import_files"]

find_files = list_files

_LOG = logging.getLogger(__name__)
_UNFINISHED = "unfinished: "
"""Stands before the key of a document that is to be read again although it was read to its end."""


@dataclass(slots=True)
class _Pages:
    """A document whose pages are being read; those that are done take the place of what was pending."""

    entry: Entry
    source: SourceDocument
    tasks: list[PageTask]
    pages: list[PageReading | PendingWork[PageReading]]
    error: InputError | None = None

    def pending(self) -> list[PendingWork[PageReading]]:
        """Return the pages that are not there yet and are still wanted."""
        return [] if self.error else [page for page in self.pages if isinstance(page, PendingWork)]


@dataclass(slots=True)
class _Sheets:
    """A table whose sheets are being read."""

    entry: Entry
    source: SourceDocument
    sheets: PendingWork[list[Sheet] | InputError]

    def pending(self) -> list[PendingWork[list[Sheet] | InputError]]:
        """Return the one piece of work."""
        return [] if self.sheets.done() else [self.sheets]


@dataclass(slots=True)
class Importer:
    """Reads files into an archive.

    Attributes:
        archive: Where they go; only this process writes to it.
        settings: Limits, thresholds, rules, and the number of workers.
        recognizer: What reads pictures.
        progress: Told of each file that is done.
        facts: What a person says of the tables among them.
    """

    archive: Archive
    settings: Settings
    recognizer: TextRecognizer
    progress: Progress
    facts: TableFacts = NOTHING_SAID
    _confirmed: Sequence[Confirmation] = field(init=False, default=())

    def run(self, entries: Sequence[Entry]) -> Iterator[Outcome]:
        """Read entries, and yield what became of each, in their order.

        Raises:
            core.errors.StoreError: The archive cannot be written.
            core.errors.MissingToolError: The recognizer vanished.
        """
        self._confirmed = tuple(each.confirmation for each in self.archive.confirmations())
        waiting: deque[_Pages | _Sheets] = deque()
        self.progress.start(len(entries), "import")
        try:
            with LocalPool(self.settings.jobs) as pool:
                for entry in entries:
                    begun = self._begin(entry, pool)
                    if isinstance(begun, Outcome):
                        yield self._told(begun)
                        continue
                    waiting.append(begun)
                    self._collect(waiting)
                    while len(waiting) > 2 * self.settings.jobs:
                        yield self._finish_first(waiting)
                while waiting:
                    yield self._finish_first(waiting)
        finally:
            self.progress.finish()

    def _told(self, outcome: Outcome) -> Outcome:
        self.progress.advance(outcome.name)
        return outcome

    def _begin(self, entry: Entry, pool: LocalPool) -> _Pages | _Sheets | Outcome:
        if entry.skipped is not None:
            return Outcome.of_skipped(entry)
        try:
            source, kept = self._take_in(entry)
            if self.archive.is_current(source.sha256, self._key(source)):
                status = self.archive.status(source.sha256)
                return Outcome(entry.name, entry.origin, Result.UNCHANGED, sha256=source.sha256, status=status)
        except InputError as error:
            return Outcome.of_error(entry, error)
        if is_data(source):
            task = sheets_task(kept, source, self.settings)
            return _Sheets(entry, source, _begin_sheets(pool, task))
        tasks = page_tasks(kept, source, self.recognizer, self.settings)
        return _Pages(entry, source, tasks, [self._known_page(source, task) or pool.submit(task) for task in tasks])

    def _take_in(self, entry: Entry) -> tuple[SourceDocument, Path]:
        """Keep the bytes of an entry, and return what they are and where they are kept.

        Raises:
            InputError: They cannot be read, or are no document; then they are not kept.
        """
        with entry.opened(self.settings.limits) as path:
            identify(path, self.settings.limits, entry.name)  # before anything large or strange is copied
            sha = self.archive.keep_original(path, entry.name, entry.origin)
        kept = self.archive.original(sha)
        if kept is None:
            raise StoreError(f"{sha}: original lost")
        try:
            return describe(kept, self.settings.limits, entry.name), kept
        except InputError:
            self.archive.discard_original(sha)
            raise

    def _known_page(self, source: SourceDocument, task: PageTask) -> PageReading | None:
        known = self.archive.page(_page_key(source, task))
        return None if known is None else PageReading(page=known[0], issues=known[1])

    def _finish_first(self, waiting: "deque[_Pages | _Sheets]") -> Outcome:
        """Finish the first document, storing pages of all as they come."""
        while waiting[0].pending():
            wait_for_any([work for begun in waiting for work in begun.pending()])
            self._collect(waiting)
        begun = waiting.popleft()
        try:
            outcome = self._finish_pages(begun) if isinstance(begun, _Pages) else self._finish_sheets(begun)
        except (StoreError, MissingToolError):
            raise
        except SarabanError as error:
            outcome = self._refuse(begun, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours on one document must not take the others along
            _LOG.exception("%s", begun.entry.origin)
            outcome = self._refuse(begun, SarabanError(f"{begun.entry.name}: {type(error).__name__}: {error}"))
        return self._told(outcome)

    def _refuse(self, begun: _Pages | _Sheets, error: SarabanError) -> Outcome:
        self.archive.discard_original(begun.source.sha256)
        return Outcome.of_error(begun.entry, error)

    def _collect(self, waiting: "deque[_Pages | _Sheets]") -> None:
        """Store every page that is done, of whichever document: a stopped run resumes at the page."""
        for begun in waiting:
            if not isinstance(begun, _Pages):
                continue
            for index, page in enumerate(begun.pages):
                if isinstance(page, PendingWork) and page.done():
                    self._store_page(begun, index, page)

    def _store_page(self, begun: _Pages, index: int, page: PendingWork[PageReading]) -> None:
        task = begun.tasks[index]
        try:
            reading = page.result()
        except InputError as error:
            begun.error = error
            return
        if reading.is_final and all(issue.severity is not Severity.ERROR for issue in reading.issues):
            self.archive.put_page(_page_key(begun.source, task), begun.source.sha256, reading.page, reading.issues)
        begun.pages[index] = reading

    def _finish_pages(self, begun: _Pages) -> Outcome:
        if begun.error is not None:
            raise begun.error
        readings = [page for page in begun.pages if isinstance(page, PageReading)]
        document = assemble(begun.source, readings, self.settings, self._confirmed)
        return self._store(begun.entry, document, is_final=all(reading.is_final for reading in readings))

    def _finish_sheets(self, begun: _Sheets) -> Outcome:
        sheets = begun.sheets.result()
        if isinstance(sheets, InputError):
            raise sheets
        document = assemble_sheets(begun.source, sheets, self.settings, self._confirmed, self.facts)
        return self._store(begun.entry, document, is_final=True)

    def _store(self, entry: Entry, document: Document, *, is_final: bool) -> Outcome:
        key = self._key(document.source)
        key = key if is_final else _UNFINISHED + key
        document, is_kept = keep_reading(self.archive, document, key, self.settings, entry.origin)
        return Outcome.of_document(entry, document, is_kept=is_kept)

    def _key(self, source: SourceDocument) -> str:
        spoken = self.facts.as_texts() if is_data(source) else ()
        media_type = MediaType(source.media_type)
        return engine_key(media_type, self.recognizer, self.settings, self._confirmed, spoken)


def import_files(
    files: Sequence[Path],
    archive: Archive,
    settings: Settings,
    recognizer: TextRecognizer,
    progress: Progress,
    facts: TableFacts = NOTHING_SAID,
) -> Iterator[Outcome]:
    """Read files and folders into the archive, and tell what became of every entry that was met.

    Args:
        files: Files, folders and ZIP files.
        archive: Where they go.
        settings: Limits, thresholds, rules, and the number of workers.
        recognizer: What reads pictures.
        progress: Told of each file that is done.
        facts: What a person says of the tables among them.

    Raises:
        core.errors.StoreError: The archive cannot be written.
        core.errors.MissingToolError: The recognizer vanished.
        core.errors.LimitError: There are more than `limits.files`.
    """
    with Listing(files, settings.limits) as listing:
        yield from Importer(archive, settings, recognizer, progress, facts).run(listing.entries)


def _begin_sheets(pool: LocalPool, task: SheetsTask) -> PendingWork[list[Sheet] | InputError]:
    lost: Callable[[str, str], list[Sheet] | InputError] = lambda _code, detail: DamagedFileError(  # noqa: E731
        f"{task.name}: อ่านไม่สำเร็จ / could not be finished ({detail})"
    )
    return pool.begin(_read_or_error, task, task.limits.page_seconds, lost)


def _read_or_error(task: SheetsTask) -> list[Sheet] | InputError:
    """Return the sheets of a table, or why it cannot be read, whatever its reader raised."""
    try:
        return read_data(task)
    except InputError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one odd table must not end the batch
        return DamagedFileError(f"{task.name}: {type(error).__name__}: {str(error)[:200]}")


def _page_key(source: SourceDocument, task: PageTask) -> str:
    limits = task.limits.of_reading()
    return fingerprint(source.sha256, str(task.number), reading_key(task.media_type, task.recognizer), limits)
