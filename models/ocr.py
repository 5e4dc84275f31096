"""What was seen on one page: lines of text, and ruled tables with their cells and marks. Output of `ingest`."""

import functools
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from models.field import Box, Confidence, PageNumber, Record, Source


class Mark(StrEnum):
    """A sign that stands for yes or no in a cell."""

    TICK = "✓"
    CROSS = "✗"
    CIRCLE = "○"
    DISC = "●"
    SLASH = "/"
    DASH = "-"
    BOX = "☐"
    TICKED_BOX = "☑"
    CROSSED_BOX = "☒"
    UNKNOWN = "?"


class Word(Record):
    """A run of text without a gap in it.

    Attributes:
        source: By what means it was read, where it is not that of its line: `handwriting` for what was filled in.
        other: What a second reader makes of it; empty where it was read once, or twice alike.
    """

    text: str
    box: Box
    confidence: Confidence
    source: Source | None = None
    other: str = ""


class Line(Record):
    """One line of text, words left to right, joined with a space where the page has a gap."""

    text: str
    box: Box
    confidence: Confidence
    words: tuple[Word, ...] = ()
    source: Source = Source.PRINT


class Cell(Record):
    """One cell of a ruled table. An empty cell is a cell: its text is "" and its ink is 0.

    Attributes:
        row: First grid row, from 0.
        column: First grid column, from 0.
        row_span: Grid rows it covers.
        column_span: Grid columns it covers.
        text: What was read; lines within the cell are separated by a newline.
        ink: Share of dark pixels inside the rules, 0 to 1.
        mark: The sign seen, by picture; None where the cell holds none.
        mark_confidence: How sure the sign is.
        overlaid: Whether a stamp or a stroke of a pen lies over it, which may hide letters.
        other: What a second reader makes of the text; empty where it was read once, or twice alike.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    box: Box
    text: str = ""
    confidence: Confidence = 1.0
    ink: float = 0.0
    mark: Mark | None = None
    mark_confidence: Confidence = 1.0
    overlaid: bool = False
    source: Source = Source.PRINT
    other: str = ""


class Grid(Record):
    """One ruled table on one page."""

    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a grid position."""
        return self._by_place.get((row, column))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy; which cell covers what is found anew, since the cells may be others."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("_by_place", None)
        return copy

    @functools.cached_property
    def _by_place(self) -> dict[tuple[int, int], Cell]:
        places: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    places.setdefault((row, column), cell)
        return places


class Code(Record):
    """A QR code.

    Attributes:
        payload: What it says: text from anyone who can print, to be shown and never followed.
        cut: Whether it says more than is kept.
    """

    payload: str
    box: Box
    cut: bool = False


class IslandKind(StrEnum):
    """What a piece of a page is that gave no line, cell, mark or code; `writing` is what looks like a line of text."""

    INK = "ink"
    WRITING = "writing"
    STAMP = "stamp"
    ANNOTATION = "annotation"
    PICTURE = "picture"
    WATERMARK = "watermark"


class InkIsland(Record):
    """A piece of a page that gave no line, cell, mark or code.

    Attributes:
        box: Where it is.
        kind: What it is.
        text: What it says, where a file tells: the letters of a watermark, the note of an annotation.
    """

    box: Box
    kind: IslandKind
    text: str = ""


class OcrPage(Record):
    """One page as it was read.

    Attributes:
        number: Page of the document, from 1.
        engine: What read it, with versions, such as `tesseract 5.3.0 saraban a1b2c3d4`.
        rotation: Degrees clockwise (0, 90, 180, 270) that the input was turned to stand upright.
        skew: Degrees that the upright page was turned to lie level; positive is counter-clockwise.
        width, height: Size of the upright page in pixels (points for a text layer), to turn boxes into lengths.
        has_layout: False for plain text, whose boxes only give the order of lines.
        prepared: What was done to the page before it was read, such as `ink.blue` (blue ink was read apart),
            `rim.edges` (black edges were cleared) and `layer.hidden_text` (letters in the color of the paper are out);
            `models.provenance.Preparation` has all.
        lines: The text outside ruled tables, top to bottom.
        grids: The ruled tables, top to bottom.
        codes: The QR codes, top to bottom.
        leftover: What else is on it.
        gutter: Where a sheet that two pages lie on side by side is parted, as a share of its width; None for one page.
            Its lines, grids and codes are then those of the left page and after them those of the right one.
    """

    number: PageNumber
    engine: str
    rotation: int = 0
    skew: float = 0.0
    width: int
    height: int
    has_layout: bool = True
    prepared: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    grids: tuple[Grid, ...] = ()
    codes: tuple[Code, ...] = ()
    leftover: tuple[InkIsland, ...] = ()
    gutter: float | None = None

    @property
    def text(self) -> str:
        """The text in reading order, a table row a line, its cells separated by tabs."""
        blocks = [((self._is_right(line.box), line.box.y0), line.text) for line in self.lines]
        for grid in self.grids:
            rows: dict[int, list[str]] = {row: [""] * grid.columns for row in range(grid.rows)}
            for cell in grid.cells:
                text = cell.text.replace("\n", " ") or (cell.mark.value if cell.mark else "")
                rows[cell.row][cell.column] = text
            rowed = "\n".join("\t".join(cells) for cells in rows.values())
            blocks.append(((self._is_right(grid.box), grid.box.y0), rowed))
        return "\n".join(text for _, text in sorted(blocks, key=lambda block: block[0]))

    def _is_right(self, box: Box) -> bool:
        """Whether something stands on the right of two pages on one sheet."""
        return self.gutter is not None and box.center[0] > self.gutter
