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
Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels; right and bottom are the first beyond it."""


@dataclass(frozen=True, eq=False)
class PageImage:
    """A page as pixels. What is derived from them is worked out when it is first asked for, and once.

    Attributes:
        gray: Height × width, 0 black to 255 white.
        dpi: Pixels an inch, as stated by the file or guessed from A4.
        rotation: Degrees clockwise that the stored pixels were already turned (page or EXIF orientation).
        colors: The same pixels in color; None where the file is gray or black and white.
        is_flattened: Whether it is a photograph taken askew, of which the perspective was taken out.
    """

    gray: GrayImage
    dpi: int
    rotation: int = 0
    colors: ColorImage | None = None
    is_flattened: bool = False

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
    def ink_share(self) -> float:
        """Share of the pixels that are ink, 0 to 1."""
        return int(np.count_nonzero(self.ink)) / self.ink.size

    def turned(self, clockwise: int) -> "PageImage":
        """Return the page turned clockwise by 0, 90, 180 or 270 degrees; its `rotation` stays that of the file."""
        if clockwise % 360 == 0:
            return self
        colors = None if self.colors is None else orientation.quarter_turn(self.colors, clockwise)
        return replace(self, gray=orientation.quarter_turn(self.gray, clockwise), colors=colors)

    def flattened(self) -> "PageImage":
        """Return the sheet on a photograph taken askew as if scanned; any other page as it is."""
        corners = find_sheet(self.gray)
        if corners is None:
            return self
        colors = None if self.colors is None else flatten(self.colors, corners)
        gray = flatten(self.gray, corners)
        dpi = round(min(gray.shape) / A4_INCHES)
        return replace(self, gray=gray, colors=colors, dpi=dpi, is_flattened=True)

    def deskewed(self) -> tuple["PageImage", float]:
        """Return the page made level, and the degrees that it was turned counter-clockwise (0.0: not worth it)."""
        skew = orientation.find_skew(self.gray)
        if abs(skew) < orientation.LEAST_SKEW:
            return self, 0.0
        colors = None if self.colors is None else orientation.turn(self.colors, skew)
        return replace(self, gray=orientation.turn(self.gray, skew), colors=colors), skew

    def cleared(self, mask: Mask) -> "PageImage":
        """Return the page with the pixels of a mask (height × width) in the color of the paper."""

        def paint(picture: ColorImage | GrayImage, paper: int) -> None:
            picture[mask] = paper

        return self._painted(paint)

    def without_regions(self, boxes: Sequence[Box]) -> "PageImage":
        """Return the page with some regions painted over in the color of the paper."""

        def paint(picture: ColorImage | GrayImage, paper: int) -> None:
            for left, top, right, bottom in boxes:
                picture[max(top, 0) : bottom, max(left, 0) : right] = paper

        return self._painted(paint) if boxes else self

    def _painted(self, paint: Callable[[ColorImage | GrayImage, int], None]) -> "PageImage":
        gray, colors = self.gray.copy(), None if self.colors is None else self.colors.copy()
        paint(gray, int(self.paper))
        if colors is not None:
            paint(colors, int(paper_level(colors)))
        return replace(self, gray=gray, colors=colors)
