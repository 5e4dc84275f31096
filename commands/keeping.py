"""`saraban status | retry | reread | quarantine | remove`: what the archive holds, and what is to be done again."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from commands.choices import check_letter_kind, check_status
from commands.import_run import Brake, run_import
from commands.session import (
    ArchiveOption,
    DocumentArgument,
    JobsOption,
    JsonOption,
    load_settings,
    open_archive,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.terminal.import_progress import ImportProgress
    from core.settings import Settings
    from ingest.sources.listing import InputFile
    from pipeline.import_outcome import ImportOutcome
    from store.archive import Archive


def status(archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """จำนวนเอกสารตามสถานะ / how many documents of each state, what failed, what was taken out."""
    from reports.labels import document_status
    from store import failures, removals
    from store.inbox import count_by_status

    settings = load_settings(archive)
    with open_archive(settings) as store, store.reading() as connection:
        counts = count_by_status(connection)
        failed = failures.list_failures(connection)
        removed = removals.list_removed(connection)
    if as_json:
        states = {state.value: count for state, count in counts.items()}
        typer.echo(json.dumps(states | {"quarantined": len(failed), "removed": len(removed)}))
        return
    for state, count in counts.items():
        typer.echo(f"{document_status(state, settings.lang)}: {count:,}")
    thai = settings.lang == "th"
    typer.echo(f"{'อ่านไม่ได้ (saraban quarantine)' if thai else 'not readable (saraban quarantine)'}: {len(failed):,}")
    typer.echo(f"{'นำออกแล้ว' if thai else 'taken out'}: {len(removed):,}")
    for each in removed:
        typer.echo(f"  {each.name} ({each.document[:12]}): {each.reason}")


def quarantine(
    archive: ArchiveOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON รายการละบรรทัด / JSON, a file a line")] = False,
) -> None:
    """ไฟล์ที่อ่านไม่ได้ พร้อมเหตุผล / files that could not be read, and why."""
    from store import failures

    settings = load_settings(archive)
    with open_archive(settings) as store, store.reading() as connection:
        found = failures.list_failures(connection)
    for each in found:
        if as_json:
            typer.echo(each.model_dump_json())
        else:
            typer.echo(f"{each.origin} [{each.slug}] {each.detail} (×{each.attempts})")
    say(settings, f"{len(found):,} ไฟล์ ลองใหม่ด้วย saraban retry", f"{len(found):,} files; saraban retry tries again")


def retry(archive: ArchiveOption = None, jobs: JobsOption = None) -> None:
    """อ่านสิ่งที่อ่านไม่สำเร็จอีกครั้ง / try again what failed: files in quarantine, and documents that were not read whole."""
    from pipeline.rereading import UNFINISHED, find_kept, list_failed, open_failed

    settings = load_settings(archive, jobs)
    with open_archive(settings) as store:
        listing, failed = open_failed(store, settings.limits)
        with listing:
            entries = [*list_failed(listing, failed), *find_kept(store, UNFINISHED)]
            _read(settings, store, entries, retries=True)


def reread(
    names: Annotated[list[str] | None, typer.Argument(help="เอกสาร / documents", show_default=False)] = None,
    archive: ArchiveOption = None,
    jobs: JobsOption = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            callback=check_letter_kind,
            help="ชนิดหนังสือ เช่น order / with a letter of this kind, such as external_letter",
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option("--state", callback=check_status, help="สถานะของเอกสาร / status: ok needs_review partial failed"),
    ] = None,
    engine: Annotated[
        str | None, typer.Option("--engine", help="อ่านด้วยโปรแกรมชื่อนี้ / read by an engine with this name")
    ] = None,
) -> None:
    """อ่านต้นฉบับในคลังใหม่อีกครั้ง / read kept originals once more; a worse reading never replaces a better one."""
    from core.errors import UsageError
    from models.document import DocumentStatus
    from pipeline.rereading import find_kept

    settings = load_settings(archive, jobs)
    if not (names or kind or state or engine):
        raise UsageError("ระบุเอกสาร --kind --state หรือ --engine", "name documents, or --kind, --state or --engine")
    states = () if state is None else (DocumentStatus(state),)
    with open_archive(settings) as store:
        wanted = {store.require_document(name).source.sha256 for name in names or ()}
        _read(settings, store, list(find_kept(store, states, kind, engine, wanted)), again=True)


def remove(
    document: DocumentArgument,
    reason: Annotated[str, typer.Option("--reason", help="เหตุผล เก็บไว้ / why; it is kept", show_default=False)],
    archive: ArchiveOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="นำเอกสารกลับ / put it back")] = False,
) -> None:
    """นำเอกสารออกจากรายการ ต้นฉบับยังอยู่ / hide a document from lists, checks, rounds and exports; nothing is erased."""
    from core.errors import UnknownDocumentError, UsageError
    from pipeline.deciding import put_back
    from store import removals

    settings = load_settings(archive)
    if not reason.strip():
        raise UsageError("--reason: ยังไม่ได้ระบุเหตุผล", "--reason: no reason is given")
    with open_archive(settings) as store:
        if undo:
            with store.reading() as connection:
                found = [
                    each.document
                    for each in removals.list_removed(connection)
                    if each.name == document or (len(document) >= 4 and each.document.startswith(document.lower()))
                ]
            if len(found) != 1:
                raise UnknownDocumentError(document)
            put_back(store, found[0], reason.strip(), settings)
        else:
            sha = store.require_document(document).source.sha256
            with store.writing() as connection:
                removals.note(connection, sha, reason.strip(), removed=True)
    if undo:
        say(settings, f"{document}: นำกลับแล้ว", f"{document}: is back")
    else:
        say(settings, f"{document}: นำออกแล้ว ต้นฉบับยังอยู่", f"{document}: taken out; the original stays")


def _read(
    settings: "Settings",
    store: "Archive",
    entries: "Sequence[InputFile]",
    *,
    again: bool = False,
    retries: bool = False,
) -> None:
    from pipeline.import_control import ImportControl
    from pipeline.importing import Importer
    from pipeline.reading import build_recognizer

    def begin(brake: Brake, progress: "ImportProgress") -> "Iterator[ImportOutcome]":
        control = ImportControl(again=again, retries=retries, must_stop=lambda: brake.is_pulled, note=progress.note)
        return Importer(store, settings, build_recognizer(settings), progress, control=control).run(entries)

    run_import(settings, begin)
