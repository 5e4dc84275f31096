"""Pictures of values for a report: cut out of the originals that the archive keeps."""

import base64
from collections import OrderedDict
from typing import Final

from core.errors import InputError
from core.limits import Limits
from ingest.page_crops import cut, upright_page
from ingest.pixels import ColorImage, GrayImage
from ingest.sources.file_type import MediaType
from models.document import Document
from models.field import Box
from store.archive import Archive

_OPEN_PAGES: Final = 4
"""Pages kept as pixels at once: findings jump between few pages, and each is 25 MB in color."""


class Crops:
    """Gives the pictures of values as `data:` addresses, as long as the limit of a report allows."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._pages: OrderedDict[tuple[str, int], GrayImage | ColorImage | None] = OrderedDict()
        self._left = limits.report_crops

    def __call__(self, document: Document, number: int, box: Box) -> str | None:
        """Return what stands in a box of a page as `data:image/jpeg;base64,…`.

        None where there is no picture of it: the input is a text or a table, the original cannot be opened any more,
        or the report has as many pictures as `limits.report_crops` lets it have.
        """
        pixels = self._page(document, number) if self._left > 0 else None
        if pixels is None:
            return None
        self._left -= 1
        return "data:image/jpeg;base64," + base64.b64encode(cut(pixels, box, self._limits.crop_pixels)).decode()

    def _page(self, document: Document, number: int) -> GrayImage | ColorImage | None:
        key = document.source.sha256, number
        if key not in self._pages:
            self._pages[key] = self._load(document, number)
            if len(self._pages) > _OPEN_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        return self._pages[key]

    def _load(self, document: Document, number: int) -> GrayImage | ColorImage | None:
        source = document.source
        original = self._archive.original(source.sha256)
        page = next((each for each in document.pages if each.number == number), None)
        pictured = source.media_type == MediaType.PDF or source.media_type.startswith("image/")
        if original is None or page is None or not pictured:
            return None
        try:
            return upright_page(original, MediaType(source.media_type), page, self._limits)
        except InputError:
            return None
