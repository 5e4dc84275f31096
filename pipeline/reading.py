"""One document through all stages: pages → letters and annexes → reconciled → checked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from core.fingerprint import fingerprint
from core.settings import Settings
from gazetteer.reconcile import reconcile
from gazetteer.register import load as load_register
from ingest.page_reader import PageReading, PageTask, describe, engine_of, read_page
from ingest.recognition.cascade import CascadeRecognizer
from ingest.recognition.line_network import find_line_network
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.tesseract import find_recognizer
from ingest.sources.file_type import MediaType
from models.change import Succession
from models.confirmation import Confirmation
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.field import Field
from models.filed_letter import FiledLetter
from models.finding import Outcome, Verdict
from models.issue import Issue, Message, Severity
from models.letter import LetterKind
from models.ocr import OcrPage
from models.snapshot import Snapshot
from parsers.annex.sequence_numbers import gaps
from parsers.annexes import ignored_tables, parse_annexes
from parsers.letters import parse_letters
from rules.engine.declaration import Case
from rules.runner import check, findings
from rules.selection import chosen

STAGES_VERSION = "4"
"""Raised when a later stage than reading a page changes, so that documents are parsed anew but not read anew."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an archive knows beside a document; see `rules.engine.declaration.Case`."""

    filed: tuple[FiledLetter, ...] | None = None
    earlier: Mapping[int, Snapshot] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()


NO_CONTEXT = Context()

PageRunner = Callable[[Sequence[PageTask]], Iterable[PageReading]]


def run_inline(tasks: Sequence[PageTask]) -> Iterator[PageReading]:
    """Read pages one after the other in this process."""
    return map(read_page, tasks)


def recognizer_of(settings: Settings) -> TextRecognizer:
    """Return the recognizer that the settings name.

    Raises:
        core.errors.MissingToolError: It is not there.
    """
    if settings.reader == "fast":
        return find_line_network(settings.recognizer, settings.tessdata)
    tesseract = find_recognizer(settings.recognizer, settings.tessdata, settings.limits.tool_seconds)
    if settings.reader == "both":
        return CascadeRecognizer(find_line_network(settings.recognizer, settings.tessdata), tesseract)
    return tesseract


def engine_key(
    media_type: MediaType, recognizer: TextRecognizer, settings: Settings, confirmed: Sequence[Confirmation] = ()
) -> str:
    """Return what a stored document was made by and with which options; another value means it is out of date."""
    options = fingerprint(
        settings.limits.of_reading(),
        str(settings.review_confidence),
        settings.rules.model_dump_json(),
        *(each.model_dump_json() for each in confirmed),
    )[:8]
    register = load_register(settings.bodies).version
    return f"{engine_of(media_type, recognizer)} / stages {STAGES_VERSION} / register {register} / options {options}"


def page_tasks(path: Path, source: SourceDocument, recognizer: TextRecognizer, settings: Settings) -> list[PageTask]:
    """Return the work to be done for the pages of a document."""
    media_type = MediaType(source.media_type)
    return [PageTask(path, media_type, number, recognizer, settings.limits) for number in range(1, source.pages + 1)]


def read_document(
    path: Path, settings: Settings, recognizer: TextRecognizer, run_pages: PageRunner = run_inline
) -> Document:
    """Return the record of one file.

    Raises:
        core.errors.InputError: The file cannot be opened at all.
        core.errors.MissingToolError: The recognizer is not there.
    """
    source = describe(path, settings.limits)
    readings = tuple(run_pages(page_tasks(path, source, recognizer, settings)))
    return assemble(source, readings, settings)


