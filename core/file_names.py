"""File names as text that can be stored and shown, whatever bytes they are."""

import os
import re
from typing import Final

_LEGACY: Final = "cp874"
"""What Thai Windows wrote names in before Unicode; a superset of TIS-620."""
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_DOS: Final = "cp437"
"""What the ZIP format says that names are in which are not flagged as UTF-8; few programs kept to it."""
_LEGACY_THAI: Final = re.compile(r"[ก-๛]")


def readable_name(name: str) -> str:
    """Return a name of the file system as text: of bytes that are no UTF-8, what they say in the old Thai code page.

    Control characters, which a terminal would obey, become "�".
    """
    return _CONTROLS.sub("\ufffd", _decode(os.fsencode(name)))


def readable_member(name: str, *, is_utf8: bool) -> str:
    """Return the name of a ZIP member as text.

    Args:
        name: As `zipfile` gives it.
        is_utf8: Whether the member is flagged as UTF-8; of others `zipfile` takes the bytes for those of DOS.
    """
    if is_utf8:
        return _CONTROLS.sub("\ufffd", name)
    try:
        return _CONTROLS.sub("\ufffd", _decode(name.encode(_DOS), name))
    except UnicodeEncodeError:
        return _CONTROLS.sub("\ufffd", name)


def _decode(raw: bytes, otherwise: str | None = None) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        legacy = raw.decode(_LEGACY, "replace")
    if otherwise is not None and not _LEGACY_THAI.search(legacy):
        return otherwise
    return legacy
