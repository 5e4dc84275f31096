"""L: telephone numbers as they are to be printed, and QR codes that a letter points to."""

import re
from collections.abc import Iterator

from models.issue import Severity
from models.letter import LetterKind
from rules.engine.declaration import Case, Observation, passed, rule, violated
from rules.engine.messages import quote
from rules.engine.record_paths import letters, reading
from thai.numerals import to_arabic, to_thai
from thai.phones import find_phones

_PHONES = frozenset({"phone", "fax", "mobile"})
_SERVICE = 4
"""Digits of a number of four, such as 1567."""
_WITHIN = 7
"""Digits up to which a number may be one within an office."""
_NUMBER = re.compile(r"\d(?:[ \u00a0\-–.]{0,3}\d)+")
# ๐ ๒๒๔๑ ๙๐๐๐ and ๐๘ ๑๒๓๕ ๖๗๘๙, with spaces and nothing else between the groups; -๖๐ after one names its last line.
_LINES = r"(?: ?[-–] ?\d{1,2})?"
_OFFICIAL = re.compile(rf"(?:0 \d{{4}} \d{{4}}|0\d \d{{4}} \d{{4}}|1\d{{3}}){_LINES}")
_WHOLE = re.compile(r"0[2-7]\d{7}|0[689]\d{8}|1\d{3}")
_QR = re.compile(r"QR\s*-?\s*Code|คิวอาร์\s*โค้ด|รหัสคิวอาร์", re.IGNORECASE)


@rule(
    "L07",
    th="รูปแบบโทรศัพท์และจำนวนหลัก",
    en="a telephone number has the official form and number of digits",
    severity=Severity.INFO,
    needs="telephone numbers",
    source="numbers of nine digits since 18 July 2544: โทร. ๐ ๒๒๘๒ ๒๖๙๔, mobile ๐๘ ๑๒๓๕ ๖๗๘๙",
)
def phone_form(case: Case) -> Iterator[Observation]:
    """A telephone number has nine digits, ten for a mobile one, in groups parted by spaces, not by hyphens.

    Within an office shorter numbers are in use: those of an internal memo are left out.
    """
    for path, letter in letters(case):
        for index, contact in enumerate(letter.contacts):
            if contact.kind not in _PHONES or not reading(contact.value):
                continue
            place, read = f"{path}.contacts[{index}].value", reading(contact.value)
            number = _NUMBER.search(to_arabic(read))
            if number is None:
                continue
            shown = number.group()
            found = find_phones(f"โทร. {read}")
            digits = found[0].digits if found else "".join(filter(str.isdigit, shown))
            if _OFFICIAL.fullmatch(shown):
                yield passed(place)
            elif _WHOLE.fullmatch(digits):
                extension = f" ต่อ {found[0].extension}" if found and found[0].extension else ""
                likely = to_thai(_grouped(digits) + extension)
                yield violated(
                    f"{quote(read)} ไม่ใช่รูปแบบทางราชการ",
                    f"{quote(read)} is not of the official form",
                    [place],
                    likely,
                )
            elif letter.kind is not LetterKind.INTERNAL_MEMO or len(digits) > _WITHIN:
                yield violated(
                    f"{quote(read)} มีจำนวนหลักไม่ถูกต้อง", f"{quote(read)} has a wrong number of digits", [place]
                )


@rule(
    "L09",
    th="QR Code ที่อ้างถึงถอดรหัสได้",
    en="a QR code that is mentioned was decoded",
    severity=Severity.INFO,
    needs="picture of the page",
    source="what a QR code leads to is a part of the letter",
)
def qr_decoded(case: Case) -> Iterator[Observation]:
    """Where a letter's body points to a QR code, the content of one was read from its pages."""
    for path, letter in letters(case):
        if not _QR.search(letter.body.value or letter.body.raw):
            continue
        if any(code.value for code in letter.qr):
            yield passed(f"{path}.qr")
        else:
            yield violated("ไม่พบ QR Code ที่ถอดรหัสได้", "no QR code could be decoded", [f"{path}.body", f"{path}.qr"])


def _grouped(digits: str) -> str:
    """Return the digits of a number in the official groups."""
    if len(digits) == _SERVICE:
        return digits
    return f"{digits[:-8]} {digits[-8:-4]} {digits[-4:]}"
