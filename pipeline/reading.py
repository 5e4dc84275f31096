"""One document through all stages: pages → letters and annexes → reconciled → checked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.settings import Settings
from gazetteer.reconcile import reconcile
from gazetteer.register import load as load_register
from ingest.page_reader import PageReading, PageTask, describe, read_page
from ingest.recognition.cascade import find_cascade
from ingest.recognition.line_network import find_line_network
from ingest.recognition.recognizer import TextRecognizer
from ingest.recognition.tesseract import find_recognizer
from ingest.sources.file_type import DATA_TYPES, MediaType
from models.accounting import Table, Unaccounted
from models.annex import Annex
from models.confirmation import Confirmation
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.document_status import derive_status
from models.issue import Issue, IssueCode, Message, Severity
from models.letter import Letter, LetterKind
from models.ocr import OcrPage
from models.record_path import put_part, walk_fields
from models.review import ReviewCode
from models.sheet import Sheet
from models.table_facts import NOTHING_SAID, TableFacts
from parsers.accounting import account_for_pages, build_tables, find_unaccounted
from parsers.annexes import find_issues, ignored_tables, parse_annexes
from parsers.letters import parse_letters, parse_unknown_paper
from parsers.segmentation.sheets import Sheets
from parsers.sheet_accounting import find_unaccounted_rows
from pipeline.data_files import ENGINE, SheetParser, SheetsTask, parse_sheets, read_data
from pipeline.judging import judge_document
from rules.runner import findings

PageRunner = Callable[[Sequence[PageTask]], Iterable[PageReading]]
PageParser = Callable[[Sequence[OcrPage], float], tuple[tuple[Letter, ...], tuple[Annex, ...]]]
"""What makes letters and annexes of pages; values read with less than the second argument ask for review."""


def run_inline(tasks: Sequence[PageTask]) -> Iterator[PageReading]:
    """Read pages one after the other in this process."""
    return map(read_page, tasks)


def build_recognizer(settings: Settings) -> TextRecognizer:
    """Return the recognizer that the settings name.

    Raises:
        core.errors.MissingToolError: It is not there.
    """
    if settings.reader == "fast":
        return find_line_network(settings.recognizer, settings.tessdata)
    if settings.reader == "both":
        return find_cascade(settings.recognizer, settings.tessdata)
    return find_recognizer(settings.recognizer, settings.tessdata, settings.limits.tool_seconds)


def page_tasks(path: Path, source: SourceDocument, recognizer: TextRecognizer, settings: Settings) -> list[PageTask]:
    """Return the work to be done for the pages of a document."""
    media_type = MediaType(source.media_type)
    return [PageTask(path, media_type, number, recognizer, settings.limits) for number in range(1, source.pages + 1)]


def read_document(
    path: Path,
    settings: Settings,
    recognizer: TextRecognizer,
    run_pages: PageRunner = run_inline,
    facts: TableFacts = NOTHING_SAID,
) -> Document:
    """Return the record of one file.

    Args:
        path: A scan, a PDF, a text or a table.
        settings: Limits, thresholds, rules, and the office's own ledger of bodies.
        recognizer: What reads pictures.
        run_pages: What reads pages: here one after the other, or a pool.
        facts: What a person says of a table.

    Raises:
        core.errors.InputError: The file cannot be opened at all.
        core.errors.MissingToolError: The recognizer is not there.
        UsageError: A column that a person named is not in a table.
    """
    source = describe(path, settings.limits)
    if is_data(source):
        sheets = read_data(sheets_task(path, source, settings))
        return assemble_sheets(source, sheets, settings, facts=facts)
    readings = tuple(run_pages(page_tasks(path, source, recognizer, settings)))
    return assemble(source, readings, settings)


def is_data(source: SourceDocument) -> bool:
    """Whether a file already is a table."""
    return source.media_type in DATA_TYPES


def sheets_task(path: Path, source: SourceDocument, settings: Settings) -> SheetsTask:
    """Return the work to be done for a table."""
    return SheetsTask(path, MediaType(source.media_type), source.name, settings.limits)


def parse_pages(pages: Sequence[OcrPage], review_confidence: float) -> tuple[tuple[Letter, ...], tuple[Annex, ...]]:
    """Return the letters and the annexes on some pages; a paper of no known kind is a letter that says so."""
    letters, leftover = parse_letters(pages, review_confidence)
    annexes = parse_annexes(pages, leftover, review_confidence)
    if not letters and not annexes and (unknown := parse_unknown_paper(pages, review_confidence)):
        letters = (unknown,)
    return letters, annexes


def assemble(
    source: SourceDocument,
    readings: Sequence[PageReading],
    settings: Settings,
    confirmed: Sequence[Confirmation] = (),
    parse: PageParser = parse_pages,
) -> Document:
    """Return the record of a document from its pages: parsed, reconciled, checked. Reads no file but the register.

    Args:
        source: The file.
        readings: Its pages.
        settings: Thresholds, rules, and the office's own ledger of bodies.
        confirmed: Repairs of bodies' names that people confirmed in the archive.
        parse: What parses the pages; whatever it drops, the pages themselves are accounted for.
    """
    sheets = Sheets(tuple(reading.page for reading in readings))
    pages = sheets.pages
    issues = [issue for reading in readings for issue in reading.issues]
    letters, annexes = parse(pages, settings.review_confidence)
    tables = build_tables(pages, letters, annexes)
    owned = account_for_pages(pages, letters, annexes, tables)
    unaccounted = find_unaccounted(owned, documented=bool(letters or annexes))
    ignored = _find_ignored_tables(pages, letters, annexes)
    notes = [_table_ignored(sheets.find_sheet(number)) for number in ignored]
    letters, annexes, tables = sheets.restore(letters), sheets.restore(annexes), sheets.restore(tables)
    unaccounted = sheets.restore(unaccounted)
    records = tuple(_record_page(page) for page in sheets.sheets)
    if not any(record.text.strip() for record in records):
        notes.append(_nothing_read())
    parsed = ParsedContent(source, records, letters, annexes, issues, notes, tables, unaccounted)
    return _complete(parsed, settings, confirmed)


def _record_page(page: OcrPage) -> Page:
    return Page(
        number=page.number,
        text=page.text,
        engine=page.engine,
        rotation=page.rotation,
        skew=page.skew,
        prepared=page.prepared,
    )


def _find_ignored_tables(
    pages: Sequence[OcrPage], letters: Iterable[Letter], annexes: Sequence[Annex]
) -> Iterator[int]:
    """Yield the pages with a table that is neither an annex nor the form of a letter."""
    forms = {number for letter in letters if letter.kind is LetterKind.RADIO_MESSAGE for number in letter.pages}
    return (number for number in ignored_tables(pages, annexes) if number not in forms)


def assemble_sheets(
    source: SourceDocument,
    sheets: Sequence[Sheet],
    settings: Settings,
    confirmed: Sequence[Confirmation] = (),
    facts: TableFacts = NOTHING_SAID,
    parse: SheetParser = parse_sheets,
) -> Document:
    """Return the record of a table from its sheets, which are its pages; otherwise as `assemble`.

    Raises:
        UsageError: A column that a person named is not there.
    """
    annexes, issues = parse(sheets, source.name, facts)
    pages = tuple(Page(number=sheet.number, text=sheet.text, engine=ENGINE) for sheet in sheets)
    source = source.model_copy(update={"pages": len(pages)})
    no_tables = {issue.page for issue in issues if issue.code == IssueCode.SHEET_NO_TABLE}
    unaccounted = find_unaccounted_rows(sheets, annexes, no_tables)
    return _complete(ParsedContent(source, pages, (), annexes, (), issues, (), unaccounted), settings, confirmed)


@dataclass(frozen=True, slots=True)
class ParsedContent:
    """A document as it was parsed, of whatever kind: what every later stage begins with.

    Attributes:
        before, after: Issues that were met before and after its annexes were reconciled.
    """

    source: SourceDocument
    pages: tuple[Page, ...]
    letters: Sequence[Letter]
    annexes: Sequence[Annex]
    before: Sequence[Issue]
    after: Sequence[Issue]
    tables: tuple[Table, ...] = ()
    unaccounted: tuple[Unaccounted, ...] = ()


def _complete(parsed: ParsedContent, settings: Settings, confirmed: Sequence[Confirmation]) -> Document:
    """Reconcile and check what was parsed: the same for every kind of document."""
    register = load_register(settings.bodies)
    annexes = []
    issues = [*parsed.before]
    for annex in parsed.annexes:
        reconciled, found = reconcile(annex, register, confirmed)
        annexes.append(reconciled)
        issues.extend((*found, *find_issues(reconciled)))
    document = Document(
        source=parsed.source,
        status=DocumentStatus.OK,
        text="\f".join(page.text for page in parsed.pages),
        pages=parsed.pages,
        letters=tuple(parsed.letters),
        annexes=tuple(annexes),
        tables=parsed.tables,
        unaccounted=parsed.unaccounted,
        issues=(*issues, *parsed.after),
    )
    document = mark_disagreements(document)
    document = document.model_copy(update={"findings": findings(judge_document(document, settings))})
    return document.model_copy(update={"status": derive_status(document)})


def mark_disagreements(document: Document) -> Document:
    """Return a document whose unsure values say it where two readers differ on them.

    A value that the two together are sure of, or that the register or a rule settled, asks for nothing.
    """
    for path, value in walk_fields(document):
        if value.other and ReviewCode.LOW_CONFIDENCE in value.review:
            document = put_part(document, path, value.doubted(ReviewCode.READERS_DIFFER))
    return document


def _table_ignored(number: int) -> Issue:
    return Issue(
        code="page.table_not_an_annex",
        severity=Severity.INFO,
        stage="parse",
        page=number,
        message=Message(
            th="ตารางในหน้านี้ไม่ใช่บัญชีสถานะ ระบบเก็บข้อความทุกช่องไว้ตามที่อ่านได้ แต่ไม่ได้แปลความหมาย",
            en="a table on this page is no annex; it is kept as it was read, cell by cell, but not understood",
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
