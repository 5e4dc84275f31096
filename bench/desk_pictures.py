"""Pictures of every page of the desk, at three widths, light and dark: to be looked at, and for the README.

    python -m bench.desk_pictures ARCHIVE FOLDER [--chromium /usr/bin/chromium]

Says of each page whether anything is wider than the window, which on a phone is the usual fault.
"""

import argparse
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from core.settings import Settings
from store.archive import Archive
from web.app import create_app

WIDTHS = {"phone": (375, 812), "laptop": (1280, 800), "desktop": (1920, 1080)}
_WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def serving(archive: Archive, settings: Settings) -> Iterator[str]:
    """Serve an archive on a free port and give the address."""
    config = uvicorn.Config(create_app(archive, settings, "ผู้ตรวจทาน"), port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def pages(archive: Archive) -> dict[str, str]:
    """Return what to look at: the paths of the pages, by name."""
    documents = archive.documents()
    annexed = next(each for each in documents if each.annexes)
    scanned = next((each for each in documents if each.media_type != "text/plain"), annexed)
    found = {
        "home": "/",
        "documents": "/documents",
        "document": f"/documents/{scanned.sha256}",
        "desk": f"/desk/{scanned.sha256}",
        "annex": f"/documents/{annexed.sha256}/annexes/0?order=doubt",
        "rounds": "/rounds",
        "search": "/search?q=ระบบข้อมูลกลาง",
        "upload": "/upload",
        "thread": f"/documents/{scanned.sha256}/thread",
        "batch": f"/batches?document={annexed.sha256}&code=low_confidence",
        "wordings": "/wordings",
        "accounts": "/accounts",
    }
    lost = next((each for each in documents if each.unaccounted), None)
    if lost is not None:
        found["unaccounted"] = f"/documents/{lost.sha256}"
    rounds = archive.snapshots()
    if len(rounds) > 1:
        found["diff"] = f"/rounds/diff?before={rounds[0].key}&after={rounds[-1].key}"
    return found


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(archive=asked.archive)
    with Archive.open(asked.archive) as archive, serving(archive, settings) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=asked.chromium)
        for width, (across, down) in WIDTHS.items():
            for name, path in pages(archive).items():
                for scheme in ("light", "dark") if width == "laptop" else ("light",):
                    page = browser.new_page(viewport={"width": across, "height": down}, color_scheme=scheme)
                    _take(page, address + path, asked.folder / f"desk-{name}-{width}-{scheme}.png")
                    page.close()
        browser.close()


def _take(page: Page, address: str, target: Path) -> None:
    page.goto(address, wait_until="networkidle")
    wider = page.evaluate(_WIDER)
    page.screenshot(path=target)
    print(f"{target.name}: {'ok' if wider <= 0 else f'{wider} px too wide'}")


if __name__ == "__main__":
    main()
