"""Tables that already are data: CSV files and workbooks → sheets of texts."""

import csv
import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import DamagedFileError, EmptyFileError, EncryptedFileError, LimitError
from core.limits import Limits
from ingest.sources.file_type import MediaType, identify
from ingest.sources.plain_text import decode
from models.sheet import Sheet

_DELIMITERS: Final = ",;\t"
_FIELD_CHARS: Final = 1_000_000
"""Longest text of one cell of a CSV file, in characters; a quote that is never closed ends here."""
_PACKED_RATIO: Final = 20
"""How many times `Limits.file_bytes` the parts of a workbook may unpack to; XML packs down to a tenth and less."""
_UNSAVED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
"""A cell with a formula and no value: what another program wrote and no spreadsheet has computed."""
_NO_ROW = re.compile(rb'<row\b[^>]{0,200}?\br="[0-9]{8,}"')
"""A row above 9,999,999, where a sheet ends at 1,048,576: whoever believes it makes room for all before it."""

_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d{1,6})\.xml")
_ROW = re.compile(rb"<row\b[^>]{0,400}>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_COMMENT_PART = re.compile(rb'Target="(?:\.\./|/xl/)(comments[A-Za-z0-9_/]{0,40}\.xml)"')
_COMMENT = re.compile(r'<comment\b[^>]{0,200}?\bref="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,200}>(.*?)</comment>', re.DOTALL)
_TEXT = re.compile(r"<t\b[^>]{0,100}>([^<]*)</t>")

SheetRow = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _HiddenFacts:
    """What a sheet of a workbook does not show: formulas without a value, hidden rows, comments."""

    unsaved: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    comments: tuple[str, ...] = ()


def read_rows(path: Path, limits: Limits) -> list[SheetRow]:
    """Return the rows that are not empty of the first sheet that has any.

    Raises:
        core.errors.InputError: As `read_sheets`.
    """
    sheets = read_sheets(path, identify(path, limits), limits)
    return [row for row in next(each for each in sheets if not each.is_empty).rows if any(row)]


def read_sheets(path: Path, media_type: MediaType, limits: Limits, name: str | None = None) -> list[Sheet]:
    """Return all sheets of a table, every cell as text.

    Args:
        path: The file.
        media_type: One of `DATA_TYPES`.
        limits: Bound its bytes, its sheets and its cells.
        name: What the file is called in messages, where it is kept under another name.

    Raises:
        EmptyFileError: Nothing stands in it.
        DamagedFileError: The file cannot be read, or is no table.
        EncryptedFileError: A workbook wants a password.
        LimitError: It is larger than the limits allow.
    """
    name = name or path.name
    try:
        sheets = _read_csv(path, name) if media_type is MediaType.CSV else _read_workbook(path, limits, name)
    except OSError as error:
        raise DamagedFileError(f"{name}: {error.strerror or error}") from error
    if sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows) > limits.sheet_cells:
        raise LimitError(f"{name}: > sheet_cells {limits.sheet_cells:,}")
    if all(sheet.is_empty and not sheet.unsaved for sheet in sheets):
        raise EmptyFileError(name)
    return sheets


