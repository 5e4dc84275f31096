"""What is shipped, and what README, CHANGELOG and Makefile promise, is there."""

import importlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from core.settings import Settings

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = PROJECT["tool"]["setuptools"]["packages"]
PACKAGE_DATA = PROJECT["tool"]["setuptools"]["package-data"]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
DOCS = sorted((ROOT / "docs").glob("*.md"))
NOT_PACKAGES = ("tests", "fixtures", "bench", "training", "docs", "build", "dist", "demo")


def code_of(markdown: str) -> str:
    """What stands in code blocks and code spans."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL))
    return "\n".join([*blocks, *spans])


def data_files() -> list[Path]:
    """Files inside the packages that are no Python."""
    tops = {package.split(".")[0] for package in PACKAGES}
    files = (file for top in sorted(tops) for file in (ROOT / top).rglob("*") if file.is_file())
    return [file for file in files if file.suffix not in (".py", ".pyc")]


def is_listed(file: Path) -> bool:
    return any(file in (ROOT / package.replace(".", "/")).glob(pattern) for package, pattern in patterns())


def patterns() -> list[tuple[str, str]]:
    return [(package, pattern) for package, listed in PACKAGE_DATA.items() for pattern in listed]


def cli_commands() -> set[str]:
    """The names of the commands, as Typer will register them."""
    if not (ROOT / "cli.py").is_file():
        pytest.skip("cli.py is not written yet")
    group: Any = typer.main.get_command(importlib.import_module("cli").app)
    return set(group.commands)


def test_every_package_in_the_tree_is_shipped() -> None:
    inits = [file for file in ROOT.glob("[a-z]*/**/__init__.py") if "." not in file.relative_to(ROOT).parts[0]]
    found = {".".join(file.parent.relative_to(ROOT).parts) for file in inits}
    assert {name for name in found if name.split(".")[0] not in NOT_PACKAGES} == set(PACKAGES)


def test_every_data_file_is_shipped() -> None:
    files = data_files()
    assert ROOT / "ingest/tessdata/saraban.traineddata" in files
    assert [file.relative_to(ROOT).as_posix() for file in files if not is_listed(file)] == []


@pytest.mark.parametrize(("package", "pattern"), patterns())
def test_what_is_listed_as_data_is_there(package: str, pattern: str) -> None:
    assert list((ROOT / package.replace(".", "/")).glob(pattern)), f"{package}/{pattern} matches no file"


@pytest.mark.parametrize("folder", ["ingest/tessdata", "gazetteer/data", "reports/templates", "store/migrations"])
def test_a_folder_that_the_program_reads_at_run_time_is_shipped(folder: str) -> None:
    package, _, last = folder.partition("/")
    assert f"{last}/*" in PACKAGE_DATA.get(package, []) or f"{package}.{last}" in PACKAGES


def test_the_changelog_knows_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first_version = re.search(r"\d+\.\d+\.\d+", changelog.split("## [Unreleased]")[1])
    assert first_version is not None
    assert first_version.group() == PROJECT["project"]["version"]


def test_the_licence_and_the_notice_are_shipped() -> None:
    assert set(PROJECT["project"]["license-files"]) == {"LICENSE", "NOTICE"}
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert "tesseract-ocr-tha" in (ROOT / "NOTICE").read_text("utf-8")


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"\bsaraban ([a-z]+)\b", code_of(README)))
    assert named
    assert named <= cli_commands()


def test_the_readme_names_every_command() -> None:
    assert cli_commands() <= set(re.findall(r"\bsaraban ([a-z]+)\b", code_of(README)))


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):.*##", MAKEFILE, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code_of(README).replace("git make", "")))
    assert {"demo", "test"} <= named <= targets
    assert set(re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, re.MULTILINE)) == targets


@pytest.mark.parametrize(
    "page", [*(path.name for path in sorted(ROOT.glob("*.md"))), *(f"docs/{path.name}" for path in DOCS)]
)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / page).read_text("utf-8"))
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not ((ROOT / page).parent / target).exists()] == []


def test_the_index_names_every_page_of_the_documentation() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert [path.name for path in DOCS if f"({path.name})" not in index and path.name != "README.md"] == []


def test_the_pages_that_the_project_file_names_are_there() -> None:
    named = re.findall(r"docs/[\w/-]+\.md", (ROOT / "pyproject.toml").read_text("utf-8") + MAKEFILE)
    assert named
    assert [page for page in named if not (ROOT / page).is_file()] == []


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"| `{name}` | `SARABAN_{name.upper()}" not in page] == []


def test_no_two_decisions_have_one_number() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("*.md"))
    assert len(set(numbers)) == len(numbers)


def test_the_hooks_run_what_lint_runs() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert recipe is not None
    commands = [line.strip().replace("$(PYTHON)", ".venv/bin/python") for line in recipe.group(1).splitlines()]
    assert [hook["entry"] for hook in hooks] == commands
    assert {hook["language"] for hook in hooks} == {"system"}


@pytest.mark.parametrize("script", ["setup.sh", ".ci/run"])
def test_scripts_can_be_run_and_stop_at_the_first_failure(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111
    assert "set -euo pipefail" in (ROOT / script).read_text("utf-8")
