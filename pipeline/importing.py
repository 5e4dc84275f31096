"""A shelf of files → the archive. Resumes at the page, and doing it twice changes nothing.

Every file goes the same way: its bytes are kept first; what is read is read from the kept copy, under its hash; pages
are stored as they finish; a reading never takes the place of a better one. What cannot be read is an outcome with its
reason, and the others go on.
"""

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from core.errors import InputError, MissingToolError, SarabanError, StoreError
from core.fingerprint import fingerprint, sha256_file
from core.progress import Progress
from core.settings import Settings
from ingest.page_reader import PageReading, PageTask
from ingest.recognition.recognizer import TextRecognizer
from ingest.sources.file_type import DATA_TYPES, MediaType, identify
from ingest.sources.listing import InputFile, Listing, SkipReason
from models.confirmation import Confirmation
from models.document import SourceDocument
from models.issue import Severity
from models.table_facts import NOTHING_SAID, TableFacts
from pipeline.data_files import SheetsTask
from pipeline.deciding import keep_reading
from pipeline.document_work import OpenTask, ParsedDocument, ParseTask, begin_opening, begin_parsing
from pipeline.import_control import AS_USUAL, ImportControl, ImportEvent
from pipeline.import_outcome import ImportOutcome, Result
from pipeline.reading import page_tasks
from pipeline.versions import engine_key, reading_key
from pipeline.worker_pool import Work, WorkerPool, page_work
from store import failures, removals, table_facts
from store.archive import Archive
from store.page_results import PageResult

__all__ = ["ImportOutcome", "Importer", "Listing", "Result", "SkipReason", "import_files"]

_LOG = logging.getLogger(__name__)
_DOCUMENTS_PER_WORKER: Final = 2
"""Documents that are under way at once, for each worker: so many that none waits, and few enough for their memory."""
_UNFINISHED = "unfinished: "
"""Stands before the key of a document that is to be read again although it was read to its end."""


class _Taken(NamedTuple):
    """Bytes that are kept: what they are, their SHA-256, and where."""

    media_type: MediaType
    sha: str
    kept: Path


@dataclass(slots=True)
class _Document:
    """A document that is being read: opened, its pages read, then parsed; a table is read and parsed at once.

    Attributes:
        kept: Where its bytes are kept.
        facts: What people said of it, now and before, where it is a table.
        held: As long as it is open, nobody discards those bytes.
        keys: What its pages are kept under once they are read.
        pages: Its pages; None for those that are not read yet.
        unread: How many those are.
        parsing: The last stage; once it is done, the document waits for its turn.
        error: What went wrong; told of in its turn.
    """

    entry: InputFile
    sha: str
    kept: Path
    held: ExitStack
    facts: TableFacts = NOTHING_SAID
    source: SourceDocument | None = None
    tasks: list[PageTask] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    pages: list[PageReading | None] = field(default_factory=list)
    unread: int = 0
    parsing: Work[ParsedDocument] | None = None
    error: Exception | None = None

    def is_ready(self) -> bool:
        """Whether it can be finished."""
        return self.error is not None or (self.parsing is not None and self.parsing.done())


class _Stage(NamedTuple):
    """What a piece of work is for: a document, and which of its pages; none where it is opened or parsed."""

    document: _Document
    page: int | None = None


