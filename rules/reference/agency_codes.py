"""Whose letter code an office uses: provinces and independent bodies by their name, ministries by their departments'.

The register knows the codes of provinces, ministries and independent bodies. That a department belongs to a ministry
is common knowledge of the ministries' founding acts (พระราชบัญญัติปรับปรุงกระทรวง ทบวง กรม พ.ศ. ๒๕๔๕ and amendments);
the table holds those that write to provinces and local bodies most. An office that is not in it is unknown, not wrong.
"""

import re
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from models.register import Register

DEPARTMENTS: Final[dict[str, tuple[str, ...]]] = {
    "มท": (
        "กรมส่งเสริมการปกครองท้องถิ่น",
        "กรมการปกครอง",
        "กรมการพัฒนาชุมชน",
        "กรมที่ดิน",
        "กรมป้องกันและบรรเทาสาธารณภัย",
        "กรมโยธาธิการและผังเมือง",
        "สำนักงานก.จ.ก.ท.และก.อบต.",
    ),
    "กค": (
        "กรมบัญชีกลาง",
        "กรมธนารักษ์",
        "กรมสรรพากร",
        "กรมสรรพสามิต",
        "กรมศุลกากร",
        "สำนักงานเศรษฐกิจการคลัง",
        "สำนักงานบริหารหนี้สาธารณะ",
    ),
    "กษ": (
        "กรมชลประทาน",
        "กรมส่งเสริมการเกษตร",
        "กรมวิชาการเกษตร",
        "กรมปศุสัตว์",
        "กรมประมง",
        "กรมพัฒนาที่ดิน",
        "กรมส่งเสริมสหกรณ์",
    ),
    "กห": ("กองบัญชาการกองทัพไทย", "กองทัพบก", "กองทัพเรือ", "กองทัพอากาศ", ".ทหาร"),
    "คค": ("กรมทางหลวง", "กรมทางหลวงชนบท", "กรมการขนส่งทางบก", "กรมเจ้าท่า"),
    "ดส": ("กรมอุตุนิยมวิทยา", "สำนักงานสถิติแห่งชาติ"),
    "ทส": (
        "กรมควบคุมมลพิษ",
        "กรมป่าไม้",
        "กรมอุทยานแห่งชาติ",
        "กรมทรัพยากรน้ำ",
        "กรมทรัพยากรน้ำบาดาล",
        "กรมส่งเสริมคุณภาพสิ่งแวดล้อม",
    ),
    "นร": (
        "สำนักงานปลัดสำนักนายกรัฐมนตรี",
        "สำนักเลขาธิการคณะรัฐมนตรี",
        "สำนักเลขาธิการนายกรัฐมนตรี",
        "สำนักงบประมาณ",
        "สำนักงานคณะกรรมการกฤษฎีกา",
        "กรมประชาสัมพันธ์",
    ),
    "พณ": ("กรมการค้าภายใน", "กรมพัฒนาธุรกิจการค้า", "กรมทรัพย์สินทางปัญญา"),
    "พน": ("กรมพัฒนาพลังงานทดแทนและอนุรักษ์พลังงาน", "กรมธุรกิจพลังงาน"),
    "พม": (
        "กรมกิจการเด็กและเยาวชน",
        "กรมกิจการผู้สูงอายุ",
        "กรมกิจการสตรีและสถาบันครอบครัว",
        "กรมพัฒนาสังคมและสวัสดิการ",
        "กรมส่งเสริมและพัฒนาคุณภาพชีวิตคนพิการ",
    ),
    "ยธ": ("กรมราชทัณฑ์", "กรมคุมประพฤติ", "กรมบังคับคดี", "กรมสอบสวนคดีพิเศษ"),
    "รง": ("กรมการจัดหางาน", "กรมพัฒนาฝีมือแรงงาน", "กรมสวัสดิการและคุ้มครองแรงงาน", "สำนักงานประกันสังคม"),
    "วธ": ("กรมศิลปากร", "กรมการศาสนา", "กรมส่งเสริมวัฒนธรรม"),
    "ศธ": ("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "สำนักงานคณะกรรมการการอาชีวศึกษา"),
    "สธ": ("กรมควบคุมโรค", "กรมอนามัย", "กรมการแพทย์", "กรมสนับสนุนบริการสุขภาพ", "กรมวิทยาศาสตร์การแพทย์"),
    "อก": ("กรมโรงงานอุตสาหกรรม", "กรมส่งเสริมอุตสาหกรรม"),
}
"""Departments by the letter code of their ministry, spaces left out."""

_TERRITORIAL = re.compile(
    r"ศาลากลาง|ศาลาว่าการ|ที่ว่าการอำเภอ|อำเภอ|จังหวัด|(?:ที่ทำการ|สำนักงาน)?(?:องค์การบริหารส่วน|เทศบาล|อบจ|อบต)"
)
_CODE_IN_ADDRESS = re.compile(r"(?<![ก-๎])([ก-ฮ]{2})\.?\s*[0-9๐-๙]{5}(?![0-9๐-๙])")
_BANGKOK = "กรุงเทพมหานคร"


_PROVINCE_BEFORE = r"(?:จังหวัด|จ\.|อำเภอเมือง|อ\.เมือง)"
_MISREAD_LETTERS: Final = 1
"""Letters in which a code may differ from the one that was printed: of two or three, more leave nothing to go by."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose codes an office may use.

    Attributes:
        codes: Letter codes that fit it; empty where it is not known.
        sure: True where no other code can fit: a department, ministry or independent body, or an office of a province.
            An office that merely stands in a province may be some ministry's.
    """

    codes: frozenset[str]
    sure: bool


def find_owner(office: str, address: str, register: Register) -> Owner:
    """Return whose codes an office may use, by its name and its address as far as they were read."""
    name, place = "".join(office.split()), "".join(address.split())
    territorial = _TERRITORIAL.match(name) is not None
    central = set() if territorial else _central_codes(name, register)
    if central:
        return Owner(frozenset(central | _province_codes(name, register)), sure=True)
    capital = {code for code, full in _owned(register, "province") if full == _BANGKOK and name.endswith(_BANGKOK)}
    printed = {match for match in _CODE_IN_ADDRESS.findall(address) if match in register.letter_codes}
    codes = frozenset(_province_codes(f"{name} {place}", register) | capital | printed)
    return Owner(codes, sure=territorial and bool(codes))


def is_province_code(code: str, register: Register) -> bool:
    """Whether a letter code is a province's."""
    return any(entry.kind == "province" for entry in register.letter_codes.get(code, ()))


def likely_code(read: str, owner: Owner, register: Register) -> str | None:
    """Return the code that was probably printed where an unknown or unfitting one was read, if one stands out."""
    near = _near_codes(read, register)
    for choice in (near & owner.codes, owner.codes, near):
        if len(choice) == 1:
            return next(iter(choice))
    return None


def proven_code(read: str, owner: Owner, register: Register) -> str | None:
    """Return the one code that the office itself proves: the only one that it has, or its only one that is near."""
    near = _near_codes(read, register) & owner.codes
    for choice in (near, owner.codes if owner.sure else frozenset()):
        if len(choice) == 1:
            return next(iter(choice))
    return None


def _near_codes(read: str, register: Register) -> set[str]:
    return {code for code in register.letter_codes if 0 < Levenshtein.distance(code, read) <= _MISREAD_LETTERS}


def _central_codes(name: str, register: Register) -> set[str]:
    """Return the codes of the ministry or independent body that a name is of, spaces left out of it."""
    departments = {code for code, names in DEPARTMENTS.items() if any(department in name for department in names)}
    named = (*_owned(register, "ministry"), *_owned(register, "independent"))
    return departments | {code for code, full in named if full in name}


def _province_codes(text: str, register: Register) -> set[str]:
    """Return the codes of the provinces that a text calls so: จังหวัดน่าน, จ.น่าน, อำเภอเมืองน่าน."""
    return {code for code, full in _owned(register, "province") if re.search(_PROVINCE_BEFORE + re.escape(full), text)}


def _owned(register: Register, kind: str) -> list[tuple[str, str]]:
    """Return the codes of a kind with their owners' names, spaces left out."""
    return [
        (code, "".join(entry.name.split()))
        for code, entries in register.letter_codes.items()
        for entry in entries
        if entry.kind == kind
    ]
