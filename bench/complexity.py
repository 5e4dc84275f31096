"""Functions that are too branched to be read: cyclomatic complexity, comprehensions and boolean chains counted too.

`make lint` runs it. The linter's own count (C901) sees neither, so that dense expressions passed it.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from radon.complexity import cc_visit

ROOT: Final = Path(__file__).parents[1]
MOST: Final = 15
"""Highest complexity of a function: beyond it, branches can no longer be held in mind at once."""


def product_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield the modules that are shipped."""
    shipped = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    yield from (root / f"{name}.py" for name in shipped["py-modules"])
    for package in shipped["packages"]:
        yield from sorted((root / package.replace(".", "/")).glob("*.py"))


def find_complex_functions(source: str, most: int = MOST) -> list[tuple[int, str, int]]:
    """Return line, name and complexity of the functions and methods above a complexity, in order."""
    blocks = {(block.lineno, block.fullname, block.complexity) for block in cc_visit(source) if block.letter != "C"}
    return sorted(block for block in blocks if block[2] > most)


def main() -> int:
    """Print every function that is too complex, and return how many there are."""
    found = 0
    for file in product_files():
        for line, name, complexity in find_complex_functions(file.read_text("utf-8")):
            print(f"{file.relative_to(ROOT)}:{line}: {name} has complexity {complexity}, {MOST} at most")
            found += 1
    return found


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
