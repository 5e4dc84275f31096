"""One-to-one assignment of least cost, and how much dearer it becomes without each of its pairs."""

from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.distance import Costs

_NEVER: Final = 1e6
"""Cost of a pair that may not be."""
_CLEAREST: Final = 1e3
"""Margin above which nothing becomes clearer."""
_MOST_ROWS: Final = 1000
"""Rows whose margins are computed, in half a minute at most; no province has half as many bodies."""


def assign(costs: Costs, idle: Costs) -> tuple[npt.NDArray[np.intp], Costs]:
    """Return the column that each row is given, -1 where it is none, and the margin of each row.

    Beyond a thousand rows all margins are 0: nothing is clear then.

    Args:
        costs: What each column costs each row, shape (rows, columns).
        idle: What it costs each row to have no column, shape (rows,).
    """
    # What a column saves a row against having none. One that saves nothing is no better than none, so that rows
    # without a column need none of their own: their number would make the table square in the rows.
    savings = np.minimum(costs - idle[:, None], 0.0)
    given = np.full(len(costs), -1, dtype=np.intp)
    from scipy.optimize import linear_sum_assignment  # 50 MB and 0.5 s that a page of a letter need not pay

    rows, columns = linear_sum_assignment(savings)
    taken = savings[rows, columns] < 0
    given[rows[taken]] = columns[taken]
    return given, _margins(costs, idle, given)


def _margins(costs: Costs, idle: Costs, given: npt.NDArray[np.intp]) -> Costs:
    """Return what the next best assignment costs more in which a row has not what it has.

    Such an assignment hands columns on in a ring: each row of it takes what the next one had, or something that is
    free. The cheapest ring through every row is found over all rows at once (Floyd and Warshall).
    """
    rows, columns = costs.shape
    if rows > _MOST_ROWS:
        return np.zeros(rows)  # nothing is clear then
    taken = given >= 0
    own = idle.copy()
    own[taken] = costs[taken, given[taken]]
    free = np.setdiff1d(np.arange(columns), given)
    ring = np.full((rows + 1, rows + 1), _NEVER)
    ring[:rows, :rows][:, taken] = costs[:, given[taken]] - own[:, None]
    np.fill_diagonal(ring, _NEVER)
    to_free = costs[:, free].min(axis=1, initial=_NEVER)
    ring[:rows, rows] = np.where(taken, np.minimum(to_free, idle), to_free) - own
    ring[rows, :rows] = 0.0
    for step in range(rows + 1):
        np.minimum(ring, ring[:, step, None] + ring[step], out=ring)
    margins: Costs = np.clip(np.round(np.diagonal(ring)[:rows], 3), 0.0, _CLEAREST)
    return margins
