"""The `saraban` command: one thin function a verb. No logic; heavy modules are imported where a verb needs them."""

import errno
import gc
import logging
import os
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from commands.accounts import accounts
from commands.archive import archive
from commands.bodies import bodies
from commands.checks import check
from commands.deciding import set_, settle, undo
from commands.documents import list_, read, show
from commands.exports import export
from commands.help_language import speak
from commands.importing import import_, watch
from commands.keeping import quarantine, remove, reread, retry, status
from commands.letters import thread
from commands.registers import register
from commands.rounds import diff, rounds
from commands.searching import search
from commands.serving import serve
from commands.session import JsonOption, note_log_options, print_json
from commands.session import load_settings as _settings
from commands.statuses import statuses
from commands.terminal.standard_streams import prepare_streams
from commands.usage_errors import explain_usage, find_command_path
from core.errors import ExitCode, SarabanError, UsageError
from core.language import find_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.doctor import Check

app = typer.Typer(
    name="saraban",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_logger = logging.getLogger("saraban")
_COLLECTED_AFTER = 50_000
"""Objects after which Python looks for cycles among the new ones; at its own 700 that is a tenth of every start."""


def _show_version(value: bool) -> None:  # noqa: FBT001 - as Typer calls it
    if value:
        from importlib.metadata import version

        typer.echo(f"saraban {version('saraban')}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[  # noqa: ARG001 - `_show_version` has answered it
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="แสดงรุ่นของโปรแกรม / show the version"),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="แสดงขั้นตอนการทำงาน / tell what goes on [SARABAN_VERBOSE]")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="บันทึกการทำงานเป็น JSON / the log as JSON lines [SARABAN_LOG_JSON]")
    ] = False,
) -> None:
    """อ่านหนังสือราชการและบัญชีสถานะให้เป็นข้อมูลที่ตรวจสอบได้ / Thai official letters and annexes: from scans to records.

    เริ่มต้น: saraban import โฟลเดอร์ แล้ว saraban serve / begin with: saraban import FOLDER, then saraban serve

    ภาษา SARABAN_LANG=th การตั้งค่า SARABAN_SETTINGS=ไฟล์ / language: SARABAN_LANG=en; settings: SARABAN_SETTINGS=FILE

    แจ้งข้อผิดพลาดโดยละเอียด SARABAN_DEBUG=1 / tracebacks: SARABAN_DEBUG=1
    """
    note_log_options(verbose=verbose, log_json=log_json)


app.command("import")(import_)
app.command()(status)
app.command()(retry)
app.command()(reread)
app.command()(quarantine)
app.command()(remove)
app.add_typer(archive, name="archive")

app.command()(read)
app.command("list")(list_)
app.command()(show)
app.command()(check)
app.command()(thread)
app.add_typer(rounds, name="rounds")
app.command()(diff)
app.command()(export)
app.add_typer(register, name="register")
app.command("set")(set_)
app.command()(settle)
app.command()(undo)
app.command()(search)
app.command()(serve)
app.command()(watch)
app.add_typer(accounts, name="accounts")
app.add_typer(bodies, name="bodies")
app.add_typer(statuses, name="statuses")


@app.command()
def schema() -> None:
    """โครงสร้างข้อมูลเป็น JSON Schema / the JSON Schema of the record."""
    import json

    from models.document import Document

    typer.echo(json.dumps(Document.model_json_schema(by_alias=True), ensure_ascii=False, indent=2))


@app.command()
def doctor(
    promise: Annotated[
        bool,
        typer.Option("--promise", help="บอกว่าค่าที่ไม่ขอให้ตรวจทานผิดได้เพียงใด / how often is what asks nothing wrong?"),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """ตรวจความพร้อมของเครื่องและแบบจำลอง / is all installed, are ๐–๙ read?"""
    from pipeline.doctor import NotReadyError, describe_promises, examine

    settings = _settings()
    if promise:
        for sentence in describe_promises(settings):
            typer.echo(sentence)
        return
    checks = examine(settings)
    if as_json:
        print_json(checks)
    else:
        _print_checks(checks)
    missing = [item.name for item in checks if not item.good and not item.optional]
    if missing:
        raise NotReadyError(", ".join(missing))


def _print_checks(checks: "Iterable[Check]") -> None:
    for item in checks:
        typer.echo(f"{'✓' if item.good else '–' if item.optional else '✗'} {item.name}: {item.found}")
        if not item.good and item.hint:
            typer.echo(f"  → {item.hint}")


def _end_with(error: SarabanError) -> NoReturn:
    from commands.terminal.messages import describe_error, tell

    text = describe_error(error, find_language())
    if isinstance(error, UsageError):  # the general hint names the command that was asked for
        path = find_command_path(typer.main.get_command(app), sys.argv[1:])
        text = text.replace("saraban --help", f"{path} --help")
    tell(text)
    sys.exit(int(error.exit_code))


def main() -> None:
    """Run the command and turn every ending into the exit code of the design."""
    prepare_streams()
    gc.set_threshold(_COLLECTED_AFTER)
    try:
        command = typer.main.get_command(app)
        speak(command, find_language())
        code = command(prog_name="saraban", standalone_mode=False) or int(ExitCode.OK)
        sys.stdout.flush()  # here, where what goes wrong can still be said
        sys.exit(code)
    except SarabanError as error:
        _logger.debug("ended by %s", error.slug, exc_info=error)
        _end_with(error)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EPIPE):
            _end_unforeseen(error)
        _end_without_output(error)
    except typer.Exit as ending:
        sys.exit(ending.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("✗ หยุดตามคำสั่ง" if find_language() == "th" else "✗ interrupted", err=True)
        sys.exit(int(ExitCode.INTERRUPTED))
    except Exception as error:  # noqa: BLE001 - the last net: a bug ends with its own exit code, not a traceback
        _end_unforeseen(error)


def _end_without_output(error: OSError) -> NoReturn:
    """End where standard output takes no more: quietly where its reader, such as `head`, had enough."""
    from core.errors import UnwritableError

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries once more at its end
    if error.errno == errno.EPIPE:
        sys.exit(int(ExitCode.BUG))  # as Click ends where it notices first
    _end_with(UnwritableError.from_system("stdout", error))


def _end_unforeseen(error: Exception) -> NoReturn:
    from core.settings import is_debugging

    if type(error).__module__.startswith(("click", "typer")) and hasattr(error, "show"):
        from commands.terminal.messages import tell

        tell(explain_usage(error, find_language()))
        sys.exit(int(ExitCode.USAGE))
    if is_debugging():
        raise error
    _logger.info("a fault of the program", exc_info=error)
    _end_with(SarabanError(f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()