def assemble(
    source: SourceDocument,
    readings: Sequence[PageReading],
    settings: Settings,
    confirmed: Sequence[Confirmation] = (),
) -> Document:
    """Return the record of a document from its pages: parsed, reconciled, checked. Reads no file but the register.

    Args:
        source: The file.
        readings: Its pages.
        settings: Thresholds, rules, and the office's own ledger of bodies.
        confirmed: Repairs of bodies' names that people confirmed in the archive.
    """
    register = load_register(settings.bodies)
    pages = [reading.page for reading in readings]
    issues = [issue for reading in readings for issue in reading.issues]
    letters, leftover = parse_letters(pages, settings.review_confidence)
    annexes = []
    for annex in parse_annexes(pages, leftover, settings.review_confidence):
        reconciled, found = reconcile(annex, register, confirmed)
        annexes.append(reconciled)
        issues.extend((*found, *gaps(reconciled)))
    forms = {number for letter in letters if letter.kind is LetterKind.RADIO_MESSAGE for number in letter.pages}
    ignored = (number for number in ignored_tables(pages, annexes) if number not in forms)
    issues.extend(_table_ignored(number) for number in ignored)
    records = tuple(
        Page(
            number=p.number,
            text=page_text(p),
            engine=p.engine,
            rotation=p.rotation,
            skew=p.skew,
            prepared=p.prepared,
        )
        for p in pages
    )
    if not any(record.text.strip() for record in records):
        issues.append(_nothing_read())
    document = Document(
        source=source,
        status=DocumentStatus.OK,
        text="\f".join(record.text for record in records),
        pages=records,
        letters=letters,
        annexes=tuple(annexes),
        issues=tuple(issues),
    )
    found_by_rules = findings(verdicts_of(document, settings))
    document = document.model_copy(update={"findings": found_by_rules})
    return document.model_copy(update={"status": status_of(document)})


def verdicts_of(document: Document, settings: Settings, context: Context = NO_CONTEXT) -> tuple[Verdict, ...]:
    """Return what every rule that the settings choose says of a document.

    Args:
        document: What to judge.
        settings: Thresholds, rules that are off, severities, rules of the office's own.
        context: What the archive knows beside it: other letters, and the rounds before.
    """
    case = Case(
        document=document,
        register=load_register(settings.bodies),
        settings=settings.rules,
        filed=context.filed,
        earlier=context.earlier,
        successions=context.successions,
    )
    return check(case, chosen(settings.rules))


def status_of(document: Document) -> DocumentStatus:
    """Return how reading ended: never `ok` where an error, a doubt or a violated rule is in the record."""
    errors = [issue for issue in document.issues if issue.severity is Severity.ERROR]
    if errors and not document.text.strip():
        return DocumentStatus.FAILED
    if errors:
        return DocumentStatus.PARTIAL
    violated = any(
        finding.outcome is Outcome.VIOLATED and finding.severity is Severity.ERROR for finding in document.findings
    )
    if violated or any(asks_review(part) for part in (*document.letters, *document.annexes)):
        return DocumentStatus.NEEDS_REVIEW
    if not document.letters and not document.annexes:
        return DocumentStatus.NEEDS_REVIEW
    return DocumentStatus.OK


def asks_review(record: BaseModel) -> bool:
    """Whether any field within a record asks for review."""
    if isinstance(record, Field):
        return bool(record.review)
    for name in type(record).model_fields:
        value = getattr(record, name)
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        if any(isinstance(part, BaseModel) and asks_review(part) for part in parts):
            return True
    return False


def page_text(page: OcrPage) -> str:
    """Return the text of a page in reading order, a table row a line, its cells separated by tabs."""
    blocks: list[tuple[float, str]] = [(line.box.y0, line.text) for line in page.lines]
    for grid in page.grids:
        rows: dict[int, list[str]] = {row: [""] * grid.columns for row in range(grid.rows)}
        for cell in grid.cells:
            text = cell.text.replace("\n", " ") or (cell.mark.value if cell.mark else "")
            rows[cell.row][cell.column] = text
        blocks.append((grid.box.y0, "\n".join("\t".join(cells) for cells in rows.values())))
    return "\n".join(text for _, text in sorted(blocks, key=lambda block: block[0]))


def _table_ignored(number: int) -> Issue:
    return Issue(
        code="page.table_not_an_annex",
        severity=Severity.INFO,
        stage="parse",
        page=number,
        message=Message(
            th="ตารางในหน้านี้ไม่ใช่บัญชีสถานะ ข้อความอยู่ในเนื้อหาของหน้า แต่ไม่ได้แยกเป็นแถว",
            en="a table on this page is no annex; it is in the text of the page, but not parted into rows",
        ),
    )


def _nothing_read() -> Issue:
    return Issue(
        code="document.nothing_read",
        severity=Severity.ERROR,
        stage="parse",
        message=Message(
            th="ไม่พบข้อความในเอกสาร โปรดสแกนใหม่ให้ชัดขึ้น",
            en="no text was found in the document; scan it again more clearly",
        ),
    )
