"""The `saraban` command: one thin function a verb. No logic; heavy modules are imported where a verb needs them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from commands import desk
from commands.bodies import bodies
from commands.importing import import_
from commands.letters import DocumentArgument, thread
from commands.rounds import diff, export, rounds
from commands.session import ArchiveOption
from commands.session import open_archive as _open
from commands.session import settings_of as _settings
from core.errors import ExitCode, Language, SarabanError

if TYPE_CHECKING:
    from core.settings import Settings

app = typer.Typer(
    name="saraban",
    help="สารบรรณ: อ่านหนังสือราชการและบัญชีสถานะให้เป็นข้อมูลที่ตรวจสอบได้\n\n"
    "Thai official letters and status annexes: from scans to records that are checked.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)

FilesArgument = Annotated[list[Path], typer.Argument(help="ไฟล์หรือโฟลเดอร์ / files or folders", show_default=False)]


app.command("import")(import_)


def _fail_line(settings: "Settings", error: SarabanError) -> None:
    typer.echo(f"✗ [{error.slug}] {error.message(settings.lang)}\n  → {error.hint(settings.lang)}", err=True)


@app.command()
def read(
    files: FilesArgument,
    output: Annotated[str, typer.Option("--format", help="json (a line a file) | text")] = "json",
) -> None:
    """อ่านโดยไม่จัดเก็บ / files to records, nothing stored.

    ผลลัพธ์ออกทาง standard output / records go to standard output.
    """
    from core.errors import InputError, PartialError, UsageError
    from pipeline.reading import read_document, recognizer_of
    from pipeline.workers import LocalPool

    if output not in ("json", "text"):
        raise UsageError(f"--format {output}")
    settings = _settings()
    recognizer = recognizer_of(settings)
    errors: list[SarabanError] = []
    statuses: list[str] = []
    with LocalPool(settings.jobs) as pool:
        for path in files:
            try:
                document = read_document(path, settings, recognizer, pool.run)
            except InputError as error:
                errors.append(error)
                _fail_line(settings, error)
            else:
                statuses.append(document.status)
                typer.echo(document.model_dump_json() if output == "json" else document.text)
    unread = len(errors) + statuses.count("failed")
    if unread == len(files):
        raise typer.Exit(int(ExitCode.UNREADABLE))
    if unread or "partial" in statuses:
        raise PartialError(f"{unread + statuses.count('partial')}/{len(files)}")


@app.command("list")
def list_(archive: ArchiveOption = None) -> None:
    """รายการเอกสารในคลัง / the documents of the archive."""
    from commands.terminal.archive_tables import documents_table, show

    settings = _settings(archive)
    with _open(settings) as store:
        show(documents_table(store.documents(), settings.lang))


@app.command()
def show(
    document: DocumentArgument,
    archive: ArchiveOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="ระเบียนเต็ม / the whole record")] = False,
) -> None:
    """แสดงเอกสารหนึ่งฉบับ / one document of the archive."""
    from commands.terminal.archive_tables import document_tables, origins_table
    from commands.terminal.archive_tables import show as print_table
    from core.errors import NotFoundError

    settings = _settings(archive)
    with _open(settings) as store:
        record = store.document(document)
        origins = store.origins(record.source.sha256) if record is not None else []
    if record is None:
        raise NotFoundError(document)
    if as_json:
        typer.echo(record.model_dump_json(indent=2))
        return
    if origins:
        print_table(origins_table(origins, settings.lang))
    for table in document_tables(record, settings.lang):
        print_table(table)


@app.command()
def check(
    documents: Annotated[list[str] | None, typer.Argument(help="เอกสาร / documents; all when none is named")] = None,
    archive: ArchiveOption = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="เฉพาะกฎ / these rules alone, such as T01")] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", help="error | warning | info: และที่ร้ายแรงกว่า / at least")
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", help="error | warning | info: ออกด้วยรหัส 6 / exit code 6")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="ทุกกฎรวมที่ผ่าน / also the rules that passed")] = False,
    output: Annotated[str, typer.Option("--format", help="table | json | csv | html | junit")] = "table",
) -> None:
    """ตรวจตามกฎ / hold documents against the rules."""
    from commands.terminal.archive_tables import show as print_table
    from commands.terminal.archive_tables import verdicts_table
    from core.errors import RuleViolationError, UsageError
    from pipeline.checking import at_least, judge
    from pipeline.crops import Crops
    from reports.check_report import FORMATS, CheckedDocument, CheckOptions, write_check

    if output != "table" and output not in FORMATS:
        raise UsageError(f"--format {output}: table {' '.join(FORMATS)}")
    failing = at_least(fail_on) if fail_on else frozenset()
    settings = _settings(archive)
    with _open(settings) as store:
        found = [CheckedDocument(*each) for each in judge(store, documents or [], settings, rule or [], severity)]
        options = CheckOptions(settings.lang, every, Crops(store, settings.limits))
        text = write_check(output, found, options) if output in FORMATS else ""
    if output == "table":
        for one in found:
            print_table(verdicts_table(one.document, one.verdicts, settings.lang, every=every))
    else:
        typer.echo(text, nl=False)
    violated = [v for one in found for v in one.verdicts if v.outcome == "violated" and v.severity in failing]
    if violated:
        raise RuleViolationError(str(len(violated)))


app.command()(thread)
app.command()(rounds)
app.command()(diff)
app.command()(export)
app.command("set")(desk.set_)
app.command()(desk.settle)
app.command()(desk.undo)
app.command()(desk.search)
app.command()(desk.serve)
app.command()(desk.watch)
app.add_typer(bodies, name="bodies")


@app.command()
def schema() -> None:
    """โครงสร้างระเบียน / the JSON Schema of the record."""
    import json

    from models.document import Document

    typer.echo(json.dumps(Document.model_json_schema(by_alias=True), ensure_ascii=False, indent=2))


@app.command()
def doctor() -> None:
    """ตรวจความพร้อม / is all installed, are ๐–๙ read."""
    from core.errors import MissingToolError
    from pipeline.doctor import examine

    settings = _settings()
    checks = examine(settings)
    for item in checks:
        typer.echo(f"{'✓' if item.good else '✗'} {item.name}: {item.found}")
        if not item.good and item.hint:
            typer.echo(f"  → {item.hint}")
    if not all(item.good for item in checks):
        raise MissingToolError(", ".join(item.name for item in checks if not item.good))


def _end_with(error: SarabanError) -> NoReturn:
    import os

    language: Language = "en" if os.environ.get("SARABAN_LANG") == "en" else "th"
    typer.echo(f"✗ [{error.slug}] {error.message(language)}\n  → {error.hint(language)}", err=True)
    sys.exit(int(error.exit_code))


def main() -> None:
    """Run the command and turn every ending into the exit code of the design."""
    try:
        sys.exit(app(standalone_mode=False) or int(ExitCode.OK))
    except SarabanError as error:
        _end_with(error)
    except typer.Exit as ending:
        sys.exit(ending.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(int(ExitCode.INTERRUPTED))
    except Exception as error:  # noqa: BLE001 - the last net: a bug ends with its own exit code, not a traceback
        _end_unforeseen(error)


def _end_unforeseen(error: Exception) -> NoReturn:
    import os

    if type(error).__module__.startswith(("click", "typer")) and hasattr(error, "show"):
        error.show()
        sys.exit(int(ExitCode.USAGE))
    if os.environ.get("SARABAN_DEBUG"):
        raise error
    from core.errors import SarabanError as Unforeseen

    _end_with(Unforeseen(f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()
