"""Messages for the person at the terminal: what went wrong, and the next step, no wider than the window."""

import shutil
import sys

import typer

from core.errors import Language, SarabanError


def describe_error(error: SarabanError, language: Language) -> str:
    """Return what went wrong and the next step, as two lines."""
    return f"✗ [{error.slug}] {error.message(language)}\n  → {error.hint(language)}"


def tell(text: str) -> None:
    """Write lines on standard error; on a terminal long ones are broken between syllables, and indented."""
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns
        text = "\n".join(part for line in text.splitlines() for part in _wrap(line, width))
    typer.echo(text, err=True)


def _wrap(line: str, width: int) -> list[str]:
    if len(line) <= width:  # marks above and below take no room: what is short in letters is short in cells
        return [line]
    from commands.terminal.syllable_text import break_lines

    indent = " " * (len(line) - len(line.lstrip()) + 2)
    first, *rest = break_lines(line.lstrip(), width - len(indent))
    beginning = line[: len(line) - len(line.lstrip())]
    return [beginning + first, *(indent + part for part in rest)]
