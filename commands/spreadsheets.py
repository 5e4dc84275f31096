"""Tables that already are data: `saraban import` of CSV and XLSX files."""

from collections.abc import Iterable
from pathlib import Path

from commands.session import open_archive, say, settings_of


def import_tables(
    paths: Iterable[Path],
    archive: Path | None,
    *,
    as_of: str | None,
    title: str | None,
    province: str | None,
    columns: Path | None,
) -> None:
    """Put tables into the archive; what a person says holds for all of them.

    Raises:
        UsageError: A day or a mapping of columns is none, or a table has no names.
        core.errors.InputError: A file cannot be read.
    """
    from pipeline.tabular import About, columns_from, day_of, import_table
    from reports.labels import document_status

    settings = settings_of(archive)
    about = About(
        as_of=day_of(as_of) if as_of else None,
        title=title,
        province=province,
        columns=columns_from(columns) if columns else None,
    )
    with open_archive(settings, create=True) as store:
        for path in paths:
            document = import_table(path, store, settings, about)
            if document is None:
                say(settings, f"{path.name}: ไม่เปลี่ยนแปลง", f"{path.name}: unchanged")
                continue
            rows = sum(len(annex.rows) for annex in document.annexes)
            status = document_status(document.status, settings.lang)
            say(
                settings,
                f"{path.name}: {status} {len(document.annexes)} บัญชี {rows:,} แถว",
                f"{path.name}: {status}, {len(document.annexes)} annexes, {rows:,} rows",
            )
