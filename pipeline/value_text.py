"""Values as people write them, in Thai or in English."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from core.errors import Language
from models.annex import BodyRef, Status
from reports.labels import NONE, date_long, date_short, row_status
from thai.numerals import to_thai


def show_value(value: object, language: Language = "th") -> str:
    """Return a value as people write it; – where there is none."""
    if value is None:
        return NONE
    text = next((write(value, language) for kind, write in _WRITERS.items() if isinstance(value, kind)), str(value))
    return to_thai(text) if language == "th" else text


def typed_text(value: object) -> str:
    """Return a value as it may be typed, so that typing it gives the same value again; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, BodyRef):
        return value.code or value.label
    return str(value.value if isinstance(value, Status) else value)


def edited_text(value: object) -> str:
    """Return a value as a person begins to edit it: in words where a key stands for it."""
    if isinstance(value, str) and not isinstance(value, Status):
        return value
    return "" if value is None else show_value(value)


def _write_date(value: dt.date, language: Language) -> str:
    return date_long(value) if language == "th" else date_short(value, "en")


def _write_time(value: dt.time, language: Language) -> str:
    return value.strftime("%H.%M น.") if language == "th" else value.strftime("%H:%M")


_WRITERS: Final[dict[type, Callable[[Any, Language], str]]] = {
    BodyRef: lambda value, _: value.label,
    Status: row_status,
    dt.date: _write_date,
    dt.time: _write_time,
    bool: lambda value, _: "✓" if value else NONE,
    int: lambda value, _: f"{value:,}",
    float: lambda value, _: f"{value:,}",
}
