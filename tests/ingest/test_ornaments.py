"""Rules that make no table, and lattices that are ornaments."""

import numpy as np

from ingest.tables.lattice import CellBox, DetectedTable
from ingest.tables.ornaments import split_off_ornaments
from ingest.tables.table_candidates import may_hold_tables

DPI = 200


def lattice_of(side: float) -> DetectedTable:
    cells = tuple(
        CellBox(row, column, 1, 1, column * side, row * side, (column + 1) * side, (row + 1) * side)
        for row in range(10)
        for column in range(10)
    )
    return DetectedTable(0, 0, 10 * side, 10 * side, 10, 10, cells)


def test_meshes_too_small_for_print_are_no_cells() -> None:
    table, border = lattice_of(0.3 * DPI), lattice_of(0.1 * DPI)
    kept, meshes = split_off_ornaments([table, border], DPI)
    assert kept == [table]
    assert len(meshes) == 100


def frame_of(edges: list[float]) -> DetectedTable:
    """A lattice of five by five whose middle cell is as large as the edges leave it."""
    cells = tuple(
        CellBox(row, column, 1, 1, edges[column], edges[row], edges[column + 1], edges[row + 1])
        for row in range(5)
        for column in range(5)
    )
    return DetectedTable(edges[0], edges[0], edges[-1], edges[-1], 5, 5, cells)


def test_what_a_border_of_larger_meshes_frames_is_read_as_a_page() -> None:
    mesh = 0.2 * DPI
    border = frame_of([0, mesh, 2 * mesh, 30 * mesh, 31 * mesh, 32 * mesh])
    kept, meshes = split_off_ornaments([border], DPI)
    assert not kept
    assert len(meshes) == 24
    assert all(x1 - x0 < 2 * mesh or y1 - y0 < 2 * mesh for x0, y0, x1, y1 in meshes)


def test_boxes_for_digits_beside_a_large_cell_are_no_border() -> None:
    mesh = 0.2 * DPI
    boxes = [CellBox(0, n, 1, 1, n * mesh, 0, (n + 1) * mesh, mesh) for n in range(13)]
    form = DetectedTable(
        0, 0, 13 * mesh, 10 * mesh, 2, 13, (*boxes, CellBox(1, 0, 1, 13, 0, mesh, 13 * mesh, 10 * mesh))
    )
    assert split_off_ornaments([form], DPI) == ([form], [])


def rules(across: list[tuple[int, int]], down: list[int]) -> tuple[np.ndarray, np.ndarray]:
    masks = np.zeros((2, 2000, 1600), np.uint8)
    for y, length in across:
        masks[0, y : y + 3, 200 : 200 + length] = 255
    for x in down:
        masks[1, 300:900, x : x + 3] = 255
    return masks[0], masks[1]


def test_underlines_make_no_table_and_crossing_or_stacked_rules_may() -> None:
    assert not may_hold_tables(rules([], []), DPI)
    assert not may_hold_tables(rules([(300, 300), (700, 250)], []), DPI)
    assert may_hold_tables(rules([(300, 900), (600, 900)], [400]), DPI)
    assert may_hold_tables(rules([(300, 900), (600, 900), (900, 900)], []), DPI)
