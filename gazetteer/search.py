"""Looking bodies up: by name, by key, as of a day."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from gazetteer.kinds import bare, split_kind
from models.register import Body, Register
from thai.text import skeleton

_ALIKE: Final = 75.0
"""Likeness of two names, 0 to 100, from which one is shown for the other: two letters of eight may differ."""
_MOST: Final = 50
"""Bodies that are shown: more are no answer."""
_SAME: Final = 101.0
"""Likeness of the very name: beyond all that merely hold it."""
_PART: Final = 100.0
"""Likeness of a name that holds what is looked for."""


def search(register: Register, text: str, province: str | None = None, on: dt.date | None = None) -> list[Body]:
    """Return the bodies that a text names or nearly names, the likeliest first.

    Args:
        register: Where they are looked for.
        text: A name, with its kind or without, or a part of one.
        province: For the bodies of one province.
        on: As of a day; without, as they stand now.
    """
    kind, name = split_kind(text)
    wanted = skeleton(bare(name))
    standing = (body for body in register.bodies if body.valid_on(on) and province in (None, "", body.province))
    scored = ((_likeness(wanted, body), body) for body in standing if kind in (None, body.kind))
    found = [(likeness, body) for likeness, body in scored if likeness >= _ALIKE]
    if any(likeness >= _PART for likeness, _ in found):
        found = [(likeness, body) for likeness, body in found if likeness >= _PART]
    found.sort(key=lambda scored: (-scored[0], scored[1].province, scored[1].district))
    return [body for _, body in found[:_MOST]]


def _likeness(wanted: str, body: Body) -> float:
    """Return how alike a name is to a body's: beyond 100 the same, 100 where it is a part of it."""
    own = skeleton(bare(body.name))
    if own == wanted:
        return _SAME
    return _PART if wanted and wanted in own else fuzz.ratio(wanted, own)


def named(register: Register, key: str) -> Iterator[Body]:
    """Yield every standing of the bodies with a key, or with a name in full and, after a comma, a province.

    `6530305` and `อบต.ท่าแฝก, อุตรดิตถ์` name one; without its province a name may be that of several.
    """
    label, _, province = (part.strip() for part in key.partition(","))
    for body in register.bodies:
        same = bare(body.label) == bare(label) and (not province or body.province == province)
        if body.code == key.strip() or same:
            yield body
