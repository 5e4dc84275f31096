"""A photograph of a sheet taken askew → the sheet as if it had lain on a scanner.

Only where four straight edges part a bright sheet from something darker around it, and it is seen at an angle; a scan
is left as it is, pixel for pixel. A photograph whose paper fills the frame has no edges to go by, and is left, too.
"""

import itertools
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ingest.pixels import GrayImage

Corners = npt.NDArray[np.float32]
"""Four points (x, y) in pixels: top left, top right, bottom right, bottom left."""


@dataclass(frozen=True, slots=True)
class PerspectiveSettings:
    """When four corners are believed.

    Attributes:
        side: Longer side in pixels of the picture that is looked at; edges of a sheet need no more.
        dark: Gray of what lies around a sheet, as a share of the paper's, at most.
        around: Share of the picture's rim that is dark at least: three sides and some more.
        area: Least share of the picture that the sheet takes.
        solid: Share of the quadrilateral that is sheet: hands, folds and torn corners take more away.
        ragged: How far the rim may lie from the straight edges in the mean, as a share of the side looked at.
        tilt: Degrees between opposite edges from which they are not parallel: less is a scanner's, and left to it.
        most_tilt: Degrees from which nothing on the far side can be read.
        a4: How far from the shape of A4 a sheet may look and be taken for one: an angle shortens the far side.
        closed: Widest gap in pixels within the sheet, such as a line of print, that is closed.
        corner: How far corners may be rounded, as a share of the outline's length.
        near: How far from the line between two corners the outline may lie and be of that edge, as a share of it.
        seen: Share of an edge that must be seen: the rest may lie under a hand.
    """

    side: int = 640
    dark: float = 0.72
    around: float = 0.6
    area: float = 0.3
    solid: float = 0.94
    ragged: float = 0.006
    tilt: float = 0.8
    most_tilt: float = 30.0
    a4: float = 0.25
    closed: int = 16
    corner: float = 0.03
    near: float = 0.03
    seen: float = 1 / 3


SETTINGS: Final = PerspectiveSettings()
_A4: Final = 297 / 210
_CORNERS: Final = 4
"""Of a sheet."""
_PARALLEL: Final = 1e-3
"""Determinant of two directions beneath which the lines do not cross: 0.06 degrees."""
_MIDDLE: Final = (0.1, 0.9)
"""From where to where along an edge it is fitted: its corners may be bent or rounded."""


