"""Names of which a stroke or a stamp hides so much that they are near no body: what is left may be of one body only."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gazetteer.kinds import bare, split_kind
from models.annex import BodyKind, BodyRef
from models.field import Field
from models.register import Body

_FEWEST: Final = 2
"""Letters of a name that were read in their order at least, after a kind that was read."""
_FEWEST_ALONE: Final = 3
"""The same where no kind was."""
_SHARE: Final = 0.5
"""Share of the letters read that a name must have: more that it lacks are of another one."""
_CLEAR: Final = 2
"""Letters more of one name than of any other that were read, where several are left."""
_HIDING: Final = frozenset({"overlaid", "unreadable"})
_UNSURE: Final = 0.5
"""Confidence below which a reading may hide as much, though nothing was seen over it."""
_LETTERS = re.compile("[^ก-๎]")


@dataclass(frozen=True, slots=True)
class HiddenName:
    """A row without a body, and what was read there.

    Attributes:
        row: Its place.
        readings: The kind, None where it was not read, and the letters of the name, by each reader.
    """

    row: int
    readings: tuple[tuple[BodyKind | None, str], ...]

    def count_letters(self, body: Body) -> int:
        """Return how many letters of a body's name were read in their order; 0 where the reading is of another."""
        from rapidfuzz.distance import LCSseq

        name, best = bare(body.name), 0
        for kind, letters in self.readings:
            common = LCSseq.similarity(letters, name)
            fewest = _FEWEST if kind is body.kind else _FEWEST_ALONE
            if kind in (None, body.kind) and common >= max(fewest, _SHARE * len(letters)):
                best = max(best, common)
        return best


def find_hidden_names(fields: Sequence[Field[BodyRef]], rows: Sequence[int]) -> list[HiddenName]:
    """Return those of some rows in whose cell something hides letters, with what was read of them."""
    return [
        HiddenName(row, tuple(_split(text) for text in (fields[row].raw, fields[row].other) if text))
        for row in rows
        if fields[row].confidence < _UNSURE or not _HIDING.isdisjoint(fields[row].review)
    ]


def _split(text: str) -> tuple[BodyKind | None, str]:
    """Return the kind and the Thai letters of a name, without the lines before the one that begins with a kind."""
    lines = text.split("\n")
    headed = next((at for at, line in enumerate(lines) if split_kind(line)[0] is not None), 0)
    kind, name = split_kind("".join(lines[headed:]))
    return kind, _LETTERS.sub("", name)


def place_hidden_names(
    hidden: Sequence[HiddenName], bodies: Sequence[Body], may_be: npt.NDArray[np.bool_], doubtful: Collection[int] = ()
) -> dict[int, int]:
    """Return the body of each row that can be of one only: the only one left, or by far most of its letters read.

    One that is found leaves fewer to the others; one that two rows may be is neither's.

    Args:
        hidden: Rows without a body.
        bodies: The bodies of the province.
        may_be: Which of them (columns) are of the district of a row (rows) and surely no other row's.
        doubtful: Those of them that another row may be as well: they are left, but no hidden name is told to be one.
    """
    found: dict[int, int] = {}
    left = may_be.copy()
    while True:
        claims = {name.row: _find_only(name, bodies, left[name.row]) for name in hidden if name.row not in found}
        claimed = [at for at in claims.values() if at is not None]
        sole = {
            row: at for row, at in claims.items() if at is not None and claimed.count(at) == 1 and at not in doubtful
        }
        if not sole:
            return found
        found.update(sole)
        left[:, list(sole.values())] = False


def _find_only(name: HiddenName, bodies: Sequence[Body], left: npt.NDArray[np.bool_]) -> int | None:
    """Return the one body that a hidden name may be."""
    kinds = {kind for kind, _ in name.readings if kind is not None}
    of_kind = [at for at, body in enumerate(bodies) if left[at] and (not kinds or body.kind in kinds)]
    read = sorted(((name.count_letters(bodies[at]), at) for at in of_kind), reverse=True)
    if not read or not read[0][0]:
        return None
    others = max((count for count, _ in read[1:]), default=None)
    return read[0][1] if others is None or read[0][0] >= others + _CLEAR else None
