"""Tables without a rule down the page: rules of one length one under the other, and columns by the gaps in the text."""

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables import lattice
from ingest.tables.lattice import CellBox, Rule, Table

_LEAST_RULES, _LEAST_COLUMNS = 3, 3
_LONG = 2.5
"""Inches that such a rule is long at least; a line to sign on is shorter."""
_SAME_END = 0.2
"""How far apart, in inches, the ends of rules of one table lie."""
_GAP = 0.09
"""Inches of white down the whole table that part two columns; a stroke may cross it in one row of twenty."""
_STAMP_ROWS = 6
"""How many rows one under the other a stamp covers, of five times as many."""
_WORDS = 0.12
"""Inches of white that part the headers of two columns."""


def find_tables(rules: Sequence[Rule], ink: Gray, dpi: int, known: Sequence[Table]) -> list[Table]:
    """Return the tables that have only horizontal rules.

    Args:
        rules: Horizontal rules that no vertical one crosses.
        ink: The page without rules and dust.
        dpi: Resolution.
        known: The tables already found, whose ground is taken.
    """
    found = []
    for stack in _stacks(rules, dpi):
        ys = [rule.at for rule in stack]
        left, right = min(r.start for r in stack), max(r.end for r in stack)
        if len(ys) < _LEAST_RULES or any(t.top < ys[-1] and ys[0] < t.bottom for t in known):
            continue
        xs = _columns(ink, (left, right), ys, dpi)
        if len(xs) > _LEAST_COLUMNS:
            found.append(_table(xs, ys))
    return found


def _stacks(rules: Sequence[Rule], dpi: int) -> list[list[Rule]]:
    """Return rules that begin and end alike, each stack from the top."""
    stacks: list[list[Rule]] = []
    for rule in lattice.joined(rules, dpi):
        if rule.length < _LONG * dpi:
            continue
        for stack in stacks:
            if alike(rule, stack[0], dpi):
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) >= _LEAST_RULES]


def alike(rule: Rule, other: Rule, dpi: int) -> bool:
    """Whether two rules begin and end one under the other."""
    return max(abs(rule.start - other.start), abs(rule.end - other.end)) <= _SAME_END * dpi


def _columns(ink: Gray, ends: tuple[float, float], ys: Sequence[float], dpi: int) -> list[float]:
    """Return the edges of columns: the middles of white gaps that run down the whole table."""
    left, right = round(ends[0]), round(ends[1])
    rows: list[npt.NDArray[np.bool_]] = []
    for top, bottom in itertools.pairwise(ys):
        window = (slice(round(top) + 3, max(round(bottom) - 3, round(top) + 4)), slice(left, right))
        rows.append(ink[window].max(axis=0) > 0)
    header, body = rows[0], np.array(rows[1:])
    used = _beside_stamps(body)
    by_gap = _named(
        _gaps(header | (used > len(rows) // 20), _GAP * dpi),
        _gaps(header | (body.sum(axis=0) > len(rows) // 20), _GAP * dpi),
        header,
    )
    next_gap = [*by_gap, float(len(used))][1:]
    by_gap = [x for x, end in zip(by_gap, next_gap, strict=True) if _holds_text(rows, x, end)]
    by_header = _between(header, used, dpi)
    inner = by_header if len(by_header) > len(by_gap) else by_gap
    return [float(left), *(left + x for x in inner), float(right)]


def _named(gaps: Sequence[float], plain: Sequence[float], header: npt.NDArray[np.bool_]) -> list[float]:
    """Return gaps without those that only a stamp left out shows, where no header stands on both of their sides.

    Words that stand in a few rows one under the other look like a stamp, and the column that they are in like two.
    """
    kept: list[float] = []
    for number, gap in enumerate(gaps):
        start = kept[-1] if kept else 0.0
        end = gaps[number + 1] if number + 1 < len(gaps) else float(len(header))
        sides = header[round(start) : round(gap)], header[round(gap) : round(end)]
        if any(abs(gap - other) < len(header) / 100 for other in plain) or all(side.any() for side in sides):
            kept.append(gap)
    return kept


def _beside_stamps(rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return in how many rows each place is inked, but for the rows of the stamp or stroke that may lie over it."""
    high = min(_STAMP_ROWS, len(rows) // 5)
    sums = np.pad(rows.cumsum(axis=0), ((1, 0), (0, 0)))
    return np.asarray(sums[-1] - (sums[high:] - sums[: len(sums) - high]).max(axis=0), np.int64)


def _gaps(used: npt.NDArray[np.bool_], least: float) -> list[float]:
    """Return the middles of white gaps, but for those at the ends."""
    found, start = [], None
    for x, inked in enumerate([*used, True]):
        if not inked and start is None:
            start = x
        elif inked and start is not None:
            if x - start >= least and start > 0 and x < len(used):
                found.append((start + x) / 2)
            start = None
    return found


def _holds_text(rows: Sequence[npt.NDArray[np.bool_]], start: float, end: float) -> bool:
    """Whether a column has ink in its header or in two rows; less is dust."""
    inked = [bool(row[round(start) : round(end)].any()) for row in rows]
    return inked[0] or sum(inked) > 1


def _between(header: npt.NDArray[np.bool_], used: npt.NDArray[np.int64], dpi: int) -> list[float]:
    """Return the whitest place between each two words of a header, which stand over the middles of their columns."""
    gaps = _gaps(header, _WORDS * dpi)
    places = np.nonzero(header)[0]
    if not gaps or not len(places):
        return []
    sides = [float(places[0]), *gaps, float(places[-1])]
    middles = []
    for start, end in itertools.pairwise(sides):
        word = places[(places >= start) & (places <= end)]
        middles.append(int((word[0] + word[-1]) // 2))
    found = []
    for left, right in itertools.pairwise(middles):
        free = ~header[left:right]
        least = used[left:right][free].min()
        runs = _runs(free & (used[left:right] <= least))
        start, end = max(runs, key=lambda run: run[1] - run[0])
        found.append(left + (start + end) / 2)
    return found


def _runs(true: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    turns = np.nonzero(np.diff(np.pad(true.astype(np.int8), 1)))[0]
    return [(int(start), int(end)) for start, end in zip(turns[::2], turns[1::2], strict=True)]


def _table(xs: Sequence[float], ys: Sequence[float]) -> Table:
    cells = tuple(
        CellBox(row, column, 1, 1, xs[column], ys[row] + 2, xs[column + 1], ys[row + 1] - 2)
        for row in range(len(ys) - 1)
        for column in range(len(xs) - 1)
    )
    return Table(xs[0], ys[0], xs[-1], ys[-1], len(ys) - 1, len(xs) - 1, cells)
