"""The page of faults that users found names tests that are there; and one that no other place holds."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.exporting import _name_province

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "user-faults.md").read_text("utf-8")


def build_document(*provinces) -> Any:
    return SimpleNamespace(annexes=[SimpleNamespace(province=SimpleNamespace(value=name)) for name in provinces])


def test_every_fault_has_a_line_and_the_tests_it_names_are_there():
    rows = re.findall(r"^\| (\d+) .*\|$", PAGE, re.MULTILINE)
    assert [int(number) for number in rows] == list(range(1, 34))
    named = re.findall(r"`((?:tests|\.ci)/[\w/.-]+)`", PAGE)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_packages_of_several_provinces_say_which():
    assert [_name_province(build_document("กระบี่", "น่าน"), index) for index in (0, 1)] == ["-กระบี่", "-น่าน"]
    assert _name_province(build_document("กระบี่"), 0) == ""
    assert [_name_province(build_document("../x", None), index) for index in (0, 1)] == ["", ""]
