"""What a worker does for a whole document: opening it, parsing and checking its pages, reading a table.

All that meets untrusted bytes, or takes long, runs in a worker whose memory and processor time are bounded; the parent
schedules and stores. A document that exceeds a bound ends as an error that names the limit, and the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from core.errors import DamagedFileError, InputError, LimitError, SarabanError
from core.limits import Limits
from core.settings import Settings
from ingest.page_reader import PageReading, describe
from ingest.recognition.recognizer import TextRecognizer
from models.confirmation import Confirmation
from models.document import Document, SourceDocument
from models.issue import IssueCode
from models.sheet import Sheet
from models.table_facts import NOTHING_SAID, TableFacts
from pipeline.data_files import SheetsTask, read_data
from pipeline.reading import assemble, assemble_sheets, is_data, page_tasks, sheets_task
from pipeline.worker_pool import Work, WorkerPool, WorkItem
from pipeline.workers import LocalPool
from store import search
from store.decisions import PreparedReading


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A file to be opened: where its bytes are, and what it was called."""

    path: Path
    name: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class ParseTask:
    """A document whose pages, or whose one table, are to be parsed and checked.

    Attributes:
        readings: Its pages; none where it is a table.
        table: The table, if it is one.
        facts: What a person says of the table.
    """

    source: SourceDocument
    settings: Settings
    confirmed: Sequence[Confirmation]
    readings: tuple[PageReading, ...] = ()
    table: SheetsTask | None = None
    facts: TableFacts = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A record that is ready to be kept.

    Attributes:
        prepared: The document as JSON, for its generic fields have no other way out of a process, and its texts as
            search compares them: both as they are kept, made where there are many processes to make them.
        is_final: Whether reading it again would give the same.
    """

    prepared: PreparedReading
    is_final: bool

    def document(self) -> Document:
        """Return the document."""
        return Document.model_validate_json(self.prepared.record)


def begin_opening(pool: WorkerPool, task: OpenTask) -> Work[SourceDocument]:
    """Begin to open a file; its result raises `InputError` where it cannot be read."""

    def lost(code: str, detail: str) -> NoReturn:
        raise _lost(task.name, code, detail)

    return pool.begin(WorkItem(open_document, task, task.limits.open_seconds, lost))


def begin_parsing(pool: WorkerPool, task: ParseTask) -> Work[ParsedDocument]:
    """Begin to parse and check a document; its result raises `SarabanError` where it cannot be done."""

    def lost(code: str, detail: str) -> NoReturn:
        raise _lost(task.source.name, code, detail)

    return pool.begin(WorkItem(parse_document, task, task.settings.limits.document_seconds, lost))


def read_in_workers(path: Path, name: str, settings: Settings, recognizer: TextRecognizer, pool: LocalPool) -> Document:
    """Return the record of one file, with nothing of it opened or parsed in this process.

    Args:
        path: Where its bytes are.
        name: What it is called; of a member of a ZIP file, not the name of the path.
        settings: How it is read.
        recognizer: Reads its pictures.
        pool: The workers.

    Raises:
        core.errors.InputError: The file cannot be opened at all, or exceeds a limit.
        core.errors.MissingToolError: The recognizer is not there.
    """
    source = begin_opening(pool, OpenTask(path, name, settings.limits)).result()
    if is_data(source):
        task = ParseTask(source, settings, (), table=sheets_task(path, source, settings))
    else:
        readings = tuple(pool.run(page_tasks(path, source, recognizer, settings)))
        task = ParseTask(source, settings, (), readings)
    return begin_parsing(pool, task).result().document()


def open_document(task: OpenTask) -> SourceDocument:
    """Return what a file is and how many pages it has. Runs in a worker.

    Raises:
        core.errors.InputError: It cannot be read.
    """
    try:
        return describe(task.path, task.limits, task.name)
    except InputError as error:
        raise _name_file(error, task) from error
    except (SarabanError, MemoryError):
        raise
    except Exception as error:
        raise DamagedFileError(f"{task.name}: {type(error).__name__}: {str(error)[:200]}") from error


def parse_document(task: ParseTask) -> ParsedDocument:
    """Return the record of a document. Runs in a worker.

    Raises:
        core.errors.InputError: A table cannot be read.
        core.errors.UsageError: A column that a person named is not in it.
    """
    if task.table is None:
        document = assemble(task.source, task.readings, task.settings, task.confirmed)
    else:
        sheets = _read_sheets(task.table)
        document = assemble_sheets(task.source, sheets, task.settings, task.confirmed, task.facts)
    is_final = all(reading.is_final for reading in task.readings)
    return ParsedDocument(PreparedReading(document.model_dump_json(), search.prepare(document)), is_final)


def _read_sheets(table: SheetsTask) -> list[Sheet]:
    try:
        return read_data(table)
    except (SarabanError, MemoryError):
        raise
    except Exception as error:
        raise DamagedFileError(f"{table.name}: {type(error).__name__}: {str(error)[:200]}") from error


def _name_file(error: InputError, task: OpenTask) -> InputError:
    """Return an error that names the file as the person knows it, and not the copy of it that is kept."""
    details = (error.detail, error.english)
    detail, english = (each.replace(f"{task.path}: ", "").replace(task.path.name, task.name) for each in details)
    return type(error)(detail, english)


def _lost(name: str, code: str, detail: str) -> InputError:
    if code == IssueCode.PAGE_TIMEOUT or "memory" in detail:
        return LimitError(f"{name}: {detail}")
    return DamagedFileError(f"{name}: อ่านไม่สำเร็จ ({detail})", f"{name}: reading it ended a worker ({detail})")
