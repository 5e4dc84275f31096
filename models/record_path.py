"""Paths into a record, such as `annexes[0].rows[14].body`: what stands there, what is within it, and replacing it."""

import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from models.annex import Row
from models.field import Field, Record

R = TypeVar("R", bound=BaseModel)
Step = str | int

_STEP = re.compile(r"(?:^|\.)([A-Za-z_][A-Za-z_0-9]*)|\[([0-9]{1,7})\]")
_SAID_BY_A_ROW = ("sequence", "district", "body", "status")
_INDEX = re.compile(r"\[[0-9]+\]")


def parse_path(path: str) -> tuple[Step, ...]:
    """Return the steps of a path: names of fields or keys, and indices from 0.

    Raises:
        ValueError: The text is no path.
    """
    steps: list[Step] = []
    position = 0
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None:
            raise ValueError(path)
        steps.append(step[1] if step[1] is not None else int(step[2]))
        position = step.end()
    if not steps:
        raise ValueError(path)
    return tuple(steps)


def template(path: str) -> str:
    """Return a path without its indices: `annexes[].rows[].body`. Values of one meaning have the same one."""
    return _INDEX.sub("[]", path)


def parent(path: str) -> str:
    """Return the path of the part that holds a value: `annexes[0].rows[14]`; empty for a part of the document."""
    return path.rpartition(".")[0]


def resolve(record: object, path: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what a path names; None where it names nothing, as a path of an earlier reading may."""
    part: Any = record
    try:
        for step in parse_path(path):
            part = _follow(part, step)
    except (ValueError, LookupError, TypeError):
        return None
    return part


def get_field(record: BaseModel, path: str) -> Field[Any] | None:
    """Return the field that a path names; None where it names none."""
    part = resolve(record, path)
    return part if isinstance(part, Field) else None


_WALKED: Final = (BaseModel, tuple, dict)
"""What may hold fields."""


def walk_fields(record: object, path: str = "") -> Iterator[tuple[str, Field[Any]]]:
    """Yield every field within a record with its path, in the order of the record."""
    if isinstance(record, Field):
        yield path, record
    elif isinstance(record, BaseModel):
        for name in type(record).model_fields:
            part = getattr(record, name)
            if isinstance(part, _WALKED):  # most parts are texts and numbers, and a call for each is half of the walk
                yield from walk_fields(part, f"{path}.{name}" if path else name)
    elif isinstance(record, tuple):
        for index, part in enumerate(record):
            if isinstance(part, BaseModel):
                yield from walk_fields(part, f"{path}[{index}]")
    elif isinstance(record, dict):
        for key, part in record.items():
            yield from walk_fields(part, f"{path}.{key}")


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


def put_part(record: R, path: str, part: object) -> R:
    """Return the record with another part at a path that names one; all beside it is shared with the old record."""
    put: R = _put(record, parse_path(path), part)
    return put


def _follow(part: Any, step: Step) -> Any:  # noqa: ANN401
    if isinstance(step, int):
        if not isinstance(part, tuple):
            raise LookupError(step)  # noqa: TRY004 - a path that leads nowhere, whatever the reason
        return part[step]
    if isinstance(part, dict):
        return part[step]
    if isinstance(part, BaseModel) and step in type(part).model_fields:
        return getattr(part, step)
    raise LookupError(step)


def _put(record: Any, steps: tuple[Step, ...], part: object) -> Any:  # noqa: ANN401
    if not steps:
        return part
    first, rest = steps[0], steps[1:]
    inner = _put(_follow(record, first), rest, part)
    if isinstance(first, int):
        return (*record[:first], inner, *record[first + 1 :])
    if isinstance(record, dict):
        return {**record, first: inner}
    return record.model_copy(update={first: inner})
