"""Pictures of pages and of values, cut from the originals that the archive keeps."""

from core.limits import Limits
from core.settings import Settings
from models.document import Document
from models.field import Box
from models.record_path import get_field
from pipeline.page_pictures import PagePictures
from store.archive import Archive


class Pictures:
    """Gives pictures as JPEG; may be asked by several threads at once.

    What draws them is loaded with the first picture: the first page need not wait for it.
    """

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive = archive
        self._pages = PagePictures(archive, limits)

    def page(self, document: Document, number: int) -> bytes | None:
        """Return the upright page; None where there is no picture of it."""
        from web.drawing import draw_page

        pixels = self._pages.get(document, number)
        return None if pixels is None else draw_page(pixels)

    def line(self, document: Document, number: int, box: Box) -> bytes | None:
        """Return the part of the page around a value with the value framed; None where there is no picture of it."""
        from web.drawing import draw_line

        pixels = self._pages.get(document, number)
        return None if pixels is None else draw_line(pixels, box)

    def read_again(self, document: Document, path: str, settings: Settings) -> str | None:
        """Return what the other reader makes of a value; None where there is no picture of it."""
        from pipeline.second_reading import read_again

        field = get_field(document, path)
        pixels = self._pages.get(document, field.page) if field is not None and field.page and field.box else None
        return None if pixels is None else read_again(self._archive, document, path, pixels, settings)
