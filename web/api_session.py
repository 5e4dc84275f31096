"""Logging in as a program, and the description of the API."""

import math
from typing import Any

from fastapi import HTTPException, Request
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Constraint

from core.errors import UsageError
from models.account import Role
from pipeline.accounts import SESSION, log_out
from pipeline.clock import get_now
from web.access import get_token, needs, new_router
from web.account_pages import begin_session, find_wait
from web.state import get_desk

router = new_router()


class LoginRequest(BaseModel):
    """Name and password of an account."""

    model_config = ConfigDict(extra="forbid")

    name: str = Constraint(max_length=200)
    password: str = Constraint(max_length=2_000)


class SessionAnswer(BaseModel):
    """A session that began: its token, for `Authorization: Bearer TOKEN`, and how many seconds it lasts at most."""

    token: str
    seconds: int


class Ended(BaseModel):
    """That a session is over."""

    ended: bool = True


@router.post("/session")
@needs(None)
def begin(request: Request, asked: LoginRequest) -> SessionAnswer:
    """Log in, where the archive has accounts. 401: name and password do not belong together; 429: too many attempts."""
    if not get_desk(request).asks_to_log_in:
        raise UsageError("คลังนี้ไม่มีบัญชีผู้ใช้ จึงไม่ต้องเข้าสู่ระบบ", "this archive has no accounts; no need to log in")
    wait = find_wait(request, asked.name)
    if wait:
        raise HTTPException(429, "โปรดรอแล้วลองใหม่ / too many attempts; wait", {"retry-after": str(math.ceil(wait))})
    token = begin_session(request, asked.name, asked.password)
    if token is None:
        raise HTTPException(401, "ชื่อหรือรหัสผ่านไม่ถูกต้อง / name and password do not belong together")
    return SessionAnswer(token=token, seconds=int(SESSION.total_seconds()))


@router.delete("/session")
@needs(Role.READER)
def end(request: Request) -> Ended:
    """Log out."""
    token = get_token(request)
    if token is not None:
        log_out(get_desk(request).archive, token, get_now())
    return Ended()


@router.get("/openapi.json", include_in_schema=False)
@needs(Role.READER)
def describe(request: Request) -> dict[str, Any]:
    """Return the description of the API in OpenAPI."""
    description: dict[str, Any] = request.app.openapi()
    return description
