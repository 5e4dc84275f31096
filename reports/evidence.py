"""What a finding rests on: the value at a path of the record, its page, its place and how it was read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from models.document import Document, Page
from models.field import Box, Field
from models.record_path import resolve


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place of a record; page and box are None where the record does not tell them.

    Attributes:
        path: Such as `annexes[0].rows[14].body`.
        raw: What was read there, empty where the path names more than one value.
    """

    path: str
    page: int | None = None
    box: Box | None = None
    raw: str = ""


def locate(document: Document, path: str) -> Evidence:
    """Return what a path names. One that names nothing, as of an earlier reading, gives the path alone."""
    value = resolve(document, path)
    if isinstance(value, Field):
        said = value.raw or ("" if value.value is None else str(getattr(value.value, "label", value.value)))
        return Evidence(path, value.page, value.box, " ".join(said.split()))
    parent = resolve(document, path.rpartition(".")[0])
    if isinstance(parent, Page):
        return Evidence(path, parent.number)
    return _around(path, list(_fields_within(value)))


def format_pages(places: Iterable[Evidence]) -> str:
    """Return the pages of some places, each once: 1, 3."""
    return ", ".join(map(str, sorted({place.page for place in places if place.page is not None})))


def _around(path: str, fields: Sequence[Field[Any]]) -> Evidence:
    """Return the place of a part of a record that is no value itself, such as a row: that of its values on one page."""
    page = next((field.page for field in fields if field.page is not None), None)
    boxes = [field.box for field in fields if field.page == page and field.box is not None]
    return Evidence(path, page, reduce(Box.union, boxes) if boxes else None)


def _fields_within(value: Any) -> Iterator[Field[Any]]:  # noqa: ANN401 - any part of a record
    """Yield the values that a part of a record has, such as those of a row."""
    for name in getattr(type(value), "model_fields", {}):
        field = getattr(value, name)
        if isinstance(field, Field):
            yield field
