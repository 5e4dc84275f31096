"""The ink of a ruled page, its rules taken out, as pieces that are whole although a rule runs through them."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.components import LabeledInk, label_components
from ingest.pixels import Labels
from ingest.sources.page_image import Gray


@dataclass(frozen=True, slots=True)
class RuleRemovalSettings:
    """What goes with the ruling lines, in inches."""

    near: float = 0.04
    """How near other ink is to a point that belongs to it."""
    speck: float = 0.035
    """Extent below which ink that stands alone is a speck."""
    shortest_dash: float = 0.025
    """Length from which flat ink is a dash for nil."""
    crossing: float = 1 / 18
    """How thick a stroke is at most that runs through a line."""
    near_pixels: int = 3
    crossing_pixels: int = 5
    """The same two at least, in pixels, where the resolution is low."""


_SETTINGS = RuleRemovalSettings()
_STRIP_PX = 512
"""Pixels of a page that are looked at in one step across the rules, so that what is made on the way stays small."""


@dataclass(frozen=True, slots=True)
class ConnectedComponents:
    """The ink of a page as pieces, each whole although a ruling line runs through it.

    Attributes:
        ink: All of it, with the lines (height × width, ink 255).
        rules: The horizontal and the vertical lines, as masks of the same shape.
        pieces: The pieces beside the rules; piece 0 is the paper.
    """

    ink: Gray
    rules: tuple[Gray, Gray]
    pieces: LabeledInk

    @property
    def labels(self) -> Labels:
        """The piece that each pixel is of (height × width), 0 for paper."""
        return self.pieces.labels

    @property
    def boxes(self) -> npt.NDArray[np.int64]:
        """Left, top, width, height and area of each piece (pieces × 5, pixels)."""
        return self.pieces.stats

    @property
    def centers(self) -> npt.NDArray[np.float64]:
        """The middle of each piece (pieces × (x, y), pixels)."""
        return self.pieces.centers

    @property
    def bare(self) -> Gray:
        """All ink beside the lines."""
        return self.kept(np.ones(len(self.boxes), np.bool_))

    def kept(self, pieces: npt.NDArray[np.bool_]) -> Gray:
        """Return the ink of some pieces."""
        return self.pieces.draw(pieces)


def find_components(
    ink: Gray, rules: tuple[Gray, Gray], dpi: int, settings: RuleRemovalSettings = _SETTINGS
) -> ConnectedComponents:
    """Return the pieces of ink on a page without its ruling lines.

    Args:
        ink: Binarized level page, height × width, ink 255.
        rules: Its horizontal and its vertical ruling lines, as masks.
        dpi: Resolution.
        settings: How thick strokes are.
    """
    thick = max(settings.crossing_pixels, int(settings.crossing * dpi))
    bare = _remove_rules(ink, rules, thick) if any(map(np.any, rules)) else ink
    return ConnectedComponents(ink, rules, label_components(bare))


def _remove_rules(ink: Gray, rules: tuple[Gray, Gray], thick: int) -> Gray:
    """Return ink without rules, whole where strokes as thick as that run through them."""
    across, down = (np.asarray(cv2.dilate(rule, np.ones((3, 3), np.uint8)), np.uint8) for rule in rules)
    bare = np.asarray(cv2.subtract(cv2.subtract(ink, across), down), np.uint8)
    over = np.zeros_like(ink)
    for own, around in _cut_strips(ink.shape[0], thick):
        if across[own].any():
            over[own] = _find_crossing(bare[around], across[around], thick)[_within(own, around)]
    for own, around in _cut_strips(ink.shape[1], thick):
        if down[:, own].any():
            turned = _find_crossing(_turn(bare[:, around]), _turn(down[:, around]), thick)
            over[:, own] |= _turn(turned[_within(own, around)])
    return np.asarray(cv2.bitwise_or(bare, cv2.bitwise_and(over, ink, dst=over), dst=bare), np.uint8)


def _cut_strips(length: int, reach: int) -> Iterator[tuple[slice, slice]]:
    """Yield the strips of a side, and each with what lies so near that it is looked at, too: a page is many pixels."""
    room = reach + 1
    for start in range(0, length, _STRIP_PX):
        end = min(start + _STRIP_PX, length)
        yield slice(start, end), slice(max(start - room, 0), min(end + room, length))


def _within(own: slice, around: slice) -> slice:
    return slice(own.start - around.start, own.stop - around.start)


def _turn(picture: Gray) -> Gray:
    return np.asarray(cv2.transpose(picture), np.uint8)


def _find_crossing(bare: Gray, across: Gray, thick: int) -> Gray:
    """Return where strokes run through horizontal rules: what lies below ink and above ink that end at the rule."""
    ends = cv2.bitwise_and(bare, np.asarray(cv2.dilate(across, np.ones((3, 1), np.uint8)), np.uint8))
    band, middle = np.ones((thick + 1, thick // 2), np.uint8), thick // 2 // 2
    below, above = (cv2.dilate(ends, band, anchor=(middle, row)) for row in (thick, 0))
    return np.asarray(cv2.bitwise_and(cv2.bitwise_and(below, above), across), np.uint8)


def remove_specks(ink: Gray, dpi: int, settings: RuleRemovalSettings = _SETTINGS) -> Gray:
    """Return ink without the specks that stand alone: smaller than a dash, and no other ink near them."""
    near = max(settings.near_pixels, round(settings.near * dpi)) | 1
    clusters = label_components(np.asarray(cv2.dilate(ink, np.ones((near, near), np.uint8)), np.uint8))
    width, height = clusters.stats[:, 2] - (near - 1), clusters.stats[:, 3] - (near - 1)
    dash = (width >= 2 * height) & (width >= settings.shortest_dash * dpi)
    kept = dash | (np.maximum(width, height) >= settings.speck * dpi)
    return np.asarray(cv2.subtract(ink, clusters.draw(~kept)), np.uint8)
