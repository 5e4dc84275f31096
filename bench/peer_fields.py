"""Header fields of a letter from its plain text, by the regular expressions that a user of plain OCR would write.

They forgive what costs nothing to forgive: spaces, a lost tone mark in ที่ and เรื่อง, digits of either script. They cannot
know which digit was misread.
"""

import datetime as dt
import re

from thai.numerals import to_arabic
from thai.text import normalize

_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_NUMBER = re.compile(r"ท[ีิ]่?[^ก-ฮ0-9\n]?([ก-ฮ]{1,3}\.?[0-9][0-9.]*/(?:ว\.?)?[0-9]+)")
_ANY_DATE = rf"([0-9]{{1,2}})({'|'.join(_MONTHS)})(?:พ\.?ศ\.?)?([0-9]{{4}})"
_SUBJECT = re.compile(r"^เร[ืี]่?อง(.+?)(?=^(?:กราบ)?เรียน|^ขอประทาน|^ถึง|^อ้างถึง|\Z)", re.MULTILINE | re.DOTALL)
_URGENCY = re.compile(r"ด่?วน(?:ที่?สุด|มาก)?")
_BUDDHIST_ERA = 543


def fields(text: str) -> dict[str, str | None]:
    """Return number, date (ISO), subject and urgency; None for what is not found."""
    page = "\n".join(filter(None, ("".join(normalize(line).split()) for line in text.splitlines())))
    arabic = to_arabic(page)
    number, subject = _NUMBER.search(arabic), _SUBJECT.search(page)
    head = page[: subject.start()] if subject else page[: len(page) // 3]
    urgency = _URGENCY.search(head)
    return {
        "number": number.group(1) if number else None,
        "date": _date(arabic),
        "subject": "".join(subject.group(1).split()) if subject else None,
        "urgency": urgency.group() if urgency else None,
    }


def _date(page: str) -> str | None:
    # a letter's own date stands alone; the others are in sentences and stamps
    found = re.search(f"^{_ANY_DATE}$", page, re.MULTILINE) or re.search(_ANY_DATE, page)
    if found is None:
        return None
    day, month, year = found.groups()
    try:
        return dt.date(int(year) - _BUDDHIST_ERA, _MONTHS.index(month) + 1, int(day)).isoformat()
    except ValueError:
        return None
