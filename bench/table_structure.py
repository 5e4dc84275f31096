"""The table finder on a public competition's set (ICDAR 2013, Göbel et al.): tables, rows, columns, cells.

    python bench/table_structure.py FOLDER                      FOLDER holds NAME.pdf, NAME-reg.xml, NAME-str.xml
    python bench/table_structure.py FOLDER --only us-018 --pictures OUT
    python bench/table_structure.py FOLDER --peer img2table     or camelot; both where they are installed

Each page that has a true table is drawn at 200 dpi in gray, as a clean scan would be, and only the table finder runs:
nothing is recognized. The characters of the text layer are the atoms, as if the text were read perfectly.

*Found*: a grid whose box and that of a true table share more than half of their union, each grid used once. *Rows and
columns right*: as many as from the truth's smallest to its largest index. *Adjacency F1*: each cell with text and its
nearest neighbor to the right and below; a cell is the true one when the Jaccard index of their characters is 0.9 or
more. *False*: a grid that matches no true table; a *piece* lies mostly on a true table but is not it.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import cv2
import numpy as np
import numpy.typing as npt

from bench.table_truth import (
    DPI,
    Box,
    GridCell,
    Structure,
    TruePage,
    get_hull,
    measure_area,
    measure_common,
    measure_overlap,
    read_pages,
)
from ingest.preprocessing.binarization import binarize
from ingest.preprocessing.border_noise import find_border_noise
from ingest.preprocessing.filled_areas import lift_filled_areas
from ingest.sources.page_image import PageImage
from ingest.tables.rule_removal import find_components, remove_specks
from ingest.tables.table_detection import find_ruling_lines, find_tables

_FOUND = 0.5
"""Share of the union of two boxes that they must have in common to be one table."""
_SAME_CELL = 0.9
"""Jaccard index of the characters of a cell and of a true one from which they are the same."""


Chars = frozenset[int]


@dataclass(slots=True)
class Score:
    """What was counted over some pages."""

    true: int = 0
    found: int = 0
    rows: int = 0
    columns: int = 0
    both: int = 0
    false: int = 0
    pieces: int = 0
    crashed: int = 0
    pages: int = 0
    seconds: float = 0.0
    relations: list[int] = field(default_factory=lambda: [0, 0, 0])
    """Right, found, true."""

    def line(self) -> str:
        """Return the score as a line of a table."""
        right, found, true = self.relations
        f1 = 2 * right / max(found + true, 1)
        return (
            f"found {self.found}/{self.true} ({self.found / max(self.true, 1):.3f}) | rows {self.rows} | "
            f"columns {self.columns} | both {self.both} | F1 {f1:.3f} | false {self.false} (+{self.pieces}) | "
            f"crashes {self.crashed} | CPU {self.seconds / max(self.pages, 1):.2f} s/page over {self.pages} pages"
        )


def main() -> None:
    """Print a line for each table that is not right, and the score of the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names of documents, or of pages, begin so")
    parser.add_argument("--peer", choices=("saraban", "img2table", "camelot"), default="saraban")
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the pages that have a failure")
    arguments = parser.parse_args()
    score = Score()
    finder = _FINDERS[arguments.peer]
    for path in sorted(arguments.folder.glob("*.pdf")):
        for page in read_pages(path):
            if not page.name.startswith(arguments.only):
                continue
            started = time.process_time()
            try:
                grids = finder(page, path)
            except Exception as error:  # noqa: BLE001 - a page that is lost is what is counted
                print(f"{page.name}: {type(error).__name__}: {error}")
                score.crashed += 1
                grids = []
            score.seconds += time.process_time() - started
            score.pages += 1
            failures = judge(page, grids, score)
            for failure in failures:
                print(f"{page.name}: {failure}", flush=True)
            if failures and arguments.pictures:
                _draw(page, grids, arguments.pictures / f"{page.name}.png")
    print(score.line())


