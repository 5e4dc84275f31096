"""What a person types → the value of a field, by its type."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import JsonValue, TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from core.errors import UsageError
from gazetteer.kinds import split_kind
from gazetteer.search import named
from models.annex import BodyRef, Status
from models.document import Document
from models.field import Field
from models.letter import NumberField, NumberParts
from models.record_path import get_field, parent, resolve
from models.register import Register
from reports.labels import row_status
from thai.dates import parse_date
from thai.letter_number import parse_letter_number
from thai.numerals import parse_decimal
from thai.text import normalize
from thai.times import find_times

_STATUS_WORDS: Final = {
    **{word: status for status in Status for word in (status.value, row_status(status), row_status(status, "en"))},
    "done": Status.COMPLETE,
    "ครบถ้วน": Status.COMPLETE,
    "ยังไม่ครบถ้วน": Status.INCOMPLETE,
    "ยังไม่ได้บันทึก": Status.NOT_STARTED,
}
_MOST_CHARACTERS: Final = 20_000
"""Longest value that is taken: the body of a letter, several times over."""


def parse_value(document: Document, path: str, text: str, register: Register) -> object:
    """Return the value that a typed text is for a field; None where that may be text, and the person says it has none.

    Args:
        document: Where the field is; a body is looked for in the province of its annex.
        path: The field.
        text: As typed: either digits, dates of either era, a body by name or by its key.
        register: Where bodies are looked for.

    Raises:
        UsageError: There is no such field, or the text is no value of its type.
    """
    field = get_field(document, path)
    if field is None:
        raise UsageError(f"{path}: ไม่มีค่านี้ในเอกสาร", f"{path}: no such value")
    text = normalize(text.replace("\r\n", "\n")).strip()
    if len(text) > _MOST_CHARACTERS:
        raise UsageError(f"{path}: > {_MOST_CHARACTERS}")
    kinds = value_types(field)
    if not text and str in kinds:
        return None
    value = _find_body(document, path, text, register) if BodyRef in kinds else _parse(field, kinds, text)
    if value is None:
        raise UsageError(
            f"{path}: “{text[:80]}” ไม่ใช่{_expected(kinds)[0]}", f"{path}: “{text[:80]}” is not {_expected(kinds)[1]}"
        )
    return value


def parse_status(text: str) -> Status:
    """Return the status that a person typed: its name in the record, in Thai or in English.

    Raises:
        UsageError: It is none.
    """
    status = _STATUS_WORDS.get(normalize(text).strip())
    if status is None:
        names = ", ".join(f"{each.value} ({row_status(each)})" for each in Status)
        raise UsageError(f"{text}: ไม่ใช่สถานะ มี {names}", f"{text}: no status; there are {names}")
    return status


def value_types(field: Field[Any]) -> tuple[type, ...]:
    """Return the types that the value of a field may have, None aside."""
    annotation = type(field).model_fields["value"].annotation
    if get_origin(annotation) in (Union, UnionType):
        return tuple(kind for kind in get_args(annotation) if kind is not type(None))
    return (annotation,) if isinstance(annotation, type) else (str,)


def from_json(field: Field[Any], value: JsonValue) -> object:
    """Return a value of a field from its JSON form.

    Raises:
        UsageError: It is no value of that field.
    """
    annotation: Any = type(field).model_fields["value"].annotation
    try:
        return TypeAdapter(annotation).validate_python(value) if value is None else _validate(annotation, value)
    except ValidationError as error:
        raise UsageError(f"{value!r}: {error.errors()[0]['msg']}") from error


def to_json(value: object) -> JsonValue:
    """Return the JSON form of a value."""
    json: JsonValue = to_jsonable_python(value)
    return json


def with_value(field: Field[Any], value: object) -> dict[str, object]:
    """Return what changes of a field when a person gives its value: a letter number has parts beside it."""
    update: dict[str, object] = {"value": value}
    if isinstance(field, NumberField):
        found = parse_letter_number(value) if isinstance(value, str) else None
        update["parts"] = found and NumberParts(
            prefix=found.prefix, unit=found.unit, circular=found.circular, running=found.running
        )
    return update


def _validate(annotation: Any, value: JsonValue) -> object:  # noqa: ANN401 - a type
    return TypeAdapter(annotation).validate_json(TypeAdapter(JsonValue).dump_json(value))


def _parse(field: Field[Any], kinds: tuple[type, ...], text: str) -> object:
    """Return the value of any type but that of a body; None where the text is none."""
    if isinstance(field, NumberField):
        return _parse_number(text)
    if kinds == (str,):
        return text
    parser = _PARSERS.get(kinds[0])
    return parser(text) if parser is not None else _parse_cell(field, kinds, text)


def _parse_number(text: str) -> str:
    found = parse_letter_number(text)
    return str(found) if found is not None and found.raw == text else text


def _parse_date(text: str) -> dt.date | None:
    found = parse_date(text)
    return found.date if found is not None and found.raw.strip() == text else None


def _parse_time(text: str) -> dt.time | None:
    times = find_times(text if ":" in text or "น" in text else f"เวลา {text}")
    return times[0] if len(times) == 1 else None


def _parse_cell(field: Field[Any], kinds: tuple[type, ...], text: str) -> object:
    """Return the value of a cell, which may hold text or a number: a number where one stood."""
    number = parse_decimal(text)
    if number is None or (str in kinds and isinstance(field.value, str)):
        return text if str in kinds else None
    if number != number.to_integral_value():
        return float(number) if float in kinds else None
    return int(number)


_PARSERS: Final[dict[type, Callable[[str], object]]] = {
    Status: _STATUS_WORDS.get,
    dt.date: _parse_date,
    dt.time: _parse_time,
}


def _find_body(document: Document, path: str, text: str, register: Register) -> BodyRef | None:
    """Return the body of the register that a name or key names in the province of the annex, and in its district."""
    annex = resolve(document, path.partition(".")[0])
    row = resolve(document, parent(path))
    province = getattr(getattr(annex, "province", None), "value", None)
    district = getattr(getattr(row, "district", None), "value", None)
    meant = [body for body in named(register, text) if province in (None, body.province)]
    found = {(body.code, body.label, body.district): body for body in meant}
    bodies = [body for body in found.values() if body.district == district] or list(found.values())
    if len({(body.code, body.label) for body in bodies}) == 1:
        return BodyRef(kind=bodies[0].kind, name=bodies[0].name, code=bodies[0].code)
    kind, name = split_kind(text)
    # A body that the register lacks is taken as typed; its key stays open and rule O03 says so.
    return BodyRef(kind=kind, name=name) if kind is not None and name and not bodies else None


def _expected(kinds: tuple[type, ...]) -> tuple[str, str]:
    words: dict[type, tuple[str, str]] = {
        BodyRef: ("ชื่อ อปท. ที่ชี้ได้แห่งเดียว", "the name of one local body"),
        Status: ("สถานะ (เรียบร้อย ไม่ครบถ้วน ยังไม่บันทึก)", "a status (complete, incomplete, not started)"),
        dt.date: ("วันที่", "a date"),
        dt.time: ("เวลา", "a time"),
        int: ("จำนวน", "a number"),
        float: ("จำนวน", "a number"),
        Decimal: ("จำนวน", "a number"),
    }
    return words.get(kinds[0], ("ค่าที่ใช้ได้", "a value"))
