"""A folder that is watched: files are imported once nothing writes to them any more."""

import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from core.progress import NullProgress
from core.settings import Settings
from pipeline.import_outcome import ImportOutcome
from pipeline.importing import Listing, import_files
from pipeline.reading import build_recognizer
from store.archive import Archive

Look = dict[Path, tuple[int, int]]


def watch_folder(
    folder: Path,
    archive: Archive,
    settings: Settings,
    seconds: float,
    wait: Callable[[float], object] = time.sleep,
) -> Iterator[ImportOutcome]:
    """Import what appears in a folder and stays the same from one look to the next; ends when interrupted.

    Raises:
        core.errors.MissingToolError: The recognizer is not there.
    """
    recognizer = build_recognizer(settings)
    before: Look = {}
    done: Look = {}
    while True:
        now = look(folder, settings)
        settled = [path for path, state in now.items() if before.get(path) == state and done.get(path) != state]
        if settled:
            yield from import_files(settled, archive, settings, recognizer, NullProgress())
        done.update({path: now[path] for path in settled})
        before = now
        wait(seconds)


def look(folder: Path, settings: Settings) -> Look:
    """Return the size and time of change of each plain file below a folder that is of a kind we read.

    Links are left out: what they lead to may be outside, and may be changed by others.
    """
    states: Look = {}
    with Listing([folder], settings.limits) as listing:
        entries = [entry for entry in listing.entries if entry.skipped is None and entry.error is None]
    for path in dict.fromkeys(entry.path for entry in entries):
        try:
            found = path.lstat()
        except OSError:
            continue  # gone since it was listed
        if stat.S_ISREG(found.st_mode) and found.st_size:
            states[path] = (found.st_size, found.st_mtime_ns)
    return states
