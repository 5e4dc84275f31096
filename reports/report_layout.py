"""What a report looks like before it has a format: sections of facts, paragraphs, tables and named pictures.

Every format lays out the same sections, so that what one of them says, all of them say.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from models.snapshot import Precision
from reports.labels import NONE, as_of_short, date_short
from thai.numerals import to_arabic, to_thai

Digits = Literal["thai", "arabic"]
Cell = str | int | float | dt.date | None

_RUN: Final = re.compile(r"[A-Za-z0-9_-]*[0-9][A-Za-z0-9_-]*")
_LATIN: Final = re.compile(r"[A-Za-z]")


class CellFormat(StrEnum):
    """What the cells of a column hold.

    A name is short and stays on one line; a raw text keeps its digits; a share is a text such as 21/80.
    """

    TEXT = "text"
    NAME = "name"
    RAW = "raw"
    SHARE = "share"
    NUMBER = "number"
    CHANGE = "change"
    PERCENT = "percent"
    DATE = "date"


NUMERIC: Final = (CellFormat.NUMBER, CellFormat.CHANGE, CellFormat.PERCENT)
RIGHT: Final = (*NUMERIC, CellFormat.SHARE)
"""What stands at the right of its column."""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a table.

    Attributes:
        header: Its heading.
        kind: What it holds.
        width: Share of the width against the other columns; also the width in a spreadsheet, in characters.
        optional: Left out where no row has anything in it.
        subject: What its rows are about.
    """

    header: str
    kind: CellFormat = CellFormat.TEXT
    width: int = 12
    optional: bool = False
    subject: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its caption.

    Attributes:
        group: Where the table is to be parted by its first column on paper, the caption of each part, with `{name}`
            and `{count}`; "" where it is not.
    """

    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    group: str = ""

    @property
    def subject(self) -> int:
        """Which column says what a row is about: the body, else the first name, else the first column."""
        bodies = [index for index, column in enumerate(self.columns) if column.subject]
        names = [index for index, column in enumerate(self.columns) if column.kind is CellFormat.NAME]
        return (bodies or names or [0])[0]

    def trimmed(self) -> "ReportTable":
        """Return the table without the optional columns that are empty."""
        kept = [
            index
            for index, column in enumerate(self.columns)
            if not column.optional or any(row[index] not in (None, "") for row in self.rows)
        ]
        columns = tuple(self.columns[index] for index in kept)
        return replace(self, columns=columns, rows=tuple(tuple(row[index] for index in kept) for row in self.rows))

    def parts(self) -> "Iterator[ReportTable]":
        """Yield the tables as they stand on paper: one, or one a group, each without columns that are empty."""
        if not self.group:
            yield self.trimmed()
            return
        grouped: dict[Cell, list[tuple[Cell, ...]]] = {}
        for row in self.rows:
            grouped.setdefault(row[0], []).append(row[1:])
        for name, rows in grouped.items():
            caption = self.group.format(name=name, count=len(rows))
            yield replace(self, caption=caption, columns=self.columns[1:], rows=tuple(rows), group="").trimmed()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report.

    Attributes:
        number: Its number in the report.
        title: Its heading.
        sheet: A short name of it, for a spreadsheet.
        facts: Labels and values to be seen first.
        paragraphs: Sentences before the tables.
        tables: Its tables; where all are empty and there is nothing else, it says `nothing`.
        pictures: Names of the pictures that belong to it, see `reports.chart_geometry`.
        nothing: What it says where there is nothing to show.
    """

    number: int
    title: str
    sheet: str
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    pictures: tuple[str, ...] = ()
    nothing: str = "ไม่มี"

    @property
    def filled(self) -> tuple[ReportTable, ...]:
        """The tables that have rows."""
        return tuple(table for table in self.tables if table.rows)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.facts or self.paragraphs or self.filled)


def written(text: str, digits: Digits) -> str:
    """Return a text in the digits that are asked for; codes with Latin letters, such as O02, stay as they are."""
    if digits == "arabic":
        return to_arabic(text)
    return _RUN.sub(lambda run: run.group() if _LATIN.search(run.group()) else to_thai(run.group()), text)


def data_cell(day: dt.date | None, precision: Precision) -> Cell:
    """Return when data is of as a cell: its day, or its year in words where no day was given."""
    return day if precision is Precision.DAY else as_of_short(day, precision)


def shown(cell: Cell, kind: CellFormat, digits: Digits) -> str:
    """Return a cell as text for paper and screen."""
    if cell is None:
        return NONE if kind in (*NUMERIC, CellFormat.DATE) else ""
    if kind is CellFormat.RAW:
        return str(cell)
    if isinstance(cell, dt.date):
        return written(date_short(cell), digits)
    if isinstance(cell, str):
        return written(cell, digits)
    return written(_number(cell, kind), digits)


def _number(value: float, kind: CellFormat) -> str:
    if kind is CellFormat.PERCENT:
        return f"{value:,.2f}"
    if kind is CellFormat.CHANGE:
        return f"{value:+,.0f}".replace("-", "−") if value else "0"
    return f"{value:,.2f}" if isinstance(value, float) and not value.is_integer() else f"{value:,.0f}"
