"""Names: a file, a class and a term mean one thing. What is left of other names may only become less."""

import ast
import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")

# Stages whose thresholds are named.
THRESHOLD_STAGES = ("ingest", "parsers", "thai", "gazetteer", "correspondence", "rules", "rounds", "store", "pipeline")
# Numbers that say what they are: nothing, one, a half, a pair, per cent, and units of time, angle, level and print.
CLEAR_NUMBERS = {0, 1, 2, 0.5, 100, 24, 60, 90, 180, 360, 72, 254, 255, 256}
# Modules that still have numbers inline, and how many.
INLINE_THRESHOLDS: dict[str, int] = {}
# Packages that still have numbers at the top of a module that nobody explains, and how many.
BARE_NUMBERS: dict[str, int] = {}


@cache
def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def files() -> list[Path]:
    return [file for package in PACKAGES for file in sorted((ROOT / package.replace(".", "/")).glob("*.py"))]


def public_classes(tree: ast.Module) -> set[str]:
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")}


def nameless_deeds(tree: ast.Module) -> list[str]:
    """Public functions and methods called `of` or `X_of`: what of, and what is done to have it?"""
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    functions = [node.name for body in bodies for node in body if isinstance(node, ast.FunctionDef)]
    return [name for name in functions if re.fullmatch(r"(?!_)(?:\w+_)?of", name)]


def bare_numbers(tree: ast.Module) -> list[str]:
    """Numbers at the top of a module without a docstring beneath that gives their unit and reason."""
    found = []
    for node, below in zip(tree.body, [*tree.body[1:], None], strict=True):
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        explained = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        parts = value.elts if isinstance(value, ast.Tuple) else [value]
        if parts and all(map(is_number, parts)) and not explained:
            found.append(ast.unparse(node))
    return found


def inline_thresholds(tree: ast.Module) -> list[str]:
    """Numbers that decide something and have no name: operands of a comparison, a sum, a product, `min` and `max`.

    Within functions only: the top of a module is held to its docstrings. Not counted are numbers that say what they are
    (`CLEAR_NUMBERS`), indices and slices, shapes and counts that stand as arguments of other calls, and powers.
    """
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = {id(node): node for function in functions for part in function.body for node in ast.walk(part)}
    found = {}
    for node in inner.values():
        operands: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
        elif isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Pow | ast.BitOr | ast.LShift | ast.RShift):
            operands = [node.left, node.right]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
            operands = node.args
        for operand in operands:
            if is_number(operand) and abs(ast.literal_eval(operand)) not in CLEAR_NUMBERS:
                found[operand.lineno, operand.col_offset] = f"{operand.lineno}: {ast.unparse(node)}"
    indices = {
        id(inside) for node in inner.values() if isinstance(node, ast.Subscript) for inside in ast.walk(node.slice)
    }
    numbers = [node for node in inner.values() if isinstance(node, ast.expr) and is_number(node)]
    skipped = {(node.lineno, node.col_offset) for node in numbers if id(node) in indices}
    return [text for place, text in sorted(found.items()) if place not in skipped]


def is_number(node: ast.expr | None) -> bool:
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def terms() -> list[tuple[str, str]]:
    """Terms of document analysis and the modules they are done in."""
    part = GLOSSARY.split("## Document analysis")[1].split("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")][2:]
    return [(cells[0], cells[-1].strip("` ")) for cells in lines]


def test_no_file_name_stands_twice_in_a_package_tree() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in files():
        if file.name != "__init__.py":
            found[file.relative_to(ROOT).parts[0], file.name].append(file.relative_to(ROOT).as_posix())
    assert [names for names in found.values() if len(names) > 1] == []


def test_no_class_name_has_two_meanings() -> None:
    found = defaultdict(set)
    for file in files():
        for name in public_classes(parse(file)):
            found[name].add(file)
    assert {name for name, where in found.items() if len(where) > 1} == set()


def test_functions_say_what_they_do() -> None:
    found = {file.relative_to(ROOT).as_posix(): nameless_deeds(parse(file)) for file in files()}
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("body", "deeds"),
    [
        ("def kind_of(): ...", 1),
        ("class A:\n    def of(self): ...", 1),
        ("def find_kind(): ...", 0),
        ("def _x_of(): ...", 0),
    ],
)
def test_a_planted_name_is_counted(body: str, deeds: int) -> None:
    assert len(nameless_deeds(ast.parse(body))) == deeds


def test_a_number_at_the_top_of_a_module_has_its_unit_and_reason() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in files():
        top = file.relative_to(ROOT).parts[0]
        found[top] += [f"{file.name}: {each}" for each in bare_numbers(parse(file))]
    assert {name: each for name, each in found.items() if len(each) > BARE_NUMBERS.get(name, 0)} == {}


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("A = 1", 1),
        ("A: Final = -0.5\nB = 2", 2),
        ("A, B = 1, 2", 1),
        ('A = 1\n"""Why."""', 0),
        ("A = True", 0),
        ("A = ()", 0),
        ("A = 'a'", 0),
    ],
)
def test_a_planted_number_is_counted(body: str, count: int) -> None:
    assert len(bare_numbers(ast.parse(body))) == count


def test_no_threshold_is_inline() -> None:
    found = {
        file.relative_to(ROOT).as_posix(): inline_thresholds(parse(file))
        for file in files()
        if file.relative_to(ROOT).parts[0] in THRESHOLD_STAGES
    }
    assert {file: each for file, each in found.items() if len(each) > INLINE_THRESHOLDS.get(file, 0)} == {}
    fewer = {file for file, most in INLINE_THRESHOLDS.items() if len(found.get(file, [])) < most}
    assert fewer == set(), "these have fewer now: shorten the list"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("x < 0.4", 1),
        ("0.3 * x - 7", 2),
        ("max(x, 5)", 1),
        ("x > 0.5 * y + 1", 0),
        ("x[3] + x[4:-5]", 0),
        ("f(3, k=8)", 0),
        ("x ** 3 > y % 360", 0),
    ],
)
def test_a_planted_threshold_is_counted(line: str, count: int) -> None:
    assert len(inline_thresholds(ast.parse(f"def f(x, y):\n    return {line}"))) == count
    assert inline_thresholds(ast.parse(f"X = {line}")) == []


@pytest.mark.parametrize(("term", "module"), terms(), ids=lambda value: value)
def test_a_term_of_document_analysis_has_its_module(term: str, module: str) -> None:
    assert find_spec(module) is not None, f"{term}: there is no {module}"


def test_every_room_of_ingest_has_a_term() -> None:
    rooms = {package for package in PACKAGES if package.startswith("ingest.")}
    assert rooms - {module.rpartition(".")[0] for _, module in terms()} == set()
