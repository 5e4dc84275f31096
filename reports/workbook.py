"""The change report as a workbook: a sheet a section, with the pictures that spreadsheets draw themselves."""

import datetime as dt

from models.annex import Status
from reports.report_layout import CellFormat, Digits, ReportColumn, ReportTable, Section, data_cell, written
from reports.report_model import ChangeReport
from reports.sections import head, sections
from reports.workbook_writer import WorkbookWriter, WorksheetWriter

_THEN, _NOW = "#B7C3D9", "#1F4E8C"
_TREND_HEIGHT = 288
"""Pixels of the chart of all rounds, as the library makes it."""
_MOST_BARS = 80
"""Districts up to which a chart of bars can be read: those of all provinces of a region."""


def as_xlsx(report: ChangeReport, digits: Digits = "thai") -> bytes:
    """Return the report as the bytes of an .xlsx file."""
    top = head(report)
    book = WorkbookWriter(digits, top.title, report.made_by)
    for section in sections(report):
        sheet = book.sheet(section.sheet)
        sheet.line(f"{section.number} {section.title}", strong=True)
        if section.number == 1:
            sheet.paragraph(top.title)
            for label, text in top.lines:
                sheet.line(f"{label} {text}")
            for warning in top.warnings:
                sheet.line(f"คำเตือน {warning}", strong=True)
        _write(book, sheet, section, report, digits)
    return book.bytes()


def _write(
    book: WorkbookWriter, sheet: WorksheetWriter, section: Section, report: ChangeReport, digits: Digits
) -> None:
    for label, text in section.facts:
        sheet.line(f"{label}: {text}")
    for text in section.paragraphs:
        sheet.paragraph(text)
    if section.empty:
        sheet.line(section.nothing)
    for table in section.filled:
        sheet.gap()
        sheet.line(table.caption)
        first, last = sheet.table(table)
        if section.number == 6 and len(table.rows) <= _MOST_BARS:
            sheet.insert(_bars(book, sheet.name, table, first, last, digits), _measure_bars(table))
    if section.number == 1 and len(report.trend) > 1 and report.has_status:
        _write_trend(book, sheet, report)


def _bars(book: WorkbookWriter, name: str, table: ReportTable, first: int, last: int, digits: Digits) -> object:
    """Return the shares of the districts before and now, a bar each, in the order of the table."""
    chart = book.chart({"type": "bar"})
    for index, column in enumerate(table.columns):
        if column.kind is CellFormat.PERCENT:
            chart.add_series(
                {
                    "name": column.header,
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, index, last, index],
                    "fill": {"color": _NOW if "รอบนี้" in column.header else _THEN},
                    "gap": 60,
                }
            )
    chart.set_title({"name": written(table.caption, digits), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": True, "line": {"color": "#D5D9E0"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": _measure_bars(table)})
    return chart


def _measure_bars(table: ReportTable) -> int:
    """Return the height of the chart of a table, in pixels."""
    return 120 + 24 * len(table.rows)


def _write_trend(book: WorkbookWriter, sheet: WorksheetWriter, report: ChangeReport) -> None:
    complete = report.get_status_word(Status.COMPLETE)
    columns = (
        ReportColumn("ข้อมูล", CellFormat.DATE, 16),
        ReportColumn("ทั้งหมด", CellFormat.NUMBER),
        ReportColumn(complete, CellFormat.NUMBER),
        ReportColumn("ร้อยละ", CellFormat.PERCENT),
    )
    rows = tuple(
        (
            data_cell(point.as_of, point.as_of_precision),
            point.tally.total,
            point.tally.complete,
            point.tally.percent,
        )
        for point in report.trend
    )
    sheet.gap()
    sheet.line("แนวโน้มทุกรอบ")
    first, last = sheet.table(ReportTable("แนวโน้มทุกรอบ", columns, rows))
    if any(point.as_of is None for point in report.trend):
        return  # an axis of time needs the times
    chart = book.chart({"type": "line"})
    chart.add_series(
        {
            "name": f"ร้อยละที่{complete}",
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 3, last, 3],
            "line": {"color": _NOW, "width": 2.5},
            "marker": {"type": "circle", "size": 7, "fill": {"color": _NOW}},
        }
    )
    chart.set_title({"name": f"แนวโน้มร้อยละที่{complete}ทุกรอบ", "name_font": {"size": 12}})
    chart.set_y_axis({"min": 0, "max": 100})
    chart.set_x_axis({"text_axis": True, "num_format": sheet.pattern(dt.date.min, CellFormat.DATE)})
    chart.set_legend({"none": True})
    sheet.insert(chart, _TREND_HEIGHT)
