"""The runs of ink across a binarized picture, and which of them touch.

Ink is a twentieth of a page: what is worked out on its runs, 100,000 of a page at 300 dpi, takes a fraction of what
each pass over nine million pixels does.
"""

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.pixels import GrayImage

Indices = npt.NDArray[np.int64]
"""Whole numbers: one of each run, or of each component."""
_WORD, _BYTE = 64, 8
"""Pixels that are looked at together, as the bits of a number, and of a byte: most are of paper alone."""


@dataclass(frozen=True)
class InkRuns:
    """The runs of ink of a picture, in reading order.

    Attributes:
        starts, stops: Where each begins, and the first pixel beyond it: its row times `stride`, plus its column.
        stride: More than the width of the picture, so that no run touches one of the next row around its border.
        shape: Height and width of the picture.
    """

    starts: Indices
    stops: Indices
    stride: int
    shape: tuple[int, int]

    @functools.cached_property
    def rows(self) -> Indices:
        """The row of each run."""
        return np.asarray(self.starts // self.stride)

    @functools.cached_property
    def lefts(self) -> Indices:
        """The column that each run begins in."""
        return np.asarray(self.starts - self.rows * self.stride)

    @property
    def rights(self) -> Indices:
        """The column behind each run."""
        return np.asarray(self.stops - self.rows * self.stride)

    @property
    def lengths(self) -> Indices:
        """How many pixels each run has."""
        return np.asarray(self.stops - self.starts)

    def select(self, wanted: npt.NDArray[np.bool_]) -> "InkRuns":
        """Return some of the runs."""
        return InkRuns(self.starts[wanted], self.stops[wanted], self.stride, self.shape)

    def list_pixels(self) -> Indices:
        """Return the indices of all pixels of the runs in the flat picture."""
        lengths, width = self.lengths, self.shape[1]
        first = self.rows * width + self.lefts
        before = np.cumsum(lengths) - lengths
        return np.asarray(np.repeat(first - before, lengths) + np.arange(int(lengths.sum())))

    def find_run(self, places: Indices) -> Indices:
        """Return the run that is at each of some places, given as `starts` are, or the last one before it."""
        return np.asarray(np.searchsorted(self.starts, places, side="right") - 1)


def find_runs(ink: GrayImage) -> InkRuns:
    """Return the runs of a picture's pixels that are not 0."""
    height, width = ink.shape
    stride = width + _WORD - width % _WORD  # one bit of paper at least ends each row
    bits = np.zeros((height, stride // _BYTE), np.uint8)
    packed = np.packbits(ink, axis=1)
    bits[:, : packed.shape[1]] = packed
    flat = bits.ravel()
    turns = flat >> 1
    turns[1:] |= flat[:-1] << 7
    turns ^= flat  # the pixels that differ from the one before
    words = np.flatnonzero(turns.view(np.uint64))
    mixed = np.asarray(turns.reshape(-1, _WORD // _BYTE)[words], np.uint8)
    found = np.flatnonzero(np.unpackbits(mixed).view(np.bool_))
    places = words[found // _WORD] * _WORD + found % _WORD
    return InkRuns(places[::2], places[1::2], stride, (height, width))


def join_runs(runs: InkRuns, *, corners: bool) -> Indices:
    """Return the component of each run, from 0, numbered in reading order of their first pixels.

    Args:
        runs: The runs.
        corners: Whether runs that touch at a corner are of one component.
    """
    beyond = int(corners)
    first = np.searchsorted(runs.stops, runs.starts - runs.stride + 1 - beyond)
    behind = np.searchsorted(runs.starts, runs.stops - runs.stride + beyond)
    count = np.maximum(behind - first, 0)
    owners = np.where(count > 0, first, np.arange(len(first)))
    owners = _find_roots(owners)
    more = np.flatnonzero(count > 1)
    extra = count[more] - 1
    one = np.repeat(more, extra)
    other = np.repeat(first[more] + 1, extra) + np.arange(len(one)) - np.repeat(np.cumsum(extra) - extra, extra)
    while True:
        # Of two components that touch the later is hung below the earlier; at least half of them go in each round.
        low, high = np.minimum(owners[one], owners[other]), np.maximum(owners[one], owners[other])
        apart = low < high
        if not apart.any():
            break
        one, other = one[apart], other[apart]
        np.minimum.at(owners, high[apart], low[apart])
        owners = _find_roots(owners)
    return np.asarray(np.cumsum(owners == np.arange(len(owners)))[owners] - 1)


def _find_roots(parents: Indices) -> Indices:
    """Return what each hangs below in the end."""
    while not np.array_equal(above := parents[parents], parents):
        parents = above
    return parents
