"""Tables in a workbook: one a sheet, with filters, frozen headings, and numbers and dates that stay such.

Thai digits are a matter of the number format (`[$-D07041E]`: Thai digits, Buddhist calendar, Thai language), so a cell
that shows ๒๑ is the number 21 and can be added up. Text is always written as text: nothing in it becomes a formula.
"""

import datetime as dt
import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.report_layout import RIGHT, Cell, CellFormat, Digits, ReportTable, written
from thai.text import skeleton

FACE: Final = "TH Sarabun New"
SIZE: Final = 16
"""Points; that of official letters."""
_GOOD: Final = {"bg_color": "#DDEFE7", "font_color": "#1F6F54"}
_BAD: Final = {"bg_color": "#F7E1DA", "font_color": "#8A2B06"}
_FAIR: Final = {"bg_color": "#FBF1D6", "font_color": "#6B5413"}
_COLORS: Final = {"เรียบร้อย": _GOOD, "ดีขึ้น": _GOOD, "ไม่ครบถ้วน": _FAIR, "ยังไม่บันทึก": _BAD, "แย่ลง": _BAD}
_WHOLE: Final = ("เรียบร้อย", "ดีขึ้น", "แย่ลง")
_COLORED: Final = ("สถานะ", "เดิม", "ใหม่", "ทิศทาง")

