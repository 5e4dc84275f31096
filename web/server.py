"""Serving the desk: on this machine, or to others where people have accounts."""

import ipaddress
import ssl
import threading
import webbrowser
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn

from core.errors import UsageError
from core.settings import Settings
from store.archive import Archive
from web.app import HOSTS, create_app

_AT_ONCE: Final = 200
"""Connections at once: more are told to come later (503). Twenty reviewers hold a hundred at most."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the desk listens.

    Attributes:
        host: Name or number of the network card's address.
        port: The port.
        hosts: Names that it may be asked under.
        certificate: Of TLS, where it is encrypted here; a proxy may do so in its place.
        key: Of the certificate.
    """

    host: str
    port: int
    hosts: frozenset[str] = HOSTS
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_local(self) -> bool:
        """Whether this machine alone reaches it."""
        return is_local(self.host)

    @property
    def url(self) -> str:
        """What to open."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{shown}:{self.port}/"


def is_local(host: str) -> bool:
    """Whether an address is one of this machine for itself. A name other than `localhost` may lead anywhere."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def choose_hosts(host: str, allowed: Iterable[str]) -> frozenset[str]:
    """Return the names that the desk may be asked under: this machine's own, the address, and those allowed.

    Raises:
        UsageError: It is to listen at all addresses, and no name is allowed: nobody could ask.
    """
    names = {name.strip().lower() for name in allowed if name.strip()}
    try:
        is_every = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        is_every = False
    if is_every and not names:
        raise UsageError(
            f"--host {host}: โปรดระบุชื่อหรือเลขที่อยู่ที่ใช้เรียกด้วย --allow-host",
            f"--host {host}: say with --allow-host by which name or address it is called",
        )
    if not is_every:
        names.add(f"[{host}]" if ":" in host else host.lower())
    return HOSTS | names


def check_certificate(address: Address) -> None:
    """Refuse a certificate or key that cannot be served with.

    Raises:
        UsageError: It is none, they do not belong together, or there is a key alone.
    """
    if address.certificate is None:
        if address.key is not None:
            raise UsageError("--tls-key: โปรดระบุ --tls-cert ด้วย", "--tls-key: give --tls-cert, too")
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(address.certificate, address.key)
    except OSError as error:
        said = f"--tls-cert {address.certificate}: "
        raise UsageError(
            f"{said}ใช้เป็นใบรับรองกับกุญแจไม่ได้ ({error})", f"{said}no certificate with its key ({error})"
        ) from error


def run(archive: Archive, settings: Settings, address: Address, person: str, *, browser: bool) -> None:
    """Serve until interrupted.

    Args:
        archive: The open archive.
        settings: Limits, rules and language.
        address: Where to listen. Elsewhere than on this machine only with accounts in the archive.
        person: Who decides, where there are no accounts.
        browser: Open the browser.
    """
    app = create_app(archive, settings, person, address.hosts)
    if not address.is_local and not app.state.desk.asks_to_log_in:
        raise AssertionError("an archive without accounts is served on this machine alone")
    if browser:
        threading.Timer(1.0, webbrowser.open, [address.url]).start()
    uvicorn.run(
        app,
        host=address.host,
        port=address.port,
        log_level="warning",
        server_header=False,
        limit_concurrency=_AT_ONCE,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
    )
