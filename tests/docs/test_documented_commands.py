"""Every command that a page shows is one that the program has, with options that it takes and arguments that fit."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

import cli
from core.errors import UsageError
from core.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "deploy").glob("*.md"),
        *(ROOT / "bench").glob("*.md"),
    )
    if path.name != "CHANGELOG.md" and "adr" not in path.parts and not path.name.startswith("LICENSES")
)
TREE: Any = typer.main.get_command(cli.app)
LINE = re.compile(r"^(?: {4}|\$ )?(?:sudo -u saraban \S+ )?(?:\S*/bin/)?saraban (?P<words>[^|>\n]*)", re.MULTILINE)
BLOCK = re.compile(r"^```(?:sh|console|)\n(.*?)^```|((?:^ {4}\S.*\n)+)", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`saraban ([^`]*)`")
STANDS_FOR_MORE = re.compile(r"[|…<>]|\.\.\.")
"""A line that stands for several, or leaves something out, is no command line."""


def find_lines(page):
    """Yield what stands behind `saraban` in the blocks of code of a page, whole lines."""
    text = page.read_text("utf-8").replace("\\\n", " ")
    for block in BLOCK.finditer(text):
        for found in LINE.finditer(block[1] or block[2]):
            yield found["words"]


def find_spans(page):
    """Yield what stands behind `saraban` in a line of text: a command, or the beginning of one."""
    yield from SPAN.findall(page.read_text("utf-8"))


def split(line):
    try:
        return shlex.split(line, comments=True)
    except ValueError:  # an apostrophe of a comment
        return line.partition("#")[0].split()


def descend(words):
    """Return the command that words name, and what is left of them."""
    command, left = TREE, list(words)
    while left and left[0] in getattr(command, "commands", {}):
        command = command.commands[left.pop(0)]
    return command, left


def list_options(command):
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }


def judge(words):
    """Return what is wrong with a command line."""
    command, left = descend(words)
    if command is TREE:
        known = list_options(TREE) | set(TREE.commands)
        return [word for word in left[:1] if word not in known and not word.isupper()]
    options = {word.partition("=")[0] for word in left if re.match(r"--?[a-z]", word)}
    return sorted(options - list_options(command))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_and_options_of_a_page_are_there(page):
    lines = [*find_lines(page), *find_spans(page)]
    wrong = {line: judge(split(line)) for line in lines if not STANDS_FOR_MORE.search(line)}
    wrong.pop("lst                        # did you mean 'list'?", None)
    assert {line: found for line, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    "page", ["README.md", "docs/tutorial.md", "docs/bodies.md", "docs/scaling.md", "deploy/README.md"]
)
def test_a_page_of_commands_has_some_and_their_arguments_fit(page):
    lines = [split(line) for line in find_lines(ROOT / page) if not STANDS_FOR_MORE.search(line)]
    assert lines
    for words in lines:
        command, left = descend(words)
        arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
        if not left or command is TREE:
            continue
        with command.context_class(command) as context:
            parser = command.make_parser(context)
            _, given, _ = parser.parse_args(list(left))
        most = sum(argument.nargs for argument in arguments) if all(a.nargs > 0 for a in arguments) else len(given)
        assert len(given) <= most, f"saraban {shlex.join(words)}"


def test_the_judge_can_fail():
    assert judge(["list", "--statu", "ok"]) == ["--statu"]
    assert judge(["lst"]) == ["lst"]
    assert judge(["rounds", "merge", "A", "B"]) == []


@pytest.mark.parametrize(
    "name", sorted(re.findall(r"`(SARABAN_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text("utf-8")))
)
def test_a_variable_of_the_page_of_settings_is_read(name, monkeypatch):
    """Each is set to what no setting takes, or to a folder: what is ignored raises nothing and changes nothing."""
    if name == "SARABAN_SETTINGS":
        return
    path = name.removeprefix("SARABAN_").lower().split("__")
    before = Settings.load()
    for value in ("7", "true", "en", "fast"):
        monkeypatch.setenv(name, value)
        try:
            after = Settings.load()
        except UsageError as error:  # one that says what is wrong with it was read
            read = name in str(error) or path[0] in str(error)
        else:
            read = after != before
        if read:
            return
    pytest.fail(f"{name} is read by nobody")
