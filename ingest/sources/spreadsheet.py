"""Tables that already are data: CSV files and workbooks → sheets of texts."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from core.errors import DamagedFileError, EmptyFileError, EncryptedFileError, LimitError
from core.limits import Limits
from ingest.sources.file_type import MediaType, identify
from ingest.sources.plain_text import decode
from ingest.sources.workbook_parts import SheetParts, find_parts
from models.sheet import Sheet

_DELIMITERS: Final = ",;\t"
_FIELD_CHARS: Final = 1_000_000
"""Longest text of one cell of a CSV file, in characters; a quote that is never closed ends here."""
SheetRow = tuple[str, ...]


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
        raise DamagedFileError.from_system(name, error) from error
    if sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows) > limits.sheet_cells:
        raise LimitError(f"{name}: > sheet_cells {limits.sheet_cells:,}")
    if not any(sheet.has_content for sheet in sheets):
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

    parts = find_parts(path, limits, name)
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
                own = parts.sheets[len(sheets)] if len(parts.sheets) == len(tabs) else SheetParts()
                sheets.append(
                    Sheet(
                        number=len(sheets) + 1,
                        name=tab.name,
                        rows=_level(rows),
                        is_hidden=hidden,
                        unsaved=own.unsaved,
                        struck=own.struck,
                        hidden_rows=own.hidden_rows,
                        hidden_columns=own.hidden_columns,
                        annotations=own.annotations,
                        # A sheet that is all chart has no cells, and so no number: it is told of with the first.
                        pictures=own.pictures + (parts.chart_sheets if not sheets else 0),
                    )
                )
            return sheets
    except PasswordError as error:
        raise EncryptedFileError(name) from error
    except (LimitError, OSError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library in Rust is no Exception
        raise DamagedFileError(f"{name}: {type(error).__name__}: {str(error)[:200]}") from error


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
