"""What every verb begins with: the settings, the log, the archive, and lines for the person at the keyboard."""

from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.settings import Settings
    from store.archive import Archive

ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="โฟลเดอร์คลัง / folder of the archive [SARABAN_ARCHIVE]")
]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="จำนวนกระบวนการ / worker processes [SARABAN_JOBS]")
]
DigitsOption = Annotated[Literal["thai", "arabic"], typer.Option("--digits", help="ตัวเลขที่แสดง / digits shown")]
WhyOption = Annotated[str, typer.Option("--why", help="เหตุผล เก็บไว้กับคำวินิจฉัย / the reason, kept with the decision")]
PersonOption = Annotated[
    str | None, typer.Option("--as", help="ชื่อผู้วินิจฉัย / who decides; without, the user of this machine")
]
DocumentArgument = Annotated[
    str,
    typer.Argument(
        help="ชื่อไฟล์ ที่มา หรือรหัสเอกสาร / file name, path it came from, or first digits of the SHA-256", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON รายการละบรรทัด / JSON, one object a line")]
FilesArgument = Annotated[
    list[Path], typer.Argument(help="ไฟล์ โฟลเดอร์ หรือไฟล์ ZIP / files, folders, ZIP", show_default=False)
]


_LOG_OPTIONS: ContextVar[Mapping[str, bool]] = ContextVar("log options", default=MappingProxyType({}))
"""What stood before the verb on the command line, over the settings of the same name."""


def note_log_options(*, verbose: bool, log_json: bool) -> None:
    """Keep what the command line says of the log until a verb loads the settings."""
    _LOG_OPTIONS.set({name: True for name, on in (("verbose", verbose), ("log_json", log_json)) if on})


def load_settings(archive: Path | None = None, jobs: int | None = None) -> "Settings":
    """Return the settings, with what the command line says over them, and begin the log that they ask for.

    Raises:
        UsageError: A setting is not valid.
    """
    from core.logs import set_up_logs
    from core.settings import Settings

    _tell_unknown_variables(Settings)
    chosen = {**_LOG_OPTIONS.get(), "archive": archive, "jobs": jobs}
    settings = Settings.load().model_copy(update={name: value for name, value in chosen.items() if value is not None})
    set_up_logs(verbose=settings.verbose, debug=settings.debug, log_json=settings.log_json)
    return settings


@cache
def _tell_unknown_variables(settings: "type[Settings]") -> None:
    """Say once which variables of the environment are no settings: a misspelt SARABAN_ARCHIVE is no small matter."""
    from core.language import find_language
    from core.setting_errors import find_unknown_variables

    for th, en in find_unknown_variables(settings.model_fields):
        thai = find_language() == "th"
        typer.echo(f"! ไม่มีค่ากำหนดชื่อนี้ จึงไม่ได้ใช้: {th}" if thai else f"! no such setting, not used: {en}", err=True)


def open_archive(settings: "Settings", *, create: bool = False) -> "Archive":
    """Open the archive that the settings name.

    Raises:
        StoreError: There is none, or it cannot be opened.
    """
    from store.archive import Archive

    return Archive.open(settings.archive, create, settings.database)


def print_json(records: "Iterable[object]") -> None:
    """Write records on standard output as JSON, one object a line."""
    from pydantic_core import to_json

    for record in records:
        typer.echo(to_json(record).decode())


def say(settings: "Settings", th: str, en: str) -> None:
    """Write a line on standard error, in the language of the person."""
    typer.echo(th if settings.lang == "th" else en, err=True)
