"""What wordings in columns of statuses mean: what waits, what a meaning would change, and taking one back."""

from typing import Annotated, Final

from fastapi import Form, Path, Query, Request
from fastapi.responses import Response

from core.errors import ConflictError
from models.account import Role
from models.annex import Status
from models.status_wording import LONGEST_WORDING, StatusWording
from pipeline.status_wordings import confirm, list_given, list_unknown, preview, undo
from web.access import get_person, needs, new_router
from web.pages import get_language, go, page
from web.state import get_desk

router = new_router()
_MOST_UNKNOWN: Final = 100
"""Wordings on one page, those of the most rows; the next ones follow when these have a meaning."""
_MOST_DOCUMENTS: Final = 200
"""Documents that are named of those which a meaning changes; the rest are counted."""
_Text = Annotated[str, Query(min_length=1, max_length=LONGEST_WORDING)]
_Column = Annotated[str, Query(max_length=LONGEST_WORDING)]


@router.get("/wordings")
@needs(Role.REVIEWER)
def wordings(request: Request) -> Response:
    """Show the wordings that nothing is known of, and the meanings that people gave."""
    return _show(request)


@router.get("/wordings/preview")
@needs(Role.REVIEWER)
def effects(request: Request, text: _Text, status: Status, column: _Column = "") -> Response:
    """Show what a meaning would change, before anything is kept."""
    return _show_effects(request, StatusWording(text=text, column=column, status=status))


@router.post("/wordings")
@needs(Role.REVIEWER)
def give(
    request: Request,
    *,
    text: Annotated[str, Form(min_length=1, max_length=LONGEST_WORDING)],
    status: Annotated[Status, Form()],
    column: Annotated[str, Form(max_length=LONGEST_WORDING)] = "",
    expected: Annotated[int, Form(ge=0)],
    why: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Keep a meaning for every document; nothing where it changes other rows than the person saw."""
    desk = get_desk(request)
    wording = StatusWording(text=text, column=column, status=status, why=why)
    try:
        confirm(desk.archive, wording, get_person(request), desk.settings, expected)
    except ConflictError:
        thai = get_language(request) == "th"
        error = "จำนวนแถวเปลี่ยนไปแล้ว จึงยังไม่ได้บันทึก โปรดตรวจอีกครั้ง" if thai else "the rows changed; nothing was saved"
        return _show_effects(request, wording, error, 409)
    return go("/wordings")


@router.post("/wordings/{number}/undo")
@needs(Role.REVIEWER)
def take_back(request: Request, number: Annotated[int, Path(ge=1, le=2**62)]) -> Response:
    """Take a meaning back, from every document too."""
    desk = get_desk(request)
    undo(desk.archive, get_person(request), desk.settings, number)
    return go("/wordings")


def _show(request: Request) -> Response:
    archive = get_desk(request).archive
    unknown = list_unknown(archive)
    return page(
        request,
        "wordings",
        unknown=unknown[:_MOST_UNKNOWN],
        left_out=max(0, len(unknown) - _MOST_UNKNOWN),
        given=list_given(archive),
        statuses=list(Status),
    )


def _show_effects(request: Request, wording: StatusWording, error: str = "", status: int = 200) -> Response:
    desk = get_desk(request)
    found = preview(desk.archive, wording, desk.settings)
    return page(
        request,
        "wording",
        http_status=status,
        wording=wording,
        effects=found[:_MOST_DOCUMENTS],
        left_out=max(0, len(found) - _MOST_DOCUMENTS),
        documents=len(found),
        rows=sum(each.rows for each in found),
        error=error,
    )
