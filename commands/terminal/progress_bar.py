"""Progress on the terminal: a bar on standard error, and nothing where that is no terminal."""

import sys

from core.progress import NullProgress, Progress


def progress_bar() -> Progress:
    """Return a bar for a person, or what shows nothing for a script."""
    return _Bar() if sys.stderr.isatty() else NullProgress()


class _Bar:
    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=None)

    def start(self, total: int, label: str) -> None:
        self._bar.update(self._task, total=total, description=label)
        self._bar.start()

    def advance(self, label: str = "") -> None:
        self._bar.update(self._task, advance=1, description=label[-40:])

    def finish(self) -> None:
        self._bar.stop()
