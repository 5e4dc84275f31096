"""Losses and additions on pages of letters and annexes, for `bench/planted_losses.py`."""

import functools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.kinds import laid_out
from core.limits import Limits
from core.settings import Settings
from fixtures.kinds import SPECIMENS
from ingest.page_reader import PageReading
from ingest.sources.plain_text import read_pages
from ingest.text_layer.extraction import read_text_layer
from models.accounting import PagePart
from models.document import Document, SourceDocument
from models.field import Box, PageNumber, Source
from models.ocr import Cell, Code, Grid, InkIsland, IslandKind, Line, OcrPage, Word
from parsers.accounting import account_for_pages
from parsers.form_ornaments import find_label_ornament
from pipeline.reading import assemble, parse_pages

FIXTURES: Final = Path(__file__).parent.parent / "fixtures"
_STRANGE: Final = ("ฎฎ ฐฐฐ ไม่เคยเห็น", "XQ 9731 ZZ", "พิมพ์เพิ่มเติมนอกแบบ", "ตรวจแล้ว ผ่าน ๗๗", "รับเอกสารคืนด้วย")
_LEAST = 4
"""Letters that a line must have to be content, and no dirt."""


@dataclass(frozen=True, slots=True)
class Case:
    """One plant.

    Attributes:
        kind: What was taken or added.
        source: Where.
        page, text, box: What was planted, and where it stands.
        is_added: Whether it was added.
        before, planted: The record without the plant and with it.
    """

    kind: str
    source: str
    page: PageNumber
    text: str
    box: Box | None
    is_added: bool
    before: Document
    planted: Document


@dataclass(frozen=True)
class _Paper:
    """Pages with their record as it is without a plant."""

    name: str
    pages: tuple[OcrPage, ...]
    settings: Settings = field(default_factory=Settings)

    @functools.cached_property
    def record(self) -> Document:
        return self.read(self.pages, self.pages)

    @functools.cached_property
    def parts(self) -> tuple[PagePart, ...]:
        letters, annexes = parse_pages(self.pages, self.settings.review_confidence)
        return account_for_pages(self.pages, letters, annexes)

    def read(self, seen: Sequence[OcrPage], given: Sequence[OcrPage]) -> Document:
        """Return the record of pages of which the parsers are given others."""
        source = SourceDocument(name=self.name, sha256="0" * 64, media_type="application/pdf", pages=len(seen))
        readings = [PageReading(page=page) for page in seen]
        return assemble(source, readings, self.settings, parse=lambda _, review: parse_pages(given, review))


@dataclass(frozen=True, slots=True)
class _Plant:
    """What was done: the pages as they are seen and as they are given, and what it is that they differ in."""

    seen: tuple[OcrPage, ...]
    given: tuple[OcrPage, ...]
    page: PageNumber
    text: str
    box: Box | None
    is_added: bool = False


_Planter = Callable[[_Paper, random.Random], _Plant | None]


def plant_in_pages(chance: random.Random) -> Iterator[Case]:
    """Yield cases without end."""
    papers = list(_load_papers())
    while True:
        kind = chance.choice(list(_PLANTERS))
        plant = None
        while plant is None:  # not every paper has a table to lose
            paper = chance.choice(papers)
            plant = _PLANTERS[kind](paper, chance)
        planted = paper.read(plant.seen, plant.given)
        yield Case(kind, paper.name, plant.page, plant.text, plant.box, plant.is_added, paper.record, planted)


def _load_papers() -> Iterator[_Paper]:
    for name, paper in SPECIMENS.items():
        yield _Paper(f"kinds/{name}", tuple(laid_out(paper)))
    for path in [*sorted(FIXTURES.glob("shapes/*.pdf")), FIXTURES / "round1/circular.pdf"]:
        count = 4 if path.stem == "circular" else 1
        read = [read_text_layer(path, number, Limits())[0] for number in range(1, count + 1)]
        if all(read):
            yield _Paper(path.name, tuple(page for page in read if page is not None))
    for path in sorted([*FIXTURES.glob("cases/*.txt"), FIXTURES / "seed-like/ocr.txt"]):
        yield _Paper(path.name, tuple(read_pages(path, Limits())))


def _change(pages: Sequence[OcrPage], page: OcrPage) -> tuple[OcrPage, ...]:
    return tuple(page if each.number == page.number else each for each in pages)


