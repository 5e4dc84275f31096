"""Accepting many proposals at once, after a look at each, and taking them back together."""

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Form, Path, Query, Request
from fastapi.responses import Response

from models.account import Role
from pipeline.batches import BatchScope, accept, list_batches, list_proposals, take_back
from web.access import get_person, needs, new_router
from web.pages import get_language, go, page
from web.state import get_desk

router = new_router()
_FREELY: Final = 10
"""So many values are accepted without a tick that one looked at them all."""
_MOST_BATCHES: Final = 50
"""Batches on the page of those that were made, the newest."""
_Place = Annotated[str, Query(max_length=300)]
_Sha = Annotated[str, Query(pattern=r"^([0-9a-f]{64})?$")]


@router.get("/batches")
@needs(Role.REVIEWER)
def look(
    request: Request,
    document: _Sha = "",
    within: _Place = "",
    like: _Place = "",
    code: Annotated[str, Query(max_length=100)] = "",
    after: _Sha = "",
) -> Response:
    """Show what would be accepted together."""
    given = {"document": document, "within": within, "like": like, "code": code, "after": after}
    return _show(request, _scope(given))


@router.post("/batches")
@needs(Role.REVIEWER)
def take(
    request: Request,
    *,
    document: Annotated[str, Form(pattern=r"^([0-9a-f]{64})?$")] = "",
    within: Annotated[str, Form(max_length=300)] = "",
    like: Annotated[str, Form(max_length=300)] = "",
    code: Annotated[str, Form(max_length=100)] = "",
    after: Annotated[str, Form(pattern=r"^([0-9a-f]{64})?$")] = "",
    digest: Annotated[str, Form(max_length=64)] = "",
    chosen: Annotated[list[int] | None, Form()] = None,
    looked: Annotated[bool, Form()] = False,
) -> Response:
    """Accept what was ticked; nothing where the list is another than the person saw."""
    desk = get_desk(request)
    scope = _scope({"document": document, "within": within, "like": like, "code": code, "after": after})
    found = list_proposals(desk.archive, scope, desk.register, get_language(request))
    picked = [each for index, each in enumerate(found.proposals) if index in set(chosen or ())]
    words = get_language(request) == "th"
    if found.digest != digest:
        error = "รายการเปลี่ยนไปแล้ว จึงยังไม่ได้บันทึก โปรดตรวจอีกครั้ง" if words else "the list changed; nothing was saved"
        return _show(request, scope, error, 409)
    if not picked:
        return _show(request, scope, "ยังไม่ได้เลือกรายการใด" if words else "nothing is ticked", 422)
    if len(picked) > _FREELY and not looked:
        error = "โปรดยืนยันว่าได้ตรวจครบทุกรายการแล้ว" if words else "say that you looked at every one"
        return _show(request, scope, error, 422)
    done = accept(desk.archive, picked, get_person(request), desk.settings)
    query = {"done": done.batch, "conflicts": ", ".join(done.conflicts)[:500]}
    return go(f"/batches/made?{urlencode(query)}")


@router.get("/batches/made")
@needs(Role.REVIEWER)
def made(
    request: Request,
    done: Annotated[str, Query(max_length=32)] = "",
    conflicts: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Show the batches that were made."""
    batches = list_batches(get_desk(request).archive, _MOST_BATCHES)
    return page(request, "batches_made", batches=batches, done=done, conflicts=conflicts)


@router.post("/batches/{batch}/undo")
@needs(Role.REVIEWER)
def undo(request: Request, batch: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]) -> Response:
    """Take a batch back."""
    desk = get_desk(request)
    take_back(desk.archive, batch, get_person(request), desk.settings)
    return go("/batches/made")


def _scope(given: Mapping[str, str]) -> BatchScope:
    return BatchScope.model_validate({**given, "document": given["document"] or None, "code": given["code"] or None})


def _show(request: Request, scope: BatchScope, error: str = "", status: int = 200) -> Response:
    desk = get_desk(request)
    found = list_proposals(desk.archive, scope, desk.register, get_language(request))
    following = {name: value for name, value in scope.model_dump().items() if value} | {"after": found.following}
    return page(
        request,
        "batch",
        http_status=status,
        scope=scope,
        found=found,
        error=error,
        needs_a_look=_FREELY,
        following=urlencode(following) if found.following else "",
    )
