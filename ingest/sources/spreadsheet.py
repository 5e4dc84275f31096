"""Tables that already are data: CSV and XLSX files → rows of texts."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from core.errors import DamagedFileError, EmptyFileError, LimitError
from core.limits import Limits
from ingest.sources.plain_text import decode

SUFFIXES: Final = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media types by the ends of file names: a CSV file cannot be told by its bytes."""

_DELIMITERS: Final = ",;\t"
_MOST_CELLS: Final = 2_000_000

SheetRow = tuple[str, ...]


def is_sheet(path: Path) -> bool:
    """Whether a file is a table by its name."""
    return path.suffix.lower() in SUFFIXES


def read_rows(path: Path, limits: Limits) -> list[SheetRow]:
    """Return the rows of a table that are not empty, the header first, every cell as text without spaces around it.

    Of an XLSX file the first sheet is read, and of formulas what they came to when it was saved.

    Raises:
        EmptyFileError: There is no row.
        DamagedFileError: The file cannot be read, or is no table.
        LimitError: It is larger than the limits allow.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DamagedFileError(f"{path.name}: {error.strerror or error}") from error
    if size > limits.file_bytes:
        raise LimitError(f"{path.name}: {size:,} > file_bytes {limits.file_bytes:,}")
    found, cells = [], 0
    for row in _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path):
        cells += len(row)
        if cells > _MOST_CELLS:
            raise LimitError(f"{path.name}: > {_MOST_CELLS:,} cells")
        if any(row):
            found.append(row)
    if not found:
        raise EmptyFileError(path.name)
    return found


def _csv(path: Path) -> Iterator[SheetRow]:
    text = decode(path.read_bytes(), path.name)
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield tuple(" ".join(cell.split()) for cell in row)
    except csv.Error as error:
        raise DamagedFileError(f"{path.name}: {error}") from error


def _xlsx(path: Path) -> Iterator[SheetRow]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield tuple("" if cell is None else " ".join(str(cell).split()) for cell in row)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise DamagedFileError(f"{path.name}: {error}") from error
