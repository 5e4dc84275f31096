"""The application: routes, static files, and one shape for every error."""

from http import HTTPStatus
from pathlib import Path
from typing import Final

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from core.errors import ConflictError, InputError, LimitError, NotFoundError, SarabanError, UsageError
from core.settings import Settings
from pipeline.uploads import ImportQueue
from store.archive import Archive
from web import (
    account_pages,
    annex_pages,
    api,
    api_batches,
    api_session,
    api_wordings,
    batch_pages,
    desk,
    document_pages,
    home,
    round_pages,
    search_page,
    upload_pages,
    wording_pages,
)
from web.pages import get_language, page
from web.pictures import Pictures
from web.security import Guard, check_api, check_form
from web.state import Desk

PAGES: Final = (
    account_pages, annex_pages, batch_pages, desk, document_pages, home, round_pages, search_page, upload_pages,
    wording_pages,
)  # fmt: skip
"""Modules of pages."""
APIS: Final = (api, api_batches, api_wordings, api_session)
"""Modules of the JSON API."""
HOSTS: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_UPLOAD_FILES: Final = 10
"""Files of the largest size that one upload may hold."""


def create_app(archive: Archive, settings: Settings, person: str, hosts: frozenset[str] = HOSTS) -> FastAPI:
    """Return the application over an open archive.

    Args:
        archive: What it shows and writes.
        settings: Limits, rules and language.
        person: Who decides, where the archive has no accounts; where it has, everybody logs in.
        hosts: Names that it may be asked under.
    """
    app = FastAPI(
        title="Saraban",
        version="1",
        summary="The archive and its review desk as JSON",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = Desk(
        archive,
        settings,
        person,
        Pictures(archive, settings.limits),
        ImportQueue(archive, settings),
    )
    app.state.desk.imports.resume()
    for module in PAGES:
        app.include_router(module.router, dependencies=[Depends(check_form)], include_in_schema=False)
    for module in APIS:
        app.include_router(module.router, prefix="/api", dependencies=[Depends(check_api)])
    app.mount("/static", _Static(directory=Path(__file__).parent / "static"))
    app.add_middleware(Guard, hosts=hosts, upload_bytes=_UPLOAD_FILES * settings.limits.file_bytes)
    app.add_exception_handler(SarabanError, _on_error)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    return app


class _Static(StaticFiles):
    """Files that never change while the server runs."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Return a file that the browser may keep for an hour."""
        response: Response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "max-age=3600"
        return response


def _status(error: SarabanError) -> HTTPStatus:
    kinds = {
        NotFoundError: HTTPStatus.NOT_FOUND,
        ConflictError: HTTPStatus.CONFLICT,
        LimitError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        UsageError: HTTPStatus.UNPROCESSABLE_ENTITY,
        InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    }
    found = (status for kind, status in kinds.items() if isinstance(error, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, SarabanError)  # noqa: S101 - it is registered for this class alone
    language = get_language(request)
    return _answer(request, _status(error), error.slug, error.message(language), error.hint(language))


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    answer = _answer(request, HTTPStatus(error.status_code), f"http.{error.status_code}", str(error.detail), "")
    answer.headers.update(error.headers or {})
    return answer


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", f"{place}: {first['msg']}", "")


def _answer(request: Request, status: HTTPStatus, slug: str, message: str, hint: str) -> Response:
    """Return an error as JSON to programs, and as a page to people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": slug, "message": message, "hint": hint}}, status)
    return page(request, "error", http_status=status.value, code=status.value, slug=slug, message=message, hint=hint)
