"""Writing a change report to a file, in the format its suffix asks for; whole, or one extract a district."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.errors import UnwritableError, UsageError
from models.change import Change, Comparison
from models.document import Document
from models.snapshot import Snapshot, SnapshotRow
from reports.change_report import build
from reports.grouping import NO_DISTRICT, Namer, district_namer
from reports.report_layout import Digits
from reports.report_model import ChangeReport

_UNSAFE: Final = re.compile(r'[\x00-\x20\x7f/\\:*?"<>|]+')
Writer = Callable[[ChangeReport, Digits], bytes]


def _html(report: ChangeReport, digits: Digits) -> bytes:
    from reports.html import as_html

    return as_html(report, digits).encode()


def _markdown(report: ChangeReport, digits: Digits) -> bytes:
    from reports.markdown import as_markdown

    return as_markdown(report, digits).encode()


def _csv(report: ChangeReport, _digits: Digits) -> bytes:
    from reports.csv_report import as_csv

    return as_csv(report).encode()


def _json(report: ChangeReport, _digits: Digits) -> bytes:
    return (report.model_dump_json(indent=2) + "\n").encode()


def _xlsx(report: ChangeReport, digits: Digits) -> bytes:
    from reports.workbook import as_xlsx

    return as_xlsx(report, digits)


def _docx(report: ChangeReport, digits: Digits) -> bytes:
    from reports.docx import as_docx

    return as_docx(report, digits)


def _pdf(report: ChangeReport, digits: Digits) -> bytes:
    from reports.pdf import as_pdf

    return as_pdf(report, digits)


WRITERS: Final[dict[str, Writer]] = {
    ".html": _html,
    ".xlsx": _xlsx,
    ".docx": _docx,
    ".pdf": _pdf,
    ".json": _json,
    ".csv": _csv,
    ".md": _markdown,
}
"""What each suffix is written by; the libraries of a format are loaded where it is asked for."""


def render(report: ChangeReport, path: Path, digits: Digits = "thai") -> None:
    """Write a report, whole or not at all.

    Args:
        report: What it says.
        path: Where to; the suffix is one of `WRITERS`.
        digits: Thai or Arabic; CSV and JSON, which programs read, always have Arabic ones.

    Raises:
        UsageError: The suffix is none that we write, or the file cannot be written.
        MissingToolError: A PDF is asked for and no Thai face is installed.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"{path.name}: {' '.join(WRITERS)}")
    save(path, write(report, digits))


def save(path: Path, content: bytes) -> None:
    """Write bytes to a file, whole or not at all.

    Raises:
        UnwritableError: The file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):  # where nothing can be written, nothing can be taken away
            temporary.unlink(missing_ok=True)
        raise UnwritableError(f"{path}: {error.strerror or error}") from error


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
            }
        )
        report = build(own, made_on, made_by, [each(line.name) for each in rounds], sources)
        # Findings are of the whole annex, and would be wrong beside the rows of one district.
        alone = {"districts": (line,), "provinces": (), "findings": ()}
        yield report.model_copy(update={"scope": line.name, **alone})


def extract_path(path: Path, scope: str) -> Path:
    """Return where the extract of a district goes: beside the report, with the district in its name."""
    name = scope if scope == NO_DISTRICT else f"อำเภอ{scope}"
    return path.with_name(f"{path.stem}-{_UNSAFE.sub('-', name)}{path.suffix}")


def _parted(snapshot: Snapshot, of: Namer) -> Callable[[str], Snapshot]:
    """Return what gives a round of one district alone."""
    rows: dict[str, list[SnapshotRow]] = {}
    for row in snapshot.rows:
        rows.setdefault(of(row), []).append(row)
    return lambda name: snapshot.model_copy(update={"rows": tuple(rows.get(name, ()))})
