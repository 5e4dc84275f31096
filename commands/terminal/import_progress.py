"""An import while it runs: a live line on a terminal, plain lines elsewhere, or events as JSON in the log."""

import logging
import sys
from typing import TYPE_CHECKING, Any, Final

import typer

from pipeline.import_control import ImportEvent
from pipeline.import_tally import ImportTally

if TYPE_CHECKING:
    from core.settings import Settings

_LOG = logging.getLogger(__name__)
_PAGES_A_LINE: Final = 100
"""Pages between two plain lines: one every ten minutes of an office computer or so."""


class ImportProgress:
    """Shows the steps of an import; it is its `core.progress.Progress` and takes note of its events."""

    def __init__(self, settings: "Settings") -> None:
        self._thai = settings.lang == "th"
        self._tally = ImportTally(0)
        self._live: Any = None

    def start(self, total: int, label: str) -> None:  # noqa: ARG002 - as the protocol has it
        """Begin with so many entries."""
        self._tally = ImportTally(total)
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.status import Status

            self._live = Status("", console=Console(stderr=True))
            self._live.start()

    def advance(self, label: str = "") -> None:
        """An entry is done; `note` counts it."""

    def note(self, event: ImportEvent) -> None:
        """Count a step and show it."""
        self._tally.add(event)
        told = {"kind": event.kind, "name": event.name, "page": event.page, "result": event.result}
        _LOG.info("%s %s", event.kind, event.name, extra={"event": {k: v for k, v in told.items() if v is not None}})
        if self._live is not None:
            from rich.text import Text

            self._live.update(Text(describe_tally(self._tally, thai=self._thai)))
        elif event.kind == "page" and self._tally.pages_done % _PAGES_A_LINE == 0:
            typer.echo(describe_tally(self._tally, thai=self._thai), err=True)

    def finish(self) -> None:
        """The import is over."""
        if self._live is not None:
            self._live.stop()


def describe_tally(tally: ImportTally, *, thai: bool) -> str:
    """Return a line about how far an import has come."""
    rate, left = tally.rate(), tally.seconds_left()
    pages = f"{tally.pages_done:,}/~{tally.pages_expected():,}"
    speed = ""
    if rate is not None and left is not None:
        speed = f" · {60 * rate:.0f}/{'นาที' if thai else 'min'} · {_span(left, thai=thai)}"
    if thai:
        head = f"หน้า {pages} · ไฟล์ {tally.entries_done:,}/{tally.entries:,} · ต้องตรวจ {tally.doubts:,}"
    else:
        head = f"pages {pages} · files {tally.entries_done:,}/{tally.entries:,} · doubts {tally.doubts:,}"
    return f"{head}{speed}" + (f" · {tally.current}" if tally.current else "")


def _span(seconds: float, *, thai: bool) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "ไม่ถึง 1 นาที" if thai else "less than a minute left"
    hours, minutes = divmod(minutes, 60)
    if thai:
        return f"เหลือ {hours} ชม. {minutes} นาที" if hours else f"เหลือ {minutes} นาที"
    return f"{hours} h {minutes} min left" if hours else f"{minutes} min left"
