"""The columns of a table that has no line down the page: white gaps in its rows, and what stands in its header.

Stamps and strokes of a pen cross gaps, dust lies in them, and short words leave white within a column; so that a gap
is held against the header, where there is one, and against how many rows have text on either side.
"""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.tables.white_space import Inked, find_gaps, find_runs, find_white_spans

Rows = npt.NDArray[np.bool_]
"""Where each row is inked (rows × width of the table in pixels)."""


@dataclass(frozen=True, slots=True)
class OpenColumnSettings:
    """What parts two columns. Lengths are inches."""

    gap: float = 0.09
    """White down the whole table that parts two columns; a stroke may cross it in one row of twenty."""
    crossed_rows: int = 20
    """One row of so many may cross a gap."""
    stamp_rows: int = 6
    """How many rows one under the other a stamp covers."""
    stamp_share: int = 5
    """One row of so many at most is taken for covered by a stamp."""
    surely: float = 0.25
    least_beside: int = 2
    """White that parts two columns though a stamp covers it, where so many rows beside it are inked on either side."""
    header_gap: float = 0.12
    """White that parts the headers of two columns."""
    beside_header: float = 0.25
    """White between a header and the text of its column that stands beside it and not under it."""
    stray_rows: int = 3
    """Rows of its text for each that is inked, as by a stroke, in the place of such a header."""
    text: float = 0.025
    """Ink in a row from which it is no dust."""
    word: float = 0.3
    """Width from which ink in one row alone is a word and its place a column."""
    name: float = 0.2
    """Width of the shortest header but that of the numbers; a tick or a cross is narrower."""


@dataclass(frozen=True, slots=True)
class _Column:
    """What stands between two edges: whether a header does, and the ink of each row (rows × width)."""

    named: bool
    ink: Rows
    count: int

    def is_word(self, least: float) -> bool:
        """Tell whether its ink is as wide as a word."""
        across = np.nonzero(self.ink.any(axis=0))[0]
        return bool(len(across)) and across[-1] - across[0] >= least


def find_inner_edges(header: Inked, rows: Rows, dpi: int, settings: OpenColumnSettings) -> list[float]:
    """Return where columns part, in pixels from the left of the table.

    Args:
        header: Where the header is inked, or the first row, where there is none.
        rows: Where those below it are.
        dpi: Resolution.
        settings: What parts columns.
    """
    by_gap = _find_between_text(header, rows, dpi, settings)
    is_header = _is_header(by_gap, header, settings.name * dpi)
    if is_header:
        by_gap = _join_to_headers(by_gap, header, rows, dpi, settings)
    by_gap = _drop_stray(by_gap, header, rows, dpi, settings, has_header=is_header)
    by_header = _find_between_words(header, _count_beside_stamps(rows, settings), settings.header_gap * dpi)
    return by_header if len(by_header) > len(by_gap) else by_gap


def _find_between_text(header: Inked, rows: Rows, dpi: int, settings: OpenColumnSettings) -> list[float]:
    """Return the middles of the white gaps, and of those that only a stamp left out shows where columns stand beside.

    Words that stand in a few rows one under the other look like a stamp, and the column that they are in like two.
    """
    most = (len(rows) + 1) // settings.crossed_rows
    white = find_white_spans(header | (rows.sum(axis=0) > most), settings.gap * dpi)
    found = [(start + end) / 2 for start, end in white]
    ends = [0.0, *found, float(len(header))]
    used = header | (_count_beside_stamps(rows, settings) > most)
    for start, end in find_white_spans(used, settings.gap * dpi):
        if any(start <= a and b <= end for a, b in white):
            continue
        middle = (start + end) / 2
        after = bisect.bisect_right(ends, middle)
        left, right = ends[after - 1], ends[after]
        beside = rows[~rows[:, start:end].any(axis=1)]
        sides = [_build_column(header, beside, part, dpi, settings) for part in ((left, middle), (middle, right))]
        filled = end - start >= settings.surely * dpi and all(s.count >= settings.least_beside for s in sides)
        if filled or all(side.named for side in sides):
            found.append(middle)
    return sorted(found)


