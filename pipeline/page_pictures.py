"""Pages of kept originals as pixels again, drawn in a worker: an original is untrusted whenever it is opened."""

import threading
import weakref
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from core.errors import DamagedFileError, InputError, SarabanError
from core.limits import Limits
from ingest.sources.file_type import MediaType
from models.document import Document, Page
from store.archive import Archive

if TYPE_CHECKING:
    from ingest.pixels import ColorImage, GrayImage
    from pipeline.workers import LocalPool

_OPEN_PAGES: Final = 4
"""Pages kept as pixels: people, and findings, go back and forth between few, and each is 25 MB in color."""


@dataclass(frozen=True, slots=True)
class PictureTask:
    """A page to be drawn: where its original is, and how it was read."""

    path: Path
    media_type: MediaType
    page: Page
    limits: Limits


@dataclass(slots=True)
class _OpenPage:
    """A page that somebody asked for; who holds its lock has it drawn."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    is_drawn: bool = False
    pixels: "GrayImage | ColorImage | None" = None


class PagePictures:
    """Gives pages as pixels; may be asked by several threads at once. Its worker begins with the first page."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._lock = threading.Lock()
        self._pages: OrderedDict[tuple[str, int], _OpenPage] = OrderedDict()
        self._pool: LocalPool | None = None

    def get(self, document: Document, number: int) -> "GrayImage | ColorImage | None":
        """Return an upright page.

        None where there is no picture of it: the input is a text or a table, or the original cannot be opened any more
        within the limits.
        """
        key = document.source.sha256, number
        with self._lock:
            opened = self._pages.setdefault(key, _OpenPage())
            self._pages.move_to_end(key)
            if len(self._pages) > _OPEN_PAGES:
                self._pages.popitem(last=False)
        with opened.lock:
            if not opened.is_drawn:
                opened.pixels, opened.is_drawn = self._draw(document, number), True
            return opened.pixels

    def _draw(self, document: Document, number: int) -> "GrayImage | ColorImage | None":
        source = document.source
        original = self._archive.original(source.sha256)
        page = next((each for each in document.pages if each.number == number), None)
        if original is None or page is None or not has_pictures(document):
            return None
        from pipeline.worker_pool import WorkItem

        def lost(_code: str, detail: str) -> NoReturn:
            raise DamagedFileError(f"{source.name}: {detail}")

        task = PictureTask(original, MediaType(source.media_type), page, self._limits)
        work = WorkItem(draw_page, task, self._limits.page_seconds, lost)
        try:
            return self._begin_pool().begin(work).result()
        except InputError:
            return None

    def _begin_pool(self) -> "LocalPool":
        from pipeline.workers import LocalPool

        with self._lock:
            if self._pool is None:
                self._pool = LocalPool(1, self._limits)
                weakref.finalize(self, self._pool.__exit__, None, None, None)
            return self._pool


def draw_page(task: PictureTask) -> "GrayImage | ColorImage":
    """Return an upright page. Runs in a worker.

    Raises:
        core.errors.InputError: It cannot be opened any more, or is too large.
    """
    from ingest.page_crops import upright_page

    try:
        return upright_page(task.path, task.media_type, task.page, task.limits)
    except (SarabanError, MemoryError):
        raise
    except Exception as error:
        raise DamagedFileError(f"{type(error).__name__}: {str(error)[:200]}") from error


def has_pictures(document: Document) -> bool:
    """Whether the original is a PDF or a picture, and no text or table."""
    return document.source.media_type == MediaType.PDF or document.source.media_type.startswith("image/")
