"""Verbs about rounds: which there are, correcting them and the series they form, and what changed between two."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.session import (
    ArchiveOption,
    DigitsOption,
    DocumentArgument,
    JsonOption,
    load_settings,
    open_archive,
    say,
)
from core.errors import ChangesFoundError, UsageError

if TYPE_CHECKING:
    from core.settings import Settings
    from store.archive import Archive

rounds = typer.Typer(
    invoke_without_command=True,
    help="ชุดบัญชีและรอบ แก้ไขได้ / series of annexes and their rounds; A#2 names the second annex of a document",
)
ReasonOption = Annotated[str, typer.Option("--reason", help="เหตุผล เก็บไว้ / why; it is kept")]


@rounds.callback()
def list_rounds(context: typer.Context, archive: ArchiveOption = None, as_json: JsonOption = False) -> None:
    """ชุดบัญชีและรอบ แก้ไขได้ / series of annexes and their rounds; A#2 names the second annex of a document."""
    if context.invoked_subcommand is not None:
        return
    if as_json:
        _print_rounds(archive)
    else:
        _correct(context, archive, lambda *_: None)


def _print_rounds(archive: Path | None) -> None:
    """Print one object a round, with how many rows of each status it has."""
    from pipeline.comparing import series_in
    from reports.grouping import tally

    with open_archive(load_settings(archive)) as store:
        found = series_in(store)
    for series in found:
        for one in series.rounds:
            counts = tally(one.rows)
            facts = one.model_dump(mode="json", exclude={"rows"}) | {"complete": counts.complete, "total": counts.total}
            typer.echo(json.dumps(facts, ensure_ascii=False))


@rounds.command()
def merge(
    context: typer.Context, one: DocumentArgument, other: DocumentArgument, archive: ArchiveOption = None
) -> None:
    """รวมรอบของสองเอกสารเป็นชุดเดียวกัน / make one series of those of two documents."""
    _correct_series(context, archive, "merge", one, other)


@rounds.command()
def split(context: typer.Context, document: DocumentArgument, archive: ArchiveOption = None) -> None:
    """แยกรอบของเอกสารเป็นชุดของตนเอง / make a series of its own of one document's round."""
    _correct_series(context, archive, "split", document)


@rounds.command()
def rename(
    context: typer.Context,
    document: DocumentArgument,
    title: Annotated[str, typer.Option("--title", help="ชื่อชุดใหม่ / new name", show_default=False)],
    archive: ArchiveOption = None,
) -> None:
    """เปลี่ยนชื่อชุด / give the series of a document another name."""
    _correct_series(context, archive, "rename", document, title=title)


@rounds.command()
def remove(
    context: typer.Context, document: DocumentArgument, reason: ReasonOption = "", archive: ArchiveOption = None
) -> None:
    """นำรอบออกจากการเปรียบเทียบ / leave the rounds of a document out of their series."""
    from pipeline.comparing import correct_rounds

    def run(store: "Archive", settings: "Settings") -> None:
        count = correct_rounds(store, "remove", document, reason)
        say(settings, f"นำออก {count} รอบ", f"{count} rounds removed")

    _correct(context, archive, run)


@rounds.command()
def restore(
    context: typer.Context, document: DocumentArgument, reason: ReasonOption = "", archive: ArchiveOption = None
) -> None:
    """นำรอบที่นำออกกลับ / take removed rounds back."""
    from pipeline.comparing import correct_rounds

    def run(store: "Archive", settings: "Settings") -> None:
        count = correct_rounds(store, "restore", document, reason)
        say(settings, f"นำกลับ {count} รอบ", f"{count} rounds restored")

    _correct(context, archive, run)


@rounds.command("date")
def date_rounds(
    context: typer.Context,
    document: DocumentArgument,
    day: Annotated[
        str,
        typer.Argument(help="วันที่ของข้อมูล เช่น 30/6/2564 / day of the data: 30/6/2564, 2021-06-30", show_default=False),
    ],
    reason: ReasonOption = "",
    archive: ArchiveOption = None,
) -> None:
    """กำหนดวันที่ของข้อมูล / say the day of the data of a document's rounds."""
    from pipeline.comparing import correct_rounds
    from thai.typed_dates import parse_typed_day

    meant = parse_typed_day(day, "date", whole_years=True)

    def run(store: "Archive", settings: "Settings") -> None:
        count = correct_rounds(store, "date", document, reason, meant)
        say(settings, f"กำหนดวันที่ใหม่ {count} รอบ: {meant}", f"{count} rounds dated anew: {meant}")

    _correct(context, archive, run)


