"""Serving the desk on this machine."""

import threading
import webbrowser

import uvicorn

from core.settings import Settings
from store.archive import Archive
from web.app import create_app


def run(archive: Archive, settings: Settings, port: int, person: str, *, browser: bool) -> None:
    """Serve until interrupted, on 127.0.0.1 alone.

    Args:
        archive: The open archive.
        settings: Limits, rules and language.
        port: Where to listen.
        person: Who decides.
        browser: Open the browser.
    """
    app = create_app(archive, settings, person)
    if browser:
        threading.Timer(1.0, webbrowser.open, [f"http://127.0.0.1:{port}/"]).start()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", server_header=False)
