"""Verbs about documents: reading one without an archive, listing and showing those of the archive."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.session import (
    ArchiveOption,
    DocumentArgument,
    FilesArgument,
    JobsOption,
    load_settings,
    open_archive,
    say_failure,
)
from core.errors import ExitCode, InputError, PartialError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.settings import Settings
    from models.document import Document
    from store.archive import Archive


def read(
    files: FilesArgument,
    output: Annotated[
        Literal["json", "text"], typer.Option("--format", help="json: ไฟล์ละบรรทัด / a line a file")
    ] = "json",
    jobs: JobsOption = None,
) -> None:
    """อ่านโดยไม่จัดเก็บ / files to records, nothing stored.

    ผลลัพธ์ออกทาง standard output / records go to standard output.
    """
    from pipeline.importing import find_files

    settings = load_settings(jobs=jobs)
    found = [file for path in files for file in (find_files([path], settings.limits) if path.is_dir() else [path])]
    statuses: list[str] = []
    for document in _documents(found, settings):
        statuses.append("failed" if document is None else document.status)
        if document is not None:
            typer.echo(document.model_dump_json() if output == "json" else document.text)
    unread = statuses.count("failed")
    if unread == len(found):
        raise typer.Exit(int(ExitCode.UNREADABLE))
    if unread or "partial" in statuses:
        lost = unread + statuses.count("partial")
        raise PartialError(
            f"อ่านไม่ครบ {lost} จาก {len(found)} ไฟล์", f"{lost} of {len(found)} were not, or not as a whole"
        )


def _documents(files: list[Path], settings: "Settings") -> "Iterator[Document | None]":
    """Yield what was read of each file; None of one that cannot be read, which is told of."""
    from pipeline.document_work import read_in_workers
    from pipeline.reading import build_recognizer
    from pipeline.workers import LocalPool

    recognizer = build_recognizer(settings)
    with LocalPool(settings.jobs, settings.limits) as pool:
        for path in files:
            try:
                document = read_in_workers(path, settings, recognizer, pool)
            except InputError as error:
                say_failure(settings, error)
                yield None
            else:
                yield document


def list_(archive: ArchiveOption = None) -> None:
    """รายการเอกสารในคลัง / the documents of the archive."""
    from commands.terminal.archive_tables import documents_table
    from commands.terminal.archive_tables import show as print_table

    settings = load_settings(archive)
    with open_archive(settings) as store:
        print_table(documents_table(store.documents(), settings.lang))


def show(
    document: DocumentArgument,
    archive: ArchiveOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="ระเบียนเต็ม / the whole record")] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="HTML: ค่าแต่ละค่าอยู่ที่ใดในหน้า / where each value stands on its page")
    ] = None,
) -> None:
    """แสดงเอกสารหนึ่งฉบับ / one document of the archive."""
    from commands.terminal.archive_tables import document_tables, origins_table
    from commands.terminal.archive_tables import show as print_table

    settings = load_settings(archive)
    with open_archive(settings) as store:
        record = store.require_document(document)
        origins = store.origins(record.source.sha256)
        if picture is not None:
            _draw_pages(record, store, picture, settings)
    if picture is not None:
        return
    if as_json:
        typer.echo(record.model_dump_json(indent=2))
        return
    if origins:
        print_table(origins_table(origins, settings.lang))
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
        raise UsageError(f"--picture {path.name}: .html")
    crops = Crops(store, settings.limits)
    save(path, as_html(document, crops.get_whole_page, settings.lang).encode())
