"""Tables without a line down the page: lines of one length one under the other, and columns by the gaps in the text."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.lattice import CellBox, DetectedTable, LatticeSettings, join_pieces
from ingest.tables.ruling_lines import RulingLine
from ingest.tables.white_space import Inked, Span, find_gaps, find_runs, find_text_lines, find_white_spans, get_profiles


@dataclass(frozen=True, slots=True)
class OpenTableSettings:
    """What makes a table of lines across. Lengths are inches, shares are of one."""

    least_lines: int = 3
    """So many lines of one length are a table if there are columns between them."""
    least_columns: int = 3
    """Two columns are an address beside a date as well."""
    shortest: float = 2.5
    """Length of such a line; a line to sign on is shorter."""
    same_end: float = 0.2
    """How far apart the ends of lines of one table lie."""
    column_gap: float = 0.09
    """White down the whole table that parts two columns; a stroke may cross it in one row of twenty."""
    crossed_rows: int = 20
    """One row of so many may cross a gap."""
    rim: int = 3
    """Pixels below and above a ruling line that may still be of it."""
    crossed_lines: int = 10
    """One line of text of so many may cross a gap of a band."""
    stamp_rows: int = 6
    """How many rows one under the other a stamp covers."""
    stamp_share: int = 5
    """One row of so many at most is taken for covered by a stamp."""
    header_gap: float = 0.12
    """White that parts the headers of two columns."""
    beside_header: float = 0.25
    """White between a header and the text of its column that stands beside it and not under it."""
    word: float = 0.3
    """Width from which ink in one row alone is a word and its place a column; less is dust."""
    least_line: float = 0.04
    """Height of a line of text; lower are points and dashes."""
    prose: float = 0.3
    """Height from which a band without any column is prose between two tables and no row."""
    empty_band: float = 0.5
    """Height from which even a band of one line is none, as that of a caption."""
    prose_gap: float = 0.15
    """White that parts columns of a band; that between words is less."""
    both_sides: float = 0.4
    """Share of the lines of a band that have ink on either side of a gap of columns; beside a bullet few have."""
    tall: float = 0.5
    """Share of a table's height from which one band holds many rows, and its lines of text tell the columns."""
    names_columns: float = 0.6
    """Share of the words of a header's fullest line that one has which names columns; one above spans several."""


def find_open_tables(
    lines: Sequence[RulingLine],
    ink: Gray,
    dpi: int,
    known: Sequence[DetectedTable],
    settings: OpenTableSettings,
    lattice: LatticeSettings,
) -> list[DetectedTable]:
    """Return the tables that have only horizontal ruling lines.

    Args:
        lines: Horizontal lines that no vertical one crosses.
        ink: The page without lines and dust, height × width, ink 255.
        dpi: Resolution.
        known: The tables already found, whose ground is taken.
        settings: What makes a table.
        lattice: How the pieces of a line are joined.
    """
    found: list[DetectedTable] = []
    for stack in _find_stacks(lines, dpi, settings, lattice):
        left, right = round(min(line.start for line in stack)), round(max(line.end for line in stack))
        for ys in _cut_at_prose([line.at for line in stack], ink[:, left:right], dpi, known, settings):
            if len(ys) < settings.least_lines:
                continue
            xs = _find_columns(ink, (left, right), ys, dpi, settings)
            if len(xs) > settings.least_columns:
                found.append(_build_table(xs, ys))
    return found


def _find_stacks(
    lines: Sequence[RulingLine], dpi: int, settings: OpenTableSettings, lattice: LatticeSettings
) -> list[list[RulingLine]]:
    """Return lines that begin and end alike, each stack from the top."""
    stacks: list[list[RulingLine]] = []
    for line in join_pieces(lines, dpi, lattice):
        if line.length < settings.shortest * dpi:
            continue
        for stack in stacks:
            if are_alike(line, stack[0], dpi, settings):
                stack.append(line)
                break
        else:
            stacks.append([line])
    return [stack for stack in stacks if len(stack) >= settings.least_lines]


def are_alike(line: RulingLine, other: RulingLine, dpi: int, settings: OpenTableSettings) -> bool:
    """Tell whether two lines begin and end one under the other."""
    return max(abs(line.start - other.start), abs(line.end - other.end)) <= settings.same_end * dpi


