"""The cells of ruled tables: which hold ink, which hold a mark, and what the rest says.

A ruled page is never read whole (a table's rules ruin the reading, docs/adr/0004): each inked cell is cut out, and
all cuts of a page go through one Tesseract process.
"""

import itertools
import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ingest.pixels import GrayImage
from ingest.preprocessing.binarization import paper_level
from ingest.recognition.line_recognition import LineImage, read_line_images
from ingest.recognition.recognizer import UNREAD, TextRecognizer
from ingest.recognition.word_grouping import Token, build_line
from ingest.segmentation.line_detection import find_lines, measure_print, rows
from ingest.sources.page_image import PageImage
from ingest.tables import check_marks, mark_resolution
from ingest.tables.check_marks import CellInk
from ingest.tables.rule_removal import ConnectedComponents
from ingest.tables.table_detection import CellBox, DetectedTable
from models.field import Box
from models.ocr import Cell, Grid, Mark

_MARK_SHARE = 0.6
"""Share of a column's inked cells that must be shaped like a tick or a cross for it to be a column of check_marks."""
_BOTH_INKED = 0.5
"""Share of a column's inked cells beside which that column is inked as well, up to which they exclude each other."""
_OVERLAID = 0.85
"""Greatest confidence of a sign over whose cell a stroke runs: it may be a piece of it."""
_SAMPLE = 4
"""Cells of a column of marks that are read to see whether they are numbers or words; half of them must be."""
_SURE = 0.8
"""Confidence from which a number or a word that was read there is one."""
_WORD = re.compile(r"[ก-ฮ][ก-ฺเ-๎]|[เ-ไ][ก-ฮ]")
"""Two signs of Thai that make a word: a sign for a mark is read as one at most."""
_PAPER, _PAPER_PIXELS = 0.7, 4
"""Paper put around a cell that is read: in heights of a line, and pixels beyond that."""


def read_tables(
    page: PageImage,
    ink: GrayImage,
    pieces: ConnectedComponents,
    tables: Sequence[DetectedTable],
    recognizer: TextRecognizer,
) -> tuple[Grid, ...]:
    """Return the tables of a page with what their cells hold.

    Args:
        page: The level page.
        ink: The same, binarized (ink 255), without specks.
        pieces: The same without its rules.
        tables: Where the tables and cells are, in pixels.
        recognizer: What reads the text.

    Raises:
        core.errors.RecognitionError: The recognizer failed on the cells.
    """
    dpi = page.dpi
    looks = [[_look(ink, cell, dpi) for cell in table.cells] for table in tables]
    reader = _CellReader(page, _mask_cells(ink, looks), recognizer)
    wanted: list[tuple[int, int]] = []
    for number, table in enumerate(tables):
        looks[number], marked = _find_marks(table, looks[number], pieces, reader, dpi)
        wanted += [(number, n) for n, seen in enumerate(looks[number]) if seen.box is not None and n not in marked]
    texts = dict(zip(wanted, reader.read([(tables[n].cells[i], looks[n][i]) for n, i in wanted]), strict=True))
    return tuple(
        _build_grid(
            table,
            looks[number],
            {i: texts[n, i] for n, i in wanted if n == number},
            {i for n, i in wanted if n == number and check_marks.is_overlaid(pieces, _inside(table.cells[i]), dpi)},
            page.size,
        )
        for number, table in enumerate(tables)
    )


def _find_marks(
    table: DetectedTable, looks: Sequence[CellInk], pieces: ConnectedComponents, reader: "_CellReader", dpi: int
) -> tuple[list[CellInk], set[int]]:
    """Return the ink of the cells of a table with the signs of its columns of marks, and which cells are but a sign.

    Args:
        table: Where the cells are.
        looks: Their ink, as text.
        pieces: The ink of the page without its rules.
        reader: What tells digits from signs.
        dpi: Resolution.
    """
    signs = [check_marks.find_sign(pieces, _inside(cell), dpi) for cell in table.cells]
    text_rows = _text_rows(table, looks)
    mark_columns = _mark_columns(table, signs, text_rows)
    mark_columns -= _written_columns(reader, table, signs, mark_columns, text_rows)
    rows = set(range(table.rows)) - text_rows
    signs = mark_resolution.resolve_marks(table, signs, mark_columns, rows, pieces.bare)
    last = table.rows - 1
    if last in rows and not mark_resolution.has_usual_signs(table, signs, mark_columns, last, pieces.bare):
        text_rows.add(last)
    found, marked = list(looks), set[int]()
    for index, cell in enumerate(table.cells):
        if cell.column not in mark_columns or cell.row in text_rows:
            continue
        # the letters of a short header, run into each other, are shaped like a sign, or like none
        header = not cell.row and looks[index].box is not None
        found[index] = looks[index] if header and signs[index].box is None else signs[index]
        if signs[index].mark is not None and not header:
            marked.add(index)
            if check_marks.is_overlaid(pieces, _inside(cell), dpi):
                found[index] = replace(signs[index], confidence=min(signs[index].confidence, _OVERLAID))
    return found, marked


