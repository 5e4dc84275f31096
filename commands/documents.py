"""Verbs about documents: reading one without an archive, listing and showing those of the archive."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from commands.import_run import end, tell
from commands.session import (
    ArchiveOption,
    DocumentArgument,
    FilesArgument,
    JobsOption,
    JsonOption,
    load_settings,
    open_archive,
    say,
)
from core.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.settings import Settings
    from ingest.sources.listing import InputFile
    from models.document import Document
    from pipeline.import_outcome import ImportOutcome
    from store.archive import Archive

_ON_A_TERMINAL: Final = 200
"""Documents that are listed on a terminal where nobody says how many; into a file or a pipe go all."""


def read(
    files: FilesArgument,
    output: Annotated[
        Literal["json", "text"],
        typer.Option("--format", help="json คือไฟล์ละบรรทัด text คือข้อความ / json: a line a file; text: its text"),
    ] = "json",
    jobs: JobsOption = None,
) -> None:
    """อ่านไฟล์โดยไม่เก็บเข้าคลัง และแจ้งผลทุกไฟล์ / files to records, nothing stored; every entry is accounted for.

    ผลลัพธ์ส่งต่อให้โปรแกรมอื่นได้ / records go to standard output, the account to standard error.
    """
    from pipeline.import_outcome import ImportSummary
    from pipeline.importing import Listing

    settings, summary = load_settings(jobs=jobs), ImportSummary()
    with Listing(files, settings.limits) as listing:
        for outcome, document in _read_entries(listing.entries, settings):
            summary.add(outcome)
            if document is not None:
                typer.echo(document.model_dump_json() if output == "json" else document.text)
            if document is None or outcome.is_lost:
                tell(settings, outcome)
    if summary.met > 1:
        from commands.terminal.import_table import print_summary

        print_summary(summary, settings.lang, stored=False)
    end(summary)


def _read_entries(
    entries: "Iterable[InputFile]", settings: "Settings"
) -> "Iterator[tuple[ImportOutcome, Document | None]]":
    """Yield what became of each entry, with what was read of it; None where it is skipped or cannot be read."""
    from pipeline.document_work import read_in_workers
    from pipeline.import_outcome import ImportOutcome
    from pipeline.reading import build_recognizer
    from pipeline.workers import LocalPool

    recognizer = build_recognizer(settings)
    with LocalPool(settings.jobs, settings.limits) as pool:
        for entry in entries:
            if entry.skipped is not None:
                yield ImportOutcome.of_skipped(entry), None
                continue
            try:
                with entry.opened(settings.limits) as path:
                    document = read_in_workers(path, entry.name, settings, recognizer, pool)
            except InputError as error:
                yield ImportOutcome.of_error(entry, error), None
            else:
                yield ImportOutcome.of_document(entry, document, is_kept=True), document


def list_(
    archive: ArchiveOption = None,
    status: Annotated[
        Literal["ok", "needs_review", "partial", "failed"] | None,
        typer.Option("--status", help="เฉพาะสถานะนี้ / of this status alone"),
    ] = None,
    sort: Annotated[
        Literal["imported", "name", "date", "number", "status"],
        typer.Option("--sort", help="เรียงตาม status คือแย่ที่สุดก่อน / order; status: the worst first"),
    ] = "imported",
    reverse: Annotated[bool, typer.Option("--reverse", help="เรียงย้อนกลับ / the other way round")] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="จำนวนมากที่สุด หน้าจอ 200 / most documents; on a terminal 200"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """รายการเอกสารในคลัง / list the documents of the archive, one line each.

    saraban list --status needs_review --sort date --reverse --limit 20
    """
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.document_list import documents_tables, get_terminal_width
    from models.document import DocumentStatus
    from store import copies, inbox
    from store.summaries import SortKey

    settings, width = load_settings(archive), get_terminal_width()
    most = limit or (None if as_json or width is None else _ON_A_TERMINAL)
    with open_archive(settings) as store:
        state = DocumentStatus(status) if status else None
        chosen = store.iterate_documents(state, SortKey(sort), reverse=reverse, limit=most)
        if as_json:
            for document in chosen:
                typer.echo(document.model_dump_json())
            return
        with store.reading() as connection:
            for table in documents_tables(chosen, settings.lang, width, partial(copies.count, connection)):
                print_table(table)
            left = inbox.count_by_status(connection)
    matching = sum(left.values()) if state is None else left[state]
    if limit is None and most is not None and matching > most:
        say(
            settings,
            f"แสดง {most} จาก {matching} ฉบับ ดูมากกว่านี้ด้วย --limit",
            f"{most} of {matching} documents; --limit shows more",
        )


def show(
    document: DocumentArgument,
    archive: ArchiveOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="ข้อมูลทั้งหมดเป็น JSON / the whole record as JSON")] = False,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--picture", help="ไฟล์ .html แสดงที่ของแต่ละค่าในหน้า / .html file: where each value stands on its page"
        ),
    ] = None,
) -> None:
    """แสดงเอกสารหนึ่งฉบับ / one document of the archive."""
    from commands.terminal.archive_tables import copies_table, document_tables, facts_table, origins_table
    from commands.terminal.archive_tables import show as print_table
    from models.table_facts import NOTHING_SAID
    from pipeline.copies import find_copies
    from store import table_facts

    settings = load_settings(archive)
    with open_archive(settings) as store:
        record = store.require_document(document)
        origins, found = store.origins(record.source.sha256), find_copies(store, record)
        with store.reading() as connection:
            facts = table_facts.in_force(connection, record.source.sha256)
        if picture is not None:
            _draw_pages(record, store, picture, settings)
    if picture is not None:
        return
    if as_json:
        typer.echo(record.model_dump_json(indent=2))
        return
    if origins:
        print_table(origins_table(origins, settings.lang))
    if facts != NOTHING_SAID:
        print_table(facts_table(facts, settings.lang))
    if found:
        print_table(copies_table(found, settings.lang))
    for table in document_tables(record, settings.lang):
        print_table(table)


def _draw_pages(document: "Document", store: "Archive", path: Path, settings: "Settings") -> None:
    """Write the pages of a document with the place of every value, and of what no value holds, to an HTML file.

    Raises:
        UsageError: The name does not end in .html, or the file cannot be written.
    """
    from pipeline.crops import Crops
    from reports.page_ledger import as_html
    from reports.render import save

    if path.suffix.lower() != ".html":
        raise UsageError(f"--picture {path.name}: ต้องเป็น .html", f"--picture {path.name}: a name that ends in .html")
    crops = Crops(store, settings.limits)
    save(path, as_html(document, crops.get_whole_page, settings.lang).encode())
