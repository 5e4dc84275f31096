"""Telephone numbers, in the official grouping of 2544 (๐ ๒๒๔๑ ๙๐๐๐, ๐๘ ๑๒๓๔ ๕๖๗๘) and others that are in use."""

import re
from dataclasses import dataclass

from thai.numerals import to_arabic

_GAP = r"[ \u00a0\-–.]?"
_MOBILE = rf"0{_GAP}[689](?:{_GAP}\d){{8}}"
_FIXED = rf"0{_GAP}[2-7](?:{_GAP}\d){{7}}"
_LINES = r"(?:\s?[-–]\s?\d{1,2}(?!\d))?"
_EXTENSION = r"(?:[^\S\n]{0,3}(?:ต่อ|กด|#|ext\.?)[^\S\n]{0,3}(?P<extension>\d{1,5}(?: ?[,\-–] ?\d{1,5}){0,5}))?"
_WHOLE = re.compile(rf"(?<![\d./])(?P<number>{_MOBILE}|{_FIXED}){_LINES}(?!{_GAP}\d|[./]\d){_EXTENSION}")
_AFTER_LABEL = re.compile(
    rf"(?:โทร(?:ศัพท์|สาร)?|มือถือ)[^\d\n]{{0,20}}(?P<number>\d(?:{_GAP}\d){{2,14}}){_LINES}{_EXTENSION}"
)
_NOT_DIGIT = re.compile(r"\D")
_SERVICE_DIGITS = 4
"""Digits of a hotline such as ๑๕๖๗."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number found in a text.

    Attributes:
        raw: As it stands in the text, with its extension.
        digits: The number itself, digits only, in Arabic.
        extension: What follows ต่อ, in Arabic digits, or empty.
        span: Where `raw` stands, as indices into the text.
        problems: `phone.length` where the number of digits is none that the public network has.
    """

    raw: str
    digits: str
    extension: str
    span: tuple[int, int]
    problems: tuple[str, ...] = ()


def find_phones(text: str) -> list[Phone]:
    """Return the telephone numbers of a text, in order.

    Nine digits from 02 to 07, ten from 06, 08 or 09. After a label such as โทร. also others: service numbers of four
    digits, and those of a wrong length, which are marked.
    """
    plain = to_arabic(text)
    found = [_phone(text, match) for match in _WHOLE.finditer(plain)]
    taken = bytearray(len(plain))
    for phone in found:
        taken[slice(*phone.span)] = b"\1" * len(phone.raw)
    labeled = (match for match in _AFTER_LABEL.finditer(plain) if not any(taken[match.start() : match.end()]))
    found += [_phone(text, match) for match in labeled]
    return sorted(found, key=lambda phone: phone.span)


def _phone(text: str, match: re.Match[str]) -> Phone:
    digits = _NOT_DIGIT.sub("", match["number"])
    span = (match.start("number"), match.end())
    problems = () if _is_dialled(digits) else ("phone.length",)
    return Phone(text[slice(*span)], digits, match["extension"] or "", span, problems)


def _is_dialled(digits: str) -> bool:
    if len(digits) == _SERVICE_DIGITS:
        return digits.startswith("1")
    return re.fullmatch(r"0[2-7]\d{7}|0[689]\d{8}", digits) is not None
