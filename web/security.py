"""What every request passes: host, size, pace, origin, and the headers of every answer.

The desk has no password where it listens to this machine alone, so any page in the same browser could try to use it:
hence the list of hosts (against DNS names that lead here), a token in every form, and a policy that lets pages load
nothing from elsewhere and run no script of their own text.
"""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import HTTPException, Request
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.state import get_desk

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Pages load from here alone; `data:` pictures are the signs that the style sheet itself draws."""

_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
COOKIE: Final = "saraban_session"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ENCRYPTED_SECONDS: Final = 15_552_000
"""How long a browser that came by HTTPS comes by nothing else: half a year."""
_PATIENCE: Final = 30.0
"""Seconds to wait for the next piece of a body: who sends a byte a minute would hold a place for ever."""
_FORM_BYTES: Final = 256_000
"""Largest body of a form; uploads have a limit of their own."""


class Guard:
    """Turns away requests under a foreign host name or with too large a body, and marks every answer."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], upload_bytes: int) -> None:
        self._app = app
        self._hosts = hosts
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 400 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        most = self._upload_bytes if scope["path"] in ("/upload", "/api/upload") else _FORM_BYTES
        send = _marking(send, is_encrypted=scope.get("scheme") == "https")
        if _host(headers.get("host", "").lower()) not in self._hosts:
            await PlainTextResponse("unknown host", 400)(scope, receive, send)
        elif not _length(headers.get("content-length")) <= most:
            await PlainTextResponse("too large", 413)(scope, receive, send)
        else:
            await self._app(scope, _counting(receive, most), send)


def _marking(send: Send, *, is_encrypted: bool) -> Send:
    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if is_encrypted:
                headers["strict-transport-security"] = f"max-age={_ENCRYPTED_SECONDS}"
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return marked


def _counting(receive: Receive, most: int) -> Callable[[], Awaitable[Message]]:
    """Return a receiver that stops reading a body once it is too large, whatever length it says, or too slow."""
    read, is_over = 0, False

    async def counted() -> Message:
        nonlocal read, is_over
        if is_over:  # what comes now is the end of the connection, and may take as long as the answer does
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), _PATIENCE)
        except TimeoutError:
            raise HTTPException(408, "too slow") from None
        read += len(message.get("body", b""))
        is_over = not message.get("more_body", False)
        if read > most:
            raise HTTPException(413, "too large")
        return message

    return counted


def _host(value: str) -> str:
    return value.rsplit(":", 1)[0] if not value.endswith("]") else value


def _length(value: str | None) -> float:
    if value is None:
        return 0
    return int(value) if value.isascii() and value.isdigit() else float("inf")


def get_session(request: Request) -> str:
    """Return the session that the browser names, or a new one; `web.pages` sends it along."""
    found: str | None = getattr(request.state, "session", None) or request.cookies.get(COOKIE)
    if found is None or not (len(found) == 43 and found.isascii()):
        found = secrets.token_urlsafe(32)
    request.state.session = found
    return found


def set_session(request: Request, response: Response, session: str) -> None:
    """Have the browser hold a session until it is closed: no script reads it, no other site sends it."""
    response.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=request.url.scheme == "https")


def form_token(request: Request) -> str:
    """Return the token that a form of this session must bring back."""
    key = get_desk(request).secret
    return hmac.new(key, get_session(request).encode(), hashlib.sha256).hexdigest()


async def check_form(request: Request) -> None:
    """Refuse a form that did not come from a page of ours in the same session.

    Raises:
        HTTPException: 403.
    """
    if request.method in _SAFE:
        return
    token = (await request.form()).get("token", "")
    if COOKIE not in request.cookies or not hmac.compare_digest(str(token).encode(), form_token(request).encode()):
        raise HTTPException(403, "ฟอร์มหมดอายุ โปรดเปิดหน้านี้ใหม่ / the form is out of date; open the page again")


async def check_api(request: Request) -> None:
    """Refuse a call that changes something and comes from a page of another site.

    Programs send no `Origin`; a browser always does with such a call.

    Raises:
        HTTPException: 403.
    """
    origin = request.headers.get("origin")
    if request.method not in _SAFE and origin is not None:
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        if origin != own:
            raise HTTPException(403, "another origin")
