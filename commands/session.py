"""What every verb begins with: the settings, the archive, and a line for the person at the keyboard."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from core.settings import Settings
    from store.archive import Archive

ArchiveOption = Annotated[
    Path | None, typer.Option("--archive", help="โฟลเดอร์คลัง / folder of the archive [SARABAN_ARCHIVE]")
]


def settings_of(archive: Path | None = None, jobs: int | None = None) -> "Settings":
    """Return the settings, with what the command line says over them.

    Raises:
        UsageError: A setting is not valid.
    """
    from core.settings import Settings

    chosen = Settings.load()
    return chosen.model_copy(update={k: v for k, v in (("archive", archive), ("jobs", jobs)) if v is not None})


def open_archive(settings: "Settings", *, create: bool = False) -> "Archive":
    """Open the archive that the settings name.

    Raises:
        StoreError: There is none, or it cannot be opened.
    """
    from store.archive import Archive

    return Archive.open(settings.archive, create)


def say(settings: "Settings", th: str, en: str) -> None:
    """Write a line on standard error, in the language of the person."""
    typer.echo(th if settings.lang == "th" else en, err=True)
