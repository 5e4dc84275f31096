"""The one-to-one assignment of names to names that makes them, all in all, most alike."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

_BLOCK: Final = 512
"""Names compared at once, which bounds the memory: 512 against 100,000 is 51 MB."""


def most_alike(before: Sequence[str], after: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Return the pairs of places, each used once, whose likeness sums to the most.

    Args:
        before: Names of the earlier round.
        after: Names of the later round.
        least: Likeness, 0 to 1, under which two names are never paired.
    """
    rows, columns, likeness = _edges(before, after, least)
    if not len(rows):
        return []
    # Names that no likeness joins cannot compete, so each cluster is assigned by itself: few large tables, many small.
    graph = coo_array((likeness, (rows, len(before) + columns)), shape=(len(before) + len(after),) * 2)
    _, cluster = connected_components(graph, directed=False)
    return sorted(pair for edges in _clusters(cluster[rows]) for pair in _assign(rows, columns, likeness, edges))


def _edges(before: Sequence[str], after: Sequence[str], least: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found = [(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.uint8))]
    for start in range(0, len(before), _BLOCK):
        part = before[start : start + _BLOCK]
        alike = process.cdist(part, after, scorer=fuzz.ratio, dtype=np.float32, score_cutoff=least * 100)
        at = np.nonzero(alike)
        found.append((at[0] + start, at[1], alike[at]))
    rows, columns, likeness = (np.concatenate(each) for each in zip(*found, strict=True))
    return rows, columns, likeness


def _clusters(cluster: np.ndarray) -> Iterator[np.ndarray]:
    order = np.argsort(cluster, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(cluster[order])) + 1)


def _assign(
    rows: np.ndarray, columns: np.ndarray, likeness: np.ndarray, edges: np.ndarray
) -> Iterator[tuple[int, int]]:
    ours, a = np.unique(rows[edges], return_inverse=True)
    theirs, b = np.unique(columns[edges], return_inverse=True)
    table = np.zeros((len(ours), len(theirs)))
    table[a, b] = likeness[edges]
    for i, j in zip(*linear_sum_assignment(table, maximize=True), strict=True):
        if table[i, j] > 0:
            yield int(ours[i]), int(theirs[j])