@dataclass(slots=True)
class Importer:
    """Reads files into an archive.

    Attributes:
        archive: Where they go; only this process writes to it.
        settings: Limits, thresholds, rules, and the number of workers.
        recognizer: What reads pictures.
        progress: Told of each file that is done.
        facts: What a person says of the tables among them.
        control: Which part is to be read, by whom, when to stop, and who is told.
    """

    archive: Archive
    settings: Settings
    recognizer: TextRecognizer
    progress: Progress
    facts: TableFacts = NOTHING_SAID
    control: ImportControl = AS_USUAL
    _hidden: frozenset[str] = field(init=False, default=frozenset())
    _failed: dict[str, TableFacts] = field(init=False, default_factory=dict)
    _confirmed: Sequence[Confirmation] = field(init=False, default=())
    _keys: dict[tuple[MediaType, tuple[str, ...]], str] = field(init=False, default_factory=dict)
    _pool: WorkerPool = field(init=False)
    _stages: dict[Work[Any], _Stage] = field(init=False, default_factory=dict)
    _is_stopping: bool = field(init=False, default=False)

    def run(self, entries: Sequence[InputFile]) -> Iterator[ImportOutcome]:
        """Read entries, and yield what became of each; those that are not read come at once, the others in their order.

        Raises:
            core.errors.StoreError: The archive cannot be written.
            core.errors.MissingToolError: The recognizer vanished.
        """
        self.archive.remove_abandoned()
        self._confirmed = tuple(each.confirmation for each in self.archive.confirmations())
        with self.archive.reading() as connection:
            self._hidden = frozenset(each.document for each in removals.list_removed(connection))
            self._failed = {each.origin: each.facts for each in failures.list_failures(connection)}
        waiting: deque[_Document] = deque()
        self.progress.start(len(entries), "import")
        try:
            with self.control.open_pool(self.settings.jobs, self.settings.limits) as self._pool:
                for entry in entries:
                    if self.control.must_stop():
                        break
                    begun = self._begin(entry)
                    if isinstance(begun, ImportOutcome):
                        yield self._told(entry, begun)
                        continue
                    waiting.append(begun)
                    self._collect(self._pool.list_finished())
                    while len(waiting) > _DOCUMENTS_PER_WORKER * self._pool.width and not self.control.must_stop():
                        yield from self._finish_first(waiting)
                while waiting and not self.control.must_stop():
                    yield from self._finish_first(waiting)
                if self.control.must_stop():
                    self._stop()
        finally:
            for begun in waiting:
                begun.held.close()
            self.progress.finish()

    def _told(self, entry: InputFile, outcome: ImportOutcome) -> ImportOutcome:
        """Note what became of an entry, for good and for the person who waits."""
        if outcome.error is not None:
            self._note_failure(entry, outcome.error)
        elif outcome.origin in self._failed and outcome.sha256 is not None:
            with self.archive.writing() as connection:
                failures.forget(connection, outcome.origin)
        self.progress.advance(outcome.name)
        result = outcome.result.value
        self.control.note(ImportEvent("done", outcome.name, doubts=outcome.doubts, result=result))
        return outcome

    def _note_failure(self, entry: InputFile, error: SarabanError) -> None:
        path = os.fsencode(entry.place.absolute()).decode("utf-8", "replace")
        row = {"origin": entry.origin, "path": path, "name": entry.name, "slug": error.slug, "detail": error.detail}
        facts = self.facts.over(self._failed.get(entry.origin, NOTHING_SAID))
        with self.archive.writing() as connection:
            failures.note(connection, row, facts)

    def _stop(self) -> None:
        """Let go of all that was not begun, and store the pages that workers are at."""
        self._is_stopping = True
        self._stages = {work: stage for work, stage in self._stages.items() if not work.withdraw()}
        while self._stages:
            self._collect(self._pool.wait_for_finished() or list(self._stages))
        self._pool.stop()

    def _begin(self, entry: InputFile) -> _Document | ImportOutcome:
        if entry.skipped is not None:
            return ImportOutcome.of_skipped(entry)
        try:
            taken = self._take_in(entry)
        except InputError as error:
            return ImportOutcome.of_error(entry, error)
        if taken is None:
            return ImportOutcome.of_skipped(entry, SkipReason.OTHER_SHARD)
        if taken.sha in self._hidden:
            return ImportOutcome.of_skipped(entry, SkipReason.REMOVED)
        return self._begin_reading(entry, taken)

    def _begin_reading(self, entry: InputFile, taken: _Taken) -> _Document | ImportOutcome:
        media_type, sha, kept = taken
        facts = self._recall_facts(entry.origin, taken)
        status = None if self.control.again else self.archive.current_status(sha, self._key(media_type, facts))
        if status is not None:
            return ImportOutcome(entry.name, entry.origin, Result.UNCHANGED, sha256=sha, status=status)
        limits = self.settings.limits
        if media_type not in DATA_TYPES:
            begun = _Document(entry, sha, kept, self.archive.hold_original(sha))
            self._stages[begin_opening(self._pool, OpenTask(kept, entry.name, limits))] = _Stage(begun)
            return begun
        source = SourceDocument(name=entry.name, sha256=sha, media_type=media_type.value, pages=1)
        begun = _Document(entry, sha, kept, self.archive.hold_original(sha), facts, source)
        table = SheetsTask(kept, media_type, source.name, limits)
        self._parse(begun, ParseTask(source, self.settings, self._confirmed, table=table, facts=facts))
        return begun

    def _take_in(self, entry: InputFile) -> _Taken | None:
        """Keep the bytes of an entry, and return what they are, their SHA-256, and where they are kept.

        None where they are of another shard, and not kept.

        Raises:
            InputError: They cannot be read, or are no document.
        """
        with entry.opened(self.settings.limits) as path:
            media_type = identify(path, self.settings.limits, entry.name)  # before anything strange is copied
            if self.control.shard is not None and not self.control.shard.holds(sha256_file(path)):
                return None
            sha = self.archive.keep_original(path, entry.name, entry.origin)
        kept = self.archive.original(sha)
        if kept is None:
            raise StoreError(f"{sha}: original lost")
        return _Taken(media_type, sha, kept)

    def _finish_first(self, waiting: deque[_Document]) -> Iterator[ImportOutcome]:
        """Finish the first document, moving all on and storing their pages as they come; not where it is to stop."""
        while not waiting[0].is_ready():
            if self.control.must_stop():
                return
            self._collect(self._pool.wait_for_finished() or list(self._stages))
        begun = waiting.popleft()
        try:
            outcome = self._finish(begun)
        except (StoreError, MissingToolError):
            raise
        except SarabanError as error:
            outcome = self._refuse(begun, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours on one document must not take the others along
            _LOG.exception("%s", begun.entry.origin)
            fault = SarabanError(f"{begun.entry.name}: {type(error).__name__}: {error}")
            outcome = self._refuse(begun, fault)
        finally:
            begun.held.close()
        yield self._told(begun.entry, outcome)

    def _refuse(self, begun: _Document, error: SarabanError) -> ImportOutcome:
        """Let go of the bytes of a document, unless an entry with the same ones, anywhere, is being read from them."""
        begun.held.close()
        self.archive.discard_original(begun.sha)
        return ImportOutcome.of_error(begun.entry, error)

    def _collect(self, works: Iterable[Work[Any]]) -> None:
        """Take over what is done, whichever document it is of, and begin the next stage where one is complete.

        Pages are stored as they finish, so that a run that is stopped or killed goes on there.
        """
        fresh: list[PageResult] = []
        try:
            for work in works:
                if work in self._stages and work.done():
                    self._take_over(work, self._stages.pop(work), fresh)
        finally:
            if fresh:
                self.archive.put_pages(fresh)

    def _take_over(self, work: Work[Any], stage: _Stage, fresh: list[PageResult]) -> None:
        """Take one result over; what went wrong with its document is kept until it is its turn."""
        begun = stage.document
        if begun.error is not None or work is begun.parsing:
            return
        try:
            if stage.page is not None:
                self._take_page(begun, stage.page, work.result(), fresh)
            if self._is_stopping:
                return
            if stage.page is None:
                self._begin_pages(begun, work.result())
            if not begun.unread and begun.source is not None:
                readings = tuple(page for page in begun.pages if page is not None)
                begun.pages = []
                self._parse(begun, ParseTask(begun.source, self.settings, self._confirmed, readings))
        except (StoreError, MissingToolError):
            raise
        except Exception as error:  # noqa: BLE001 - told of in its turn
            begun.error = error

    def _begin_pages(self, begun: _Document, source: SourceDocument) -> None:
        """Begin all pages of a document that was opened, but for those that were read before."""
        begun.source, begun.tasks = source, page_tasks(begun.kept, source, self.recognizer, self.settings)
        begun.keys = _page_keys(source, begun.tasks)
        known = {} if self.control.again else self.archive.known_pages(source.sha256, begun.keys)
        for index, (task, key) in enumerate(zip(begun.tasks, begun.keys, strict=True)):
            found = known.get(key)
            begun.pages.append(None if found is None else PageReading(page=found.page, issues=found.issues))
            if found is None:
                self._stages[self._pool.begin(page_work(task))] = _Stage(begun, index)
        begun.unread = begun.pages.count(None)
        self.control.note(ImportEvent("opened", begun.entry.name, pages=begun.unread))

    def _take_page(self, begun: _Document, index: int, reading: PageReading, fresh: list[PageResult]) -> None:
        if reading.is_final and all(issue.severity is not Severity.ERROR for issue in reading.issues):
            fresh.append(PageResult(begun.keys[index], begun.sha, reading.page, reading.issues))
        begun.pages[index] = reading
        begun.unread -= 1
        self.control.note(ImportEvent("page", begun.entry.name, page=begun.tasks[index].number))

    def _parse(self, begun: _Document, task: ParseTask) -> None:
        begun.parsing = begin_parsing(self._pool, task)
        self._stages[begun.parsing] = _Stage(begun)

    def _finish(self, begun: _Document) -> ImportOutcome:
        if begun.error is not None:
            raise begun.error
        if begun.parsing is None:
            raise SarabanError(begun.entry.name)
        parsed = begun.parsing.result()
        document = parsed.document()
        key = self._key(MediaType(document.source.media_type), begun.facts)
        key = key if parsed.is_final else _UNFINISHED + key
        document, is_kept = keep_reading(
            self.archive, document, key, self.settings, begun.entry.origin, parsed.prepared, begun.facts
        )
        return ImportOutcome.of_document(begun.entry, document, is_kept=is_kept)

    def _key(self, media_type: MediaType, facts: TableFacts) -> str:
        known = media_type, facts.as_texts()
        if known not in self._keys:
            self._keys[known] = engine_key(media_type, self.recognizer, self.settings, self._confirmed, known[1])
        return self._keys[known]

    def _recall_facts(self, origin: str, taken: _Taken) -> TableFacts:
        """Return what people said of a table, now and before; of one that failed only where it is tried again."""
        if taken.media_type not in DATA_TYPES:
            return NOTHING_SAID
        with self.archive.reading() as connection:
            held = table_facts.in_force(connection, taken.sha)
        failed = self._failed.get(origin, NOTHING_SAID) if self.control.retries else NOTHING_SAID
        return self.facts.over(failed.over(held))


def import_files(
    files: Sequence[Path],
    archive: Archive,
    settings: Settings,
    recognizer: TextRecognizer,
    progress: Progress,
    facts: TableFacts = NOTHING_SAID,
    control: ImportControl = AS_USUAL,
) -> Iterator[ImportOutcome]:
    """Read files and folders into the archive, and tell what became of every entry that was met.

    Args:
        files: Files, folders and ZIP files.
        archive: Where they go.
        settings: Limits, thresholds, rules, and the number of workers.
        recognizer: What reads pictures.
        progress: Told of each file that is done.
        facts: What a person says of the tables among them.
        control: Which part is to be read, by whom, when to stop, and who is told.

    Raises:
        core.errors.StoreError: The archive cannot be written.
        core.errors.MissingToolError: The recognizer vanished.
        core.errors.LimitError: There are more than `limits.files`.
    """
    with Listing(files, settings.limits) as listing:
        yield from Importer(archive, settings, recognizer, progress, facts, control).run(listing.entries)


def _page_keys(source: SourceDocument, tasks: Sequence[PageTask]) -> list[str]:
    if not tasks:
        return []
    first = tasks[0]
    reading, limits = reading_key(first.media_type, first.recognizer), first.limits.of_reading()
    return [fingerprint(source.sha256, str(task.number), reading, limits) for task in tasks]
