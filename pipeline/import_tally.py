"""How far an import has come, in pages: what was read now counts, what was read before does not."""

import time
from collections.abc import Callable
from typing import Final

from pipeline.import_control import ImportEvent

_LEAST_PAGES: Final = 3
"""Pages that must be read before a rate is told: the first one loads the models."""
_LEAST_SECONDS: Final = 0.001
"""Seconds that a rate is told over at least, where the clock stood still."""
_NOT_READ: Final = ("unchanged", "skipped")
"""Results of entries that took no reading."""


class ImportTally:
    """Counts the steps of an import.

    Args:
        entries: How many entries there are.
        clock: Tells seconds.
    """

    def __init__(self, entries: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.entries = entries
        self.entries_done = 0
        self.pages = 0
        self.pages_done = 0
        self.doubts = 0
        self.current = ""
        self._opened = 0
        self._not_read = 0
        self._clock = clock
        self._start: float | None = None

    def add(self, event: ImportEvent) -> None:
        """Count a step."""
        if event.kind == "opened":
            self._start = self._clock() if self._start is None else self._start
            self._opened += 1
            self.pages += event.pages
        elif event.kind == "page":
            self.pages_done += 1
            self.current = f"{event.name} · {event.page}"
        else:
            self.entries_done += 1
            self.doubts += event.doubts
            self._not_read += event.result in _NOT_READ

    def rate(self) -> float | None:
        """Return pages a second, of those that were read now; None as long as it would be a guess."""
        if self._start is None or self.pages_done < _LEAST_PAGES:
            return None
        return self.pages_done / max(self._clock() - self._start, _LEAST_SECONDS)

    def pages_expected(self) -> int:
        """Return about how many pages there are in all: entries not opened yet are taken to be as those before."""
        fresh = self._opened / max(self._opened + self._not_read, 1)
        unopened = max(self.entries - self._opened - self._not_read, 0) * fresh
        return round(self.pages + unopened * self.pages / max(self._opened, 1))

    def seconds_left(self) -> float | None:
        """Return about how long the rest takes; None as long as it would be a guess."""
        rate = self.rate()
        return None if rate is None else max(self.pages_expected() - self.pages_done, 0) / rate
