"""Reasons against a text layer have words, and no Thai message has a code in it."""

import ast
import re
from pathlib import Path

import pytest

from ingest.page_reader import _layer_issue
from ingest.text_layer.distrust_reasons import REASONS

PACKAGE = Path(__file__).parents[2] / "ingest" / "text_layer"


def given(module: str) -> set[str]:
    """What stands in a tuple that is returned, or is appended to one that is."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / module).read_text("utf-8"))):
        parts: list[ast.AST] = []
        if isinstance(node, ast.Return) and node.value is not None:
            parts = [part for part in ast.walk(node.value) if isinstance(part, ast.Tuple)]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "append":
            parts = [node]
        for part in parts:
            for each in (*getattr(part, "elts", ()), *getattr(part, "args", ())):
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
                    found.add(each.value)
    return found


def test_every_reason_has_words():
    assert given("extraction.py") | given("verification.py") == set(REASONS)


@pytest.mark.parametrize("reason", [*REASONS, "broken: ValueError"])
def test_the_message_is_of_one_language(reason):
    message = _layer_issue(1, (reason,)).message
    assert not re.search("[A-Za-z]", message.th)
    assert message.en.isascii()
    assert "_" not in message.en