def find_with_saraban(page: TruePage, _: Path) -> list[Structure]:
    """Return the tables that Saraban finds in the picture, by the steps that a page of a scan goes through."""
    whole, noise = PageImage(page.gray, DPI), find_border_noise(page.gray, DPI)
    gray = (whole.cleared(noise.mask) if noise.found else whole).deskewed()[0].gray
    lifted = lift_filled_areas(gray, DPI)
    ink = binarize(lifted.gray)
    if lifted.edges is not None:
        ink |= lifted.edges
    rules = find_ruling_lines(ink, DPI)
    tables = find_tables(find_components(remove_specks(ink, DPI), rules, DPI), DPI)
    return [
        Structure(
            (t.left, t.top, t.right, t.bottom),
            t.rows,
            t.columns,
            tuple(
                GridCell(
                    (c.row, c.row + c.row_span - 1),
                    (c.column, c.column + c.column_span - 1),
                    (c.left, c.top, c.right, c.bottom),
                )
                for c in t.cells
            ),
        )
        for t in tables
    ]


def find_with_img2table(page: TruePage, _: Path) -> list[Structure]:
    """Return the tables that img2table finds in the picture, without OCR."""
    from img2table.document import Image  # type: ignore[import-not-found]

    encoded = cv2.imencode(".png", page.gray)[1].tobytes()
    found = Image(src=encoded).extract_tables(borderless_tables=True, implicit_rows=False)
    return [
        _from_rectangles([[(c.bbox.x1, c.bbox.y1, c.bbox.x2, c.bbox.y2) for c in row] for row in t.content.values()])
        for t in found
    ]


def find_with_camelot(page: TruePage, path: Path) -> list[Structure]:
    """Return the tables that Camelot finds in the PDF itself: exact lines and text, an easier input."""
    import camelot  # type: ignore[import-not-found]

    scale, height = DPI / 72, page.gray.shape[0]
    found = camelot.read_pdf(str(path), pages=str(int(page.name[-2:])), flavor="lattice")
    return [
        _from_rectangles(
            [
                [(c.x1 * scale, height - c.y2 * scale, c.x2 * scale, height - c.y1 * scale) for c in row]
                for row in t.cells
            ]
        )
        for t in found
    ]


_FINDERS: dict[str, Callable[[TruePage, Path], list[Structure]]] = {
    "saraban": find_with_saraban,
    "img2table": find_with_img2table,
    "camelot": find_with_camelot,
}


def _from_rectangles(rows: Sequence[Sequence[Box]]) -> Structure:
    """Return the table whose cells are given row by row; a cell that spans is given in each of its places."""
    places: dict[Box, list[tuple[int, int]]] = {}
    for number, row in enumerate(rows):
        for column, box in enumerate(row):
            places.setdefault(box, []).append((number, column))
    cells = tuple(
        GridCell((min(at)[0], max(at)[0]), (min(c for _, c in at), max(c for _, c in at)), box)
        for box, at in places.items()
    )
    return Structure(get_hull(list(places)), len(rows), max(len(row) for row in rows), cells)


def judge(page: TruePage, grids: Sequence[Structure], score: Score) -> list[str]:
    """Count what was found on a page, and return what is wrong with it."""
    failures: list[str] = []
    free = list(range(len(grids)))
    for number, true in enumerate(page.tables, start=1):
        score.true += 1
        wanted = _relations(true, page.chars)
        score.relations[2] += len(wanted)
        best = max(free, key=lambda n: measure_overlap(true.box, grids[n].box), default=None)
        if best is None or measure_overlap(true.box, grids[best].box) <= _FOUND:
            failures.append(f"table {number} of {len(page.tables)} ({true.rows} × {true.columns}) not found")
            continue
        free.remove(best)
        grid = grids[best]
        got = _relations(grid, page.chars)
        right = _same_relations(wanted, got)
        score.relations[0] += right
        score.relations[1] += len(got)
        score.found += 1
        rows, columns = grid.rows == true.rows, grid.columns == true.columns
        score.rows, score.columns, score.both = (
            score.rows + rows,
            score.columns + columns,
            score.both + (rows and columns),
        )
        f1 = 2 * right / max(len(wanted) + len(got), 1)
        if not (rows and columns) or f1 < _SAME_CELL:
            failures.append(
                f"table {number}: {true.rows} × {true.columns} read as {grid.rows} × {grid.columns}, F1 {f1:.2f}"
            )
    for number in free:
        grid = grids[number]
        on_true = sum(measure_common(grid.box, true.box) for true in page.tables) > _FOUND * measure_area(grid.box)
        score.pieces, score.false = score.pieces + on_true, score.false + (not on_true)
        score.relations[1] += len(_relations(grid, page.chars))
        failures.append(f"{'piece' if on_true else 'false'}: {grid.rows} × {grid.columns} at {_rounded(grid.box)}")
    return failures


