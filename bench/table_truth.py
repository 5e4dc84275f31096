"""The truth of a public set of tables (ICDAR 2013, Göbel et al.): its pages drawn, its tables as grids."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from ingest.pixels import GrayImage

DPI = 200
"""Resolution at which its pages are drawn: that of an office scanner."""
_TOO_HIGH = {"eu-015": 247.0}
"""Points by which the cells of a document stand too high in its truth (its pages are turned)."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the page."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: first and last row, first and last column, and its box."""

    rows: tuple[int, int]
    columns: tuple[int, int]
    box: Box


@dataclass(frozen=True, slots=True)
class Structure:
    """One table, true or found."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class TruePage:
    """One page: its picture, the middles of its characters (characters × (x, y), pixels), its true tables."""

    name: str
    gray: GrayImage
    chars: npt.NDArray[np.float64]
    tables: tuple[Structure, ...]


def read_pages(path: Path) -> Iterator[TruePage]:
    """Return the pages of a document that have true tables."""
    name = path.stem
    regions = _read_regions(path.with_name(f"{name}-reg.xml"), path.with_name(f"{name}-str.xml"))
    with pdfium.PdfDocument(path) as document:
        for number in sorted({page for page, _, _ in regions}):
            page = document[number - 1]
            pixels = _get_projection(page)
            gray = np.array(page.render(scale=DPI / 72, grayscale=True).to_numpy(), np.uint8).squeeze()
            tables = tuple(_get_structure(pixels(box), cells, pixels) for at, box, cells in regions if at == number)
            yield TruePage(f"{name}-p{number:02d}", gray, _read_chars(page), tables)


def _get_projection(page: pdfium.PdfPage) -> Callable[[Box], Box]:
    """Return how a box of the truth, in points of the page as it is shown, becomes one in pixels."""
    left, bottom, scale = page.get_cropbox()[0], page.get_cropbox()[1], DPI / 72
    left, bottom = (0.0, 0.0) if page.get_rotation() else (left, bottom)
    top = bottom + page.get_height()
    return lambda box: (
        (box[0] - left) * scale,
        (top - box[3]) * scale,
        (box[2] - left) * scale,
        (top - box[1]) * scale,
    )


def _read_chars(page: pdfium.PdfPage) -> npt.NDArray[np.float64]:
    """Return the middles of the characters of the text layer (characters × (x, y), pixels)."""
    text = page.get_textpage()
    left, bottom, right, top = page.get_cropbox()
    middles = []
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1).strip():
            x1, y1, x2, y2 = text.get_charbox(index)
            x, y = (x1 + x2) / 2, (y1 + y2) / 2
            middles.append(
                {
                    90: (y - bottom, x - left),
                    180: (right - x, y - bottom),
                    270: (top - y, right - x),
                }.get(page.get_rotation(), (x - left, top - y))
            )
    return np.array(middles, np.float64).reshape(-1, 2) * DPI / 72


_Cell = tuple[int, int, int, int, Box]


def _read_regions(regions: Path, structures: Path) -> list[tuple[int, Box, list[_Cell]]]:
    """Return page, box and cells (first and last row, first and last column, box) of each region, in points."""
    boxes = [
        (int(region.get("page", "1")), _read_box(region))
        for region in ElementTree.parse(regions).getroot().iter("region")  # noqa: S314 - a file of the set
    ]
    cells = []
    down = _TOO_HIGH.get(structures.name.removesuffix("-str.xml"), 0.0)
    for region in ElementTree.parse(structures).getroot().iter("region"):  # noqa: S314
        found = []
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row", "0")), int(cell.get("start-col", "0"))
            last_row, last_column = int(cell.get("end-row", row)), int(cell.get("end-col", column))
            x1, y1, x2, y2 = _read_box(cell)
            found.append((row, last_row, column, last_column, (x1, y1 - down, x2, y2 - down)))
        cells.append((int(region.get("page", "1")), found))
    # The two files of a document do not always list their tables in the same order.
    result = []
    for page, box in boxes:
        fitting = [found for at, found in cells if at == page]
        best = max(fitting, key=lambda found: measure_overlap(box, get_hull([c[4] for c in found])), default=[])
        result.append((page, box, best))
    return result


def _read_box(element: ElementTree.Element) -> Box:
    box = element.find("bounding-box")
    if box is None:
        return 0.0, 0.0, 0.0, 0.0
    x1, y1, x2, y2 = (float(box.get(key, "0").replace("ß", "8")) for key in ("x1", "y1", "x2", "y2"))
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def get_hull(boxes: Sequence[Box]) -> Box:
    """Return the box around some boxes."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def measure_overlap(a: Box, b: Box) -> float:
    """Return the share of the union of two boxes that they have in common."""
    common = measure_common(a, b)
    return common / max(measure_area(a) + measure_area(b) - common, 1e-9)


def measure_common(a: Box, b: Box) -> float:
    """Return the area that two boxes have in common."""
    return max(min(a[2], b[2]) - max(a[0], b[0]), 0.0) * max(min(a[3], b[3]) - max(a[1], b[1]), 0.0)


def measure_area(a: Box) -> float:
    """Return the area of a box."""
    return (a[2] - a[0]) * (a[3] - a[1])


def _get_structure(box: Box, cells: Sequence[_Cell], pixels: Callable[[Box], Box]) -> Structure:
    if not cells:
        return Structure(box, 0, 0, ())
    rows = [row for cell in cells for row in cell[:2]]
    columns = [column for cell in cells for column in cell[2:4]]
    return Structure(
        box,
        max(rows) - min(rows) + 1,
        max(columns) - min(columns) + 1,
        tuple(GridCell((a, b), (c, d), pixels(at)) for a, b, c, d, at in cells),
    )
