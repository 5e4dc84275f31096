"""Thai text in a cell of the terminal: broken and cut between syllables, for Thai has no spaces between words."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.containers import Lines
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod

_THAI: Final = re.compile("[ก-๎]")
_ELLIPSIS: Final = "…"
_OPENING: Final = "([“‘"
_CLOSING: Final = ")]”’ฯๆ,.;:"
"""What no line begins with; what opens does not end one."""


class SyllableText(Text):
    """Text that is broken into lines between syllables, or stays on one line and is cut there with an ellipsis."""

    def __init__(self, text: str, *, one_line: bool = False) -> None:
        super().__init__(text)
        self._one_line = one_line

    def wrap(
        self,
        console: "Console",
        width: int,
        *,
        justify: "JustifyMethod | None" = None,
        overflow: "OverflowMethod | None" = None,
        tab_size: int = 8,  # noqa: ARG002 - there are no tabs in a cell
        no_wrap: bool | None = None,
    ) -> Lines:
        """Return the lines of the text, none wider than the cell."""
        lines = Lines()
        for line in self.plain.split("\n"):
            if cell_len(line) <= width:
                lines.append(Text(line))
            elif self._one_line or no_wrap:
                lines.append(Text(cut(line, width)))
            else:
                lines.extend(Text(part) for part in break_lines(line, width))
        lines.justify(console, width, justify=justify or "left", overflow=overflow or "fold")
        return lines


def cut(text: str, width: int) -> str:
    """Return the beginning of a text that fits into some cells, with an ellipsis where anything is left out."""
    if cell_len(text) <= width:
        return text
    beginning = ""
    for syllable in _split(text):
        for piece in [syllable] if _THAI.search(syllable) else syllable:  # a file name may be cut anywhere
            if cell_len(beginning + piece) > width - cell_len(_ELLIPSIS):
                return beginning.rstrip() + _ELLIPSIS
            beginning += piece
    return beginning


def break_lines(text: str, width: int) -> list[str]:
    """Return the text as lines of some cells at most, broken between syllables."""
    lines = [""]
    for syllable in _split(text):
        for piece in _fit(syllable, width):
            if cell_len(lines[-1] + piece) > width:
                lines.append("")
            lines[-1] += piece if lines[-1] or not piece.isspace() else ""
    return [line.rstrip() for line in lines]


def _fit(syllable: str, width: int) -> list[str]:
    """Return a syllable; one that is wider than a line by itself, such as a long file name, by its characters."""
    return [syllable] if cell_len(syllable) <= width else list(syllable)


@cache
def _split(text: str) -> Sequence[str]:
    """Return a text as syllables with the punctuation that belongs to them, spaces among them."""
    from pythainlp.tokenize import subword_tokenize

    pieces: list[str] = []
    for syllable in subword_tokenize(text, engine="dict", keep_whitespace=True):
        hangs_together = pieces and (
            pieces[-1][-1] in _OPENING or (syllable[0] in _CLOSING and not pieces[-1].isspace())
        )
        if hangs_together:
            pieces[-1] += syllable
        else:
            pieces.append(syllable)
    return tuple(pieces)