_DATES: Final = {"thai": "[$-D07041E]d mmm yyyy", "arabic": "[$-107041E]d mmm yyyy"}
_THAI_DIGITS: Final = "[$-D00041E]"
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LETTERS_A_COLUMN: Final = 14
"""Thai letters of that size that fit into a column of the usual width."""
_LETTERS_A_UNIT: Final = 1.25
"""Thai letters of that size in one unit of width, which is a digit of the default face."""
_SLACK: Final = 1.1
"""Width of a column over that of its letters."""
_LINE: Final = 24
"""Points that a line of that size takes, tone marks and vowels below included."""
_MARGINS: Final = 0.8
"""Inches to the left and right of a printed sheet, together."""
_INCHES_A_UNIT: Final = 0.073
"""Width of a digit of the default face, in which widths of columns are given."""
_PORTRAIT: Final = (8.27 - _MARGINS) / _INCHES_A_UNIT
_LANDSCAPE: Final = (11.69 - _MARGINS) / _INCHES_A_UNIT
"""Units of width that fit on A4 in print without being made smaller."""
_LEAST_SCALE: Final = 0.6
"""Sheets are not printed smaller: type of 16 points is then of 9.6, the least that a register is read in."""
_FEWEST_COLUMNS: Final = 6
"""Columns that are printed at least: lines of text run over their cell."""
_POINTS_A_PIXEL: Final = 0.75
"""A spreadsheet has 96 pixels and 72 points in an inch."""
_DEFAULT_LINE: Final = 15
"""Points of a row of which nothing is written."""
_PORTRAIT_HEIGHT: Final = 720.0
"""Points of an upright page between its margins: a chart that would go over them begins a page."""
_LANDSCAPE_HEIGHT: Final = 480.0
"""Points of a page on its side between its margins, for the same."""
_LONGEST_NAME: Final = 31
"""Letters that a spreadsheet takes for the name of a sheet."""
_LONGEST_TEXT: Final = 32_767
"""Letters that a spreadsheet takes for a cell."""
_WRAPPED: Final = (CellFormat.TEXT, CellFormat.RAW)
"""What goes on in another line of its cell; the rest stays on one."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class WorkbookWriter:
    """A workbook in the making."""

    def __init__(self, digits: Digits, title: str = "", author: str = "") -> None:
        self._stream = io.BytesIO()
        self._digits = digits
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = Workbook(self._stream, options)
        self._book.set_properties({"title": title, "author": author, "created": dt.datetime(1980, 1, 1)})  # noqa: DTZ001
        self._formats: dict[tuple[object, ...], Any] = {}
        self._names: set[str] = set()
        self._sheets: list[WorksheetWriter] = []

    def sheet(self, name: str, heading: Iterable[str] = ()) -> "WorksheetWriter":
        """Add a sheet; lines of text above its tables may be given."""
        clean = _FORBIDDEN.sub("-", name)[:_LONGEST_NAME]
        chosen, count = clean, 1
        while chosen.casefold() in self._names:
            count += 1
            chosen = f"{clean[: _LONGEST_NAME - 4]} {count}"
        self._names.add(chosen.casefold())
        sheet = WorksheetWriter(self, self._book.add_worksheet(chosen), chosen, self._digits)
        self._sheets.append(sheet)
        for line in heading:
            sheet.line(line)
        return sheet

    def style(self, **facts: object) -> Any:  # noqa: ANN401 - the library's format
        """Return a format in the face of the book; equal ones are one."""
        key = tuple(sorted(facts.items(), key=lambda fact: fact[0]))
        if key not in self._formats:
            plain = {"font_name": FACE, "font_size": SIZE, "valign": "top"}
            self._formats[key] = self._book.add_format({**plain, **facts})
        return self._formats[key]

    def chart(self, options: dict[str, str]) -> Any:  # noqa: ANN401 - the library's chart
        """Return a chart to put into a sheet."""
        return self._book.add_chart(options)

    def bytes(self) -> bytes:
        """Close the workbook and return it."""
        for sheet in self._sheets:
            sheet.finish()
        self._book.close()
        return self._stream.getvalue()


class WorksheetWriter:
    """One sheet, filled from the top."""

    def __init__(self, book: WorkbookWriter, sheet: Worksheet, name: str, digits: Digits) -> None:
        self._book, self._sheet, self.name, self._digits = book, sheet, name, digits
        self._row = 0
        self._below = 0
        self._printed = 0.0
        self._tall = _PORTRAIT_HEIGHT
        self._widths: dict[int, int] = {}
        self._filtered = False
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=_MARGINS / 2, right=_MARGINS / 2, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")

    def line(self, text: str, *, strong: bool = False) -> None:
        """Write a line of text."""
        facts = {"bold": True} if strong else {}
        self._set_height(self._row, 1)
        self._sheet.write_string(self._row, 0, _plain(written(text, self._digits)), self._book.style(**facts))
        self._row += 1

    def paragraph(self, text: str, across: int = 6) -> None:
        """Write a text over several columns and as many lines as it will take; a merged cell does not grow itself."""
        said = _plain(written(text, self._digits))
        lines = math.ceil(len(skeleton(said)) / (across * _LETTERS_A_COLUMN)) or 1
        self._set_height(self._row, lines)
        self._sheet.merge_range(self._row, 0, self._row, across - 1, "", self._book.style(text_wrap=True))
        self._sheet.write_string(self._row, 0, said, self._book.style(text_wrap=True))
        self._row += 1

    def gap(self) -> None:
        """Leave a row empty."""
        self._set_height(self._row, 1)
        self._row += 1

    def table(self, table: ReportTable) -> tuple[int, int]:
        """Write a table and return its first and last row of data, from 0; the first one gets a filter."""
        table = table.trimmed()
        head = self._book.style(
            bold=True, bg_color="#EEF1F6", border=1, text_wrap=True, align="center", valign="vcenter"
        )
        for index, column in enumerate(table.columns):
            self._sheet.write_string(self._row, index, column.header, head)
            self._widen(index, column.width)
        self._lay_out()
        first = self._row + 1
        self._fit(self._row, [column.header for column in table.columns], table)
        for at, row in enumerate(table.rows, start=first):
            self._fit(at, row, table)
            for index, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._write(at, index, cell, column.kind)
        last = first + max(len(table.rows) - 1, 0)
        self._color(table, first, last)
        if not self._filtered:
            self._filtered = True
            self._sheet.autofilter(first - 1, 0, last, len(table.columns) - 1)
            self._sheet.freeze_panes(first, 0)
            self._sheet.repeat_rows(first - 1)
        self._row = last + 1
        for note in table.notes:
            self.line(note)
        return first, last

    def insert(self, chart: Any, height: int) -> None:  # noqa: ANN401 - the library's chart
        """Put a chart of so many pixels under what was written, whole on a page; it stays the last of its sheet."""
        self._sheet.insert_chart(self._row + 1, 0, chart, {"object_position": 2})
        lines = math.ceil(height * _POINTS_A_PIXEL / _DEFAULT_LINE)
        if self._printed + height * _POINTS_A_PIXEL > self._tall:
            self._sheet.set_h_pagebreaks([self._row + 1])
        self._below = lines + 1

    def finish(self) -> None:
        """Tell what of the sheet is printed."""
        across = max((*self._widths, _FEWEST_COLUMNS - 1))
        self._sheet.print_area(0, 0, max(self._row - 1 + self._below, 0), across)

    def pattern(self, cell: float | dt.date, kind: CellFormat) -> str:
        """Return the number format of a cell."""
        if isinstance(cell, dt.date):
            return _DATES[self._digits]
        whole = "#,##0" if float(cell).is_integer() else "#,##0.00"
        parts = {CellFormat.PERCENT: ("0.00",), CellFormat.CHANGE: ("+#,##0", "-#,##0", "0")}.get(kind, (whole,))
        return ";".join((_THAI_DIGITS if self._digits == "thai" else "") + part for part in parts)

    def _write(self, row: int, index: int, cell: Cell, kind: CellFormat) -> None:
        facts: dict[str, object] = {"border": 1}
        if not isinstance(cell, str | None):
            facts["num_format"] = self.pattern(cell, kind)
        if kind in RIGHT or kind is CellFormat.DATE:
            facts |= {"align": "right", "indent": 1} if kind in RIGHT else {"align": "center"}
        if kind in _WRAPPED:
            facts["text_wrap"] = True
        style = self._book.style(**facts)
        if cell is None or cell == "":
            self._sheet.write_blank(row, index, None, style)
        elif isinstance(cell, dt.date):
            self._sheet.write_datetime(row, index, dt.datetime(cell.year, cell.month, cell.day), style)  # noqa: DTZ001
        elif isinstance(cell, int | float):
            self._sheet.write_number(row, index, cell, style)
        else:
            text = cell if kind is CellFormat.RAW else written(cell, self._digits)
            self._sheet.write_string(row, index, _plain(text), style)

    def _color(self, table: ReportTable, first: int, last: int) -> None:
        """Color by what a cell says, by rules of the sheet, so that the color follows when somebody edits it."""
        for index, column in enumerate(table.columns):
            cells = (first, index, last, index)
            if column.kind is CellFormat.PERCENT:
                ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 100}
                self._sheet.conditional_format(
                    *cells, {"type": "data_bar", "bar_color": "#B7C3D9", "bar_solid": True, **ends}
                )
            if column.header.startswith(_COLORED):
                for begins, colors in _COLORS.items():
                    style = self._book.style(**colors)
                    how = "begins with" if begins in _WHOLE else "containing"  # ไม่เรียบร้อย is not เรียบร้อย
                    rule = {"type": "text", "criteria": how, "value": begins, "format": style}
                    self._sheet.conditional_format(*cells, rule)

    def _fit(self, at: int, row: Sequence[Cell], table: ReportTable) -> None:
        """Make a row as tall as its longest text: programs take the height of one small line where none is given."""
        widths = [column.width * _LETTERS_A_UNIT for column in table.columns]
        wrapped = [at == self._row or column.kind in _WRAPPED for column in table.columns]
        lengths = [
            len(skeleton(cell)) if isinstance(cell, str) and wraps else 1
            for cell, wraps in zip(row, wrapped, strict=True)
        ]
        lines = max(math.ceil(length / width) for length, width in zip(lengths, widths, strict=True))
        self._set_height(at, max(lines, 1))

    def _set_height(self, row: int, lines: int) -> None:
        self._sheet.set_row(row, lines * _LINE)
        self._printed += lines * _LINE

    def _widen(self, index: int, width: int) -> None:
        self._widths[index] = max(self._widths.get(index, 0), width)
        self._sheet.set_column(index, index, self._widths[index] * _SLACK)

    def _lay_out(self) -> None:
        """Turn the sheet for print where it is wider than a page; one wider by far goes over several pages."""
        across = sum(self._widths.values()) * _SLACK
        self._tall = _PORTRAIT_HEIGHT
        if across > _PORTRAIT:
            self._sheet.set_landscape()
            self._tall = _LANDSCAPE_HEIGHT * max(1.0, across / _LANDSCAPE)
        if across * _LEAST_SCALE > _LANDSCAPE:
            self._sheet.set_print_scale(round(_LEAST_SCALE * 100))
            self._sheet.repeat_columns(0, 1)


def _plain(text: str) -> str:
    """Return a text that a cell can hold: no control characters, no longer than a spreadsheet takes."""
    return _CONTROL.sub(" ", text)[:_LONGEST_TEXT]
