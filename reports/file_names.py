"""Names of files that any file system takes."""

from typing import Final

MOST_BYTES: Final = 180
"""Bytes of UTF-8 that the part of a name from outside may have: file systems take 255, and Saraban adds up to 40."""


def shorten_name(name: str, most: int = MOST_BYTES) -> str:
    """Return the beginning of a name that is at most so many bytes long, no character of it cut in two."""
    data = name.encode("utf-8", "surrogateescape")
    if len(data) <= most:
        return name
    return data[:most].decode("utf-8", "ignore").rstrip()
