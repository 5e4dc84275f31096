"""The ledger of a page: every part that was seen on it, and who owns it in the record.

A part without an owner is `Unaccounted`: it was seen, nobody understood it, and the record says so.
"""

from enum import StrEnum

from models.field import Box, Confidence, PageNumber, Record
from models.ocr import Mark


class PartKind(StrEnum):
    """What a part of a page is, as it was seen."""

    LINE = "line"
    CELL = "cell"
    STAMP = "stamp"
    HANDWRITING = "handwriting"
    QR_CODE = "qr_code"
    ANNOTATION = "annotation"
    INK = "ink"
    PICTURE = "picture"
    WATERMARK = "watermark"


class Ornament(StrEnum):
    """What belongs to the form and not to its content; an owner of its own."""

    LABEL = "label"
    TITLE = "title"
    PAGE_NUMBER = "page_number"
    CATCHWORD = "catchword"
    DIRT = "dirt"
    WATERMARK = "watermark"
    EMBLEM = "emblem"
    SIGNATURE = "signature"
    STAMP_FRAME = "stamp_frame"


class UnaccountedReason(StrEnum):
    """Why nobody took a part of the input."""

    NO_FIELD = "no_field"
    NO_RECORD = "no_record"
    NO_TEXT = "no_text"


class PagePart(Record):
    """One part of a page and its owner.

    Attributes:
        page: Page of the document, from 1.
        box: Where it is; None for plain text.
        kind: What it is.
        text: What was read of it.
        owner: Path of the value that holds it, such as `letters[0].subject`, `ornament.label` and the like for what
            belongs to the form, or None: nobody took it.
    """

    page: PageNumber
    box: Box | None
    kind: PartKind
    text: str
    owner: str | None = None


class Unaccounted(Record):
    """A part of the input that was seen and that no value holds.

    Attributes:
        page: Page of the document, from 1.
        box: Where it is; None for plain text.
        kind: What it is.
        text: What was read of it.
        reason: Why nobody took it.
    """

    page: PageNumber
    box: Box | None = None
    kind: PartKind
    text: str
    reason: UnaccountedReason


class TableCell(Record):
    """One cell of a table that is no annex, as it was read."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    box: Box
    text: str
    mark: Mark | None = None
    confidence: Confidence = 1.0


class Table(Record):
    """A table that is no annex of bodies: nothing of it is understood, and nothing of it is lost.

    Attributes:
        page: Page of the document, from 1.
        box: Where it is.
        rows, columns: Size of its grid.
        cells: Its cells, row by row; an empty cell is a cell with the text "".
    """

    page: PageNumber
    box: Box
    rows: int
    columns: int
    cells: tuple[TableCell, ...]
