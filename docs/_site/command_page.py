"""Every command with its arguments and options as a page of documentation."""

from collections.abc import Iterator
from typing import Any, Final

import typer

from cli import app
from commands.help_language import choose_side, name_types

_HEAD: Final = """# Commands · คำสั่ง

<!-- Made by `python -m docs._site.reference`; a test keeps it true. Write in the commands instead. -->

`saraban COMMAND --help` says the same, in the language that `SARABAN_LANG` names. Records go to standard output, progress and
messages to standard error. Exit codes: [codes](codes.md#exit-codes).
"""


def describe_commands() -> str:
    """Return the page."""
    root = typer.main.get_command(app)
    return "\n".join([_HEAD, *_describe(root, "saraban")])


def _describe(command: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - Typer does not export the classes
    """Yield a command and those below it."""
    yield f"## {path}\n"
    paragraphs = (command.help or "").replace("\b\n", "").split("\n\n")
    thai = "\n\n".join(dict.fromkeys(choose_side(text, "th") for text in paragraphs))
    english = "\n\n".join(dict.fromkeys(choose_side(text, "en") for text in paragraphs))
    yield from (f"{thai}\n", f"{english}\n") if thai != english else (f"{thai}\n",)
    parameters = [each for each in command.params if not getattr(each, "hidden", False)]
    if parameters:
        yield "| | | ความหมาย | meaning |\n| --- | --- | --- | --- |"
        yield from (_parameter(each) for each in parameters)
        yield ""
    for name, below in getattr(command, "commands", {}).items():
        yield from _describe(below, f"{path} {name}")


def _parameter(parameter: Any) -> str:  # noqa: ANN401
    if parameter.param_type_name == "argument":
        name = f"`{parameter.name.upper().rstrip('_')}`"
    else:
        name = ", ".join(f"`{option}`" for option in (*parameter.opts, *parameter.secondary_opts))
    text = parameter.help or ""
    return f"| {name} | {_values(parameter)} | {_cell(choose_side(text, 'th'))} | {_cell(choose_side(text, 'en'))} |"


def _values(parameter: Any) -> str:  # noqa: ANN401
    """Say what a parameter takes: the choices of an enumeration, and what holds without it."""
    metavar = find_type(parameter)
    words = [f"`{_cell(metavar)}`"] if metavar else []
    if parameter.required:
        words.append("required")
    elif isinstance(parameter.default, str | int | float) and not isinstance(parameter.default, bool):
        words += [f"else `{parameter.default}`"] if parameter.default != "" else []
    return ", ".join(words)


def find_type(parameter: Any) -> str:  # noqa: ANN401
    """Return what a parameter takes, such as `<html|json>`; nothing for a switch."""
    if getattr(parameter, "is_flag", False):
        return ""
    with typer.Context(typer.main.get_command(app)) as context:
        return name_types(parameter.display_type(context) or "", "en")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
