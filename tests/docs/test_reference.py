"""All that the program has stands in the documentation: made from it, and held to it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

import cli
from core.errors import ExitCode
from core.limits import Limits
from docs._site.code_page import EXITS, find_errors
from docs._site.reference import DOCS, render_pages
from models.doubt import NoticeCode
from pipeline.reasons import explain_code
from reports.code_labels import ISSUE_WORDS, REVIEW_WORDS
from reports.labels import document_status, outcome, severity

COMMANDS = (DOCS / "commands.md").read_text("utf-8")
DOUBTS = (DOCS / "th" / "doubts.md").read_text("utf-8")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return render_pages()


MADE = ("commands.md", "codes.md", "record.md", "exports.md", "settings.md", "th/doubts.md", "man/saraban.1")


def test_all_pages_that_are_made_are_held_to_the_program(pages):
    assert set(MADE) == set(pages)


@pytest.mark.parametrize("name", MADE)
def test_a_page_that_is_made_says_what_the_program_is(pages, name):
    assert (DOCS / name).read_text("utf-8") == pages[name], "python -m docs._site.reference"


def test_the_page_for_man_has_no_letters_that_groff_loses():
    marks = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
    assert re.findall(marks, (DOCS / "man" / "saraban.1").read_text("utf-8")) == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_sets_the_page_for_man_without_a_warning():
    page = str(DOCS / "man" / "saraban.1")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-P-cbou", "-ww", page], capture_output=True, check=True
    )
    assert done.stderr == b""
    assert b"rounds merge" in done.stdout


def test_every_command_and_option_has_a_line():
    def walk(command, path):
        yield path, command
        for name, below in getattr(command, "commands", {}).items():
            yield from walk(below, f"{path} {name}")

    for path, command in walk(typer.main.get_command(cli.app), "saraban"):
        section = COMMANDS.partition(f"\n## {path}\n")[2].partition("\n## ")[0]
        options = [option for parameter in command.params for option in parameter.opts]
        assert [option for option in options if option.startswith("--") and f"`{option}`" not in section] == []


def test_every_exit_code_and_error_has_words():
    assert set(EXITS) == set(ExitCode)
    codes = (DOCS / "codes.md").read_text("utf-8")
    assert [error.slug for error in find_errors() if f"`{error.slug}`" not in codes] == []


def test_every_limit_is_described():
    assert [name for name, field in Limits.model_fields.items() if not field.description] == []


def test_the_manual_has_every_doubt_and_issue_and_explains_most():
    words = [thai for thai, _ in (*REVIEW_WORDS.values(), *ISSUE_WORDS.values())]
    explained = [thai for thai in words if f"| {thai} | " in DOUBTS]
    assert [thai for thai in words if thai not in explained and f"\n- {thai}\n" not in DOUBTS] == []
    assert len(explained) >= 0.9 * len(words)


def test_the_manual_explains_every_notice_of_a_document():
    assert [code for code in NoticeCode if f"| {explain_code(code)} | " not in DOUBTS] == []


def test_the_manual_knows_the_words_of_the_screen():
    from models.document import DocumentStatus
    from models.finding import Outcome
    from models.issue import Severity

    words = (DOCS / "th" / "words.md").read_text("utf-8")
    shown = [document_status(each) for each in DocumentStatus] + [outcome(each) for each in Outcome]
    assert [word for word in [*shown, *map(severity, Severity)] if word not in words] == []


def test_the_buttons_that_the_manual_names_are_on_the_desk():
    templates = "".join(path.read_text("utf-8") for path in Path("web/templates").glob("*.j2"))
    first_day = (DOCS / "th" / "first-day.md").read_text("utf-8")
    quoted = re.findall("กด “([^”]+)”|เมนู “([^”]+)”", first_day)
    assert quoted
    assert [name for pair in quoted for name in pair if name and name not in templates] == []
