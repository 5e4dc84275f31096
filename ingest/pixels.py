"""The arrays that pages are made of."""

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
Stats = npt.NDArray[np.int64]
"""Components × (left, top, width, height, area) in pixels; row 0 is the paper."""


def halve(picture: GrayImage) -> GrayImage:
    """Return a picture at half its size; a side of one pixel stays."""
    height, width = picture.shape
    scales = {"fx": max(0.5, 1 / width), "fy": max(0.5, 1 / height)}
    return np.asarray(cv2.resize(picture, None, **scales, interpolation=cv2.INTER_AREA), np.uint8)
