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
