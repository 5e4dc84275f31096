"""Which cell of a row is marked, and by which sign, where a stamp or a pen stroke lies over the table.

Of columns that exclude each other, the one is marked whose cell holds a sign like those of its column, and whose
fellows hold none (`sign_comparison`). Where one column has ticks and crosses, a sign that is more like those of the
other shape is doubtful. What is told this way is a likelihood: the sign says that it is doubtful.
"""

import itertools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.sources.page_image import Gray
from ingest.tables.check_marks import CellInk
from ingest.tables.lattice import DetectedTable
from ingest.tables.sign_comparison import TICK_AND_CROSS, Match, SignComparison, UsualSigns, get_box
from models.ocr import Mark

DOUBTFUL = 0.4
"""Confidence of a sign that was told by others."""


@dataclass(frozen=True, slots=True)
class MarkResolutionSettings:
    """What is told by signs that are like others of their column, in shares of the ink of such a sign."""

    exclusive: float = 0.7
    """Share of the rows with a sign that have but one, from which the columns of marks exclude each other."""
    clearly: float = 0.25
    """How much more of a sign is inked in the marked cell than of one in any other of the row; a stroke along an arm
    covers half. The same of a tick and of a cross in a cell that holds either."""
    surely_covered: float = 0.85
    """How much of a tick is inked where it is one; of a cross a stroke over a tick may cover as much."""
    hardly: float = 0.1
    """How much more of a tick is inked than of a cross where it is no cross."""
    few_unknown: float = 0.2
    """Share of its ticks up to which signs of a column that are neither are ticks with strokes."""
    unsure: float = 0.7
    """Confidence of a shape under which it may be the other; worn crosses are told as ticks with as much."""


_SETTINGS = MarkResolutionSettings()


def resolve_marks(
    table: DetectedTable,
    signs: Sequence[CellInk],
    columns: Collection[int],
    rows: Collection[int],
    ink: Gray,
    settings: MarkResolutionSettings = _SETTINGS,
) -> list[CellInk]:
    """Return the signs of a table, one in each row of columns that exclude each other, as far as like signs tell it.

    Args:
        table: Its cells.
        signs: What `check_marks.find_sign` found in each of them.
        columns: The columns of marks.
        rows: The rows that have marks.
        ink: The page without its ruling lines, height × width, ink 255.
        settings: What is told by signs that are alike.
    """
    resolved = list(signs)
    comparison = SignComparison(table, signs, ink)
    places = _find_places(table, columns, rows)
    usual = {column: comparison.find_usual(column, rows) for column in columns}
    groups = _find_exclusive_columns(places, signs, usual, comparison, settings)
    for group in groups:
        for row in rows:
            cells = {places[row, column]: usual[column] for column in group if (row, column) in places}
            for index, (is_marked, mark) in _choose(signs, cells, comparison, settings).items():
                resolved[index] = _doubt(signs[index], table, index, mark) if is_marked else CellInk(0.0, None)
    for column in set(columns).difference(*groups):
        alone = [index for (_, at), index in places.items() if at == column]
        usual_by_mark = {mark: comparison.find_usual(column, rows, {mark}) for mark in TICK_AND_CROSS}
        for index, mark in _judge_shapes(signs, alone, usual_by_mark, comparison, settings).items():
            resolved[index] = replace(_doubt(signs[index], table, index, mark), mark=mark)
    return resolved


def has_usual_signs(
    table: DetectedTable, signs: Sequence[CellInk], columns: Collection[int], row: int, ink: Gray
) -> bool:
    """Tell whether the signs of a row are like others of their columns: the last row of a table may be a total.

    Args:
        table: Its cells.
        signs: Their signs, resolved.
        columns: The columns of marks.
        row: The row; those above it are what it is compared with.
        ink: The page without its ruling lines, height × width, ink 255.
    """
    comparison = SignComparison(table, signs, ink)
    signed = [
        (index, cell.column)
        for index, cell in enumerate(table.cells)
        if cell.row == row and cell.column in columns and signs[index].box is not None
    ]
    usual = {index: comparison.find_usual(column, range(row)) for index, column in signed}
    return bool(usual) and all(own is not None and comparison.holds_one(index, own) for index, own in usual.items())


def _find_places(table: DetectedTable, columns: Collection[int], rows: Collection[int]) -> dict[tuple[int, int], int]:
    """Return the cells of some columns and rows by row and column."""
    return {
        (cell.row, cell.column): index
        for index, cell in enumerate(table.cells)
        if cell.column in columns and cell.row in rows
    }


