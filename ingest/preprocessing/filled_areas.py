"""Dark heads and shaded rows → print on white, with the borders of what was filled.

Where a cell is filled, ink is what differs from its ground: white letters on a dark head as well as black ones on a
gray row. A binarized page has neither, and no line between a filled cell and its neighbor.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray


@dataclass(frozen=True, slots=True)
class FilledAreaSettings:
    """What is a filled area. Lengths are inches, tones are gray levels, shares are of one."""

    stroke: float = 0.035
    """Thickness of ink up to which it is a stroke of print and no area."""
    tint: int = 25
    """How much darker than paper an area is at least; the shadow of a fold is less."""
    least_width: float = 0.6
    least_height: float = 0.13
    """A smaller area is a bullet, a bar of a chart, part of a seal."""
    filled: float = 0.3
    """Share of its bounding box that it covers; a ring or a frame covers less."""
    even: float = 0.7
    """Share of it that has one of three tones; a photograph has many."""
    same_tone: int = 10
    """How far apart two levels are one tone."""
    window: float = 0.18
    """Side of the square over which the tone of the ground is taken; most of it is ground and not print."""
    corner: float = 0.065
    """Side of the square within which the ground may have either of two tones; at corners it is not told sharply."""
    step: int = 18
    """Difference of tone between two sides of a border."""
    border: float = 0.35
    """Least length of a border, that of a ruling line."""


@dataclass(frozen=True, slots=True)
class LiftedPage:
    """A page with its filled areas made white.

    Attributes:
        gray: Height × width, 0 black to 255 white; the page itself where it has no such area.
        edges: Height × width, 255 on the borders of the areas; None where there are none.
    """

    gray: Gray
    edges: Gray | None = None


_STEP = 4
"""Pixels of the page to one of the picture in which areas are looked for."""


def lift_filled_areas(gray: Gray, dpi: int, settings: FilledAreaSettings | None = None) -> LiftedPage:
    """Return a level page with filled areas as paper, and what stood on them in either tone as ink.

    Args:
        gray: Height × width, 0 black to 255 white.
        dpi: Resolution.
        settings: What is a filled area.
    """
    settings = settings or FilledAreaSettings()
    paper = float(np.percentile(gray[::_STEP, ::_STEP], 90))
    areas = _find_areas(gray, paper, dpi, settings)
    if not areas:
        return LiftedPage(gray)
    lifted, edges = gray.copy(), np.zeros_like(gray)
    for window, mask in areas:
        blurred = cv2.medianBlur(np.ascontiguousarray(gray[window]), round(settings.window * dpi) | 1)
        ground = np.asarray(blurred, np.uint8)
        contrast = _measure_contrast(gray[window], ground, round(settings.corner * dpi) | 1, paper)
        lifted[window] = np.where(mask, np.clip(paper - contrast, 0, 255).astype(np.uint8), lifted[window])
        edges[window] |= np.where(mask, _find_borders(ground.astype(np.int16), dpi, settings), 0).astype(np.uint8)
    return LiftedPage(lifted, edges)


_Window = tuple[slice, slice]


def _find_areas(
    gray: Gray, paper: float, dpi: int, settings: FilledAreaSettings
) -> list[tuple[_Window, npt.NDArray[np.bool_]]]:
    """Return the windows of the page that hold a filled area, each with the mask of it and of its rim."""
    wide = round(settings.stroke * dpi) | 1
    light = np.asarray(cv2.dilate(gray, np.ones((wide, wide), np.uint8)), np.uint8)[::_STEP, ::_STEP]
    # White letters, which the widening of light has made larger, are part of the area that they stand on.
    dark = cv2.morphologyEx(
        (light < paper - settings.tint).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    found = []
    rim = wide + _STEP
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        if width * _STEP < settings.least_width * dpi or height * _STEP < settings.least_height * dpi:
            continue
        own = labels == label
        if area < settings.filled * width * height or not _is_even(light[own], settings):
            continue
        window = (
            slice(max(top * _STEP - rim, 0), (top + height) * _STEP + rim),
            slice(max(left * _STEP - rim, 0), (left + width) * _STEP + rim),
        )
        size = gray.shape[1], gray.shape[0]
        full = cv2.resize(own.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)[window]
        mask = cv2.dilate(full, np.ones((2 * rim + 1, 2 * rim + 1), np.uint8)) > 0
        found.append((window, np.asarray(mask, np.bool_)))
    return found


def _is_even(tones: npt.NDArray[np.uint8], settings: FilledAreaSettings) -> bool:
    """Tell whether most of an area has one of three tones."""
    counts = np.bincount(tones, minlength=256).astype(np.float64)
    share = 0.0
    for _ in range(3):
        middle = int(counts.argmax())
        tone = slice(max(middle - settings.same_tone, 0), middle + settings.same_tone + 1)
        share += counts[tone].sum() / len(tones)
        counts[tone] = 0
    return share >= settings.even


def _measure_contrast(gray: Gray, ground: Gray, corner: int, paper: float) -> npt.NDArray[np.float32]:
    """Return how far each pixel differs from the tones of the ground around it, black on white being `paper`."""
    square = np.ones((corner, corner), np.uint8)
    darkest = cv2.erode(ground, square).astype(np.float32)
    lightest = cv2.dilate(ground, square).astype(np.float32)
    apart = np.maximum(np.maximum(darkest - gray, gray - lightest), 0.0)
    return np.asarray(apart * paper / np.maximum(ground, paper - ground), np.float32)


def _find_borders(ground: npt.NDArray[np.int16], dpi: int, settings: FilledAreaSettings) -> Gray:
    """Return where the tone of the ground changes along a straight line, across or down, as long as a ruling line."""
    steps = np.zeros((2, *ground.shape), np.uint8)
    steps[0, 1:-1] = (np.abs(ground[2:] - ground[:-2]) > settings.step) * 255
    steps[1, :, 1:-1] = (np.abs(ground[:, 2:] - ground[:, :-2]) > settings.step) * 255
    long = round(settings.border * dpi)
    across = cv2.morphologyEx(steps[0], cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down = cv2.morphologyEx(steps[1], cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(across, down), np.uint8)
