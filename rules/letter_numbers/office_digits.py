"""N: the digits of a letter number, which say what office within a ministry or province wrote it."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from models.issue import Severity
from models.letter import Letter
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote, thai
from rules.engine.record_paths import letter_date, letters
from rules.reference.agency_codes import is_province_code
from thai.numerals import to_arabic

_RENUMBERED: Final = dt.date(2017, 1, 1)
"""Letters of 2553 and of 2563 bear other digits of one office; when they changed we do not know to the day."""
_OFFICE_DIGITS: Final = 4
"""Digits of an office of a province; what follows behind a point is a division of it."""
_LOCAL_OFFICE: Final = ("0037", "0023")
"""Digits of the office of local administration of a province and its districts, until then and from then on."""
_LOCAL_NAME: Final = "สำนักงานส่งเสริมการปกครองท้องถิ่น"
_BODY: Final = r"องค์การบริหารส่วน|เทศบาล|อบต|อบจ"
_TIERS: Final = (
    (re.compile(r"01\d\d"), "อำเภอ", "a district", re.compile("อำเภอ"), re.compile(f"ศาลากลางจังหวัด|{_BODY}")),
    (
        re.compile(r"\d{5}"),
        "องค์กรปกครองส่วนท้องถิ่น",
        "a local body",
        re.compile(_BODY),
        re.compile("ศาลากลางจังหวัด|ที่ว่าการอำเภอ"),
    ),
)
"""Digits behind the code of a province, as letters bear them: whose they are, who issues them, and who never does."""
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

    A division's account may name less of the number than the letter: 0810 agrees with 0810.2. Behind the code of a
    province 01 and two digits are a district's, five digits a local body's, and one office is known by its digits:
    that of local administration, 0023, and 0037 until 2559. Digits of other offices are not judged.
    """
    for path, letter in letters(case):
        if letter.number.parts is None:
            continue
        unit = to_arabic(letter.number.parts.unit)
        yield from _by_contact(path, letter, unit)
        if is_province_code(letter.number.parts.prefix, case.register):
            yield from _by_office(path, letter, unit.partition(".")[0], letter_date(case, path))
            yield from _by_tier(path, letter, unit.partition(".")[0])


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


def _by_office(path: str, letter: Letter, unit: str, dated: tuple[dt.date, str] | None) -> Iterator[Observation]:
    owner = "".join((letter.unit.value or letter.unit.raw).split())
    digits = _LOCAL_OFFICE[dated is None or dated[0] >= _RENUMBERED]
    if unit != digits or not owner:
        return
    evidence = (f"{path}.number", f"{path}.unit")
    if _LOCAL.search(owner):
        yield passed(*evidence)
    else:
        yield violated(
            f"เลขกอง {thai(unit)} เป็นของ{_LOCAL_NAME} แต่เจ้าของเรื่องคือ {quote(letter.unit.raw)}",
            f"the unit {unit} is that of {_LOCAL_NAME}, the office in charge is {quote(letter.unit.raw)}",
            evidence,
        )


def _by_tier(path: str, letter: Letter, unit: str) -> Iterator[Observation]:
    issuer = "".join((letter.issuer.value or letter.issuer.raw).split())
    evidence = (f"{path}.number", f"{path}.issuer")
    for digits, th, en, own, others in _TIERS:
        if not digits.fullmatch(unit):
            continue
        if own.search(issuer):
            yield passed(*evidence)
        elif others.search(issuer):
            # A lost point is the likelier reading: 00376 is 0037.6.
            likely = (
                f"{unit[:_OFFICE_DIGITS]}.{unit[_OFFICE_DIGITS:]}"
                if len(unit) > _OFFICE_DIGITS and unit.startswith("0")
                else None
            )
            yield violated(
                f"เลขกอง {thai(unit)} เป็นของ{th} แต่หนังสือออกโดย {quote(letter.issuer.raw)}",
                f"the unit {unit} is that of {en}, the letter is issued by {quote(letter.issuer.raw)}",
                evidence,
                thai(likely) if likely else None,
            )
