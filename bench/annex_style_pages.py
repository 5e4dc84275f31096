"""How an annex in some style is made: rows of invented figures over bodies of the register, and the files of them."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
import typst
from openpyxl import Workbook
from PIL import Image

from gazetteer.register import load

DPI: Final = 200
"""Resolution of the pictures, dots an inch: what offices scan at."""
DAY: Final = dt.date(2024, 9, 30)
"""Day that the annexes are of, on which bodies were of kinds that some are no longer of."""
THAI_DIGITS: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_CELL: Final = re.compile(r"(?:table\.cell\(([^)]*)\))?\[([^\]]*)\]")
_SPAN: Final = re.compile(r"(row|col)span: (\d+)")


@dataclass(frozen=True, slots=True)
class StyledRow:
    """One row as it is meant: the truth.

    Attributes:
        done: Whether what is asked was done; None in an annex of figures.
        figures: Its numbers, left to right.
    """

    sequence: int
    district: str
    kind: str
    name: str
    done: bool | None = None
    figures: tuple[float, ...] = ()

    @property
    def body(self) -> str:
        """The body as offices write it."""
        return f"{self.kind}{self.name}"


@dataclass(frozen=True, slots=True)
class Style:
    """How an annex is set.

    Attributes:
        province, face: Of what, and in which face.
        headers: Cells of the header as Typst.
        columns: Widths as Typst.
        cells: The cells of a row as Typst.
        options: Further arguments of the table: rules, fills.
        figures: How many numbers a row has; 0 where it has a status.
        page: Arguments of the page.
        thai: Whether numbers are in Thai digits.
        body: Makes the rows, where there is more than one after the other.
        note: What stands below the table, before the day.
        draw: Draws the figures of a row.
    """

    province: str
    face: str
    headers: str
    columns: str
    cells: Callable[[StyledRow], Sequence[str]]
    options: str = "stroke: 0.5pt"
    figures: int = 0
    page: str = ""
    thai: bool = False
    body: "Callable[[Style, Sequence[StyledRow]], str] | None" = None
    note: str = ""
    draw: Callable[[np.random.Generator], tuple[float, ...]] | None = None


def join_cells(*texts: str) -> str:
    """Return texts as Typst cells."""
    return ", ".join(f"[{text}]" for text in texts)


def set_plain(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows one below the other."""
    return ",\n".join(join_cells(*style.cells(row)) for row in rows)


