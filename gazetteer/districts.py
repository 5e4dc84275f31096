"""Which district each row is of: its name as read, what its bodies say, and that the rows of a district stand together.

The cheapest way through the rows is found over all of them at once (Viterbi). A name read in full stands as it is.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from gazetteer.distance import Costs, distances
from gazetteer.kinds import bare
from models.field import Candidate, Field, Repair

FAR = 0.4
"""Cost a letter above which a name is none of those that it is held against."""
_SWITCH = 1.0
"""Cost of going on in another district than the row before."""
_CLEAR_MARGIN = 0.9
"""Weighted edits by which the next best way must be dearer: nearly a letter."""
_CLEAR_VOTE = 3.0
"""Margin from which the bodies of a block say which district it is, however it was read."""
_CANDIDATES = 3
"""Districts that are named, the chosen one among them."""
_CAPITAL = "เมือง"


def district_name(raw: str) -> str:
    """Return a district's name without the word อำเภอ before it."""
    name = bare(raw)
    for word in ("อำเภอ", "อ."):
        if name.startswith(word):
            return name.removeprefix(word)
    return name


def settle_districts(read: Sequence[Field[str]], names: Sequence[str], evidence: Costs) -> list[Field[str]]:
    """Return the district of each row, with a value of None where neither its name nor its bodies tell it.

    Args:
        read: The districts as read, row by row.
        names: The districts of the province.
        evidence: What each row's body costs at least (rows) in each of these districts (columns).
    """
    raws = [_as_register(field.raw, names) for field in read]
    if not names:
        return [_unread(field, raw) for field, raw in zip(read, raws, strict=True)]
    # Rows that read alike on end are one reading: of one merged cell, or of a district carried down.
    runs = [[index for index, _ in run] for _, run in groupby(enumerate(raws), key=lambda each: each[1])]
    readings = [raws[run[0]] for run in runs]
    spelt = distances(readings, names)
    emission = np.array([evidence[run].sum(axis=0) for run in runs])
    emission += np.where([[bool(raw)] for raw in readings], spelt, 0.0)
    whole = _through(emission)
    settled: list[Field[str]] = []
    for run, raw, cost, least in zip(runs, readings, spelt, whole, strict=True):
        settled.extend(_settled(read[index], raw, names, cost, least) for index in run)
    return settled


def _as_register(raw: str, names: Sequence[str]) -> str:
    name = district_name(raw)
    if name.rstrip("ฯ") == _CAPITAL:
        # offices leave out the province's name; no province has two districts that begin so
        return next((each for each in names if each.startswith(_CAPITAL)), name)
    return name


def _through(emission: Costs) -> Costs:
    """Return, for each run and district, the cost of the cheapest way through all runs that has it there."""
    forth, back = emission.copy(), emission.copy()
    for index in range(1, len(emission)):
        before = forth[index - 1]
        forth[index] += np.minimum(before, before.min() + _SWITCH)
    for index in range(len(emission) - 2, -1, -1):
        after = back[index + 1]
        back[index] += np.minimum(after, after.min() + _SWITCH)
    through: Costs = forth + back - emission
    return through


def _settled(field: Field[str], raw: str, names: Sequence[str], spelt: Costs, whole: Costs) -> Field[str]:
    if raw in names:
        return field.model_copy(update={"value": raw})
    order = [int(each) for each in np.argsort(whole, kind="stable")]
    chosen = order[0]
    cost = float(spelt[chosen])
    margin = round(float(whole[order[1]] - whole[chosen]), 3) if len(order) > 1 else None
    if not raw:
        if field.page is not None and margin is not None and margin >= _CLEAR_VOTE:
            told = Repair(rule="register.bodies", cost=cost, margin=margin)
            field = field.model_copy(update={"value": names[chosen], "repair": told})
        return _unread(field, raw)
    repair = Repair(
        rule="register.nearest" if cost == spelt.min() else "register.bodies",
        cost=cost,
        margin=margin,
        candidates=tuple(Candidate(value=names[i], cost=float(spelt[i])) for i in order[1:_CANDIDATES]),
    )
    if cost > FAR * len(names[chosen]) and (margin is None or margin < _CLEAR_VOTE):
        return field.model_copy(update={"value": None, "repair": repair}).doubted("district.unknown")
    value = field.model_copy(update={"value": names[chosen], "repair": repair})
    return value if margin is None or margin >= _CLEAR_MARGIN else value.doubted("district.ambiguous")


def _unread(field: Field[str], raw: str) -> Field[str]:
    return field.doubted("district.unread") if not raw and field.page is not None else field
