"""Files that already are tables: their sheets as pages, and what a person says of them."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError, UsageError
from core.limits import Limits
from ingest.sources.file_type import MediaType
from ingest.sources.spreadsheet import read_sheets
from models.annex import Annex
from models.document import Page
from models.issue import Issue
from models.sheet import Sheet
from parsers.annex.from_spreadsheet import SheetError
from parsers.annex.workbook_annexes import TableFacts, build_annexes

ENGINE = "table"
NOTHING_SAID = TableFacts()


@dataclass(frozen=True, slots=True)
class SheetsTask:
    """All that a worker needs to read a table.

    Attributes:
        path: Where its bytes are kept.
        name: What it was called.
    """

    path: Path
    media_type: MediaType
    name: str
    limits: Limits


def read_data(task: SheetsTask) -> list[Sheet]:
    """Return the sheets of a table. Runs in a worker process, which bounds the time and the memory that it takes.

    Raises:
        core.errors.InputError: It cannot be read.
    """
    return read_sheets(task.path, task.media_type, task.limits, task.name)


def parse_sheets(sheets: Sequence[Sheet], name: str, facts: TableFacts) -> tuple[list[Page], list[Annex], list[Issue]]:
    """Return sheets as pages, the annexes in them, and what was not understood.

    Raises:
        UsageError: A column that a person named is not there.
    """
    pages = [Page(number=sheet.number, text=sheet.text, engine=ENGINE) for sheet in sheets]
    try:
        annexes, issues = build_annexes(sheets, Path(name).stem, facts)
    except SheetError as error:
        raise UsageError(f"{name}: ไม่พบคอลัมน์ที่ระบุ / no such column (--columns): {error}") from error
    return pages, annexes, issues


def read_columns(path: Path) -> dict[str, str]:
    """Return headers by role from a TOML file such as `name = "หน่วยงาน"`.

    Raises:
        UsageError: It cannot be read, or is none.
    """
    try:
        named = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    return {str(role): str(header) for role, header in named.items()}


def unreadable(error: Exception, name: str) -> InputError:
    """Return an error of a table's file as one that ends this file alone."""
    return error if isinstance(error, InputError) else InputError(f"{name}: {type(error).__name__}: {error}")
