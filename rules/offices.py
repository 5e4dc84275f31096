"""N: the digits of a letter number, which say what office within a ministry or province wrote it."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from models.issue import Severity
from models.letter import Letter
from parsers.thai.numerals import to_arabic
from rules.agencies import is_province_code
from rules.base import Case, Observation, passed, rule, violated
from rules.parts import letter_date, letters
from rules.wording import quote, thai

_PROVINCE_OFFICES: Final = {"0023": "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"}
"""Offices of a province by their digits, as letters of 2563 and 2564 bear them. In 2553 they were others (0037)."""
_SINCE: Final = dt.date(2017, 1, 1)
_LOCAL: Final = re.compile("ท้องถิ่น")
_UNIT_IN_CONTACT: Final = re.compile(r"(?<=[A-Za-z])[-_. ]?(?P<unit>\d{4}(?:\.\d{1,3})?)(?!\d)")


@rule(
    "N04",
    th="เลขกองตรงกับส่วนราชการเจ้าของเรื่อง",
    en="the unit digits match the office in charge",
    severity=Severity.WARNING,
    needs="number, unit, contacts",
    source="offices name their accounts after their digits (Dla0810.2); digits of offices of a province",
)
def unit_matches(case: Case) -> Iterator[Observation]:
    """The digits of a letter's number are those in the office's Line or e-mail name, and those of its kind of office.

    A division's account may name less of the number than the letter: 0810 agrees with 0810.2. Of the offices of a
    province one is known: 0023 is that of local administration, since 2560.
    """
    for path, letter in letters(case):
        if letter.number.parts is None:
            continue
        unit = to_arabic(letter.number.parts.unit)
        yield from _by_contact(path, letter, unit)
        dated = letter_date(case, path)
        recent = dated is None or dated[0] >= _SINCE
        if recent and is_province_code(letter.number.parts.prefix, case.register):
            yield from _by_office(path, letter, unit.partition(".")[0])


def _by_contact(path: str, letter: Letter, unit: str) -> Iterator[Observation]:
    for index, contact in enumerate(letter.contacts):
        named = _UNIT_IN_CONTACT.search(to_arabic(contact.value.value or contact.value.raw))
        if contact.kind not in ("line", "email") or named is None:
            continue
        evidence = (f"{path}.number", f"{path}.contacts[{index}].value")
        told = named["unit"]
        if unit == told or unit.startswith(f"{told}.") or told.startswith(f"{unit}."):
            yield passed(*evidence)
        else:
            yield violated(
                f"เลขกอง {thai(unit)} ไม่ตรงกับ {quote(contact.value.raw)}",
                f"the unit {unit} is not the one in {quote(contact.value.raw)}",
                evidence,
                thai(told),
            )


def _by_office(path: str, letter: Letter, unit: str) -> Iterator[Observation]:
    owner = "".join((letter.unit.value or letter.unit.raw).split())
    if unit not in _PROVINCE_OFFICES or not owner:
        return
    evidence = (f"{path}.number", f"{path}.unit")
    if _LOCAL.search(owner):
        yield passed(*evidence)
    else:
        expected = _PROVINCE_OFFICES[unit]
        yield violated(
            f"เลขกอง {thai(unit)} เป็นของ{expected} แต่เจ้าของเรื่องคือ {quote(letter.unit.raw)}",
            f"the unit {unit} is that of {expected}, the office in charge is {quote(letter.unit.raw)}",
            evidence,
        )
