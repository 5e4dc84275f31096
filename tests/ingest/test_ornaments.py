"""Rules that make no table, and lattices that are ornaments."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.ornamented_pages import save_pages
from core.limits import Limits
from core.settings import Settings
from ingest.page_reader import PageTask, read_page
from ingest.sources.file_type import MediaType
from ingest.tables.lattice import CellBox, DetectedTable
from ingest.tables.ornaments import READ_AS_LINES, find_filled_row, split_off_dense, split_off_ornaments
from ingest.tables.table_candidates import may_hold_tables
from models.ocr import IslandKind
from pipeline.reading import build_recognizer

DPI = 200
NO_RULES = np.zeros((4000, 4000), np.uint8)


def lattice_of(side: float) -> DetectedTable:
    cells = tuple(
        CellBox(row, column, 1, 1, column * side, row * side, (column + 1) * side, (row + 1) * side)
        for row in range(10)
        for column in range(10)
    )
    return DetectedTable(0, 0, 10 * side, 10 * side, 10, 10, cells)


def test_meshes_too_small_for_print_are_no_cells() -> None:
    table, border = lattice_of(0.3 * DPI), lattice_of(0.1 * DPI)
    kept, meshes = split_off_ornaments([table, border], NO_RULES, DPI)
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
    kept, meshes = split_off_ornaments([border], NO_RULES, DPI)
    assert not kept
    assert len(meshes) == 24
    assert all(x1 - x0 < 2 * mesh or y1 - y0 < 2 * mesh for x0, y0, x1, y1 in meshes)


def test_boxes_for_digits_beside_a_large_cell_are_no_border() -> None:
    mesh = 0.2 * DPI
    boxes = [CellBox(0, n, 1, 1, n * mesh, 0, (n + 1) * mesh, mesh) for n in range(13)]
    form = DetectedTable(
        0, 0, 13 * mesh, 10 * mesh, 2, 13, (*boxes, CellBox(1, 0, 1, 13, 0, mesh, 13 * mesh, 10 * mesh))
    )
    assert split_off_ornaments([form], NO_RULES, DPI) == ([form], [])


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


def test_what_a_border_frames_row_by_row_is_no_table() -> None:
    """Meshes at both sides part the page between them into rows that no rule parts; its text is read as a page."""
    side, wide = 0.16 * DPI, 5.0 * DPI
    lefts = [0, side, side + wide, 2 * side + wide]
    cells = tuple(
        CellBox(row, column, 1, 1, lefts[column], row * side, lefts[column + 1], (row + 1) * side)
        for row in range(30)
        for column in range(3)
    )
    table = DetectedTable(0, 0, lefts[-1], 30 * side, 30, 3, cells)
    kept, meshes = split_off_ornaments([table], NO_RULES, DPI)
    assert not kept
    assert len(meshes) == 60
    ruled = NO_RULES.copy()
    ruled[[round(row * side) for row in range(31)]] = 255
    assert split_off_ornaments([table], ruled, DPI) == ([table], [])


def test_what_stands_in_meshes_is_told_of() -> None:
    boxes = [(x, y, x + 40, y + 40) for y in (100, 140) for x in range(100, 500, 40)]
    labels = np.zeros((400, 600), np.uint16)
    assert find_filled_row(boxes, labels, DPI) is None
    for left, top, _, _ in boxes:
        labels[top + 15 : top + 25, left + 15 : left + 25] = 1
    assert find_filled_row(boxes, labels, DPI) == (100, 100, 500, 140)


def test_tables_beyond_the_limit_are_left_to_lines() -> None:
    small, large = lattice_of(0.3 * DPI), lattice_of(0.35 * DPI)
    assert split_off_dense([large, small], 200) == ([large, small], [])
    assert split_off_dense([large, small], 150) == ([large], [small])
    assert split_off_dense([small], 99) == ([], [small])


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("name", ["letters-in-meshes", "certificate"])
def test_the_text_within_a_border_is_read(name: str, tmp_path: Path) -> None:
    paths = {path.stem: path for path in save_pages(tmp_path)}
    recognizer = build_recognizer(Settings())
    plain, framed = (
        read_page(PageTask(paths[page], MediaType.PNG, 1, recognizer, Limits())).page for page in ("plain", name)
    )
    words = {word.text for line in plain.lines for word in line.words}
    read = {word.text for line in framed.lines for word in line.words}
    assert len(words) > 20
    assert len(words & read) >= 0.95 * len(words)
    if name == "letters-in-meshes":
        assert [island.kind for island in framed.leftover][:1] == [IslandKind.INK]


@pytest.mark.ocr
@pytest.mark.slow
def test_a_table_of_too_many_cells_is_read_as_lines() -> None:
    path = Path(__file__).parent.parent.parent / "fixtures" / "shapes" / "names.tif"
    task = PageTask(path, MediaType.TIFF, 1, build_recognizer(Settings()), Limits(scanned_cells=10))
    page = read_page(task).page
    assert not page.grids
    assert READ_AS_LINES in page.prepared
    cells = read_page(replace(task, limits=Limits())).page.grids[0].cells
    words = {word for cell in cells for word in cell.text.split() if len(word) > 4}
    read = " ".join(line.text for line in page.lines)
    assert sum(word in read for word in words) >= 0.8 * len(words)
