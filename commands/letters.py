"""Verbs about letters: the chain of letters around a document."""

from typing import Annotated, Literal

import typer

from commands.session import ArchiveOption, DocumentArgument, load_settings, open_archive


def thread(
    document: DocumentArgument,
    archive: ArchiveOption = None,
    output: Annotated[Literal["table", "json"], typer.Option("--format", help="รูปแบบผลลัพธ์ / format")] = "table",
    as_json: Annotated[bool, typer.Option("--json", help="เหมือน --format json / the same as --format json")] = False,
) -> None:
    """หนังสือที่อ้างถึง ส่งมาด้วย หรือตอบกัน / the letters that a document names, encloses or answers, and those to be found."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.thread_table import thread_table
    from pipeline.thread import find_thread

    settings = load_settings(archive)
    with open_archive(settings) as store:
        found = find_thread(store, document, settings.limits)
    if as_json or output == "json":
        typer.echo(found.model_dump_json())
    else:
        print_table(thread_table(found, settings.lang))
