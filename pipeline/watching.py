"""A watched folder: files are imported once nothing writes to them any more, and what is not read is told of."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from core.errors import NotFoundError
from core.limits import Limits
from core.progress import NullProgress
from core.settings import Settings
from ingest.recognition.recognizer import TextRecognizer
from ingest.sources.listing import InputFile, Listing
from pipeline.import_outcome import ImportOutcome
from pipeline.importing import Importer
from pipeline.reading import build_recognizer
from store.archive import Archive

State = tuple[int, int]
"""Size and time of change: a file that keeps both from one look to the next is written."""
Look = dict[Path, tuple[InputFile, State]]


def watch_folder(
    folder: Path,
    archive: Archive,
    settings: Settings,
    seconds: float,
    wait: Callable[[float], object] = time.sleep,
) -> Iterator[ImportOutcome]:
    """Import what appears in a folder and stays the same from one look to the next; ends when interrupted.

    What is not read, and why, is an outcome, too, once for each state that a file is in, and so is a folder that is
    not there any more.

    Raises:
        core.errors.MissingToolError: The recognizer is not there.
    """
    recognizer = build_recognizer(settings)
    before: dict[Path, State] = {}
    done: dict[Path, State] = {}
    is_there = True
    while True:
        was_there, is_there = is_there, folder.is_dir()
        if was_there and not is_there:
            gone = InputFile(folder.name, str(folder), folder)
            yield ImportOutcome.of_error(gone, NotFoundError(str(folder)))
        now = look(folder, settings.limits) if is_there else {}
        states = {path: state for path, (_, state) in now.items()}
        settled = [path for path, state in states.items() if before.get(path) == state and done.get(path) != state]
        if settled:
            yield from _import([now[path][0] for path in settled], archive, settings, recognizer)
        done.update({path: states[path] for path in settled})
        before = states
        wait(seconds)


def look(folder: Path, limits: Limits) -> Look:
    """Return each entry below a folder with its state; ZIP files are not looked into, for this is done often."""
    found: Look = {}
    with Listing([folder], limits, opens_zips=False) as listing:
        for entry in listing.entries:
            if entry.path == folder and isinstance(entry.error, NotFoundError):
                continue  # nothing is in it yet
            try:
                status = entry.path.lstat()
            except OSError:
                continue  # gone since it was listed
            found[entry.path] = entry, (status.st_size, status.st_mtime_ns)
    return found


def _import(
    entries: Sequence[InputFile], archive: Archive, settings: Settings, recognizer: TextRecognizer
) -> Iterator[ImportOutcome]:
    read = [entry for entry in entries if entry.skipped is None and entry.error is None]
    others = [entry for entry in entries if entry.skipped is not None or entry.error is not None]
    with Listing([entry.path for entry in read], settings.limits) as listing:
        yield from Importer(archive, settings, recognizer, NullProgress()).run([*others, *listing.entries])
