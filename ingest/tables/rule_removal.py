"""The ink of a ruled page, its rules taken out, as pieces that are whole although a rule runs through them."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray

_NEAR, _SPECK, _DASH = 0.04, 0.035, 0.025
"""How near, in inches, other ink must be, how small what stands alone, and how short if flat, for it to be a speck."""


@dataclass(frozen=True, slots=True)
class ConnectedComponents:
    """The ink of a page as pieces, each whole although a rule runs through it.

    Attributes:
        ink: All of it, with the rules.
        rules: The horizontal and the vertical rules, as masks.
        labels: The piece that each pixel is of, 0 for paper.
        boxes: Left, top, width, height and area of each piece.
        centers: The middle of each piece, x and y.
    """

    ink: Gray
    rules: tuple[Gray, Gray]
    labels: npt.NDArray[np.int32]
    boxes: npt.NDArray[np.int32]
    centers: npt.NDArray[np.float64]

    @property
    def bare(self) -> Gray:
        """All ink beside the rules."""
        return np.asarray((self.labels > 0) * 255, dtype=np.uint8)

    def kept(self, pieces: npt.NDArray[np.bool_]) -> Gray:
        """Return the ink of some pieces."""
        kept = pieces.copy()
        kept[0] = False
        return np.asarray(kept[self.labels] * 255, dtype=np.uint8)


Strokes = ConnectedComponents


def take_apart(ink: Gray, rules: tuple[Gray, Gray], dpi: int) -> ConnectedComponents:
    """Return the pieces of ink on a page without its rules.

    Args:
        ink: Binarized level page, ink 255.
        rules: Its horizontal and its vertical rules.
        dpi: Resolution.
    """
    across, down = (np.asarray(cv2.dilate(rule, np.ones((3, 3), np.uint8)), np.uint8) for rule in rules)
    bare = np.where((across > 0) | (down > 0), 0, ink).astype(np.uint8)
    thick = max(5, dpi // 18)
    over = (
        _crossing(bare, across, thick) | _crossing(np.ascontiguousarray(bare.T), np.ascontiguousarray(down.T), thick).T
    )
    bare = np.where((over > 0) & (ink > 0), 255, bare).astype(np.uint8)
    _, labels, boxes, centers = cv2.connectedComponentsWithStats(bare, connectivity=8)
    return ConnectedComponents(
        ink, rules, np.asarray(labels, np.int32), np.asarray(boxes, np.int32), np.asarray(centers, np.float64)
    )


def _crossing(bare: Gray, across: Gray, thick: int) -> Gray:
    """Return where strokes run through horizontal rules: what lies below ink and above ink that end at the rule."""
    ends = cv2.bitwise_and(bare, np.asarray(cv2.dilate(across, np.ones((3, 1), np.uint8)), np.uint8))
    below = np.zeros((2 * thick + 1, thick // 2), np.uint8)
    below[: thick + 1] = 1
    sides = cv2.bitwise_and(cv2.dilate(ends, below), cv2.dilate(ends, np.ascontiguousarray(below[::-1])))
    return np.asarray(cv2.bitwise_and(sides, np.ascontiguousarray(across)), np.uint8)


def without_specks(ink: Gray, dpi: int) -> Gray:
    """Return ink without the specks that stand alone: smaller than a dash, and no other ink near them."""
    near = max(3, round(_NEAR * dpi)) | 1
    clusters = cv2.dilate(ink, np.ones((near, near), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(clusters, connectivity=8)
    width, height = stats[:, 2] - (near - 1), stats[:, 3] - (near - 1)
    dash = (width >= 2 * height) & (width >= _DASH * dpi)
    kept = (dash | (np.maximum(width, height) >= _SPECK * dpi))[labels] & (ink > 0)
    return np.asarray(kept * 255, dtype=np.uint8)
