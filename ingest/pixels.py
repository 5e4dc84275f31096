"""The arrays that pages are made of, and their connected components."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

GrayImage = npt.NDArray[np.uint8]
"""Height × width, 0 black to 255 white; binarized, ink is 255 and paper 0."""
ColorImage = npt.NDArray[np.uint8]
"""Height × width × (red, green, blue)."""
Mask = npt.NDArray[np.bool_]
"""Height × width, or one truth for each of some connected components."""
Labels = npt.NDArray[np.int32]
"""Height × width: the label of the connected component that a pixel is part of, 0 for paper."""
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
    """Return the connected components of a binarized picture; what it costs goes by the rows that hold ink."""
    height = ink.shape[0]
    inked = np.zeros(height + height % 2 + 4, np.uint8)
    if ink.size:
        inked[2 : 2 + height] = np.asarray(cv2.reduce(ink, 1, cv2.REDUCE_MAX)).ravel()
    # Pairs of rows, as they are labeled in: with one white pair behind those that are inked, nothing new touches.
    pairs = np.asarray(inked.reshape(-1, 2).any(axis=1), np.bool_)
    rows = np.flatnonzero(np.repeat(np.asarray(pairs[1:-1] | pairs[:-2]), 2)[:height])
    labels = np.zeros(ink.shape, np.int32)
    if not len(rows):
        paper = np.array([[0, 0, ink.shape[1], height, ink.size]], np.int64)
        return LabeledInk(labels, paper, np.array([[ink.shape[1] / 2, height / 2]], np.float64))
    _, found, boxes, centers = cv2.connectedComponentsWithStats(np.take(ink, rows, axis=0), connectivity=8)
    labels[rows] = found
    stats = boxes.astype(np.int64)
    moved = rows[stats[1:, 1]] - stats[1:, 1]
    stats[1:, 1] += moved
    centers[1:, 1] += moved
    return LabeledInk(labels, stats, np.asarray(centers, np.float64))


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
