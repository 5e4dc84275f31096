"""Lattices that are no tables: the border of a deed or a certificate, whose meshes are too small to be written in.

Read as tables they would be thousands of cells, each a picture for the recognizer, and the text that such a border
frames would be one cell among them. What is framed is read as a page instead; the meshes are cleared.
"""

from collections.abc import Sequence

import numpy as np

from ingest.sources.page_image import Box
from ingest.tables.lattice import CellBox, DetectedTable

CLEARED = "ornament.cleared"
"""What was done to such a page."""
_TINY = 0.15
"""Height and width in inches of a cell that holds no line of print: seven points with the rules around them."""
_MOST_CELLS, _SMALL = 2000, 0.3
"""Cells that no page of print has, and the height and width in inches that meshes have then at most."""
_FRAMED = 0.3
"""Share of a lattice that the cell covers which a border of meshes frames: there is the text of a certificate."""
_SHARE = 0.5
"""Share of the cells of a lattice that are meshes, from which it is an ornament."""
_RIM, _RIM_PIXELS = 1 / 30, 4
"""Thickness of outer rules in inches, and in pixels at any resolution."""


def measure_rim(dpi: int) -> int:
    """Return how thick the outer rules of a table are at most, in pixels."""
    return max(_RIM_PIXELS, int(_RIM * dpi))


def split_off_ornaments(tables: Sequence[DetectedTable], dpi: int) -> tuple[list[DetectedTable], list[Box]]:
    """Return the tables that are some, and the boxes of the meshes of the others, their rules included.

    Args:
        tables: What was found on a page.
        dpi: Its resolution.
    """
    kept, meshes = list[DetectedTable](), list[Box]()
    rim = measure_rim(dpi)
    for table in tables:
        cells = _find_meshes(table, dpi)
        if not cells:
            kept.append(table)
        edges = np.array([(cell.left, cell.top, cell.right, cell.bottom) for cell in cells]).reshape(-1, 4).astype(int)
        meshes += [(x0 - rim, y0 - rim, x1 + rim, y1 + rim) for x0, y0, x1, y1 in edges.tolist()]
    return kept, meshes


def _find_meshes(table: DetectedTable, dpi: int) -> list[CellBox]:
    """Return the cells of a lattice that are the meshes of an ornament; none of a table."""
    side = (_SMALL if len(table.cells) > _MOST_CELLS else _TINY) * dpi
    small = [cell for cell in table.cells if _is_smaller(cell, side)]
    if len(small) > _SHARE * len(table.cells):
        return small
    side = _SMALL * dpi
    small = [cell for cell in table.cells if _is_smaller(cell, side)]
    if len(small) > _SHARE * len(table.cells) and _is_frame(table, small):
        # Meshes whose rules are too short to be edges of the whole lattice make one long cell.
        return [cell for cell in table.cells if min(cell.bottom - cell.top, cell.right - cell.left) < side]
    return []


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
