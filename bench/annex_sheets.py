"""Annexes of invented status drawn on A4 in the styles that offices rule their tables in. Synthetic, for measuring.

full       every cell ruled                     bands      no rules between the rows
merged     one district cell over its rows      districts  a row that names the district, a subtotal under its rows
open       nothing ruled left and right         beside     two lists side by side
lines      no rule down the page at all
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from training import faces
from training.faces import Face
from training.lines import KO_POINTS

Page = npt.NDArray[np.uint8]
STYLES = ("full", "merged", "open", "lines", "bands", "districts", "beside")
TICK, CROSS = "✓", "✗"
AS_OF = "ข้อมูล ณ วันที่ ๓๐ กันยายน ๒๕๖๗"
_A4 = (8.27, 11.69)
_POINTS, _PITCH = 14, 0.27
_TOP, _FOOT = 1.5, 10.9
_HEADERS = ("ลำดับ", "อำเภอ", "อปท.", "จัดส่งแล้ว", "ยังไม่จัดส่ง", "หมายเหตุ")
_WIDTHS = (0.55, 1.15, 1.75, 0.85, 0.95, 2.1)
_BESIDE = ("ลำดับ", "อำเภอ", "อปท.", "ส่งแล้ว", "ยังไม่ส่ง")
_BESIDE_WIDTHS = (0.45, 1.0, 1.3, 0.5, 0.58)
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True, slots=True)
class Body:
    """One row as it is meant: the truth."""

    sequence: int
    district: str
    kind: str
    name: str
    done: bool
    remark: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed row: its cells, and whether all of it is one merged cell (a district's name)."""

    cells: tuple[str, ...]
    spanning: bool = False


