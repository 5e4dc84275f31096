"""The documents that Saraban and its peers are compared on, with what is printed on them."""

import argparse
import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from bench.annex_sheets import STYLES
from bench.grids import Cells
from bench.tables import compose, save

_FIXTURES = Path(__file__).parent.parent / "fixtures"
_SCANS = ("round1/office-200.pdf", "round1/clean-200.pdf", "round2/office-200.pdf", "round2/clean-200.pdf")
_DIGITAL = ("round1/circular.pdf", "round2/circular.pdf")
FIELDS = ("number", "date", "subject", "urgency")


@dataclass(frozen=True, slots=True)
class Case:
    """One document and what is printed on it.

    Attributes:
        letters: Header fields of each letter, by the index of its page.
        rows: Cells of each row of its annex.
        bodies: Whether the annex is one of bodies and two marks, whose status we say rather than its signs.
        headed: Whether a district stands once over its rows.
        remarks: Whether it has a column of remarks.
        first_page: Whether peers are spared the pages after the first.
    """

    file: Path
    letters: dict[int, dict[str, Any]] = field(default_factory=dict)
    rows: tuple[Cells, ...] = ()
    bodies: bool = False
    headed: bool = False
    remarks: bool = True
    first_page: bool = False


def page_count(file: Path) -> int:
    """Return how many pages a PDF or picture has."""
    if file.suffix == ".pdf":
        with pikepdf.open(file) as pdf:
            return len(pdf.pages)
    with Image.open(file) as picture:
        return int(getattr(picture, "n_frames", 1))


def _fixtures(names: tuple[str, ...]) -> Iterator[Case]:
    for name in names:
        file = _FIXTURES / name
        truth = json.loads((file.parent / "truth.json").read_text("utf-8"))
        rows = tuple(
            _cells(
                row["sequence"],
                row["district"],
                row["kind"] + row["name"],
                row["remark"],
                done=row["status"] == "complete",
            )
            for annex in truth["annexes"]
            for row in annex["rows"]
        )
        yield Case(file, {letter["pages"][0] - 1: letter for letter in truth["letters"]}, rows, bodies=True)


def _shapes(suffix: str) -> Iterator[Case]:
    truth = json.loads((_FIXTURES / "shapes/truth.json").read_text("utf-8"))
    for name, shape in truth.items():
        yield Case(_FIXTURES / "shapes" / f"{name}{suffix}", rows=tuple(map(tuple, shape["rows"])))


def _digital(_: argparse.Namespace) -> Iterator[Case]:
    yield from _fixtures(_DIGITAL)
    yield from _shapes(".pdf")


def _annexes(arguments: argparse.Namespace) -> Iterator[Case]:
    """Yield one annex of each style in office wear, as `tables.py` typesets it."""
    drawing = argparse.Namespace(faces=arguments.faces, rounds=arguments.rounds, rows=70, dpi=200)
    folder = arguments.keep / "annexes"
    folder.mkdir(exist_ok=True)
    for style in STYLES:
        sheet = compose(drawing, style, "office", 0)
        rows = tuple(_cells(b.sequence, b.district, b.kind + b.name, b.remark, done=b.done) for b in sheet.bodies)
        remarks = style != "beside"
        yield Case(save(sheet, folder, 200), rows=rows, bodies=True, headed=style == "districts", remarks=remarks)


def _letters(arguments: argparse.Namespace) -> Iterator[Case]:
    columns = {"number": "number_arabic", "date": "date_iso", "subject": "subject", "urgency": "urgency"}
    with arguments.table.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            wanted = {name: row[column] for name, column in columns.items()}
            yield Case(arguments.table.parent / "letters" / row["file"], {0: wanted}, first_page=True)


def _cells(sequence: int, district: str, body: str, remark: str, *, done: bool) -> Cells:
    return (str(sequence), district, body, *(("✓", "") if done else ("", "✗")), remark)


CASES: dict[str, Callable[[argparse.Namespace], Iterator[Case]]] = {
    "fixtures": lambda _: _fixtures(_SCANS),
    "shapes": lambda _: _shapes(".tif"),
    "digital": _digital,
    "annexes": _annexes,
    "letters": _letters,
}
