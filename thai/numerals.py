"""Thai and Arabic digits. A number that could be read two ways is read as none."""

import re
from decimal import Decimal

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS = "0123456789"

_TO_ARABIC = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)
_TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)
# Longer numbers are no count or amount of an official paper, but a run of misread characters.
_MAX_DIGITS = 15
"""Digits that a number of a paper has at most, and a float holds exactly."""
_WHOLE = r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)"
_INT = re.compile(_WHOLE)
_DECIMAL = re.compile(rf"{_WHOLE}(?:\.[0-9]+|\.-)?")
_NUMBER = re.compile(r"[0-9๐-๙]+(?:[.,][0-9๐-๙]+)*")


def to_arabic(text: str) -> str:
    """Return the text with Thai digits as Arabic ones; its length and all else stay."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """Return the text with Arabic digits as Thai ones; its length and all else stay."""
    return text.translate(_TO_THAI)


def mixed_digits(text: str) -> bool:
    """Tell whether any one number of the text is written in both scripts, such as ๐๐๐6."""
    return any(_is_mixed(match.group()) for match in _NUMBER.finditer(text))


def parse_int(text: str) -> int | None:
    """Return a whole number of one script, with or without thousands commas, or None.

    None for anything doubtful: other characters, both scripts in one number, commas in wrong places, a sign,
    digits of other scripts, more than fifteen digits.
    """
    plain = _plain(text)
    return int(plain.replace(",", "")) if plain is not None and _INT.fullmatch(plain) else None


def parse_decimal(text: str) -> Decimal | None:
    """Return a number with or without a decimal point, or None; `๑,๕๐๐.-` is an amount without satang.

    As strict as `parse_int`.
    """
    plain = _plain(text)
    if plain is None or not _DECIMAL.fullmatch(plain):
        return None
    return Decimal(plain.removesuffix(".-").replace(",", ""))


def _plain(text: str) -> str | None:
    """Return the text in Arabic digits, or None where it is too long or of both scripts."""
    stripped = text.strip()
    digits = sum(c in THAI_DIGITS or c in ARABIC_DIGITS for c in stripped)
    return to_arabic(stripped) if 0 < digits <= _MAX_DIGITS and not _is_mixed(stripped) else None


def _is_mixed(number: str) -> bool:
    return any(c in THAI_DIGITS for c in number) and any(c in ARABIC_DIGITS for c in number)
