"""Imports go down only: every module is read with `ast`. Why the floors are as they are: docs/adr/0001 and 0003."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

SIBLINGS = ("ingest", "parsers", "gazetteer", "correspondence", "rules", "rounds", "reports", "store")
# A module may import what stands on a lower floor, and its own package.
FLOORS = {
    "core": 0,
    "models": 1,
    "thai": 2,
    **dict.fromkeys(SIBLINGS, 3),
    "pipeline": 4,
    "web": 5,
    "saraban": 5,
    "commands": 6,
    "cli": 7,
}
# `thai` is the language floor: it knows Thai text and no records.
LANGUAGE_FLOOR_MAY_IMPORT = ("core", "thai")
OUTSIDE = ("tests", "fixtures", "bench", "training", "docs")
VAGUE_NAMES = ("utils", "util", "helpers", "helper", "manager", "managers", "misc", "common")
MOST_LINES = 400
# NFKC takes ำ apart into two characters, so a name no longer equals itself; NFC does no harm.
HARMFUL_FORMS = ("NFKC", "NFKD")
PYTESSERACT_HOME = "ingest/recognition/tesseract.py"


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def module_name(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(root: Path) -> dict[str, Path]:
    """Every module of every package on a floor, by dotted name."""
    tops = sorted({floor.split(".")[0] for floor in FLOORS})
    files = [file for top in tops for file in (root / f"{top}.py", *sorted((root / top).rglob("*.py")))]
    return {module_name(root, file): file for file in files if file.is_file()}


def floor_of(name: str) -> str | None:
    """The floor a module stands on: the longest name in FLOORS that begins its own."""
    parts = name.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in FLOORS), None)


def imported(name: str, path: Path, known: dict[str, Path]) -> Iterator[tuple[int, str]]:
    """Every name that a module imports, anywhere in it, in absolute form; submodules are told from attributes."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield node.lineno, inner if inner in known else base
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def allowed(importer: str, target: str) -> bool:
    here, there = floor_of(importer), floor_of(target)
    if target.partition(".")[0] in OUTSIDE:
        return False
    if here is None or there is None:
        return True
    if here == "thai":
        return there in LANGUAGE_FLOOR_MAY_IMPORT
    return here == there or FLOORS[there] < FLOORS[here]


def import_breaches(root: Path, known: dict[str, Path]) -> Iterator[str]:
    for name, path in known.items():
        where = path.relative_to(root).as_posix()
        for line, target in imported(name, path, known):
            if not allowed(name, target):
                yield f"{where}:{line}: {name} imports {target}"
            if target.split(".")[0] == "pytesseract" and where != PYTESSERACT_HOME:
                yield f"{where}:{line}: pytesseract is imported only by {PYTESSERACT_HOME}"
            if path.name == "__init__.py" and floor_of(target):
                yield f"{where}:{line}: a package's __init__ imports nothing, or its siblings' users import it too"


def source_breaches(root: Path, known: dict[str, Path]) -> Iterator[str]:
    for name, path in known.items():
        where = path.relative_to(root).as_posix()
        text = path.read_text("utf-8")
        tree = parse(path)
        last = name.rpartition(".")[2]
        if last in VAGUE_NAMES:
            yield f"{where}: a module is named after its subject"
        if len(text.splitlines()) > MOST_LINES:
            yield f"{where}: {len(text.splitlines())} lines, {MOST_LINES} at most"
        if not last.startswith("_") and not ast.get_docstring(tree):
            yield f"{where}: a public module has a docstring"
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in HARMFUL_FORMS:
                yield f"{where}:{node.lineno}: {node.value} takes Thai characters apart"


def breaches(root: Path) -> list[str]:
    known = modules(root)
    return [*import_breaches(root, known), *source_breaches(root, known)]


def test_the_house_has_no_breach() -> None:
    assert breaches(ROOT) == []


def test_every_package_is_looked_at() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["setuptools"]["packages"]
    on_no_floor = [package for package in packages if floor_of(package) is None]
    in_the_tree = [package for package in packages if (ROOT / package.replace(".", "/")).is_dir()]
    assert on_no_floor == []
    assert in_the_tree
    assert set(in_the_tree) <= set(modules(ROOT))


def plant(root: Path, files: dict[str, str]) -> None:
    """Write a small house; every file gets a docstring, every folder an `__init__`."""
    for where, body in files.items():
        file = root / where
        file.parent.mkdir(parents=True, exist_ok=True)
        for folder in (file.parent, *file.parent.parents):
            if folder == root:
                break
            (folder / "__init__.py").write_text('"""A package."""\n', "utf-8")
        file.write_text(f'"""A module."""\n{body}\n', "utf-8")


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("core/errors.py", "import models"),
        ("models/letter.py", "from thai import dates"),
        ("ingest/recognition/word_grouping.py", "from parsers.letters import read"),
        ("rules/totals/printed_totals.py", "def f():\n    from rounds import compare"),
        ("rounds/compare.py", "import store.archive"),
        ("reports/html.py", "import pipeline.stages"),
        ("parsers/letters.py", "import gazetteer"),
        ("gazetteer/names.py", "from parsers import annex"),
        ("thai/dates.py", "from models.field import Field"),
        ("thai/dates.py", "from parsers.letters import read"),
        ("thai/dates.py", "from parsers import letter"),
        ("pipeline/stages.py", "import cli"),
        ("store/archive.py", "import importlib\nimportlib.import_module('rules.totals.printed_totals')"),
        ("ingest/recognition/word_grouping.py", "from tests.conftest import page"),
        ("pipeline/stages.py", "import pytesseract"),
        ("ingest/recognition/word_grouping.py", "from pytesseract import image_to_data"),
        ("core/utils.py", "x = 1"),
        ("thai/text.py", "FORM = 'NFKC'"),
        ("reports/html.py", "\n" * MOST_LINES),
    ],
)
def test_a_planted_breach_is_caught(tmp_path: Path, where: str, body: str) -> None:
    plant(tmp_path, {"parsers/letters.py": "", "parsers/annexes.py": "", "thai/numerals.py": "", where: body})
    found = breaches(tmp_path)
    assert len(found) == 1, found
    assert found[0].startswith(where)


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("cli.py", "import pipeline\nimport reports\nimport core.errors"),
        ("pipeline/stages.py", "from ingest import tesseract\nfrom store import archive"),
        ("gazetteer/names.py", "from thai import numerals\nfrom models.register import Body"),
        ("parsers/letters.py", "from parsers import annex\nfrom thai import numerals"),
        ("thai/dates.py", "from core.errors import UsageError\nfrom thai.numerals import digits"),
        ("ingest/recognition/tesseract.py", "import pytesseract"),
        ("rules/totals/printed_totals.py", "import re\nfrom pydantic import BaseModel"),
    ],
)
def test_what_goes_down_is_let_through(tmp_path: Path, where: str, body: str) -> None:
    plant(tmp_path, {"parsers/annexes.py": "", "thai/numerals.py": "", where: body})
    assert breaches(tmp_path) == []


def test_an_init_that_imports_and_a_module_without_docstring_are_caught(tmp_path: Path) -> None:
    plant(tmp_path, {"parsers/letters.py": ""})
    (tmp_path / "parsers" / "__init__.py").write_text('"""A package."""\nfrom parsers import letter\n', "utf-8")
    (tmp_path / "parsers" / "bare.py").write_text("x = 1\n", "utf-8")
    assert [breach.split(":")[0] for breach in breaches(tmp_path)] == ["parsers/__init__.py", "parsers/bare.py"]
