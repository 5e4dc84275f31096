"""The verb that holds documents against the rules."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.session import ArchiveOption, open_archive, settings_of
from core.errors import RuleViolationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.errors import Language
    from reports.check_report import Judged, Picture

SeverityName = Literal["error", "warning", "info"]
OutputName = Literal["table", "json", "csv", "html", "junit"]


def check(
    documents: Annotated[list[str] | None, typer.Argument(help="เอกสาร / documents; all when none is named")] = None,
    archive: ArchiveOption = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="เฉพาะกฎ / these rules alone, such as T01")] = None,
    severity: Annotated[
        SeverityName | None, typer.Option("--severity", help="ระดับนี้และที่ร้ายแรงกว่า / this severity at least")
    ] = None,
    fail_on: Annotated[
        SeverityName | None, typer.Option("--fail-on", help="ออกด้วยรหัส 6 เมื่อไม่ผ่าน / exit code 6 when violated")
    ] = None,
    include_passed: Annotated[bool, typer.Option("--all", help="ทุกกฎรวมที่ผ่าน / also the rules that passed")] = False,
    output: Annotated[OutputName, typer.Option("--format", help="รูปแบบผลลัพธ์ / format")] = "table",
) -> None:
    """ตรวจตามกฎ / hold documents against the rules."""
    from pipeline.checking import at_least, judge
    from pipeline.crops import Crops
    from reports.check_report import Judged

    settings = settings_of(archive)
    failing = at_least(fail_on) if fail_on else frozenset()
    with open_archive(settings) as store:
        judged = [Judged(*pair) for pair in judge(store, documents or [], settings, rule or [], severity)]
        _write(judged, output, settings.lang, Crops(store, settings.limits), include_passed=include_passed)
    verdicts = [verdict for one in judged for verdict in one.verdicts]
    violated = [each for each in verdicts if each.outcome == "violated" and each.severity in failing]
    if violated:
        raise RuleViolationError(str(len(violated)))


def _write(
    judged: "Sequence[Judged]", output: OutputName, language: "Language", picture: "Picture", *, include_passed: bool
) -> None:
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.archive_tables import verdicts_table
    from reports import check_report

    if output == "table":
        for one in judged:
            print_table(verdicts_table(one.document, one.verdicts, language, every=include_passed))
    elif output == "json":
        for one in judged:
            typer.echo(check_report.as_json(one))
    elif output == "csv":
        typer.echo(check_report.as_csv(judged, language, every=include_passed), nl=False)
    elif output == "html":
        typer.echo(check_report.as_html(judged, language, every=include_passed, picture=picture))
    else:
        typer.echo(check_report.as_junit(judged, language), nl=False)