def set_with_foot(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows and the grand total of the two columns named by states."""
    done = sum(bool(row.done) for row in rows)
    foot = f"table.cell(colspan: 3)[รวม], [{done}], [{len(rows) - done}], []"
    return f"{set_plain(style, rows)},\n{foot}"


def set_merged(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows with one cell for the district over all of its rows."""
    lines = []
    for district, group in groupby(rows, key=lambda row: row.district):
        own = list(group)
        for index, row in enumerate(own):
            first, _, *rest = style.cells(row)
            cell = [f"table.cell(rowspan: {len(own)}, breakable: false)[{district}]"] if index == 0 else []
            lines.append(", ".join([f"[{first}]", *cell, join_cells(*rest)]))
    return ",\n".join(lines)


def set_subtotaled(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows with the sum of each district below them, and of all below that."""
    lines = []
    for district, group in groupby(rows, key=lambda row: row.district):
        own = list(group)
        lines.append(set_plain(style, own))
        lines.append(f"[], table.cell(colspan: 2)[รวมอำเภอ{district}], [{write_amount(_sum(own))}], []")
    lines.append(f"[], table.cell(colspan: 2)[รวมทั้งสิ้น], [{write_amount(_sum(rows))}], []")
    return ",\n".join(lines)


def set_sectioned(style: Style, rows: Sequence[StyledRow]) -> str:
    """Return rows under the names of their districts."""
    lines = []
    for district, group in groupby(rows, key=lambda row: row.district):
        lines += [f"table.cell(colspan: 4)[อำเภอ{district}]", set_plain(style, list(group))]
    return ",\n".join(lines)


def _sum(rows: Sequence[StyledRow]) -> float:
    return sum(row.figures[0] for row in rows)


def write_amount(value: float) -> str:
    """Return an amount of money as offices write it."""
    return f"{value:,.2f}"


def choose_mark(row: StyledRow, done: str, undone: str) -> str:
    """Return the sign of a row."""
    return done if row.done else undone


def compose(style: Style, seed: int, most: int) -> tuple[list[StyledRow], bytes]:
    """Return the rows of an annex in a style and its Typst source."""
    random = np.random.default_rng(seed)
    found = load().find_bodies(style.province, DAY)
    bodies = sorted(found, key=lambda body: (body.district, body.kind.value, body.name))[:most]
    rows = []
    for number, body in enumerate(bodies, start=1):
        households = float(random.integers(300, 9000))
        surveyed = float(random.integers(100, int(households)))
        amount = float(random.integers(10, 900) * 1000)
        drawn = {0: (), 1: (amount,), 3: (households, surveyed, round(100 * surveyed / households, 2))}[style.figures]
        figures = style.draw(random) if style.draw else drawn
        done = None if style.draw or style.figures else bool(random.random() < 0.6)
        rows.append(StyledRow(number, body.district, body.kind.value, body.name, done, figures))
    day = "ข้อมูล ณ วันที่ 30 กันยายน 2567"
    source = f"""
#set page(paper: "a4", {style.page}margin: 1.8cm)
#set text(font: ("{style.face}", "DejaVu Sans"), size: 12pt, lang: "th")
#align(center)[บัญชีสรุปผลการดำเนินงานขององค์กรปกครองส่วนท้องถิ่น \\ จังหวัด{style.province}]
#align(center, table(columns: {style.columns}, align: horizon, {style.options},
table.header({style.headers}),
{(style.body or set_plain)(style, rows)}))
{style.note}
{day.translate(THAI_DIGITS) if style.thai else day}
"""
    return rows, source.encode()


def render(source: bytes, form: str, file: Path) -> Path:
    """Write an annex as a PDF with its text, or as a TIFF of pictures, and return its path."""
    if form == "pdf":
        path = file.with_suffix(".pdf")
        path.write_bytes(typst.compile(source, format="pdf"))
        return path
    made = typst.compile(source, format="png", ppi=DPI)
    pages = [Image.open(io.BytesIO(page)).convert("L") for page in (made if isinstance(made, list) else [made])]
    path = file.with_suffix(".tif")
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(DPI, DPI), compression="tiff_deflate")
    return path


def write_sheet(style: Style, rows: Sequence[StyledRow], form: str, file: Path) -> Path:
    """Write an annex as CSV, a merged cell told once, or as a workbook with merged cells, and return its path."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["บัญชีสรุปผลการดำเนินงานขององค์กรปกครองส่วนท้องถิ่น"])
    sheet.append([f"จังหวัด{style.province} ข้อมูล ณ วันที่ 30 กันยายน 2567"])
    width = style.columns.count(",") + 1
    for place, (text, down, across) in _place(f"{style.headers},{(style.body or set_plain)(style, rows)}", width):
        row, column = place[0] + 3, place[1] + 1
        plain = text.replace(",", "")
        number = float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None
        sheet.cell(row, column, text if number is None or form == "csv" else number)
        if down > 1 or across > 1:
            sheet.merge_cells(
                start_row=row, end_row=row + down - 1, start_column=column, end_column=column + across - 1
            )
    if style.note:
        sheet.cell(sheet.max_row + 1, 1, style.note.rstrip("\\ \n"))
    path = file.with_suffix(f".{form}")
    if form == "xlsx":
        book.save(path)
        return path
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(["" if value is None else value for value in row] for row in sheet.values)
    return path


def _place(source: str, width: int) -> Iterator[tuple[tuple[int, int], tuple[str, int, int]]]:
    """Yield row, column, text and spans of the cells of Typst, placed as Typst does: in the next free place."""
    taken: set[tuple[int, int]] = set()
    at = 0
    for options, text in _CELL.findall(source):
        spans = {way: int(size) for way, size in _SPAN.findall(options)}
        while divmod(at, width) in taken:
            at += 1
        row, column = divmod(at, width)
        down, across = spans.get("row", 1), spans.get("col", 1)
        taken.update((row + y, column + x) for y in range(down) for x in range(across))
        yield (row, column), (text.replace("*", "").replace(" \\ ", " "), down, across)
