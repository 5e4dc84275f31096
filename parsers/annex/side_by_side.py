"""Tables as their pages lay them out → tables as they are meant: lists side by side apart, columns in their places."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from models.field import Box
from models.ocr import Cell, Grid
from thai.text import skeleton

_ALIKE = 70
"""Per cent of letters in common from which two headers are one."""
_SHARE_ALIKE = 0.6
"""Share of the headers that must be the same in both halves."""
_COVERED = 0.6
"""Share of a column's width from which a cell of another table covers it."""
_OUTER = 0.03
"""How far the sides of two tables may lie apart, in shares of the page, that have the same columns."""


def list_width(headers: Sequence[str]) -> int:
    """Return of how many columns each of the lists is that stand side by side in a table; 0 where there is but one.

    Args:
        headers: The header of each column, as read.
    """
    if not headers or len(skeleton(headers[0])) < 2:
        return 0
    for width in range(2, len(headers) // 2 + 1):
        if len(headers) % width:
            continue
        blocks = [headers[at : at + width] for at in range(0, len(headers), width)]
        if all(alike(blocks[0], block) and alike(blocks[0][:1], block[:1]) for block in blocks[1:]):
            return width
    return 0


def alike(headers: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two rows of headers say the same, but for misread letters."""
    from rapidfuzz.fuzz import ratio

    same = [ratio(skeleton(a), skeleton(b)) >= _ALIKE for a, b in zip(headers, others, strict=True) if a or b]
    return sum(same) >= _SHARE_ALIKE * len(same)


def lists(grid: Grid, width: int) -> tuple[Grid, ...]:
    """Return the lists of a table as tables of their own, from left to right."""
    if not width or grid.columns % width:
        return (grid,)
    found = []
    for start in range(0, grid.columns, width):
        cells = tuple(
            cell.model_copy(
                update={
                    "column": max(cell.column - start, 0),
                    "column_span": min(cell.column + cell.column_span, start + width) - max(cell.column, start),
                }
            )
            for cell in grid.cells
            if cell.column < start + width and cell.column + cell.column_span > start
        )
        if cells:
            box = Box(min(c.box.x0 for c in cells), grid.box.y0, max(c.box.x1 for c in cells), grid.box.y1)
            found.append(Grid(box=box, rows=grid.rows, columns=width, cells=cells))
    return tuple(found)


def fitted(grid: Grid, like: Grid) -> Grid | None:
    """Return a table with the columns of another, by where they stand; None where the two do not lie alike.

    On a page where no remark stands, a table without rules down the page has a column less. Where two columns of marks
    became one, nobody knows in which of them a mark stands: none is sure.
    """
    if grid.columns == like.columns:
        return grid
    if max(abs(grid.box.x0 - like.box.x0), abs(grid.box.x1 - like.box.x1)) > _OUTER:
        return None
    edges = _edges(like)
    if edges is None:
        return None
    marked = {cell.column for cell in like.cells if cell.mark is not None}
    if any(cell.column_span > 1 for cell in grid.cells):
        return None
    places: dict[tuple[int, int], list[Cell]] = {}
    for cell in grid.cells:
        middle = (cell.box.x0 + cell.box.x1) / 2
        column = sum(1 for edge in edges[1:] if edge <= middle)
        is_unclear = cell.mark is not None and len(marked & _find_covered(cell.box, edges)) > 1
        placed = cell.model_copy(update={"mark_confidence": 0.0}) if is_unclear else cell
        places.setdefault((cell.row, min(column, like.columns - 1)), []).append(placed)
    cells = tuple(_fill_columns(grid, places, edges))
    return Grid(box=grid.box, rows=grid.rows, columns=like.columns, cells=cells)


def _fill_columns(
    grid: Grid, places: Mapping[tuple[int, int], Sequence[Cell]], edges: Sequence[float]
) -> Iterator[Cell]:
    """Yield a cell for each row and each column between edges, empty where nothing of a table stands there."""
    for row in range(grid.rows):
        height = next((c.box for c in grid.cells if c.row == row), grid.box)
        for column, (start, end) in enumerate(pairwise(edges)):
            here = places.get((row, column))
            empty = Cell(row=row, column=column, box=Box(start, height.y0, end, height.y1))
            yield _joined(here, column) if here else empty


def _find_covered(box: Box, edges: Sequence[float]) -> set[int]:
    """Return the columns between edges that a cell covers."""
    return {
        column
        for column, (start, end) in enumerate(pairwise(edges))
        if min(box.x1, end) - max(box.x0, start) >= _COVERED * (end - start)
    }


def _edges(grid: Grid) -> list[float] | None:
    starts = []
    for column in range(grid.columns):
        own = [cell.box.x0 for cell in grid.cells if cell.column == column and cell.column_span == 1]
        if not own:
            return None
        starts.append(median(own))
    return [*starts, grid.box.x1]


def _joined(cells: Sequence[Cell], column: int) -> Cell:
    """Return the cells that fall into one column as one; the mark is that of the only one that holds ink."""
    inked = [cell for cell in cells if cell.ink > 0]
    if len(inked) <= 1:
        return (inked or list(cells))[0].model_copy(update={"column": column})
    return inked[0].model_copy(
        update={
            "column": column,
            "text": " ".join(cell.text for cell in inked if cell.text),
            "confidence": min(cell.confidence for cell in inked),
            "mark": None,
        }
    )
