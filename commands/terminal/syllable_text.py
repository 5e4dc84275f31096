"""Thai text in a cell of the terminal: broken between words, long ones between syllables, for Thai has no spaces."""

import re
from collections.abc import Iterable, Sequence
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
_WHOLE: Final = re.compile(r"((?:[ก-ฮ]{1,4}\.)+|[๐-๙0-9]+(?:[.,/:-][๐-๙0-9]+)*)")
"""What is never parted: numbers, days, and abbreviations such as อบต."""
_ABBREVIATION: Final = re.compile(r"(?:^|[^ก-๎])(?:[ก-ฮ]{1,4}\.)+$")
"""An abbreviation, which the name after it hangs on."""
_WHOLE_WORD: Final = 0.5
"""Share of a line up to which a word goes to the next one whole."""


class SyllableText(Text):
    """Text that is broken into lines between words, or stays on one line and is cut there with an ellipsis."""

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
    for word in _split_words(text):
        for piece in _split_syllables(word) if _THAI.search(word) else word:  # a file name may be cut anywhere
            if cell_len(beginning + piece) > width - cell_len(_ELLIPSIS):
                return beginning.rstrip() + _ELLIPSIS
            beginning += piece
    return beginning


def break_lines(text: str, width: int) -> list[str]:
    """Return the text as lines of some cells at most: broken between words, a long word between syllables."""
    lines = [""]
    for word in _split_words(text):
        for piece in _fit(word, width, room=width - cell_len(lines[-1])):
            if cell_len(lines[-1] + piece) > width:
                lines.append("")
            lines[-1] += piece if lines[-1] or not piece.isspace() else ""
    return [line.rstrip() for line in lines]


def _fit(word: str, width: int, room: int) -> Sequence[str]:
    """Return a word in the pieces that it may be broken into: whole where that wastes little of the line."""
    if cell_len(word) <= max(room, width * _WHOLE_WORD):
        return [word]
    syllables = _split_syllables(word) if _THAI.search(word) else [word]
    return [piece for each in syllables for piece in ([each] if cell_len(each) <= width else each)]


@cache
def _split_words(text: str) -> Sequence[str]:
    """Return a text as words with the punctuation that belongs to them, spaces among them; numbers stay whole."""
    from pythainlp.tokenize import word_tokenize

    pieces: list[str] = []
    for part in filter(None, _WHOLE.split(text)):
        whole = _WHOLE.fullmatch(part)
        pieces += [part] if whole else word_tokenize(part, engine="newmm", keep_whitespace=True)
    return _hang_together(pieces)


@cache
def _split_syllables(word: str) -> Sequence[str]:
    """Return a word as syllables with the punctuation that belongs to them."""
    from pythainlp.tokenize import subword_tokenize

    return _hang_together(subword_tokenize(word, engine="dict", keep_whitespace=True))


def _hang_together(pieces: Iterable[str]) -> Sequence[str]:
    """Return pieces with those joined that no line may part."""
    joined: list[str] = []
    for piece in pieces:
        before = joined[-1] if joined else ""
        opened = before.endswith(tuple(_OPENING)) or _ABBREVIATION.search(before) is not None
        closes = piece[0] in _CLOSING and not before.isspace()
        if before and ((opened and not piece[0].isspace()) or closes):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)