class _Sheet:
    """A page drawn three times finer than its scan, as print is."""

    def __init__(self, folder: Path, face: Face, dpi: int, random: np.random.Generator) -> None:
        self._fine, self._dpi, self._random = 3 * dpi, dpi, random
        width, height = (3 * round(inches * dpi) for inches in _A4)
        self._image = Image.new("L", (width, height), 255)
        self._pen = ImageDraw.Draw(self._image)
        height = round(KO_POINTS * _POINTS / 16 * self._fine / 72)
        self._font = faces.load(folder / face.file, height)
        self._signs = ImageFont.truetype(str(folder / faces.SIGNS.file), round(2.2 * height))
        self._height = height

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a rule of half a point; places are in inches."""
        ends = tuple(round(value * self._fine) for value in (x0, y0, x1, y1))
        self._pen.line(ends, fill=0, width=max(2, round(0.6 * self._fine / 72)))

    def text(self, text: str, left: float, right: float, middle: float, *, centered: bool) -> None:
        """Write one line of text, or draw a sign by hand or from a face, into a cell."""
        base = middle * self._fine + 0.5 * self._height
        x = (left + right) / 2 * self._fine if centered else (left + 0.06) * self._fine
        if text in (TICK, CROSS):
            self._pen.text((x, base), text, font=self._signs, fill=0, anchor="ms")
        elif text in ("tick by hand", "cross by hand"):
            self._by_hand(text, x, middle * self._fine)
        else:
            self._pen.text((x, base), text, font=self._font, fill=0, anchor="ms" if centered else "ls")

    def _by_hand(self, sign: str, x: float, y: float) -> None:
        size = 0.085 * self._fine
        strokes = (
            [((-0.8, 0.1), (-0.2, 0.8), (1.0, -1.1))]
            if sign == "tick by hand"
            else [((-0.8, -0.8), (0.8, 0.8)), ((0.8, -0.9), (-0.8, 0.8))]
        )
        for stroke in strokes:
            ends = [
                (x + (px + self._random.normal(0, 0.15)) * size, y + (py + self._random.normal(0, 0.15)) * size)
                for px, py in stroke
            ]
            self._pen.line(ends, fill=0, width=max(3, round(self._fine / 55)), joint="curve")

    def scanned(self) -> Page:
        """Return the page at the resolution of the scan."""
        size = tuple(round(inches * self._dpi) for inches in _A4)
        return np.asarray(cv2.resize(np.asarray(self._image), size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def draw(  # noqa: PLR0913 - what a sheet is made of
    bodies: Sequence[Body],
    province: str,
    style: str,
    *,
    folder: Path,
    face: Face,
    dpi: int,
    by_hand: bool,
    header_again: bool,
    random: np.random.Generator,
) -> list[Page]:
    """Return the pages of one annex.

    Args:
        bodies: Its rows.
        province: What it is of.
        style: One of `STYLES`.
        folder: Where the faces lie.
        face: What it is set in.
        dpi: Resolution of the scan.
        by_hand: Whether ticks and crosses are drawn by a pen.
        header_again: Whether each page repeats the header.
        random: What the pen shakes by.
    """
    signs = ("tick by hand", "cross by hand") if by_hand else (TICK, CROSS)
    lines = _districted(bodies, signs) if style == "districts" else [_line(body, signs) for body in bodies]
    if style != "beside":
        lines.append(_sum("รวม", bodies))
    headers: tuple[str, ...]
    widths: tuple[float, ...]
    headers, widths = (_BESIDE, _BESIDE_WIDTHS) if style == "beside" else (_HEADERS, _WIDTHS)
    if style == "districts":
        headers, widths = headers[:1] + headers[2:], (0.6, 2.3, 1.0, 1.1, 2.3)
    pages, first = [], True
    while lines:
        sheet = _Sheet(folder, face, dpi, random)
        head = headers if first or header_again else ()
        high = int((_FOOT - _TOP) / _PITCH) - 2
        here, lines = (lines[: 2 * high], lines[2 * high :]) if style == "beside" else (lines[:high], lines[high:])
        if first:
            sheet.text("บัญชีสถานะการจัดส่งข้อมูลขององค์กรปกครองส่วนท้องถิ่น", 0.5, 7.8, _TOP - 0.75, centered=True)
            sheet.text(f"จังหวัด{province}", 0.5, 7.8, _TOP - 0.4, centered=True)
        if style == "beside":
            half = -(-len(here) // 2)
            foot = max(
                _table(sheet, half_lines, head, widths, "full", left)
                for left, half_lines in ((0.28, here[:half]), (0.28 + sum(widths), here[half:]))
            )
        else:
            foot = _table(sheet, here, head, widths, style, (8.27 - sum(widths)) / 2)
        if not lines:
            sheet.text(AS_OF.translate(_THAI), 0.8, 5, foot + 0.3, centered=False)
        pages.append(sheet.scanned())
        first = False
    return pages


def _line(body: Body, signs: tuple[str, str]) -> _Line:
    marks = (signs[0], "") if body.done else ("", signs[1])
    number = str(body.sequence).translate(_THAI)
    return _Line((number, body.district, f"{body.kind}{body.name}", *marks, body.remark))


def _sum(label: str, bodies: Sequence[Body]) -> _Line:
    done = sum(body.done for body in bodies)
    return _Line(("", "", label, *(str(count).translate(_THAI) for count in (done, len(bodies) - done)), ""))


def _districted(bodies: Sequence[Body], signs: tuple[str, str]) -> list[_Line]:
    """Return rows without a district, under the name of theirs and over its subtotal."""
    lines: list[_Line] = []
    for district in dict.fromkeys(body.district for body in bodies):
        own = [body for body in bodies if body.district == district]
        lines.append(_Line((f"อำเภอ{district}",), spanning=True))
        lines += [_without_district(_line(body, signs)) for body in own]
        lines.append(_without_district(_sum(f"รวม อ.{district}", own)))
    return lines


def _without_district(line: _Line) -> _Line:
    return _Line((line.cells[0], *line.cells[2:]))


def _table(
    sheet: _Sheet,
    lines: Sequence[_Line],
    head: Sequence[str],
    widths: Sequence[float],
    style: str,
    left: float,
) -> float:
    """Draw one table and return its foot."""
    edges = left + np.concatenate([[0.0], np.cumsum(widths)])
    columns = len(widths)
    marks = columns - 3 if columns > 5 or style == "districts" else columns - 2
    y = _TOP
    if head:
        for column, header in enumerate(head):
            sheet.text(header, edges[column], edges[column + 1], y + 0.2, centered=True)
        sheet.rule(edges[0], y, edges[-1], y)
        y += 0.4
    starts = [y + index * _PITCH for index in range(len(lines) + 1)]
    for line, top, bottom in zip(lines, starts, starts[1:], strict=False):
        if line.spanning:
            sheet.text(line.cells[0], edges[0], edges[-1], (top + bottom) / 2, centered=False)
            continue
        for column, text in enumerate(line.cells[:columns]):
            if text and not (style == "merged" and column == 1):
                centered = column == 0 or marks <= column < marks + 2
                sheet.text(text, edges[column], edges[column + 1], (top + bottom) / 2, centered=centered)
    broken = _merge(sheet, lines, edges, starts) if style == "merged" else set()
    _rule(sheet, lines, edges, starts, broken, style, header_from=_TOP if head else None)
    return starts[-1]


def _rule(
    sheet: _Sheet,
    lines: Sequence[_Line],
    edges: npt.NDArray[np.float64],
    starts: Sequence[float],
    broken: set[int],
    style: str,
    header_from: float | None,
) -> None:
    """Draw the rules of a table as its style has them."""
    for index, top in enumerate(starts):
        if style == "bands" and 0 < index < len(starts) - 2:
            continue
        if index in broken:
            sheet.rule(edges[0], top, edges[1], top)
            sheet.rule(edges[2], top, edges[-1], top)
        else:
            sheet.rule(edges[0], top, edges[-1], top)
    last = len(edges) - 1
    for column, x in enumerate(edges):
        if style == "lines" or (style == "open" and column in (0, last)):
            continue
        if header_from is not None:
            sheet.rule(x, header_from, x, starts[0])
        for line, top, bottom in zip(lines, starts, starts[1:], strict=False):
            if not line.spanning or column in (0, last):
                sheet.rule(x, top, x, bottom)


def _merge(sheet: _Sheet, lines: Sequence[_Line], edges: npt.NDArray[np.float64], starts: Sequence[float]) -> set[int]:
    """Write each district once over its rows, and return between which rows its cell is not ruled."""
    broken: set[int] = set()
    begin = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and lines[index].cells[1] == lines[begin].cells[1]:
            broken.add(index)
            continue
        if lines[begin].cells[1]:
            middle = (starts[begin] + starts[index]) / 2
            sheet.text(lines[begin].cells[1], edges[1], edges[2], middle, centered=False)
        begin = index
    return broken
