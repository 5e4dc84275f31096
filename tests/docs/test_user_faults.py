"""The page of faults that users found has them all, and names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "user-faults.md").read_text("utf-8")


def test_every_fault_has_a_line_and_the_tests_it_names_are_there():
    rows = re.findall(r"^\| (\d+) .*\|$", PAGE, re.MULTILINE)
    assert [int(number) for number in rows] == list(range(1, 34))
    named = re.findall(r"`((?:tests|\.ci)/[\w/.-]+)`", PAGE)
    assert [name for name in named if not (ROOT / name).exists()] == []
