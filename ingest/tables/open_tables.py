"""Tables without a line down the page: lines of one length one under the other, and columns by the gaps in the text."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray
from ingest.tables.lattice import CellBox, DetectedTable, LatticeSettings, join_pieces
from ingest.tables.open_columns import OpenColumnSettings, find_inner_edges
from ingest.tables.ruling_lines import RulingLine
from ingest.tables.white_space import Inked, Span, find_gaps, find_text_lines, get_profiles


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
    double: float = 0.1
    """Lines nearer to each other are one that is drawn double, as of a frame: no text is so low."""
    rim: int = 3
    """Pixels below and above a ruling line that may still be of it."""
    crossed_lines: int = 10
    """One line of text of so many may cross a gap of a band."""
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
    columns: OpenColumnSettings = field(default_factory=OpenColumnSettings)


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
    stacks = [_join_double(stack, settings.double * dpi) for stack in stacks]
    return [stack for stack in stacks if len(stack) >= settings.least_lines]


def _join_double(stack: Sequence[RulingLine], least: float) -> list[RulingLine]:
    """Return the lines of a stack, of those that are nearer than a length the first."""
    kept: list[RulingLine] = []
    for line in stack:
        if not kept or line.at - kept[-1].at >= least:
            kept.append(line)
    return kept


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
    """Return the edges of columns, in pixels."""
    left, right = ends
    header, rows = _get_rows(ink[:, left:right], ys, dpi, settings)
    inner = find_inner_edges(header, rows, dpi, settings.columns)
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
    words = [len(find_gaps(line, settings.columns.header_gap * dpi)) + 1 for line in lines]
    kept = [n for n, count in enumerate(words) if count >= settings.names_columns * max(words)]
    return np.asarray(lines[kept].any(axis=0))


def _build_table(xs: Sequence[float], ys: Sequence[float]) -> DetectedTable:
    cells = tuple(
        CellBox(row, column, 1, 1, xs[column], ys[row] + 2, xs[column + 1], ys[row + 1] - 2)
        for row in range(len(ys) - 1)
        for column in range(len(xs) - 1)
    )
    return DetectedTable(xs[0], ys[0], xs[-1], ys[-1], len(ys) - 1, len(xs) - 1, cells)
