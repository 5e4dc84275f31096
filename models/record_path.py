"""Paths into a record, such as `annexes[0].rows[14].body`: what stands there, and the values within it."""

import re
from collections.abc import Iterator
from typing import Any

from models.annex import Row
from models.field import Field, Record

_STEP = re.compile(r"(?P<name>[A-Za-z_][A-Za-z_0-9]*)|\[(?P<index>\d+)\]")
_SAID_BY_A_ROW = ("sequence", "district", "body", "status")


def resolve(record: object, path: str) -> Any:  # noqa: ANN401 - any part of a record
    """Return what a path names, None where it names nothing, as one of an earlier reading may."""
    for step in _STEP.finditer(path):
        try:
            if step["index"] is not None:
                record = record[int(step["index"])]  # type: ignore[index]
            elif isinstance(record, dict):
                record = record[step["name"]]
            else:
                record = getattr(record, step["name"])
        except (AttributeError, IndexError, KeyError, TypeError):
            return None
    return record


def iterate_fields(part: object) -> Iterator[Field[Any]]:
    """Yield the values within a part of a record: itself, those of its parts, and so on.

    Of a row of a table only what it says of its body is yielded (number, district, name, status), and of all rows of
    one nothing: a rule that names these counts them, and a doubted name does not touch that.
    """
    if isinstance(part, Field):
        yield part
    elif isinstance(part, Row):
        for name in _SAID_BY_A_ROW:
            yield getattr(part, name)
    elif isinstance(part, dict):
        for value in part.values():
            yield from iterate_fields(value)
    elif isinstance(part, tuple | list):
        for value in part:
            if not isinstance(value, Row):
                yield from iterate_fields(value)
    elif isinstance(part, Record):
        for name in type(part).model_fields:
            yield from iterate_fields(getattr(part, name))
