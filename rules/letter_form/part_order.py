"""Where the parts of a letter stand on its pages, and which of them are out of the order of its form."""

from collections.abc import Iterator, Sequence
from typing import Final

from models.field import Field, Record
from models.letter import Letter, LetterKind

_LINE: Final = 0.012
"""How far a part may stand above one that comes before it, as a share of the page: half a line, as on one line."""
_OPENING: Final = ("date", "subject", "recipients", "references", "enclosures", "body")
ORDER: Final[dict[LetterKind, tuple[tuple[str, ...], ...]]] = {
    LetterKind.EXTERNAL_LETTER: (
        ("number", "issuer"),
        *((name,) for name in (*_OPENING, "closing", "signer", "unit")),
    ),
    LetterKind.INTERNAL_MEMO: (
        ("issuer",),
        ("number", "date"),
        *((name,) for name in (*_OPENING[1:], "signer")),
    ),
    LetterKind.STAMPED_LETTER: (("number",), ("recipients",), ("body",), ("issuer",), ("date",), ("unit",)),
}
"""Parts of each kind of letter from top to bottom; those of one group stand side by side, or in any order."""

Place = tuple[int, float]
"""Page, and distance from its top as a share of the page."""


def displaced(letter: Letter) -> tuple[list[str], list[str]]:
    """Return the parts of a letter that stand in order, and those that do not.

    Out of order are the fewest parts without which the others are in it, so that one date read at the wrong end of
    the page is told of alone. Parts without a place, as in plain text, are in neither.
    """
    found = [
        (group, place, name)
        for group, names in enumerate(ORDER.get(letter.kind, ()))
        for name in names
        if (place := _place(getattr(letter, name))) is not None
    ]
    kept = _longest(found)
    return [name for _, _, name in kept], [part[2] for part in found if part not in kept]


def _longest(parts: Sequence[tuple[int, Place, str]]) -> list[tuple[int, Place, str]]:
    """Return the longest run of parts of which none stands above one of an earlier group."""
    best: list[list[tuple[int, Place, str]]] = []
    for part in parts:
        before = [run for run in best if all(_fits(other, part) for other in run)]
        best.append([*max(before, key=len, default=[]), part])
    return max(best, key=len, default=[])


def _fits(above: tuple[int, Place, str], below: tuple[int, Place, str]) -> bool:
    if above[0] == below[0]:
        return True
    (page, y), (other_page, other_y) = above[1], below[1]
    return page < other_page or (page == other_page and y <= other_y + _LINE)


def _place(value: object) -> Place | None:
    """Return where a part begins: a field, the first of several, or that of a part of parts."""
    places = [
        (field.page, field.box.y0) for field in _fields(value) if field.page is not None and field.box is not None
    ]
    return min(places, default=None)


def _fields(value: object) -> Iterator[Field[object]]:
    if isinstance(value, Field):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _fields(each)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _fields(getattr(value, name))
