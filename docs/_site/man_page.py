"""The command as a page of `man`: what `--help` says in English, of all commands on one page.

Tools that make such pages from a program's own commands know Click alone, and Typer carries a copy of it of its own. A Thai
page would be read wrong: groff leaves out the vowels and tone marks above and below; `saraban --help` has them.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import typer

from cli import app
from commands.help_language import choose_side
from docs._site.code_page import EXITS
from docs._site.command_page import find_type

_ROOT: Final = Path(__file__).parents[2]
_MADE: Final = '.\\" Made by python -m docs._site.reference'
_PURPOSE: Final = "Thai official letters and annexes: from scans to records that are checked"
_LOST: Final = re.compile("[ก-๎]*[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e][ก-๎]*")
"""Words with vowels or tone marks above or below, which groff leaves out."""
_VARIABLES: Final = {
    "SARABAN_ARCHIVE": "folder of the archive",
    "SARABAN_LANG": "language of messages and help: th (else), en",
    "SARABAN_SETTINGS": "the settings file, instead of ~/.config/saraban/settings.toml",
    "SARABAN_DATABASE": "PostgreSQL database for the records, instead of a file in the archive",
    "SARABAN_JOBS": "worker processes",
    "SARABAN_DEBUG": "end a fault of the program with its traceback",
    "PAGER": "what shows long tables page by page",
}


def describe_man_page() -> str:
    """Return the page in the form of troff's man macros."""
    root = typer.main.get_command(app)
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [_MADE, f'.TH SARABAN 1 "" "Saraban {project["version"]}"']
    lines += [".SH NAME", f"saraban \\- {_escape(_PURPOSE)}"]
    lines += [".SH SYNOPSIS", ".B saraban", "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGS\\fR]..."]
    lines += [".SH DESCRIPTION", *_help(root), *_parameters(root), ".SH COMMANDS"]
    for name, below in vars(root)["commands"].items():
        lines += _describe(below, f"saraban {name}")
    lines += [".SH EXIT STATUS"]
    for code, (_, text) in EXITS.items():
        lines += _item(f"\\fB{int(code)}\\fR", text.replace("`", ""))
    lines += [".SH ENVIRONMENT", "Others, and the limits, are on the page of settings of the manual."]
    for name, text in _VARIABLES.items():
        lines += _item(f"\\fB{name}\\fR", text)
    return "\n".join([*lines, ""])


def _describe(command: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - Typer does not export the classes
    """Yield a command and those below it."""
    names = " ".join(_name(each) for each in command.params if each.param_type_name == "argument")
    yield f".SS {_escape(path)} {names}".rstrip()
    yield from _help(command)
    yield from _parameters(command)
    for name, below in getattr(command, "commands", {}).items():
        yield from _describe(below, f"{path} {name}")


def _name(argument: Any) -> str:  # noqa: ANN401
    name = f"\\fI{_escape(argument.name.upper().rstrip('_'))}\\fR" + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _help(command: Any) -> Iterator[str]:  # noqa: ANN401
    paragraphs = (command.help or "").replace("\b\n", "").split("\n\n")
    for text in dict.fromkeys(choose_side(text, "en") for text in paragraphs):
        yield ".PP"
        yield from (".EX", _escape(text), ".EE") if text.startswith("saraban ") else (_escape(text),)


def _parameters(command: Any) -> Iterator[str]:  # noqa: ANN401
    for each in command.params:
        text = choose_side(each.help or "", "en")
        options = ", ".join(f"\\fB{_escape(name)}\\fR" for name in (*each.opts, *each.secondary_opts))
        if isinstance(each.default, str | int | float) and not isinstance(each.default, bool) and each.default != "":
            text += f" (else {each.default})"
        choices = find_type(each) if "|" in find_type(each) else ""
        tag = _name(each) if each.param_type_name == "argument" else options
        yield from _item(f"{tag} {_escape(choices)}".rstrip(), text)


def _item(tag: str, text: str) -> Iterator[str]:
    yield from (".TP", tag, _escape(text) or "\\&")


def _escape(text: str) -> str:
    """Return text without what steers troff, and with file names of Thai examples as ones that groff can write."""
    text = re.sub(r"\s+", " ", _LOST.sub("file", text)).strip().replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text
