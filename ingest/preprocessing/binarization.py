"""Gray pixels → ink or paper."""

import cv2
import numpy as np

from ingest.pixels import ColorImage, GrayImage

_PAPER_SHARE = 0.9
"""Share of the pixels of a page that are no lighter than its paper is taken to be: a tenth is more than any ink."""
_LOCAL_SHARE, _LEAST_LOCAL_PX = 40, 31
"""Side of the window of the local threshold: a fortieth of the shorter side of the picture, and at least so many
pixels, which is the height of a line of print."""
_LOCAL_DEPTH = 15
"""Gray levels by which ink is darker than the mean around it."""
_DEPTH, _DEPTH_SHARE = 25.0, 0.85
"""Ink is darker than paper by so many gray levels, and than this share of paper's gray: noise in the white is not."""


def paper_level(picture: GrayImage | ColorImage) -> float:
    """Return the gray of the paper of a picture: the 90th percentile of its values, interpolated between levels."""
    counts = np.asarray(cv2.calcHist([np.ascontiguousarray(picture).reshape(-1, 1)], [0], None, [256], [0, 256]))
    below = np.cumsum(counts.ravel().astype(np.int64))
    place = _PAPER_SHARE * (picture.size - 1)
    low, high = (int(np.searchsorted(below, rank, side="right")) for rank in (int(place), int(np.ceil(place))))
    return low + (high - low) * (place - int(place))


def binarize(gray: GrayImage, paper: float | None = None) -> GrayImage:
    """Return ink as 255 on 0: a local threshold for uneven light, held by a global one against noise in the white.

    Args:
        gray: Height × width, 0 black to 255 white.
        paper: The gray of its paper; None to measure it.
    """
    size = max(_LEAST_LOCAL_PX, (min(gray.shape) // _LOCAL_SHARE) | 1)
    ink = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, _LOCAL_DEPTH
    )  # fmt: skip
    paper = paper_level(gray) if paper is None else paper
    # `gray < most` for whole numbers: a threshold keeps what is at most the next lower one.
    most = int(np.ceil(min(paper - _DEPTH, _DEPTH_SHARE * paper))) - 1
    dark = cv2.threshold(gray, most, 255, cv2.THRESH_BINARY_INV)[1]
    return np.asarray(cv2.bitwise_and(ink, dark, dst=dark), dtype=np.uint8)