def _find_exclusive_columns(
    places: Mapping[tuple[int, int], int],
    signs: Sequence[CellInk],
    usual: Mapping[int, UsualSigns | None],
    comparison: SignComparison,
    settings: MarkResolutionSettings,
) -> list[tuple[int, ...]]:
    """Return which columns of marks exclude each other: all of them, or those of each of two lists side by side."""
    signed = {place for place, index in places.items() if signs[index].box is not None}

    def is_like_usual(row: int, column: int) -> bool:
        own = usual[column]
        return own is None or comparison.holds_one(places[row, column], own)

    def exclude_each_other(group: Sequence[int]) -> bool:
        marked = [[(row, at) for at in group if (row, at) in signed] for row in sorted({row for row, _ in places})]
        # Of several signs in a row some may be pieces of a stroke.
        counts = [len(row) if len(row) < 2 else sum(is_like_usual(*place) for place in row) for row in marked if row]
        return len(group) > 1 and counts.count(1) >= settings.exclusive * len(counts)

    whole = tuple(sorted(usual))
    if exclude_each_other(whole):
        return [whole]
    adjacent = [
        tuple(column for _, column in run)
        for _, run in itertools.groupby(enumerate(whole), lambda numbered: numbered[1] - numbered[0])
    ]
    return [group for group in adjacent if exclude_each_other(group)]


def _choose(
    signs: Sequence[CellInk],
    cells: Mapping[int, UsualSigns | None],
    comparison: SignComparison,
    settings: MarkResolutionSettings,
) -> dict[int, tuple[bool, Mark]]:
    """Return what differs in a row from what was found, cell by cell: whether it is marked, and the sign, doubtful.

    Where it is not known how the signs of a column look, any ink beside dust may be one.
    """
    signed = [index for index in cells if signs[index].box is not None]
    matches = {index: _match(index, usual, comparison) for index, usual in cells.items()}
    others = [match.covered for index, match in matches.items() if [index] != signed]
    if len(matches) < 2 or (len(signed) == 1 and not any(others)):
        return {}
    best, second = sorted(matches, key=lambda index: -matches[index].covered)[:2]
    clear = cells[best] is not None and matches[best].covered - matches[second].covered >= settings.clearly
    if clear and signed == [best]:
        return {}
    if clear and matches[best].covered >= comparison.settings.covered:
        return {**dict.fromkeys(cells, (False, Mark.UNKNOWN)), best: (True, matches[best].mark)}
    return {signed[0]: (True, Mark.UNKNOWN)} if len(signed) == 1 else {}


def _match(index: int, usual: UsualSigns | None, comparison: SignComparison) -> Match:
    if usual is None:
        return Match(float(comparison.has_ink(index)), Mark.UNKNOWN)
    return comparison.match(index, usual)


def _judge_shapes(
    signs: Sequence[CellInk],
    cells: Sequence[int],
    usual: Mapping[Mark, UsualSigns | None],
    comparison: SignComparison,
    settings: MarkResolutionSettings,
) -> dict[int, Mark]:
    """Return which signs of a column are doubtful, and what they are then: a tick, or unknown.

    A cross may be a tick with a stroke through it, so none is told of one. A column has ticks alone where no cross is
    in it, and hardly a sign that may be one.
    """
    kinds = Counter(signs[index].mark for index in cells)
    if Mark.TICK not in kinds:
        return {}
    ticks_alone = not kinds[Mark.CROSS] and kinds[Mark.UNKNOWN] <= settings.few_unknown * kinds[Mark.TICK]
    found: dict[int, Mark] = {}
    for index in cells:
        covered = _measure_covered(index, usual, comparison)
        if signs[index].mark in TICK_AND_CROSS:
            if not ticks_alone and _may_be_other(signs[index], covered, settings):
                found[index] = Mark.UNKNOWN
        elif signs[index].mark in {Mark.UNKNOWN, None} and covered[Mark.TICK] >= settings.surely_covered:
            # Beside ticks alone a cell may be empty, so that what runs over it is a stroke alone.
            comparable = signs[index].box is not None if ticks_alone else all(usual.values())
            if comparable and (ticks_alone or covered[Mark.TICK] - covered[Mark.CROSS] >= settings.clearly):
                found[index] = Mark.TICK
    return found


def _measure_covered(
    index: int, usual: Mapping[Mark, UsualSigns | None], comparison: SignComparison
) -> dict[Mark, float]:
    return {mark: comparison.match(index, own).covered if own else 0.0 for mark, own in usual.items()}


def _may_be_other(sign: CellInk, covered: Mapping[Mark, float], settings: MarkResolutionSettings) -> bool:
    """Whether a tick may be a cross, or a cross a tick, by its shape or by what it is like.

    A cross holds most of a tick anyway: it holds as much of another cross.
    """
    more = covered[Mark.TICK] - covered[Mark.CROSS]
    contradicted = more < settings.hardly if sign.mark is Mark.TICK else more > settings.hardly
    return contradicted or sign.confidence < settings.unsure


def _doubt(found: CellInk, table: DetectedTable, index: int, mark: Mark) -> CellInk:
    """Return the sign of a cell as one that is doubtful; where its ink alone gave none, it is `mark`."""
    if found.box is None:
        return CellInk(1.0, get_box(table, index), mark, DOUBTFUL)
    return replace(found, mark=found.mark or mark, confidence=min(found.confidence or DOUBTFUL, DOUBTFUL))