def _read_csv(path: Path, name: str) -> list[Sheet]:
    text = decode(path.read_bytes(), name)
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    limit = csv.field_size_limit(_FIELD_CHARS)
    try:
        rows = [
            tuple(" ".join(cell.split()) for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as error:
        raise DamagedFileError(f"{name}: {error}") from error
    finally:
        csv.field_size_limit(limit)
    return [Sheet(rows=_level(rows))]


def _read_workbook(path: Path, limits: Limits, name: str) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    facts = _find_hidden_facts(path, limits, name)
    try:
        with CalamineWorkbook.from_path(path) as book:
            tabs = [tab for tab in book.sheets_metadata if tab.typ is SheetTypeEnum.WorkSheet]
            if len(tabs) > limits.sheets:
                raise LimitError(f"{name}: {len(tabs)} > sheets {limits.sheets}")  # noqa: TRY301
            sheets: list[Sheet] = []
            for tab in tabs:
                sheet = book.get_sheet_by_name(tab.name)
                if sheet.total_height * sheet.total_width > limits.sheet_cells:
                    raise LimitError(f"{name}: {tab.name}: > sheet_cells {limits.sheet_cells:,}")  # noqa: TRY301
                rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
                _fill_merged(rows, sheet.merged_cell_ranges or ())
                hidden = tab.visible is not SheetVisibleEnum.Visible
                known = facts[len(sheets)] if len(facts) == len(tabs) else _HiddenFacts()
                sheets.append(
                    Sheet(
                        number=len(sheets) + 1,
                        name=tab.name,
                        rows=_level(rows),
                        is_hidden=hidden,
                        unsaved=known.unsaved,
                        hidden_rows=known.rows,
                        comments=known.comments,
                    )
                )
            return sheets
    except PasswordError as error:
        raise EncryptedFileError(name) from error
    except (LimitError, OSError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library in Rust is no Exception
        raise DamagedFileError(f"{name}: {type(error).__name__}: {str(error)[:200]}") from error


def _find_hidden_facts(path: Path, limits: Limits, name: str) -> list[_HiddenFacts]:
    """Return what each sheet of a workbook does not show, in their order, after a look at sizes; none where none tells.

    Only an XLSX file tells: its sheets are XML parts in the order of their numbers.
    """
    if not zipfile.is_zipfile(path):
        return []
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > limits.file_bytes * _PACKED_RATIO:
                raise LimitError(f"{name}: unpacks to more than {_PACKED_RATIO} × file_bytes {limits.file_bytes:,}")
            numbers = sorted(int(found[1]) for part in parts.namelist() if (found := _SHEET_PART.fullmatch(part)))
            sheets = [
                (_read_part(parts, f"xl/worksheets/sheet{number}.xml", limits), _read_comments(parts, number, limits))
                for number in numbers
            ]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise DamagedFileError(f"{name}: {error}") from error
    if any(_NO_ROW.search(sheet) for sheet, _ in sheets):
        raise DamagedFileError(f"{name}: a row is numbered higher than any sheet is long")
    return [
        _HiddenFacts(
            tuple(cell.decode("ascii") for cell in _UNSAVED.findall(sheet)),
            tuple(int(row[1]) for tag in _ROW.findall(sheet) if _HIDDEN.search(tag) and (row := _NUMBER.search(tag))),
            comments,
        )
        for sheet, comments in sheets
    ]


def _read_part(parts: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Return a part of a workbook; nothing where there is none, or where it is larger than a file may be."""
    try:
        return parts.read(name) if parts.getinfo(name).file_size <= limits.file_bytes else b""
    except KeyError:
        return b""


def _read_comments(parts: zipfile.ZipFile, number: int, limits: Limits) -> tuple[str, ...]:
    found: list[str] = []
    for target in _COMMENT_PART.findall(_read_part(parts, f"xl/worksheets/_rels/sheet{number}.xml.rels", limits)):
        comments = _read_part(parts, f"xl/{target.decode('ascii')}", limits).decode("utf-8", "replace")
        for cell, content in _COMMENT.findall(comments):
            words = " ".join(html.unescape("".join(_TEXT.findall(content))).split())
            found.append(f"{cell}: {words}")
    return tuple(found)


def _fill_merged(rows: list[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write the text of a merged cell into every cell that it covers."""
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [rows[top][left]] * (min(right + 1, len(row)) - left)


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without a point, days as ISO dates."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return " ".join(str(cell).split())


def _level(rows: Sequence[Sequence[str]]) -> tuple[SheetRow, ...]:
    """Return rows as wide as the widest, without the empty ones at the end."""
    width = max((len(row) for row in rows), default=0)
    last = max((index for index, row in enumerate(rows) if any(row)), default=-1)
    return tuple((*row, *[""] * (width - len(row))) for row in rows[: last + 1])
