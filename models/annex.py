"""A status annex: a table of local bodies (อปท.) with marks, remarks, totals and an as-of date."""

import datetime as dt
from enum import StrEnum

from models.field import Field, PageNumber, Record
from models.null_reason import NullReason


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    SEQUENCE = "sequence"
    DISTRICT = "district"
    BODY = "body"
    MARK = "mark"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"
    DATE = "date"
    REMARK = "remark"
    TEXT = "text"


class Status(StrEnum):
    """What a row says of its body."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    NOT_STARTED = "not_started"


class BodyKind(StrEnum):
    """Kinds of local bodies, by their official short form."""

    PAO = "อบจ."
    CITY = "ทน."
    TOWN = "ทม."
    SUBDISTRICT_MUNICIPALITY = "ทต."
    SAO = "อบต."
    SPECIAL = "พิเศษ"


class BodyRef(Record):
    """A local body, as the register knows it.

    Attributes:
        kind: Short form of its kind.
        name: Name without the kind.
        code: Register key (see `models.register.Body`), None where it is not in the register.
    """

    kind: BodyKind
    name: str
    code: str | None = None

    @property
    def label(self) -> str:
        """Kind and name as offices write them, such as อบต.น้ำหมัน."""
        return self.name if self.kind is BodyKind.SPECIAL else f"{self.kind.value}{self.name}"


CellValue = bool | int | float | str


class Column(Record):
    """One column of the annex.

    Attributes:
        key: Stable key, `c1` for the first column and so on, also the key in `Row.cells`.
        header: The header as read on the first page, lines joined with a space.
        kind: What its cells hold.
        status: For a mark column, the status that a mark in it says; None otherwise.
        page_headers: The header as read on each page that has one, in order.
    """

    key: str
    header: str
    kind: ColumnKind
    status: Status | None = None
    page_headers: tuple[str, ...] = ()


class Row(Record):
    """One body's row. An empty cell has the value "" and is a value.

    `sequence`, `district`, `body`, `status` and `remark` are the normalized forms of cells; `cells` has every cell as
    read, by column key. The value of a mark cell is the mark ("✓", "✗" …) or "", that of a date its day, "2021-03-12".
    """

    sequence: Field[int]
    district: Field[str]
    body: Field[BodyRef]
    cells: dict[str, Field[CellValue]]
    status: Field[Status]
    remark: Field[str]
    remark_years: tuple[int, ...] = ()
    review: tuple[str, ...] = ()


class Total(Record):
    """A printed total.

    Attributes:
        column: Key of the column it totals.
        value: The number.
        printed_under: Key of the column it stands under on paper; differs from `column` where the row is shifted.
    """

    column: str
    value: Field[int | float]
    printed_under: str | None = None


class SubtotalKind(StrEnum):
    """What a total that is not the last one counts."""

    DISTRICT = "district"
    PAGE = "page"
    CARRIED_FORWARD = "carried_forward"
    BROUGHT_FORWARD = "brought_forward"


class Subtotal(Record):
    """A printed total of some rows: of a district, of a page, or of all rows so far (ยอดยกไป, ยอดยกมา).

    Attributes:
        district: As read, where it is of a district.
        rows_above: How many rows of the annex stand above it.
        column: Key of the column it totals.
    """

    kind: SubtotalKind
    district: Field[str] = Field[str](null_reason=NullReason.NOT_LOOKED_FOR)
    rows_above: int
    column: str
    value: Field[int | float]


class AnnexShape(StrEnum):
    """What an annex says of each body."""

    MARKS = "marks"
    """A mark in one of several columns that exclude each other."""
    COUNTS = "counts"
    AMOUNTS = "amounts"
    """Sums of money, or other numbers with decimals."""
    OTHER = "other"


class Annex(Record):
    """One status annex, joined over its pages.

    Attributes:
        shape: What it says of each body.
        province: Name of the province that it covers.
        as_of: The "ข้อมูล ณ วันที่" date.
    """

    title: Field[str]
    province: Field[str]
    as_of: Field[dt.date]
    pages: tuple[PageNumber, ...]
    shape: AnnexShape
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    notes: tuple[Field[str], ...] = ()
