"""The arrays that pages are made of, and their connected components."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

GrayImage = npt.NDArray[np.uint8]
"""Height × width, 0 black to 255 white; binarized, ink is 255 and paper 0."""
ColorImage = npt.NDArray[np.uint8]
"""Height × width × (red, green, blue)."""
Mask = npt.NDArray[np.bool_]
"""Height × width, or one truth for each of some connected components."""
Labels = npt.NDArray[np.integer[Any]]
"""Height × width: the label of the connected component that a pixel is part of, 0 for paper; 16 bits where they do."""
_MOST_SHORT_LABELS = 1 << 16
"""Labels that 16 bits tell apart: an array of them takes 17 MB of a page at 300 dpi, one of 32 bits 35 MB."""
Stats = npt.NDArray[np.int64]
"""Components × (left, top, width, height, area) in pixels; row 0 is the paper."""


@dataclass(frozen=True, slots=True)
class LabeledInk:
    """The connected components of a binarized picture, those that touch at a corner as one.

    Attributes:
        labels: The component of each pixel.
        stats: Their boxes and areas.
        centers: Their middles (components × (x, y), pixels).
    """

    labels: Labels
    stats: Stats
    centers: npt.NDArray[np.float64]


def label_components(ink: GrayImage) -> LabeledInk:
    """Return the connected components of a binarized picture.

    Boxes and areas come from the runs of ink, of which there are few: OpenCV's own statistics look at each pixel and
    take three times as long as its labeling.
    """
    if not ink.size:
        return LabeledInk(np.zeros(ink.shape, np.uint16), np.zeros((1, 5), np.int64), np.zeros((1, 2)))
    rows, lefts, rights = _find_runs(ink)
    begun = _count_begun(ink, rows, lefts)
    count, found = cv2.connectedComponents(ink, connectivity=8, ltype=choose_label_type(begun))
    labels: Labels = np.asarray(found)
    height, width = ink.shape
    stats, centers = np.zeros((count, 5), np.int64), np.zeros((count, 2))
    stats[0] = (0, 0, width, height, ink.size)
    centers[0] = ((width - 1) / 2, (height - 1) / 2)
    if count > 1:
        owners, lengths = labels[rows, lefts].astype(np.intp), rights - lefts
        order = np.argsort(owners, kind="stable")  # those of one component from the top
        firsts = np.flatnonzero(np.diff(owners[order], prepend=0))
        tops, feet = rows[order[firsts]], rows[order[np.append(firsts[1:], len(order)) - 1]] + 1
        left = np.minimum.reduceat(lefts[order], firsts)
        right = np.maximum.reduceat(rights[order], firsts)
        areas = np.bincount(owners, lengths, count)[1:]
        stats[1:] = np.stack([left, tops, right - left, feet - tops, areas.astype(np.int64)], axis=1)
        centers[1:, 0] = np.bincount(owners, lengths * (lefts + rights - 1) / 2, count)[1:] / areas
        centers[1:, 1] = np.bincount(owners, lengths * rows, count)[1:] / areas
    return LabeledInk(labels, stats, centers)


def choose_label_type(begun: int) -> int:
    """Return OpenCV's type for the labels of a picture in which so many labels are begun at most."""
    return cv2.CV_16U if begun < _MOST_SHORT_LABELS else cv2.CV_32S


def _count_begun(ink: GrayImage, rows: npt.NDArray[np.intp], lefts: npt.NDArray[np.intp]) -> int:
    """Return how many labels OpenCV begins at most: it takes a new one where a run has no ink above its first pixel.

    Those of them that turn out to be of one component it joins later. A page has one for every four or five runs.
    """
    above = np.maximum(rows - 1, 0)
    joined = (ink[above, lefts] > 0) | (ink[above, np.maximum(lefts - 1, 0)] > 0)
    return int(np.count_nonzero(~joined | (rows == 0)))


def _find_runs(ink: GrayImage) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the rows of the runs of ink across a picture, where each begins, and where it has ended."""
    inked = ink > 0
    edges = inked.copy()
    edges[:, 1:] &= ~inked[:, :-1]
    starts = np.flatnonzero(edges)
    edges[...] = inked
    edges[:, :-1] &= ~inked[:, 1:]
    rows, lefts = np.divmod(starts, ink.shape[1])
    return rows, lefts, np.flatnonzero(edges) - rows * ink.shape[1] + 1


def draw_components(labels: Labels, wanted: Mask, ink: GrayImage) -> GrayImage:
    """Return the pixels of some components as 255 on 0.

    Ink is a twentieth of a page: looking up its pixels alone takes a tenth of the time and memory of the whole.

    Args:
        labels: The component of each pixel.
        wanted: One truth for each component; that of the paper does not count.
        ink: Height × width, not 0 on all the components.
    """
    found = np.zeros(labels.shape, np.uint8)
    places = np.flatnonzero(ink > 0)
    owners = labels.ravel()[places]
    found.ravel()[places[wanted[owners] & (owners > 0)]] = 255
    return found
