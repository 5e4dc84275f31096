"""The first page, the lists of documents, and the choice of language."""

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import Response

from models.account import Role
from models.document import DocumentStatus
from pipeline.comparing import list_latest_rounds
from pipeline.wording_layer import ASKING
from reports.grouping import tally
from store import doubts, inbox
from web.access import needs, new_router
from web.pages import LANGUAGE_COOKIE, go, page
from web.state import get_desk

router = new_router()
PAGE_SIZE = 50
"""Documents on one page of the list."""
_SHOWN = 8
"""Documents of each sort on the first page."""
_KINDS = 12
"""Kinds of doubt on the first page, the most frequent ones."""

_ROUNDS = 5
"""Rounds on the first page, those of the latest days."""


@router.get("/")
@needs(Role.READER)
def home(request: Request) -> Response:
    """Show the inbox by state, the doubts by kind, what failed and what runs."""
    desk = get_desk(request)
    with desk.archive.reading() as connection:
        counts = inbox.count_by_status(connection)
        kinds = doubts.count_by_code(connection)
        newest = inbox.list_documents(connection, most=_SHOWN)
        failed = inbox.list_documents(connection, DocumentStatus.FAILED, most=_SHOWN)
        partial = inbox.list_documents(connection, DocumentStatus.PARTIAL, most=_SHOWN)
    return page(
        request,
        "home",
        counts=counts,
        kinds=kinds[:_KINDS],
        asks_wording=any(code in ASKING for code, _ in kinds),
        rounds=[(each, tally(each.rows)) for each in list_latest_rounds(desk.archive, _ROUNDS)],
        waiting=sum(number for _, number in kinds),
        newest=newest,
        failed=[*failed, *partial],
        imports=desk.imports.all[:3],
    )


@router.get("/documents")
@needs(Role.READER)
def documents(
    request: Request,
    status: DocumentStatus | None = None,
    code: Annotated[str | None, Query(max_length=100)] = None,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Show the documents in a state, or with a kind of doubt, a page at a time."""
    with get_desk(request).archive.reading() as connection:
        found = inbox.list_documents(connection, status, code, PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
    more = len(found) > PAGE_SIZE
    return page(request, "documents", found=found[:PAGE_SIZE], status=status, code=code, number=number, more=more)


@router.post("/language")
@needs(None)
def language(chosen: Annotated[str, Form()], back: Annotated[str, Form()] = "/") -> Response:
    """Remember the language that the person wants."""
    response = go(back)
    if chosen in ("th", "en"):
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=31_536_000, httponly=True, samesite="strict")
    return response
