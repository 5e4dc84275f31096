"""Files that already are tables: their sheets as pages, and what a person says of them."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.limits import Limits
from ingest.sources.file_type import MediaType
from ingest.sources.spreadsheet import read_sheets
from models.annex import Annex
from models.issue import Issue
from models.sheet import Sheet
from models.table_facts import TableFacts
from parsers.annex.sheet_roles import SheetError
from parsers.annex.workbook_annexes import build_annexes

ENGINE = "table"
SheetParser = Callable[[Sequence[Sheet], str, TableFacts], tuple[list[Annex], list[Issue]]]
"""What makes annexes of sheets, a file's name and what a person says of them; what was not understood is an issue."""


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


def parse_sheets(sheets: Sequence[Sheet], name: str, facts: TableFacts) -> tuple[list[Annex], list[Issue]]:
    """Return the annexes in sheets, and what was not understood.

    Raises:
        UsageError: A column that a person named is not there.
    """
    try:
        return build_annexes(sheets, Path(name).stem, facts)
    except SheetError as error:
        raise UsageError(
            f"{name}: ไม่พบคอลัมน์ที่ระบุ (--columns): {error}", f"{name}: no such column (--columns): {error}"
        ) from error


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
