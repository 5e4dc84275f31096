"""Bringing files in."""

import shutil

from fastapi import Request, UploadFile
from fastapi.responses import Response

from core.errors import InputError, LimitError, NotFoundError
from ingest.sources.file_type import SUFFIXES
from models.account import Role
from pipeline.uploads import receive
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
    folder = desk.imports.folder()
    try:
        for file in files:
            if file.filename:
                receive(file.filename, file.file, folder, desk.settings)
        if not any(folder.iterdir()):
            raise NotFoundError("–")
    except InputError as error:
        shutil.rmtree(folder, ignore_errors=True)
        status = 413 if isinstance(error, LimitError) else 422
        message = error.message(get_language(request))
        return _show(request, message, status)
    desk.imports.begin(folder)
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
    folder = desk.imports.folder()
    with path.open("rb") as stream:
        receive(document.source.name, stream, folder, desk.settings)
    desk.imports.begin(folder)
    return go("/upload")


def _show(request: Request, error: str = "", status: int = 200) -> Response:
    imports = get_desk(request).imports.all
    return page(request, "upload", http_status=status, imports=imports, error=error, suffixes=(*SUFFIXES, ".zip"))