def _is_content(paper: _Paper, page: OcrPage, line: Line) -> bool:
    """Whether a line is more than an ornament of its form."""
    if sum(character.isalnum() for character in line.text) < _LEAST:
        return False
    owners = [
        part.owner
        for part in paper.parts
        if part.page == page.number and part.text and part.text in line.text and (not page.has_layout or part.box)
    ]
    # A line that nobody holds is told of already, whatever is lost.
    return any(owner is not None and not owner.startswith("ornament") for owner in owners)


def _pick_line(paper: _Paper, chance: random.Random) -> tuple[OcrPage, int] | None:
    lines = [(page, at) for page in paper.pages for at, line in enumerate(page.lines) if _is_content(paper, page, line)]
    return chance.choice(lines) if lines else None


def _lose_line(paper: _Paper, chance: random.Random) -> _Plant | None:
    if (picked := _pick_line(paper, chance)) is None:
        return None
    page, at = picked
    line = page.lines[at]
    given = _change(paper.pages, page.model_copy(update={"lines": page.lines[:at] + page.lines[at + 1 :]}))
    return _Plant(paper.pages, given, page.number, line.text, line.box if page.has_layout else None)


def _lose_word(paper: _Paper, chance: random.Random) -> _Plant | None:
    if (picked := _pick_line(paper, chance)) is None:
        return None
    page, at = picked
    line = page.lines[at]
    # A label of the form is no content: the value beside it says as much without.
    long = [
        n
        for n, word in enumerate(line.words)
        if sum(map(str.isalpha, word.text)) >= _LEAST and find_label_ornament(word.text) is None
    ]
    if len(line.words) < 2 or not long:
        return None
    lost = chance.choice(long)
    words = line.words[:lost] + line.words[lost + 1 :]
    short = line.model_copy(update={"words": words, "text": " ".join(word.text for word in words)})
    lines = (*page.lines[:at], short, *page.lines[at + 1 :])
    given = _change(paper.pages, page.model_copy(update={"lines": lines}))
    return _Plant(paper.pages, given, page.number, line.words[lost].text, line.words[lost].box)


def _lose_page(paper: _Paper, chance: random.Random) -> _Plant | None:
    if len(paper.pages) < 2:
        return None
    page = chance.choice(paper.pages)
    lines = [line for line in page.lines if _is_content(paper, page, line)]
    texts = [line.text for line in lines] + [cell.text for grid in page.grids for cell in grid.cells if cell.text]
    if not texts:
        return None
    given = _change(paper.pages, page.model_copy(update={"lines": (), "grids": (), "codes": ()}))
    return _Plant(paper.pages, given, page.number, max(texts, key=len), None)


def _pick_grid(paper: _Paper, chance: random.Random) -> tuple[OcrPage, int] | None:
    grids = [(page, at) for page in paper.pages for at in range(len(page.grids))]
    return chance.choice(grids) if grids else None


def _give_grid(paper: _Paper, page: OcrPage, at: int, cells: Sequence[Cell]) -> tuple[OcrPage, ...]:
    grid = page.grids[at].model_copy(update={"cells": tuple(cells)})
    return _change(paper.pages, page.model_copy(update={"grids": (*page.grids[:at], grid, *page.grids[at + 1 :])}))


def _lose_cell(paper: _Paper, chance: random.Random) -> _Plant | None:
    """Empty a cell, be it words, a number or a mark."""
    if (picked := _pick_grid(paper, chance)) is None:
        return None
    page, at = picked
    cells = page.grids[at].cells
    lost = chance.choice([cell for cell in cells if cell.text.strip() or cell.mark])
    empty = lost.model_copy(update={"text": "", "mark": None, "ink": 0.0})
    given = _give_grid(paper, page, at, [empty if cell is lost else cell for cell in cells])
    return _Plant(paper.pages, given, page.number, lost.text or str(lost.mark), lost.box if page.has_layout else None)


