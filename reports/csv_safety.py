"""CSV for spreadsheets, in which nothing that came from outside becomes a formula, and plain CSV for programs."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from reports.report_layout import Cell

_STARTS_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A spreadsheet takes a text that begins so for a formula; some do so with the full-width forms."""
_STARTS_FIELD: Final = ("\t", "\r", "\n")
"""A text that begins so goes on in another cell or line once it is pasted."""
_NUMBER: Final = re.compile(r"-?[0-9๐-๙.,]*")
_BYTE_ORDER_MARK: Final = "\ufeff"


def guard(cell: Cell) -> Cell:
    """Return a cell of which no spreadsheet makes a formula; a dash or a negative number is none.

    A text that begins like a formula, spaces and invisible characters aside, gets an apostrophe before it, which
    spreadsheets take for "this is text".
    """
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):
        return cell
    begins = cell.startswith(_STARTS_FIELD) or _visible(cell).startswith(_STARTS_FORMULA)
    return f"'{cell}" if begins else cell


def as_spreadsheet_csv(header: Iterable[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV with a byte-order mark, without which Excel takes Thai for something else, and guarded."""
    return "".join(iterate_spreadsheet_csv(header, rows))


def iterate_spreadsheet_csv(header: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield what `as_spreadsheet_csv` returns, a line at a time."""
    yield _BYTE_ORDER_MARK
    yield from _iterate_lines(header, ([guard(cell) for cell in row] for row in rows))


def as_plain_csv(header: Iterable[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV for programs: its values as they are, no byte-order mark."""
    return "".join(_iterate_lines(header, rows))


def _iterate_lines(header: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in chain([header], rows):
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _visible(text: str) -> str:
    """Return a text from its first visible character on: past spaces of all kinds, and marks such as U+FEFF."""
    start = next((i for i, c in enumerate(text) if not c.isspace() and unicodedata.category(c)[0] not in "CZ"), 0)
    return text[start:]
