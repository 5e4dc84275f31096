"""Lattices that are no tables: the border of a deed or a certificate, whose meshes are too small to be written in.

Read as tables they would be thousands of cells, each a picture for the recognizer, and the text that such a border
frames would be one cell among them. What is framed is read as a page instead; the meshes are cleared.
"""

from collections.abc import Sequence

import numpy as np

from ingest.pixels import GrayImage, Labels
from ingest.sources.page_image import Box
from ingest.tables.lattice import CellBox, DetectedTable

CLEARED, READ_AS_LINES = "ornament.cleared", "table.read_as_lines"
"""What was done to such a page, and to one with more cells than are read one by one."""
_TINY = 0.15
"""Height and width in inches of a cell that holds no line of print: seven points with the rules around them."""
_SMALL = 0.3
"""Height and width in inches of the meshes of a border at most; a line of print has room in the larger ones."""
_FRAMED = 0.3
"""Share of a lattice that the cell covers which a border of meshes frames: there is the text of a certificate."""
_SHARE = 0.5
"""Share of the cells of a lattice that are meshes, from which it is an ornament."""
_RULED = 0.5
"""Share of the width of a row that a rule runs along which parts it from the next one, and least share of such rows in
a table."""
_BENT = 0.04
"""How far a rule may stray from its place, in inches."""
_INKED = 0.04
"""Share of the inside of a mesh that is ink, from which something stands in it."""
_RIM, _RIM_PIXELS = 1 / 30, 4
"""Thickness of outer rules in inches, and in pixels at any resolution."""


def measure_rim(dpi: int) -> int:
    """Return how thick the outer rules of a table are at most, in pixels."""
    return max(_RIM_PIXELS, int(_RIM * dpi))


def split_off_ornaments(
    tables: Sequence[DetectedTable], across: GrayImage, dpi: int
) -> tuple[list[DetectedTable], list[Box]]:
    """Return the tables that are some, and the boxes of the meshes of the others, their rules included.

    Args:
        tables: What was found on a page.
        across: Its horizontal rules, as a mask.
        dpi: Its resolution.
    """
    kept, meshes = list[DetectedTable](), list[Box]()
    rim = measure_rim(dpi)
    for table in tables:
        cells = _find_meshes(table, across, dpi)
        if not cells:
            kept.append(table)
        edges = np.array([(cell.left, cell.top, cell.right, cell.bottom) for cell in cells]).reshape(-1, 4).astype(int)
        meshes += [(x0 - rim, y0 - rim, x1 + rim, y1 + rim) for x0, y0, x1, y1 in edges.tolist()]
    return kept, meshes


def find_filled_row(meshes: Sequence[Box], labels: Labels, dpi: int) -> Box | None:
    """Return the first row of meshes with something in them, whose ink is told of; None where most are empty.

    Args:
        meshes: Their boxes, rules included.
        labels: The ink of the page beside its rules.
        dpi: Its resolution.
    """
    rim = 2 * measure_rim(dpi)
    insides = (labels[max(y0 + rim, 0) : y1 - rim, max(x0 + rim, 0) : x1 - rim] for x0, y0, x1, y1 in meshes)
    filled = [
        mesh
        for mesh, inside in zip(meshes, insides, strict=True)
        if inside.size and np.count_nonzero(inside) >= _INKED * inside.size
    ]
    if len(filled) <= _SHARE * len(meshes):
        return None
    top = min(mesh[1] for mesh in filled)
    row = np.array([mesh for mesh in filled if mesh[1] - top <= _TINY * dpi])
    x0, y0 = row[:, :2].min(axis=0).tolist()
    x1, y1 = row[:, 2:].max(axis=0).tolist()
    return x0, y0, x1, y1


def split_off_dense(
    tables: Sequence[DetectedTable], most_cells: int
) -> tuple[list[DetectedTable], list[DetectedTable]]:
    """Return the tables whose cells are read, and those with more than the most cells of a page: read as lines."""
    kept, dense, count = list[DetectedTable](), list[DetectedTable](), 0
    for table in sorted(tables, key=lambda table: len(table.cells)):
        count += len(table.cells)
        (kept if count <= most_cells else dense).append(table)
    return [table for table in tables if table in kept], dense


def _find_meshes(table: DetectedTable, across: GrayImage, dpi: int) -> list[CellBox]:
    """Return the cells of a lattice that are the meshes of an ornament; none of a table."""
    tiny, side = _select_most(table, _TINY * dpi), _SMALL * dpi
    small = tiny or _select_most(table, side)
    if tiny or not small:
        return tiny
    if _is_frame(table, small):
        # Meshes whose rules are too short to be edges of the whole lattice make one long cell.
        return [cell for cell in table.cells if min(cell.bottom - cell.top, cell.right - cell.left) < side]
    wide = [cell for cell in table.cells if cell.right - cell.left >= side]
    ruled = [cell for cell in wide if all(_is_ruled(cell, across, dpi))]
    return small + ruled if _are_framed(table, wide, small) and len(ruled) < _RULED * len(wide) else []


def _select_most(table: DetectedTable, side: float) -> list[CellBox]:
    """Return the cells smaller than a side, where most of a table's cells are; else none."""
    small = [cell for cell in table.cells if _is_smaller(cell, side)]
    return small if len(small) > _SHARE * len(table.cells) else []


def _are_framed(table: DetectedTable, cells: Sequence[CellBox], meshes: Sequence[CellBox]) -> bool:
    """Tell whether cells are what a border frames, parted row by row by the meshes that stand on either side of it."""
    area = sum((cell.right - cell.left) * (cell.bottom - cell.top) for cell in cells)
    if area < _FRAMED * (table.right - table.left) * (table.bottom - table.top):
        return False
    left, right = min(cell.left for cell in cells), max(cell.right for cell in cells)
    return any(mesh.right <= left for mesh in meshes) and any(mesh.left >= right for mesh in meshes)


def _is_ruled(cell: CellBox, across: GrayImage, dpi: int) -> tuple[bool, bool]:
    """Tell whether a rule runs along the upper, and along the lower side of a cell."""
    bent = round(_BENT * dpi)
    strips = (
        across[max(round(at) - bent, 0) : round(at) + bent + 1, int(cell.left) : int(cell.right)]
        for at in (cell.top, cell.bottom)
    )
    above, below = (float(strip.any(axis=0).mean()) >= _RULED for strip in strips)
    return above, below


def _is_frame(table: DetectedTable, meshes: Sequence[CellBox]) -> bool:
    """Tell whether meshes stand on all four sides of a cell that is a good part of the lattice.

    Boxes for the digits of a number, beside a large cell of a form, stand on one.
    """
    inner = max(table.cells, key=lambda cell: (cell.right - cell.left) * (cell.bottom - cell.top))
    area = (table.right - table.left) * (table.bottom - table.top)
    if (inner.right - inner.left) * (inner.bottom - inner.top) < _FRAMED * area:
        return False
    return (
        any(mesh.right <= inner.left for mesh in meshes)
        and any(mesh.left >= inner.right for mesh in meshes)
        and any(mesh.bottom <= inner.top for mesh in meshes)
        and any(mesh.top >= inner.bottom for mesh in meshes)
    )


def _is_smaller(cell: CellBox, side: float) -> bool:
    return cell.bottom - cell.top < side and cell.right - cell.left < side