def _mask_cells(ink: GrayImage, looks: Sequence[Sequence[CellInk]]) -> GrayImage:
    """Return the ink that stands in cells."""
    inside = np.zeros_like(ink)
    for seen in itertools.chain.from_iterable(looks):
        if seen.box is not None:
            left, top, right, bottom = seen.box
            inside[top:bottom, left:right] = ink[top:bottom, left:right]
    return inside


def _inside(cell: CellBox) -> tuple[int, int, int, int]:
    return int(cell.left), int(cell.top), int(cell.right), int(cell.bottom)


def _look(ink: GrayImage, cell: CellBox, dpi: int) -> CellInk:
    inset = max(1, dpi // 100)
    inside = ink[
        int(cell.top) + inset : max(int(cell.bottom) - inset, int(cell.top) + inset + 1),
        int(cell.left) + inset : max(int(cell.right) - inset, int(cell.left) + inset + 1),
    ]
    seen = check_marks.measure_cell_ink(np.ascontiguousarray(inside), dpi)
    if seen.box is None:
        return seen
    left, top, right, bottom = seen.box
    x, y = int(cell.left) + inset, int(cell.top) + inset
    return CellInk(seen.share, (left + x, top + y, right + x, bottom + y), seen.mark, seen.confidence)


_SIGNS_OF_COLUMNS = frozenset({Mark.TICK, Mark.CROSS, Mark.BOX, Mark.TICKED_BOX, Mark.CROSSED_BOX})
"""Signs that no digit looks like, as a circle looks like a nought."""


def _mark_columns(table: DetectedTable, looks: Sequence[CellInk], text_rows: Container[int]) -> set[int]:
    """Return the columns whose inked cells are mostly ticks, crosses and boxes.

    Rows that may hold words do not count; a header that is not known to be one is outvoted. Beside such a column one
    with unclear signs, too, is of marks where it is inked in other rows: strokes and wear leave few clear in a short
    list.
    """
    inked: dict[int, dict[int, Mark | None]] = {column: {} for column in range(table.columns)}
    for cell, seen in zip(table.cells, looks, strict=True):
        if cell.row not in text_rows and seen.box is not None:
            inked[cell.column][cell.row] = seen.mark
    shares = {
        column: (_measure_share(signs, _SIGNS_OF_COLUMNS), _measure_share(signs, {*_SIGNS_OF_COLUMNS, Mark.UNKNOWN}))
        for column, signs in inked.items()
        if column > 0 and len(signs) >= len(("one", "another"))
    }
    clear = {column for column, (share, _) in shares.items() if share >= _MARK_SHARE}
    opposite = {
        column
        for column, (share, with_unclear) in shares.items()
        if share > 0
        and with_unclear >= _MARK_SHARE
        and any(
            len(inked[column].keys() & inked[beside].keys()) <= _BOTH_INKED * len(inked[column])
            for beside in clear & {column - 1, column + 1}
        )
    }
    return clear | opposite


def _measure_share(signs: Mapping[int, Mark | None], wanted: Container[Mark | None]) -> float:
    return sum(mark in wanted for mark in signs.values()) / len(signs)


def _written_columns(
    reader: "_CellReader",
    table: DetectedTable,
    signs: Sequence[CellInk],
    columns: set[int],
    text_rows: Container[int],
) -> set[int]:
    """Return the columns that only look like marks: numbers or words, as a few of their cells read for certain.

    In some faces ๑, ๓ and ๕ have the arms of a cross or the lean of a tick; so have digits that run into each other,
    and a short word such as มี.
    """
    sample = _sample_signs(table, signs, columns, text_rows)
    written: dict[int, int] = dict.fromkeys(columns, 0)
    for (cell, _), lines in zip(sample, reader.read(sample), strict=True):
        glyphs = [token for line in lines for token in line if token.confidence >= _SURE]
        is_word = _WORD.search("".join(glyph.text for glyph in glyphs)) is not None
        written[cell.column] += is_word or any(_is_number(glyph.text) for glyph in glyphs)
    return {column for column, found in written.items() if found >= _SAMPLE // 2}


def _sample_signs(
    table: DetectedTable, signs: Sequence[CellInk], columns: Collection[int], text_rows: Container[int]
) -> list[tuple[CellBox, CellInk]]:
    """Return the first signs of each of some columns."""
    shaped = [
        (cell, seen)
        for cell, seen in zip(table.cells, signs, strict=True)
        if seen.mark is not None and cell.row not in text_rows
    ]
    return [
        place
        for column in sorted(columns)
        for place in [(cell, seen) for cell, seen in shaped if cell.column == column][:_SAMPLE]
    ]


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdecimal()


def _text_rows(table: DetectedTable, looks: Sequence[CellInk]) -> set[int]:
    """Return the rows that may hold words in a column of check_marks: totals, and both rows of a header of two.

    They are those with a merged cell, those without a number in a first column that has numbers, and those that the
    first cell of the table spans.
    """
    first = {cell.row: seen.box is not None for cell, seen in zip(table.cells, looks, strict=True) if cell.column == 0}
    numbered = sum(first.values()) > len(first) / 2
    bare = {row for row, inked in first.items() if numbered and not inked}
    header = {row for cell in table.cells if (cell.row, cell.column) == (0, 0) for row in range(1, cell.row_span)}
    return {*bare, *header, *(cell.row for cell in table.cells if cell.column_span > 1)}


class _CellReader:
    """Reads cells of one page."""

    def __init__(self, page: PageImage, ink: GrayImage, recognizer: TextRecognizer) -> None:
        """Keep the page; `ink` is that of its cells, and of nothing else."""
        self._page, self._ink, self._recognizer = page, ink, recognizer
        self._usual = measure_print(ink, page.dpi)

    def read(self, cells: Sequence[tuple[CellBox, CellInk]]) -> list[list[list[Token]]]:
        """Return the tokens of each cell in page pixels, line by line; of lines that were not read there are none."""
        cut = [self._cut_lines(cell, seen) for cell, seen in cells]
        images = [image for lines in cut for line in lines for image in line]
        read = iter(read_line_images(images, self._page.dpi, self._recognizer))
        # An inked cell without text is unsure of itself.
        return [
            [[token for _ in line for token in next(read) if token.text != UNREAD] for line in lines] for lines in cut
        ]

    def _cut_lines(self, cell: CellBox, seen: CellInk) -> list[list[LineImage]]:
        """Return the pieces of the lines of a cell with their corners on the page, line by line."""
        assert seen.box is not None  # noqa: S101 - only inked cells are read
        left, top = int(cell.left) + 1, int(cell.top) + 1
        window = (slice(top, max(int(cell.bottom) - 1, top + 1)), slice(left, max(int(cell.right) - 1, left + 1)))
        # Paper beyond the rules, so that print which stands close to them is not cut off with them.
        room = round(_PAPER * self._usual) + _PAPER_PIXELS
        gray = self._page.gray[window]
        paper = np.pad(gray, room, constant_values=int(paper_level(gray)))
        left, top = left - room, top - room
        layout = find_lines(np.pad(self._ink[window], room), self._page.dpi, self._usual)
        if not layout.lines:  # a dash, a point: nothing as high as a letter
            x0, y0, x1, y1 = seen.box
            cut = paper[max(y0 - top - room, 0) : y1 - top + room, max(x0 - left - room, 0) : x1 - left + room]
            return [[LineImage(np.ascontiguousarray(cut), (x0 - room, y0 - room))]]
        found = []
        for row in rows(layout.lines, layout.height):
            cuts = [layout.cut(paper, number) for number in row]
            found.append([LineImage(cut, (left + x, top + y)) for cut, (x, y) in cuts])
        return found


def _build_grid(
    table: DetectedTable,
    looks: Sequence[CellInk],
    texts: dict[int, list[list[Token]]],
    overlaid: Collection[int],
    size: tuple[int, int],
) -> Grid:
    width, height = size
    cells = []
    for index, (cell, seen) in enumerate(zip(table.cells, looks, strict=True)):
        text, confidence, other = _text(texts.get(index, []), size)
        unread = seen.box is not None and index in texts and not text
        cells.append(
            Cell(
                row=cell.row,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
                box=Box(cell.left / width, cell.top / height, cell.right / width, cell.bottom / height),
                text=text,
                confidence=0.0 if unread else confidence,
                ink=seen.share if seen.box is not None else 0.0,
                mark=seen.mark,
                mark_confidence=seen.confidence if seen.mark is not None else 1.0,
                overlaid=index in overlaid,
                other=other,
            )
        )
    box = Box(table.left / width, table.top / height, table.right / width, table.bottom / height)
    return Grid(box=box, rows=table.rows, columns=table.columns, cells=tuple(cells))


def _text(lines: Sequence[Sequence[Token]], size: tuple[int, int]) -> tuple[str, float, str]:
    """Return the text of a cell, a newline between lines, the least confidence of its words, and a second reading."""
    read = [line for line in (build_line(tokens, size) for tokens in lines) if line is not None]
    words = [word for line in read for word in line.words]
    text = "\n".join(line.text for line in read)
    other = "\n".join(" ".join(word.other or word.text for word in line.words) for line in read)
    return text, min((word.confidence for word in words), default=1.0), other if other != text else ""
