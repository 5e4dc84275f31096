"""The parts of an XLSX file beside its cells: comments, text boxes, pictures, charts, hidden rows, struck texts.

The reader of workbooks gives the values of cells and nothing else. What a person sees on a sheet beside them, and what
is hidden or struck out there, is found here in the XML parts, so that it is told of.
"""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import DamagedFileError, LimitError
from core.limits import Limits

_PACKED_RATIO: Final = 20
"""How many times `Limits.file_bytes` the parts of a workbook may unpack to; XML packs down to a tenth and less."""
_UNSAVED: Final = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
"""A cell with a formula and no value: what another program wrote and no spreadsheet has computed."""
_NO_ROW: Final = re.compile(rb'<row\b[^>]{0,200}?\br="[0-9]{8,}"')
"""A row above 9,999,999, where a sheet ends at 1,048,576: whoever believes it makes room for all before it."""
_SHEET_PART: Final = re.compile(r"xl/worksheets/sheet(\d{1,6})\.xml")
_CHART_SHEET: Final = re.compile(r"xl/chartsheets/sheet\d{1,6}\.xml")
_ROW: Final = re.compile(rb"<row\b[^>]{0,400}>")
_COLUMN: Final = re.compile(rb"<col\b[^>]{0,400}>")
_HIDDEN: Final = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER: Final = re.compile(rb'\br="([0-9]{1,7})"')
_SPAN: Final = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_STYLED: Final = re.compile(rb'<c\b(?=[^>]{0,200}?\br="([A-Z]{1,3}[0-9]{1,7})")[^>]{0,200}?\bs="([0-9]{1,6})"')
_FONT: Final = re.compile(rb"<font>(.*?)</font>|<font\s*/>", re.DOTALL)
_STRUCK: Final = re.compile(rb'<strike\s*(?:val="(?:1|true)"\s*)?/>')
_FORMATS: Final = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_FORMAT: Final = re.compile(rb'<xf\b[^>]{0,400}?\bfontId="([0-9]{1,6})"')
_TARGET: Final = re.compile(rb'\bTarget="([^"]{1,200})"')
_COMMENT: Final = re.compile(
    r'<comment\b[^>]{0,200}?\bref="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,200}>(.*?)</comment>', re.DOTALL
)
_TEXT: Final = re.compile(r"<t\b[^>]{0,100}>([^<]*)</t>")
_PARAGRAPH: Final = re.compile(r"<a:p>(.*?)</a:p>", re.DOTALL)
_RUN: Final = re.compile(r"<a:t>([^<]*)</a:t>")
_PICTURE: Final = re.compile(rb"<(?:xdr:)?(?:pic|graphicFrame)\b")
_PRINTED: Final = re.compile(r"<((?:odd|even|first)(?:Header|Footer))>([^<]*)</\1>")
_PRINT_CODE: Final = re.compile(
    r'(?:หน้า(?:ที่)?|แผ่นที่|[Pp]age|จาก|of)?\s*&[PN]|&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]{1,3}|[A-Z])'
)
"""What stands in a printed header for a font, a size, a place, the file and the day, or says which page it is."""
_LETTERS: Final = 26
"""Letters that columns of a sheet are counted in: A to Z, AA …"""


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What stands on one sheet of a workbook beside the values of its cells.

    Attributes:
        unsaved: Cells with a formula without a value.
        struck: Cells whose text is struck out.
        hidden_rows: Numbers of hidden rows.
        hidden_columns: Letters of hidden columns.
        annotations: Comments, text boxes, printed headers and footers, each with its place where it has one.
        pictures: How many pictures and charts.
    """

    unsaved: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """What stands in a workbook beside the values of its cells.

    Attributes:
        sheets: Of each sheet, in their order.
        chart_sheets: How many sheets hold a chart and no cells.
    """

    sheets: tuple[SheetParts, ...] = ()
    chart_sheets: int = 0


def find_parts(path: Path, limits: Limits, name: str) -> WorkbookParts:
    """Return what a workbook holds beside its cells, after a look at sizes; nothing where it is no XLSX file.

    Args:
        path: The file.
        limits: Bound what its parts unpack to.
        name: What the file is called in messages.

    Raises:
        DamagedFileError: A part cannot be read.
        LimitError: Its parts are larger than the limits allow.
    """
    if not zipfile.is_zipfile(path):
        return WorkbookParts()
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > limits.file_bytes * _PACKED_RATIO:
                raise LimitError(f"{name}: unpacks to more than {_PACKED_RATIO} × file_bytes {limits.file_bytes:,}")
            package = _Package(parts, limits)
            # An XLSX file has its sheets as XML parts in the order of their numbers.
            numbers = sorted(int(found[1]) for part in parts.namelist() if (found := _SHEET_PART.fullmatch(part)))
            struck = _find_struck_formats(package.read("xl/styles.xml"))
            sheets = tuple(_read_sheet(package, f"xl/worksheets/sheet{number}.xml", struck) for number in numbers)
            return WorkbookParts(sheets, sum(_CHART_SHEET.fullmatch(part) is not None for part in parts.namelist()))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise DamagedFileError(f"{name}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Package:
    """The parts of a workbook, and those that one of them names."""

    parts: zipfile.ZipFile
    limits: Limits

    def read(self, name: str) -> bytes:
        """Return a part; nothing where there is none, or where it is larger than a file may be."""
        try:
            return self.parts.read(name) if self.parts.getinfo(name).file_size <= self.limits.file_bytes else b""
        except KeyError:
            return b""

    def follow(self, name: str, folder: str) -> Iterator[bytes]:
        """Yield the parts that a part names whose address begins with a folder or stem of that name."""
        place, _, file = name.rpartition("/")
        for target in _TARGET.findall(self.read(f"{place}/_rels/{file}.rels")):
            address = posixpath.normpath(posixpath.join("/", place, target.decode("utf-8", "replace"))).lstrip("/")
            if address.startswith(f"xl/{folder}"):
                yield self.read(address)


def _read_sheet(package: _Package, name: str, struck: frozenset[bytes]) -> SheetParts:
    sheet = package.read(name)
    if _NO_ROW.search(sheet):
        raise ValueError("a row is numbered higher than any sheet is long")
    drawings = list(package.follow(name, "drawings/drawing"))
    head, _, tail = sheet.partition(b"<sheetData")
    return SheetParts(
        unsaved=tuple(cell.decode("ascii") for cell in _UNSAVED.findall(sheet)),
        struck=tuple(cell.decode("ascii") for cell, style in _STYLED.findall(tail) if style in struck)
        if struck
        else (),
        hidden_rows=tuple(
            int(row[1]) for tag in _ROW.findall(tail) if _HIDDEN.search(tag) and (row := _NUMBER.search(tag))
        ),
        hidden_columns=tuple(_find_hidden_columns(head)),
        annotations=(
            *(text for part in package.follow(name, "comments") for text in _read_comments(part)),
            *(text for part in drawings for text in _read_text_boxes(part)),
            *_read_printed(tail.rpartition(b"</sheetData>")[2]),
        ),
        pictures=sum(len(_PICTURE.findall(part)) for part in drawings),
    )


def _find_struck_formats(styles: bytes) -> frozenset[bytes]:
    """Return the numbers of the cell formats whose font is struck out."""
    fonts = styles.partition(b"<fonts")[2].partition(b"</fonts>")[0]
    struck = {number for number, font in enumerate(_FONT.finditer(fonts)) if _STRUCK.search(font[1] or b"")}
    formats = _FORMATS.search(styles)
    if not struck or formats is None:
        return frozenset()
    return frozenset(b"%d" % at for at, font in enumerate(_FORMAT.findall(formats[0])) if int(font) in struck)


def _find_hidden_columns(head: bytes) -> Iterator[str]:
    """Yield the hidden columns, such as D, or F:XFD for several side by side."""
    for tag in _COLUMN.findall(head):
        span = {edge: int(number) for edge, number in _SPAN.findall(tag)}
        if _HIDDEN.search(tag) and len(span) == len(("min", "max")):
            first, last = _name_column(span[b"min"]), _name_column(span[b"max"])
            yield first if first == last else f"{first}:{last}"


def _name_column(number: int) -> str:
    """Return the letters of a column that is counted from 1."""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def _read_comments(part: bytes) -> Iterator[str]:
    for cell, content in _COMMENT.findall(part.decode("utf-8", "replace")):
        yield f"{cell}: {_join(_TEXT.findall(content))}"


def _read_text_boxes(part: bytes) -> Iterator[str]:
    paragraphs = _PARAGRAPH.findall(part.decode("utf-8", "replace"))
    yield from (text for paragraph in paragraphs if (text := _join(_RUN.findall(paragraph))))


def _read_printed(foot: bytes) -> Iterator[str]:
    """Yield what is printed above and below each page of a sheet, but for numbers of pages and the like."""
    printed = _PRINTED.findall(foot.decode("utf-8", "replace"))
    texts = (" ".join(_PRINT_CODE.sub(" ", html.unescape(text)).split()) for _, text in printed)
    yield from dict.fromkeys(text for text in texts if any(character.isalpha() for character in text))


def _join(runs: list[str]) -> str:
    return " ".join(html.unescape("".join(runs)).split())