def _get_columns(
    edges: Sequence[float], header: Inked, rows: Rows, dpi: int, settings: OpenColumnSettings
) -> list[_Column]:
    sides = itertools.pairwise([0.0, *edges, float(len(header))])
    return [_build_column(header, rows, side, dpi, settings) for side in sides]


def _build_column(
    header: Inked, rows: Rows, sides: tuple[float, float], dpi: int, settings: OpenColumnSettings
) -> _Column:
    place = slice(round(sides[0]), round(sides[1]))
    ink = rows[:, place]
    count = int(np.count_nonzero(ink.sum(axis=1) >= settings.text * dpi))
    return _Column(bool(header[place].any()), ink, count)


def _is_header(edges: Sequence[float], header: Inked, least: float) -> bool:
    """Tell whether a row may be a header: it has words only.

    A sign in it says that it is none: the table goes on from the page before, and what a column of it is nobody says.
    """
    places = itertools.pairwise([0.0, *edges, float(len(header))])
    inked = [np.nonzero(header[round(start) : round(stop)])[0] for start, stop in places]
    return all(across[-1] - across[0] >= least for across in inked[1:] if len(across))


def _join_to_headers(
    edges: Sequence[float], header: Inked, rows: Rows, dpi: int, settings: OpenColumnSettings
) -> list[float]:
    """Return edges without those between a header and the text of its column, where neither is above the other.

    A header stands in the middle of its column, and words that are all short at its side. Only where each column has
    a header then is it one.
    """
    columns = _get_columns(edges, header, rows, dpi, settings)
    inked = np.nonzero(header | rows.any(axis=0))[0]
    kept: list[float] = []
    joined = False
    for edge, (left, right) in zip(edges, itertools.pairwise(columns), strict=True):
        name, text = (left, right) if left.named else (right, left)
        halves = name.named and not text.named and text.count > 0 and settings.stray_rows * name.count <= text.count
        white = inked[inked > edge].min(initial=len(header)) - inked[inked <= edge].max(initial=0)
        joined = halves and not joined and bool(white <= settings.beside_header * dpi)
        if not joined:
            kept.append(edge)
    whole = _are_all_named(_get_columns(kept, header, rows, dpi, settings), _count_covered(rows, settings))
    return kept if whole else list(edges)


def _drop_stray(
    edges: Sequence[float], header: Inked, rows: Rows, dpi: int, settings: OpenColumnSettings, *, has_header: bool
) -> list[float]:
    """Return edges without those left of what is no column: dust, and where all others have a header, a few words.

    Without a header, few may be behind and many done: what stands in a few rows is a column like the others.
    """
    columns = _get_columns(edges, header, rows, dpi, settings)
    few = _count_covered(rows, settings)
    all_named = has_header and _are_all_named(columns, few)
    kept = []
    for edge, column in zip(edges, columns[1:], strict=True):
        dust = column.count <= (0 if column.is_word(settings.word * dpi) else 1)
        if column.named or not (dust or (all_named and column.count <= few)):
            kept.append(edge)
    return kept


def _are_all_named(columns: Sequence[_Column], few: int) -> bool:
    """Tell whether each column has a header but for those in which at most a few rows are inked, as by a stroke."""
    return all(column.named or column.count <= few for column in columns)


def _count_covered(rows: Rows, settings: OpenColumnSettings) -> int:
    """Return how many rows a stamp may cover."""
    return min(settings.stamp_rows, len(rows) // settings.stamp_share)


def _count_beside_stamps(rows: Rows, settings: OpenColumnSettings) -> npt.NDArray[np.int64]:
    """Return in how many rows each place is inked, but for the rows of the stamp or stroke that may lie over it."""
    high = _count_covered(rows, settings)
    sums = np.pad(rows.cumsum(axis=0), ((1, 0), (0, 0)))
    return np.asarray(sums[-1] - (sums[high:] - sums[: len(sums) - high]).max(axis=0), np.int64)


def _find_between_words(header: Inked, used: npt.NDArray[np.int64], least: float) -> list[float]:
    """Return the whitest place between each two words of a header, which stand over the middles of their columns."""
    gaps = find_gaps(header, least)
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
        fewest = used[left:right][free].min()
        start, end = max(find_runs(free & (used[left:right] <= fewest)), key=lambda run: run[1] - run[0])
        found.append(left + (start + end) / 2)
    return found