def find_sheet(gray: GrayImage, settings: PerspectiveSettings = SETTINGS) -> Corners | None:
    """Return the corners of a sheet that was photographed askew; None for a scan, and where nobody can be sure.

    Args:
        gray: Height × width, 0 black to 255 white.
        settings: What is believed.
    """
    step = max(max(gray.shape) // settings.side, 1)
    small = np.ascontiguousarray(gray[::step, ::step])
    paper = float(np.percentile(small[::4, ::4], 90))
    rim = np.concatenate([small[:2].ravel(), small[-2:].ravel(), small[:, :2].ravel(), small[:, -2:].ravel()])
    if np.count_nonzero(rim < settings.dark * paper) < settings.around * rim.size:
        return None
    outline = _find_outline(small, settings)
    corners = None if outline is None else _fit_corners(outline, small.shape, settings)
    if corners is None or not _is_whole(corners, small.shape) or not _is_askew(corners, settings):
        return None
    return np.asarray((corners + 0.5) * step - 0.5, np.float32)


def flatten(picture: npt.NDArray[np.uint8], corners: Corners, settings: PerspectiveSettings = SETTINGS) -> GrayImage:
    """Return a sheet as a rectangle, in gray or in color as it was given.

    Args:
        picture: Height × width, with or without color channels.
        corners: From `find_sheet`.
        settings: How far from A4 it may look.
    """
    width, height = _measure_sheet(corners, settings)
    target = np.array([(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)], np.float32)
    turn = cv2.getPerspectiveTransform(corners, target)
    # Above the middle value of both, cubic interpolation keeps thin strokes that linear one grays.
    flat = cv2.warpPerspective(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def _find_outline(small: GrayImage, settings: PerspectiveSettings) -> npt.NDArray[np.float32] | None:
    """Return the rim of the one bright thing on a picture, as points; None where it is not large."""
    smooth = cv2.medianBlur(small, 5)
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((settings.closed, settings.closed), np.uint8))
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < settings.area * small.size:
        return None
    return np.asarray(largest.reshape(-1, 2), np.float32)


def _fit_corners(
    outline: npt.NDArray[np.float32], shape: tuple[int, ...], settings: PerspectiveSettings
) -> Corners | None:
    hull = cv2.convexHull(outline)
    rough = cv2.approxPolyDP(hull, settings.corner * cv2.arcLength(hull, closed=True), closed=True).reshape(-1, 2)
    if len(rough) != _CORNERS:
        return None
    rough = _order(np.asarray(rough, np.float32))
    if cv2.contourArea(outline) < settings.solid * cv2.contourArea(rough):
        return None
    edges = [_fit_edge(outline, start, end, settings) for start, end in itertools.pairwise([*rough, rough[0]])]
    fitted = [edge for edge in edges if edge is not None and edge[1] <= settings.ragged * max(shape)]
    if len(fitted) != len(edges):
        return None
    lines = [line for line, _ in fitted]
    corners = np.array([_cross(lines[at - 1], lines[at]) for at in range(4)], np.float32)
    return corners if np.all(np.isfinite(corners)) else None


def _order(points: Corners) -> Corners:
    """Return four points from the top left one on, clockwise."""
    middle = points.mean(axis=0)
    turned = points[np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)


def _fit_edge(
    outline: npt.NDArray[np.float32],
    start: npt.NDArray[np.float32],
    end: npt.NDArray[np.float32],
    settings: PerspectiveSettings,
) -> tuple[npt.NDArray[np.float64], float] | None:
    """Return the straight line along an edge (a, b, c of ax + by = c), and how far its points lie from it."""
    along = end - start
    length = float(np.hypot(*along))
    if length < 1:
        return None
    offset = outline - start
    share = offset @ along / length**2
    aside = np.abs(offset @ np.array([-along[1], along[0]])) / length
    near = outline[(share > _MIDDLE[0]) & (share < _MIDDLE[1]) & (aside < settings.near * length)]
    if len(near) < settings.seen * length:
        return None
    dx, dy, x, y = (float(value) for value in cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
    line = np.array([-dy, dx, -dy * x + dx * y])
    return line, float(np.abs(near @ line[:2] - line[2]).mean())


def _cross(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    both = np.array([one[:2], other[:2]])
    if abs(np.linalg.det(both)) < _PARALLEL:
        return np.array([np.inf, np.inf])
    return np.asarray(np.linalg.solve(both, [one[2], other[2]]))


def _is_whole(corners: Corners, shape: tuple[int, ...]) -> bool:
    """Whether all corners lie within the picture: what is cut off cannot be laid flat."""
    return bool(np.all(corners > 0) and np.all(corners < (shape[1] - 1, shape[0] - 1)))


def _is_askew(corners: Corners, settings: PerspectiveSettings) -> bool:
    ways = [np.degrees(np.arctan2(*(end - start)[::-1])) for start, end in itertools.pairwise([*corners, corners[0]])]
    apart = [abs((ways[at] - ways[at + 2] + 180 + 180) % 360 - 180) for at in (0, 1)]
    return bool(settings.tilt <= max(apart) <= settings.most_tilt)


def _measure_sheet(corners: Corners, settings: PerspectiveSettings) -> tuple[int, int]:
    """Return the width and height of a sheet in pixels: of A4 where it looks about like that, either way up."""
    sides = [float(np.hypot(*(end - start))) for start, end in itertools.pairwise([*corners, corners[0]])]
    width, height = max(sides[0], sides[2]), max(sides[1], sides[3])
    for shape in (_A4, 1 / _A4):
        if abs(height / width / shape - 1) <= settings.a4:
            height = width * shape
    return round(width), round(height)
