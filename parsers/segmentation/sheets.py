"""Two pages on one sheet → pages of their own for the parsers, and back onto the sheet in the record.

The parsers tell a head, a margin or a foot by its place on the page, so each half of a sheet is a page to them. The
record is for those who look at the paper: it names the sheet and the place there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from models.field import Box, PageNumber, Record
from models.ocr import OcrPage

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a page lies: its sheet, and from where to where across it in shares of its width."""

    sheet: PageNumber
    left: float = 0.0
    right: float = 1.0

    def place(self, box: Box) -> Box:
        """Return a box of the page on its sheet."""
        width = self.right - self.left
        return Box(self.left + box.x0 * width, box.y0, self.left + box.x1 * width, box.y1)

    def take(self, box: Box) -> Box:
        """Return a box of the sheet on the page."""
        width = self.right - self.left
        x0, x1 = (min(max((x - self.left) / width, 0.0), 1.0) for x in (box.x0, box.x1))
        return Box(x0, box.y0, x1, box.y1)


@dataclass(frozen=True)
class Sheets:
    """The sheets of a document, and the pages that lie on them, numbered from 1."""

    sheets: tuple[OcrPage, ...]

    @cached_property
    def _origins(self) -> dict[PageNumber, _Origin]:
        found: list[_Origin] = []
        for sheet in self.sheets:
            if sheet.gutter is None:
                found.append(_Origin(sheet.number))
            else:
                found += [_Origin(sheet.number, 0.0, sheet.gutter), _Origin(sheet.number, sheet.gutter, 1.0)]
        return dict(enumerate(found, start=1))

    @cached_property
    def pages(self) -> tuple[OcrPage, ...]:
        """The pages; where no sheet holds two, the sheets themselves."""
        if not self._are_parted:
            return self.sheets
        by_number = {sheet.number: sheet for sheet in self.sheets}
        return tuple(_take_page(by_number[origin.sheet], number, origin) for number, origin in self._origins.items())

    @property
    def _are_parted(self) -> bool:
        return any(sheet.gutter is not None for sheet in self.sheets)

    def find_sheet(self, page: PageNumber) -> PageNumber:
        """Return the number of the sheet that a page lies on."""
        return self._origins[page].sheet if self._are_parted else page

    def restore(self, records: Sequence[R]) -> tuple[R, ...]:
        """Return records of the pages with the numbers of their sheets, and boxes on these."""
        return (
            tuple(_restore(record, self._origins, None) for record in records) if self._are_parted else tuple(records)
        )


def _take_page(sheet: OcrPage, number: PageNumber, origin: _Origin) -> OcrPage:
    if sheet.gutter is None:
        return sheet.model_copy(update={"number": number})
    parts: dict[str, Any] = {
        name: tuple(
            _move(part, origin.take)
            for part in getattr(sheet, name)
            if origin.left <= part.box.center[0] < origin.right or part.box.center[0] >= 1.0 == origin.right
        )
        for name in ("lines", "grids", "codes", "leftover")
    }
    width = round(sheet.width * (origin.right - origin.left))
    return sheet.model_copy(update={**parts, "number": number, "width": width, "gutter": None})


def _move(record: R, place: Callable[[Box], Box]) -> R:
    changed: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Box):
            changed[name] = place(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changed[name] = tuple(_move(item, place) for item in value)
    return record.model_copy(update=changed)


def _restore(value: Any, origins: dict[PageNumber, _Origin], page: PageNumber | None) -> Any:  # noqa: ANN401
    """Return any part of a record with its pages and boxes as they are on the sheets.

    Args:
        value: A record, a tuple or a dictionary of some, or a value of one.
        origins: The pages.
        page: The page that it stands on, if what holds it says so.
    """
    if isinstance(value, Box):
        return origins[page].place(value) if page in origins else value
    if isinstance(value, Record):
        own = getattr(value, "page", page)
        changed = {name: _restore(getattr(value, name), origins, own) for name in type(value).model_fields}
        if isinstance(changed.get("page"), int):
            changed["page"] = origins[changed["page"]].sheet
        if "pages" in changed:
            changed["pages"] = tuple(dict.fromkeys(origins[number].sheet for number in changed["pages"]))
        return value.model_copy(update=changed)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_restore(item, origins, page) for item in value)
    if isinstance(value, dict):
        return {key: _restore(item, origins, page) for key, item in value.items()}
    return value
