"""`saraban serve`: the review desk and the archive in a browser, and who may reach it."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import ArchiveOption, PersonOption, load_settings, open_archive, say

if TYPE_CHECKING:
    from core.settings import Settings
    from store.archive import Archive
    from web.server import Address


def serve(
    archive: ArchiveOption = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="พอร์ต / port")] = 8642,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="ที่อยู่ที่เปิดรับ เครื่องอื่นต้องมีบัญชีผู้ใช้ / address to listen at; elsewhere than here needs accounts"
        ),
    ] = "127.0.0.1",
    allowed: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host", help="ชื่อเครื่องที่ใช้เรียกได้ / a name it may be called by, such as saraban.office.go.th"
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--tls-cert", exists=True, dir_okay=False, help="ใบรับรอง TLS / certificate, PEM")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--tls-key", exists=True, dir_okay=False, help="กุญแจ TLS / its key, PEM")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="เปิดเบราว์เซอร์ให้ด้วย / open the browser")
    ] = True,
    person: PersonOption = None,
) -> None:
    """เปิดโต๊ะตรวจทานในเบราว์เซอร์ เฉพาะเครื่องนี้ / the review desk and the archive in a browser, on this machine alone.

    ให้เครื่องอื่นใช้: saraban accounts add แล้ว --host / for other machines: saraban accounts add, then --host
    """
    from pipeline.deciding import index_outdated
    from web.server import Address, check_certificate, choose_hosts, run

    settings = load_settings(archive)
    address = Address(host, port, choose_hosts(host, allowed or ()), certificate, key)
    check_certificate(address)
    with open_archive(settings, create=True) as store:
        _check_access(settings, store, address)
        index_outdated(store)
        say(settings, f"เปิดที่ {address.url} (กด Ctrl+C เพื่อหยุด)", f"open at {address.url} (Ctrl+C to stop)")
        run(store, settings, address, person or getpass.getuser(), browser=browser)


def _check_access(settings: "Settings", store: "Archive", address: "Address") -> None:
    """Refuse to let other machines in where nobody could log in; warn where passwords could be read on the way."""
    from core.errors import NoAccountsError
    from pipeline.accounts import has_admin

    if address.is_local:
        return
    if not has_admin(store):
        raise NoAccountsError(address.host)
    if address.certificate is None:
        say(
            settings,
            "คำเตือน: ไม่ได้เข้ารหัส ผู้อื่นในเครือข่ายอ่านรหัสผ่านได้ ใช้ --tls-cert และ --tls-key หรือพร็อกซีที่เข้ารหัส",
            "warning: not encrypted, passwords can be read on the network; use --tls-cert and --tls-key, or a proxy",
        )
