"""Writing a change report to a file, in the format its suffix asks for."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from core.errors import UsageError
from models.change import Comparison
from models.snapshot import Snapshot
from reports.change_report import build
from reports.delimited import as_csv
from reports.html import as_html
from reports.markdown import as_markdown
from reports.view import ChangeReport

WRITERS: Final[dict[str, Callable[[ChangeReport], str]]] = {
    ".html": as_html,
    ".json": lambda report: report.model_dump_json(indent=2) + "\n",
    ".csv": as_csv,
    ".md": as_markdown,
}
"""What each suffix is written by."""


def render(
    comparison: Comparison,
    path: Path,
    made_on: dt.date | None = None,
    made_by: str = "",
    earlier: Sequence[Snapshot] = (),
) -> None:
    """Write the report of a comparison, whole or not at all.

    Args:
        comparison: The two rounds and their changes.
        path: Where to; the suffix is one of `WRITERS`.
        made_on: Day of the report; today where not given.
        made_by: Who makes it.
        earlier: Rounds before the two.

    Raises:
        UsageError: The suffix is none that we write, or the file cannot be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"{path.name}: {' '.join(WRITERS)}")
    text = write(build(comparison, made_on or dt.datetime.now().astimezone().date(), made_by, earlier))
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"{path}: {error.strerror or error}") from error
