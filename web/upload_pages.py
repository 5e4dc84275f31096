"""Bringing files in."""

from fastapi import Request, UploadFile
from fastapi.responses import Response

from core.errors import InputError, LimitError, NotFoundError
from ingest.sources.file_type import SUFFIXES
from ingest.sources.listing import InputFile
from models.account import Role
from web.access import needs, new_router
from web.document_pages import Sha, find
from web.pages import get_language, go, page
from web.state import get_desk

router = new_router()


@router.get("/upload")
@needs(Role.REVIEWER)
def form(request: Request) -> Response:
    """Show the form and what came in so far."""
    return _show(request)


@router.post("/upload")
@needs(Role.REVIEWER)
def upload(request: Request, files: list[UploadFile]) -> Response:
    """Take files and begin to read them."""
    desk = get_desk(request)
    try:
        desk.imports.take_in((file.filename, file.file) for file in files if file.filename)
    except InputError as error:
        status = 413 if isinstance(error, LimitError) else 422
        return _show(request, error.message(get_language(request)), status)
    return go("/upload")


@router.post("/documents/{sha}/retry")
@needs(Role.REVIEWER)
def retry(request: Request, sha: Sha) -> Response:
    """Read a document again that failed or came out in part."""
    desk = get_desk(request)
    document = find(request, sha)
    path = desk.archive.original(sha)
    if path is None:
        raise NotFoundError(document.source.name)
    origins = desk.archive.origins(sha)
    desk.imports.read_again(InputFile(document.source.name, origins[-1] if origins else document.source.name, path))
    return go("/upload")


def _show(request: Request, error: str = "", status: int = 200) -> Response:
    imports = get_desk(request).imports.all
    return page(request, "upload", http_status=status, imports=imports, error=error, suffixes=(*SUFFIXES, ".zip"))