def _rounded(box: Box) -> tuple[int, ...]:
    return tuple(round(side) for side in box)


Relation = tuple[Chars, Chars, str]


def _relations(table: Structure, chars: npt.NDArray[np.float64]) -> list[Relation]:
    """Return each cell with text beside its nearest neighbor to the right and below it, by their characters."""
    at: dict[tuple[int, int], Chars] = {}
    for cell in table.cells:
        text = _find_chars(cell.box, chars)
        if text:
            at.update(dict.fromkeys(_list_places(cell), text))
    found: set[Relation] = set()
    for (row, column), text in at.items():
        right = min((place for place in at if place[0] == row and place[1] > column), default=None)
        below = min((place for place in at if place[1] == column and place[0] > row), default=None)
        for way, place in (("right", right), ("below", below)):
            if place is not None and at[place] != text:
                found.add((text, at[place], way))
    return list(found)


def _find_chars(box: Box, chars: npt.NDArray[np.float64]) -> Chars:
    left, top, right, bottom = box
    inside = (chars[:, 0] >= left - 1) & (chars[:, 0] <= right + 1)
    inside &= (chars[:, 1] >= top - 1) & (chars[:, 1] <= bottom + 1)
    return frozenset(np.nonzero(inside)[0].tolist())


def _list_places(cell: GridCell) -> list[tuple[int, int]]:
    rows, columns = cell.rows, cell.columns
    return list(itertools.product(range(rows[0], rows[1] + 1), range(columns[0], columns[1] + 1)))


def _same_relations(wanted: Sequence[Relation], got: Sequence[Relation]) -> int:
    """Return how many relations are found, each once."""
    true_cells = {cell for relation in wanted for cell in relation[:2]}
    of_char: dict[int, set[Chars]] = {}
    for cell in true_cells:
        for char in cell:
            of_char.setdefault(char, set()).add(cell)

    def true_cell(cell: Chars) -> Chars | None:
        near = {other for char in cell for other in of_char.get(char, ())}
        return next((other for other in near if len(cell & other) >= _SAME_CELL * len(cell | other)), None)

    known = {cell: true_cell(cell) for relation in got for cell in relation[:2]}
    return len(set(wanted) & {(known[a], known[b], way) for a, b, way in got})


def _draw(page: TruePage, grids: Sequence[Structure], path: Path) -> None:
    """Write the page with its true tables in green and those found, with their cells, in red and blue."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = cv2.cvtColor(page.gray, cv2.COLOR_GRAY2BGR)
    for grid in grids:
        for cell in grid.cells:
            cv2.rectangle(picture, _corner(cell.box, 0), _corner(cell.box, 2), (255, 120, 0), 2)
        cv2.rectangle(picture, _corner(grid.box, 0), _corner(grid.box, 2), (0, 0, 255), 4)
    for true in page.tables:
        cv2.rectangle(picture, _corner(true.box, 0), _corner(true.box, 2), (0, 160, 0), 3)
    cv2.imwrite(str(path), picture)


def _corner(box: Box, first: int) -> tuple[int, int]:
    return round(box[first]), round(box[first + 1])


if __name__ == "__main__":
    main()
