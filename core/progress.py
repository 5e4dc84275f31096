"""Progress as a protocol, so that libraries report it and only the command shows it."""

from typing import Protocol


class Progress(Protocol):
    """Told how far a long piece of work has come. Always on the coordinator, never in a worker."""

    def start(self, total: int, label: str) -> None:
        """Begin a piece of work of `total` steps."""

    def advance(self, label: str = "") -> None:
        """One step is done; `label` names what it was."""

    def finish(self) -> None:
        """The piece of work is over, done or not."""


class NullProgress:
    """Shows nothing."""

    def start(self, total: int, label: str) -> None:
        """Ignore."""

    def advance(self, label: str = "") -> None:
        """Ignore."""

    def finish(self) -> None:
        """Ignore."""
