"""Writing a change report to a file, in the format its suffix asks for; whole, or one extract a district."""

import datetime as dt
import importlib
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from core.errors import UnwritableError, UsageError
from core.suggestions import describe_choice
from models.change import Change, Comparison
from models.document import Document
from models.snapshot import Snapshot, SnapshotRow
from reports.change_report import build
from reports.file_names import shorten_name
from reports.grouping import NO_DISTRICT, Namer, district_namer
from reports.report_layout import Digits
from reports.report_model import ChangeReport

_UNSAFE: Final = re.compile(r'[\x00-\x20\x7f/\\:*?"<>|]+')
Writer = Callable[[ChangeReport, Digits], str | bytes]
"""Writes a report in the digits that are asked for; a text is encoded as UTF-8."""

FORMATS: Final[dict[str, str]] = {
    ".html": "reports.html:as_html",
    ".xlsx": "reports.workbook:as_xlsx",
    ".docx": "reports.docx:as_docx",
    ".pdf": "reports.pdf:as_pdf",
    ".json": "reports.render:as_json",
    ".csv": "reports.csv_report:as_csv",
    ".md": "reports.markdown:as_markdown",
}
"""What each suffix is written by, as module and function; it is loaded where it is asked for, with its libraries.

A new format is a module with a `Writer`, and a line here.
"""


def find_writer(suffix: str) -> Writer:
    """Return what writes files of a suffix, such as `.pdf`.

    Raises:
        UsageError: There is none.
    """
    place = FORMATS.get(suffix.lower())
    if place is None:
        raise UsageError(*describe_choice(suffix, FORMATS))
    module, _, name = place.partition(":")
    writer: Writer = getattr(importlib.import_module(module), name)
    return writer


def as_json(report: ChangeReport, _digits: Digits = "arabic") -> str:
    """Return all that a report says as JSON, for programs."""
    return report.model_dump_json(indent=2) + "\n"


def render(report: ChangeReport, path: Path, digits: Digits = "thai") -> None:
    """Write a report, whole or not at all.

    Args:
        report: What it says.
        path: Where to; the suffix is one of `FORMATS`.
        digits: Thai or Arabic; CSV and JSON, which programs read, always have Arabic ones.

    Raises:
        UsageError: The suffix is none that we write, or the file cannot be written.
        MissingToolError: A PDF is asked for and no Thai face is installed.
    """
    written = find_writer(path.suffix)(report, digits)
    save(path, written.encode() if isinstance(written, str) else written)


def save(path: Path, content: bytes) -> None:
    """Write bytes to a file, whole or not at all.

    Raises:
        UnwritableError: The file cannot be written.
    """
    with open_whole(path) as file:
        file.write(content)


@contextmanager
def open_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to that appears under its name whole or not at all.

    Raises:
        UnwritableError: The file cannot be written.
    """
    # A name that nobody can foresee, opened only where there is none yet: no link that waits there is written through.
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        raise UnwritableError.from_system(path, error) from error
    finally:
        with suppress(OSError):  # where nothing can be written, nothing can be taken away
            temporary.unlink(missing_ok=True)


def extracts(
    comparison: Comparison,
    made_on: dt.date,
    made_by: str = "",
    earlier: Sequence[Snapshot] = (),
    sources: Sequence[Document] = (),
) -> Iterator[ChangeReport]:
    """Yield one report a district, for its นายอำเภอ: its own bodies alone, and its rank among all districts."""
    of = district_namer(comparison)
    whole = build(comparison, made_on, made_by, earlier, sources)
    before, after, *rounds = (_parted(each, of) for each in (comparison.before, comparison.after, *earlier))
    changes: dict[str, list[Change]] = {}
    for change in comparison.changes:
        # A body that moved is told of where it left and where it came to.
        for name in {of(row) for row in (change.before, change.after) if row is not None}:
            changes.setdefault(name, []).append(change)
    for line in whole.districts:
        own = comparison.model_copy(
            update={
                "before": before(line.name),
                "after": after(line.name),
                "changes": tuple(changes.get(line.name, ())),
                "totals": (),
                "exclusions": (),
            }
        )
        report = build(own, made_on, made_by, [each(line.name) for each in rounds], sources)
        # Findings are of the whole annex, and would be wrong beside the rows of one district.
        alone = {"districts": (line,), "provinces": (), "findings": ()}
        yield report.model_copy(update={"scope": line.name, **alone})


def extract_path(path: Path, scope: str) -> Path:
    """Return where the extract of a district goes: beside the report, with the district in its name."""
    name = scope if scope == NO_DISTRICT else f"อำเภอ{scope}"
    return path.with_name(f"{path.stem}-{shorten_name(_UNSAFE.sub('-', name))}{path.suffix}")


def _parted(snapshot: Snapshot, of: Namer) -> Callable[[str], Snapshot]:
    """Return what gives a round of one district alone."""
    rows: dict[str, list[SnapshotRow]] = {}
    for row in snapshot.rows:
        rows.setdefault(of(row), []).append(row)
    return lambda name: snapshot.model_copy(update={"rows": tuple(rows.get(name, ()))})
