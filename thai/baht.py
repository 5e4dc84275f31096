"""Amounts of money in words (หนึ่งพันสองร้อยบาทถ้วน), which official papers print beside the digits."""

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {
    "ศูนย์": 0,
    "หนึ่ง": 1,
    "เอ็ด": 1,
    "สอง": 2,
    "ยี่": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}
_UNITS = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
_MILLION = "ล้าน"
_MILLIONS = 1_000_000
"""What ล้าน stands for; the units begin anew behind it."""
_SATANG = 100
"""Satang of a baht."""
_WORD = re.compile("|".join(sorted((*_DIGITS, *_UNITS, _MILLION), key=len, reverse=True)))
_NUMBER = rf"(?:(?:{_WORD.pattern})\s*){{1,60}}"
_AMOUNT = re.compile(rf"(?P<baht>{_NUMBER})บาท\s*(?:ถ้วน|(?P<satang>{_NUMBER})สตางค์)?")


@dataclass(frozen=True, slots=True)
class BahtWords:
    """An amount found in a text.

    Attributes:
        raw: As it stands in the text.
        amount: In baht, None where the words make no number.
        span: Where `raw` stands, as indices into the text.
    """

    raw: str
    amount: Decimal | None
    span: tuple[int, int]


def find_baht_words(text: str) -> list[BahtWords]:
    """Return the amounts in words of a text, in order. Spaces between the words do not matter."""
    return [BahtWords(match.group(), _amount(match), match.span()) for match in _AMOUNT.finditer(text)]


def _amount(match: re.Match[str]) -> Decimal | None:
    baht = _number(match["baht"])
    satang = _number(match["satang"]) if match["satang"] else 0
    if baht is None or satang is None or satang >= _SATANG:
        return None
    return Decimal(baht) + Decimal(satang) / _SATANG


def _number(words: str) -> int | None:
    """Return the number that words say, or None where their order says none, such as สิบพันหก."""
    total = part = 0
    digit: int | None = None
    above = _MILLIONS
    for word in _WORD.findall(words):
        if word == _MILLION:
            part += digit or 0
            if part == 0 and total == 0:
                return None
            total, part, digit, above = (total + part) * _MILLIONS, 0, None, _MILLIONS
        elif word in _UNITS:
            unit = _UNITS[word]
            if unit >= above or (digit is None and unit != _UNITS["สิบ"]):
                return None
            part, digit, above = part + (1 if digit is None else digit) * unit, None, unit
        elif digit is not None:
            return None
        else:
            digit = _DIGITS[word]
    return total + part + (digit or 0)
