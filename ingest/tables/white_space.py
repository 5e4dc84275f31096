"""Where ink leaves paper free: the lines of text in a window, and the white gaps down and between them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ingest.sources.page_image import Gray

Span = tuple[int, int]
"""First and one past the last pixel, in one direction."""
Inked = npt.NDArray[np.bool_]
"""What is inked, one value for each pixel of a direction."""

_DUST_GAP = 1 / 70
"""Gap in inches over which rows of ink are one line of print."""
_LEAST_PIXELS = 2
"""Pixels of ink in a row of pixels below which it is dust."""


def find_runs(true: Inked) -> list[Span]:
    """Return the runs of true values."""
    turns = np.nonzero(np.diff(np.pad(true.astype(np.int8), 1)))[0]
    return [(int(start), int(end)) for start, end in zip(turns[::2], turns[1::2], strict=True)]


def find_text_lines(ink: Gray, dpi: int, least: float) -> list[Span]:
    """Return where rows of pixels hold ink, as runs as high as print; dust and small gaps do not count.

    Args:
        ink: A window of the page, height × width, ink not 0.
        dpi: Its resolution.
        least: Least height of a line in inches.
    """
    inked = np.count_nonzero(ink, axis=1) >= _LEAST_PIXELS
    joined: list[Span] = []
    for start, end in find_runs(inked):
        if joined and start - joined[-1][1] <= max(2, int(_DUST_GAP * dpi)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(top, bottom) for top, bottom in joined if bottom - top >= least * dpi]


def find_gaps(inked: Inked, least: float) -> list[float]:
    """Return the middles of the white gaps of at least so many pixels, but for those at the ends."""
    return [(start + end) / 2 for start, end in find_white_spans(inked, least)]


def find_white_spans(inked: Inked, least: float) -> list[Span]:
    """Return the white gaps of at least so many pixels, but for those at the ends."""
    return [(start, end) for start, end in find_runs(~inked) if end - start >= least and start > 0 and end < len(inked)]


def get_profiles(ink: Gray, spans: Sequence[Span]) -> npt.NDArray[np.bool_]:
    """Return for each span of rows of pixels which columns of pixels are inked (spans × width)."""
    if not spans:
        return np.zeros((0, ink.shape[1]), np.bool_)
    return np.array([ink[top:bottom].any(axis=0) for top, bottom in spans], np.bool_)
