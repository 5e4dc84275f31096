"""Verbs about rounds: which there are, correcting how they form series, and what changed between two."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.session import ArchiveOption, DigitsOption, DocumentArgument, open_archive, parse_day, say, settings_of
from core.errors import ChangesFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

rounds = typer.Typer(
    invoke_without_command=True,
    help="ชุดบัญชีและรอบ / series of annexes and their rounds; merge, split and rename correct them",
)


@rounds.callback()
def list_rounds(context: typer.Context, archive: ArchiveOption = None) -> None:
    """ชุดบัญชีและรอบ / series of annexes and their rounds; merge, split and rename correct them."""
    if context.invoked_subcommand is None:
        _correct(context, archive, "", ())


@rounds.command()
def merge(
    context: typer.Context, one: DocumentArgument, other: DocumentArgument, archive: ArchiveOption = None
) -> None:
    """รวมเป็นชุดเดียวกัน / make one series of those of two documents."""
    _correct(context, archive, "merge", (one, other))


@rounds.command()
def split(context: typer.Context, document: DocumentArgument, archive: ArchiveOption = None) -> None:
    """แยกออกเป็นชุดของตนเอง / make a series of its own of one document's round."""
    _correct(context, archive, "split", (document,))


@rounds.command()
def rename(
    context: typer.Context,
    document: DocumentArgument,
    title: Annotated[str, typer.Option("--title", help="ชื่อชุดใหม่ / new name", show_default=False)],
    archive: ArchiveOption = None,
) -> None:
    """เปลี่ยนชื่อชุด / give the series of a document another name."""
    _correct(context, archive, "rename", (document,), title)


def _correct(
    context: typer.Context, archive: Path | None, action: str, documents: "Sequence[str]", title: str = ""
) -> None:
    """Correct the series, if there is an action, and print them."""
    from commands.terminal.archive_tables import rounds_table
    from commands.terminal.archive_tables import show as print_table
    from pipeline.comparing import correct_series, series_in

    before_the_verb = context.parent.params.get("archive") if context.parent is not None else None
    settings = settings_of(archive or before_the_verb)
    with open_archive(settings) as store:
        if action:
            correct_series(store, action, documents, title)
        print_table(rounds_table(series_in(store), settings.lang))


def diff(
    before: Annotated[str | None, typer.Argument(help="รอบก่อน / earlier document", show_default=False)] = None,
    after: Annotated[str | None, typer.Argument(help="รอบนี้ / later document", show_default=False)] = None,
    latest: Annotated[bool, typer.Option("--latest", help="สองรอบล่าสุด / the two latest rounds")] = False,
    report: Annotated[Path | None, typer.Option("--report", help=".html .xlsx .docx .pdf .md .csv .json")] = None,
    by: Annotated[Literal["district"] | None, typer.Option("--by", help="แยกรายอำเภอ / one extract a district")] = None,
    digits: DigitsOption = "thai",
    deadline: Annotated[
        dt.date | None,
        typer.Option("--deadline", parser=parse_day, metavar="YYYY-MM-DD", help="กำหนดแล้วเสร็จ / day to be complete by"),
    ] = None,
    made_by: Annotated[str, typer.Option("--made-by", help="หน่วยงานผู้จัดทำ / the office that makes it")] = "",
    force: Annotated[bool, typer.Option("--force", help="แม้มีข้อผิดพลาด / despite error findings")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="ออกด้วยรหัส 7 เมื่อต่างกัน / exit code 7 when they differ")
    ] = False,
    archive: ArchiveOption = None,
) -> None:
    """เปรียบเทียบสองรอบ / changes between two rounds."""
    from commands.terminal.archive_tables import changes_table
    from commands.terminal.archive_tables import show as print_table
    from pipeline.comparing import Asked, choose_rounds, compare_rounds, write_report

    if report is None and (by or deadline or made_by):
        raise UsageError("--by --deadline --made-by ใช้กับ --report", "--by, --deadline and --made-by go with --report")
    settings = settings_of(archive)
    with open_archive(settings) as store:
        pair = choose_rounds(store, before, after, latest=latest)
        comparison = compare_rounds(pair, force=force, own=settings.bodies)
        if report is None:
            print_table(changes_table(comparison, settings.lang))
        else:
            asked = Asked(by_district=by is not None, digits=digits, made_by=made_by, deadline=deadline)
            for path in write_report(store, comparison, report, asked):
                say(settings, f"รายงาน: {path.resolve()}", f"report: {path.resolve()}")
    if exit_code and comparison.differs:
        raise ChangesFoundError(str(comparison.counts.total()))
