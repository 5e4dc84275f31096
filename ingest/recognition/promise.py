"""How often a value that nobody is asked about may be wrong: a share measured, and what it is at most."""

import json
from dataclasses import dataclass
from importlib import resources

MOST_SILENT = 0.001
"""Share of silently wrong values that an office can live with: one of a thousand."""
_SURE = 0.95
"""How sure a bound is."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was measured of one kind of value, on lines that nothing was fitted to.

    Attributes:
        kind: `number` or `words`.
        values: How many were read.
        right: How many of them were read right.
        threshold: Confidence under which a value asks.
        stood_by: How many did not ask.
        silent: How many of these were wrong.
        asks: How many asked though they were right.
        strict: Confidence under which a value would have to ask, so that no more than `MOST_SILENT` are silently
            wrong; None where no threshold gives that much certainty with so many values.
        asks_strict: How many that are right would ask then.
    """

    kind: str
    values: int
    right: int
    threshold: float
    stood_by: int
    silent: int
    asks: int
    strict: float | None
    asks_strict: int

    @property
    def bound(self) -> float:
        """The share of silently wrong values among those stood by, at most."""
        return bound_share(self.silent, self.stood_by)


def bound_share(wrong: int, count: int) -> float:
    """Return the share that wrong values have at most, with 95 % certainty: Clopper and Pearson's upper bound.

    Source: C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934).
    """
    from scipy.stats import beta  # half a second, which nobody else need wait for

    return 1.0 if wrong >= count else float(beta.ppf(_SURE, wrong + 1, count - wrong))


def read_promises(model: str, reader: str) -> list[Promise]:
    """Return what was measured of a model that ships, by bench/promise.py; nothing of any other."""
    file = resources.files("ingest") / "tessdata" / f"{model}.promise.json"
    if not file.is_file():
        return []
    return [Promise(**each) for each in json.loads(file.read_text("utf-8")).get(reader, ())]
