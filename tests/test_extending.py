"""The worked examples of docs/extending.md run."""

import re
from pathlib import Path

import pytest

SECTIONS = re.split(r"^## ", Path("docs/extending.md").read_text("utf-8"), flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.splitlines()[0])
def test_the_example_of_a_section_runs(section: str) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "docs/extending.md", "exec"), {"__name__": "example"})  # noqa: S102 - our own page
