"""One document: its pages beside its record, its pictures, its original, and the letters around it."""

import re
from typing import Annotated, Final

from fastapi import HTTPException, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse, Response

from core.errors import NotFoundError
from models.account import Role
from models.decision import left_for_later
from models.document import Document
from models.doubt import find_doubts
from models.field import Field
from models.record_path import get_field, walk_fields
from pipeline.deciding import history
from pipeline.page_pictures import has_pictures
from pipeline.thread import find_thread
from reports.given_facts import describe_facts
from store import table_facts
from web.access import needs, new_router
from web.pages import get_language, page
from web.state import get_desk

router = new_router()
Sha = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{64}$")]
_MOST_FIELDS: Final = 400
"""Values shown of one document; the rest of long annexes is on the annex's own page."""
_RATIO: Final = 1.414
"""Height over width of a page whose size is not known: A4."""
_ROWS = re.compile(r"annexes\[\d+\]\.rows\[")
_SAFE_TYPES: Final = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff"})


def find(request: Request, sha: str) -> Document:
    """Return a document by its SHA-256.

    Raises:
        NotFoundError: It is not in the archive.
    """
    document = get_desk(request).archive.document(sha)
    if document is None or document.source.sha256 != sha:
        raise NotFoundError(sha[:12])
    return document


@router.get("/documents/{sha}")
@needs(Role.READER)
def document(request: Request, sha: Sha, number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1) -> Response:
    """Show a page of a document beside what was read of it."""
    shown = find(request, sha)
    archive = get_desk(request).archive
    ratios = {each.number: each.height / each.width for each in archive.pages(sha) if each.width}
    held = history(archive, sha)
    with archive.reading() as connection:
        facts = table_facts.in_force(connection, sha)
    fields = [(path, field) for path, field in walk_fields(shown) if _shown(path, field)]
    return page(
        request,
        "document",
        document=shown,
        number=min(number, max(1, shown.source.pages)),
        ratio=ratios.get(number, _RATIO),
        fields=fields[:_MOST_FIELDS],
        left_out=max(0, len(fields) - _MOST_FIELDS),
        doubts=find_doubts(shown, left_for_later(each for each in held if not each.revoked)),
        history=held[::-1],
        pictures=has_pictures(shown),
        unaccounted=list(enumerate(shown.unaccounted)),
        names=archive.names(sha),
        facts=list(describe_facts(facts, get_language(request))),
    )


@router.get("/documents/{sha}/pages/{number}.jpg")
@needs(Role.READER)
def picture(request: Request, sha: Sha, number: int) -> Response:
    """Return the picture of a page."""
    found = get_desk(request).pictures.page(find(request, sha), number)
    return _jpeg(found)


@router.get("/documents/{sha}/crop.jpg")
@needs(Role.READER)
def crop(request: Request, sha: Sha, path: Annotated[str, Query(max_length=300)]) -> Response:
    """Return the picture of a value within its line."""
    shown = find(request, sha)
    field = get_field(shown, path)
    if field is None or field.page is None or field.box is None:
        raise HTTPException(404, "no picture of this value")
    return _jpeg(get_desk(request).pictures.line(shown, field.page, field.box))


@router.get("/documents/{sha}/unaccounted/{index}.jpg")
@needs(Role.READER)
def unaccounted(request: Request, sha: Sha, index: int) -> Response:
    """Return the picture of a part that no value holds."""
    shown = find(request, sha)
    if not 0 <= index < len(shown.unaccounted):
        raise HTTPException(404, "no such part")
    part = shown.unaccounted[index]
    return _jpeg(None if part.box is None else get_desk(request).pictures.line(shown, part.page, part.box))


@router.get("/documents/{sha}/original")
@needs(Role.READER)
def original(request: Request, sha: Sha) -> Response:
    """Return the bytes that came in, to be saved and never shown by the browser."""
    shown = find(request, sha)
    path = get_desk(request).archive.original(sha)
    if path is None:
        raise NotFoundError(shown.source.name)
    known = shown.source.media_type
    media_type = known if known in _SAFE_TYPES else "application/octet-stream"
    return FileResponse(path, media_type=media_type, filename=shown.source.name, content_disposition_type="attachment")


@router.get("/documents/{sha}/thread")
@needs(Role.READER)
def thread(request: Request, sha: Sha) -> Response:
    """Show the letters that a document refers to, encloses, answers, or is named by."""
    shown = find(request, sha)
    desk = get_desk(request)
    around = find_thread(desk.archive, sha, desk.settings.limits) if shown.letters else None
    return page(request, "thread", document=shown, thread=around)


def _shown(path: str, field: Field[object]) -> bool:
    """Whether a value is shown beside the page: all of letters, of rows those that are doubted or decided."""
    if _ROWS.match(path):
        return bool(field.review) or field.source == "person"
    return field.value is not None or bool(field.review) or bool(field.raw)


def _jpeg(picture: bytes | None) -> Response:
    if picture is None:
        raise HTTPException(404, "no picture")
    return Response(picture, media_type="image/jpeg", headers={"cache-control": "private, max-age=600"})