def _correct_series(
    context: typer.Context, archive: Path | None, action: str, *documents: str, title: str = ""
) -> None:
    from pipeline.comparing import correct_series

    _correct(context, archive, lambda store, _: correct_series(store, action, documents, title))


def _correct(context: typer.Context, archive: Path | None, run: 'Callable[["Archive", "Settings"], None]') -> None:
    """Correct the rounds of the archive, and print what they are then."""
    from commands.terminal.archive_tables import rounds_table
    from commands.terminal.archive_tables import show as print_table
    from pipeline.comparing import series_in

    before_the_verb = context.parent.params.get("archive") if context.parent is not None else None
    settings = load_settings(archive or before_the_verb)
    with open_archive(settings) as store:
        run(store, settings)
        print_table(rounds_table(series_in(store), settings.lang))


def diff(
    before: Annotated[str | None, typer.Argument(help="เอกสารรอบก่อน / earlier document", show_default=False)] = None,
    after: Annotated[str | None, typer.Argument(help="เอกสารรอบนี้ / later document", show_default=False)] = None,
    province: Annotated[str | None, typer.Option("--province", help="เฉพาะจังหวัด / one province of several")] = None,
    latest: Annotated[bool, typer.Option("--latest", help="สองรอบล่าสุด / the two latest rounds")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="ไฟล์รายงาน / file: .html .xlsx .docx .pdf .md .csv .json")
    ] = None,
    by: Annotated[
        Literal["district"] | None, typer.Option("--by", help="แยกไฟล์รายอำเภอ / one extract a district")
    ] = None,
    digits: DigitsOption = "thai",
    deadline: Annotated[
        str | None,
        typer.Option("--deadline", help="กำหนดแล้วเสร็จ เช่น 30/6/2564 / day to be complete by: 30/6/2564, 2021-06-30"),
    ] = None,
    made_by: Annotated[str, typer.Option("--made-by", help="หน่วยงานผู้จัดทำ / the office that makes it")] = "",
    force: Annotated[bool, typer.Option("--force", help="เปรียบเทียบแม้มีข้อผิดพลาด / despite error findings")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="การเปลี่ยนแปลงเป็น JSON / the changes as JSON")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="จบด้วยรหัส 7 เมื่อต่างกัน / exit code 7 when they differ")
    ] = False,
    archive: ArchiveOption = None,
) -> None:
    """เปรียบเทียบสองรอบ และจัดทำรายงาน / changes between two rounds.

    saraban diff --latest --report changes.html --deadline 30/6/2564
    """
    from commands.terminal.archive_tables import changes_table
    from commands.terminal.archive_tables import show as print_table
    from pipeline.comparing import ReportOptions, choose_rounds, compare_rounds, rounds_before, write_report
    from thai.typed_dates import parse_typed_day

    if report is None and (by or deadline or made_by):
        raise UsageError("--by --deadline --made-by ใช้กับ --report", "--by, --deadline and --made-by go with --report")
    day = parse_typed_day(deadline, "--deadline") if deadline is not None else None
    settings = load_settings(archive)
    with open_archive(settings) as store:
        pair = choose_rounds(store, before, after, latest=latest, province=province)
        comparison = compare_rounds(pair, force=force, own=settings.bodies)
        if as_json:
            for change in comparison.changes:
                typer.echo(change.model_dump_json())
        elif report is None:
            print_table(changes_table(comparison, settings.lang))
        else:
            asked = ReportOptions(by is not None, digits, made_by, deadline=day, office=settings.office)
            for path in write_report(store, comparison, report, asked, rounds_before(store, pair)):
                say(settings, f"รายงาน: {path.resolve()}", f"report: {path.resolve()}")
    if exit_code and comparison.differs:
        raise ChangesFoundError(str(comparison.counts.total()))
