"""The series of annexes, their rounds, and what changed between two."""

import tempfile
from pathlib import Path
from typing import Annotated, Final, Literal

from fastapi import Query, Request
from fastapi.responses import Response

from models.account import Role
from models.snapshot import Snapshot
from pipeline.comparing import ReportOptions, compare_rounds, find_rounds, series_in, write_report
from reports.grouping import tally
from reports.labels import change_kind, standing
from rounds.selection import RoundPair
from web.access import needs, new_router
from web.pages import get_language, page
from web.state import get_desk

router = new_router()
Key = Annotated[str, Query(min_length=4, max_length=80)]
Format = Literal["html", "pdf", "xlsx", "docx", "md", "csv", "json"]
_TYPES: Final[dict[str, str]] = {
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "csv": "text/csv",
    "json": "application/json",
}
_MOST_CHANGES: Final = 1_000
"""Changes shown on one page; the reports have all."""


@router.get("/rounds")
@needs(Role.READER)
def rounds(request: Request) -> Response:
    """Show every series with its rounds and how far each had come."""
    found = series_in(get_desk(request).archive)
    return page(request, "rounds", series=found, tally=tally)


@router.get("/rounds/diff")
@needs(Role.READER)
def diff(request: Request, before: Key, after: Key) -> Response:
    """Show what changed between two rounds."""
    pair = _pair(request, before, after)
    comparison = compare_rounds(RoundPair(pair[:1], pair[1:]), force=True, own=get_desk(request).settings.bodies)
    language = get_language(request)
    return page(
        request,
        "diff",
        pair=pair,
        comparison=comparison,
        changes=comparison.changes[:_MOST_CHANGES],
        left_out=max(0, len(comparison.changes) - _MOST_CHANGES),
        counts=[tally(each.rows) for each in pair],
        kind=lambda change: change_kind(change.kind, language),
        side=lambda row: standing(row.status, row.remark, row.said, language) if row else "–",
        formats=list(_TYPES),
    )


@router.get("/rounds/report")
@needs(Role.READER)
def report(request: Request, before: Key, after: Key, form: Annotated[Format, Query(alias="format")]) -> Response:
    """Return the change report in a format, to be saved."""
    desk = get_desk(request)
    first, second = _pair(request, before, after)
    pair = RoundPair((first,), (second,))
    comparison = compare_rounds(pair, force=True, own=desk.settings.bodies)
    with tempfile.TemporaryDirectory() as folder:
        asked = ReportOptions(office=desk.settings.office)
        [written] = write_report(desk.archive, comparison, Path(folder) / f"changes.{form}", asked)
        content = written.read_bytes()
    headers = {"content-disposition": f'attachment; filename="changes.{form}"'}
    return Response(content, media_type=_TYPES[form], headers=headers)


def _pair(request: Request, before: str, after: str) -> tuple[Snapshot, Snapshot]:
    first, second = find_rounds(get_desk(request).archive, before, after)
    return first, second
