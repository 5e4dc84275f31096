"""What is wrong with a setting, in the language of the person: pydantic says it in English alone."""

import os
from collections.abc import Iterable
from typing import Any, Final

from pydantic import BaseModel

from core.suggestions import describe_choice, find_similar, with_suggestion

PREFIX: Final = "SARABAN_"
_OURS: Final = frozenset({"SETTINGS", "HOST", "INBOX"})
"""Variables that are none of the settings: the file of them, and the two of `deploy/compose.yaml`."""
_THAI: Final = {
    "int_parsing": "ต้องเป็นจำนวนเต็ม",
    "int_type": "ต้องเป็นจำนวนเต็ม",
    "int_from_float": "ต้องเป็นจำนวนเต็ม",
    "float_parsing": "ต้องเป็นจำนวน",
    "float_type": "ต้องเป็นจำนวน",
    "bool_parsing": "ต้องเป็น true หรือ false",
    "bool_type": "ต้องเป็น true หรือ false",
    "string_type": "ต้องเป็นข้อความ",
    "string_pattern_mismatch": "มีอักขระที่ใช้ไม่ได้",
    "path_type": "ต้องเป็นชื่อไฟล์หรือโฟลเดอร์",
    "greater_than_equal": "ต้องไม่น้อยกว่า {ge}",
    "greater_than": "ต้องมากกว่า {gt}",
    "less_than_equal": "ต้องไม่เกิน {le}",
    "less_than": "ต้องน้อยกว่า {lt}",
}
"""Types of errors of pydantic, and what they say in Thai."""


def explain_setting(model: type[BaseModel], error: Any) -> tuple[str, str]:  # noqa: ANN401 - pydantic's own mapping
    """Return which setting is wrong, by its name in the file and in the environment, and why: in Thai and in English.

    Args:
        model: The settings.
        error: One of `ValidationError.errors()`.
    """
    place = [str(part) for part in error["loc"]]
    names = f"{'.'.join(place)} ({PREFIX}{'__'.join(place).upper()})"
    if error["type"] == "extra_forbidden":
        similar = ", ".join(find_similar(place[-1], _find_siblings(model, place)))
        th = f"ไม่มีค่ากำหนดชื่อนี้{f' หมายถึง {similar} หรือไม่' if similar else ''}"
        en = f"there is no such setting{f'; did you mean {similar}?' if similar else ''}"
        return f"{names}: {th}", f"{names}: {en}"
    if error["type"] == "literal_error":
        known = [word.strip("' ") for word in error["ctx"]["expected"].replace(" or ", ",").split(",")]
        th, en = describe_choice(str(error["input"]), known)
        return f"{names}: {th}", f"{names}: {en}"
    thai = _THAI.get(error["type"], error["msg"]).format(**error.get("ctx", {}))
    return f"{names}: {thai}", f"{names}: {error['msg']}"


def _find_siblings(model: type[BaseModel], place: list[str]) -> list[str]:
    """Return the names of the settings beside one that is not known."""
    for part in place[:-1]:
        field = model.model_fields.get(part)
        below = field.annotation if field else None
        if not (isinstance(below, type) and issubclass(below, BaseModel)):
            return []
        model = below
    return list(model.model_fields)


def find_unknown_variables(known: Iterable[str]) -> list[tuple[str, str]]:
    """Return the variables of the environment that look like settings and are none: in Thai and in English.

    What is in a setting (`SARABAN_LIMITS__…`) is held against it where the settings are read.

    Args:
        known: Names of the settings.
    """
    variables = sorted({name.upper() for name in known} | _OURS)
    given = {name.removeprefix(PREFIX) for name in os.environ if name.startswith(PREFIX)}
    unknown = [name for name in sorted(given) if name.partition("__")[0] not in variables]
    return [(f"{PREFIX}{th}", f"{PREFIX}{en}") for th, en in (with_suggestion(name, variables) for name in unknown)]
