"""Logging in and out, one's own password, and the accounts of others."""

import math
import time
from collections.abc import Callable
from typing import Annotated, Final

from fastapi import Form, Query, Request
from fastapi.responses import Response

from core.errors import UsageError
from models.account import Role
from pipeline import accounts
from pipeline.clock import get_now
from web.access import get_person, get_token, needs, new_router
from web.pages import get_language, go, page
from web.security import COOKIE, set_session
from web.state import get_desk

router = new_router()
Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=2_000)]
_MOST_EVENTS: Final = 100
"""What happened to accounts, so many of the newest on the page."""


@router.get("/login")
@needs(None)
def login_form(request: Request, following: Annotated[str, Query(alias="next", max_length=2_000)] = "/") -> Response:
    """Ask for name and password."""
    if not get_desk(request).asks_to_log_in:
        return go("/")
    return page(request, "login", following=following, error="")


@router.post("/login")
@needs(None)
def login(
    request: Request, name: Name, password: Password, following: Annotated[str, Form(max_length=2_000)] = "/"
) -> Response:
    """Begin a session; after too many failures have the person wait."""
    wait = find_wait(request, name)
    if wait:
        response = page(request, "login", http_status=429, following=following, error=_say_wait(request, wait))
        response.headers["retry-after"] = str(math.ceil(wait))
        return response
    token = begin_session(request, name, password)
    if token is None:
        error = "ชื่อหรือรหัสผ่านไม่ถูกต้อง" if get_language(request) == "th" else "name and password do not belong together"
        return page(request, "login", http_status=401, following=following, error=error)
    answer = go(following)
    set_session(request, answer, token)
    return answer


@router.post("/logout")
@needs(None)
def logout(request: Request) -> Response:
    """End the session, here and in the archive."""
    token = get_token(request)
    if token is not None and get_desk(request).asks_to_log_in:
        accounts.log_out(get_desk(request).archive, token, get_now())
    response = go("/login")
    response.delete_cookie(COOKIE)
    return response


@router.get("/account")
@needs(Role.READER)
def own_account(request: Request) -> Response:
    """Show one's own account."""
    return page(request, "account", error="")


@router.post("/account/password")
@needs(Role.READER)
def change_own_password(request: Request, present: Password, password: Password) -> Response:
    """Change one's own password; all sessions end, so that the person logs in anew."""
    desk, person = get_desk(request), get_person(request)
    wait = find_wait(request, person)
    if wait:
        return page(request, "account", http_status=429, error=_say_wait(request, wait))
    if not accounts.is_password(desk.archive, person, present):
        desk.attempts.note_failure(person, _address(request), time.monotonic())
        error = "รหัสผ่านปัจจุบันไม่ถูกต้อง" if get_language(request) == "th" else "that is not the present password"
        return page(request, "account", http_status=422, error=error)
    try:
        accounts.change_password(desk.archive, person, password, person, get_now())
    except UsageError as error:
        return page(request, "account", http_status=422, error=error.message(get_language(request)))
    return go("/login")


@router.get("/accounts")
@needs(Role.ADMIN)
def list_accounts(request: Request) -> Response:
    """Show all accounts and what happened to them."""
    return _show(request)


@router.post("/accounts")
@needs(Role.ADMIN)
def add_account(request: Request, name: Name, role: Annotated[Role, Form()], password: Password) -> Response:
    """Add an account."""
    archive, person = get_desk(request).archive, get_person(request)
    return _change(request, lambda: accounts.add_account(archive, name, role, password, person, get_now()))


@router.post("/accounts/role")
@needs(Role.ADMIN)
def change_role(request: Request, name: Name, role: Annotated[Role, Form()]) -> Response:
    """Give an account another role."""
    archive, person = get_desk(request).archive, get_person(request)
    return _change(request, lambda: accounts.change_role(archive, name, role, person, get_now()))


@router.post("/accounts/active")
@needs(Role.ADMIN)
def set_active(request: Request, name: Name, active: Annotated[bool, Form()]) -> Response:
    """Let an account log in, or no more."""
    archive, person = get_desk(request).archive, get_person(request)
    return _change(request, lambda: accounts.set_active(archive, name, person, get_now(), active=active))


@router.post("/accounts/password")
@needs(Role.ADMIN)
def change_password(request: Request, name: Name, password: Password) -> Response:
    """Give an account another password."""
    archive, person = get_desk(request).archive, get_person(request)
    return _change(request, lambda: accounts.change_password(archive, name, password, person, get_now()))


def find_wait(request: Request, name: str) -> float:
    """Return how many seconds a person has to wait before the next attempt; 0 where none."""
    return get_desk(request).attempts.find_wait(accounts.normalize_name(name), _address(request), time.monotonic())


def begin_session(request: Request, name: str, password: str) -> str | None:
    """Return the token of a new session; None where it was refused, which is counted."""
    desk, address, name = get_desk(request), _address(request), accounts.normalize_name(name)
    token = accounts.log_in(desk.archive, name, password, address, get_now())
    if token is None:
        desk.attempts.note_failure(name, address, time.monotonic())
    else:
        desk.attempts.forget(name)
    return token


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _say_wait(request: Request, seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    if get_language(request) == "th":
        return f"เข้าสู่ระบบไม่สำเร็จหลายครั้ง โปรดรอ {minutes} นาทีแล้วลองใหม่"
    return f"too many attempts; try again in {minutes} minutes"


def _change(request: Request, act: Callable[[], object]) -> Response:
    try:
        act()
    except UsageError as error:
        return _show(request, error.message(get_language(request)), 422)
    return go("/accounts")


def _show(request: Request, error: str = "", status: int = 200) -> Response:
    desk = get_desk(request)
    events = accounts.list_events(desk.archive, _MOST_EVENTS)
    found = accounts.list_accounts(desk.archive)
    return page(request, "accounts", http_status=status, accounts=found, events=events, roles=list(Role), error=error)
