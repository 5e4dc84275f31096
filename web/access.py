"""Who may use which route: each route declares it, once, and none can be made without.

    router = new_router()

    @router.post("/desk/{sha}")
    @needs(Role.REVIEWER)
    def answer(…): …

The declaration is checked before anything of the body is read. An archive without accounts is used by the person at
this machine, who may do all; see `commands.serving.serve` for when that is allowed.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from models.account import Account, Role
from pipeline.accounts import find_session
from pipeline.clock import get_now
from web.security import COOKIE
from web.state import get_desk

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])
_DECLARED: Final = "needed_role"
_BEARER: Final = "Bearer "
_PUBLIC: Final = "public"


def needs(role: Role | None) -> Callable[[Endpoint], Endpoint]:
    """Declare what a route needs: a role, or None where anybody may use it without an account."""

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _DECLARED, role or _PUBLIC)
        return endpoint

    return declare


class GuardedRoute(APIRoute):
    """A route that asks who is there before it reads the request.

    Raises:
        TypeError: Its function does not declare what it needs.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 - FastAPI's
        declared = getattr(endpoint, _DECLARED, None)
        if declared is None:
            raise TypeError(f"{path}: @needs(…) is missing")
        self.needed: Role | None = None if declared == _PUBLIC else declared
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, behind the check."""
        handle = super().get_route_handler()

        async def check_first(request: Request) -> Response:
            account = await run_in_threadpool(_identify, request)
            request.state.account = account
            if self.needed is None:
                return await handle(request)
            if account is None:
                return _ask_to_log_in(request)
            if not account.role.includes(self.needed):
                raise HTTPException(403, _FORBIDDEN)
            return await handle(request)

        return check_first


_FORBIDDEN: Final = "บัญชีผู้ใช้นี้ไม่มีสิทธิ์ทำรายการนี้ โปรดติดต่อผู้ดูแลระบบ / this account may not do that; ask an admin"


def new_router() -> APIRouter:
    """Return a router whose routes must all declare what they need."""
    return APIRouter(route_class=GuardedRoute)


def get_account(request: Request) -> Account | None:
    """Return who is there; None where nobody logged in."""
    desk = get_desk(request)
    if not desk.asks_to_log_in:
        return Account(name=desk.person, role=Role.ADMIN)
    found: Account | None = getattr(request.state, "account", None)
    return found


def get_person(request: Request) -> str:
    """Return the name that decisions carry.

    Raises:
        HTTPException: 401, where nobody logged in.
    """
    account = get_account(request)
    if account is None:
        raise HTTPException(401)
    return account.name


def get_token(request: Request) -> str | None:
    """Return the token of the session that a request names: a program's in its header, a browser's in its cookie."""
    header = request.headers.get("authorization", "")
    if header.startswith(_BEARER):
        return header.removeprefix(_BEARER)
    return request.cookies.get(COOKIE)


def _identify(request: Request) -> Account | None:
    desk, token = get_desk(request), get_token(request)
    if not desk.asks_to_log_in:
        return get_account(request)
    return None if token is None else find_session(desk.archive, token, get_now())


def _ask_to_log_in(request: Request) -> Response:
    """Answer somebody who has not logged in: a page leads to the log-in and back, a program is told."""
    if request.url.path.startswith("/api/"):
        detail = "โปรดเข้าสู่ระบบด้วย POST /api/session / log in with POST /api/session"
        raise HTTPException(401, detail, {"www-authenticate": "Bearer"})
    back = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    address = f"/login?{urlencode({'next': back})}" if request.method == "GET" else "/login"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"hx-redirect": "/login"})
    return RedirectResponse(address, 303)
