"""Search."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import Response

from models.account import Role
from models.document import DocumentStatus
from models.letter import LetterKind
from pipeline.searching import search_archive, with_body
from store.search import Query as Search
from web.access import needs, new_router
from web.pages import page
from web.state import get_desk

router = new_router()
PAGE_SIZE = 20
"""Hits on one page."""


@router.get("/search")
@needs(Role.READER)
def search(
    request: Request,
    *,
    text: Annotated[str, Query(alias="q", max_length=20_000)] = "",
    loose: bool = False,
    kind: Annotated[str, Query(max_length=40)] = "",
    year: Annotated[str, Query(pattern=r"^\d{0,4}$")] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    urgency: Annotated[str, Query(max_length=20)] = "",
    office: Annotated[str, Query(max_length=200)] = "",
    body: Annotated[str, Query(max_length=200)] = "",
    near: bool = False,
    number: Annotated[int, Query(alias="page", ge=1, le=500)] = 1,
) -> Response:
    """Show what a search finds, with the words around it."""
    wanted = Search(
        text=text,
        loose=loose,
        kind=kind or None,
        year=int(year) if year else None,
        status=status or None,
        urgency=urgency or None,
        office=office or None,
    )
    desk = get_desk(request)
    wanted = with_body(wanted, body, desk.register)
    found = search_archive(desk.archive, wanted, PAGE_SIZE + 1, (number - 1) * PAGE_SIZE, near=near)
    hits = [hit for hit in found if not hit.near]
    return page(
        request,
        "search",
        wanted=wanted,
        hits=hits[:PAGE_SIZE],
        more=len(hits) > PAGE_SIZE,
        near=[hit for hit in found if hit.near],
        asked_near=near,
        number=number,
        query_without_page="".join(
            f"{urlencode({key: value})}&" for key, value in request.query_params.items() if key != "page"
        ),
        kinds=[*(kind.value for kind in LetterKind), "annex"],
        statuses=list(DocumentStatus),
    )
