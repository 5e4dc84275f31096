"""A CSV or XLSX file → the archive, through the same reconciling, rules and snapshots as a scan."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.fingerprint import fingerprint, sha256_file
from core.settings import Settings
from gazetteer.reconcile import reconcile
from gazetteer.register import load as load_register
from ingest.sources.spreadsheet import SUFFIXES, read_rows
from models.annex import Annex
from models.confirmation import Confirmation
from models.document import Document, DocumentStatus, Page, SourceDocument
from models.issue import Issue
from parsers.annex.from_spreadsheet import SheetError, annexes_of, layout_of
from pipeline.deciding import keep_reading
from pipeline.reading import STAGES_VERSION, status_of, verdicts_of
from rules.runner import findings
from store.archive import Archive
from thai.dates import BUDDHIST_OFFSET, parse_date

ENGINE = "table"
_YEAR = re.compile(r"2[45]\d\d")


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of a table that the table does not.

    Attributes:
        as_of: Day the data is of.
        title: What it is about; without, the file's name, its digits aside.
        province: Of all its rows, where it has no column for that.
        columns: Headers by role, where headers and contents do not tell.
    """

    as_of: dt.date | None = None
    title: str | None = None
    province: str | None = None
    columns: Mapping[str, str] | None = None


def day_of(text: str) -> dt.date:
    """Return the day that a person means: a date, or a year of the Buddhist era for its last day.

    Raises:
        UsageError: It is neither.
    """
    if _YEAR.fullmatch(text):
        return dt.date(int(text) - BUDDHIST_OFFSET, 12, 31)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        read = parse_date(text)
        if read is not None and read.date is not None:
            return read.date
        raise UsageError(f"--as-of {text}: 2565 | 2022-12-31 | ๓๑ ธันวาคม ๒๕๖๕") from None


def columns_from(path: Path) -> dict[str, str]:
    """Return headers by role from a TOML file such as `name = "หน่วยงาน"`.

    Raises:
        UsageError: It cannot be read, or is none.
    """
    try:
        named = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    return {str(role): str(header) for role, header in named.items()}


def read_table(path: Path, settings: Settings, about: About, confirmed: Sequence[Confirmation] = ()) -> Document:
    """Return the record of one table: an annex for each province, reconciled and checked.

    Args:
        path: The table.
        settings: Limits, rules, and the office's own ledger of bodies.
        about: What a person says of it.
        confirmed: Repairs of bodies' names that people confirmed in the archive.

    Raises:
        core.errors.InputError: The file cannot be read.
        UsageError: No column holds names, or one that was named is not there.
    """
    rows = read_rows(path, settings.limits)
    try:
        layout = layout_of(rows, about.columns)
    except SheetError as error:
        raise UsageError(f"{path.name}: ไม่พบคอลัมน์ชื่อ อปท. / no column of names (--columns): {error}") from error
    title = about.title or re.sub(r"[\d_\-.]+", " ", path.stem).strip() or path.stem
    register = load_register(settings.bodies)
    annexes: list[Annex] = []
    issues: list[Issue] = []
    for annex in annexes_of(rows, layout, title, about.as_of, about.province):
        reconciled, found = reconcile(annex, register, confirmed)
        annexes.append(reconciled)
        issues.extend(found)
    text = "\n".join("\t".join(row) for row in rows)
    document = Document(
        source=SourceDocument(
            name=path.name, sha256=sha256_file(path), media_type=SUFFIXES[path.suffix.lower()], pages=1
        ),
        status=DocumentStatus.OK,
        text=text,
        pages=(Page(number=1, text=text, engine=ENGINE),),
        annexes=tuple(annexes),
        issues=tuple(issues),
    )
    document = document.model_copy(update={"findings": findings(verdicts_of(document, settings))})
    return document.model_copy(update={"status": status_of(document)})


def import_table(path: Path, archive: Archive, settings: Settings, about: About) -> Document | None:
    """Put a table into the archive with a round for each of its annexes; None where it is there already, as it is.

    Raises:
        core.errors.InputError: The file cannot be read.
        core.errors.StoreError: The archive cannot be written.
        UsageError: See `read_table`.
    """
    confirmed = [each.confirmation for each in archive.confirmations()]
    decided = (each.model_dump_json() for each in confirmed)
    said = fingerprint(repr(about), settings.rules.model_dump_json(), *decided)[:8]
    key = f"{ENGINE} / stages {STAGES_VERSION} / register {load_register(settings.bodies).version} / options {said}"
    sha = archive.keep_original(path)
    if archive.is_current(sha, key):
        return None
    document = read_table(path, settings, about, confirmed)
    return keep_reading(archive, document, key, settings, lambda _: True)
