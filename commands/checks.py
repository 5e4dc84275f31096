"""The verb that holds documents against the rules."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.session import ArchiveOption, load_settings, open_archive, say
from core.errors import RuleViolationError

if TYPE_CHECKING:
    from core.settings import Settings
    from reports.check_report import CheckedDocument

SeverityName = Literal["error", "warning", "info"]
OutputName = Literal["table", "json", "csv", "html", "junit"]


def check(
    documents: Annotated[
        list[str] | None, typer.Argument(help="เอกสาร ไม่ระบุคือทั้งหมด / documents; all when none is named")
    ] = None,
    archive: ArchiveOption = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="เฉพาะกฎนี้ เช่น T01 / these rules alone, such as T01")
    ] = None,
    severity: Annotated[
        SeverityName | None, typer.Option("--severity", help="ระดับนี้และที่ร้ายแรงกว่า / this severity at least")
    ] = None,
    fail_on: Annotated[
        SeverityName | None,
        typer.Option("--fail-on", help="จบด้วยรหัส 6 เมื่อเอกสารไม่ผ่าน / exit code 6 on faults of a paper"),
    ] = None,
    include_passed: Annotated[
        bool, typer.Option("--all", help="แสดงทุกกฎ รวมที่ผ่าน / also the rules that passed")
    ] = False,
    output: Annotated[OutputName, typer.Option("--format", help="รูปแบบผลลัพธ์ / form of the output")] = "table",
    as_json: Annotated[bool, typer.Option("--json", help="เหมือน --format json / the same as --format json")] = False,
) -> None:
    """ตรวจเอกสารตามกฎ ร้ายแรงที่สุดก่อน / hold documents against the rules, the worst findings first.

    saraban check --severity error
    """
    from models.finding import is_fault
    from pipeline.checking import at_least, judge
    from pipeline.crops import Crops
    from reports.check_report import CheckedDocument, CheckOptions, write_check

    settings = load_settings(archive)
    output = "json" if as_json else output
    failing = at_least(fail_on) if fail_on else frozenset()
    with open_archive(settings) as store:
        judged = [CheckedDocument(*pair) for pair in judge(store, documents or [], settings, rule or [], severity)]
        if output != "table":
            options = CheckOptions(settings.lang, include_passed, Crops(store, settings.limits))
            typer.echo(write_check(output, judged, options), nl=False)
    if output == "table":
        _print_tables(judged, settings, every=include_passed)
    findings = [finding for one in judged for verdict in one.verdicts for finding in verdict.findings]
    faults = sum(is_fault(finding) and finding.severity in failing for finding in findings)
    if faults:
        raise RuleViolationError(str(faults))


def _print_tables(judged: "list[CheckedDocument]", settings: "Settings", *, every: bool) -> None:
    """Print what was found of each document; those of which nothing was are named in one line."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.archive_tables import verdicts_table

    quiet = []
    for one in judged:
        table = verdicts_table(one.document, one.verdicts, settings.lang, every=every)
        if table.row_count:
            print_table(table)
        else:
            quiet.append(one.document.source.name)
    if quiet:
        names = ", ".join(quiet)
        say(settings, f"ไม่มีกฎที่ไม่ผ่าน: {names}", f"no rule is violated: {names}")
