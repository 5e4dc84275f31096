"""Every code that the product gives is in a catalogue, and every member of a catalogue has words in both languages."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.accounting import PartKind, UnaccountedReason
from models.annex import AnnexShape
from models.doubt import NoticeCode
from models.issue import IssueCode
from models.null_reason import NullReason
from models.provenance import Preparation, RepairRule
from models.review import ReviewCode
from reports.code_labels import (
    ISSUE_WORDS,
    NULL_WORDS,
    PART_WORDS,
    REVIEW_WORDS,
    SHAPE_WORDS,
    UNACCOUNTED_WORDS,
    label_issue,
    label_null,
    label_reviews,
    label_shape,
)

ROOT = Path(__file__).parents[1]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
CATALOGUES = (ReviewCode, IssueCode, NoticeCode, RepairRule, Preparation, NullReason, AnnexShape)
KNOWN = {str(code) for catalogue in CATALOGUES for code in catalogue}
CODE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
# What looks like a code and is none: names of files, and columns of the database.
FILE = re.compile(
    r".*\.(?:csv|tsv|txt|toml|json|xml|xsd|html|typ|css|svg|png|pdf|tif|db|onnx|ttf|py|md|xlsx|docx|zip|ini)"
)
COLUMNS_OF_THE_DATABASE = ("store.",)
PATHS_OF_THE_RECORD = ("receipt.date",)


def product() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((ROOT / package.replace(".", "/")).glob("*.py")):
            yield f"{package}.{file.stem}", ast.parse(file.read_text("utf-8"))


def slugs(tree: ast.AST) -> set[ast.expr]:
    """What names an error: those codes have their words in `core.errors`."""
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.AnnAssign)]
    return {
        node.value
        for node in named
        if node.value is not None
        and any(
            getattr(target, "id", "") == "slug" for target in getattr(node, "targets", [getattr(node, "target", 0)])
        )
    }


def strings(node: ast.AST) -> Iterator[ast.Constant]:
    yield from (part for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def codes_given(node: ast.AST) -> Iterator[ast.Constant]:
    """What stands where only a code may: in a call of `doubted`, and as the `review` or `code` of a record."""
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "doubted":
        for argument in node.args:
            yield from strings(argument if not isinstance(argument, ast.Starred) else argument.value)
    for keyword in node.keywords:
        if keyword.arg == "review" or (name == "Issue" and keyword.arg == "code"):
            yield from strings(keyword.value)


def names_module(text: str) -> bool:
    """Whether a text is the name of a module or a package, or a path of the record."""
    place = ROOT / text.replace(".", "/")
    return place.is_dir() or place.with_suffix(".py").is_file() or text in PATHS_OF_THE_RECORD


def looks_like_code(value: object) -> bool:
    return (
        isinstance(value, str) and bool(CODE.fullmatch(value)) and not FILE.fullmatch(value) and not names_module(value)
    )


def unknown_codes(name: str, tree: ast.Module) -> Iterator[str]:
    passed_over = slugs(tree)
    for node in ast.walk(tree):
        given = [(str(part.value), part.lineno) for part in codes_given(node) if part.value]
        if isinstance(node, ast.Constant) and node not in passed_over and looks_like_code(node.value):
            given.append((str(node.value), node.lineno))
        for code, line in given:
            beginning = code.endswith("_") and any(known.startswith(code) for known in KNOWN)
            if code not in KNOWN and not beginning:
                yield f"{name}:{line}: {code}"


def test_every_code_of_the_product_is_in_a_catalogue() -> None:
    found = [
        each
        for name, tree in product()
        if not name.startswith(COLUMNS_OF_THE_DATABASE)
        for each in unknown_codes(name, tree)
    ]
    assert sorted(set(found)) == []


@pytest.mark.parametrize(
    "body",
    [
        "field.doubted('blurred')",
        "Field(review=('blurred',))",
        "Issue(code='page.eaten')",
        "PROBLEM = 'date.month_eaten'",
        "PROBLEM = 'date.yeer_'",
    ],
)
def test_a_planted_code_is_caught(body: str) -> None:
    assert len(set(unknown_codes("planted", ast.parse(body)))) == 1


@pytest.mark.parametrize(
    "body", ["field.doubted('missing')", "Issue(code='page.blank')", "class E:\n    slug = 'input.odd'", "X = 'a.csv'"]
)
def test_what_is_known_is_let_through(body: str) -> None:
    assert list(unknown_codes("planted", ast.parse(body))) == []


@pytest.mark.parametrize(
    ("catalogue", "words"),
    [
        (ReviewCode, REVIEW_WORDS),
        (IssueCode, ISSUE_WORDS),
        (NullReason, NULL_WORDS),
        (AnnexShape, SHAPE_WORDS),
        (PartKind, PART_WORDS),
        (UnaccountedReason, UNACCOUNTED_WORDS),
    ],
)
def test_every_code_has_words_of_its_own_in_both_languages(catalogue, words) -> None:
    assert set(words) == set(catalogue)
    for thai, english in words.values():
        assert re.search("[ก-๙]", thai)
        assert not re.search("[A-Za-z]", thai)
        assert english
        assert english.isascii()
    for side in (0, 1):
        assert len({pair[side] for pair in words.values()}) == len(words)


def test_no_code_is_in_two_catalogues_of_what_people_are_shown() -> None:
    assert not set(ReviewCode) & set(IssueCode)


def test_reasons_are_joined_and_said_once() -> None:
    assert label_reviews(("missing", "missing", "mark.none")) == "อ่านไม่พบ; ไม่พบเครื่องหมาย"
    assert label_reviews(("missing",), "en") == "not found"
    assert label_reviews(()) == ""


def test_a_code_of_another_version_has_words_too_and_is_not_shown() -> None:
    assert label_reviews(("strange.code",)) == "ควรตรวจกับต้นฉบับ"
    assert label_reviews(("strange.code",), "en") == "compare with the original"
    assert (label_issue("strange.code"), label_issue("strange.code", "en")) == ("ปัญหาอื่น", "other trouble")


def test_shapes_and_reasons_for_null_in_words() -> None:
    assert label_shape(AnnexShape.AMOUNTS, "en") == "amounts"
    assert label_null(NullReason.UNREADABLE) == "มีแต่อ่านไม่ได้"
