"""Verbs about letters: the chain of letters around a document."""

from typing import Annotated

import typer

from commands.session import ArchiveOption, open_archive, settings_of

DocumentArgument = Annotated[
    str, typer.Argument(help="ชื่อไฟล์หรือต้น SHA-256 / file name or first digits of the SHA-256", show_default=False)
]


def thread(
    document: DocumentArgument,
    archive: ArchiveOption = None,
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """หนังสือที่เกี่ยวข้องกัน / the chain of letters around a document: referred to, enclosed, answered, to be found."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.thread_table import thread_table
    from core.errors import UsageError
    from pipeline.thread import find_thread

    if output not in ("table", "json"):
        raise UsageError(f"--format {output}")
    settings = settings_of(archive)
    with open_archive(settings) as store:
        found = find_thread(store, document, settings.limits)
    if output == "json":
        typer.echo(found.model_dump_json())
    else:
        print_table(thread_table(found, settings.lang))
