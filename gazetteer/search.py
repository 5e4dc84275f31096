"""Looking bodies up: by name, by key, as of a day."""

import datetime as dt
from collections.abc import Iterator

from rapidfuzz import fuzz

from gazetteer.kinds import bare, split_kind
from models.register import Body, Register
from thai.text import skeleton

_ALIKE = 75
_MOST = 50


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
    found = []
    for body in register.bodies:
        if not body.valid_on(on) or (province and body.province != province) or (kind and body.kind is not kind):
            continue
        own = skeleton(bare(body.name))
        likeness = 101.0 if own == wanted else 100.0 if wanted and wanted in own else fuzz.ratio(wanted, own)
        if likeness >= _ALIKE:
            found.append((-likeness, body.province, body.district, body))
    if any(score <= -100 for score, *_ in found):
        found = [each for each in found if each[0] <= -100]
    return [body for *_, body in sorted(found, key=lambda each: each[:3])][:_MOST]


def named(register: Register, key: str) -> Iterator[Body]:
    """Yield every standing of the bodies with a key, or with a name in full and, after a comma, a province.

    `6530305` and `อบต.ท่าแฝก, อุตรดิตถ์` name one; without its province a name may be that of several.
    """
    label, _, province = (part.strip() for part in key.partition(","))
    for body in register.bodies:
        same = bare(body.label) == bare(label) and (not province or body.province == province)
        if body.code == key.strip() or same:
            yield body
