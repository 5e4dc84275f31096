"""Pictures of values for a report: cut out of the originals that the archive keeps."""

import base64
from typing import Final

from core.limits import Limits
from ingest.page_crops import cut
from models.document import Document
from models.field import Box
from pipeline.page_pictures import PagePictures
from store.archive import Archive

_WHOLE: Final = Box(0, 0, 1, 1)


class Crops:
    """Gives the pictures of values as `data:` addresses, as long as the limit of a report allows."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._limits = limits
        self._pages = PagePictures(archive, limits)
        self._left = limits.report_crops

    def __call__(self, document: Document, number: int, box: Box) -> str | None:
        """Return what stands in a box of a page as `data:image/jpeg;base64,…`.

        None where there is no picture of it: the input is a text or a table, the original cannot be opened any more,
        or the report has as many pictures as `limits.report_crops` lets it have.
        """
        return self._picture(document, number, box, self._limits.crop_pixels)

    def get_whole_page(self, document: Document, number: int) -> str | None:
        """Return a whole page, upright and level, of `limits.page_picture_pixels` at most; otherwise as a value."""
        return self._picture(document, number, _WHOLE, self._limits.page_picture_pixels)

    def _picture(self, document: Document, number: int, box: Box, most: int) -> str | None:
        pixels = self._pages.get(document, number) if self._left > 0 else None
        if pixels is None:
            return None
        self._left -= 1
        return "data:image/jpeg;base64," + base64.b64encode(cut(pixels, box, most)).decode()