def _lose_row(paper: _Paper, chance: random.Random) -> _Plant | None:
    """Take a row out, those below it moving up."""
    if (picked := _pick_grid(paper, chance)) is None:
        return None
    page, at = picked
    grid = page.grids[at]
    row = chance.randrange(1, grid.rows)
    own = [cell for cell in grid.cells if cell.row == row and cell.text.strip()]
    if not own or any(cell.row_span > 1 for cell in grid.cells):
        return None
    kept = [cell for cell in grid.cells if cell.row != row]
    moved = [cell.model_copy(update={"row": cell.row - (cell.row > row)}) for cell in kept]
    short = grid.model_copy(update={"rows": grid.rows - 1, "cells": tuple(moved)})
    grids = (*page.grids[:at], short, *page.grids[at + 1 :])
    given = _change(paper.pages, page.model_copy(update={"grids": grids}))
    box = functools.reduce(Box.union, (cell.box for cell in own))
    text = max((cell.text for cell in own), key=len)
    return _Plant(paper.pages, given, page.number, text, box if page.has_layout else None)


def _lose_grid(paper: _Paper, chance: random.Random) -> _Plant | None:
    if (picked := _pick_grid(paper, chance)) is None:
        return None
    page, at = picked
    grid = page.grids[at]
    given = _change(paper.pages, page.model_copy(update={"grids": page.grids[:at] + page.grids[at + 1 :]}))
    longest = max(grid.cells, key=lambda cell: len(cell.text))
    return _Plant(paper.pages, given, page.number, longest.text, grid.box if page.has_layout else None)


def _place(chance: random.Random) -> Box:
    left, top = chance.uniform(0.05, 0.7), chance.uniform(0.2, 0.9)
    return Box(left, top, left + 0.2, top + 0.03)


def _line(text: str, box: Box, source: Source) -> Line:
    word = Word(text=text, box=box, confidence=0.9)
    return Line(text=text, box=box, confidence=0.9, words=(word,), source=source)


def _add(paper: _Paper, chance: random.Random, part: str, *, known: bool) -> _Plant:
    """Put a part onto a page; the parsers may be given it, too."""
    page = chance.choice(paper.pages)
    # Not where the form of a letter has a signature or a garuda: those are known by their place alone.
    box = Box(0.05, 0.95, 0.2, 0.97) if part in ("ink", "picture") else _place(chance)
    text = chance.choice(_STRANGE)
    more = _build_part(part, text, box)
    shown = page.model_copy(update={name: (*getattr(page, name), item) for name, item in more.items()})
    seen = _change(paper.pages, shown)
    silent = isinstance(next(iter(more.values())), InkIsland) and not next(iter(more.values())).text  # type: ignore[union-attr]
    where = box if page.has_layout else None
    return _Plant(seen, seen if known else paper.pages, page.number, "" if silent else text, where, is_added=True)


def _build_part(part: str, text: str, box: Box) -> dict[str, Line | Code | InkIsland | Grid]:
    if part == "code":
        return {"codes": Code(payload=text, box=box)}
    if part == "table":
        return {"grids": _build_grid(text, box)}
    if part == "annotation":
        return {"leftover": InkIsland(box=box, kind=IslandKind.ANNOTATION, text=text)}
    if part in ("ink", "picture"):
        return {"leftover": InkIsland(box=box, kind=IslandKind(part))}
    sources = {"stamp": Source.STAMP, "handwriting": Source.HANDWRITING, "line": Source.PRINT}
    return {"lines": _line(text, box, sources[part])}


def _build_grid(text: str, box: Box) -> Grid:
    width, height = box.width / 2, box.height / 2
    cells = tuple(
        Cell(
            row=row,
            column=column,
            box=Box(
                box.x0 + column * width,
                box.y0 + row * height,
                box.x0 + (column + 1) * width,
                box.y0 + (row + 1) * height,
            ),
            text=text if (row, column) == (0, 0) else f"{column}{row}",
            ink=0.1,
        )
        for row in range(2)
        for column in range(2)
    )
    return Grid(box=box, rows=2, columns=2, cells=cells)


def _adder(part: str, *, known: bool) -> _Planter:
    return lambda paper, chance: _add(paper, chance, part, known=known)


_PLANTERS: Final[dict[str, _Planter]] = {
    "lost line": _lose_line,
    "lost word": _lose_word,
    "lost page": _lose_page,
    "lost cell": _lose_cell,
    "lost row": _lose_row,
    "lost table": _lose_grid,
    **{
        f"added {part}, not given": _adder(part, known=False)
        for part in ("line", "stamp", "handwriting", "code", "table")
    },
    **{
        f"added {part}": _adder(part, known=True)
        for part in ("line", "stamp", "handwriting", "code", "table", "annotation", "ink", "picture")
    },
}