def _cut_at_prose(
    ys: Sequence[float], ink: Gray, dpi: int, known: Sequence[DetectedTable], settings: OpenTableSettings
) -> list[list[float]]:
    """Return the lines of a stack in parts: cut where prose, or a table that is known, lies between two of them."""
    parts = [[ys[0]]]
    for top, bottom in itertools.pairwise(ys):
        taken = any(table.top < bottom and top < table.bottom for table in known)
        if taken or _is_prose(ink[round(top) + 3 : round(bottom) - 3], dpi, settings):
            parts.append([])
        parts[-1].append(bottom)
    return parts


def _is_prose(band: Gray, dpi: int, settings: OpenTableSettings) -> bool:
    """Tell whether a band between two lines holds text in no columns: paragraphs, a caption."""
    if band.shape[0] < settings.prose * dpi:
        return False
    profiles = get_profiles(band, find_text_lines(band, dpi, settings.least_line))
    if not len(profiles) or (len(profiles) == 1 and band.shape[0] < settings.empty_band * dpi):
        return False
    least = settings.both_sides * len(profiles)
    used = profiles.sum(axis=0)
    for gap in find_gaps(used > len(profiles) // settings.crossed_lines, settings.prose_gap * dpi):
        sides = profiles[:, : round(gap)].any(axis=1), profiles[:, round(gap) :].any(axis=1)
        if all(side.sum() >= least for side in sides):
            return False
    return True


def _find_columns(
    ink: Gray, ends: tuple[int, int], ys: Sequence[float], dpi: int, settings: OpenTableSettings
) -> list[float]:
    """Return the edges of columns: the middles of white gaps that run down the whole table."""
    left, right = ends
    header, rows = _get_rows(ink[:, left:right], ys, dpi, settings)
    most = (len(rows) + 1) // settings.crossed_rows
    used, plain = _count_beside_stamps(rows, settings), rows.sum(axis=0)
    by_gap = _find_between_text(header, used > most, plain > most, settings.column_gap * dpi)
    by_gap = _join_to_headers(by_gap, header, rows, settings.beside_header * dpi)
    by_gap = _drop_stray(by_gap, header, rows, dpi, settings)
    by_header = _find_between_words(header, used, settings.header_gap * dpi)
    inner = by_header if len(by_header) > len(by_gap) else by_gap
    return [float(left), *(left + x for x in inner), float(right)]


def _get_rows(
    ink: Gray, ys: Sequence[float], dpi: int, settings: OpenTableSettings
) -> tuple[Inked, npt.NDArray[np.bool_]]:
    """Return which columns of pixels are inked in the header, and in each row below it (rows × width).

    Rows are the bands between two lines; where one band is most of the table, its lines of text.
    """
    rim = settings.rim
    sides = [(round(top) + rim, round(bottom) - rim) for top, bottom in itertools.pairwise(ys)]
    bands = [(top, max(bottom, top + 1)) for top, bottom in sides]
    rows = get_profiles(ink, bands[1:])
    if max(bottom - top for top, bottom in bands[1:]) > settings.tall * (ys[-1] - ys[0]):
        lines = [line for band in bands[1:] for line in _find_lines_on_page(ink, band, dpi, settings)]
        rows = get_profiles(ink, lines) if lines else rows
    return _get_header(ink, bands[0], dpi, settings), rows


def _find_lines_on_page(ink: Gray, band: Span, dpi: int, settings: OpenTableSettings) -> list[Span]:
    top, bottom = band
    return [(top + a, top + b) for a, b in find_text_lines(ink[top:bottom], dpi, settings.least_line)]


def _get_header(ink: Gray, band: Span, dpi: int, settings: OpenTableSettings) -> Inked:
    """Return which columns of pixels the names of columns are inked in; what spans several of them says nothing."""
    lines = get_profiles(ink, _find_lines_on_page(ink, band, dpi, settings))
    if not len(lines):
        return np.asarray(get_profiles(ink, [band])[0], np.bool_)
    words = [len(find_gaps(line, settings.header_gap * dpi)) + 1 for line in lines]
    kept = [n for n, count in enumerate(words) if count >= settings.names_columns * max(words)]
    return np.asarray(lines[kept].any(axis=0))


def _find_between_text(header: Inked, used: Inked, plain: Inked, least: float) -> list[float]:
    """Return the middles of the white gaps, and of those that only a stamp left out shows where headers stand beside.

    Words that stand in a few rows one under the other look like a stamp, and the column that they are in like two.

    Args:
        header: Where the header is inked.
        used: Where more rows are than may cross a gap, but for those of a stamp.
        plain: Where more rows are, all of them counted.
        least: Least width of a gap in pixels.
    """
    white = find_white_spans(header | plain, least)
    found = [(start + end) / 2 for start, end in white]
    ends = [0.0, *found, float(len(header))]
    for start, end in find_white_spans(header | used, least):
        middle = (start + end) / 2
        left, right = max(x for x in ends if x <= middle), min(x for x in ends if x > middle)
        sides = header[round(left) : round(middle)], header[round(middle) : round(right)]
        if not any(start <= a and b <= end for a, b in white) and all(side.any() for side in sides):
            found.append(middle)
    return sorted(found)


def _join_to_headers(edges: Sequence[float], header: Inked, rows: npt.NDArray[np.bool_], near: float) -> list[float]:
    """Return edges without those between the text of a column and its header, where neither is above the other.

    A header stands in the middle of its column, and words that are all short at its side. Only where each column has
    a header then is it one: the first row of a page that goes on is none.
    """
    kept: list[float] = []
    sides = [0.0, *edges, float(len(header))]
    spans = list(itertools.pairwise(sides))
    named = [bool(header[round(a) : round(b)].any()) for a, b in spans]
    filled = [int(rows[:, round(a) : round(b)].any(axis=1).sum()) > 1 for a, b in spans]
    joined = False
    for number, edge in enumerate(edges):
        halves = {(named[n], filled[n]) for n in (number, number + 1)} == {(True, False), (False, True)}
        joined = halves and not joined and _measure_white(header, rows, edge) <= near
        if not joined:
            kept.append(edge)
    ends = itertools.pairwise([0.0, *kept, float(len(header))])
    return kept if all(header[round(a) : round(b)].any() for a, b in ends) else list(edges)


def _measure_white(header: Inked, rows: npt.NDArray[np.bool_], edge: float) -> float:
    """Return how wide the white around an edge is, all rows and the header taken together."""
    inked = np.nonzero(header | rows.any(axis=0))[0]
    left, right = inked[inked <= edge], inked[inked > edge]
    return float(right.min(initial=len(header)) - left.max(initial=0))


def _drop_stray(
    edges: Sequence[float], header: Inked, rows: npt.NDArray[np.bool_], dpi: int, settings: OpenTableSettings
) -> list[float]:
    """Return edges without those left of what is no column: dust, and where all others have a header, few words."""
    spans = list(itertools.pairwise([0.0, *edges, float(len(header))]))
    named = [bool(header[round(a) : round(b)].any()) for a, b in spans]
    inked = [rows[:, round(a) : round(b)] for a, b in spans]
    counts = [int(part.any(axis=1).sum()) for part in inked]
    few = max(1, min(settings.stamp_rows, len(rows) // settings.stamp_share))
    all_named = all(name or count <= few for name, count in zip(named, counts, strict=True))
    kept = []
    for number, edge in enumerate(edges, start=1):
        across = np.nonzero(inked[number].any(axis=0))[0]
        word = bool(len(across)) and across[-1] - across[0] >= settings.word * dpi
        stray = counts[number] <= few if all_named else counts[number] < 1 + (not word)
        if named[number] or not stray:
            kept.append(edge)
    return kept


def _count_beside_stamps(rows: npt.NDArray[np.bool_], settings: OpenTableSettings) -> npt.NDArray[np.int64]:
    """Return in how many rows each place is inked, but for the rows of the stamp or stroke that may lie over it."""
    high = min(settings.stamp_rows, len(rows) // settings.stamp_share)
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


def _build_table(xs: Sequence[float], ys: Sequence[float]) -> DetectedTable:
    cells = tuple(
        CellBox(row, column, 1, 1, xs[column], ys[row] + 2, xs[column + 1], ys[row + 1] - 2)
        for row in range(len(ys) - 1)
        for column in range(len(xs) - 1)
    )
    return DetectedTable(xs[0], ys[0], xs[-1], ys[-1], len(ys) - 1, len(xs) - 1, cells)
