"""An annex as a table: as printed, doubts marked, totals beside counts."""

from typing import Annotated, Literal

from fastapi import Query, Request
from fastapi.responses import Response

from core.errors import NotFoundError
from models.account import Role
from models.annex import Annex, ColumnKind, Row, Status
from models.field import Field
from models.record_path import walk_fields
from web.access import needs, new_router
from web.document_pages import Sha, find
from web.pages import page

router = new_router()
_PAGE_SIZE = 500
"""Rows of an annex on one page."""
Order = Literal["printed", "district", "body", "status", "doubt"]


@router.get("/documents/{sha}/annexes/{index}")
@needs(Role.READER)
def annex(
    request: Request,
    sha: Sha,
    index: int,
    *,
    district: Annotated[str, Query(max_length=100)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    order: Order = "printed",
    number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """Show an annex, some of its rows, in an order."""
    document = find(request, sha)
    if not 0 <= index < len(document.annexes):
        raise NotFoundError(f"{document.source.name} {index}")
    shown = document.annexes[index]
    rows = [(place, row) for place, row in enumerate(shown.rows) if _wanted(row, district, status)]
    rows.sort(key=lambda each: _key(each[1], order))
    first = (number - 1) * _PAGE_SIZE
    return page(
        request,
        "annex",
        document=document,
        annex=shown,
        index=index,
        rows=rows[first : first + _PAGE_SIZE],
        found=len(rows),
        number=number,
        more=len(rows) > first + _PAGE_SIZE,
        districts=list(dict.fromkeys(row.district.value for row in shown.rows if row.district.value)),
        statuses=list(Status),
        district=district,
        status=status,
        order=order,
        counts=_counts(shown),
        doubted=sum(bool(_doubts(row)) for row in shown.rows),
        doubts=_doubts,
        doubted_columns={f".{path}" for row in shown.rows for path in _doubts(row)},
    )


def _wanted(row: Row, district: str, status: str) -> bool:
    own = row.status.value.value if row.status.value else "unread"
    return (not district or row.district.value == district) and (not status or own == status)


def _key(row: Row, order: Order) -> tuple[int, str]:
    if order == "district":
        return 0, row.district.value or ""
    if order == "body":
        return 0, row.body.value.name if row.body.value else row.body.raw
    if order == "status":
        return 0, row.status.value.value if row.status.value else ""
    return (0 if order == "printed" or _doubts(row) else 1), ""


def _doubts(row: Row) -> list[str]:
    """Return the names of the values of a row that are in doubt."""
    return [path for path, field in walk_fields(row) if field.review]


def _counts(annex: Annex) -> list[tuple[str, Field[int | float], float | None]]:
    """Return each printed total with its column's header, and what the rows add up to."""
    columns = {column.key: column for column in annex.columns}
    lines = []
    for total in annex.totals:
        column = columns.get(total.column)
        counted = None if column is None else _sum(annex, total.column, column.kind)
        lines.append((column.header if column else total.column, total.value, counted))
    return lines


def _sum(annex: Annex, key: str, kind: ColumnKind) -> float | None:
    values = [row.cells[key].value for row in annex.rows if key in row.cells]
    if kind is ColumnKind.MARK:
        return sum(bool(value) and value != "-" for value in values)
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return sum(numbers) if numbers else None
