"""Whom a letter is to, and which office that is: นายอำเภอปัว is the head of ที่ว่าการอำเภอปัว."""

import re
from functools import lru_cache
from typing import Final

_SEATS: Final = re.compile(
    r"^(?:ศาลากลาง|ศาลาว่าการ|ที่ว่าการ|ที่ทำการ|สำนักงาน(?=จังหวัด|อำเภอ|องค์การ|เทศบาล|ปลัด)|"
    r"ผู้ว่าราชการ|นายก(?=องค์การ|เทศมนตรี)|นาย(?=อำเภอ)|อธิบดี|ปลัด(?=กระทรวง|จังหวัด)|เลขาธิการ|อธิการบดี|คณบดี)"
)
_LEAST: Final = 5
"""Letters that an office's name has at least: จังหวัด alone is none."""
_GENERIC: Final = frozenset({"จังหวัด", "อำเภอ", "เทศบาล", "เทศบาลตำบล", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด"})


@lru_cache(maxsize=65_536)
def normalize_office(text: str) -> str:
    """Return the name of an office without its seat or its head's title, and without spaces."""
    name = "".join(text.split()).replace("เทศมนตรี", "เทศบาล")
    return _SEATS.sub("", name, count=1)


def is_to(recipient: str, issuer: str) -> bool:
    """Tell whether a recipient is the office that issued a letter, or its head.

    ท้องถิ่นจังหวัดน่าน sits in ศาลากลางจังหวัดน่าน; one name may be the end of the other.
    """
    one, other = normalize_office(recipient), normalize_office(issuer)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LEAST or shorter in _GENERIC or not longer.endswith(shorter):
        return False
    # องค์การบริหารส่วนจังหวัดน่าน is no office of จังหวัดน่าน.
    return not longer.removesuffix(shorter).endswith("องค์การบริหารส่วน")
