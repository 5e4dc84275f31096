"""`saraban import`: what a person says of the files, a line for each, and the account of them all."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import ArchiveOption, open_archive, say, settings_of

if TYPE_CHECKING:
    from core.settings import Settings
    from parsers.annex.workbook_annexes import TableFacts
    from pipeline.import_outcome import Outcome


def import_(
    paths: Annotated[list[Path], typer.Argument(help="ไฟล์ โฟลเดอร์ ZIP / files, folders, ZIP", show_default=False)],
    archive: ArchiveOption = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="จำนวนกระบวนการ / worker processes")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="ข้อมูลตาราง ณ / day of the tables: 2565, 2022-12-31, ๓๑ ธ.ค. ๒๕๖๕")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="เรื่องของตาราง / what the tables are about")] = None,
    province: Annotated[str | None, typer.Option("--province", help="จังหวัดของทุกแถว / of all their rows")] = None,
    columns: Annotated[Path | None, typer.Option("--columns", help="TOML: name = “หัวคอลัมน์” / header by role")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="รายการละบรรทัด / an entry a line, then the sums")] = False,
) -> None:
    """นำเข้าคลัง / files, folders and ZIP files into the archive; every entry that was met is accounted for.

    ทำซ้ำได้ ไฟล์ที่ทำแล้วจะข้าม / may be repeated: what is done already is skipped.
    """
    from commands.terminal.progress_bar import progress_bar
    from core.errors import ExitCode, PartialError
    from pipeline.import_outcome import ImportSummary
    from pipeline.importing import import_files
    from pipeline.reading import recognizer_of

    settings = settings_of(archive, jobs)
    facts = _facts(settings, as_of, title, province, columns)
    recognizer = recognizer_of(settings)
    summary = ImportSummary()
    with open_archive(settings, create=True) as store:
        for outcome in import_files(paths, store, settings, recognizer, progress_bar(), facts):
            summary.add(outcome)
            if as_json:
                typer.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
            _tell(settings, outcome)
    if as_json:
        typer.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    else:
        from commands.terminal.import_table import print_summary

        print_summary(summary, settings.lang)
    code = summary.exit_code
    if code is ExitCode.PARTIAL:
        raise PartialError(f"{summary.met - summary.good}/{summary.met}")
    if code is not ExitCode.OK:
        raise typer.Exit(int(code))


def _facts(
    settings: "Settings", as_of: str | None, title: str | None, province: str | None, columns: Path | None
) -> "TableFacts":
    from core.errors import UsageError
    from gazetteer.register import load
    from parsers.annex.workbook_annexes import TableFacts
    from pipeline.data_files import read_columns
    from thai.typed_dates import parse_typed_day

    if province is not None and province not in load(settings.bodies).districts:
        raise UsageError(f"--province {province}: ไม่มีจังหวัดนี้ / no such province")
    return TableFacts(
        as_of=parse_typed_day(as_of, "--as-of", whole_years=True) if as_of else None,
        title=title,
        province=province,
        columns=read_columns(columns) if columns else None,
    )


def _tell(settings: "Settings", outcome: "Outcome") -> None:
    """Write a line about an entry; those that were skipped are counted at the end."""
    from commands.terminal.import_table import describe, describe_error
    from pipeline.import_outcome import Result

    if outcome.error is not None:
        typer.echo(describe_error(outcome, settings.lang), err=True)
    elif outcome.result is not Result.SKIPPED or outcome.skipped not in ("system_file", "repeated"):
        say(settings, describe(outcome, "th"), describe(outcome, "en"))
