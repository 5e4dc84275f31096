"""Pictures of pages and of values, cut from the originals that the archive keeps."""

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.limits import Limits
from core.settings import Settings
from ingest.sources.file_type import MediaType
from models.document import Document
from models.field import Box
from models.record_path import get_field
from store.archive import Archive

if TYPE_CHECKING:
    from ingest.sources.page_image import Colors, Gray

_OPEN_PAGES: Final = 4
"""Pages kept as pixels: a person goes back and forth between few, and each is 25 MB in color."""


class Pictures:
    """Gives pictures as JPEG; may be asked by several threads at once.

    What draws them is loaded with the first picture: the first page need not wait for it.
    """

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._lock = threading.Lock()
        self._pages: OrderedDict[tuple[str, int], Gray | Colors | None] = OrderedDict()

    def page(self, document: Document, number: int) -> bytes | None:
        """Return the upright page; None where there is no picture of it."""
        from web.drawing import draw_page

        pixels = self._page(document, number)
        return None if pixels is None else draw_page(pixels)

    def line(self, document: Document, number: int, box: Box) -> bytes | None:
        """Return the part of the page around a value with the value framed; None where there is no picture of it."""
        from web.drawing import draw_line

        pixels = self._page(document, number)
        return None if pixels is None else draw_line(pixels, box)

    def read_again(self, document: Document, path: str, settings: Settings) -> str | None:
        """Return what the other reader makes of a value; None where there is no picture of it."""
        from pipeline.second_reading import read_again

        field = get_field(document, path)
        pixels = self._page(document, field.page) if field is not None and field.page and field.box else None
        return None if pixels is None else read_again(self._archive, document, path, pixels, settings)

    def _page(self, document: Document, number: int) -> "Gray | Colors | None":
        key = document.source.sha256, number
        with self._lock:
            if key not in self._pages:
                self._pages[key] = self._load(document, number)
                if len(self._pages) > _OPEN_PAGES:
                    self._pages.popitem(last=False)
            self._pages.move_to_end(key)
            return self._pages[key]

    def _load(self, document: Document, number: int) -> "Gray | Colors | None":
        from ingest.page_crops import upright_page

        source = document.source
        original = self._archive.original(source.sha256)
        page = next((each for each in document.pages if each.number == number), None)
        if original is None or page is None or not has_pictures(document):
            return None
        try:
            return upright_page(original, MediaType(source.media_type), page, self._limits)
        except InputError:
            return None


def has_pictures(document: Document) -> bool:
    """Whether the original is a PDF or a picture, and no text or table."""
    return document.source.media_type == MediaType.PDF or document.source.media_type.startswith("image/")
