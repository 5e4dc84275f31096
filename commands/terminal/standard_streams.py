"""Standard input, output and error as a command needs them: there, and never the end of its work."""

import os
import sys
from contextlib import suppress
from typing import Any, Final, TextIO, cast

_MODES: Final = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


class _Forgiving:
    """Standard error that takes what it can: where its disk is full, the work goes on untold."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a stream has
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, or lose, a text."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Write, or lose, what was kept back."""
        with suppress(OSError):
            self._stream.flush()


def prepare_streams() -> None:
    """Open what was closed beforehand (`>&-`), so that no file takes its place; let errors be told or lost."""
    for name, mode in _MODES:
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
    sys.stderr = cast("TextIO", _Forgiving(sys.stderr))
