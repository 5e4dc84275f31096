"""The picture of one page, with what every step needs to know of it worked out once."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.pixels import ColorImage, GrayImage, Mask
from ingest.pixels import ColorImage as Colors
from ingest.pixels import GrayImage as Gray
from ingest.preprocessing import orientation
from ingest.preprocessing.binarization import binarize, paper_level
from ingest.preprocessing.perspective import find_sheet, flatten

__all__ = ["Box", "Colors", "Gray", "PageImage"]

A4_INCHES = 8.27
"""Shorter side of A4, which a sheet on a photograph is taken to be."""
_SURELY = 10
"""How many times the ink that is asked for an overview shows where the page is not counted pixel by pixel."""
ColorChange = Callable[[ColorImage], ColorImage]
"""What is done to a page, in gray as in color: a turn, a cut, a part painted over. What it is given stays as it is."""
Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels; right and bottom are the first beyond it."""


@dataclass(frozen=True, eq=False)
class PageImage:
    """A page as pixels. What is derived from them is worked out when it is first asked for, and once.

    Attributes:
        gray: Height × width, 0 black to 255 white.
        dpi: Pixels an inch, as stated by the file or guessed from A4.
        rotation: Degrees clockwise that the stored pixels were already turned (page or EXIF orientation).
        stored_colors: The pixels of the file in color; None where it is gray or black and white.
        is_flattened: Whether it is a photograph taken askew, of which the perspective was taken out.
        color_changes: What makes `stored_colors` the colors of this page, in order.
    """

    gray: GrayImage
    dpi: int
    rotation: int = 0
    stored_colors: ColorImage | None = None
    is_flattened: bool = False
    color_changes: tuple[ColorChange, ...] = ()

    def draw_colors(self) -> ColorImage | None:
        """Return the page in color (height × width × 3), None where it has none.

        It is drawn at each call and not kept: it takes 26 MB of A4 at 300 dpi, three times what `gray` does, and is
        needed for a moment, mostly once.
        """
        if self.stored_colors is None:
            return None
        return functools.reduce(lambda colors, change: change(colors), self.color_changes, self.stored_colors)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.gray.shape[1], self.gray.shape[0]

    @functools.cached_property
    def paper(self) -> float:
        """Gray of the paper, 0 to 255."""
        return paper_level(self.gray)

    @functools.cached_property
    def ink(self) -> GrayImage:
        """The binarized page: ink 255, paper 0."""
        return binarize(self.gray, self.paper)

    @functools.cached_property
    def overview(self) -> GrayImage:
        """The ink of the page, reduced: enough to see how it lies."""
        return orientation.draw_overview(self.gray)

    @functools.cached_property
    def ink_share(self) -> float:
        """Share of the pixels that are ink, 0 to 1."""
        return int(np.count_nonzero(self.ink)) / self.ink.size

    def has_ink(self, least: float) -> bool:
        """Tell whether so large a share of the page is ink; where its overview has ten times that, nobody counts."""
        return int(np.count_nonzero(self.overview)) > _SURELY * least * self.overview.size or self.ink_share >= least

    def turned(self, clockwise: int) -> "PageImage":
        """Return the page turned clockwise by 0, 90, 180 or 270 degrees; its `rotation` stays that of the file."""
        if clockwise % 360 == 0:
            return self
        return self._changed(functools.partial(orientation.quarter_turn, clockwise=clockwise))

    def flattened(self) -> "PageImage":
        """Return the sheet on a photograph taken askew as if scanned; any other page as it is."""
        corners = find_sheet(self.gray)
        if corners is None:
            return self
        colors = None if self.stored_colors is None else flatten(self.stored_colors, corners)
        gray = flatten(self.gray, corners)
        dpi = round(min(gray.shape) / A4_INCHES)
        return replace(self, gray=gray, stored_colors=colors, dpi=dpi, is_flattened=True)

    def deskewed(self) -> tuple["PageImage", float]:
        """Return the page made level, and the degrees that it was turned counter-clockwise (0.0: not worth it)."""
        skew = orientation.find_skew(self.overview)
        if abs(skew) < orientation.LEAST_SKEW:
            return self, 0.0
        return self._changed(functools.partial(orientation.turn, degrees=skew)), skew

    def cut(self, start: int, stop: int) -> "PageImage":
        """Return the columns of the page from one to before another, as a page."""
        return self._changed(lambda picture: picture[:, start:stop])

    def cleared(self, mask: Mask) -> "PageImage":
        """Return the page with the pixels of a mask (height × width) in the color of the paper."""
        return self._changed(_Painting(self, mask=mask))

    def without_regions(self, boxes: Sequence[Box]) -> "PageImage":
        """Return the page with some regions painted over in the color of the paper."""
        return self._changed(_Painting(self, boxes=boxes)) if boxes else self

    def _changed(self, change: ColorChange) -> "PageImage":
        return replace(self, gray=change(self.gray), color_changes=(*self.color_changes, change))


class _Painting:
    """Paints some of a picture in the color of its paper, which is measured once for gray and once for color."""

    def __init__(self, page: PageImage, mask: Mask | None = None, boxes: Sequence[Box] = ()) -> None:
        self._papers = {page.gray.ndim: int(page.paper)}
        self._mask, self._boxes = mask, boxes

    def __call__(self, picture: ColorImage) -> ColorImage:
        if picture.ndim not in self._papers:
            self._papers[picture.ndim] = int(paper_level(picture))
        paper, painted = self._papers[picture.ndim], picture.copy()
        if self._mask is not None:
            painted[self._mask] = paper
        for left, top, right, bottom in self._boxes:
            painted[max(top, 0) : bottom, max(left, 0) : right] = paper
        return painted
